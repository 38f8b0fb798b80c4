"""What is taken away (emporter): plain links that anybody may keep, answered from what was computed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from cpts.cli.doors import own_version
from cpts.dashboard.board import whole
from cpts.dashboard.choice import Choice, read_address
from cpts.dashboard.levers import policies
from cpts.dashboard.places import OWN, OWN_FILE, YEARS_FROM_CONTRACT, file_of, titles
from cpts.dashboard.service import service
from cpts.dashboard.worst import ledgers, tasks_of
from experiments.effect import FEWEST_WORLDS
from texts import say

if TYPE_CHECKING:
    from experiments.compare import Comparison
    from experiments.report.document import Document

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
    "yaml": "application/yaml",
}


async def take(request: Request) -> Response:
    """Answer a link with its file; say so when it is not ready."""
    kind = request.path_params["kind"]
    shared = service()
    choice = read_address(request.url.query, shared.places.territories, shared.settings.scenario)
    if kind in ("sheet", "workbook", "corrected"):
        make = {"sheet": _sheet, "workbook": _workbook, "corrected": _corrected}[kind]
        return await run_in_threadpool(make, choice)
    if kind not in _TYPES:
        return PlainTextResponse("404", status_code=404)
    content = await run_in_threadpool(_made, kind, choice)
    if content is None:
        return PlainTextResponse(say("dashboard.take_wait", choice.lang), status_code=409)
    name = f"cpts-{file_of(choice.place)}-{'-'.join(choice.done) or 'rien'}"[:80]
    disposition = f'attachment; filename="{Path(name).name}.{kind}"'
    return Response(content, media_type=_TYPES[kind], headers={"content-disposition": disposition})


async def give(request: Request) -> Response:
    """Take a file that a page sends, by its ticket; it is read by a worker, not here."""
    inbox, ticket = service().inbox, request.path_params["ticket"]
    if not inbox.is_open(ticket):
        return PlainTextResponse("404", status_code=404)
    is_whole = await inbox.receive(ticket, request.stream())
    return Response(status_code=204 if is_whole else 413)


async def handed(request: Request) -> Response:
    """Hand back a file that was made for a page."""
    kept = service().inbox.handed(request.path_params["token"])
    if kept is None:
        return PlainTextResponse("404", status_code=404)
    headers = {"content-disposition": f'attachment; filename="{kept.name}"'}
    return Response(kept.content, media_type="application/octet-stream", headers=headers)


def _sheet(choice: Choice) -> Response:
    """The page to photocopy of a lesson, which gives no answer."""
    from experiments.lessons import lesson
    from experiments.lessons.sheet import sheet_of

    name = say("dashboard.learn_sheet_name", choice.lang, number=choice.lesson)
    headers = {"content-disposition": f'attachment; filename="{name}.html"'}
    return Response(sheet_of(lesson(choice.lesson), choice.lang), media_type="text/html", headers=headers)


def _workbook(choice: Choice) -> Response:
    """The workbook to be filled in by a coordinator."""
    content = service().boards.shared(("workbook", choice.lang), lambda: _template(choice.lang))
    headers = {"content-disposition": 'attachment; filename="territoire.xlsx"'}
    return Response(content, media_type=_TYPES["xlsx"], headers=headers)


def _corrected(choice: Choice) -> Response:
    """The folder of a territory that was corrected, for the command line or for another day."""
    origin = service().places.by_name[choice.place].origin
    if origin is None:
        return PlainTextResponse("404", status_code=404)
    headers = {"content-disposition": f'attachment; filename="{OWN_FILE}.zip"'}
    return Response(origin.folder, media_type="application/zip", headers=headers)


def _template(lang: str) -> bytes:
    from scenarios.workbook import write_template

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "territoire.xlsx"
        write_template(target, lang)
        return target.read_bytes()


def _made(kind: str, choice: Choice) -> bytes | None:
    if kind == "yaml":
        return scenario_file(choice).encode()
    question = service().question(choice)
    engine = service().engine
    results = engine.found(question.tasks)
    found = whole(question, results)
    if found.worlds < FEWEST_WORLDS:
        return None
    lived = ledgers(question, {**results, **engine.found(tasks_of(question))})
    if lived is not None:
        found = found.with_(ledgers=lived)
    makers: dict[str, Callable[[], bytes]] = {
        "svg": lambda: _picture(found, choice.lang),
        "png": lambda: _dots(found, choice.lang),
        "docx": lambda: _written(found, choice, "docx"),
        "xlsx": lambda: _written(found, choice, "xlsx"),
    }
    return makers[kind]()


def scenario_file(choice: Choice) -> str:
    """The scenario as a file that the command line reads."""
    territory = service().places.territories[choice.place]
    told: dict[str, object] = {"title": titles(choice), "extends": f"{file_of(choice.place)}.yaml"}
    if choice.from_contract:
        days = service().places.by_name[choice.place].scenario.days
        told |= {"days": days * YEARS_FROM_CONTRACT, "clock": "from_contract"}
    stated = policies(choice.done, territory)
    if stated:
        told["policies"] = stated
    head = say(
        "dashboard.yaml_head",
        choice.lang,
        baseline=f"{OWN_FILE}.yaml" if choice.place.startswith(OWN) else choice.place,
    )
    return f"# {head}\n{yaml.safe_dump(told, allow_unicode=True, sort_keys=False)}"


def _picture(found: Comparison, lang: str) -> bytes:
    from experiments.picture import picture

    return picture(found, lang).encode()


def _dots(found: Comparison, lang: str) -> bytes:
    from experiments.reading import leading_of
    from experiments.report.figures import futures

    return futures(found, leading_of(found), lang).png


def _document(found: Comparison, choice: Choice) -> Document:
    from cpts.cli.references import references
    from experiments.posterior import shipped_posterior
    from experiments.report.contents import Made, report
    from simulation.results import versions

    scenario = next(iter(service().question(choice).hashes.values()))
    told = {"versions": dict(versions(("cpts-simulator", "mesa", "numpy", "scipy", "numba", "pandas")))}
    known = (references(found), shipped_posterior())
    return report(found, Made(own_version(), scenario, date.today(), told, *known), choice.lang)


def _written(found: Comparison, choice: Choice, kind: str) -> bytes:
    from experiments.report import docx
    from experiments.report.files import workbook

    write = docx.write if kind == "docx" else workbook
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"fiche.{kind}"
        write(_document(found, choice), target)
        return target.read_bytes()
