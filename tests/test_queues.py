"""Queues by three other ways: a plain recursion, another program (Ciw), and Erlang's formula."""

from math import factorial, inf

import ciw
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simulation.kernels.queues import serve, wait_in_turn

# Ciw copies an iterator, which Python 3.14 no longer allows: theirs to mend.
pytestmark = pytest.mark.filterwarnings("ignore:Pickle, copy, and deepcopy:DeprecationWarning")

DAY = 14_400
SERVICE = 10_000
"""A mean service in the theorems below: so many tenths of minutes that rounding is nothing."""
PEOPLE, BATCHES = 4_000_000, 32

FEW = st.lists(st.tuples(st.integers(-300, 900), st.integers(0, 200)), max_size=60)
READY = st.lists(st.integers(-200, 400), min_size=1, max_size=6)


def in_order(people):
    """Arrivals, ascending, and services."""
    arrivals = np.array(sorted(arrival for arrival, _ in people), dtype=np.int64)
    return arrivals, np.array([service for _, service in people], dtype=np.int64)


def waited_alone(arrivals, services, kernel=wait_in_turn):
    waits = np.full(len(arrivals), -1, dtype=np.int64)
    return waits, kernel(arrivals, services, waits)


def waited_together(arrivals, services, ready, kernel=serve):
    """Waits, and when each server is free afterwards."""
    waits, after = np.full(len(arrivals), -1, dtype=np.int64), np.array(ready, dtype=np.int64)
    kernel(arrivals, services, after, waits)
    return waits, after


def lindley(arrivals, services):
    """Wait of the next = max(0, wait of the one before + his service - the gap between the two)."""
    waits = []
    for one, arrival in enumerate(arrivals):
        before = waits[-1] + services[one - 1] + arrivals[one - 1] if one else 0
        waits.append(max(0, before - arrival))
    return waits


def waited_in_ciw(arrivals, services, ready):
    """The same people in Ciw, behind people who keep each server busy until it is ready."""
    opening = min([0, *arrivals, *ready])
    comes = [0] * len(ready) + [arrival - opening for arrival in arrivals]
    takes = [one - opening for one in ready] + list(services)
    gaps = [*np.diff(comes, prepend=0).tolist(), inf]
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential(gaps)],
        service_distributions=[ciw.dists.Sequential(takes)],
        number_of_servers=[len(ready)],
    )
    queue = ciw.Simulation(network)
    queue.simulate_until_max_time(max(comes) + sum(takes) + 1)
    records = sorted(queue.get_all_records(), key=lambda record: record.id_number)
    assert len(records) == len(comes)
    return [record.service_start_date - record.arrival_date for record in records[len(ready) :]]


# ---------------------------------------------------------------- the same by other ways


@given(FEW)
def test_one_server_follows_lindleys_recursion(people):
    arrivals, services = in_order(people)
    waits, done = waited_alone(arrivals, services)
    expected = lindley(arrivals.tolist(), services.tolist())
    assert waits.tolist() == expected
    assert done == (arrivals[-1] + expected[-1] + services[-1] if people else 0)


@settings(max_examples=50)
@given(FEW)
def test_one_server_makes_wait_as_long_as_ciw_says(people):
    arrivals, services = in_order(people)
    waits, _ = waited_alone(arrivals, services)
    assert waits.tolist() == waited_in_ciw(arrivals.tolist(), services.tolist(), [0])


@settings(max_examples=50)
@given(FEW, READY)
def test_several_servers_make_wait_as_long_as_ciw_says(people, ready):
    arrivals, services = in_order(people)
    waits, _ = waited_together(arrivals, services, ready)
    assert waits.tolist() == waited_in_ciw(arrivals.tolist(), services.tolist(), ready)


def test_a_crowded_day_is_the_same_in_ciw():
    luck = np.random.default_rng(1952)
    arrivals = np.sort(luck.integers(0, DAY, 400))
    services = luck.lognormal(np.log(500), 0.6, 400).astype(np.int64)
    ready = luck.integers(0, 1_000, 16)
    waits, _ = waited_together(arrivals, services, ready)
    assert (waits > 0).sum() > 100
    assert waits.tolist() == waited_in_ciw(arrivals.tolist(), services.tolist(), ready.tolist())


@given(FEW)
def test_a_team_of_one_is_one_server(people):
    alone, done = waited_alone(*in_order(people))
    together, ready = waited_together(*in_order(people), [0])
    assert alone.tolist() == together.tolist()
    assert ready.tolist() == [done]


@given(FEW, READY)
def test_kernels_say_the_same_when_not_compiled(people, ready):
    arrivals, services = in_order(people)
    waits, done = waited_alone(arrivals, services)
    plain, plain_done = waited_alone(arrivals, services, getattr(wait_in_turn, "py_func", wait_in_turn))
    assert (waits.tolist(), done) == (plain.tolist(), plain_done)
    waits, after = waited_together(arrivals, services, ready)
    plain, plain_after = waited_together(arrivals, services, ready, getattr(serve, "py_func", serve))
    assert (waits.tolist(), after.tolist()) == (plain.tolist(), plain_after.tolist())


# ---------------------------------------------------------------- nothing is lost, nobody overtakes


def test_whoever_comes_before_the_opening_waits_from_his_arrival_on():
    waits, done = waited_alone(*in_order([(-50, 100), (-20, 100), (250, 30)]))
    assert waits.tolist() == [50, 120, 0]
    assert done == 280


def test_between_two_free_servers_the_lower_number_serves():
    _, ready = waited_together(*in_order([(10, 7)]), [9, 5, 5])
    assert ready.tolist() == [9, 17, 5]


def test_an_empty_room_makes_nobody_wait():
    nobody = in_order([])
    waits, done = waited_alone(*nobody)
    assert (waits.tolist(), done) == ([], 0)
    waits, ready = waited_together(*nobody, [30, -7])
    assert (waits.tolist(), ready.tolist()) == ([], [30, -7])


@given(FEW, READY)
def test_people_are_served_in_order_of_arrival_and_no_server_has_two_at_once(people, ready):
    arrivals, services = in_order(people)
    waits, after = waited_together(arrivals, services, ready)
    starts = arrivals + waits
    ends = starts + services
    assert (waits >= 0).all() and (np.diff(starts) >= 0).all()
    for start in starts:
        absent = sum(one > start for one in ready)
        assert ((starts <= start) & (ends > start)).sum() + absent <= len(ready)
    assert sorted(after) == sorted([*ready, *ends])[-len(ready) :]


@given(FEW, READY)
def test_nobody_waits_while_a_server_is_free(people, ready):
    arrivals, services = in_order(people)
    waits, _ = waited_together(arrivals, services, ready)
    starts = arrivals + waits
    ends = starts + services
    for one in np.flatnonzero(waits):
        for moment in range(arrivals[one], starts[one]):
            absent = sum(other > moment for other in ready)
            assert ((starts <= moment) & (ends > moment)).sum() + absent == len(ready)


@given(st.lists(st.integers(0, 200), max_size=60), st.lists(st.integers(0, 400), min_size=1, max_size=6))
def test_servers_who_never_rest_work_as_long_as_was_asked(services, ready):
    arrivals = np.full(len(services), -1, dtype=np.int64)
    _, after = waited_together(arrivals, np.array(services, dtype=np.int64), ready)
    assert after.sum() - sum(ready) == sum(services)


def test_a_queue_is_carried_over_midnight():
    luck = np.random.default_rng(1955)
    arrivals = np.sort(luck.integers(0, 2 * DAY, 900))
    services = luck.integers(0, 400, 900)
    ready = luck.integers(0, 400, 6)
    waits, after = waited_together(arrivals, services, ready)
    today = arrivals < DAY
    first, ready = waited_together(arrivals[today], services[today], ready)
    assert ready.max() > DAY
    second, ready = waited_together(arrivals[~today] - DAY, services[~today], ready - DAY)
    assert waits.tolist() == [*first, *second]
    assert (after - DAY).tolist() == ready.tolist()


# ---------------------------------------------------------------- Erlang


def erlang(servers, full):
    """Mean wait in units of service time: Erlang's C (chance to wait) over what is left of the servers."""
    load = servers * full
    all_busy = load**servers / factorial(servers) / (1 - full)
    chance = all_busy / (sum(load**busy / factorial(busy) for busy in range(servers)) + all_busy)
    return chance / (servers * (1 - full))


def crowd(servers, full):
    """Exponential gaps and services (M/M/c): the same luck at every load, as arrivals and services."""
    luck = np.random.default_rng(1917)
    services = np.rint(luck.exponential(SERVICE, PEOPLE)).astype(np.int64)
    gaps = luck.exponential(SERVICE / (servers * full), PEOPLE)
    return np.rint(gaps.cumsum()).astype(np.int64), services


def mean_and_tolerance(waits):
    """Mean in units of service time, and what luck exceeds once in ten thousand runs.

    Waits of neighbours resemble each other; means of long batches hardly do, so that their spread gives the
    standard error (Student, one degree of freedom a batch). The first batch, which starts empty, is left out.
    """
    batches = waits.reshape(BATCHES, -1).mean(axis=1)[1:] / SERVICE
    error = batches.std(ddof=1) / np.sqrt(len(batches))
    return batches.mean(), stats.t.isf(0.5e-4, len(batches) - 1) * error


@pytest.mark.parametrize(("full", "said"), [(0.80, "4"), (0.90, "9"), (0.95, "19"), (0.98, "49")])
def test_the_fuller_one_room_the_longer_the_wait_out_of_proportion(full, said):
    """The figures of the first lesson: service times waited at 80, 90, 95 and 98 % full."""
    assert erlang(1, full) == pytest.approx(float(said), rel=1e-9)
    assert f"{erlang(1, full):.0f}" == said


@pytest.mark.parametrize(("servers", "said"), [(1, "9.0"), (3, "2.7"), (6, "1.2")])
def test_a_shared_line_shortens_the_wait(servers, said):
    """The figures of the third lesson: service times waited at 90 % full, alone, by three and by six."""
    assert f"{erlang(servers, 0.90):.1f}" == said


@pytest.mark.parametrize("full", [0.80, 0.90, 0.95])
def test_one_server_makes_wait_as_long_as_theory_says(full):
    waits, _ = waited_alone(*crowd(1, full))
    mean, tolerance = mean_and_tolerance(waits)
    assert tolerance < 0.10 * mean
    assert abs(mean - erlang(1, full)) < tolerance


@pytest.mark.parametrize(
    ("servers", "full"), [(1, 0.80), (1, 0.90), (3, 0.80), (3, 0.90), (6, 0.80), (6, 0.90)]
)
def test_several_servers_make_wait_as_long_as_erlang_says(servers, full):
    waits, _ = waited_together(*crowd(servers, full), [0] * servers)
    mean, tolerance = mean_and_tolerance(waits)
    assert tolerance < 0.06 * mean
    assert abs(mean - erlang(servers, full)) < tolerance
