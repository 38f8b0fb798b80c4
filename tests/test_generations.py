"""Over several years people grow older, die, are born, and some come in summer: nobody is lost nor made up."""

import numpy as np
import pytest

from simulation import begin, run
from simulation.calendar import date_of
from simulation.hospitals import visits_of_residents
from simulation.invariants import check
from simulation.kernels import codes
from simulation.kernels.demography import OLDEST, turn_year
from simulation.kernels.families import ADULT
from simulation.kernels.handle import hold
from tests.territories import counted, lived, results, scenario

GENERATIONS = {
    "demography.summer_visitors": 0.5, "demography.deaths_per_1000": 11.0, "demography.births_per_1000": 11.0,
    "workforce.exits_per_year": 0.07, "workforce.arrivals_per_year": 0.055, "workforce.successor_share": 0.0,
}  # fmt: skip
WORLDS = [("canton", 1100, 24), ("canton", 1100, 17), ("village", 1500, 3)]
"""In both cantons a GP leaves in the first years and another arrives."""
COMING = [
    "next_event", "next_acute", "next_follow_up", "next_routine", "next_emergency", "next_other",
    "next_prevention", "next_registration", "next_admission", "next_readmission",
]  # fmt: skip


def years_of(name, days, seed):
    return scenario(name, days=days, warm_up_days=28, seed=seed, parameters=GENERATIONS)


def inhabitants(model):
    patients = model.state.patients
    return (patients.alive == 1) & (patients.visitor == 0)


def by_commune(model, rows):
    return np.bincount(model.state.patients.commune[rows], minlength=len(model.state.places.number))


def each_month(model):
    """Live to the end, stopping on the evening before each month and on the last."""
    while model.running:
        model.step()
        if date_of(model.day).day == 1 or not model.running:
            yield model


# ---------------------------------------------------------------- conservation


@pytest.mark.parametrize(("name", "days", "seed"), WORLDS)
def test_people_alive_are_those_of_the_start_and_the_born_less_the_dead_in_each_commune_each_month(
    name, days, seed
):
    model = begin(years_of(name, days, seed), from_warm=False)
    start, visitors = by_commune(model, inhabitants(model)), (model.state.patients.visitor == 1).sum()
    assert np.array_equal(start, model.territory.communes["population"])
    months = 0
    for one in each_month(model):
        check(one)
        place = one.state.tally.place.sum(axis=0)
        alive = by_commune(one, inhabitants(one))
        assert np.array_equal(alive, start + place[:, codes.BIRTHS] - place[:, codes.DEATHS])
        assert (one.state.patients.visitor == 1).sum() == visitors == round(start.sum() / 2)
        months += 1
    assert months >= days // 31
    told = model.state.tally.place[:, :, [codes.PEOPLE, codes.BIRTHS, codes.DEATHS]].sum(axis=1)
    grown = start.sum() + np.cumsum(told[:, 1] - told[:, 2])
    assert told[0, 0] == start.sum() and told[-1, 0] == grown[-1]
    assert np.array_equal(
        told[1:, 0][told[1:, 1:].sum(axis=1) == 0], grown[1:][told[1:, 1:].sum(axis=1) == 0]
    )
    assert counted(model, codes.BIRTHS) > 10 and counted(model, codes.DEATHS) > 10
    assert counted(model, codes.LOST_GP) > 0 or name == "village"


@pytest.mark.parametrize(("name", "days", "seed"), WORLDS)
def test_the_dead_ask_for_nothing_have_no_gp_and_no_coming_event(name, days, seed):
    model = begin(years_of(name, days, seed), from_warm=False)
    for one in each_month(model):
        patients, requests = one.state.patients, one.state.requests
        dead = patients.alive == 0
        assert not dead[requests.patient[requests.status != codes.UNUSED]].any()
        assert (patients.usual_gp[dead] == -1).all()
        for column in COMING:
            assert (getattr(patients, column)[dead] == codes.NEVER).all(), column
        for column in ("open_tracks", "seeking", "in_hospital", "followed", "gps_seen"):
            assert not getattr(patients, column)[dead].any(), column
        staying = one.state.stays.patient[one.state.stays.patient >= 0]
        assert not dead[staying].any()
    assert dead.any() and counted(model, codes.DEATHS) > dead.sum() - (patients.generation[dead] == 0).sum()


@pytest.mark.parametrize(("name", "days", "seed"), WORLDS)
def test_every_request_ends_once_that_of_the_dead_too(name, days, seed):
    told = run(years_of(name, days, seed), verify=True)
    died = 0
    for one in range(codes.CLASSES):
        cells = told.counts.group.sum(axis=(0, 1))[one * codes.MEASURES_OF_CLASS :]
        ends = cells[codes.VISITED : codes.HELD + 1].sum() + cells[codes.DIED]
        assert ends == cells[codes.MADE], one
        died += cells[codes.DIED]
    assert died > 0


def test_years_recalled_or_lived_again_give_the_same_counts():
    asked = years_of("canton", 800, 24)
    one, other = run(asked).counts, run(asked, from_warm=False).counts
    for name in ("place", "group", "delay", "practice"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name


# ---------------------------------------------------------------- a year passes


@pytest.fixture
def eve():
    """The last evening of the first counted year, and what the kernel needs to turn it."""
    model = begin(years_of("canton", 728, 17), from_warm=False)
    for _ in range(28 + 364):
        model.step()
    assert model.calendar.is_new_year(model.day)
    return model


def copied(patients):
    return type(patients)(*(column.copy() for column in patients))


def turned(model):
    before = copied(model.state.patients)
    turn_year(model.hand, model.rules_in_hand, model.traits, hold(model.calendar.today(model.day)))
    return before, model.state.patients


def test_everybody_who_lives_on_is_a_year_older_and_illness_never_goes(eve):
    before, after = turned(eve)
    same = (before.alive == 1) & (after.alive == 1) & (before.generation == after.generation)
    lives_on = same & (before.visitor == 0)
    assert lives_on.sum() > 3_000
    assert np.array_equal(after.age[lives_on], np.minimum(before.age[lives_on] + 1, OLDEST))
    assert (after.age[before.visitor == 1] == before.age[before.visitor == 1]).all()
    for column in ("woman", "commune", "frailty", "deprived", "usual_gp", "joins", "up_to_date"):
        assert np.array_equal(getattr(before, column)[lives_on], getattr(after, column)[lives_on]), column
    assert (after.ald[lives_on] >= before.ald[lives_on]).all()
    assert after.ald[lives_on].sum() > before.ald[lives_on].sum()


def test_a_child_keeps_the_car_of_the_family(eve):
    before, after = turned(eve)
    child = (before.generation == after.generation) & (before.visitor == 0) & (before.alive == 1)
    child &= (after.age < ADULT) & (after.age > 0)
    assert child.sum() > 300 and (before.car[child] == 0).any()
    assert np.array_equal(before.car[child], after.car[child])


def test_the_newborn_have_the_gp_and_the_car_of_a_woman_of_the_commune(eve):
    before, after = turned(eve)
    born = np.flatnonzero(
        (after.alive == 1) & ((before.alive == 0) | (before.generation != after.generation))
    )
    assert len(born) == counted(eve, codes.BIRTHS) > 20
    assert (after.age[born] == 0).all() and (after.visitor[born] == 0).all()
    assert (after.generation[born] == before.generation[born] + 1).all()
    assert 0.2 < after.woman[born].mean() < 0.8
    for one in born:
        mother = (after.commune == after.commune[one]) & (after.woman == 1) & (after.visitor == 0)
        mother &= (after.age >= 15) & (after.age <= 50) & (after.alive == 1)
        likely = set(zip(after.usual_gp[mother], after.car[mother], strict=True))
        assert (after.usual_gp[one], after.car[one]) in likely
        assert after.next_event[one] < codes.NEVER


def test_the_dead_are_as_many_as_their_ages_say_and_nobody_dies_in_hospital(eve):
    staying = np.flatnonzero(eve.state.patients.in_hospital == 1)
    before, after = turned(eve)
    lived_here = (before.alive == 1) & (before.visitor == 0)
    chance = (eve.traits.columns.dies[before.age] / 2**32) * lived_here
    chance[staying] = 0
    dead = counted(eve, codes.DEATHS)
    assert abs(dead - chance.sum()) < 4 * np.sqrt(chance.sum())
    assert (after.generation[staying] == before.generation[staying]).all() and after.alive[staying].all()
    gone = lived_here & ((after.alive == 0) | (after.generation != before.generation))
    assert gone.sum() == dead
    assert before.age[gone].mean() > before.age[lived_here].mean() + 25


def test_no_two_people_have_ever_the_same_key(eve):
    """A row is used again: who lives in it then has another chance than who lived in it before."""
    before, after = turned(eve)
    assert (after.generation >= before.generation).all()
    again = (before.alive == 1) & (after.generation > before.generation) & (after.alive == 1)
    assert again.sum() > 5
    assert (before.frailty[again] != after.frailty[again]).mean() > 0.9


# ---------------------------------------------------------------- within a year, nothing


def test_a_run_of_a_year_has_no_birth_no_death_and_no_birthday():
    model = begin(scenario("canton", days=364, parameters=GENERATIONS))
    before = copied(model.state.patients)
    model.run_model()
    after = model.state.patients
    for column in ("alive", "age", "generation", "ald", "woman"):
        assert np.array_equal(getattr(before, column), getattr(after, column)), column
    assert before.alive.all()
    assert counted(model, codes.BIRTHS) == counted(model, codes.DEATHS) == 0
    assert len(after.age) == 3_600 + 1_800


OF_A_DAY = [
    codes.ACTS, codes.BY_USUAL, codes.BY_OTHER, codes.BY_DUTY, codes.BY_WALK_IN,
    codes.BY_TELECARE, codes.BY_PROTOCOL, codes.SAS_CALLS, codes.MISSED, codes.ED_INJURY, codes.ED_OWN_CHOICE,
    codes.ED_WANT_OF_SLOT, codes.REGISTERED, codes.PEOPLE, codes.WITHOUT_GP, codes.ADMISSIONS,
    codes.ED_WAIT,
]  # fmt: skip
"""What is counted on the day on which it happens: requests of December may end in January."""


@pytest.mark.parametrize("seed", [7, 9])
def test_the_first_year_is_the_same_however_many_years_follow(seed):
    """GPs who will come later are known to the draw only."""
    asked = scenario("canton", days=364, seed=seed, parameters=GENERATIONS)
    one, more = lived(asked), lived(asked.with_(days=1100))
    first = np.s_[:12]
    for measure in OF_A_DAY:
        mine, theirs = (model.state.tally.place[first, :, measure] for model in (one, more))
        assert mine.any() and np.array_equal(mine, theirs), measure


# ---------------------------------------------------------------- summer visitors

SUMMER = {"days": 300, "warm_up_days": 28}


def test_visitors_need_care_in_july_and_august_only_and_live_nowhere():
    """What a need of August calls for (a recontact, a referral) may come in September."""
    asked = scenario("canton", parameters={"demography.summer_visitors": 0.5}, **SUMMER)
    model = begin(asked, from_warm=False)
    visitors = np.flatnonzero(model.state.patients.visitor)
    model.follow(visitors.tolist())
    model.run_model()
    rows = model.state.log.rows[: model.state.log.used[0]]
    needs = rows[rows[:, 2] == codes.SAID_NEED]
    acute = needs[needs[:, 3] == codes.ACUTE]
    months = {
        date_of(int(day)).month for day in [*acute[:, 0], *rows[rows[:, 2] == codes.SAID_OWN_EMERGENCY][:, 0]]
    }
    assert months == {7, 8} and len(acute) > 300
    assert {date_of(int(day)).month for day in rows[:, 0]} <= {7, 8, 9, 10}
    assert not np.isin(
        needs[:, 3], [codes.FOLLOW_UP, codes.ROUTINE, codes.REGISTRATION, codes.PREVENTION]
    ).any()
    patients = model.state.patients
    assert (patients.usual_gp[visitors] == -1).all() and not patients.seeking[visitors].any()
    assert (patients.group[visitors] >= codes.GROUPS).all()


def test_visitors_are_in_no_figure_of_a_commune_and_take_places_in_summer():
    quiet = scenario("canton", **SUMMER)
    full = scenario("canton", parameters={"demography.summer_visitors": 0.5}, **SUMMER)
    one, other = lived(quiet), lived(full)
    june = list(one.calendar.months).index("2027-06") + 1
    mine, theirs = one.state.tally.place, other.state.tally.place
    assert np.array_equal(mine[:, :, codes.PEOPLE], theirs[:, :, codes.PEOPLE])
    for measure in OF_A_DAY:
        assert np.array_equal(mine[:june, :, measure], theirs[:june, :, measure]), measure
    assert not other.state.tally.group[:june, codes.GROUPS :].any()
    assert other.state.tally.group[june:, codes.GROUPS :, codes.ACTS].sum() > 50
    for name in ("unserved_48h_per_1000", "answered_48h_per_1000"):
        summers = [
            [results(asked).value(name, month=month) for month in ("2027-07", "2027-08")]
            for asked in (quiet, full)
        ]
        assert summers[0] != summers[1]
    assert results(full).value("people") == results(quiet).value("people")


def test_an_ed_is_sized_on_inhabitants_not_on_visitors_nor_on_rows_that_wait_for_a_birth():
    plain = begin(scenario("canton", days=364, warm_up_days=0), from_warm=False).state
    for changes in ({"days": 1100}, {"parameters": {"demography.summer_visitors": 1.0}}):
        state = begin(scenario("canton", warm_up_days=0, **{"days": 364, **changes}), from_warm=False).state
        assert len(state.patients.age) > len(plain.patients.age)
        own = [visits_of_residents(one.patients, one.places, 1) for one in (plain, state)]
        assert np.array_equal(*own)
        for column in ("servers", "background", "beds"):
            assert np.array_equal(getattr(plain.hospitals, column), getattr(state.hospitals, column)), column
