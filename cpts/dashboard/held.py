"""Whether a hypothesis held (hypothèse): each shipped study says before it is run what would make it wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.effect import Effect
    from experiments.outcome import Outcome

MOST_WORLDS = 16
"""Futures of twenty in which a difference must be of use for a hypothesis of none to fall."""


def held(name: str, outcome: Outcome) -> bool | None:
    """Whether what was held true before stands in the table; none for a study of somebody else."""
    rule = _RULES.get(name)
    return None if rule is None else rule(outcome)


def _effect(outcome: Outcome, scenario: str) -> Effect:
    return outcome.comparison.of(scenario).difference(outcome.study.protocol.primary)


def _is_useful(outcome: Outcome, scenario: str) -> bool:
    effect = _effect(outcome, scenario)
    return effect.futures(max(effect.p_better, effect.p_worse)) >= MOST_WORLDS


def _no_mission_alone(outcome: Outcome) -> bool:
    return not any(_is_useful(outcome, one) for one in outcome.study.protocol.scenarios)


def _grows_and_stays_small(outcome: Outcome) -> bool:
    sizes = ("slots_few", "unscheduled_care", "slots_many")
    few, usual, many = (_effect(outcome, one).mean for one in sizes)
    return few < usual < many and _no_mission_alone(outcome)


def _departure_outweighs_sharing(outcome: Outcome) -> bool:
    pairs = (("one_retires", "one_retires_spread"), ("two_retire", "two_retire_spread"))
    return all(
        -_effect(outcome, alone).mean > _effect(outcome, spread).mean - _effect(outcome, alone).mean
        for alone, spread in pairs
    )


def _assistants_before_missions(outcome: Outcome) -> bool:
    return _effect(outcome, "aci_on_assistants").mean > _effect(outcome, "aci_on_missions").mean


def _no_turn(outcome: Outcome) -> bool:
    primary = outcome.study.protocol.primary
    means = [
        float(outcome.under(one).of(name).by_world(primary, "luck").mean())
        for one in outcome.study.structures
        for name in outcome.study.protocol.scenarios
    ]
    return min(means) * max(means) > 0


_RULES: Mapping[str, Callable[[Outcome], bool]] = {
    "which-mission-first": _no_mission_alone,
    "how-many-slots": _grows_and_stays_small,
    "what-a-departure-costs": _departure_outweighs_sharing,
    "assistants-or-missions": _assistants_before_missions,
    "does-it-survive-the-unknowns": _no_turn,
}
