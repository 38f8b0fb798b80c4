"""The life of a CPTS: contract, ramps, board, coordinator, ceiling, members; a number shared, a white zone covered."""

import numpy as np
import pytest

from simulation import Refused, begin, run
from simulation.agents.contract import SIZES as CLASSES
from simulation.kernels import codes
from simulation.running import past_of
from tests.lever_sizes import BRIEF, asked, counted, euros, hours, lived, share_of_year
from tests.territories import scenario, shipped

MISSIONS = {
    "unscheduled_care": {"gps": 2, "slots_per_week": 6.0},
    "prevention": {"calls_per_month": 40},
}


def contract(**changes):
    return scenario("canton", policies=MISSIONS, clock="from_contract", warm_up_days=30, **changes)


# ---------------------------------------------------------------- from the contract


def test_missions_come_month_by_month_from_their_first_to_their_full_one():
    model = begin(contract(days=800))
    signed = model.communities[0].contract
    day = model.calendar.first
    for kind, first, full in (("access", 6, 18), ("pathway", 12, 24)):
        shares = [signed.deployment(day + round(30.4375 * month), kind) for month in range(30)]
        assert shares[: first - 1] == [0.0] * (first - 1)
        assert shares[full:] == [1.0] * (30 - full)
        steps = np.diff(shares[first:full])
        assert steps == pytest.approx(1 / (full - first + 1))


def test_nothing_is_done_before_the_first_month_and_slots_never_shrink():
    model, given, calls = begin(contract(days=760)), [], []
    while model.day <= model.calendar.last:
        model.step()
        given.append(sum(int(gp.dedicated.sum()) for gp in model.gps if gp.active))
        calls.append(counted(model, codes.INVITED_PEOPLE))
    assert max(given[:180]) == 0 < given[215]
    volunteers = model.undertakings[1].volunteers
    if all(gp.active for gp in volunteers):
        assert (np.diff(given) >= 0).all()
        assert given[-1] == 2 * 6 * 256
    assert max(calls[:360]) == 0 < calls[-1]


def test_full_deployment_is_there_at_once():
    model = begin(scenario("canton", policies=MISSIONS, **BRIEF))
    model.step()
    assert sum(int(gp.dedicated.sum()) for gp in model.gps) == 2 * 6 * 256
    assert run(scenario("canton", policies=MISSIONS, **BRIEF)).provenance["deployed_share"] == 1.0


def test_results_say_how_much_of_the_missions_was_there():
    first_year = run(contract(days=364)).provenance
    assert 0 < first_year["deployed_share"] < 0.3
    assert first_year["contract_year"] == 1


# ---------------------------------------------------------------- board, coordinator, hours


def board_of(**more):
    return asked("prevention", calls_per_month=0).with_(
        policies={"empty_shell": {"gps": 0, "eur_per_year": 1.0}} | more
    )


def test_a_coordinator_takes_part_of_the_boards_hours_off():
    without, relieved = lived(board_of()), lived(board_of(coordinator={"hours_per_month": 100.0}))
    given = without.parameters.governance
    months = 12 * share_of_year(without)
    each = given.board_gps * given.board_hours_per_month
    assert hours(without) == pytest.approx(each * months, abs=0.1)
    assert hours(relieved) == pytest.approx(each * (1 - given.coordinator_relief_share) * months, abs=0.1)
    carers = without.parameters.carers
    salary = 100 * months * carers.coordinator_eur_per_hour
    assert euros(relieved) - hours(relieved) * carers.indemnity_eur_per_hour == pytest.approx(salary, abs=2)


def test_a_late_coordinator_takes_hours_off_from_that_day_on():
    late = board_of(coordinator={"hours_per_month": 100.0, "start": "2027-03-01"})
    assert hours(lived(board_of(coordinator={}))) < hours(lived(late)) < hours(lived(board_of()))


def test_calls_fit_in_the_hours_of_a_coordinator_and_are_not_paid_twice():
    calls = {"prevention": {"calls_per_month": 60}}
    paid, held = (scenario("canton", policies=calls | more, parameters={"governance.board_gps": 0}, **BRIEF)
                  for more in ({}, {"coordinator": {"hours_per_month": 100.0}}))  # fmt: skip
    salary = (
        100 * 12 * share_of_year(begin(held)) * shipped("canton").parameters.carers.coordinator_eur_per_hour
    )
    assert euros(lived(held)) == pytest.approx(salary, abs=2)
    few = scenario("canton", policies=calls | {"coordinator": {"hours_per_month": 4.0}},
                   parameters={"governance.board_gps": 0}, **BRIEF)  # fmt: skip
    beyond = euros(lived(paid)) - 4 * 4 * 35
    assert euros(lived(few)) == pytest.approx(beyond + 4 * 12 * share_of_year(begin(few)) * 35, abs=40)


def test_a_seat_left_empty_is_filled_and_who_left_gives_no_more_hours():
    retiring = {"retire": {"gps": 1, "start": "2027-02-10"}}
    model = begin(board_of(**retiring))
    model.step()
    before = list(model.communities[0].board)
    while model.day <= model.calendar.last:
        model.step()
    cpts = model.communities[0]
    assert len(before) == len(cpts.board) == 2
    assert all(gp.active for gp in cpts.board)


def test_money_is_capped_by_size_and_what_it_cannot_pay_is_scaled_down():
    model = begin(board_of())
    cpts, given = model.communities[0], model.parameters.governance
    assert cpts.contract.ceiling == given.budget_small_eur
    assert CLASSES == (40_000, 80_000, 175_000)
    rich = asked("empty_shell", gps=2, eur_per_year=1_500_000.0).with_(days=364)
    told = run(rich)
    assert told.provenance["money_share"] < 0.2
    assert told.value("money_eur") == pytest.approx(given.budget_small_eur, rel=0.02)
    assert run(asked("empty_shell", gps=2, eur_per_year=1000.0)).provenance["money_share"] == 1.0


# ---------------------------------------------------------------- members


@pytest.mark.parametrize(("members", "count"), [(0.34, 1), (1.0, 3), (2, 2), (0, 0)])
def test_so_many_gps_are_members(members, count):
    model = begin(scenario("canton", members=members, **BRIEF))
    assert len(model.communities[0].member_gps) == count


def test_members_are_asked_of_a_share_or_a_whole_number():
    with pytest.raises(Refused):
        scenario("canton", members=2.5)


def test_gps_join_and_leave_only_where_that_is_asked():
    figures = {
        "governance.joins_per_month": 0.05,
        "governance.leaves_per_month": 0.02,
        "governance.board_gps": 0,
    }
    common = {"members": 0.34, "parameters": figures, "policies": {"gp_access": {"places_per_month": 0.5}}}
    fixed = begin(scenario("canton", **common, days=364, warm_up_days=0))
    moving = begin(scenario("canton", **common, days=364, warm_up_days=0, joining="behaviour", seed=3))
    sizes = []
    for model in (fixed, moving):
        seen = set()
        while model.day <= model.calendar.last:
            model.step()
            seen.add(len(model.communities[0].member_gps))
        sizes.append(seen)
    assert sizes[0] == {1}
    assert len(sizes[1]) > 1


def test_the_first_morning_knows_nothing_of_members_clock_or_joining():
    plain = scenario("canton", **BRIEF)
    for changes in ({"members": 0.34}, {"clock": "from_contract"}, {"joining": "behaviour"}):
        assert past_of(plain) == past_of(plain.with_(**changes))
        assert plain.content_hash != plain.with_(**changes).content_hash


# ---------------------------------------------------------------- neighbours


def neighbours():
    """The canton with two CPTS, one of which has but the town."""
    territory = shipped("canton").territory
    communes = territory.communes.copy()
    communes["cpts"] = np.where(communes["insee_code"] == "99001", "town", "valley")
    return shipped("canton").with_(territory=territory.with_(communes=communes), **BRIEF)


def answered_in_the_valley(policies):
    model = lived(neighbours().with_(policies=policies))
    inside = model.state.places.cpts == [one.name for one in model.communities].index("valley")
    return int(model.state.tally.place[:, inside, codes.BY_NUMBER].sum())


def test_a_shared_number_books_with_the_volunteers_of_both():
    of_town = {"unscheduled_care": {"gps": 2, "slots_per_week": 6.0, "cpts": "town"}}
    assert answered_in_the_valley(of_town) == 0
    assert answered_in_the_valley(of_town | {"pooling": {"communities": ["town", "valley"]}}) > 0


def test_a_white_zone_that_is_covered_knows_the_number():
    one = neighbours()
    communes = one.territory.communes.copy()
    communes.loc[communes["insee_code"] == "99003", "cpts"] = ""
    white = one.with_(territory=one.territory.with_(communes=communes))
    slots = {"unscheduled_care": {"gps": 2, "slots_per_week": 6.0, "cpts": "town"}}
    cover = {"white_zone": {"communes": ["99003", "99002"], "cpts": "town"}}

    def by_number(policies):
        model = lived(white.with_(policies=policies))
        rows = [model.territory.communes["insee_code"].tolist().index(code) for code in ("99003", "99002")]
        return model.state.tally.place[:, rows, codes.BY_NUMBER].sum(axis=0).tolist()

    assert by_number(slots) == [0, 0]
    covered, neighbour = by_number(slots | cover)
    assert covered > 0  # of a CPTS of its own, the other stays as it was
    assert neighbour == 0
