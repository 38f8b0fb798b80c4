"""An institution's attributes are views on a row of columns (vue): state lives once."""

from __future__ import annotations

from typing import Any, Protocol, overload


class HasRow(Protocol):
    """Whoever stands for a row of a table of its model."""

    row: int

    def columns(self) -> Any:
        """The table, a NamedTuple of arrays."""


class Column:
    """An attribute kept in the column of the same name: `gp.panel += 1` and the kernels touch one cell."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, agent: None, owner: type) -> Column: ...
    @overload
    def __get__(self, agent: HasRow, owner: type) -> Any: ...
    def __get__(self, agent: HasRow | None, owner: type) -> Any:
        if agent is None:
            return self
        cell = getattr(agent.columns(), self.name)[agent.row]
        return cell.item() if cell.ndim == 0 else cell

    def __set__(self, agent: HasRow, value: object) -> None:
        getattr(agent.columns(), self.name)[agent.row] = value
