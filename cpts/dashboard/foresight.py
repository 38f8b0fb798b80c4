"""What may be asked next (prévoyance): while nobody waits, the first world of wherever one slider can go from here."""

from __future__ import annotations

import threading
from contextlib import suppress

from cpts.dashboard.choice import Choice
from cpts.dashboard.engine import Engine
from cpts.dashboard.levers import BY_NAME, stepped, top_of
from cpts.dashboard.places import Places
from cpts.dashboard.question import Task

FARTHEST = 40
"""Places of sliders that are looked at from one page, the nearest first."""


class Foresight:
    """What pages show now, and a thread that looks around it when workers have nothing else to do."""

    def __init__(self, places: Places, engine: Engine) -> None:
        self.places, self.engine = places, engine
        self._fresh: dict[str, Choice] = {}
        threading.Thread(target=self._look, daemon=True).start()

    def seen(self, page: str, choice: Choice) -> None:
        """A page shows this from now on."""
        with self.engine.changed:
            self._fresh.pop(page, None)
            self._fresh[page] = choice
            self.engine.changed.notify_all()

    def leave(self, page: str) -> None:
        """It shows nothing any more."""
        with self.engine.changed:
            self._fresh.pop(page, None)

    def _look(self) -> None:
        while True:
            with self.engine.changed:
                self.engine.changed.wait_for(
                    lambda: self.engine.is_closed or (self._fresh and self.engine.is_idle)
                )
                if self.engine.is_closed:
                    return
                _, choice = self._fresh.popitem()
            self.engine.foresee(self.around(choice))

    def around(self, choice: Choice) -> tuple[Task, ...]:
        """The first world of each choice that is one move of a slider away."""
        found = []
        for near in near_to(choice, self.places)[:FARTHEST]:
            with suppress(ValueError, KeyError):  # what cannot be asked here, or of a place that went away
                found.append(self.places.question(near).tasks[0])
        return tuple(found)


def near_to(choice: Choice, places: Places) -> list[Choice]:
    """Choices that part from this one by where one slider stands, the fewest steps away first."""
    if choice.place not in places.territories:
        return []
    territory, found = places.territories[choice.place], []
    for at, (name, sizes) in enumerate(choice.levers):
        for rank, slider in enumerate(BY_NAME[name].sliders):
            steps = round((top_of(slider, territory) - slider.least) / slider.step)
            for step in range(steps + 1):
                size = stepped(slider, slider.least + step * slider.step, territory)
                if size != sizes[rank]:
                    moved = (name, (*sizes[:rank], size, *sizes[rank + 1 :]))
                    levers = (*choice.levers[:at], moved, *choice.levers[at + 1 :])
                    away = abs(size - sizes[rank]) / slider.step
                    found.append((away, choice._replace(levers=levers)))
    return [one for _, one in sorted(found, key=lambda each: each[0])]
