"""The care access service (SAS) answers those whose GP could not: advice, a volunteer's slot, or the ED."""

import numpy as np
import pytest

from simulation import begin, run
from simulation.kernels import codes
from tests.territories import scenario

NOBODY_CALLS = {"sas.called_share": 0.0}
EVERYBODY_CALLS = {"sas.called_share": 0.8}


def lived(name="canton", days=182, **parameters):
    return run(scenario(name, days=days, warm_up_days=60, parameters=parameters), verify=True)


def counted(results, measure):
    return int(results.counts.group[:, : codes.GROUPS, measure].sum())


def ended(results, end, classes=(0, 1, 3)):
    return sum(counted(results, one * codes.MEASURES_OF_CLASS + end) for one in classes)


def test_nobody_is_advised_when_nobody_calls():
    results = lived(**NOBODY_CALLS)
    assert counted(results, codes.SAS_CALLS) == 0
    assert ended(results, codes.ADVISED, range(codes.CLASSES)) == 0


def test_advice_and_the_ed_take_the_shares_of_calls_that_the_figures_say():
    results = lived(**EVERYBODY_CALLS)
    calls = counted(results, codes.SAS_CALLS)
    assert calls > 100
    spread = 4 * np.sqrt(0.25 / calls)
    assert ended(results, codes.ADVISED) / calls == pytest.approx(0.35, abs=spread)
    assert counted(results, codes.SAS_SENT) / calls == pytest.approx(0.15, abs=spread)


def test_only_urgent_requests_are_advised():
    results = lived(**EVERYBODY_CALLS, **{"doors.worsens_per_day": 0.0})
    every = ended(results, codes.ADVISED, range(codes.CLASSES))
    assert every == ended(results, codes.ADVISED) > 0


def test_an_illness_that_worsens_becomes_urgent_and_may_be_advised_in_the_class_where_it_began():
    results = lived(**EVERYBODY_CALLS, **{"doors.worsens_per_day": 0.1})
    worsened = ended(results, codes.ADVISED, (codes.CLASS_WEEK, codes.CLASS_RECONTACT_WEEK))
    every = ended(results, codes.ADVISED, range(codes.CLASSES))
    assert worsened > 0 and every == ended(results, codes.ADVISED) + worsened


def test_an_advised_request_counts_as_answered_in_time():
    results = lived(**EVERYBODY_CALLS)
    for one in (0, 1, 3):
        cell = one * codes.MEASURES_OF_CLASS
        assert counted(results, cell + codes.IN_48H) >= counted(results, cell + codes.ADVISED)


def test_half_as_many_callers_make_another_territory_but_not_another_population():
    none, many = lived(**NOBODY_CALLS), lived(**EVERYBODY_CALLS)
    assert none.value("people") == many.value("people")
    assert none.value("unserved_48h_per_1000") > many.value("unserved_48h_per_1000")


def test_volunteers_are_drawn_among_gps_and_need_not_be_members():
    model = begin(scenario("baseline", days=1, warm_up_days=0, parameters={"sas.volunteer_share": 0.3}))
    volunteers = np.flatnonzero(model.state.practitioners.sas)
    roles = {model.territory.practitioners["role"].iloc[row] for row in volunteers}
    assert roles == {"gp"}
    assert any(model.state.practitioners.cpts[row] < 0 for row in volunteers)


def test_without_volunteers_the_sas_books_nobody():
    asked = scenario("canton", days=182, warm_up_days=0, parameters=EVERYBODY_CALLS)
    model = begin(asked, from_warm=False)
    model.state.practitioners.sas[:] = 0
    while model.running:
        model.step()
    assert int(model.state.tally.group[:, :, codes.SAS_CALLS].sum()) > 0
    asked_places = model.state.tally.group[:, :, codes.BY_OTHER].sum()
    volunteers = begin(asked, from_warm=False)
    volunteers.state.practitioners.sas[:3] = 1
    while volunteers.running:
        volunteers.step()
    assert volunteers.state.tally.group[:, :, codes.BY_OTHER].sum() > asked_places
