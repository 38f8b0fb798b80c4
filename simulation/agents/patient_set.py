"""The people of a model as Mesa sees agents (habitants): a set over rows, never a list of objects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

import numpy as np
from mesa.agentset import AbstractAgentSet, GroupBy
from numpy.typing import NDArray

from simulation.agents.patient import Patient

_FIXED = "people live in columns: this set neither grows, shrinks nor changes order"


class PatientSet(AbstractAgentSet[Patient]):
    """Some of the people, in the order of their rows; a `Patient` is made when one is asked for."""

    def __init__(self, model: Any, rows: NDArray[np.int64] | None = None) -> None:
        self.model, self.random = model, model.random
        self.rows = np.arange(len(model.state.patients.commune)) if rows is None else rows

    def __repr__(self) -> str:
        return f"PatientSet({len(self.rows)} people)"

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Patient]:
        return (Patient(self.model, int(row)) for row in self.rows)

    def __contains__(self, agent: object) -> bool:
        return isinstance(agent, Patient) and agent.model is self.model and agent.row in self.rows

    def _update(self, agents: Iterable[Patient]) -> PatientSet:
        self.rows = np.array([agent.row for agent in agents], dtype=np.int64)
        return self

    def of(self, rows: NDArray[np.int64]) -> PatientSet:
        """The same people, only these rows."""
        return PatientSet(self.model, rows)

    def select(
        self,
        filter_func: Callable[[Patient], bool] | None = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> PatientSet:
        """Keep the people for whom the function says yes, at most so many."""
        rows = self.rows if agent_type is None or issubclass(Patient, agent_type) else self.rows[:0]
        if filter_func is not None:
            kept = [bool(filter_func(Patient(self.model, int(row)))) for row in rows]
            rows = rows[np.array(kept, dtype=np.bool_)]
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self.rows) * at_most)
        rows = rows[: min(int(min(at_most, len(rows))), len(rows))]
        if inplace:
            self.rows = rows
            return self
        return self.of(rows)

    def get(
        self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None
    ) -> list[Any]:
        """Read one column, or several side by side, for these people."""
        if handle_missing not in ("error", "default"):
            raise ValueError(f"handle_missing is 'error' or 'default', not {handle_missing!r}")
        if isinstance(attr_names, list):
            columns = [self.get(name, handle_missing, default_value) for name in attr_names]
            return [list(values) for values in zip(*columns, strict=True)]
        table = self.model.state.patients
        if attr_names in table._fields:
            return cast(list[Any], getattr(table, attr_names)[self.rows].tolist())
        if handle_missing == "default":
            return [getattr(one, attr_names, default_value) for one in self]
        return [getattr(one, attr_names) for one in self]

    def set(self, attr_name: str, value: Any) -> PatientSet:
        """Write one value in a column for all these people."""
        getattr(self.model.state.patients, attr_name)[self.rows] = value
        return self

    def agg(self, attribute: str, func: Callable[..., Any] | Iterable[Callable[..., Any]]) -> Any:
        """Sum a column up by one function or several."""
        values = np.array(self.get(attribute))
        return func(values) if callable(func) else [one(values) for one in func]

    def groupby(self, by: Callable[[Patient], Any] | str, result_type: str = "agentset") -> GroupBy:
        """Part the people by a column or by what a function says of each."""
        keys = self.get(by) if isinstance(by, str) else [by(one) for one in self]
        parts: dict[Any, list[int]] = defaultdict(list)
        for key, row in zip(keys, self.rows.tolist(), strict=True):
            parts[key].append(row)
        sets = {key: self.of(np.array(rows)) for key, rows in parts.items()}
        if result_type == "list":
            return GroupBy({key: part.to_list() for key, part in sets.items()})
        return GroupBy(cast(dict[Any, Any], sets))

    def to_list(self) -> list[Patient]:
        """Make a view of each of these people."""
        return list(self)

    def sort(
        self, key: Callable[[Patient], Any] | str, ascending: bool = False, inplace: bool = False
    ) -> PatientSet:
        """Put people in the order of a column or of what a function says of each."""
        if inplace:
            raise TypeError(_FIXED)
        keys = self.get(key) if isinstance(key, str) else [key(one) for one in self]
        order = sorted(range(len(keys)), key=keys.__getitem__, reverse=not ascending)
        return self.of(self.rows[order])

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> PatientSet:
        """Call something for each of these people, in order."""
        self.map(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Call something for each of these people and keep the answers."""
        if isinstance(method, str):
            return [getattr(one, method)(*args, **kwargs) for one in self]
        return [method(one, *args, **kwargs) for one in self]

    def add(self, agent: Patient) -> None:
        """Refuse: see the class."""
        raise TypeError(_FIXED)

    discard = remove = add

    def shuffle(self, inplace: bool = False) -> PatientSet:
        """Refuse: chance is a function of who and when, never an order."""
        raise TypeError(_FIXED)

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> PatientSet:
        """Refuse: see `shuffle`."""
        raise TypeError(_FIXED)
