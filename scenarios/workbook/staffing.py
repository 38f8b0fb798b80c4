"""The practitioners that a coordinator lists replace those that a rule had placed, role by role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from scenarios.workbook.faults import Note
from scenarios.workbook.places import GENERIC, spelled
from scenarios.workbook.workbook import Carer

ROLES = (
    "gp",
    "practice_nurse",
    "advanced_nurse",
    "nurse",
    "pharmacist",
    "physiotherapist",
    "midwife",
    "dentist",
)


class Staff(NamedTuple):
    """Practitioners and structures as they are written, and what became of those that were there."""

    practitioners: pd.DataFrame
    structures: pd.DataFrame
    notes: tuple[Note, ...]


def staffed(
    before: pd.DataFrame, structures: pd.DataFrame, communes: pd.DataFrame, carers: Sequence[Carer]
) -> Staff:
    """Practitioners of the workbook, with those of the territory where it says nothing.

    A role that is listed replaces all of that role in the communes counted, and in each commune around where it
    is listed; the other roles stay.
    """
    inside = set(communes.loc[communes["inside"] == "indicator", "insee_code"])
    told = Counter(one.role for one in carers)
    listed_around = {(one.role, one.code) for one in carers if one.code not in inside}
    gone = [
        (role in told and code in inside) or (role, code) in listed_around
        for role, code in zip(before["role"], before["insee_code"], strict=True)
    ]
    stays = before[[not one for one in gone]]
    stays = stays.assign(cpts=stays["cpts"].where(stays["cpts"].isin(set(communes["cpts"])), ""))
    houses = _houses(carers, structures, communes)
    new = [one for one in houses.values() if one["id"] not in set(structures["id"])]
    cpts = _cpts(communes)
    rows = [*_numbered(carers, houses, cpts)]
    practitioners = pd.concat(
        [pd.DataFrame(rows, columns=before.columns, dtype=str), stays], ignore_index=True
    )
    added = pd.DataFrame(new, columns=structures.columns, dtype=str).drop_duplicates("id")
    kept = Counter(stays.loc[stays["insee_code"].isin(inside), "role"])
    replaced = tuple((role, told[role]) for role in ROLES if told[role])
    left = tuple((role, kept[role]) for role in ROLES if kept[role] and not told[role])
    notes = [Note("roles_replaced", {"roles": replaced})] if replaced else []
    notes += [Note("roles_kept", {"roles": left})] if left and replaced else []
    return Staff(practitioners, pd.concat([structures, added], ignore_index=True), tuple(notes))


def _cpts(communes: pd.DataFrame) -> str:
    """The CPTS of the territory: the one that most of its communes name."""
    named = communes.loc[(communes["inside"] == "indicator") & (communes["cpts"] != ""), "cpts"]
    return str(named.mode().iloc[0]) if len(named) else ""


def _numbered(
    carers: Iterable[Carer], houses: dict[tuple[str, str], dict[str, str]], cpts: str
) -> Iterable[dict[str, str]]:
    """A practitioner is a role, a commune and a number."""
    count: Counter[tuple[str, str]] = Counter()
    for one in carers:
        count[one.role, one.code] += 1
        house = houses.get((one.code, one.house))
        yield {
            "id": f"{one.role}-{one.code}-{count[one.role, one.code]:02d}",
            "role": one.role,
            "insee_code": one.code,
            "lat": "",
            "lon": "",
            "age": _number(one.age),
            "half_days_per_week": _number(one.half_days),
            "slots_per_year": _number(one.slots),
            "msp": house["id"] if house else "",
            "cpts": cpts if one.member else "",
            "accepts_new": one.accepts,
            "leaving": one.leaving,
        }


def _houses(
    carers: Iterable[Carer], structures: pd.DataFrame, communes: pd.DataFrame
) -> dict[tuple[str, str], dict[str, str]]:
    """The structure of each commune and name given: one of the territory, else a new one bearing its commune's name."""
    names = dict(zip(communes["insee_code"], communes["name"], strict=True))
    known = structures.to_dict("records")
    by_name = {_bare(str(one["name"])): {str(key): str(told) for key, told in one.items()} for one in known}
    found: dict[tuple[str, str], dict[str, str]] = {}
    made: dict[str, dict[str, str]] = {}
    taken = set(structures["id"])
    for one in carers:
        if not one.house or (one.code, one.house) in found:
            continue
        bare = _bare(one.house)
        here = [each for each in by_name.values() if each["insee_code"] == one.code]
        is_of_commune = one.house == "yes" or not bare or bare == _bare(names[one.code])
        if bare in by_name:
            found[one.code, one.house] = by_name[bare]
        elif is_of_commune and here:
            found[one.code, one.house] = here[0]
        else:
            key = one.code if is_of_commune else bare
            if key not in made:
                made[key] = _new_house(one, names[one.code], taken)
            found[one.code, one.house] = made[key]
    return found


def _new_house(one: Carer, name: str, taken: set[str]) -> dict[str, str]:
    kind = "health_centre" if one.is_centre else "msp"
    rank, base = 1, f"{kind.replace('_', '-')}-{one.code}"
    while (identifier := base if rank == 1 else f"{base}-{rank}") in taken:
        rank += 1
    taken.add(identifier)
    words = "Centre de santé" if one.is_centre else "MSP"
    label = f"{words} de {name}" if rank == 1 else f"{words} {rank} de {name}"
    return {"id": identifier, "kind": kind, "name": label, "insee_code": one.code, "lat": "", "lon": ""}


def _bare(text: str) -> str:
    return " ".join(part for part in spelled(text).split() if part not in GENERIC)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
