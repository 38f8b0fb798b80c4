"""Every sentence that a reader meets, in French and in English, whole and with its fields (textes)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from numbers import Real
from string import Formatter
from types import MappingProxyType

import yaml

__all__ = ["LANGUAGES", "names", "number", "say", "sections"]

LANGUAGES = ("fr", "en")
THOUSANDS = {"fr": "\N{NARROW NO-BREAK SPACE}", "en": ","}
DECIMAL = {"fr": ",", "en": "."}
MINUS = "\N{MINUS SIGN}"
NOTHING = "\N{EM DASH}"
YES_NO = {"fr": ("oui", "non"), "en": ("yes", "no")}
OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
INCLUDED = re.compile(r"\{@(\w+)\}")
COUNTED_FROM_ONE = frozenset({"line", "first", "column"})
"""A line numbered zero is no line."""


def say(key: str, lang: str, /, **fields: object) -> str:
    """The sentence `section.name` with its fields.

    In a sentence, `{value}` is a field (numbers are written as the language writes them), `{year:plain}` a
    number without thousands, `[[...]]` a part left out when one of its fields is empty, and `{@place}` the
    sentence `place` of the same section.
    """
    section, _, name = key.partition(".")
    sentences = _sentences(lang, section)
    if name not in sentences:
        raise KeyError(f"{key} ({lang})")
    template = INCLUDED.sub(lambda match: sentences[match[1]], sentences[name])
    template = OPTIONAL.sub(lambda match: _kept(match[1], fields), template)
    return _filled(template, lang, fields, key).lstrip(" ,:\N{NARROW NO-BREAK SPACE}")


def number(value: float, lang: str, decimals: int | None = None) -> str:
    """A number as the language writes it: 1 234,5 in French (thin no-break space), 1,234.5 in English."""
    if not math.isfinite(value):
        return NOTHING if math.isnan(value) else (MINUS if value < 0 else "") + "\N{INFINITY}"
    if decimals is not None:
        text = f"{abs(value):,.{decimals}f}"
    elif float(value).is_integer():
        text = f"{abs(int(value)):,}"
    else:
        # Six significant digits say all that the model knows, and hide 0.30000000000000004.
        places = max(0, 5 - math.floor(math.log10(abs(value))))
        text = f"{abs(value):,.{min(places, 15)}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    sign = MINUS if value < 0 and any(digit in "123456789" for digit in text) else ""
    whole, point, rest = text.partition(".")
    return sign + whole.replace(",", THOUSANDS[lang]) + (DECIMAL[lang] + rest if point else "")


@cache
def sections(lang: str) -> tuple[str, ...]:
    """The sections of a language, each a file."""
    names = (entry.name for entry in (resources.files(__package__) / lang).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def names(section: str) -> tuple[str, ...]:
    """The sentences of a section, which are the same in every language, in the order of the file."""
    return tuple(_sentences(LANGUAGES[0], section))


@cache
def _sentences(lang: str, section: str) -> Mapping[str, str]:
    """Sentences of a section by dotted name."""
    if lang not in LANGUAGES or section not in sections(lang):
        raise KeyError(f"{section} ({lang})")
    text = (resources.files(__package__) / lang / f"{section}.yaml").read_text(encoding="utf-8")
    return MappingProxyType(_flat(yaml.load(text, Loader=yaml.BaseLoader) or {}))


def _flat(tree: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in tree.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{prefix}{name}.")
        else:
            found[prefix + name] = str(value)
    return found


def _kept(part: str, fields: Mapping[str, object]) -> str:
    names = [name for _, name, _, _ in Formatter().parse(part) if name is not None]
    return part if all(_is_told(name, fields.get(name)) for name in names) else ""


def _is_told(name: str, value: object) -> bool:
    if value is None or value == "" or value == () or value == []:
        return False
    return not (name in COUNTED_FROM_ONE and value == 0)


def _filled(template: str, lang: str, fields: Mapping[str, object], key: str) -> str:
    parts = []
    for literal, name, spec, _ in Formatter().parse(template):
        parts.append(literal)
        if name is not None:
            if name not in fields:
                raise KeyError(f"{key} ({lang}) needs the field {name}")
            value = fields[name]
            parts.append(str(value) if spec == "plain" else _written(value, lang))
    return "".join(parts)


def _written(value: object, lang: str) -> str:
    """A field as a reader of this language expects it."""
    if isinstance(value, bool):
        return YES_NO[lang][0 if value else 1]
    if isinstance(value, Real):
        return number(value, lang)  # type: ignore[arg-type]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list | frozenset):
        return ", ".join(_written(each, lang) for each in value)
    return "" if value is None else str(value)
