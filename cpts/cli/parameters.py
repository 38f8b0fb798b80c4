"""`cpts parameters` prints every figure in force (réglages): its range, how solid it is, where it comes from."""

from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpts.cli import documents, shipped
from cpts.cli.figures import measure
from cpts.cli.opening import opened
from cpts.cli.progress import Steps
from cpts.cli.speaker import Speaker
from cpts.cli.tables import titled

if TYPE_CHECKING:
    from simulation.parameters import Number
    from simulation.scenario import Scenario


def parameters(
    context: typer.Context,
    scenario: Annotated[
        str, typer.Option("--scenario", metavar="SCENARIO", help="scenario_of")
    ] = shipped.BASELINE,
    as_json: Annotated[bool, typer.Option("--json", help="json")] = False,
) -> None:
    """Print the figures of a scenario."""
    speaker: Speaker = context.obj
    shipped.located(scenario)
    with Steps(speaker) as steps:
        opened(steps)
        from simulation.parameters import registry

        [asked] = shipped.read([scenario], [[]])
    if as_json:
        speaker.document(_document(asked, registry()))
        return
    speaker.tell(speaker.say("parameters_title", title=titled(speaker, asked)), "bold")
    for group, numbers in groupby(registry().values(), key=lambda one: one.path.partition(".")[0]):
        speaker.line()
        speaker.tell(speaker.say(f"group_{group}"), "bold")
        for one in numbers:
            _told(speaker, one, value_of(asked, one.path))
    speaker.line()
    speaker.tell(speaker.say("parameters_next"))


def value_of(asked: "Scenario", path: str) -> float:
    """The figure in force."""
    value: Any = asked.parameters
    for name in path.split("."):
        value = getattr(value, name)
    return float(value)


def _told(speaker: Speaker, one: "Number", value: float) -> None:
    unit = measure(speaker, one.unit)
    fields = {
        "label": one.label[speaker.lang],
        "value": value,
        "unit": unit,
        "low": one.low,
        "high": one.high,
    }
    key = "parameter" if one.low < one.high else "parameter_fixed"
    moved = speaker.say("parameter_moved", value=one.default) if value != one.default else ""
    speaker.tell(speaker.say(key, moved=moved, grade=speaker.say(f"grade_{one.grade}"), **fields), indent=2)
    speaker.tell(speaker.say("parameter_source", path=one.path, source=one.source), "dim", indent=6)


def _document(asked: "Scenario", numbers: "dict[str, Number]") -> str:
    rows = [
        {
            "path": one.path, "value": value_of(asked, one.path), "default": one.default, "low": one.low,
            "high": one.high, "unit": one.unit, "grade": one.grade, "source": one.source, "label": one.label,
        }
        for one in numbers.values()
    ]  # fmt: skip
    return documents.plain_document(
        {"format": documents.FORMAT, "kind": "parameters", "title": dict(asked.title), "parameters": rows}
    )
