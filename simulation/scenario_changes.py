"""A scenario is changed in Python as in a file: mappings merge key by key, `None` takes away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from simulation.policies import LEVERS, Policy


def lever_of(policy: Policy) -> str:
    """The name of a lever, or that of its class when it comes from elsewhere."""
    for name, lever in LEVERS.items():
        if type(policy) is lever:
            return name
    return f"{type(policy).__module__}.{type(policy).__qualname__}"


def nested(change: object) -> object:
    """Dotted names as groups: `supply.consultation_minutes` is a figure of `supply`."""
    if isinstance(change, BaseModel):
        return change.model_dump()
    if not isinstance(change, Mapping):
        return change
    groups: dict[str, Any] = {}
    for name, value in change.items():
        group, dot, figure = str(name).partition(".")
        groups[group] = laid_over(groups.get(group, {}), {figure: value} if dot else nested(value))
    return groups


def laid_over(below: object, above: object) -> Any:
    """Mappings merge key by key, anything else replaces, `None` removes."""
    if not (isinstance(below, Mapping) and isinstance(above, Mapping)):
        return above
    kept = dict(below)
    for key, value in above.items():
        if value is None:
            kept.pop(key, None)
        else:
            kept[key] = laid_over(kept.get(key, {}), value)
    return kept


def changed_policies(policies: Mapping[str, Policy], change: Mapping[str, object]) -> dict[str, object]:
    """The levers after a change: a policy replaces, a mapping changes fields, `None` takes away."""
    kept: dict[str, object] = dict(policies)
    for key, value in change.items():
        earlier = policies.get(key)
        if value is None:
            kept.pop(key, None)
        elif (
            isinstance(value, Mapping)
            and earlier
            and value.get("lever", lever_of(earlier)) == lever_of(earlier)
        ):
            kept[key] = laid_over({"lever": lever_of(earlier), **earlier.model_dump()}, value)
        else:
            kept[key] = value
    return kept
