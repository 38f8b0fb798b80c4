"""Diaries hold what GPs offer: no more, no less, on the days they work."""

import numpy as np
import pytest
from scipy import stats

from simulation import begin
from simulation.calendar import Calendar, date_of, is_open, weekday_of
from simulation.kernels.codes import (
    AFTERNOON,
    DEDICATED,
    GP,
    HOME,
    HORIZON,
    MORNING,
    MOST_SLOTS,
    PERIODS,
    SAME_DAY,
    SCHEDULED,
)
from simulation.kernels.diary import earliest, lay_all, move_slots, release_at_noon
from simulation.kernels.handle import hold
from simulation.other_roles import WITH_PROTOCOLS, roles_of, slots_of
from simulation.running import fresh
from tests.territories import built, lived, scenario, shipped

SD = stats.norm.isf(0.5e-4)
"""Standard deviations that luck exceeds once in ten thousand draws."""
YEAR = 364
PARAMETERS = shipped("baseline").parameters
SEEDS = (20270104, 1, 2, 3)
NO_MEETINGS = {"carers.diary_share": 0.0}


def offered(asked):
    """Slots laid for each practitioner on each day of the counted year, [day, practitioner, pool, period]."""
    first = fresh(asked)
    hand, laid = hold(first.state), []
    for day in range(first.calendar.first, first.calendar.first + YEAR):
        cell = day & (HORIZON - 1)
        first.state.diary.laid[:, :, cell] = 0
        if is_open(day):
            lay_all(
                hand,
                first.rules.more_slots,
                first.calendar.seed,
                day,
                weekday_of(day),
                first.calendar.week_of(day),
            )
        laid.append(first.state.diary.laid[:, :, cell].copy())
    return first, np.array(laid)


@pytest.fixture(scope="module")
def years():
    return [offered(scenario("baseline", seed=seed)) for seed in SEEDS]


def asked_slots(first):
    """Slots a year of each GP who practises already; nothing for other roles and for GPs who will come."""
    table = first.territory.practitioners
    there = (table["role"] == "gp") & (table["arrives"] < 0)
    assert table.loc[there, "slots_per_year"].notna().all()
    return table["slots_per_year"].where(there, 0.0).to_numpy()


def test_gps_offer_in_a_year_the_slots_that_their_territory_states(years):
    """Half-days lost to leave without a locum and rounding are luck: right on average, to one per cent."""
    ratios = []
    for first, laid in years:
        slots = asked_slots(first)
        gps = slots > 0
        ratios.append(laid.sum(axis=(0, 2, 3))[: len(slots)][gps] / slots[gps])
    found = np.concatenate(ratios)
    assert abs(found.mean() - 1) < 0.01
    assert found.min() > 0.85
    assert found.max() < 1.15


def test_a_gp_who_never_leaves_offers_his_slots_to_within_rounding():
    """Without leave each session is rounded by luck, and nothing else: the year is right to a few slots."""
    asked = scenario("baseline", parameters={"supply.leave_cover": 0.8})
    first, laid = offered(asked)
    start = first.calendar.week_of(first.calendar.first)
    present = first.state.practitioners.away[:, start : start + 52].sum(axis=1) == 0
    slots = asked_slots(first)
    chosen = np.flatnonzero(present[: len(slots)] & (slots > 0))
    weekly = first.state.practitioners.weekly
    for g in chosen:
        held = sum(
            weekly[g, weekday_of(day)].sum() / 256 for day in range(first.calendar.first, first.calendar.first + YEAR)
            if is_open(day)
        )  # fmt: skip
        assert abs(laid[:, g].sum() - held) < SD * np.sqrt(0.25 * np.count_nonzero(laid[:, g].sum(axis=1)))
    assert len(chosen) > 5


def test_who_has_not_come_yet_and_spare_rows_offer_no_slots(years):
    awaited = 0
    for first, laid in years:
        table = first.territory.practitioners
        later = (table["arrives"] >= 0).to_numpy()
        awaited += later.sum()
        assert not laid[:, : len(table)][:, later].any()
        assert not laid[:, len(table) :].any()
    assert awaited > 0


def test_other_roles_offer_from_monday_to_friday_the_slots_of_their_role(years):
    """Slots for protocols stand in the pool of the day, the others are scheduled; nobody else's pool is used."""
    for first, laid in years:
        roles = roles_of(first.territory)
        planned, kept = slots_of(PARAMETERS), PARAMETERS.substitutes.protocol_slots
        week = laid.reshape(YEAR // 7, 7, *laid.shape[1:])
        open_all_week = [all(is_open(first.calendar.first + 7 * w + d) for d in range(5)) for w in range(52)]
        for g in np.flatnonzero(roles != GP):
            protocols = kept if roles[g] in WITH_PROTOCOLS else 0.0
            expected = planned[int(roles[g])] + protocols
            mine = week[open_all_week][:, :, g]
            assert mine.sum() == pytest.approx(expected * sum(open_all_week), rel=0.01, abs=5)
            part = protocols / expected
            spread = SD * np.sqrt(0.25 * 10 * sum(open_all_week))
            assert abs(mine[:, :, SAME_DAY].sum() - part * mine.sum()) <= (spread if protocols else 0)
            assert mine[:, :, [SAME_DAY, SCHEDULED]].sum() == mine.sum()
            assert not mine[:, 5:].any() and not mine[:, :, :, AFTERNOON + 1 :].any()


def test_a_gp_works_so_many_half_days_and_none_at_night(years):
    for first, laid in years:
        table = first.territory.practitioners
        sessions = laid.sum(axis=2).reshape(YEAR // 7, 7, len(first.state.practitioners.active), PERIODS) > 0
        worked = sessions.any(axis=0).sum(axis=(0, 2))[: len(table)]
        stated = table["half_days_per_week"]
        known = (table["role"] == "gp").to_numpy() & stated.notna().to_numpy()
        known &= (table["arrives"] < 0).to_numpy()
        assert np.array_equal(worked[known], stated[known].astype(int))
        assert not laid[:, :, :, AFTERNOON + 1 :].any()
        saturday_afternoon = laid.reshape(YEAR // 7, 7, *laid.shape[1:])[:, 5, :, :, AFTERNOON]
        assert not saturday_afternoon.any()


def test_practices_are_closed_on_sundays_and_public_holidays():
    """In a model that lives, on every day of the horizon, whenever one looks."""
    model = begin(scenario("canton", days=150, warm_up_days=0), from_warm=False)
    closed_seen = 0
    while model.running:
        model.step()
        for day in range(model.day, model.day + HORIZON):
            laid = model.state.diary.laid[:, :, day & (HORIZON - 1)].sum()
            if not is_open(day):
                closed_seen += 1
                assert laid == 0, date_of(day)
    assert closed_seen > 150


def test_the_diary_is_open_for_the_whole_horizon_and_no_further(years):
    model = lived(scenario("canton", days=30, warm_up_days=30))
    gps = (model.state.practitioners.role == GP) & (model.state.practitioners.active == 1)
    for day in range(model.day, model.day + HORIZON):
        gps_there = model.state.practitioners.away[:, model.calendar.week_of(day)] == 0
        works = gps & (model.state.practitioners.weekly[:, weekday_of(day)].sum(axis=1) >= 256)
        laid = model.state.diary.laid[:, :, day & (HORIZON - 1)].sum(axis=(1, 2))
        assert ((laid > 0) == (gps_there & works & is_open(day)))[works].all(), date_of(day)


def test_public_holidays_are_those_of_france():
    numbers = [day for day in range(9_862, 9_862 + 365) if is_open(day) is False and weekday_of(day) != 6]
    told = {f"{date_of(day):%m-%d}" for day in numbers}
    assert date_of(9_862).isoformat() == "2027-01-01"
    assert told == {"01-01", "03-29", "05-01", "05-06", "05-08", "05-17", "07-14", "11-01", "11-11", "12-25"}


def test_weeks_of_leave_without_a_locum_are_empty_and_others_are_not(years):
    for first, laid in years:
        away = first.state.practitioners.away
        by_day = laid.sum(axis=(2, 3))
        leave = np.array([away[:, first.calendar.week_of(first.calendar.first + day)] for day in range(YEAR)])
        assert leave.any()
        assert not by_day[leave == 1].any()
        gps = np.flatnonzero(asked_slots(first) > 0)
        weeks = by_day.reshape(YEAR // 7, 7, -1).sum(axis=1)[:, gps]
        at_work = leave.reshape(YEAR // 7, 7, -1)[:, 0, gps] == 0
        assert (weeks[at_work] > 0).mean() > 0.99


def test_gps_take_their_weeks_of_leave_and_find_a_locum_as_often_as_stated():
    supply = shipped("baseline").parameters.supply
    weeks, chosen = 0, 0
    for seed in SEEDS:
        first = built(scenario("baseline", seed=seed))
        gps = np.flatnonzero(asked_slots(first) > 0)
        start = first.calendar.week_of(first.calendar.first)
        away = first.state.practitioners.away[gps, start : start + 52]
        weeks += away.sum()
        chosen += len(gps) * supply.leave_weeks
    uncovered = 1 - supply.leave_cover
    assert abs(weeks - chosen * uncovered) < SD * np.sqrt(chosen * uncovered * supply.leave_cover)


def test_the_same_day_share_of_slots_is_kept_for_the_day(years):
    """All the slots of a walk-in session, else the GP's share; visits at home leave those of the day alone
    while there are others.
    """
    for first, laid in years:
        table = first.state.practitioners
        share = table.same_day_share / 65_536
        weekday = (first.calendar.first + np.arange(YEAR) - 2) % 7
        walk_in = table.walk_in[:, weekday].transpose(1, 0, 2) == 1
        held = laid.sum(axis=2)
        expected = np.where(walk_in, held, held * share[None, :, None])
        kept, home = laid[:, :, SAME_DAY], laid[:, :, HOME]
        gps = np.flatnonzero(asked_slots(first) > 0)
        exact = walk_in & (home == 0)
        assert np.array_equal(kept[exact], held[exact])
        assert not laid[:, :, SCHEDULED][walk_in].any()
        mixed = ~walk_in & (laid[:, :, SCHEDULED] > 0)  # the share is not touched by visits at home
        gap = np.where(mixed, kept - expected, 0).sum(axis=(0, 2))
        assert (np.abs(gap)[gps] < SD * np.sqrt(0.25 * 52 * 11)).all()
        assert not laid[:, :, DEDICATED].any()


def test_time_for_the_home_bound_is_what_the_panel_asks_for_and_at_most_half_a_session(years):
    for first, laid in years:
        people, table = first.state.patients, first.state.practitioners
        asked = np.bincount(
            people.usual_gp[(people.home_bound == 1) & (people.usual_gp >= 0)], minlength=len(table.role)
        )
        asked = asked * PARAMETERS.supply.home_visits_per_year
        home = laid[:, :, HOME].sum(axis=(0, 2))
        gps = np.flatnonzero(asked_slots(first) > 0)
        free = gps[table.home[gps].sum(axis=(1, 2)) < 0.45 * table.weekly[gps].sum(axis=(1, 2)) / 2]
        ratio = home[free].sum() / asked[free].sum()
        away = 1 - PARAMETERS.supply.leave_weeks * (1 - PARAMETERS.supply.leave_cover) / 52
        assert ratio == pytest.approx(away, abs=0.05)
        assert (table.home <= 0.5 * table.weekly + 1).all()
        assert not home[asked == 0].any()


# ---------------------------------------------------------------- slots given to a CPTS


def on_the_first_morning(slots_per_week, gps=3, parameters=NO_MEETINGS, name="canton"):
    """Two territories on the first counted morning, without and with a mission that has just begun."""
    asked = scenario(name, warm_up_days=0, days=60, parameters=parameters)
    mission = asked.with_(policies={"unscheduled_care": {"gps": gps, "slots_per_week": slots_per_week}})
    without, with_it = begin(asked, from_warm=False), begin(mission, from_warm=False)
    for model in (without, with_it):
        model.act(model.calendar.today(model.day))
    return without, with_it


@pytest.mark.parametrize("slots_per_week", [1, 2.5, 3, 20])
def test_dedicated_slots_are_taken_from_the_others_one_for_one(slots_per_week):
    without, with_it = on_the_first_morning(slots_per_week)
    before, after = (one.state.diary.laid.astype(np.int64) for one in (without, with_it))
    assert np.array_equal(before.sum(axis=1), after.sum(axis=1))
    given = after[:, DEDICATED]
    assert given.sum() > 0
    appointments = with_it.state.practitioners.same_day_share < 65_536
    taken = before[:, SCHEDULED] - after[:, SCHEDULED]
    kept_for_the_day = before[:, SAME_DAY] - after[:, SAME_DAY]
    assert np.array_equal(taken + kept_for_the_day, given)
    # same-day slots are given only where no scheduled one is left
    assert not kept_for_the_day[(after[:, SCHEDULED] > 0) & appointments[:, None, None]].any()
    assert (taken >= 0).all() and (kept_for_the_day >= 0).all()
    assert np.array_equal(with_it.state.diary.free, after)


@pytest.mark.parametrize("slots_per_week", [1, 2.5, 3])
def test_a_volunteer_gives_each_week_what_was_asked_on_average(slots_per_week):
    """Weeks of the horizon without holiday nor leave, in which every session is held."""
    _, model = on_the_first_morning(slots_per_week)
    state, calendar = model.state, model.calendar
    volunteers = model.communities[0].volunteers
    assert len(volunteers) == 3
    found = []
    for gp in volunteers:
        assert gp.dedicated.sum() == round(slots_per_week * 256)
        for monday in range(calendar.first, calendar.first + HORIZON - 7, 7):
            week = range(monday, monday + 7)
            whole_week = (
                all(is_open(day) for day in week[:6])
                and not gp.columns().away[gp.row, calendar.week_of(monday)]
            )
            if whole_week:
                found.append(
                    sum(state.diary.laid[gp.row, DEDICATED, day & (HORIZON - 1)].sum() for day in week)
                )
    assert len(found) > 20
    part = slots_per_week % 1
    assert abs(np.mean(found) - slots_per_week) <= SD * np.sqrt(part * (1 - part) / len(found))


def test_meetings_take_time_out_of_volunteers_diaries_and_nobody_else_s():
    without, with_it = on_the_first_morning(
        2, gps=2, parameters={"carers.diary_share": 1.0, "governance.board_gps": 0}
    )
    lost = without.state.diary.laid.sum(axis=(1, 2, 3)) - with_it.state.diary.laid.sum(axis=(1, 2, 3))
    rows = [gp.row for gp in with_it.communities[0].volunteers]
    carers, supply = with_it.parameters.carers, with_it.parameters.supply
    a_week = carers.member_hours_per_month * 60 * 12 / 52 / supply.consultation_minutes
    assert (lost[rows] > 0).all()
    assert np.delete(lost, rows).sum() == 0
    weeks = HORIZON / 7 * len(rows)
    assert lost.sum() < a_week * weeks + SD * np.sqrt(0.25 * weeks)
    assert lost.sum() > 0.7 * a_week * weeks - SD * np.sqrt(0.25 * weeks)


def test_days_laid_later_give_as_much_as_those_of_the_first_horizon():
    mission = {"unscheduled_care": {"gps": 3, "slots_per_week": 3}}
    model = lived(scenario("canton", days=300, warm_up_days=0, policies=mission, parameters=NO_MEETINGS))
    last = model.state.diary.laid[:, DEDICATED].sum()
    _, first = on_the_first_morning(3)
    early = first.state.diary.laid[:, DEDICATED].sum()
    assert 0.7 < last / early < 1.3


def test_no_slot_is_ever_given_twice_nor_free_without_having_been_laid():
    model = begin(scenario("village", days=60, warm_up_days=60, policies={"unscheduled_care": {"gps": 2}}))
    while model.running:
        model.step()
        assert (model.state.diary.free <= model.state.diary.laid).all()  # unsigned: below none is above all


# ---------------------------------------------------------------- the verbs of the diary


def one_practice():
    """A model whose first GP has an empty diary, to write in."""
    first = fresh(shipped("village"))
    first.state.diary.free[:] = 0
    first.state.diary.laid[:] = 0
    g = int(np.flatnonzero(first.state.practitioners.weekly.sum(axis=(1, 2)))[0])
    return first, hold(first.state), g


def test_the_earliest_slot_is_the_first_of_its_pool_from_this_half_day_on():
    first, _, g = one_practice()
    today = first.calendar.begin
    for day, period in ((today, MORNING), (today + 2, AFTERNOON), (today + 2, MORNING), (today + 9, MORNING)):
        first.state.diary.free[g, SCHEDULED, day & (HORIZON - 1), period] = 1

    def found(start, stop, period, pool=SCHEDULED):
        return earliest(first.state.diary, g, pool, start, stop, today, period)

    assert found(today, today + 9, MORNING) == today * PERIODS + MORNING
    assert found(today, today + 9, AFTERNOON) == (today + 2) * PERIODS + MORNING
    assert found(today + 3, today + 9, AFTERNOON) == (today + 9) * PERIODS + MORNING
    assert found(today + 3, today + 8, MORNING) == -1
    assert found(today, today + 9, MORNING, SAME_DAY) == -1


def test_a_session_holds_as_many_slots_as_its_cells_can_tell_and_no_more():
    first, hand, g = one_practice()
    day = first.calendar.begin + (-weekday_of(first.calendar.begin)) % 7  # a Monday
    first.state.practitioners.weekly[g, 0, MORNING] = 300 * 256
    lay_all(hand, 0, 1, day, 0, 0)
    assert first.state.diary.laid[g, :, day & (HORIZON - 1), MORNING].sum() == MOST_SLOTS


def test_moving_slots_moves_only_free_ones_and_says_how_many():
    first, _, g = one_practice()
    diary, day = first.state.diary, first.calendar.begin
    cell = day & (HORIZON - 1)
    diary.laid[g, SCHEDULED, cell, MORNING], diary.free[g, SCHEDULED, cell, MORNING] = 5, 3
    assert move_slots(diary, g, day, MORNING, SCHEDULED, DEDICATED, 4) == 3
    assert diary.laid[g, :, cell, MORNING].tolist() == [2, 0, 3, 0]
    assert diary.free[g, :, cell, MORNING].tolist() == [0, 0, 3, 0]
    assert move_slots(diary, g, day, MORNING, DEDICATED, -1, 2) == 2
    assert diary.laid[g, :, cell, MORNING].tolist() == [2, 0, 1, 0]
    assert move_slots(diary, g, day, MORNING, DEDICATED, SAME_DAY, 0) == 0


@pytest.mark.parametrize("released", [1, 0])
def test_dedicated_slots_of_the_afternoon_open_to_all_at_noon_if_the_cpts_says_so(released):
    first, hand, g = one_practice()
    state, day = first.state, first.calendar.begin
    cell = day & (HORIZON - 1)
    for period in (MORNING, AFTERNOON):
        state.diary.laid[g, DEDICATED, cell, period] = state.diary.free[g, DEDICATED, cell, period] = 2
    state.numbers.volunteer_of[g], state.numbers.released[0] = 0, released
    release_at_noon(hand, hold(first.calendar.today(day)))
    assert state.diary.free[g, SAME_DAY, cell].tolist() == [0, 2 * released, 0, 0]
    assert state.diary.free[g, DEDICATED, cell].tolist() == [2, 2 - 2 * released, 0, 0]
    assert state.diary.laid[g, :, cell].sum() == 4


def test_unused_visits_at_home_of_the_afternoon_open_to_all_at_noon():
    first, hand, g = one_practice()
    state, day = first.state, first.calendar.begin
    cell = day & (HORIZON - 1)
    for period in (MORNING, AFTERNOON):
        state.diary.laid[g, HOME, cell, period], state.diary.free[g, HOME, cell, period] = 3, 2
    release_at_noon(hand, hold(first.calendar.today(day)))
    assert state.diary.free[g, SAME_DAY, cell].tolist() == [0, 2, 0, 0]
    assert state.diary.free[g, HOME, cell].tolist() == [2, 0, 0, 0]
    assert state.diary.laid[g, HOME, cell].tolist() == [3, 1, 0, 0]


def test_the_calendar_numbers_weeks_from_the_one_in_which_the_run_begins():
    days: Calendar = built(scenario("village", warm_up_days=10)).calendar
    assert days.week_of(days.begin) == 0
    mondays = [day for day in range(days.begin, days.last) if weekday_of(day) == 0]
    assert [days.week_of(day) for day in mondays[:3]] == [1, 2, 3]
    assert built(scenario("village", warm_up_days=10)).state.practitioners.away.shape[1] == days.weeks
