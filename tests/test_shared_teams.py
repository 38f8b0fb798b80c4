"""What neighbours share: a coordinator works and is paid for all, referents are told of the exits of all."""

import pytest

from simulation import Refused, run
from simulation.kernels import codes
from simulation.ledger import CENTS, TENTHS_OF_MINUTES
from simulation.policies import Pooling
from tests.lever_sizes import asked, euros, lived, share_of_year
from tests.test_governance import neighbours

BOTH = ("town", "valley")
SHELLS = {"empty_shell": {"gps": 0, "eur_per_year": 1.0}}
OF_TOWN = {"coordinator": {"hours_per_month": 40.0, "cpts": "town"}}
TOLD = {"city_hospital": {"told_share": 0.8, "cpts": "town"}}


def members(scenario):
    """The neighbours, each GP a member of the CPTS where he practises."""
    land = scenario.territory
    of = dict(zip(land.communes["insee_code"], land.communes["cpts"], strict=True))
    everybody = land.practitioners.assign(cpts=land.practitioners["insee_code"].map(of))
    return scenario.with_(territory=land.with_(practitioners=everybody))


def two(policies, **parameters):
    return lived(members(neighbours()).with_(policies=policies, parameters=parameters))


def shared(*what, **more):
    return {"pooling": {"communities": BOTH, "what": what, **more}}


def of_each(model, item):
    rows = [cpts.row for cpts in model.communities]
    return dict(
        zip(
            [cpts.name for cpts in model.communities],
            model.ledger.lines[:, rows, item].sum(axis=0),
            strict=True,
        )
    )


def told_in(model):
    """Exits told of the people of each CPTS."""
    places, told = model.state.places.cpts, model.state.tally.place[:, :, codes.TOLD].sum(axis=0)
    return {cpts.name: int(told[places == cpts.row].sum()) for cpts in model.communities}


# ---------------------------------------------------------------- coordinator


def test_the_boards_of_all_who_share_a_coordinator_meet_less():
    alone, together = two(SHELLS | OF_TOWN), two(SHELLS | OF_TOWN | shared("coordinator"))
    before, after = of_each(alone, TENTHS_OF_MINUTES), of_each(together, TENTHS_OF_MINUTES)
    assert after["town"] == before["town"] > 0 < before["valley"]
    relief = alone.parameters.governance.coordinator_relief_share
    assert after["valley"] == pytest.approx((1 - relief) * before["valley"], rel=0.01)


def test_a_shared_coordinator_is_paid_once_by_all_according_to_their_people():
    figures = {"governance.board_gps": 0}
    alone, together = (
        two(SHELLS | OF_TOWN, **figures),
        two(SHELLS | OF_TOWN | shared("coordinator"), **figures),
    )
    assert euros(together) == pytest.approx(euros(alone), abs=1)
    people = {cpts.name: cpts.people for cpts in together.communities}
    salary = 40 * 12 * share_of_year(together) * together.parameters.carers.coordinator_eur_per_hour
    part = people["valley"] / sum(people.values())
    assert of_each(together, CENTS)["valley"] / 100 == pytest.approx(salary * part, abs=2)


def test_calls_of_both_fit_in_the_hours_of_the_one_coordinator():
    figures = {"governance.board_gps": 0, "prevention.invited_share": 0.0}
    calls = {"prevention": {"calls_per_month": 120}}  # twenty hours a month each
    apart = two(calls | OF_TOWN, **figures)
    together = two(calls | OF_TOWN | shared("coordinator"), **figures)
    each = apart.parameters.carers.coordinator_eur_per_hour
    salary = 40 * 12 * share_of_year(apart) * each
    assert euros(together) == pytest.approx(salary, abs=2)
    assert euros(apart) == pytest.approx(salary + 4 * 20 * each, abs=2)  # those of the valley, in four months


def test_sharing_a_coordinator_whom_nobody_pays_changes_nothing():
    assert run(members(neighbours()).with_(policies=SHELLS)).table.equals(
        run(members(neighbours()).with_(policies=SHELLS | shared("coordinator"))).table
    )


# ---------------------------------------------------------------- referents


def test_shared_referents_are_told_of_the_exits_of_all_and_each_call_is_paid():
    figures = {"governance.board_gps": 0}
    alone, together = two(TOLD, **figures), two(TOLD | shared("referents"), **figures)
    before, after = told_in(alone), told_in(together)
    assert before["valley"] == 0 < after["valley"]
    assert after["town"] > 0
    carers = together.parameters.carers
    each = carers.call_minutes / 60 * carers.coordinator_eur_per_hour
    assert euros(together) == pytest.approx(sum(after.values()) * each, abs=1)


def test_a_neighbour_with_referents_of_its_own_keeps_them():
    own = TOLD | {"theirs": {"lever": "city_hospital", "told_share": 0.1, "cpts": "valley"}}
    apart, together = two(own), two(own | shared("referents"))
    assert told_in(apart) == told_in(together)


def test_referents_shared_later_are_told_of_neighbours_from_then_on():
    late = two(TOLD | shared("referents", start="2027-03-01"))
    whole = two(TOLD | shared("referents"))
    assert 0 < told_in(late)["valley"] < told_in(whole)["valley"]


# ---------------------------------------------------------------- what is asked


def test_the_number_is_what_is_shared_unless_it_is_said_otherwise():
    assert Pooling(communities=BOTH).what == ("number",)
    assert Pooling(communities=BOTH, what=()).is_void
    slots = {"unscheduled_care": {"gps": 2, "slots_per_week": 6.0, "cpts": "town"}}
    by_number = two(slots | shared("coordinator", "referents")).state.tally.place[:, :, codes.BY_NUMBER]
    assert by_number.sum() == two(slots).state.tally.place[:, :, codes.BY_NUMBER].sum()


def test_what_is_shared_is_said_in_the_words_that_exist():
    with pytest.raises(Refused) as refused:
        asked("pooling", communities=("a", "b"), what=("coordinators",))
    told = {fault.code: fault for fault in refused.value.faults}
    assert told["unknown_choice"].details["nearest"] == "coordinator"


def test_each_thing_shared_rests_on_its_own_figures():
    assert "doors.number_success" not in Pooling(communities=BOTH, what=("referents",)).figures()
    every = Pooling(communities=BOTH, what=("number", "coordinator", "referents")).figures()
    assert {"doors.number_success", "governance.coordinator_relief_share"} < set(every)
