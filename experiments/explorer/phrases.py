"""Sentences in both languages, each kept once (phrases): a page that says the same in forty places holds it once."""

from __future__ import annotations

from collections.abc import Callable

from texts import LANGUAGES, say


class Phrases:
    """The sentences of a page, by rank; `NOTHING` is that of silence."""

    NOTHING = 0

    def __init__(self) -> None:
        self.told: list[tuple[str, ...]] = [("",) * len(LANGUAGES)]
        self._ranks: dict[tuple[str, ...], int] = {self.told[0]: 0}

    def of(self, *told: str) -> int:
        """The rank of a sentence, given in every language."""
        if told not in self._ranks:
            self._ranks[told] = len(self.told)
            self.told.append(told)
        return self._ranks[told]

    def each(self, telling: Callable[[str], str]) -> int:
        """The rank of what is told language by language."""
        return self.of(*(telling(lang) for lang in LANGUAGES))

    def say(self, key: str, **fields: object) -> int:
        """The rank of one of our own sentences."""
        return self.each(lambda lang: say(key, lang, **fields))

    @property
    def by_language(self) -> dict[str, list[str]]:
        """Every sentence, language by language, by rank."""
        return {lang: [told[at] for told in self.told] for at, lang in enumerate(LANGUAGES)}
