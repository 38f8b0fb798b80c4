"""`cpts life` tells the life of one person in two futures (une vie dans deux futurs), beside 20 people alike."""

import logging
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from cpts.cli import documents, shipped
from cpts.cli.opening import opened, prepared
from cpts.cli.progress import Steps
from cpts.cli.run import changes
from cpts.cli.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from experiments.lives import TwoLives
    from experiments.story import Line, Story
    from simulation.model import PrimaryCare
    from simulation.scenario import Scenario

log = logging.getLogger("cpts.life")


def life(
    context: typer.Context,
    baseline: Annotated[str, typer.Argument(metavar="BASELINE", help="life_baseline")] = shipped.BASELINE,
    alternative: Annotated[
        str, typer.Argument(metavar="ALTERNATIVE", help="life_alternative")
    ] = shipped.ACTION,
    person: Annotated[int | None, typer.Option("--person", metavar="N", help="person")] = None,
    days: Annotated[str | None, typer.Option("--days", metavar="N", help="days")] = None,
    seed: Annotated[str | None, typer.Option("--seed", metavar="N", help="seed")] = None,
    sets: Annotated[list[str] | None, typer.Option("--set", metavar="K=V", help="set_compare")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="json")] = False,
) -> None:
    """Tell one life twice."""
    speaker: Speaker = context.obj
    every = changes(sets, seed=seed, days=days)
    shared = [one for one in every if not one.lstrip().startswith("policies.")]
    for name in (baseline, alternative):
        shipped.located(name)
    with Steps(speaker) as steps:
        opened(steps)
        asked = shipped.read([baseline, alternative], [shared, every])
        lives = lived(asked, person, steps)
    from experiments.story import story_of

    story = story_of(lives, speaker.lang)
    if as_json:
        speaker.document(documents.of_life(lives, story, asked, speaker.lang))
    else:
        shown(speaker, asked, lives, story)


def lived(asked: "Sequence[Scenario]", person: int | None, steps: Steps) -> "TwoLives":
    """Live both futures, told phase by phase."""
    from experiments.lives import two_lives

    def watch(model: "PrimaryCare", phase: str) -> None:
        key, calendar = f"life_{phase}", model.calendar
        if steps.phase_key != key:
            steps.phase(key)
        steps.advance(model.day - calendar.begin, calendar.last - calendar.begin + 1)

    prepared(asked[0], steps)
    started = monotonic()
    steps.phase("peopling")
    lives = two_lives(asked[0], asked[1], person=person, watch=watch)
    log.info("two lives in %.1f s", monotonic() - started)
    return lives


def shown(speaker: Speaker, asked: "Sequence[Scenario]", lives: "TwoLives", story: "Story") -> None:
    """Print the story, then what it comes to and how ordinary it is."""
    from cpts.cli.tables import titled

    speaker.line()
    speaker.tell(speaker.say("life_title", row=lives.person.row), "bold")
    speaker.tell(
        speaker.say(
            "life_futures", baseline=titled(speaker, asked[0]), alternative=titled(speaker, asked[1]),
            seed=asked[0].seed, days=asked[0].days,
        ),
        "dim",
    )  # fmt: skip
    speaker.line()
    speaker.tell(story.who)
    speaker.tell(story.drawn)
    speaker.line()
    for line in story.lines:
        told(speaker, line)
    speaker.line()
    speaker.tell(speaker.say("life_in_all"), "bold")
    for line in story.ends:
        told(speaker, line)
    speaker.line()
    for text in (story.alike, story.rule, *story.cautions, speaker.say("life_again", row=lives.person.row)):
        speaker.tell(text, "" if text == story.alike else "dim")


def told(speaker: Speaker, line: "Line") -> None:
    """A paragraph of the story; where the futures part, each stands under its name."""
    if line.side == "same":
        speaker.tell(line.text)
        return
    style = "yellow" if line.side.startswith("today") else "cyan"
    speaker.tell(speaker.say(f"life_{line.side}", text=line.text), style, indent=4)
