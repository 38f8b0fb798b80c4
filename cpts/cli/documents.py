"""One document for another program (`--json`); its keys are told in docs/command-line.md and are a promise."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calibration.against_france import Gap, against_france
from cpts.cli import ledger, sizing

if TYPE_CHECKING:
    from experiments.compare import Comparison
    from experiments.economics import Economics
    from experiments.lives import TwoLives
    from experiments.same_budget import SameCost
    from experiments.story import Story
    from simulation.results import Results
    from simulation.scenario import Scenario

FORMAT = 1


def of_run(asked: "Scenario", results: "Results", written: Path | None, lang: str) -> str:
    """One future: its figures over the whole period, group by group, and France beside."""
    from simulation.indicators import INDICATORS

    table = results.table
    whole = table[(table["month"] == "all") & (table["commune"] == "all")]
    figures = [
        {
            "indicator": str(row.indicator), "label": INDICATORS[str(row.indicator)].label[lang],
            "group": str(row.group), "value": row.value, "n": row.n, "unit": str(row.unit),
        }
        for row in whole.itertuples()
    ]  # fmt: skip
    return _written(
        {
            "format": FORMAT, "kind": "run", "lang": lang, "title": dict(asked.title),
            "provenance": dict(results.provenance), "results": figures,
            "france": [_gap(gap) for gap in against_france(results)], "written": _place(written),
        }
    )  # fmt: skip


def of_comparison(
    comparison: "Comparison",
    asked: "Sequence[Scenario]",
    found: Sequence[Gap],
    complete: bool,
    written: Path | None,
    lang: str,
    same: "SameCost | None" = None,
) -> str:
    """A comparison: each alternative read aloud, with the effects behind the sentences."""
    return _written(
        {
            "format": FORMAT, "kind": "compare", "lang": lang, "complete": complete,
            "worlds": comparison.worlds, "luck": comparison.luck,
            "provenance": origin(comparison, asked, draws=False, same=same),
            "readings": [_reading(comparison, name, lang) for name in comparison.actions],
            "france": [_gap(gap) for gap in found], "written": _place(written),
        }
    )  # fmt: skip


def of_life(lives: "TwoLives", story: "Story", asked: "Sequence[Scenario]", lang: str) -> str:
    """One life in two futures: who, the story, what it comes to, and how others alike fare."""
    one = lives.person
    person = {name: getattr(one, name) for name in (
        "row", "age", "woman", "ald", "deprived", "car", "home_bound", "basin")}  # fmt: skip
    return _written(
        {
            "format": FORMAT, "kind": "life", "lang": lang, "complete": not lives.is_cut,
            "provenance": {"baseline": _scenario(asked[0]), "alternative": _scenario(asked[1])},
            "person": {**person, "who": story.who, "chosen": lives.chosen},
            "story": [line._asdict() for line in story.lines],
            "today": {**lives.today._asdict(), "text": story.ends[0].text},
            "then": {**lives.then._asdict(), "text": story.ends[1].text},
            "alike": {**lives.alike._asdict(), "text": story.alike, "rule": story.rule},
            "drawn": {"people": lives.drawn, "differing": lives.differing, "text": story.drawn},
            "cautions": story.cautions,
        }
    )  # fmt: skip


def origin(
    comparison: "Comparison",
    asked: "Sequence[Scenario]",
    draws: bool = True,
    same: "SameCost | None" = None,
) -> dict[str, Any]:
    """What a comparison was made of; two files with the same origin hold the same pairs."""
    told: dict[str, Any] = {
        "format": FORMAT, "kind": "pairs", "baseline": _scenario(asked[0]),
        "alternatives": {
            name: _scenario(one) for name, one in zip(comparison.actions, asked[1:], strict=True)
        },
        "worlds": comparison.worlds, "luck": comparison.luck, "calibrated": comparison.calibrated,
    }  # fmt: skip
    told["same_cost"] = sizing.document(same)
    if draws:
        told["assumptions"] = {name: ledger.document(one) for name, one in comparison.ledgers.items()}
        told["draws"] = {str(number): dict(drawn) for number, drawn in comparison.draws.items()}
    return told


def _scenario(one: "Scenario") -> dict[str, Any]:
    return {
        "title": {str(lang): title for lang, title in one.title.items()}, "content_hash": one.content_hash,
        "territory": one.territory.name, "seed": one.seed, "start": one.start.isoformat(), "days": one.days,
        "warm_up_days": one.warm_up_days,
    }  # fmt: skip


def _reading(comparison: "Comparison", name: str, lang: str) -> dict[str, Any]:
    from experiments.reading import read

    told = read(comparison, lang, alternative=name)._asdict()
    tiles = [{**tile._asdict(), "effect": asdict(tile.effect)} for tile in told.pop("tiles")]
    counted = told.pop("economics")
    told |= {
        "ledger": ledger.document(told.pop("ledger")),
        "groups": [{**one._asdict(), "effect": asdict(one.effect)} for one in told.pop("groups")],
        "economics": None if counted is None else _economics(counted),
        "years": [asdict(one) for one in comparison.of(name).years(told["leading"])],
    }
    return {"alternative": name, **told, "tiles": tiles}


def _economics(counted: "Economics") -> dict[str, Any]:
    told = counted._asdict()
    told["benefits"] = [one._asdict() for one in counted.benefits]
    return {**told, "cost": None if counted.cost is None else counted.cost._asdict()}


def _gap(gap: Gap) -> dict[str, Any]:
    target = gap.target._asdict()
    return {**target, "model": gap.model, "difference": gap.difference, "missed": gap.is_missed}


def _place(written: Path | None) -> str | None:
    return None if written is None else str(written)


def _written(document: Mapping[str, Any]) -> str:
    return json.dumps(_plain(document), ensure_ascii=False, indent=1, allow_nan=False)


def plain_document(document: Mapping[str, Any]) -> str:
    """Any other document, written the same way."""
    return _written(document)


def _plain(value: Any) -> Any:
    """What JSON knows: a figure that could not be counted is null."""
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
