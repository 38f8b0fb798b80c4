"""What a page asks once and that is no comparison (courses): one life lived twice, an action at the same cost."""

from __future__ import annotations

from typing import Any

from cpts.dashboard.question import Task
from simulation.scenario import Scenario
from texts import LANGUAGES


def life(baseline: Scenario, alternative: Scenario, draw: int) -> Task:
    """One person in two futures; another draw is another person, of another seed."""
    one, other = (scenario.with_(seed=scenario.seed + draw) for scenario in (baseline, alternative))
    return Task(("life", one.content_hash, other.content_hash), lived_twice, (one, other))


def lived_twice(baseline: Scenario, alternative: Scenario) -> dict[str, dict[str, Any]]:
    """The story in each language."""
    from experiments.lives import two_lives
    from experiments.story import story_of

    lives = two_lives(baseline, alternative)
    return {lang: _plain(story_of(lives, lang)._asdict()) for lang in LANGUAGES}


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    lines = {name: [one._asdict() for one in told[name]] for name in ("lines", "ends")}
    return {**told, **lines, "cautions": list(told["cautions"])}


def year(baseline: Scenario, alternative: Scenario) -> Task:
    """Two years day after day, with the luck that is stated: today, then with the action."""
    return Task(
        ("year", baseline.content_hash, alternative.content_hash), lived_daily, (baseline, alternative)
    )


def lived_daily(baseline: Scenario, alternative: Scenario) -> dict[str, dict[str, list[object]]]:
    """Columns of days by side; nothing of a territory of too few people."""
    from cpts.dashboard.daily import days_of, drawn

    sides = {"today": baseline} | ({"then": alternative} if alternative.policies else {})
    return {side: drawn(days_of(scenario)) for side, scenario in sides.items()}


def lesson(number: int, code: str = "", student: int = 0) -> Task:
    """A lesson of a class, or of one student's draw alone."""
    return Task(("lesson", number, code, student), taught, (number, code, student))


def taught(number: int, code: str, student: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values by setting and figure, then the points of a class by setting."""
    from experiments import lessons

    found = lessons.told(lessons.lesson(number), code=code, student=student or None)
    values = {name: dict(one) for name, one in found.values.items()}
    return values, {name: list(one) for name, one in found.points.items()}


def same_budget(baseline: Scenario, alternative: Scenario, other: Scenario) -> Task:
    """Another action at the size at which it costs as much."""
    key = ("same", baseline.content_hash, alternative.content_hash, other.content_hash)
    return Task(key, sized, (baseline, alternative, other))


def sized(baseline: Scenario, alternative: Scenario, other: Scenario) -> tuple[float, Scenario, float, bool]:
    """What the first costs, the other at its size, what that costs, and whether it is the same."""
    from experiments.same_budget import same_cost

    found = same_cost(baseline, [alternative, other], "money_eur")
    second = found.sized[1]
    return found.target, second.scenario, second.reached, second.is_equal
