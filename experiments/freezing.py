"""A protocol is frozen (protocole figé) before the study is run; whatever changes afterwards is a dated deviation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from experiments.protocol_parts import POINTS
from experiments.study import Study
from simulation.faults import Fault, Refused

FROZEN, DEVIATIONS = "frozen.json", "deviations.json"


class Deviation(NamedTuple):
    """Something that is no longer as it was decided."""

    day: str
    field: str
    before: str
    after: str


def decided(study: Study) -> dict[str, Any]:
    """All that a study decides: its protocol, what each scenario is, whatever the version of the code, and the points
    of its own that it draws from.
    """
    asked = {}
    for place in study.places:
        for name, scenario in place.scenarios.items():
            told = scenario.model_dump(mode="json", exclude={"territory", "title", "question"})
            told["territory"] = dict(scenario.simulated_territory.sources)
            mark = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
            asked[f"{place.territory}/{name}" if place.territory else name] = mark
    told = {"protocol": study.protocol.decided, "scenarios": asked}
    figures = study.protocol.uncertainty.figures
    if figures.endswith(POINTS):
        told["points"] = {figures: hashlib.sha256((study.folder / figures).read_bytes()).hexdigest()}
    return told


def freeze(study: Study, today: date) -> str:
    """Write down what is decided, with its date and fingerprint; once."""
    path = study.folder / FROZEN
    if path.exists():
        raise Refused([Fault("frozen_already", path.name, details={"value": frozen(study)["date"]})])
    told = {"hash": study.protocol.digest, "date": today.isoformat(), **decided(study)}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return study.protocol.digest


def frozen(study: Study) -> dict[str, Any]:
    """What was frozen; a study that was not is refused."""
    path = study.folder / FROZEN
    if not path.exists():
        raise Refused([Fault("not_frozen", study.folder.name)])
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def deviations(study: Study) -> list[Deviation]:
    """The deviations written so far, in the order of their dates."""
    path = study.folder / DEVIATIONS
    if not path.exists():
        return []
    return [Deviation(**one) for one in json.loads(path.read_text(encoding="utf-8"))]


def unwritten(study: Study, day: str = "") -> list[Deviation]:
    """What has changed since the freeze, or since the last deviation, and stands nowhere yet."""
    once = frozen(study)
    before = _flat({name: once[name] for name in ("protocol", "scenarios", "points") if name in once})
    for one in deviations(study):
        before[one.field] = one.after
    after = _flat(decided(study))
    return [
        Deviation(day, field, before.get(field, ""), after.get(field, ""))
        for field in sorted({*before, *after})
        if before.get(field, "") != after.get(field, "")
    ]


def deviate(study: Study, today: date) -> list[Deviation]:
    """Write down what has changed since the freeze, or since the last deviation; give those that are new."""
    new = unwritten(study, today.isoformat())
    if new:
        told = json.dumps([one._asdict() for one in [*deviations(study), *new]], ensure_ascii=False, indent=1)
        (study.folder / DEVIATIONS).write_text(told + "\n", encoding="utf-8")
    return new


def _flat(tree: Mapping[str, Any]) -> dict[str, str]:
    """Every leaf by its dotted name, as text."""

    def leaves(value: Any, name: str) -> Iterator[tuple[str, str]]:
        if isinstance(value, Mapping):
            for key, inner in value.items():
                yield from leaves(inner, f"{name}.{key}" if name else str(key))
        else:
            yield name, json.dumps(value, ensure_ascii=False, sort_keys=True)

    return dict(leaves(tree, ""))
