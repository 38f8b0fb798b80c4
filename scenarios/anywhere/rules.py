"""What was filled is told with the rule that filled it (règles de remplissage): a reader may disagree with a rule."""

from typing import NamedTuple


class Filled(NamedTuple):
    """One rule that was applied: its sentence is `territory.rule_<name>` of the texts."""

    name: str
    number: int = 0
    """Communes, people or sites that it touched."""
    fields: tuple[tuple[str, object], ...] = ()


def filled(name: str, number: int = 0, **fields: object) -> Filled:
    return Filled(name, number, tuple(fields.items()))
