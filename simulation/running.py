"""From a scenario to its results (simulation): build or recall the warm morning, live the days, count."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from simulation.arrivals import with_arrivals
from simulation.build import Built, build
from simulation.calendar import Calendar, height
from simulation.invariants import check
from simulation.kernels.handle import hold
from simulation.model import PrimaryCare
from simulation.newcomers import brings_people, with_newcomers
from simulation.population import traits_of
from simulation.records import copied
from simulation.results import Results, results_of
from simulation.rules import rules_of
from simulation.scenario import Scenario, Terms
from simulation.state import State
from simulation.territory import Territory
from simulation.warm_store import WarmStore


class Stop(Exception):
    """Raised by a watcher to cancel a run: it comes out of `run`, for a year half lived has no results."""


class WarmStates:
    """Warm mornings kept by what they depend on; the oldest are forgotten first."""

    def __init__(self, room: int = 4) -> None:
        self.room = room
        self.kept: OrderedDict[str, tuple[Built, int]] = OrderedDict()

    def recall(self, key: str) -> tuple[Built, int] | None:
        """A kept morning, or none."""
        found = self.kept.get(key)
        if found is not None:
            self.kept.move_to_end(key)
        return found

    def keep(self, key: str, built: Built, day: int) -> None:
        """Keep a morning, and forget the oldest beyond the room there is."""
        self.kept[key] = (built, day)
        while len(self.kept) > self.room:
            self.kept.popitem(last=False)


_WARM = WarmStates()
_FOLDERS: list[WarmStore] = []


def keep_warm_in(folder: Path | None) -> None:
    """From now on keep warm mornings in a folder too, shared by all processes that say so; `None` to stop."""
    _FOLDERS[:] = [] if folder is None else [WarmStore(folder)]


def run(
    scenario: Scenario,
    *,
    watch: Callable[[PrimaryCare], None] | None = None,
    follow: Sequence[int] = (),
    verify: bool = False,
    from_warm: bool = True,
) -> Results:
    """Simulate a scenario and count.

    `watch` is called after each day and may raise `Stop` to cancel; `follow` names people (rows) whose every event is
    kept in `Results.lives`; `verify` checks the invariants of the model on the way and at the end.
    """
    model = begin(scenario, follow, watch, from_warm)
    while model.day <= model.calendar.last:
        model.step()
        if verify and model.date.day == 1:
            check(model)
        if watch is not None:
            watch(model)
    if verify:
        check(model)
    return results_of(model)


def begin(
    scenario: Scenario,
    follow: Sequence[int] = (),
    watch: Callable[[PrimaryCare], None] | None = None,
    from_warm: bool = True,
) -> PrimaryCare:
    """Make a model: on the first counted morning when its past can be recalled, else on its very first."""
    if follow or not from_warm or starts_early(scenario):
        model = PrimaryCare(scenario, fresh(scenario), follow)
    else:
        built, day = warm(scenario, watch)
        model = PrimaryCare(
            scenario, replace(built, state=copied(built.state), calendar=calendar_of(scenario))
        )
        model.day = day
    return model


def warm(scenario: Scenario, watch: Callable[[PrimaryCare], None] | None = None) -> tuple[Built, int]:
    """Give the state on the first counted morning and its day; do not write in it, run from a copy."""
    key = past_of(scenario)
    kept = _WARM.recall(key)
    if kept is not None:
        return kept
    past = undecided(scenario)
    for store in _FOLDERS:
        stored = store.recall(key)
        if stored is not None:
            built, day = around(stored[0], past), stored[1]
            _WARM.keep(key, built, day)
            return built, day
    model = PrimaryCare(past, fresh(past))
    while model.day < model.calendar.first:
        model.step()
        if watch is not None:
            watch(model)
    built = Built(model.territory, model.state, model.rules, model.traits, model.calendar)
    _WARM.keep(key, built, model.day)
    for store in _FOLDERS:
        store.keep(key, built.state, model.day)
    return built, model.day


def around(state: State, scenario: Scenario) -> Built:
    """Put a kept state back between its territory, its rules and its days."""
    calendar, parameters = calendar_of(scenario), scenario.parameters
    territory = territory_of(scenario, calendar)
    traits = hold(traits_of(territory, parameters, height(parameters)))
    return Built(territory, state, rules_of(parameters), traits, calendar)


def past_of(scenario: Scenario) -> str:
    """Name what the first counted morning depends on: everything but what is decided and starts later."""
    return sha256(undecided(scenario).content_hash.encode()).hexdigest()


def undecided(scenario: Scenario) -> Scenario:
    """The same scenario before anything is decided; rows for those whom a lever brings are there all the same."""
    dropped = [key for key, policy in scenario.policies.items() if not brings_people(policy)]
    usual = {name: Terms.model_fields[name].default for name in ("members", "clock", "joining", "breakdowns")}
    return scenario.with_(policies=dict.fromkeys(dropped), **usual)


def starts_early(scenario: Scenario) -> bool:
    """Whether a policy starts before the first counted day, so that the past is not shared."""
    return any(
        policy.start is not None and policy.start < scenario.start and not policy.is_void
        for policy in scenario.policies.values()
    )


def calendar_of(scenario: Scenario) -> Calendar:
    """The days of a scenario."""
    return Calendar(scenario.seed, scenario.start, scenario.days, scenario.warm_up_days, scenario.parameters)


def fresh(scenario: Scenario) -> Built:
    """Build a territory on the very first morning."""
    calendar = calendar_of(scenario)
    return build(territory_of(scenario, calendar), scenario.parameters, calendar)


def territory_of(scenario: Scenario, calendar: Calendar) -> Territory:
    """The territory of a scenario with rows for those who arrive and those whom a lever brings."""
    territory = with_arrivals(scenario.simulated_territory, scenario.parameters, calendar)
    return with_newcomers(territory, scenario.policies.items(), scenario.parameters, calendar)
