"""`cpts lesson` takes one lesson (leçon): a prediction first, then the experiment, then why."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpts.cli import lesson_told, output
from cpts.cli.faults import FAILED, Misused
from cpts.cli.opening import opened, prepared
from cpts.cli.progress import Steps
from cpts.cli.speaker import Speaker
from texts import say

if TYPE_CHECKING:
    from experiments.lessons import Lesson, Told

PAGES = (".html",)
_CODE = re.compile(r"[\w-]{1,20}")


def lesson(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="N", help="lesson")],
    predict: Annotated[str | None, typer.Option("--predict", metavar="X", help="predict")] = None,
    no_vote: Annotated[bool, typer.Option("--no-vote", help="no_vote")] = False,
    sets: Annotated[list[str] | None, typer.Option("--set", metavar="X|K=V", help="set_lesson")] = None,
    code: Annotated[str, typer.Option("--class", metavar="CODE", help="class")] = "",
    student: Annotated[str | None, typer.Option("--student", metavar="N", help="student")] = None,
    sheet: Annotated[bool, typer.Option("--sheet", help="sheet")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="json")] = False,
    target: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="output_page")] = None,
) -> None:
    """Take a lesson."""
    speaker: Speaker = context.obj
    asked, code, me = known(number), coded(code), numbered(student)
    only, changes = settings(asked, sets or ())
    place = output.asked(target, PAGES)
    if sheet or place is not None:
        photocopied(speaker, asked, sheet, place)
        return
    answer = voted(asked, predict)
    if not as_json:
        lesson_told.question(speaker, asked)
    if answer is None and not (no_vote or as_json):
        answer = prompted(speaker, asked, code, me)
        if answer is None:
            return
    if answer is not None:
        remembered(speaker, asked, answer, code, me)
    told = lived(speaker, asked, code, me, changes, only)
    if as_json:
        speaker.document(lesson_told.document(told, speaker.lang, code, me))
        return
    lesson_told.experiment(speaker, told, code, me)
    if only or changes or me is not None:
        speaker.tell(say("lesson.one_draw" if me is not None else "lesson.changed", speaker.lang), "yellow")
    if not (only or changes or me is not None):
        lesson_told.explanation(speaker, told, answer)


def known(number: str) -> "Lesson":
    """A lesson that exists."""
    from experiments.lessons import lessons

    found = {str(one.number): one for one in lessons()}
    if number not in found:
        raise Misused("lesson", value=number, choices=list(found))
    return found[number]


def coded(code: str) -> str:
    """A class code of letters, figures and hyphens: nothing that could be a name, a sum or a path."""
    if code and not _CODE.fullmatch(code):
        raise Misused("class_code", value=code)
    return code


def numbered(student: str | None) -> int | None:
    """The number of a student."""
    from experiments.lessons import CLASS_SIZE

    if student is None:
        return None
    if not student.isdecimal() or not 1 <= int(student) <= CLASS_SIZE:
        raise Misused("student", value=student, high=CLASS_SIZE)
    return int(student)


def voted(asked: "Lesson", predict: str | None) -> str | None:
    """The answer voted for, among those that can be."""
    if predict is None:
        return None
    choices = [one.id for one in asked.options]
    if predict.lower() not in choices:
        raise Misused("answer", value=predict, choices=choices)
    return predict.lower()


def settings(asked: "Lesson", sets: Sequence[str]) -> tuple[list[str], list[str]]:
    """What `--set` names: settings of the lesson, and changes of its scenarios (`name=value`)."""
    changes = [one for one in sets if "=" in one]
    only = [one for one in sets if "=" not in one]
    for one in only:
        if one not in asked.setting_names:
            raise Misused("setting", value=one, choices=asked.setting_names)
    return only, changes


def photocopied(speaker: Speaker, asked: "Lesson", sheet: bool, place: Path | None) -> None:
    """Write the sheet of a lesson."""
    from experiments.lessons.sheet import sheet_of

    if place is None or not sheet:
        raise Misused("sheet", value=asked.number)
    text = sheet_of(asked, speaker.lang)
    written = output.kept(lambda file: _write(file, text), place, speaker)
    if written != place:
        raise typer.Exit(FAILED)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def prompted(speaker: Speaker, asked: "Lesson", code: str, me: int | None) -> str | None:
    """Ask for a vote where somebody can answer; elsewhere say how to vote, and keep the answer closed."""
    from experiments.lessons import prediction

    choices = [one.id for one in asked.options]
    if not sys.stdin.isatty():
        before = prediction.last(asked.number, code, me)
        if before is not None:
            return before
        first, *others = choices
        speaker.tell(
            say("lesson.no_vote", speaker.lang, number=asked.number, first=first, others=others), "yellow"
        )
        return None
    question = say("lesson.ask", speaker.lang, choices=choices)
    while True:
        given = str(typer.prompt(question, prompt_suffix=" > ")).strip().lower()
        if given in choices:
            return given


def remembered(speaker: Speaker, asked: "Lesson", answer: str, code: str, me: int | None) -> None:
    """Keep a vote before anything is shown."""
    from experiments.lessons import prediction

    if prediction.last(asked.number, code, me) == answer:
        speaker.aside(say("lesson.kept_before", speaker.lang, answer=answer))
        return
    try:
        place = prediction.keep(prediction.Prediction(asked.number, answer, code, me))
    except OSError:
        raise Misused("vote_not_kept", value=answer) from None
    speaker.aside(say("lesson.kept", speaker.lang, answer=answer, place=str(place)))


def lived(
    speaker: Speaker, asked: "Lesson", code: str, me: int | None, changes: list[str], only: list[str]
) -> "Told":
    """Live the lesson, with a bar."""
    with Steps(speaker) as steps:
        opened(steps)
        from experiments.lessons import told
        from experiments.lessons.lived import scenario_of

        for scene in asked.scenes:
            if scene.engine != "room":
                prepared(scenario_of(scene, scene.settings[0], changes), steps)
                break
        steps.phase("lesson")
        return told(asked, code=code, student=me, changes=changes, only=only, watch=steps.advance)
