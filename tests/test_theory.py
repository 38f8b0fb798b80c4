"""What queueing theory and common sense say must follow, whatever the figures."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from simulation import PrimaryCare, begin, run
from simulation.calendar import EPOCH, Calendar, date_of, height, is_open, next_open_day, season, weekday_of
from simulation.chances import exponential
from simulation.kernels import codes
from simulation.kernels.gaps import gap
from simulation.kernels.people import odds_of_a_day
from simulation.parameters import Parameters
from simulation.population import traits_of
from simulation.running import fresh
from tests.territories import counted, forced, lived, scenario, shipped

SD = stats.norm.isf(0.5e-4)
"""Standard deviations that luck exceeds once in ten thousand draws."""
YEAR = {"days": 364, "warm_up_days": 56}


def of_classes(model, end, classes=range(codes.CLASSES)):
    return sum(counted(model, one * codes.MEASURES_OF_CLASS + end) for one in classes)


OF_A_GP = range(codes.CLASS_POST_DISCHARGE + 1)
"""Classes of requests that only a doctor, or who replaces him, answers."""


def unserved(model):
    ends = (codes.EMERGENCY_END, codes.RECOVERED_END, codes.GAVE_UP, codes.WAITING)
    return sum(of_classes(model, end, OF_A_GP) for end in ends)


def occupancy(model, names=None):
    """Share of slots taken, of all GPs or of those who are named."""
    table = model.territory.practitioners
    chosen = table["role"] == "gp" if names is None else table["id"].isin(names)
    practice = model.state.tally.practice[:, np.flatnonzero(chosen)].sum(axis=(0, 1))
    return 1 - practice[codes.LEFT] / practice[codes.LAID]


def lived_from_scratch(asked):
    model = begin(asked, from_warm=False)
    model.run_model()
    return model


# ---------------------------------------------------------------- waiting


@pytest.mark.parametrize("name", ["village", "canton"])
def test_littles_law_holds_when_requests_are_counted_one_by_one(name):
    """Mean number waiting = arrivals a day x mean days of waiting, told apart from the model's own sums."""
    model = begin(scenario(name, days=150, warm_up_days=0), from_warm=False)
    requests = model.state.requests
    evenings, ages = 0, {}
    durations = 0
    while model.running:
        today = model.day
        model.step()
        rows = np.flatnonzero(requests.status != codes.UNUSED)
        open_now = {(int(requests.patient[r]), int(requests.kind[r]), int(requests.opened[r])) for r in rows}
        evenings += len(open_now)
        assert len(open_now) == len(rows)
        for one in open_now:
            ages[one] = today + 1 - one[2]
    durations = sum(ages.values())
    assert evenings == durations == requests.cursor[codes.REQUEST_DAYS]
    waited_overnight = len(ages)
    arrivals = waited_overnight / 150
    assert evenings / 150 == pytest.approx(arrivals * (durations / waited_overnight))


def test_gaps_between_needs_are_geometric_and_have_the_mean_of_their_rate():
    """A year of days each with chance p has 365 p needs, to one part in a thousand."""
    table = exponential()
    luck = (np.arange(1024, dtype=np.int64) << 22) + (1 << 21)
    for a_year in (0.5, 1.8, 4.0, 12.0):
        rate = odds_of_a_day(int(a_year * 1000), 1000)
        mean = np.mean([gap(table, one, rate, 1000) for one in luck.tolist()])
        assert mean == pytest.approx(365 / a_year, rel=0.005)


def test_visits_to_the_emergency_department_are_as_many_as_the_rates_of_the_people_say():
    """The streams that no diary changes are Poisson: their counts are checked, once in ten thousand excepted."""
    asked = scenario("baseline", days=364, warm_up_days=7)
    model = lived(asked)
    people, traits = model.state.patients, traits_of(model.territory, asked.parameters, 1.0)
    base = traits.emergency_base[people.age] / 10_000
    own = traits.own_choice[people.commune, people.age] / 10_000 * people.frailty / 1000
    emergency = asked.parameters.emergency
    injury = emergency.injury_per_1000 / (emergency.injury_per_1000 + emergency.vital_per_1000)
    days = 364 / 365
    for measure, expected in (
        (codes.ED_INJURY, base.sum() * injury * days),
        (codes.ED_VITAL, base.sum() * (1 - injury) * days),
        (codes.ED_OWN_CHOICE, own.sum() * days),
    ):
        assert abs(counted(model, measure) - expected) < SD * np.sqrt(expected) + 0.005 * expected


def test_acute_needs_are_as_many_as_the_rates_of_the_people_say_less_those_while_one_waits():
    asked = scenario("canton", days=364, warm_up_days=56)
    model = lived(asked)
    people = model.state.patients
    traits = traits_of(model.territory, asked.parameters, 1.0)
    expected = (traits.acute[people.age, people.ald] / 1000 * people.frailty / 1000).sum() * 364 / 365
    made = of_classes(model, codes.MADE, (codes.CLASS_TODAY, codes.CLASS_48H, codes.CLASS_WEEK))
    assert 0.90 * expected < made < expected + SD * np.sqrt(expected)


def test_needs_fall_into_the_three_urgencies_as_stated():
    model = lived(scenario("baseline", days=364, warm_up_days=7))
    demand = model.parameters.demand
    shares = [demand.urgent_today_share, demand.urgent_48h_share]
    classes = (codes.CLASS_TODAY, codes.CLASS_48H, codes.CLASS_WEEK)
    found = np.array([of_classes(model, codes.MADE, [one]) for one in classes])
    expected = np.array([*shares, 1 - sum(shares)])
    assert found / found.sum() == pytest.approx(expected, abs=SD * np.sqrt(0.25 / found.sum()))


# ---------------------------------------------------------------- more, less, none


def with_gp(asked):
    """One more GP, like the first, who answers everybody."""
    table = asked.territory.practitioners
    new = table[table["role"] == "gp"].iloc[[0]].assign(id="gp-new", accepts_new="yes")
    return asked.with_(territory=asked.territory.with_(practitioners=pd.concat([table, new])))


def with_slots(asked, factor):
    table = asked.territory.practitioners
    cut = table.assign(slots_per_year=(table["slots_per_year"] * factor).round())
    return asked.with_(territory=asked.territory.with_(practitioners=cut))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", ["village", "canton"])
def test_one_more_gp_leaves_fewer_patients_unserved(name, seed):
    asked = scenario(name, seed=seed, **YEAR)
    before, after = lived(asked), lived(with_gp(asked))
    there = asked.territory.practitioners.query("role == 'gp'")["id"]
    assert unserved(after) < unserved(before)
    assert occupancy(after, there) < occupancy(before, there)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_fewer_slots_leave_more_patients_unserved_and_diaries_fuller(seed):
    asked = scenario("canton", seed=seed, **YEAR)
    models = [lived(with_slots(asked, factor)) for factor in (1.3, 1.0, 0.7, 0.5)]
    left = [unserved(model) for model in models]
    full = [occupancy(model) for model in models]
    assert left == sorted(left) and left[0] < 0.6 * left[-1]
    assert full == sorted(full) and full[-1] > full[0] + 0.02


def test_supply_beyond_need_leaves_nobody_waiting_for_want_of_a_slot():
    """With ten times the slots, only those without a GP in reach or who think of no door are unserved.

    So are those who fall ill on a closed day and cannot wait; no illness ends or worsens while one waits.
    """
    still = {"doors.resolves_per_day": 0, "doors.worsens_per_day": 0}
    asked = scenario("canton", parameters=still, **YEAR)
    model, before = lived(with_slots(asked, 10)), lived(asked)
    assert occupancy(model) < 0.15
    assert unserved(model) < 0.4 * unserved(before)
    ends = (codes.EMERGENCY_END, codes.RECOVERED_END, codes.GAVE_UP)
    for one in (codes.CLASS_WEEK, codes.CLASS_FOLLOW_UP, codes.CLASS_ROUTINE):
        left = sum(of_classes(model, end, [one]) for end in ends)
        assert left < 0.03 * of_classes(model, codes.MADE, [one])


def acute_by_month(model):
    columns = [one * codes.MEASURES_OF_CLASS + codes.MADE for one in (codes.CLASS_TODAY, codes.CLASS_48H)]
    return model.state.tally.group[:, :, columns].sum(axis=(1, 2))


def weight_of_months(model):
    """How many needs a month has by its length and its Mondays alone."""
    parameters, calendar = model.asked.parameters, model.calendar
    weights = np.zeros(len(calendar.months))
    for day in range(calendar.first, calendar.last + 1):
        weights[calendar.month_of_day[day - calendar.first]] += season(day, parameters)
    return weights


def test_without_a_winter_wave_acute_needs_have_no_season():
    flat = lived_from_scratch(
        forced(scenario("canton", days=364, warm_up_days=28), "demand", winter_swing=0.0)
    )
    for day in range(flat.calendar.first, flat.calendar.last):
        monday = weekday_of(day) == 0
        assert season(day, flat.asked.parameters) == pytest.approx(7 / 7.35 * (1.35 if monday else 1))
    found, weights = acute_by_month(flat)[:12], weight_of_months(flat)[:12]
    assert stats.chisquare(found, weights / weights.sum() * found.sum()).pvalue > 1e-4


def test_with_a_winter_wave_acute_needs_follow_it():
    """The very test above, so that it is known to be able to fail."""
    model = lived_from_scratch(
        forced(scenario("canton", days=364, warm_up_days=28), "demand", winter_swing=0.4)
    )
    found = acute_by_month(model)[:12]
    days = np.bincount(model.calendar.month_of_day)[:12]
    assert stats.chisquare(found, days / days.sum() * found.sum()).pvalue < 1e-6
    assert found[0] / days[0] > 1.5 * found[6] / days[6]


def test_the_season_has_mean_one_over_a_year_and_its_height_is_never_passed():
    parameters = Parameters()
    days = [season(day, parameters) for day in range(9_865, 9_865 + 7 * 1_461)]
    assert np.mean(days) == pytest.approx(1.0, abs=1e-3)
    assert max(days) <= height(parameters) < max(days) * 1.01


def test_twice_the_choice_of_the_emergency_department_is_twice_the_visits():
    asked = scenario("baseline", days=91, warm_up_days=7)
    once = lived(asked)
    twice = lived_from_scratch(forced(asked, "emergency", own_choice_per_1000=130.0))
    one, two = (counted(model, codes.ED_OWN_CHOICE) for model in (once, twice))
    assert abs(two - 2 * one) < SD * np.sqrt(two + 4 * one)
    assert abs(counted(once, codes.ED_INJURY) - counted(twice, codes.ED_INJURY)) < SD * np.sqrt(
        counted(once, codes.ED_INJURY) * 2
    )


def test_twice_the_routine_demand_is_twice_the_requests_where_there_is_room():
    """One request at a time: twice as many are made only where the first is soon served."""
    asked = with_slots(scenario("canton", days=364, warm_up_days=28), 10)
    once = lived(asked)
    twice = lived_from_scratch(forced(asked, "demand", routine_per_year=0.84))
    one, two = (of_classes(model, codes.MADE, [codes.CLASS_ROUTINE]) for model in (once, twice))
    assert 1.85 * one < two < 2 * one + SD * np.sqrt(two + 4 * one)


def test_the_better_known_the_number_the_more_shared_slots_are_used():
    mission = {"unscheduled_care": {"gps": 3, "slots_per_week": 6, "release_at_noon": False}}
    used = []
    for awareness in (0.0, 0.25, 0.5, 1.0):
        asked = scenario("canton", policies=mission, parameters={"doors.number_awareness": awareness}, **YEAR)
        used.append(int(lived(asked).state.tally.practice[:, :, codes.DEDICATED_USED].sum()))
    assert used[0] == 0
    assert used == sorted(used) and used[1] > 0 and used[-1] > 1.5 * used[1]


def test_the_more_people_call_other_practices_first_the_fewer_shared_slots_are_used():
    """Were the order of the doors another, the number and the 15 would hear of what other practices refused only."""
    mission = {"unscheduled_care": {"gps": 3, "slots_per_week": 6, "release_at_noon": False}}
    used, rung = [], []
    for share in (0.0, 0.5, 1.0):
        asked = scenario("canton", policies=mission, parameters={"doors.others_first_share": share}, **YEAR)
        model = lived(asked)
        used.append(int(model.state.tally.practice[:, :, codes.DEDICATED_USED].sum()))
        rung.append(counted(model, codes.SAS_CALLS))
    assert used[0] > used[1] > used[2] > 0
    assert rung[0] > rung[1] > rung[2] > 0


def test_nobody_misses_an_appointment_when_nobody_is_absent_minded():
    asked = forced(scenario("canton", days=120, warm_up_days=7), "demand", no_show=0.0, no_show_new=0.0)
    model = lived_from_scratch(asked)
    assert counted(model, codes.MISSED) == counted(model, codes.GIVEN_BACK_SLOTS) == 0
    assert model.state.tally.practice[:, :, codes.LOST].sum() == 0
    assert counted(lived(scenario("canton", days=120, warm_up_days=7)), codes.MISSED) > 20


def test_appointments_made_ahead_are_missed_as_often_as_stated():
    """Those of the same day are kept: a no-show is known in the morning. New patients miss more often."""
    asked, held = scenario("canton", days=150, warm_up_days=0), []
    told = run(asked, follow=range(3_600), watch=lambda model: held.append(model) if not held else None).lives
    assert len(told) < codes.LOG_ROWS
    model, demand = held[0], asked.parameters.demand
    booked = told[(told["event"] == codes.SAID_BOOKED) & (told["second"] > told["day"])]
    due = booked[booked["second"] <= model.calendar.last]
    new = due["first"].to_numpy() != model.state.patients.usual_gp[due["patient"]]
    chance = np.where(new, demand.no_show_new, demand.no_show)
    missed = counted(model, codes.MISSED)
    assert new.sum() > 50
    assert abs(missed - chance.sum()) < SD * np.sqrt((chance * (1 - chance)).sum())


def test_missed_appointments_are_given_back_as_often_as_stated():
    model = lived(scenario("baseline", days=182, warm_up_days=28))
    refill = model.parameters.demand.refill
    missed, back = counted(model, codes.MISSED), counted(model, codes.GIVEN_BACK_SLOTS)
    assert abs(back - refill * missed) < SD * np.sqrt(missed * refill * (1 - refill))


def test_where_no_gp_sees_other_peoples_patients_nobody_is_seen_elsewhere():
    """Every visit is then with one's own GP or a colleague of the house, if no volunteer of the SAS sees others.

    Somebody whom a GP takes on is not his patient yet at the first visit, and at no other.
    """
    nobody = {"occasional_willing": 0.0, "occasional_moderate": 0.0, "occasional_closed": 0.0}
    no_other_door = {"sas.called_share": 0, "doors.walk_in_known": 0}
    asked = scenario("canton", days=91, warm_up_days=7, parameters=no_other_door)
    model = lived_from_scratch(forced(asked, "doors", **nobody))
    first_visits = of_classes(model, codes.VISITED, [codes.CLASS_REGISTRATION])
    assert counted(model, codes.BY_OTHER) == first_visits < counted(model, codes.BY_USUAL)
    assert first_visits == counted(model, codes.REGISTERED) > 0
    assert counted(model, codes.BY_WALK_IN) == 0
    usual = lived(scenario("canton", days=91, warm_up_days=7))
    assert counted(usual, codes.BY_OTHER) > of_classes(usual, codes.VISITED, [codes.CLASS_REGISTRATION])


def no_way_round(asked):
    """Nobody but GPs answers, and an illness neither ends nor worsens while one waits."""
    shut = {
        "sas.called_share": 0, "substitutes.telecare_per_1000": 0, "doors.resolves_per_day": 0,
        "doors.worsens_per_day": 0,
    }  # fmt: skip
    return forced(asked.with_(parameters=shut), "out_of_hours", evening_per_1000=0.0, weekend_per_1000=0.0)


def test_every_door_closed_everybody_spills_in_the_shares_that_are_stated():
    """Without any slot, today's needs all fail: ED, wait or give up, as `doors` says by distance and poverty."""
    asked = no_way_round(scenario("canton", days=364, warm_up_days=0))
    first = fresh(asked)
    first.state.practitioners.active[:], first.state.practitioners.arrives[:] = 0, -1
    model = PrimaryCare(asked, first)
    while model.day <= model.calendar.last:
        first.state.practitioners.active[:] = 0
        model.step()
    assert counted(model, codes.ACTS) == counted(model, codes.BY_DUTY) == 0
    today = [codes.CLASS_TODAY, codes.CLASS_48H]
    made = of_classes(model, codes.MADE, today)
    ends = {end: of_classes(model, end, today) for end in range(codes.VISITED, codes.HELD + 1)}
    assert ends[codes.VISITED] == ends[codes.HELD] == ends[codes.ADVISED] == 0
    assert sum(ends.values()) == made > 1000
    recovered, gave_up = ends[codes.RECOVERED_END], ends[codes.GAVE_UP]
    share = model.parameters.doors.recovered_share
    assert abs(recovered - share * (recovered + gave_up)) < SD * np.sqrt(
        (recovered + gave_up) * share * (1 - share)
    )
    people, spill = model.state.patients, model.state.places.spill / 2**32
    chance = spill[people.commune, people.deprived]
    wait = (chance[:, 1] - chance[:, 0]).mean()
    emergency = (chance[:, 0] * (1 + chance[:, 1] - chance[:, 0])).mean()
    assert 0 < wait < 1
    assert ends[codes.EMERGENCY_END] / (made - ends[codes.WAITING]) == pytest.approx(emergency, abs=0.03)


def test_the_poor_give_up_more_and_the_far_go_less_to_the_emergency_department():
    spill = fresh(shipped("baseline")).state.places
    emergency, give_up = spill.spill[:, :, 0], 2**32 - spill.spill[:, :, 1]
    assert (give_up[:, 1] > give_up[:, 0]).all()
    minutes = np.unique(spill.emergency_minutes)
    pull = [emergency[spill.emergency_minutes == one, 0].mean() for one in minutes]
    assert len(minutes) > 30 and (np.diff(pull) < 0).all()


# ---------------------------------------------------------------- the calendar


def test_days_weekdays_and_openings_are_those_of_a_real_calendar():
    for number in range(9_000, 11_000, 13):
        day = date_of(number)
        assert weekday_of(number) == day.weekday()
        assert (day - EPOCH).days == number
        following = next_open_day(number)
        assert following > number and is_open(following)
        assert not any(is_open(between) for between in range(number + 1, following))
    assert not is_open((date(2027, 7, 14) - EPOCH).days)
    assert is_open((date(2027, 7, 15) - EPOCH).days)


def test_months_part_the_counted_days():
    days = Calendar(1, date(2027, 1, 4), 364, 28, Parameters())
    assert days.months[0] == "2027-01" and days.months[-1] == "2028-01"
    assert len(days.month_of_day) == 364
    for number in range(days.first, days.last + 1):
        assert days.months[days.month_of_day[number - days.first]] == f"{date_of(number):%Y-%m}"
    stocks = [number for number in range(days.begin, days.last + 1) if days.today(number).stock]
    assert [f"{date_of(number):%m-%d}" for number in stocks[:3]] == ["01-04", "02-01", "03-01"]
    assert len(stocks) == len(days.months)
    shares = sum(days.share_of_month(number) for number in stocks)
    assert shares == pytest.approx(28 / 31 + 11 + 2 / 31)
