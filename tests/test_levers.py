"""Each lever: at size zero nothing at all changes, half of it is another future, and every invariant holds."""

import pytest

from simulation import run
from simulation.parameters import registry
from simulation.policies import LEVERS, Retire
from tests.lever_sizes import LESS, NEEDS_ANOTHER, SIZES, WITHOUT_SIZE, asked


def test_every_lever_has_a_size_here_or_is_there_or_not():
    assert set(SIZES) | WITHOUT_SIZE | NEEDS_ANOTHER == set(LEVERS)


@pytest.mark.parametrize("name", SIZES)
def test_a_lever_of_size_zero_changes_nothing_at_all(name):
    field, _, others = SIZES[name]
    nothing = {"eur_per_year": 0.0} if name == "empty_shell" else others
    zero = run(asked(name, **{**nothing, field: 0}))
    assert zero.table.equals(run(asked()).table)


@pytest.mark.parametrize("name", SIZES)
def test_half_the_size_is_another_future(name):
    field, size, others = SIZES[name]
    whole, half = (
        run(asked(name, **others, **{field: size})),
        run(asked(name, **others, **{field: LESS.get(name, size / 2)})),
    )
    nothing = run(asked())
    assert not whole.table.equals(nothing.table)
    assert not half.table.equals(nothing.table)
    assert not half.table.equals(whole.table)


@pytest.mark.parametrize("name", SIZES)
def test_every_invariant_holds_with_the_lever(name):
    field, size, others = SIZES[name]
    run(asked(name, **others, **{field: size}), verify=True)


@pytest.mark.parametrize("name", LEVERS)
def test_a_lever_grows_and_shrinks_by_its_size(name):
    kind = LEVERS[name]
    if not kind.size:
        assert kind().scaled(2.0) == kind()
        return
    double, none = kind().scaled(2.0), kind().scaled(0.0)
    now = getattr(kind(), kind.size)
    assert now < getattr(double, kind.size) <= 2 * now or name == "information"  # everybody is told already
    assert getattr(none, kind.size) == 0


def test_what_a_departure_rests_on_is_what_it_uses():
    assert "workforce.stays_with_successor" not in Retire(gps=2).figures()
    assert "workforce.stays_with_successor" in Retire(gps=2, successors=1).figures()
    assert "registration.converts_share" in Retire(gps=2, panel="spread").figures()


def test_every_figure_that_a_lever_rests_on_is_in_the_registry():
    for lever in LEVERS.values():
        assert set(lever.rests_on) <= set(registry())
