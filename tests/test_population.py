"""Who lives in a territory: totals to the person, the rest drawn as the figures say."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from simulation import calendar, population
from simulation.chances import ONE
from simulation.kernels.codes import NEVER
from simulation.kernels.families import make_families
from simulation.kernels.handle import hold
from simulation.need_by_age import GP_USE, needs, steps
from simulation.parameters import Parameters
from simulation.running import fresh
from simulation.state import Patients
from simulation.territory.ages import AGES, fitted, people_by_age, pyramid
from tests.territories import built, scenario, shipped

NAMES = ("village", "canton", "two-valleys", "baseline", "national")
SD = stats.norm.isf(0.5e-4)
"""Standard deviations that luck exceeds once in ten thousand draws."""


@pytest.fixture(scope="module")
def first_morning():
    return built(shipped("baseline"))


@pytest.fixture(scope="module")
def people(first_morning):
    return first_morning.state.patients


@pytest.fixture(scope="module")
def traits():
    asked = shipped("baseline")
    height = calendar.height(asked.parameters)
    return population.traits_of(asked.simulated_territory, asked.parameters, height)


def as_likely(happened, chance, spread=SD):
    """So many of these people as their own chances make likely, once in ten thousand excepted."""
    happened, chance = np.asarray(happened, dtype=float), np.asarray(chance, dtype=float)
    deviation = np.sqrt((chance * (1 - chance)).sum())
    assert abs(happened.sum() - chance.sum()) < spread * deviation, (happened.mean(), chance.mean())


@pytest.mark.parametrize("name", NAMES)
def test_every_commune_has_exactly_its_population(name):
    first = built(shipped(name))
    stated = first.territory.communes["population"].to_numpy()
    assert np.array_equal(np.bincount(first.state.patients.commune, minlength=len(stated)), stated)
    assert np.array_equal(np.diff(first.state.places.first), stated)
    assert len(first.state.patients.commune) == stated.sum()


def test_rows_for_visitors_and_births_come_after_the_inhabitants_whom_they_do_not_change():
    alone = built(scenario("canton", days=364)).state
    given = {"demography.summer_visitors": 0.5}
    crowd = built(scenario("canton", days=1100, parameters=given)).state
    people = alone.places.people
    births = np.ceil(people * Parameters().demography.births_per_1000 / 1000 * 1.5 * 3) + 4
    assert np.array_equal(np.diff(crowd.places.first), people + people // 2 + births)
    for commune, number in enumerate(people.tolist()):
        mine = np.s_[alone.places.first[commune] : alone.places.first[commune] + number]
        start = crowd.places.first[commune]
        for name in set(Patients._fields) - {"usual_gp", "usual_minutes", "seen_gps"}:  # GPs may come later
            theirs = getattr(crowd.patients, name)[start : start + number]
            assert np.array_equal(getattr(alone.patients, name)[mine], theirs), name
        guests = np.s_[start + number : start + number + number // 2]
        assert crowd.patients.visitor[guests].all() and (crowd.patients.usual_gp[guests] == -1).all()
        assert crowd.patients.age[guests].mean() == pytest.approx(alone.patients.age[mine].mean(), abs=1)
        later = np.s_[start + number + number // 2 : crowd.places.first[commune + 1]]
        assert not crowd.patients.alive[later].any() and (crowd.patients.next_event[later] == NEVER).all()


def expected_ages(territory):
    return np.stack(
        [
            fitted(pyramid(one.departement), one.share_0_14, one.share_65_plus) * one.population
            for one in territory.communes.itertuples()
        ]
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_young_and_the_old_of_each_commune_are_as_many_as_its_shares_say(name):
    territory = shipped(name).territory
    found = people_by_age(territory).sum(axis=1)
    population_of = territory.communes["population"].to_numpy()
    young = found[:, :15].sum(axis=1) - territory.communes["share_0_14"].to_numpy() * population_of
    old = found[:, 65:].sum(axis=1) - territory.communes["share_65_plus"].to_numpy() * population_of
    assert np.abs(young).max() <= 1.0
    assert np.abs(old).max() <= 1.0


def test_the_very_old_of_a_territory_are_neither_lost_nor_added_by_rounding():
    territory = shipped("baseline").territory
    found, expected = people_by_age(territory).sum(axis=(0, 1)), expected_ages(territory).sum(axis=0)
    for first, last in ((0, 15), (15, 65), (65, 80), (80, 90), (90, AGES)):
        assert found[first:last].sum() == pytest.approx(expected[first:last].sum(), rel=0.02)


def test_the_young_and_the_old_of_a_territory_are_about_as_many_as_the_shares_say():
    communes = shipped("baseline").territory.communes
    found = people_by_age(shipped("baseline").territory).sum(axis=(0, 1))
    everybody = communes["population"].sum()
    for share, counted in (("share_0_14", found[:15].sum()), ("share_65_plus", found[65:].sum())):
        stated = (communes[share] * communes["population"]).sum()
        assert abs(counted - stated) < 0.01 * everybody


def test_a_pyramid_fitted_to_a_commune_has_its_shares_and_nobody_below_zero():
    for departement in ("30", "48", "FR", "99"):
        shares = fitted(pyramid(departement), 0.12, 0.31)
        assert shares.min() >= 0
        assert (shares[:15].sum(), shares[65:].sum(), shares.sum()) == pytest.approx((0.12, 0.31, 1.0))


def test_given_ages_replace_the_fitted_ones_and_keep_the_population():
    territory = shipped("village").territory
    given = pd.DataFrame({"insee_code": "99101", "sex": [1, 2], "age": [40, 70], "count": [30, 10]})
    counts = people_by_age(territory.with_(ages=given))
    assert (counts[0, 0, 40], counts[0, 1, 70], counts[0].sum()) == (150, 50, 200)
    assert np.array_equal(counts[1:], people_by_age(territory)[1:])


def test_people_of_a_commune_stand_in_the_order_of_their_ages(people):
    within = people.commune[1:] == people.commune[:-1]
    assert (np.diff(people.age.astype(int))[within] >= 0).all()


def test_one_adult_in_nine_has_no_usual_gp_and_fewer_of_the_chronically_ill(people):
    adult = people.age >= 17
    without = people.usual_gp < 0
    assert without[adult].mean() == pytest.approx(0.11, abs=0.01)
    assert without[adult & (people.ald == 1)].mean() == pytest.approx(0.042, abs=0.01)
    assert without[~adult].mean() < 0.01


def test_who_has_no_usual_gp_is_drawn_from_age_and_illness(people, traits):
    """Those with a car, whose GPs are all within reach: what is left is the draw itself."""
    chosen = (people.age >= 17) & (people.car == 1)
    chance = traits.without_gp[people.age, people.ald] / ONE
    for ill in (0, 1):
        group = chosen & (people.ald == ill)
        as_likely(people.usual_gp[group] < 0, chance[group])
    looking = (people.usual_gp < 0) & chosen
    as_likely(people.seeking[looking], traits.seeks[people.age, people.ald][looking] / ONE)
    assert not people.seeking[people.usual_gp >= 0].any()


def test_illness_treatment_means_and_home_are_drawn_as_the_curves_say(people, traits):
    as_likely(people.ald, traits.ald[people.age] / ONE)
    others = people.ald == 0
    as_likely(people.treated[others], traits.treated[people.age][others] / ONE)
    assert not people.treated[~others].any()
    as_likely(people.home_bound, traits.home_bound[people.age] / ONE)
    as_likely(people.deprived, traits.deprived[people.commune] / ONE)
    adult = people.age >= 18
    no_car = traits.no_car[people.commune, (people.age >= 75).astype(int)] / ONE
    as_likely(people.car[adult] == 0, no_car[adult])


def test_one_in_five_people_of_france_has_a_long_term_condition():
    curves = needs(Parameters())
    assert (curves.reference * curves.ald).sum() == pytest.approx(Parameters().people.ald_share, abs=0.002)


def need_of(parameters):
    """Requests that one expects of a person of each age in a year, recontacts apart."""
    curves, ratio = needs(parameters), parameters.demand.ald_acute_ratio
    acute = curves.acute * (1 + curves.ald * (ratio - 1))
    followed = (
        curves.ald * curves.follow_up_ald + (1 - curves.ald) * curves.treated * curves.follow_up_treated
    )
    return curves.reference, acute, followed, curves.routine


def test_an_average_inhabitant_of_france_needs_what_the_parameters_say():
    reference, acute, followed, routine = need_of(Parameters())
    demand = Parameters().demand
    assert (reference * acute).sum() == pytest.approx(demand.acute_per_year)
    assert (reference * routine).sum() == pytest.approx(demand.routine_per_year)
    assert (reference * (acute + followed + routine)).sum() == pytest.approx(3.3, abs=0.1)


def test_an_average_inhabitant_of_france_makes_three_point_three_requests_a_year():
    reference, acute, followed, routine = need_of(Parameters())
    assert (reference * followed).sum() == pytest.approx(1.08, abs=0.02)
    assert (reference * (acute + followed + routine)).sum() == pytest.approx(3.3, abs=0.02)


def test_people_of_france_on_average_need_what_those_of_france_do():
    age = built(shipped("national")).state.patients.age
    reference, acute, followed, routine = need_of(Parameters())
    whole = acute + followed + routine
    assert whole[age].mean() / (reference * whole).sum() == pytest.approx(1.0, abs=0.01)


def test_people_of_the_cevennes_need_about_eight_per_cent_more_than_those_of_france(first_morning, people):
    inside = first_morning.state.places.inside[people.commune] == 1
    reference, acute, followed, routine = need_of(Parameters())
    whole = acute + followed + routine
    assert whole[people.age[inside]].mean() / (reference * whole).sum() == pytest.approx(1.08, abs=0.02)
    weight = steps(GP_USE)
    assert weight[people.age[inside]].mean() / (reference * weight).sum() == pytest.approx(1.08, abs=0.02)


def test_the_home_bound_are_three_point_six_per_cent_of_france_and_mostly_over_eighty():
    curves = needs(Parameters())
    share = curves.reference * curves.home_bound
    assert share.sum() == pytest.approx(0.036, abs=1e-4)
    assert share[80:].sum() / share.sum() == pytest.approx(0.57, abs=0.01)


def test_frailty_has_mean_one_and_the_spread_of_its_gamma_law(people):
    shape = Parameters().people.frailty_shape
    frailty = people.frailty / 1000
    assert abs(frailty.mean() - 1) < SD * np.sqrt(1 / shape / len(frailty))
    assert frailty.var() == pytest.approx(1 / shape, rel=0.05)
    assert stats.spearmanr(frailty, people.age).pvalue > 1e-4


def test_panels_are_the_people_who_name_their_gp(first_morning, people):
    state = first_morning.state
    named = people.usual_gp[people.usual_gp >= 0]
    assert np.array_equal(
        np.bincount(named, minlength=len(state.practitioners.panel)), state.practitioners.panel
    )
    assert state.practitioners.panel[state.practitioners.weekly.sum(axis=(1, 2)) == 0].sum() == 0


def test_a_usual_gp_is_within_reach_and_at_the_minutes_written_down(first_morning, people):
    reach = first_morning.state.reach
    for person in range(0, len(people.age), 37):
        if people.usual_gp[person] < 0:
            assert people.usual_minutes[person] == -1
            continue
        places = np.arange(reach.first[people.commune[person]], reach.first[people.commune[person] + 1])
        mine = places[reach.practitioner[places] == people.usual_gp[person]]
        assert reach.minutes[mine].tolist() == [people.usual_minutes[person]]


def families_of(name):
    asked = shipped(name)
    first = fresh(asked)
    height = calendar.height(asked.parameters)
    family = np.zeros(len(first.state.patients.commune), dtype=np.int64)
    traits = population.traits_of(asked.simulated_territory, asked.parameters, height)
    car = first.state.patients.car.copy()
    make_families(hold(first.state), hold(traits), first.calendar.seed, family)
    assert np.array_equal(first.state.patients.car, car)
    return first.state.patients, family


@pytest.mark.parametrize("name", ["village", "baseline"])
def test_families_share_a_gp_a_commune_and_a_car(name):
    people, family = families_of(name)
    head = people.usual_gp[family]
    together = (people.usual_gp >= 0) & (head >= 0)
    assert np.array_equal(people.usual_gp[together], head[together])
    assert np.array_equal(people.commune, people.commune[family])
    child = people.age < 18
    assert np.array_equal(people.car[child], people.car[family][child])
    assert (people.age[family] >= 18).all()
    assert np.array_equal(family[family], family)
    pairs = int((np.bincount(people.commune[~child]) // 2).sum())
    spouses = (family != np.arange(len(family)))[~child].sum()
    as_likely(np.arange(pairs) < spouses, np.full(pairs, Parameters().people.couple_share))


def nearest_share(decay):
    state = fresh(scenario("baseline", parameters={"travel.decay_per_minute": decay})).state
    chosen = state.patients.usual_gp >= 0
    near = state.patients.usual_minutes <= state.reach.nearest[state.patients.commune]
    return near[chosen].mean()


def test_the_less_minutes_count_the_fewer_choose_the_nearest_gp():
    shares = [nearest_share(decay) for decay in (0.30, 0.20, 0.10)]
    assert shares[0] > shares[1] + 0.05 > shares[2] + 0.10


def test_where_places_weigh_alike_and_room_is_equal_gps_are_chosen_by_their_slots(first_morning, people):
    """Load goes where slots are: over the territory, panels follow what GPs offer."""
    practitioners = first_morning.state.practitioners
    slots = practitioners.weekly.sum(axis=(1, 2))
    gps = slots > 0
    assert stats.spearmanr(slots[gps], practitioners.panel[gps]).statistic > 0.5


def test_the_same_seed_peoples_a_territory_alike_and_another_one_otherwise():
    village = shipped("village")
    one, again, other = fresh(village), fresh(village), fresh(village.with_(seed=village.seed + 1))
    for name in Patients._fields:
        assert np.array_equal(getattr(one.state.patients, name), getattr(again.state.patients, name)), name
    assert not np.array_equal(one.state.patients.frailty, other.state.patients.frailty)
    assert np.array_equal(one.state.patients.age, other.state.patients.age)
