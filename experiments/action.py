"""What an alternative does that today does not (ce que nous faisons), in the terms of its author."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from simulation.parameters import Number
    from simulation.policies import Policy
    from simulation.scenario import Scenario


LEADING = "answered_48h_per_1000"


class Lever(NamedTuple):
    """One thing done in a scenario and not today (mesure), or undone when `removed`."""

    name: str
    settings: Mapping[str, object]
    removed: bool = False
    shock: bool = False
    """Whether it befalls the territory (subi) instead of being done."""


class Action(NamedTuple):
    """What an alternative does (ce que nous faisons), and the share of it that really happens."""

    title: Mapping[str, str]
    levers: tuple[Lever, ...] = ()
    changed: "tuple[Number, ...]" = ()
    rests_on: "tuple[Number, ...]" = ()
    ramp: float | None = None
    year: int = 1
    money_share: float | None = None
    leads_on: str = LEADING
    """The indicator on which it is judged first."""


def action_of(
    baseline: "Scenario", alternative: "Scenario", registry: "Mapping[str, Number] | None" = None
) -> Action:
    """All that parts an alternative from today, so that its sentence hides nothing."""
    if registry is None:
        from simulation.parameters import registry as every_figure

        registry = every_figure()
    figures, levers = registry, _levers(baseline, alternative)
    return Action(
        title={str(lang): title for lang, title in alternative.title.items()},
        levers=levers,
        changed=tuple(figures[path] for path in changed_figures(baseline, alternative) if path in figures),
        rests_on=_rests_on(alternative, levers, figures),
        leads_on=_leads_on(alternative, levers),
    )


def changed_figures(baseline: "Scenario", alternative: "Scenario") -> list[str]:
    """Figures that part the two scenarios: they are what is compared, not what is unknown."""
    before, after = _flat(baseline.parameters.model_dump()), _flat(alternative.parameters.model_dump())
    return sorted(path for path in before if before[path] != after[path])


def named_by_title(alternatives: "Sequence[Scenario]") -> "dict[str, Scenario]":
    """Each by its title; a title met again takes a number, so that no two are mistaken for one."""
    named: dict[str, Scenario] = {}
    for scenario in alternatives:
        title = scenario.title.get("fr") or next(iter(scenario.title.values()), "scenario")
        name, rank = title, 1
        while name in named:
            rank += 1
            name = f"{title} ({rank})"
        named[name] = scenario
    return named


def _levers(baseline: "Scenario", alternative: "Scenario") -> tuple[Lever, ...]:
    from simulation.policies import LEVERS

    kinds = {kind: name for name, kind in LEVERS.items()}
    told = []
    for name in sorted({*baseline.policies, *alternative.policies}):
        before, after = _acting(baseline, name), _acting(alternative, name)
        if before == after:
            continue
        policy = after or before
        if policy is not None:
            told.append(
                Lever(
                    kinds.get(type(policy), name),
                    _settings(policy) | policy.totals(),
                    after is None,
                    policy.is_shock,
                )
            )
    return tuple(told)


def _acting(scenario: "Scenario", name: str) -> "Policy | None":
    """A lever of size zero is no lever: nobody gives anything and nothing rests on it."""
    policy = scenario.policies.get(name)
    return None if policy is None or policy.is_void else policy


def _settings(policy: "Policy") -> dict[str, object]:
    """Sizes always; a switch or a choice only when it is not the usual one."""
    usual = {name: field.default for name, field in type(policy).model_fields.items()}
    stated = policy.model_dump().items()
    is_size = {
        name for name, value in stated if isinstance(value, int | float) and not isinstance(value, bool)
    }
    told = {name: value for name, value in stated if name in is_size or value != usual[name]}
    if told.get("share_of_members") is not None:
        del told["gps"]  # it is not read then
    return told


def _rests_on(
    alternative: "Scenario", levers: Sequence[Lever], figures: "Mapping[str, Number]"
) -> "tuple[Number, ...]":
    from simulation.policies import LEVERS

    acting = {lever.name for lever in levers if not lever.removed}
    kinds = {kind: name for name, kind in LEVERS.items()}
    paths = [
        path
        for policy in alternative.policies.values()
        if kinds.get(type(policy)) in acting
        for path in policy.figures()
    ]
    return tuple(figures[path] for path in dict.fromkeys(paths) if path in figures)


def _leads_on(alternative: "Scenario", levers: Sequence[Lever]) -> str:
    """The indicator on which all that is done is judged; the usual one where levers differ, or only undo."""
    kinds = {type(policy) for policy in alternative.policies.values() if not policy.is_void}
    from simulation.policies import LEVERS

    done = {lever.name for lever in levers if not lever.removed}
    leads = {kind.leads_on for kind in kinds if any(LEVERS.get(name) is kind for name in done)}
    return leads.pop() if len(leads) == 1 else LEADING


def _flat(stated: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in stated.items():
        inner = _flat(value, f"{prefix}{name}.") if isinstance(value, Mapping) else {f"{prefix}{name}": value}
        flat.update(inner)
    return flat
