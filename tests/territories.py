"""The shipped scenarios, read, built and lived once for all the tests that only look."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from simulation import PrimaryCare, Results, Scenario, begin, load
from simulation.build import Built
from simulation.results import results_of
from simulation.running import fresh

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"


@cache
def shipped(name: str) -> Scenario:
    return load(SCENARIOS / f"{name}.yaml", [SCENARIOS])


def scenario(name: str, **changes: object) -> Scenario:
    return shipped(name).with_(**changes)


@cache
def built(asked: Scenario) -> Built:
    """A territory on its first morning: look, do not write."""
    return fresh(asked)


@cache
def lived(asked: Scenario) -> PrimaryCare:
    """A model after its last day: look, do not write."""
    model = begin(asked)
    model.run_model()
    return model


@cache
def results(asked: Scenario) -> Results:
    return results_of(lived(asked))


def forced(asked: Scenario, group: str, **figures: object) -> Scenario:
    """Let figures leave the range that is admitted, to reach a limit that theory knows; live it from scratch."""
    held = getattr(asked.parameters, group).model_copy(update=figures)
    parameters = asked.parameters.model_copy(update={group: held})
    given = {name: getattr(asked, name) for name in Scenario.model_fields}
    return Scenario.model_construct(**{**given, "parameters": parameters})


def counted(model: PrimaryCare, measure: int) -> int:
    """How many times something was counted, everybody and the whole period together."""
    return int(model.state.tally.group[:, :, measure].sum())


def different(one: Any, other: Any, rows: slice | np.ndarray = np.s_[:]) -> list[str]:
    """The columns of two tables of the same people or practices that differ in some of these rows."""
    return [
        name
        for name in one._fields
        if not np.array_equal(getattr(one, name)[rows], getattr(other, name)[rows])
    ]
