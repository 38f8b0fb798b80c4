"""`cpts lessons` lists the lessons (leçons), or writes them all in one page that needs nothing else."""

from itertools import count
from pathlib import Path
from typing import Annotated

import typer

from cpts.cli import output
from cpts.cli.faults import FAILED
from cpts.cli.lesson import PAGES, coded
from cpts.cli.opening import opened, prepared
from cpts.cli.progress import Steps
from cpts.cli.speaker import Speaker
from texts import say


def lessons(
    context: typer.Context,
    code: Annotated[str, typer.Option("--class", metavar="CODE", help="class")] = "",
    target: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="output_page")] = None,
) -> None:
    """List the lessons, or write them."""
    speaker: Speaker = context.obj
    code = coded(code)
    place = output.asked(target, PAGES)
    if place is not None:
        written(speaker, place, code)
        return
    from experiments.lessons import lessons as every

    speaker.tell(say("lesson.listed", speaker.lang), "bold")
    for one in every():
        speaker.line()
        speaker.tell(say("lesson.line", speaker.lang, number=one.number, title=one.title[speaker.lang]))
        kind = f" ({say('lesson.homework', speaker.lang)})" if one.homework else ""
        minutes = say("lesson.minutes", speaker.lang, minutes=one.minutes)
        speaker.tell(f"{minutes}{kind} \N{MIDDLE DOT} {one.aim[speaker.lang]}", "dim", indent=3)
    speaker.line()
    speaker.tell(say("lesson.listed_next", speaker.lang), "dim")


def written(speaker: Speaker, place: Path, code: str) -> None:
    """Live every lesson and write the page."""
    with Steps(speaker) as steps:
        opened(steps)
        from experiments.lessons import CLASS_SIZE, told
        from experiments.lessons import lessons as every
        from experiments.lessons.lived import scenario_of
        from experiments.lessons.own import own, scenes_of
        from experiments.lessons.page import page

        scene = every()[1].scenes[0]
        prepared(scenario_of(scene, scene.settings[0]), steps)
        steps.phase("lessons")
        found = []
        for one in every():
            found.append(told(one, code=code))
            steps.advance(len(found), len(every()))
        steps.phase("students")
        done, total = count(1), CLASS_SIZE * sum(bool(scenes_of(one)) for one in every())
        draws = own(found, code, watch=lambda: steps.advance(next(done), total))
        text = page(found, draws, code=code, opens_in=speaker.lang)

    def write(file: Path) -> None:
        file.write_text(text, encoding="utf-8", newline="\n")

    if output.kept(write, place, speaker) != place:
        raise typer.Exit(FAILED)
