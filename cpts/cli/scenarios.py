"""`cpts scenarios` lists the questions that come with the project."""

import typer

from cpts.cli.shipped import THEMES, Shipped, shipped
from cpts.cli.speaker import Speaker


def scenarios(context: typer.Context) -> None:
    """Name each shipped scenario, its title and its question."""
    speaker: Speaker = context.obj
    speaker.tell(speaker.say("scenarios_title"), "bold")
    for theme in THEMES:
        speaker.line()
        speaker.tell(speaker.say(f"theme_{theme}"), "bold")
        for one in (each for each in shipped() if each.theme == theme):
            _listed(speaker, one)
    speaker.line()
    speaker.tell(speaker.say("scenarios_next"))


def _listed(speaker: Speaker, one: Shipped) -> None:
    """Name one, its title and its question."""
    title, question = _told(one.title, speaker.lang), _told(one.question, speaker.lang)
    speaker.tell(speaker.say("scenario_line", name=one.name, title=title))
    speaker.tell(question, "dim", indent=4)


def _told(words: dict[str, str], lang: str) -> str:
    return words.get(lang) or next(iter(words.values()), "")
