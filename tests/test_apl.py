"""The official index beside what is lived: it shares supply exactly, and as another program does."""

import numpy as np
import pandas as pd
import pytest
from access.fca import two_stage_fca
from hypothesis import given
from hypothesis import strategies as st

from simulation import run
from simulation.apl import Near, apl_20min, apl_dt70, dt70_weights, linear_weights, two_step
from simulation.indicators import INDICATORS
from simulation.model import PrimaryCare
from simulation.need_by_age import GP_USE, steps
from simulation.offer import offer_of, parts_of, standardised
from simulation.running import fresh
from simulation.state import Patients
from simulation.territory import minutes
from simulation.territory.ages import REFERENCE, people_by_age, pyramid
from tests.territories import built, results, scenario, shipped

VARIANTS = ("apl_dt70", "apl_20min")
TERRITORIES = ("village", "canton", "baseline")
BRIEF = {"days": 28, "warm_up_days": 28}


def plain(minutes):
    return (minutes <= 15).astype(float)


def model_of(asked):
    return PrimaryCare(asked, fresh(asked))


def pairs_of(travel):
    """Every commune with every place."""
    commune, place = np.nonzero(np.ones_like(travel))
    return Near(commune, place, travel[commune, place])


def matrix_of(near, communes, places):
    """Minutes from each commune to each place, without end where they are not near."""
    told = np.full((communes, places), np.inf)
    told[near.commune, near.place] = near.minutes
    return told


def near_to(model, code):
    return np.rint(minutes(model.territory)[:, code] * 10) < 150


# ---------------------------------------------------------------- sharing what is offered


SUPPLY, DEMAND = np.array([700.0, 300.0]), np.array([100.0, 50.0])
MINUTES = pairs_of(np.array([[3.0, 12.0], [7.0, 4.0]]))


def test_two_communes_done_by_hand():
    """Place 1: 700 for 100 + 0.3 x 50 people; place 2: 300 for 0.1 x 100 + 50. Then 85 + 32.5 and 40 + 40."""
    first, second = 700 / 115, 300 / 60
    assert apl_dt70(SUPPLY, DEMAND, MINUTES) == pytest.approx(
        [first + 0.1 * second, 0.3 * first + second], rel=1e-15
    )
    first, second = 700 / 117.5, 300 / 80
    assert apl_20min(SUPPLY, DEMAND, MINUTES) == pytest.approx(
        [0.85 * first + 0.4 * second, 0.65 * first + 0.8 * second], rel=1e-15
    )


def test_weights_fall_with_time_and_each_band_leaves_out_its_end():
    told = np.array([0.0, 4.99, 5.0, 9.99, 10.0, 14.99, 15.0, 20.0, 90.0, np.inf])
    assert dt70_weights(told).tolist() == [1, 1, 0.3, 0.3, 0.1, 0.1, 0, 0, 0, 0]
    told = np.array([0.0, 5.0, 10.0, 19.0, 20.0, 90.0, np.inf])
    assert linear_weights(told) == pytest.approx([1, 0.75, 0.5, 0.05, 0, 0, 0])


@pytest.mark.parametrize("weights", [plain, dt70_weights, linear_weights])
@given(seed=st.integers(0, 2**32 - 1))
def test_all_the_supply_in_reach_is_shared_and_no_more(weights, seed):
    luck = np.random.default_rng(seed)
    communes, places = luck.integers(1, 40, size=2)
    supply, demand = luck.uniform(0, 9_000, places), luck.uniform(1, 5_000, communes)
    travel = luck.choice([luck.uniform(0, 60, (communes, places)), np.full((communes, places), np.inf)])
    reached = (weights(travel) > 0).any(axis=0)
    shared = (demand * two_step(supply, demand, pairs_of(travel), weights)).sum()
    assert shared == pytest.approx(supply[reached].sum(), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("weights", [plain, dt70_weights, linear_weights])
@pytest.mark.parametrize("name", TERRITORIES)
def test_a_territory_shares_all_the_supply_in_reach_and_no_more(name, weights):
    supply, demand, near = parts_of(model_of(shipped(name)))
    reached = (weights(matrix_of(near, len(demand), len(supply))) > 0).any(axis=0)
    shared = (demand * two_step(supply, demand, near, weights)).sum()
    assert shared == pytest.approx(supply[reached].sum(), rel=1e-9)
    assert reached.all()


def test_a_commune_out_of_reach_has_nothing_and_a_place_out_of_reach_gives_nothing():
    travel = np.array([[3.0, np.inf], [np.inf, np.inf], [40.0, 40.0]])
    demand = np.array([100.0, 50.0, 10.0])
    for variant in (apl_dt70, apl_20min):
        told = variant(SUPPLY, demand, pairs_of(travel))
        assert told[1] == told[2] == 0
        assert told[0] == pytest.approx(7)
    assert two_step(SUPPLY[:0], demand, pairs_of(travel[:, :0]), plain).tolist() == [0, 0, 0]


# ---------------------------------------------------------------- another program


def dt70_of(told):
    return 1.0 if told < 5 else 0.3 if told < 10 else 0.1 if told < 15 else 0.0


def line_of(told):
    return max(1 - told / 20, 0.0)


def by_pysal(supply, demand, near, weight, limit):
    """PySAL's two-stage catchment, from tables of pairs; communes that reach nothing are in none of its rows."""
    homes = [f"commune {row}" for row in range(len(demand))]
    places = [f"gp {row}" for row in range(len(supply))]
    pairs = pd.DataFrame({"origin": near.commune, "dest": near.place, "cost": near.minutes})
    pairs = pairs.assign(
        origin=[homes[row] for row in near.commune], dest=[places[row] for row in near.place]
    )
    told = two_stage_fca(
        pd.DataFrame({"geoid": homes, "demand": demand}).set_index("geoid"),
        pd.DataFrame({"geoid": places, "supply": supply}).set_index("geoid"),
        pairs, max_cost=limit, demand_index=True, supply_index=True, weight_fn=weight,
    )  # fmt: skip
    return told.reindex(homes).fillna(0).to_numpy()


@pytest.mark.parametrize("name", TERRITORIES)
def test_another_program_finds_the_same(name):
    model = model_of(shipped(name))
    parts, told = parts_of(model), offer_of(model)
    assert len(parts[1]) == len(told.people) == len(model.territory.communes)
    assert told.apl_dt70 == pytest.approx(by_pysal(*parts, dt70_of, 15), rel=1e-9, abs=1e-12)
    assert told.apl_20min == pytest.approx(by_pysal(*parts, line_of, 20), rel=1e-9, abs=1e-12)
    assert two_step(*parts, plain) == pytest.approx(by_pysal(*parts, None, 15), rel=1e-9, abs=1e-12)
    assert (told.apl_dt70 > 0).any() and (told.apl_20min > 0).any()


# ---------------------------------------------------------------- what a territory offers


@pytest.mark.parametrize("name", TERRITORIES)
def test_gps_offer_in_a_year_the_slots_that_the_file_gives_them(name):
    model = model_of(shipped(name))
    table = model.territory.practitioners
    gps = table[(table["role"] == "gp") & (table["arrives"] < 0)]  # who will come offers nothing yet
    slots = gps["slots_per_year"].fillna(model.parameters.supply.slots_per_gp).to_numpy()
    supply = parts_of(model)[0]
    assert len(supply) == len(gps)
    assert supply == pytest.approx(slots, rel=1e-3)  # sessions are kept in 256ths of a slot


@pytest.mark.parametrize("name", TERRITORIES)
def test_people_are_weighed_by_the_use_of_their_age(name):
    model = model_of(shipped(name))
    use = steps(GP_USE) / (pyramid(REFERENCE) * steps(GP_USE)).sum()
    ages = people_by_age(model.territory).sum(axis=1)
    expected = [sum(people * use[age] for age, people in enumerate(row)) for row in ages.tolist()]
    assert offer_of(model).people == pytest.approx(expected, rel=1e-12)


def people_of_ages(ages):
    """Inhabitants of the second commune of three."""
    blank = dict.fromkeys(Patients._fields, np.zeros(0))
    known = {
        "age": np.asarray(ages, dtype=np.uint8), "commune": np.ones(len(ages), dtype=np.uint16),
        "alive": np.ones(len(ages), dtype=np.uint8), "visitor": np.zeros(len(ages), dtype=np.uint8),
    }  # fmt: skip
    return Patients(**{**blank, **known})


def test_a_population_with_the_ages_of_france_counts_for_itself():
    people = np.rint(pyramid(REFERENCE) * 1e6).astype(int)
    lives = people_of_ages(np.repeat(np.arange(len(people)), people))
    assert standardised(lives, 3) == pytest.approx([0, people.sum(), 0], rel=1e-4)


def test_who_died_who_is_not_born_yet_and_who_comes_in_summer_count_for_nobody():
    ages = np.array([40, 70, 70, 0, 40])
    everybody = people_of_ages(ages)
    some = everybody._replace(
        alive=np.array([1, 0, 1, 0, 1], np.uint8), visitor=np.array([0, 0, 0, 0, 1], np.uint8)
    )
    assert np.array_equal(standardised(some, 3), standardised(people_of_ages(ages[[0, 2]]), 3))
    assert standardised(some, 3)[1] < standardised(everybody, 3)[1]


def test_a_territory_moved_elsewhere_has_the_same_index():
    asked = shipped("canton")
    tables = ("communes", "practitioners", "structures", "hospitals")
    moved = {
        name: getattr(asked.territory, name).assign(lon=lambda table: table["lon"] + 3.7) for name in tables
    }
    one, other = (
        offer_of(model_of(each)) for each in (asked, asked.with_(territory=asked.territory.with_(**moved)))
    )
    assert all(np.array_equal(mine, theirs) for mine, theirs in zip(one, other, strict=True))


@pytest.mark.parametrize("name", TERRITORIES)
def test_twice_the_slots_are_twice_the_index(name):
    model = model_of(shipped(name))
    before = offer_of(model)
    model.state.practitioners.weekly[:] *= 2
    after = offer_of(model)
    for variant in VARIANTS:
        assert getattr(after, variant) == pytest.approx(2 * getattr(before, variant), rel=1e-12)
    model.state.practitioners.active[:] = 0
    assert not offer_of(model).apl_dt70.any()


def raised(before, after, near):
    """It rises for those who are near, and falls for nobody."""
    for variant in VARIANTS:
        one, other = getattr(before, variant), getattr(after, variant)
        assert (other > one + 1e-6)[near].all()
        assert (other >= one - 1e-12).all()
    assert after.apl_dt70[~near] == pytest.approx(before.apl_dt70[~near], rel=1e-12)


@pytest.mark.parametrize(("name", "code"), [("canton", 1), ("baseline", 12)])
def test_one_more_gp_is_good_for_those_near_and_bad_for_nobody(name, code):
    asked = shipped(name)
    table = asked.territory.practitioners
    home = asked.simulated_territory.communes.iloc[code]
    more = table[table["role"] == "gp"].iloc[[0]].assign(
        id="zz-newcomer", msp="", insee_code=home["insee_code"], lat=home["lat"], lon=home["lon"]
    )  # fmt: skip
    richer = asked.with_(territory=asked.territory.with_(practitioners=pd.concat([table, more])))
    before, after = model_of(asked), model_of(richer)
    near = near_to(before, code)
    assert near.any() and not near.all()
    raised(offer_of(before), offer_of(after), near)


def test_a_gp_who_arrives_during_a_run_counts_from_that_day():
    model = model_of(shipped("canton"))
    before, practitioners, code = offer_of(model), model.state.practitioners, 2
    newcomer = len(model.territory.practitioners)
    practitioners.commune[newcomer] = code
    practitioners.weekly[newcomer, :5, 0] = 12 * 256
    assert np.array_equal(offer_of(model).apl_dt70, before.apl_dt70)
    practitioners.active[newcomer] = 1
    raised(before, offer_of(model), near_to(model, code))


def test_shared_slots_stay_offered_and_meetings_take_some_away():
    free = {"carers.diary_share": 0.0}
    mission = {"unscheduled_care": {"gps": 3, "slots_per_week": 3}}
    today = results(scenario("canton", parameters=free, **BRIEF)).counts.offer
    shared = results(scenario("canton", parameters=free, policies=mission, **BRIEF)).counts.offer
    meeting = results(scenario("canton", policies=mission, **BRIEF)).counts.offer
    assert all(np.array_equal(one, other) for one, other in zip(today, shared, strict=True))
    reached = today.apl_dt70 > 0
    assert (meeting.apl_dt70 < today.apl_dt70)[reached].all()
    assert meeting.apl_dt70 == pytest.approx(today.apl_dt70, rel=0.05)  # the board meets too


# ---------------------------------------------------------------- in the table


@pytest.fixture(scope="module")
def cevennes():
    return results(scenario("baseline", **BRIEF))


@pytest.mark.parametrize("variant", VARIANTS)
def test_each_commune_inside_and_each_part_of_the_territory_is_told(cevennes, variant):
    communes = scenario("baseline").territory.communes
    inside = communes[communes["inside"]]
    rows = cevennes.table[cevennes.table["indicator"] == variant]
    assert set(rows["month"]) == {"all"}
    together = cevennes.provenance["told_together"]
    merged = {code for codes in together.values() for code in codes}
    assert set(rows["commune"]) == {"all", *together, *(set(inside["insee_code"]) - merged)}
    basins = {f"basin:{name}" for name in inside["basin"]}
    assert basins < set(rows["group"]) <= basins | {"all", "cpts:yes", "cpts:no"}
    assert set(rows["unit"]) == {"consultations per standardised inhabitant and year"}
    parts = rows[(rows["commune"] != "all") & (rows["group"] == "all")]
    weights = dict(zip(communes["insee_code"], cevennes.counts.offer.people, strict=True))
    held = [sum(weights[one] for one in together.get(part, [part])) for part in parts["commune"]]
    mean = np.average(parts["value"], weights=held)
    assert cevennes.value(variant) == pytest.approx(mean, rel=1e-12)
    assert cevennes.cases(variant) == round(cevennes.counts.offer.people[communes["inside"]].sum())
    people = inside.groupby("basin")["population"].sum()
    for basin in people.index:
        assert cevennes.cases(variant, group=f"basin:{basin}") == pytest.approx(people[basin], rel=0.5)


def test_a_commune_that_reaches_no_gp_is_told_as_nil():
    asked = scenario("canton", **BRIEF)
    communes = asked.territory.communes
    by_size = communes.sort_values("population", ascending=False)["insee_code"]
    lost = by_size.iloc[1]
    far = communes.assign(lon=communes["lon"] + 0.5 * (communes["insee_code"] == lost))
    there = asked.territory.practitioners
    kept = there[there["insee_code"] != lost]
    told = results(asked.with_(territory=asked.territory.with_(communes=far, practitioners=kept)))
    for variant in VARIANTS:
        assert told.value(variant, commune=lost) == 0
        assert told.cases(variant, commune=lost) > 0
        assert told.value(variant) > 0


def test_the_ring_offers_and_uses_but_is_not_told(cevennes):
    island = results(scenario("baseline", ring=False, **BRIEF))
    assert island.value("apl_dt70") != pytest.approx(cevennes.value("apl_dt70"))
    told = cevennes.table[cevennes.table["group"] == "ring"]
    assert not set(told["indicator"]) & set(VARIANTS)


def test_the_index_does_not_depend_on_the_run(cevennes):
    again = run(scenario("baseline", **BRIEF), from_warm=False)
    pd.testing.assert_frame_equal(again.table, cevennes.table, check_exact=True)
    longer = offer_of(PrimaryCare(shipped("baseline"), built(shipped("baseline"))))
    assert all(np.array_equal(one, other) for one, other in zip(again.counts.offer, longer, strict=True))


def test_the_index_is_said_to_be_neither_good_nor_bad_and_not_to_be_compared():
    for variant in VARIANTS:
        one = INDICATORS[variant]
        assert (one.better, one.useful_difference) == ("none", None)
        assert "sans les délais" in one.explanation["fr"] and "ne pas comparer" in one.explanation["fr"]
    assert "not DREES's weights" in INDICATORS["apl_20min"].source
