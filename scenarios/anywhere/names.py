"""A commune has one code but is written in many ways: St-Jean du Gard, SAINT JEAN DU GARD."""

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

ARTICLES = ("le ", "la ", "les ", "l ")
SHORT: Mapping[str, str] = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
PRECISE = re.compile(r"^(?P<name>.*?)[\s(]+(?P<place>(?:\d{2}|2[AB])\d{3}|97\d|\d{2}|2[ABab])\)?$")
"""A name and its département or its code: Sainte-Croix (48), 30140 Lasalle, Lasalle 30140."""


class Places(NamedTuple):
    """What is known of the names of communes: tables from a key to codes."""

    communes: pd.DataFrame
    by_name: Mapping[str, tuple[str, ...]]
    by_postcode: Mapping[str, tuple[str, ...]]
    """Empty when no file of postcodes was given."""

    def told(self, code: str) -> str:
        """A commune as it is offered to choose."""
        return f"{self.name(code)} ({code})"

    def name(self, code: str) -> str:
        return str(self.communes.at[code, "name"])


def plain(name: str) -> str:
    """A name without case, accents, signs, article and short forms."""
    joined = spelt(name)
    for article in ARTICLES:
        if joined.startswith(article) and len(joined) > len(article):
            return joined.removeprefix(article)
    return joined


def spelt(name: str) -> str:
    """A name without case, accents, signs and short forms: La Sauve is not Sauve."""
    text = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "oe")).casefold()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    words = re.sub(r"[^a-z0-9]+", " ", text).split()
    return " ".join(SHORT.get(word, word) for word in words)


def places(communes: pd.DataFrame, postcodes: pd.DataFrame | None, formers: Mapping[str, str]) -> Places:
    """Gather names (with those of communes since merged) and postcodes.

    `communes` has `insee_code`, `name` and perhaps `postcodes` (several in a cell); `formers` tells the code
    in which a former name is found.
    """
    table = communes.set_index("insee_code", drop=False)
    by_name: dict[str, list[str]] = {}
    for code, name in zip(communes["insee_code"], communes["name"], strict=True):
        by_name.setdefault(plain(name), []).append(code)
    for name, code in formers.items():
        if code in table.index and code not in by_name.get(plain(name), []):
            by_name.setdefault(plain(name), []).append(code)
    by_post: dict[str, set[str]] = {}
    for code, several in zip(communes["insee_code"], communes["postcodes"], strict=True):
        for post in re.findall(r"\d{5}", several):
            by_post.setdefault(post, set()).add(code)
    if postcodes is not None:
        for code, post in zip(postcodes["insee_code"], postcodes["postcode"], strict=True):
            if code in table.index:
                by_post.setdefault(post, set()).add(code)
    return Places(table, {name: tuple(codes) for name, codes in by_name.items()},
                  {post: tuple(sorted(codes)) for post, codes in by_post.items()})  # fmt: skip
