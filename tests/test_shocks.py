"""What befalls the territory: departures, an epidemic, emergency departments that close or are regulated."""

import math

import numpy as np
import pytest

from simulation import begin, run
from simulation.kernels import codes
from simulation.policies import LEVERS
from tests.lever_sizes import asked, counted, lived
from tests.territories import scenario

ALES = "300000023"


def test_the_oldest_leave_and_their_patients_look_for_somebody():
    model = begin(asked("retire", gps=1))
    oldest = max(model.gps, key=lambda gp: gp.age)
    panel = np.flatnonzero(model.state.patients.usual_gp == oldest.row)
    model.step()
    assert not oldest.active
    assert oldest.panel == 0
    patients = model.state.patients
    assert (patients.seeking[panel] == 1).all()
    assert (patients.usual_gp[panel] == -1).all()


def test_a_panel_that_the_cpts_spreads_finds_a_gp_sooner():
    left = lived(asked("retire", gps=1))
    spread = lived(asked("retire", gps=1, panel="spread"))
    assert counted(spread, codes.PLACED) > 0
    assert counted(spread, codes.WITHOUT_GP) < counted(left, codes.WITHOUT_GP)


def test_a_department_that_closes_at_night_sends_people_elsewhere_at_night_only():
    one = scenario("baseline", policies={"ed_closure": {"hospital": "300000023"}}, days=28, warm_up_days=7)
    model = begin(one)
    before = model.state.places.emergency_site.copy()
    model.step()
    places, hospitals = model.state.places, model.territory.hospitals["finess_et"].tolist()
    ales = hospitals.index("300000023")
    assert np.array_equal(places.emergency_site, before)
    assert (before == ales).any()
    assert not (places.night_site == ales).any()
    assert np.array_equal(places.night_site[before != ales], before[before != ales])


def test_an_epidemic_adds_the_episodes_it_says_in_its_weeks_only():
    fields = {"peak_share": 1.0, "weeks": 6, "start": "2027-01-18"}
    plain, wave = begin(asked()), begin(asked("epidemic_wave", **fields))
    first, risen = wave.calendar.first + 14, []
    while wave.day <= wave.calendar.last:
        wave.step()
        plain.step()
        risen.append(int(wave.state.rounds.wave[0]))
    days = np.arange(len(risen)) + wave.calendar.first
    assert all((np.array(risen) > 0) == ((days >= first) & (days < first + 42)))
    made = [one * codes.MEASURES_OF_CLASS + codes.MADE for one in (0, 1, 2)]
    more = sum(counted(wave, one) - counted(plain, one) for one in made)
    yearly = sum(counted(plain, one) for one in made) / 91
    expected = yearly * 42 * 2 / math.pi
    assert 0.6 * expected < more < 1.2 * expected  # winter is above the mean; who is ill is not ill again


def test_an_epidemic_leaves_the_lives_before_it_as_they_were():
    plain, wave = begin(asked()), begin(asked("epidemic_wave", peak_share=1.0, start="2027-02-15"))
    for model in (plain, wave):
        while f"{model.date}" < "2027-02-15":
            model.step()
    for name in plain.state.patients._fields:
        assert np.array_equal(getattr(plain.state.patients, name), getattr(wave.state.patients, name)), name


def test_a_regulated_department_is_spared_some_of_those_who_chose_it_at_night():
    def lived_with(**fields):
        policies = {"ed_closure": {"hospital": ALES, **fields}} if fields else {}
        return lived(scenario("baseline", policies=policies, days=56, warm_up_days=7))

    plain, regulated = lived_with(), lived_with(regulated=True)
    for stream in (codes.ED_INJURY, codes.ED_VITAL):
        assert counted(regulated, stream) == pytest.approx(counted(plain, stream), rel=0.03)
    spared = counted(plain, codes.ED_OWN_CHOICE) - counted(regulated, codes.ED_OWN_CHOICE)
    assert 0 < spared < 0.35 * counted(plain, codes.ED_OWN_CHOICE)
    assert counted(regulated, codes.SAS_CALLS) >= counted(plain, codes.SAS_CALLS) + spared / 2


def test_shocks_are_told_apart_from_levers():
    shocks = {name for name, kind in LEVERS.items() if kind.is_shock}
    assert shocks == {"retire", "private_centre", "epidemic_wave", "ed_closure"}


def test_a_shock_of_no_size_befalls_nobody():
    assert run(asked("epidemic_wave", peak_share=0.0)).table.equals(run(asked()).table)
