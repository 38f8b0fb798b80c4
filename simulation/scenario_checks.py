"""What a scenario asks must be possible here: known words, admitted values, people and places that exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from simulation.faults import Fault, nearest, shown
from simulation.parameters import registry
from simulation.policies import LEVERS, Policy
from simulation.territory import Territory

FieldPath = tuple[int | str, ...]
Where = Callable[[FieldPath], tuple[str, int]]
"""Tells the file and the line of a field."""

DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NOT_FINITE = frozenset({"nan", "inf", "infinity"})

_CODES: Mapping[str, str] = {
    "missing": "missing_value",
    "bool_parsing": "not_yes_no",
    "bool_type": "not_yes_no",
    "string_type": "not_text",
    "tuple_type": "not_a_list",
    "list_type": "not_a_list",
    "finite_number": "not_finite",
    "int_parsing": "not_a_whole_number",
    "int_type": "not_a_whole_number",
    "int_from_float": "not_a_whole_number",
    "float_parsing": "not_a_number",
    "float_type": "not_a_number",
    "int_parsing_size": "out_of_range",
    "greater_than": "out_of_range",
    "greater_than_equal": "out_of_range",
    "less_than": "out_of_range",
    "less_than_equal": "out_of_range",
}


def fault_at(code: str, path: FieldPath, where: Where, **details: object) -> Fault:
    """A fault of a field, with its place."""
    file, line = where(path)
    return Fault(code, file, line, ".".join(shown(name) for name in path), details)


def checked[Model: BaseModel](
    model: type[Model], given: object, prefix: FieldPath, where: Where
) -> tuple[Model | None, list[Fault]]:
    """The validated model, or every fault of what was given."""
    faults = _date_faults(model, given, prefix, where)
    try:
        made = model.model_validate(given)
    except ValidationError as error:
        told = {fault.field for fault in faults}
        found = [_told(model, each, prefix, where) for each in error.errors(include_url=False)]
        return None, faults + [fault for fault in found if fault.field not in told]
    return (None, faults) if faults else (made, [])


def _told(model: type[BaseModel], error: ErrorDetails, prefix: FieldPath, where: Where) -> Fault:
    """A fault in our words for an error of pydantic."""
    loc, kind, value = error["loc"], error["type"], error["input"]
    path = (*prefix, *loc)
    if loc and loc[-1] == "[key]":
        return fault_at("unknown_language", path[:-1], where, value=shown(value))
    holder, annotation, low, high = _field(model, loc)
    found = {} if kind == "missing" or isinstance(value, Mapping | list) else {"value": shown(value)}
    if kind == "extra_forbidden":
        return unknown_key(path, holder, where)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) or kind.endswith("mapping_type"):
        return fault_at("not_a_mapping", path, where, **found)
    if kind == "dict_type":
        return fault_at("not_a_mapping", path, where, **found)
    if kind.startswith("date_"):
        return fault_at("bad_date", path, where, **found)
    if kind == "literal_error":
        choices = tuple(str(choice) for choice in _choices(annotation))
        return fault_at(
            "unknown_choice", path, where, **found, nearest=nearest(str(value), choices), choices=choices
        )
    code = _CODES.get(kind, "bad_value")
    if code in {"not_a_number", "not_a_whole_number"} and isinstance(value, str):
        if DECIMAL_COMMA.fullmatch(value.strip()):
            remedy = shown(value.strip().replace(",", "."))
            return fault_at("decimal_comma", path, where, **found, remedy=remedy)
        if value.strip().lstrip("+-.").casefold() in NOT_FINITE:
            return fault_at("not_finite", path, where, **found)
    if code in {"out_of_range", "not_a_number", "not_a_whole_number"}:
        return fault_at(code, path, where, **found, low=low, high=high)
    if code == "bad_value":
        return fault_at(code, path, where, **found, problem=error["msg"])
    return fault_at(code, path, where, **found)


def unknown_key(path: FieldPath, holder: type[BaseModel] | None, where: Where) -> Fault:
    """A name that nobody reads, with the one that was probably meant."""
    name = str(path[-1])
    names = tuple(holder.model_fields) if holder else ()
    names += ("extends",) if len(path) == 1 else ()
    likely = nearest(name, names)
    if path[0] == "parameters" and not likely:
        leaves = {known.rpartition(".")[2]: known for known in registry()}
        likely = leaves.get(nearest(name, leaves), "")
    return fault_at("unknown_key", path, where, value=shown(name), nearest=likely, choices=names)


def _field(
    model: type[BaseModel], loc: Sequence[int | str]
) -> tuple[type[BaseModel] | None, Any, float | None, float | None]:
    """The class that holds a field, its annotation and its bounds."""
    holder: type[BaseModel] | None = model
    annotation: Any = model
    low = high = None
    for name in loc:
        if isinstance(name, int) and get_origin(annotation) is tuple:
            annotation = get_args(annotation)[0]
            continue
        holder = annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
        field = holder.model_fields.get(str(name)) if holder else None
        if field is None:
            return holder, None, None, None
        annotation = _without_none(field.annotation)
        bounds = {side: getattr(each, side) for each in field.metadata for side in ("ge", "gt", "le", "lt")
                  if hasattr(each, side)}  # fmt: skip
        low, high = bounds.get("ge", bounds.get("gt")), bounds.get("le", bounds.get("lt"))
    return holder, annotation, low, high


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in {Union, UnionType}:
        kept = [each for each in get_args(annotation) if each is not type(None)]
        return kept[0] if len(kept) == 1 else annotation
    return annotation


def _choices(annotation: Any) -> tuple[object, ...]:
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def _date_faults(model: type[BaseModel], given: object, prefix: FieldPath, where: Where) -> list[Fault]:
    """Dates are written 2027-01-04: pydantic would read a bare number as seconds since 1970."""
    if not isinstance(given, Mapping):
        return []
    return [
        fault_at("bad_date", (*prefix, name), where, value=shown(given[name]))
        for name, field in model.model_fields.items()
        if _without_none(field.annotation) is date
        and name in given
        and not (given[name] is None or isinstance(given[name], date))
        and not (isinstance(given[name], str) and ISO_DATE.fullmatch(given[name]))
    ]


def checked_policy(key: str, given: object, where: Where) -> tuple[Policy | None, list[Fault]]:
    """One lever of the scenario: the key names it unless `lever` does."""
    path: FieldPath = ("policies", key)
    if isinstance(given, Policy):
        return given, []
    if not isinstance(given, Mapping):
        return None, [fault_at("not_a_mapping", path, where, value=shown(given))]
    lever = given.get("lever", key)
    named = (*path, "lever") if "lever" in given else path
    if not isinstance(lever, str) or lever not in LEVERS:
        details = {"value": shown(lever), "nearest": nearest(str(lever), LEVERS), "choices": tuple(LEVERS)}
        return None, [fault_at("unknown_lever", named, where, **details)]
    size = {name: value for name, value in given.items() if name != "lever"}
    policy, faults = checked(LEVERS[lever], size, path, where)
    if policy is None:
        # What is right of it is returned, still to be compared with the territory: all is told at once.
        wrong = {fault.field.split(".")[2] for fault in faults if fault.field.count(".") >= 2}
        right = {name: value for name, value in size.items() if name not in wrong}
        policy = checked(LEVERS[lever], right, path, where)[0]
    return policy, faults


def possible(
    key: str, policy: Policy, territory: Territory, where: Where, names: Iterable[str] = ()
) -> list[Fault]:
    """A lever names communes, structures and CPTS that exist, and no more GPs than there are."""
    faults: list[Fault] = []
    if not names:
        lacking = [name for name in policy.needs if not getattr(policy, name)]
        faults += [fault_at("missing_value", ("policies", key, name), where) for name in lacking]
    for name in names or type(policy).model_fields:
        value = getattr(policy, name)
        path: FieldPath = ("policies", key, name)
        if name in _PLACES:
            code, known = _PLACES[name][0], _PLACES[name][1](territory)
            many = isinstance(value, tuple | list | frozenset)
            for rank, each in enumerate(value if many else [value]):
                if isinstance(each, str) and each and each not in known.values():
                    likely = known.get(nearest(each, known), "")
                    at = (*path, rank) if many else path
                    faults.append(fault_at(code, at, where, value=shown(each), nearest=likely))
        elif name == "gps" and isinstance(value, int) and getattr(policy, "share_of_members", None) is None:
            there = _gps_there(territory, getattr(policy, "cpts", None))
            if value > there:
                faults.append(fault_at("too_many_gps", path, where, value=value, high=there))
    return faults


def _commune_codes(territory: Territory) -> dict[str, str]:
    """Codes by code and by name: who wrote a name is told the code."""
    codes = territory.communes["insee_code"].tolist()
    return dict(zip([*codes, *territory.communes["name"]], [*codes, *codes], strict=True))


def _cpts_ids(territory: Territory) -> dict[str, str]:
    return {str(each): str(each) for each in territory.communes["cpts"] if each}


def _basins(territory: Territory) -> dict[str, str]:
    return {str(each): str(each) for each in territory.communes["basin"]}


def _structure_ids(territory: Territory) -> dict[str, str]:
    return {str(each): str(each) for each in territory.structures["id"]}


def _hospital_ids(territory: Territory) -> dict[str, str]:
    return {str(each): str(each) for each in territory.hospitals["finess_et"]}


def _practitioner_ids(territory: Territory) -> dict[str, str]:
    return {str(each): str(each) for each in territory.practitioners["id"]}


_PLACES: Mapping[str, tuple[str, Callable[[Territory], dict[str, str]]]] = {
    "commune": ("unknown_commune", _commune_codes),
    "communes": ("unknown_commune", _commune_codes),
    "cpts": ("unknown_cpts", _cpts_ids),
    "communities": ("unknown_cpts", _cpts_ids),
    "basin": ("unknown_basin", _basins),
    "msp": ("unknown_structure", _structure_ids),
    "structure": ("unknown_structure", _structure_ids),
    "hospital": ("unknown_hospital", _hospital_ids),
    "practitioner": ("unknown_practitioner", _practitioner_ids),
}


def _gps_there(territory: Territory, cpts: object) -> int:
    """GPs of the counted communes, or those of one CPTS (by membership or by commune)."""
    gps = territory.practitioners[territory.practitioners["role"] == "gp"]
    communes = territory.communes
    if isinstance(cpts, str) and cpts in set(communes["cpts"]):
        there = gps["insee_code"].isin(communes.loc[communes["cpts"] == cpts, "insee_code"])
        return int((there | (gps["cpts"] == cpts)).sum())
    return int(gps["insee_code"].isin(communes.loc[communes["inside"], "insee_code"]).sum())


def timely(
    policies: Mapping[str, Policy], start: date, days: int, warm_up_days: int, where: Where
) -> list[Fault]:
    """A lever starts between the first day of the warm-up and the last day counted."""
    first, last = start - timedelta(days=warm_up_days), start + timedelta(days=days - 1)
    faults = []
    for key, policy in policies.items():
        if policy.start is not None and not first <= policy.start <= last:
            code = "starts_too_early" if policy.start < first else "starts_too_late"
            details = {"value": policy.start.isoformat(), "low": first.isoformat(), "high": last.isoformat()}
            faults.append(fault_at(code, ("policies", key, "start"), where, **details))
    return faults
