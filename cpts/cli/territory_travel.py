"""`cpts territory travel` brings travel times into a territory (temps de trajet), or tells how wrong they are."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpts.cli import shipped
from cpts.cli.progress import Steps
from cpts.cli.speaker import Cell, Speaker
from texts import say

if TYPE_CHECKING:
    from scenarios.anywhere.travelled import Compared


def place_of(folder: str) -> Path:
    """A folder, or a shipped territory by its name."""
    path = Path(folder)
    known = shipped.folder() / "territories" / folder
    return known if not path.is_dir() and known.is_dir() else path


def travel(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="folder")],
    matrix: Annotated[Path | None, typer.Option("--matrix", metavar="FILE", help="matrix")] = None,
    edges: Annotated[Path | None, typer.Option("--edges", metavar="FILE", help="edges")] = None,
    nodes: Annotated[Path | None, typer.Option("--nodes", metavar="FILE", help="nodes")] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="UNIT", help="unit")] = "",
    check: Annotated[Path | None, typer.Option("--check", metavar="FILE", help="check")] = None,
) -> None:
    """Write travel.csv, compare with INSEE, or both."""
    from simulation.faults import Fault, Refused

    speaker: Speaker = context.obj
    if not (matrix or (edges and nodes) or check):
        raise Refused([Fault("territory.nothing_to_read", "travel")])
    # What comes with the project is looked at, never written in.
    place = Path(folder) if matrix or edges else place_of(folder)
    with Steps(speaker) as steps:
        steps.phase("opening")
        from scenarios.anywhere import travelled
        from scenarios.anywhere.matrices import matrix as matrix_of
        from scenarios.anywhere.roads import travel as along
        from scenarios.official import nearest_equipment
        from simulation.territory import read_territory

        territory = read_territory(place)
        times = None
        if matrix:
            times = travelled.fitted(matrix_of(matrix, unit), territory, matrix.name)
        elif edges and nodes:
            times = travelled.fitted(along(edges, nodes, territory), territory, edges.name)
        if times is not None:
            travelled.write(place, times)
            territory = territory.with_(travel=times)
        found = travelled.compared(territory, nearest_equipment.read(check)) if check else ()
    if times is not None:
        count = len(territory.communes)
        share = speaker.number(len(times) / max(count * (count - 1), 1) * 100)
        speaker.tell(
            say("territory.travel_written", speaker.lang, value=folder, pairs=len(times), share=share)
        )
    if found:
        told_of(speaker, found)


def told_of(speaker: Speaker, found: "tuple[Compared, ...]") -> None:
    """Print the minutes of the territory beside those of INSEE."""
    lang = speaker.lang
    names = ("type", "communes", "model", "insee", "gap", "far")
    heads = [say(f"territory.check_head_{name}", lang) for name in names]
    rows = [
        [Cell(say(f"territory.check_{one.kind}", lang)), Cell(speaker.number(one.communes)),
         *(Cell(f"{speaker.number(value, 1)} min") for value in (one.model, one.insee, one.median_gap)),
         Cell(f"{speaker.number(one.far * 100)}\N{NARROW NO-BREAK SPACE}%")]
        for one in found
    ]  # fmt: skip
    speaker.line()
    speaker.tell(say("territory.check_title", lang), "bold")
    speaker.table(heads, rows)
    speaker.line()
    first = found[0]
    bias = first.model - first.insee
    word = say(f"territory.check_{'longer' if bias > 0 else 'shorter'}", lang)
    kind = say(f"territory.check_{first.kind}", lang)
    speaker.tell(say("territory.check_bias", lang, bias=speaker.number(abs(bias), 1), word=word, kind=kind))
    worst = [
        f"{name} ({speaker.number(model)} / {speaker.number(insee)} min)"
        for name, model, insee in first.worst
    ]
    if worst:
        speaker.tell(say("territory.check_floor", lang, communes=worst))
