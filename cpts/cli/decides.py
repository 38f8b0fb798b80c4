"""`cpts decides` says which unknown figure decides an answer, and when the action is of use (ce qui décide)."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpts.cli import compare, output, shipped, workers
from cpts.cli.faults import Misused
from cpts.cli.opening import opened, prepared
from cpts.cli.progress import Steps
from cpts.cli.speaker import Cell, Speaker
from cpts.cli.target import known

if TYPE_CHECKING:
    from experiments.decides import Decided
    from simulation.indicators import Indicator

METHODS = ("morris", "sobol")
SIZES = {"morris": 8, "sobol": 32}


def decides(
    context: typer.Context,
    baseline: Annotated[str, typer.Argument(metavar="BASELINE", help="baseline")] = shipped.BASELINE,
    alternative: Annotated[str, typer.Argument(metavar="ALTERNATIVE", help="alternative")] = shipped.ACTION,
    indicator: Annotated[str | None, typer.Option("--indicator", metavar="NAME", help="indicator")] = None,
    method: Annotated[str, typer.Option("--method", metavar="morris|sobol", help="method")] = METHODS[0],
    size: Annotated[int | None, typer.Option("--size", metavar="N", help="size")] = None,
    sets: Annotated[list[str] | None, typer.Option("--set", metavar="K=V", help="set_compare")] = None,
    processes: Annotated[int | None, typer.Option("--workers", metavar="N", help="workers")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="json")] = False,
    target: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FIGURE.svg", help="output_weights")
    ] = None,
) -> None:
    """Say what decides."""
    speaker: Speaker = context.obj
    if method not in METHODS:
        raise Misused("method", value=method, choices=METHODS)
    place = output.asked(target, (compare.PICTURE,))
    if size is not None and size < 2:
        raise Misused("too_few", value="--size")
    for name in (baseline, alternative):
        shipped.located(name)
    told = tuple(sets or ())
    with Steps(speaker) as steps:
        opened(steps)
        from experiments.action import action_of
        from experiments.decides import decide
        from experiments.executors import spawned
        from simulation.indicators import INDICATORS

        looked_at = known(indicator)
        today, then = shipped.read([baseline, alternative], [compare.shared(told), told])
        action = action_of(today, then)
        asked = INDICATORS[looked_at or action.leads_on]
        figures = {
            one.path: one for one in action.rests_on if one.low < one.high and one.path in action.paths
        }
        prepared(today, steps)
        steps.phase("study")
        count = workers.cores(processes, 10_000)
        found = decide(
            today, then, figures, asked.name, method="sobol" if method == "sobol" else "morris",
            size=size or SIZES[method], threshold=asked.useful_difference or 0.0,
            better=-1.0 if asked.better == "lower" else 1.0,
            executor=None if count == 1 else spawned(count, workers.begin),
            watch=lambda done, total: steps.count(done, total, 0),
        )  # fmt: skip
    given(speaker, found, asked, method, place, as_json)


def given(
    speaker: Speaker, found: "Decided", asked: "Indicator", method: str, place: Path | None, as_json: bool
) -> None:
    """Give the answer in the forms that were asked for."""
    if place is not None:
        drawn(speaker, found, asked.label[speaker.lang], method, place)
    if as_json:
        document(speaker, found, asked.name, method)
    else:
        told_of(speaker, found, asked.label[speaker.lang], method)


def told_of(speaker: Speaker, found: "Decided", label: str, method: str) -> None:
    """Print the figures by weight, then the conditions."""
    from experiments.decides import told_condition, told_weight
    from texts import say

    speaker.line()
    speaker.tell(say("decides.about", speaker.lang, label=label, points=len(found.points)))
    speaker.tell(told_weight(found.weights[0], found.weights, speaker.lang), "bold")
    speaker.line()
    rows = [
        [Cell(one.figure.label[speaker.lang]), Cell(speaker.number(one.size, 2)),
         Cell(f"± {speaker.number(one.error, 2)}"),
         Cell(say(f"report.grade_{one.figure.grade}", speaker.lang), is_words=True)]
        for one in found.weights
    ]  # fmt: skip
    heads = ("figure", f"weight_{method}", "error", "grade")
    speaker.table([say(f"decides.head_{name}", speaker.lang) for name in heads], rows)
    speaker.line()
    for one in found.conditions:
        speaker.tell(told_condition(one, speaker.lang))
    if not found.conditions:
        speaker.tell(say("decides.everywhere_alike", speaker.lang))


def drawn(speaker: Speaker, found: "Decided", label: str, method: str, target: Path) -> None:
    """Draw the weights."""
    from experiments.report.weights import weights_figure

    svg = weights_figure(found.weights, label, method, speaker.lang).svg

    def write(path: Path) -> None:
        path.write_text(svg, encoding="utf-8")

    output.kept(write, target, speaker)


def document(speaker: Speaker, found: "Decided", indicator: str, method: str) -> None:
    """Write the same for a program."""
    weights = [{"path": one.figure.path, "size": one.size, "error": one.error} for one in found.weights]
    conditions = [
        {"share": one.share, "points": one.points,
         "bounds": [{"path": figure.path, "low": low, "high": high} for figure, low, high in one.bounds]}
        for one in found.conditions
    ]  # fmt: skip
    told = {"format": 1, "kind": "decides", "indicator": indicator, "method": method, "points": len(found.points),
            "weights": weights, "conditions": conditions}  # fmt: skip
    speaker.document(json.dumps(told, indent=1))
