"""`cpts scenarios` lists the questions that come with the project."""

import typer

from cpts.cli.shipped import shipped
from cpts.cli.speaker import Speaker


def scenarios(context: typer.Context) -> None:
    """Name each shipped scenario, its title and its question."""
    speaker: Speaker = context.obj
    speaker.tell(speaker.say("scenarios_title"), "bold")
    for one in shipped():
        speaker.line()
        title, question = _told(one.title, speaker.lang), _told(one.question, speaker.lang)
        speaker.tell(speaker.say("scenario_line", name=one.name, title=title))
        speaker.tell(question, "dim", indent=4)
    speaker.line()
    speaker.tell(speaker.say("scenarios_next"))


def _told(words: dict[str, str], lang: str) -> str:
    return words.get(lang) or next(iter(words.values()), "")
