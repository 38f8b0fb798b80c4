"""`cpts territory` makes a territory of France from public files (construire un territoire), and shows it."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpts.cli import workbook as workbooks
from cpts.cli.progress import Steps
from cpts.cli.rooms import Room, Rooms
from cpts.cli.speaker import Cell, Speaker
from cpts.cli.territory_travel import place_of, travel
from cpts.cli.workbook import TEMPLATE

if TYPE_CHECKING:
    from scenarios.anywhere.building import Built
    from scenarios.anywhere.diagnosis import Diagnosis
    from scenarios.anywhere.perimeter import Wanted

MAP, SOURCES = "carte.svg", "SOURCES.md"
PAGES = {"fr": "diagnostic.md", "en": "diagnosis.md"}

app = typer.Typer(cls=Rooms, add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})

Several = list[str] | None
Out = Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="output")]
Sources = Annotated[Path, typer.Option("--sources", metavar="DIR", help="sources")]


@app.command("build", cls=Room)
def build(
    context: typer.Context,
    output: Out,
    communes: Annotated[Several, typer.Option("--communes", metavar="LIST", help="communes")] = None,
    epci: Annotated[Several, typer.Option("--epci", metavar="EPCI", help="epci")] = None,
    departement: Annotated[Several, typer.Option("--departement", metavar="DD", help="departement")] = None,
    around: Annotated[str, typer.Option("--around", metavar="NAME", help="around")] = "",
    minutes: Annotated[float, typer.Option("--minutes", metavar="N", help="minutes")] = 30.0,
    cpts: Annotated[Path | None, typer.Option("--cpts", metavar="FILE.geojson", help="cpts")] = None,
    cpts_name: Annotated[str, typer.Option("--cpts-name", metavar="NAME", help="cpts_name")] = "",
    ring: Annotated[float, typer.Option("--ring", metavar="N", help="ring")] = 15.0,
    valleys: Annotated[Several, typer.Option("--valleys", metavar="LIST", help="valleys")] = None,
    workbook: Annotated[Path | None, typer.Option("--from", metavar="FILE.xlsx", help="from")] = None,
    sources: Sources = Path("sources"),
    replace: Annotated[bool, typer.Option("--replace", help="replace")] = False,
) -> None:
    """Write the folder of a territory, its map, its pages and a scenario."""
    from scenarios.anywhere.perimeter import Wanted

    speaker: Speaker = context.obj
    target = Path(str(output).rstrip("/\\"))
    wanted = Wanted(
        communes or (),
        epci or (),
        departement or (),
        around,
        minutes,
        cpts,
        cpts_name,
        valleys or (),
        ring,
        target.name,
    )
    if workbook is not None:
        from cpts.cli.territory_from import build_from

        def ground(listed: tuple[str, ...], place: Path) -> None:
            made(speaker, wanted._replace(communes=listed, name=target.name), sources, place, False)

        build_from(speaker, workbook, target, sources, ground)
        return
    with Steps(speaker) as steps:
        steps.phase("opening")
        built, found, others = made(speaker, wanted, sources, target, replace)
    told_of(speaker, built, found, target)
    if others:
        speaker.aside(said(speaker, "not_read", files=others[:8]))


def made(
    speaker: Speaker, wanted: "Wanted", sources: Path, target: Path, replace: bool
) -> "tuple[Built, Diagnosis, list[str]]":
    """Read, build and write; nothing bears the name asked for unless all went well."""
    from scenarios.anywhere import folder, pages
    from scenarios.anywhere.building import build as build_tables
    from scenarios.anywhere.diagnosis import diagnosis
    from scenarios.anywhere.drawing import draw
    from scenarios.anywhere.ground import ground
    from scenarios.anywhere.perimeter import perimeter
    from scenarios.official.catalogue import gathered

    folder.checked(target, replace)
    files, others = gathered(sources)
    communes, rules = ground(files)
    asked = perimeter(wanted, communes, files)
    built = build_tables(asked, communes, files, rules)
    name, lang = target.name, speaker.lang
    with folder.beside(target, replace) as part:
        territory = folder.write(built, part, name)
        found = diagnosis(built, territory, files)
        draw(territory, part / MAP, lang, name)
        words = in_words(speaker, wanted)
        text = pages.sources_page(built, name, words, lang, date.today())
        (part / SOURCES).write_text(text, encoding="utf-8")
        page = pages.diagnosis_page(found, built, name, MAP, lang)
        (part / PAGES[lang]).write_text(page, encoding="utf-8")
    folder.write_scenario(
        target.with_name(f"{name}.yaml"),
        name,
        both("scenario_title", name=name),
        both("scenario_question", name=name),
    )
    return built, found, others


def both(key: str, **fields: object) -> dict[str, str]:
    """A sentence in both languages."""
    from texts import LANGUAGES, say

    return {lang: say(f"territory.{key}", lang, **fields) for lang in LANGUAGES}


def said(speaker: Speaker, key: str, **fields: object) -> str:
    """A sentence about territories."""
    from texts import say

    return say(f"territory.{key}", speaker.lang, **fields)


def in_words(speaker: Speaker, wanted: "Wanted") -> str:
    """What was asked, as it was typed, without the path of any file."""
    told = []
    for name in ("communes", "epci", "departements"):
        some = [
            Path(one).name if len(one) < 200 and Path(one).is_file() else one for one in getattr(wanted, name)
        ]
        if some:
            told.append(f"--{name.rstrip('s') if name == 'departements' else name} {' ; '.join(some)}")
    if wanted.around:
        told.append(f"--around {wanted.around} --minutes {wanted.minutes:g}")
    if wanted.cpts:
        told.append(f"--cpts {wanted.cpts.name}")
    if wanted.valleys:
        told.append("--valleys")
    return f"`{' '.join([*told, f'--ring {wanted.ring:g}'])}`"


def told_of(speaker: Speaker, built: "Built", found: "Diagnosis", target: Path) -> None:
    """Say what was built: the table, the rules, where it is and what to do next."""
    from scenarios.anywhere import pages

    speaker.line()
    speaker.tell(said(speaker, "diagnosis_title", name=target.name), "bold")
    rows = [[Cell(one) for one in pages.cells(figure, speaker.lang)] for figure in found.figures]
    speaker.table(pages.heads(speaker.lang), rows)
    speaker.line()
    if found.is_small:
        speaker.tell(said(speaker, "too_small"))
    for sentence in pages.sentences(found, speaker.lang):
        speaker.tell(sentence)
    inside = built.communes[built.communes["inside"] == "indicator"]
    if len(inside) <= 60:
        told = [f"{name} ({code})" for name, code in zip(inside["name"], inside["insee_code"], strict=True)]
        speaker.tell(said(speaker, "understood", communes=told))
    speaker.line()
    speaker.tell(said(speaker, "rules_title"), "bold")
    for rule in built.rules:
        speaker.tell(f"– {pages.told_rule(rule, speaker.lang)}", indent=1)
    speaker.line()
    speaker.tell(
        said(speaker, "written", value=str(target), scenario=f"{target.name}.yaml", page=PAGES[speaker.lang])
    )


@app.command("template", cls=Room)
def template(
    context: typer.Context,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE.xlsx", help="output_template")
    ] = TEMPLATE,
) -> None:
    """Write the workbook to be filled in."""
    workbooks.template(context.obj, output)


@app.command("show", cls=Room)
def show(
    context: typer.Context,
    place: Annotated[str, typer.Argument(metavar="FOLDER", help="folder")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="output_map")] = "carte.svg",
) -> None:
    """Draw the map of a territory."""
    from cpts.cli import output as files

    speaker: Speaker = context.obj
    target = files.asked(output, (".svg", ".png"))
    with Steps(speaker) as steps:
        steps.phase("opening")
        from scenarios.anywhere.drawing import draw
        from simulation.territory import read_territory

        territory = read_territory(place_of(place))
        assert target is not None
        files.kept(lambda file: draw(territory, file, speaker.lang), target, speaker)


app.command("travel", cls=Room)(travel)


@app.command("sources", cls=Room)
def sources(context: typer.Context, folder: Sources = Path("sources")) -> None:
    """Say what to download, and under which name to keep it; what is there already is marked."""
    from scenarios.official.catalogue import catalogue, kind_of

    speaker: Speaker = context.obj
    there: dict[str, str] = {}
    if folder.is_dir():
        there = {kind_of(path.name): path.name for path in sorted(folder.iterdir()) if path.is_file()}
    speaker.tell(said(speaker, "sources_intro", value=str(folder)))
    for kind in catalogue():
        speaker.line()
        state = said(speaker, "is_there", file=there[kind.name]) if kind.name in there else ""
        head = said(speaker, "needed" if kind.needed else "optional", file=kind.keep_as)
        speaker.tell(f"{head} {state}".strip(), "bold" if kind.needed else "")
        speaker.tell(kind.told[speaker.lang], indent=2)
        speaker.line(f"  {kind.page}")
