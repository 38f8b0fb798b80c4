"""What the reference says besides the code (mots), in French and in English, and how its tables are laid out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import yaml

from texts import say

LANGUAGES = ("fr", "en")
THIN = "\N{NARROW NO-BREAK SPACE}"
BREAK = "<br>"
NOTHING = "\N{EM DASH}"
HEAD = "<!-- Written by python -m scenarios.reference: change the code or its words, never this page. -->"

Both = Mapping[str, str]


@cache
def words() -> Mapping[str, Any]:
    """The words of the reference, by section."""
    text = (resources.files(__package__) / "words.yaml").read_text(encoding="utf-8")
    told: Mapping[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return told


def both(section: str, name: str, otherwise: str = "") -> dict[str, str]:
    """A phrase in both languages; what nobody has worded yet keeps the words of the code."""
    found = words()[section].get(name, {})
    return {lang: found.get(lang, otherwise or name) for lang in LANGUAGES}


def shown(key: str, otherwise: str) -> dict[str, str]:
    """A phrase that the command line shows too, in both languages."""
    told = {}
    for lang in LANGUAGES:
        try:
            told[lang] = say(key, lang)
        except KeyError:
            told[lang] = otherwise
    return told


def unit(name: str) -> dict[str, str]:
    """A unit of measure in both languages."""
    if name in words()["units"] or not name:
        return both("units", name)
    slug = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    told = shown(f"cli.measure_{slug}", name)
    return {lang: text.removeprefix("(").removesuffix(")") for lang, text in told.items()}


def french(text: str) -> str:
    """French as it is printed: thin spaces before double punctuation and in thousands, a curved apostrophe."""
    text = re.sub(r"(?<=[0-9]) (?=[0-9]{3}\b)", THIN, text)
    text = re.sub(r"[ \N{NO-BREAK SPACE}]+([;:?!»%])", THIN + r"\1", text)
    return re.sub(r"«[ \N{NO-BREAK SPACE}]+", "«" + THIN, text).replace(
        "'", "\N{RIGHT SINGLE QUOTATION MARK}"
    )


def cell(told: Both) -> str:
    """French above English; once when both say the same."""
    above, below = french(told["fr"]), told["en"]
    return above if above == below else f"{above}{BREAK}*{below}*" if above and below else above or below


def one_line(told: Both) -> str:
    """French, then English, on one line; once when both say the same."""
    return " · ".join(dict.fromkeys((french(told["fr"].strip()), told["en"].strip())))


def plain(value: float) -> str:
    """A figure as it is written in a file: decimal point, no thousands."""
    return f"{value:g}" if abs(value) < 1e6 and value != int(value) else str(int(value))


def code(text: str) -> str:
    """Something to be typed as it stands."""
    return f"`{text}`"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table of a page."""
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(text.replace("|", "\\|") or NOTHING for text in line) + " |" for line in lines]


def headings(name: str) -> list[str]:
    """The header of a table, French and English in each cell."""
    return [cell(told) for told in words()["columns"][name]]


def opening(name: str, **fields: str) -> list[str]:
    """The title of a page and what it says first, in French then in English."""
    told = words()["pages"][name]
    lines = [f"# {one_line(told['title'])}", "", HEAD]
    for lang in LANGUAGES:
        text = told["head"][lang]
        for field, value in fields.items():
            text = text.replace("{" + field + "}", value)
        lines += ["", french(text.strip()) if lang == "fr" else text.strip()]
    return [*lines, ""]


def joined(lines: Sequence[str]) -> str:
    """A whole file."""
    return "\n".join(lines).rstrip("\n") + "\n"
