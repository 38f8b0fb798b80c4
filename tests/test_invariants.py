"""The laws of the model hold in every run, and each is noticed when it is broken."""

import numpy as np
import pytest

from simulation import begin, run
from simulation.invariants import Broken, check
from simulation.kernels import codes
from tests.territories import scenario

BRIEF = {"days": 120, "warm_up_days": 60}
MISSION = {"unscheduled_care": {"gps": 2, "slots_per_week": 3}}


@pytest.mark.parametrize("policies", [{}, MISSION], ids=["baseline", "mission"])
@pytest.mark.parametrize("name", ["village", "canton", "two-valleys"])
def test_every_law_holds_from_the_first_day_to_the_last(name, policies):
    run(scenario(name, policies=policies, **BRIEF), verify=True, from_warm=False)


def test_every_law_holds_each_evening_in_the_village():
    asked = scenario("village", policies=MISSION, **BRIEF)
    evenings = []

    def watch(model):
        check(model)
        evenings.append(model.day)

    run(asked, watch=watch, from_warm=False)
    assert len(evenings) == 180


def test_every_law_holds_in_the_shipped_comparison():
    run(scenario("unscheduled_care", days=45, warm_up_days=20), verify=True)


def test_verifying_does_look(monkeypatch):
    looked = []
    monkeypatch.setattr("simulation.running.check", lambda model: looked.append(model.day))
    run(scenario("village", days=70, warm_up_days=0), verify=True)
    assert len(looked) == 3  # on the eve of February and of March, and on the last evening
    run(scenario("village", days=70, warm_up_days=0))
    assert len(looked) == 3


@pytest.fixture
def model():
    """Mid-January in the village: requests of every status are open."""
    one = begin(scenario("village", days=40, warm_up_days=30))
    for _ in range(15):
        one.step()
    check(one)
    return one


def last_evening():
    one = begin(scenario("village", days=40, warm_up_days=30))
    one.run_model()
    check(one)
    return one


def request_of(model, status):
    return int(np.flatnonzero(model.state.requests.status == status)[0])


def give_a_slot_twice(model):
    row = model.gps[0].row
    cell = model.state.diary.free[row, codes.SCHEDULED, 5]
    cell[:] = 0
    cell -= 1


def free_a_slot_that_was_not_laid(model):
    model.state.diary.free[:] = model.state.diary.laid
    model.state.diary.free[1, codes.SAME_DAY, 9, codes.AFTERNOON] += 1


def count_a_patient_too_many(model):
    model.state.practitioners.panel[model.gps[0].row] += 1


def change_usual_gp_without_telling_the_gps(model):
    patients = model.state.patients
    person = int(np.flatnonzero(patients.usual_gp >= 0)[0])
    patients.usual_gp[person] = -1


def forget_the_mark_of_a_request(model):
    requests = model.state.requests
    model.state.patients.open_tracks[requests.patient[request_of(model, codes.BOOKED)]] = 0


def mark_a_request_that_is_not_open(model):
    patients = model.state.patients
    person = int(np.flatnonzero(patients.open_tracks == 0)[0])
    patients.open_tracks[person] = 1 << codes.ROUTINE


def lose_a_request(model):
    requests = model.state.requests
    row = request_of(model, codes.BOOKED)
    model.state.patients.open_tracks[requests.patient[row]] = 0
    requests.status[row] = codes.UNUSED


def lose_a_row_of_requests(model):
    model.state.requests.cursor[codes.SPARE] -= 1


def close_a_request_that_nobody_opened(model):
    model.state.requests.cursor[codes.CLOSED_ROWS] += 1


def forget_an_evening_of_waiting(model):
    model.state.requests.cursor[codes.REQUEST_DAYS] -= 1


def wait_longer_than_the_request_lived(model):
    model.state.requests.cursor[codes.DURATIONS] += 1


def open_a_request_on_another_day(model):
    model.state.requests.opened[request_of(model, codes.BOOKED)] -= 1


@pytest.mark.parametrize(
    ("corrupt", "law"),
    [
        (give_a_slot_twice, "given twice"),
        (free_a_slot_that_was_not_laid, "never laid"),
        (count_a_patient_too_many, "panel"),
        (change_usual_gp_without_telling_the_gps, "panel"),
        (forget_the_mark_of_a_request, "does not know of"),
        (mark_a_request_that_is_not_open, "does not know of"),
        (lose_a_request, "requests were lost|does not know of"),
        (lose_a_row_of_requests, "rows of requests were lost"),
        (close_a_request_that_nobody_opened, "requests were lost"),
        (forget_an_evening_of_waiting, "Little"),
        (wait_longer_than_the_request_lived, "Little"),
        (open_a_request_on_another_day, "Little"),
    ],
)
def test_a_law_that_is_broken_is_noticed(model, corrupt, law):
    corrupt(model)
    with pytest.raises(Broken, match=law):
        check(model)


@pytest.mark.parametrize("end", [*range(codes.VISITED, codes.HELD + 1), codes.DIED])
def test_a_request_that_ends_twice_or_never_is_noticed_on_the_last_evening(end):
    one = last_evening()
    one.state.tally.group[0, 3, codes.CLASS_48H * codes.MEASURES_OF_CLASS + end] += 1
    with pytest.raises(Broken, match="class 1 did not end exactly once"):
        check(one)


def test_a_request_that_is_made_and_does_not_end_is_noticed_on_the_last_evening_only():
    one = last_evening()
    one.state.tally.group[0, 3, codes.CLASS_ROUTINE * codes.MEASURES_OF_CLASS + codes.MADE] += 1
    with pytest.raises(Broken, match="class 6"):
        check(one)
    one.day -= 1
    assert "did not end" not in said_by_check(one)


def said_by_check(model):
    try:
        check(model)
    except Broken as broken:
        return str(broken)
    return ""


def test_a_broken_law_stops_a_run_that_is_verified():
    def watch(model):
        if model.day == model.calendar.first + 20:
            count_a_patient_too_many(model)

    with pytest.raises(Broken, match="panel"):
        run(scenario("village", days=40, warm_up_days=10), watch=watch, verify=True)
