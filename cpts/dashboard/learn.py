"""Apprendre: a prediction that is stored before anything is lived, then the experiment, then why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import solara

from cpts.dashboard import errands, lesson_board
from cpts.dashboard.choice import Choice
from cpts.dashboard.follow import Results
from cpts.dashboard.known import known
from cpts.dashboard.question import Task
from cpts.dashboard.service import service
from cpts.dashboard.words import words
from experiments.lessons import CLASS_SIZE, Lesson, Told, lesson, lessons, prediction
from texts import say

Change = Callable[[Mapping[str, Any]], None]
MOST_VOTES = 60
"""Votes that one page may store: a class has seven lessons."""


class Pupil(NamedTuple):
    """Who answers what: a lesson, a class, a number; no name."""

    lesson: int
    code: str
    student: int

    @property
    def is_known(self) -> bool:
        """Whether this is a student of a class, whose vote is found again on another day."""
        return bool(self.code and self.student)


@solara.component_vue("learn.vue")
def LessonSheet(m: dict, event_change: Change, event_vote: Callable[[Any], None], event_open: Change) -> None:
    """A lesson, step by step."""


@solara.component
def Learn(page: str, choice: Choice, change: Change) -> None:
    """One lesson: nothing is asked of the workers before a vote is stored."""
    shared, lang = service(), choice.lang
    asked, me = lesson(choice.lesson), Pupil(choice.lesson, choice.code, choice.student)
    votes, remember = solara.use_state({})
    opened, open_ = solara.use_state(frozenset())
    trouble, complain = solara.use_state("")
    answer = solara.use_memo(lambda: votes.get(me) or before(me), [me, votes])
    tasks = tasks_of(asked, me) if answer else ()
    found, status = known(shared, f"{page}:learn", tasks, "learn_living", lang)

    def vote(told: Any) -> None:
        """Keep a prediction, once, before anything is shown."""
        if answer or told not in [one.id for one in asked.options] or len(votes) >= MOST_VOTES:
            return
        try:
            prediction.keep(prediction.Prediction(me.lesson, told, me.code, me.student or None))
        except OSError:
            complain(say("dashboard.learn_not_kept", lang, answer=told))
            return
        complain("")
        remember({**votes, me: told})

    m = {
        **head(choice, asked),
        "answer": answer or "",
        "votes": counted(me, lang) if answer else "",
        "status": trouble or status,
        **lesson_board.told(asked, told_of(asked, tasks, found), me.code, me.student, lang),
    }
    if me in opened and tasks and tasks[0].key in found:
        m["why"] = lesson_board.why(told_of(asked, tasks, found)[0], answer or "", lang)
    LessonSheet(
        m=m,
        event_change=change,
        event_vote=vote,
        event_open=lambda _: open_(opened | {me}) if answer else None,
    )


def before(me: Pupil) -> str | None:
    """What a student of a class voted on another page or another day."""
    return prediction.last(me.lesson, me.code, me.student) if me.is_known else None


def counted(me: Pupil, lang: str) -> str:
    """The votes of a class, one for each student."""
    found = prediction.tally(me.lesson, me.code) if me.code else {}
    each = [say("lesson.vote_count", lang, answer=one, count=count) for one, count in found.items()]
    return say("lesson.votes", lang, votes=each) if each else ""


def tasks_of(asked: Lesson, me: Pupil) -> tuple[Task, ...]:
    """The lesson of the class, which explains; then the student's own draw."""
    is_class = any(scene.engine == "class" for scene in asked.scenes)
    whole = errands.lesson(me.lesson, me.code if is_class else "")
    return (whole, errands.lesson(*me)) if me.student else (whole,)


def told_of(asked: Lesson, tasks: tuple[Task, ...], found: Results) -> list[Told]:
    """What has been lived so far: the class, then the student."""
    return [Told(asked, *found[task.key]) for task in tasks if task.key in found]


def head(choice: Choice, asked: Lesson) -> dict[str, Any]:
    """What is chosen, and the sheet to photocopy."""
    lang = choice.lang
    return {
        "words": words(lang),
        "lesson": {name: say(f"lesson.{name}", lang) for name in lesson_board.WORDS},
        "lessons": [{"number": one.number, "title": one.title[lang]} for one in lessons()],
        "number": asked.number,
        "title": say("lesson.title", lang, number=asked.number, title=asked.title[lang]),
        "about": lesson_board.length(asked, lang),
        "code": choice.code,
        "student": choice.student,
        "students": CLASS_SIZE,
        "question": asked.question[lang],
        "options": [{"id": one.id, "text": one.text[lang]} for one in asked.options],
        "sheet": f"take/sheet?{choice.address()}",
        "link": f"?{choice._replace(student=0).address()}",
        "why": None,
    }
