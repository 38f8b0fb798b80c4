"""GPs leave and arrive: slots go with them, panels are left behind, newcomers fill up to their limit."""

from functools import cache

import numpy as np
import pytest

from simulation import begin
from simulation.calendar import date_of, number_of
from simulation.invariants import check
from simulation.kernels import codes
from simulation.kernels.handle import hold
from simulation.kernels.workforce import LATER, SOON, leave_panels
from simulation.panels import MOST_AT_HOME, plan_home_visits
from tests.territories import counted, scenario

LEAVER = "gp-99001-2"
QUIET = {"registration.when_met_share": 0.0, "workforce.arrivals_per_year": 0.03}
"""Nobody asks on the way to stay, so that those left behind call on the day drawn for them."""


def leaving(month="2027-05", **changes):
    """The canton, where one GP of three leaves on the first of a month."""
    parameters = {"workforce.successor_share": 0.0, **QUIET, **changes.pop("parameters", {})}
    asked = scenario("canton", days=240, warm_up_days=60, parameters=parameters, **changes)
    table = asked.territory.practitioners
    told = table.assign(leaving=table["leaving"].mask(table["id"] == LEAVER, month))
    return asked.with_(territory=asked.territory.with_(practitioners=told))


def live_until(model, day):
    while model.date.isoformat() < day:
        model.step()


def named(model, name):
    return next(gp for gp in model.gps if gp.identifier == name)


@cache
def left():
    """A model on the morning of a departure and the same one on the evening, everybody being followed."""
    model = begin(leaving(), from_warm=False)
    live_until(model, "2027-04-30")
    model.step()
    gp = named(model, LEAVER)
    requests, patients = model.state.requests, model.state.patients
    booked = np.flatnonzero((requests.status == codes.BOOKED) & (requests.practitioner == gp.row))
    asked = [(int(requests.patient[row]), int(requests.kind[row])) for row in booked]
    panel = np.flatnonzero(patients.usual_gp == gp.row)
    ald = patients.ald[panel].copy()
    model.follow(panel.tolist())
    model.step()
    return model, gp, asked, panel, ald


# ---------------------------------------------------------------- a GP leaves


def test_on_the_day_a_gp_leaves_his_slots_are_gone_and_his_appointments_called_off():
    model, gp, asked, panel, _ = left()
    state, requests = model.state, model.state.requests
    assert gp.left == model.day - 1 and not gp.active and gp.panel == 0
    assert len(asked) > 30 and len(panel) > 800
    assert not state.diary.laid[gp.row].any() and not state.diary.free[gp.row].any()
    assert not ((requests.status == codes.BOOKED) & (requests.practitioner == gp.row)).any()
    open_now = np.flatnonzero(requests.status != codes.UNUSED)
    still = {(int(requests.patient[r]), int(requests.kind[r])) for r in open_now}
    assert len(set(asked) & still) > 0.8 * len(asked)  # some are answered or given up on the very day
    check(model)


def test_everybody_of_the_panel_is_left_and_seeks_another_gp():
    model, gp, _, panel, _ = left()
    patients = model.state.patients
    assert counted(model, codes.LOST_GP) == len(panel)
    assert (patients.usual_gp != gp.row).all()
    again = patients.usual_gp[panel] >= 0
    assert again.mean() < 0.02
    assert patients.seeking[panel[~again]].all()
    assert (patients.usual_minutes[panel[~again]] == -1).all()


def test_those_with_a_long_term_condition_call_first_within_a_fortnight():
    model, gp, _, panel, ald = left()
    while model.running and model.day <= gp.left + SOON + LATER:
        model.step()
    told = model.state.log.rows[: model.state.log.used[0]]
    assert model.state.log.used[0] < codes.LOG_ROWS
    calls = told[(told[:, 2] == codes.SAID_NEED) & (told[:, 3] == codes.REGISTRATION)]
    first = {int(who): int(day) - gp.left for day, who in calls[::-1, :2]}
    delays = {flag: np.array([first[who] for who in panel[ald == flag] if who in first]) for flag in (0, 1)}
    for flag, (low, high) in ((1, (0, SOON)), (0, (SOON, SOON + LATER))):
        assert len(delays[flag]) == (ald == flag).sum() > 100
        assert delays[flag].min() >= low and delays[flag].max() < high
    check(model)


def test_who_left_has_no_slot_no_visit_and_no_new_patient_ever_after():
    model = begin(leaving(), from_warm=False)
    live_until(model, "2027-05-01")
    gp, before = named(model, LEAVER), None
    while model.running:
        model.step()
        seen = model.state.tally.practice[:, gp.row].sum(axis=0)
        before = seen if before is None else before
        assert np.array_equal(seen[codes.SEEN], before[codes.SEEN])
        assert not model.state.diary.laid[gp.row].any() and gp.panel == 0
    months = model.state.tally.practice[:, gp.row, codes.LAID]
    assert (months[:4] > 0).all() and not months[4:].any()


def test_a_gp_leaves_in_the_month_that_the_file_names_and_no_counted_day_before():
    for month, day in (("2027-05", "2027-05-01"), ("2026-12", "2027-01-04"), ("2027-01", "2027-01-04")):
        model = begin(leaving(month), from_warm=False)
        while named(model, LEAVER).left is None:
            model.step()
        assert date_of(named(model, LEAVER).left).isoformat() == day


def test_a_volunteer_who_left_keeps_no_slot_for_the_number_and_gives_no_more_hours():
    mission = {"unscheduled_care": {"gps": 3, "slots_per_week": 3}}
    without_board = {"governance.board_gps": 0}
    model = begin(leaving(policies=mission).with_(parameters=without_board), from_warm=False)
    model.run_model()
    gp, calendar = named(model, LEAVER), model.calendar
    assert model.state.numbers.volunteer_of[gp.row] == -1
    tenths = model.ledger.lines[:, 0, 0]
    hours = model.parameters.carers.member_hours_per_month
    shares = [
        calendar.share_of_month(max(number_of(date_of(day)), calendar.first)) for day in starts(calendar)
    ]
    expected = [round((3 if month < 4 else 2) * hours * share * 600) for month, share in enumerate(shares)]
    assert np.allclose(tenths, expected, atol=1)


def starts(calendar):
    days = range(calendar.first, calendar.last + 1)
    return [day for day in days if day == calendar.first or date_of(day).day == 1]


# ---------------------------------------------------------------- a successor


def succeeded():
    """A departure with a successor, found among seeds: (the model, the GP, panel and week before)."""
    for seed in range(1, 30):
        model = begin(leaving(seed=seed, parameters={"workforce.successor_share": 0.6}), from_warm=False)
        live_until(model, "2027-05-01")
        gp = named(model, LEAVER)
        panel, week = gp.panel, gp.weekly.copy()
        model.step()
        if gp.active:
            return model, gp, panel, week
    raise AssertionError("nobody ever has a successor")


def test_the_successor_keeps_about_the_share_that_stays_and_works_less():
    model, gp, panel, week = succeeded()
    given = model.parameters.workforce
    stays = given.stays_with_successor
    lost = counted(model, codes.LOST_GP)
    assert gp.left == model.day - 1 and gp.age == 35 and gp.accepts_new
    assert abs(panel - lost - stays * panel) < 4 * np.sqrt(panel * stays * (1 - stays))
    assert gp.panel == pytest.approx(panel - lost, abs=5)
    assert np.array_equal(gp.weekly, np.rint(week * given.arrivals_hours_ratio))
    assert model.state.diary.laid[gp.row].any()
    booked = model.state.requests.practitioner[model.state.requests.status == codes.BOOKED]
    assert (booked == gp.row).sum() > 30
    check(model)
    model.run_model()
    check(model)
    assert model.state.tally.practice[6, gp.row, codes.SEEN] > 50


@pytest.mark.parametrize("share", [0.0, 0.4, 0.95, 1.0])
def test_so_many_of_a_panel_stay_as_the_share_says(share):
    model = begin(leaving(), from_warm=False)
    model.step()
    gp, today = named(model, LEAVER), model.calendar.today(model.day)
    panel = gp.panel
    stays = np.full(len(model.state.practitioners.active), -1, dtype=np.int64)
    stays[gp.row] = round(share * 2**32)
    leave_panels(model.hand, hold(today), stays)
    assert abs(gp.panel - share * panel) <= 4 * np.sqrt(panel * share * (1 - share))
    check(model)


# ---------------------------------------------------------------- a GP arrives


SEEDS_OF_APRIL = (5, 7, 23)
"""A GP arrives in April 2027; with the second seed it is one who gives no appointments."""


def arrival(seed=5, limit=None):
    """The canton where a GP arrives in April 2027, with a small limit if one is asked."""
    parameters = {"workforce.arrivals_per_year": 0.055, "workforce.successor_share": 0.0}
    parameters |= {"workforce.exits_per_year": 0.07}
    asked = scenario("canton", days=1100, warm_up_days=28, seed=seed, parameters=parameters)
    model = begin(asked, from_warm=False)
    gp = next(one for one in model.gps if one.identifier.startswith("arrival-2027-04"))
    if limit is not None:
        model.state.practitioners.limit[gp.row] = limit
    return model, gp


@pytest.mark.parametrize("seed", SEEDS_OF_APRIL)
def test_who_arrives_is_nowhere_before_his_day_and_starts_empty(seed):
    model, gp = arrival(seed)
    assert date_of(gp.arrives).isoformat() == "2027-04-01"
    requests = model.state.requests
    while model.date.isoformat() < "2027-04-01":
        model.step()
        assert not gp.active and gp.panel == 0
        assert not model.state.diary.laid[gp.row].any()
        assert not ((requests.status == codes.BOOKED) & (requests.practitioner == gp.row)).any()
    assert not model.state.tally.practice[:, gp.row].any()
    model.act(model.calendar.today(model.day))
    assert gp.active and gp.panel == 0 and gp.arrives == -1
    laid = model.state.diary.laid[gp.row]
    assert laid.any() and np.array_equal(laid, model.state.diary.free[gp.row])
    supply, hours = model.parameters.supply, model.parameters.workforce.arrivals_hours_ratio
    a_year = laid.sum() * 364 / codes.HORIZON
    assert a_year == pytest.approx(supply.slots_per_gp * hours, rel=0.15)


@pytest.mark.parametrize("seed", SEEDS_OF_APRIL)
def test_who_arrives_takes_people_on_up_to_his_limit_and_the_appointments_already_made(seed):
    model, gp = arrival(seed, limit=25)
    place, cap, before = model.state.tally.place, None, set()
    while model.running:
        full = gp.panel >= 25
        model.step()
        pending = first_visits_with(model, gp)
        assert not full or pending <= before  # nobody books any more
        if cap is None and gp.panel >= 25:
            cap = gp.panel + len(pending) - place[:, :, codes.BIRTHS].sum()
        assert cap is None or gp.panel <= cap + place[:, :, codes.BIRTHS].sum()
        before = pending
    assert cap is not None and gp.panel >= 25
    check(model)


def first_visits_with(model, gp):
    requests = model.state.requests
    booked = (requests.status == codes.BOOKED) & (requests.practitioner == gp.row)
    return set(requests.patient[booked & (requests.kind == codes.REGISTRATION)].tolist())


@pytest.mark.parametrize("seed", SEEDS_OF_APRIL)
def test_who_arrives_fills_up_with_those_who_seek_and_is_visited(seed):
    """Without appointments too: whoever looks for a GP comes to a session."""
    model, gp = arrival(seed)
    assert model.state.practitioners.limit[gp.row] > 800
    model.run_model()
    joined = (model.state.patients.usual_gp == gp.row).sum()
    assert joined == gp.panel > 50
    seen = model.state.tally.practice[:, gp.row, codes.SEEN]
    assert not seen[:3].any() and (seen[4:-1] > 0).all()
    assert model.state.tally.practice[:, gp.row, codes.LAID].sum() > 5_000


def test_a_gp_without_appointments_is_overloaded_only_when_his_sessions_are_full():
    """His third next free slot is today's third, not one of a diary that he does not keep."""
    model, gp = arrival(seed=7)
    practitioners = model.state.practitioners
    walk_in = [one.row for one in model.gps if one.same_day_share == 65_536]
    assert len(walk_in) == 2
    while model.day < model.calendar.first + 600:
        model.step()
    assert not practitioners.overload[gp.row] and practitioners.pressure[gp.row] < 7 * 256
    practice = model.state.tally.practice[:, walk_in].sum(axis=0)
    assert (practice[:, codes.PANEL_DAYS] < 7 * practice[:, codes.PANEL]).all()


def test_gps_grow_older_with_the_years():
    model, gp = arrival()
    before = {one.identifier: one.age for one in model.gps}
    while model.day < model.calendar.first + 366:
        model.step()
    stayed = [one for one in model.gps if one.left is None]
    assert len(stayed) > 1
    assert all(one.age == before[one.identifier] + 1 for one in stayed)


# ---------------------------------------------------------------- visits at home follow the panel


def test_time_for_visits_at_home_follows_the_panel_and_is_none_without_the_home_bound():
    model = begin(scenario("canton", days=30, warm_up_days=0), from_warm=False)
    state = model.state
    planned = state.practitioners.home.copy()
    assert all(planned[gp.row].any() for gp in model.gps if gp.active)
    assert (planned <= MOST_AT_HOME * state.practitioners.weekly + 1).all()
    state.patients.home_bound[state.patients.usual_gp == model.gps[0].row] = 0
    plan_home_visits(model.hand, model.parameters, model.calendar)
    assert not state.practitioners.home[model.gps[0].row].any()
    others = [gp.row for gp in model.gps[1:]]
    assert np.array_equal(state.practitioners.home[others], planned[others])
