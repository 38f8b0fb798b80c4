"""Kits by post, outreach days, balance groups: whom they reach, what they take and cost; none where nobody reacts."""

import numpy as np
import pytest

from simulation import begin, run
from simulation.kernels import codes
from simulation.policies import LEVERS
from tests.lever_sizes import BRIEF, asked, counted, euros, hours, lived, months_of, practised, share_of_year
from tests.territories import lived as lived_once
from tests.territories import scenario
from tests.test_worlds_apart import VALLEY_A, VALLEY_B, moved, untouched

NO_BOARD = {"governance.board_gps": 0}
WELCOME = {
    "prevention.kit_returned_share": 0.17, "prevention.outreach_comes_share": 0.15,
    "prevention.exercise_joins_share": 0.5, "prevention.fall_ratio": 0.58, "prevention.falls_of_injuries_share": 0.85,
    "emergency.old_per_year": 0.42,
}  # fmt: skip
"""As many as is admitted react."""
NOBODY = {
    "prevention.kit_returned_share": 0.0, "prevention.outreach_comes_share": 0.0,
    "prevention.exercise_joins_share": 0.0, "carers.diary_share": 0.0,
}  # fmt: skip
MONEY = ["carer_hours", "carer_consultations", "money_eur"]
MISSIONS = {
    "fit_kits": {"kits_per_month": 60},
    "outreach_days": {"days_per_month": 4, "people_per_day": 8},
    "falls_prevention": {"places": 80},
}


def alone(name, more=WELCOME, **fields):
    return asked(name, **fields).with_(parameters=NO_BOARD | more)


def others_of(table):
    return table[~table["indicator"].isin(MONEY)].reset_index(drop=True)


# ---------------------------------------------------------------- kits


def test_kits_go_once_to_people_who_lack_the_test_and_some_come_back():
    model = begin(alone("fit_kits", kits_per_month=60))
    patients = model.state.patients
    follows = (patients.joins >> codes.COLORECTAL & 1).astype(bool)
    lacked = ~follows & (patients.up_to_date[:, codes.COLORECTAL] < model.day)
    lacked &= (patients.age >= 50) & (patients.age <= 74) & (patients.alive == 1)
    model.step()
    posted = model.undertakings[0].posted
    sent = np.flatnonzero(posted == model.day - 1)
    assert len(sent) == counted(model, codes.KITS_POSTED) == 60
    assert lacked[sent].all()
    done = patients.up_to_date[sent, codes.COLORECTAL] >= model.day
    assert done.sum() == counted(model, codes.KITS_RETURNED) > 0
    while model.day <= model.calendar.last:
        model.step()
    twice = counted(model, codes.KITS_POSTED) - (posted > 0).sum()
    assert twice == 0


def test_each_kit_posted_is_paid_and_nothing_else_is():
    model = lived(alone("fit_kits", kits_per_month=60))
    assert counted(model, codes.KITS_POSTED) == 60 * len(months_of(model))
    assert euros(model) == pytest.approx(240 * model.parameters.costs.kit_eur, abs=1)
    assert hours(model) == 0


def test_kits_add_to_screening_what_comes_back():
    plain, model = (
        run(one) for one in (asked().with_(parameters=WELCOME), alone("fit_kits", kits_per_month=300))
    )
    assert model.value("colorectal_share") > plain.value("colorectal_share") + 0.01
    assert model.value("breast_share") == plain.value("breast_share")


# ---------------------------------------------------------------- outreach days


def test_days_are_held_on_the_first_open_days_of_the_month_far_from_gps_with_as_many_as_there_is_room_for():
    model = begin(alone("outreach_days", days_per_month=2, people_per_day=5, gps=0))
    mission, seen, held = model.undertakings[0], [], []
    while model.day <= model.calendar.last:
        before, outings = counted(model, codes.OUTREACH_SEEN), mission.outings
        today = model.calendar.today(model.day)
        model.step()
        if mission.outings > outings:
            held.append((model.calendar.today(model.day - 1).month, today.open))
            seen.append(counted(model, codes.OUTREACH_SEEN) - before)
    assert [month for month, _ in held] == [month for month in range(len(months_of(model))) for _ in range(2)]
    assert all(is_open for _, is_open in held)
    assert 0 < max(seen) <= 5
    nearest = model.state.reach.nearest
    assert all(nearest[mission.stops[0]] >= nearest[row] for row in range(len(nearest)))


def test_days_are_held_where_it_is_said_for_the_people_of_that_commune_only():
    model = lived(alone("outreach_days", days_per_month=4, communes=("99002",)))
    place = model.territory.communes["insee_code"].tolist().index("99002")
    seen = model.state.tally.place[:, :, codes.OUTREACH_SEEN].sum(axis=0)
    assert seen[place] == seen.sum() == counted(model, codes.OUTREACH_SEEN) > 0


def test_gps_give_the_hours_of_each_day_and_days_are_paid():
    model = lived(alone("outreach_days", days_per_month=4, people_per_day=8, gps=2))
    given, carers = model.parameters, model.parameters.carers
    each = carers.member_hours_per_month + 4 * given.missions.outreach_hours
    assert hours(model) == pytest.approx(2 * each * 12 * share_of_year(model), abs=0.1)
    days = model.undertakings[0].outings
    assert 4 * len(months_of(model)) - 1 <= days <= 4 * len(months_of(model))  # the last month is begun
    paid = days * given.costs.outreach_day_eur + hours(model) * carers.indemnity_eur_per_hour
    assert euros(model) == pytest.approx(paid, abs=1)


def test_hours_of_outreach_come_out_of_the_diaries_of_those_who_go():
    one = alone("outreach_days", days_per_month=4, gps=2)
    free, taken = begin(one.with_(parameters={"carers.diary_share": 0.0})), begin(one)
    free.step()
    taken.step()
    fewer = free.state.diary.laid.sum() - taken.state.diary.laid.sum()
    hours_given = sum(sum(hours.values()) for hours in taken.communities[0].hours.values())
    carers, supply = taken.parameters.carers, taken.parameters.supply
    minutes = hours_given * 12 / 52 * 60 * carers.diary_share
    expected = minutes / supply.consultation_minutes * codes.HORIZON / 7
    assert abs(fewer - expected) < 3 * np.sqrt(expected)
    assert practised(lived(one), codes.LAID) < practised(
        lived(one.with_(policies={"outreach_days": None})), codes.LAID
    )


# ---------------------------------------------------------------- balance groups


def test_places_are_taken_by_people_of_65_and_over_with_a_long_term_condition_first():
    model = begin(alone("falls_prevention", places=20))
    model.step()
    patients = model.state.patients
    members = np.flatnonzero(patients.joins >> codes.EXERCISES & 1)
    assert 0 < len(members) <= 20
    assert (patients.age[members] >= 65).all() and not patients.home_bound[members].any()
    assert patients.ald[members].all()  # there are more of them than places
    while model.day <= model.calendar.last:
        model.step()
    assert (patients.joins >> codes.EXERCISES & 1).sum() == 20


def test_calls_and_places_of_a_group_are_paid():
    model = lived(alone("falls_prevention", places=80))
    carers, costs = model.parameters.carers, model.parameters.costs
    calls = counted(model, codes.EXERCISE_CALLS)
    assert counted(model, codes.EXERCISE_JOINED) <= 80 < calls <= 3 * 80 * len(months_of(model))
    paid = 80 * costs.exercise_place_eur_per_year * share_of_year(model)
    paid += calls * carers.call_minutes / 60 * carers.coordinator_eur_per_hour
    assert euros(model) == pytest.approx(paid, abs=1)
    assert hours(model) == 0


def test_injuries_of_those_in_a_group_are_spared_in_the_share_that_was_asked_and_those_of_no_one_else():
    many = {"days": 364, "warm_up_days": 0}
    plain, model = (
        lived(one.with_(**many))
        for one in (asked().with_(parameters=WELCOME), alone("falls_prevention", places=700))
    )
    spared = counted(model, codes.FALLS_SPARED)
    before, after = (counted(one, codes.ED_INJURY) for one in (plain, model))
    assert before - after == spared > 0
    joined = counted(model, codes.EXERCISE_JOINED)
    expected = joined * 0.42 * 110 / (110 + 68) * 0.85 * (1 - 0.58)
    assert 0.3 * expected < spared < expected + 4 * np.sqrt(expected)
    assert counted(model, codes.ED_VITAL) == counted(plain, codes.ED_VITAL)


def test_a_ratio_of_one_spares_nobody_and_leaves_every_visit_as_it_was():
    none = {"prevention.fall_ratio": 1.0}
    model = alone("falls_prevention", WELCOME | none, places=700)
    plain = asked().with_(parameters=NO_BOARD | WELCOME | none)
    assert others_of(run(model).table).equals(others_of(run(plain).table))
    assert counted(lived(model), codes.EXERCISE_JOINED) > 0


# ---------------------------------------------------------------- all three


@pytest.mark.parametrize("name", MISSIONS)
def test_where_nobody_reacts_hours_and_money_change_and_nothing_else(name):
    plain = run(scenario("canton", parameters=NOBODY, **BRIEF)).table
    null = run(scenario("canton", parameters=NOBODY, policies={name: MISSIONS[name]}, **BRIEF)).table
    assert others_of(plain).equals(others_of(null))
    assert null.loc[null["indicator"] == "money_eur", "value"].max() > 100


@pytest.mark.parametrize("name", MISSIONS)
def test_in_one_valley_it_leaves_the_other_bit_for_bit_as_it_was(name):
    common = {"days": 119, "warm_up_days": 60, "parameters": WELCOME}
    before = lived_once(scenario("two-valleys", **common))
    after = lived_once(
        scenario("two-valleys", policies={name: {"cpts": "valley-a", **MISSIONS[name]}}, **common)
    )
    untouched(before, after, VALLEY_B)
    assert moved(before, after, VALLEY_A)


@pytest.mark.parametrize("name", MISSIONS)
def test_from_the_contract_it_comes_with_prevention(name):
    early = scenario(
        "canton", policies={name: MISSIONS[name]}, clock="from_contract", days=330, warm_up_days=0
    )
    assert run(early).value("money_eur") == 0
    assert LEVERS[name].leads_on in set(run(early).table["indicator"])
