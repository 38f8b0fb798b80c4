"""In which language the reader is answered (langue): the one asked, else that of the machine, else French."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from texts import LANGUAGES

_ASKED_BY = ("LC_ALL", "LC_MESSAGES", "LANG")
_NO_LANGUAGE = ("", "c", "posix")


class Typed(NamedTuple):
    """What was typed, parted from what may stand anywhere in it."""

    rest: list[str]
    lang: str
    verbose: bool
    unknown: str | None = None
    """The language asked for, when it is none of ours."""


def of_locale(environment: Mapping[str, str]) -> str:
    """French, unless the machine clearly speaks another language: then English."""
    told = next((environment[name] for name in _ASKED_BY if environment.get(name)), "")
    code = told.partition(".")[0].partition("_")[0].lower()
    return "fr" if code in _NO_LANGUAGE or code.startswith("fr") else "en"


def typed(arguments: Sequence[str], environment: Mapping[str, str]) -> Typed:
    """Take `--lang` and `-v` out of the line, wherever they stand: before or after the verb."""
    rest: list[str] = []
    asked, verbose, left = "", False, list(arguments)
    while left:
        word = left.pop(0)
        if word == "--":
            rest += [word, *left]
            break
        if word in ("-v", "--verbose"):
            verbose = True
        elif word == "--lang":
            asked = left.pop(0) if left else "?"
        elif word.startswith("--lang="):
            asked = word.partition("=")[2] or "?"
        else:
            rest.append(word)
    code = asked.lower()
    if asked and code not in LANGUAGES:
        return Typed(rest, of_locale(environment), verbose, asked)
    return Typed(rest, code or of_locale(environment), verbose)
