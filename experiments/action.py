"""What an alternative does that today does not (ce que nous faisons), in the terms of its author."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from simulation.parameters import Number
    from simulation.policies import Policy
    from simulation.scenario import Scenario


LEADING = "answered_48h_per_1000"
"""The indicator that speaks first when the levers name no single other."""


class Lever(NamedTuple):
    """One thing done in a scenario and not today (mesure), or undone when `removed`; a shock befalls (subi)."""

    name: str
    settings: Mapping[str, object]
    removed: bool = False
    leads_on: str = LEADING
    is_shock: bool = False


class Action(NamedTuple):
    """What an alternative does (ce que nous faisons), and the share of it that really happens."""

    title: Mapping[str, str]
    levers: tuple[Lever, ...] = ()
    changed: "tuple[Number, ...]" = ()
    rests_on: "tuple[Number, ...]" = ()
    ramp: float | None = None
    year: int = 1
    money_share: float | None = None

    @property
    def leads_on(self) -> str:
        """The indicator on which all its levers are judged, if they share one."""
        wanted = {lever.leads_on for lever in self.levers}
        return wanted.pop() if len(wanted) == 1 else LEADING

    @property
    def is_shock(self) -> bool:
        """Whether nobody decides any of it: it befalls the territory."""
        return bool(self.levers) and not self.changed and all(lever.is_shock for lever in self.levers)

    @property
    def paths(self) -> frozenset[str]:
        """Figures under its levers that it does not itself change."""
        return frozenset(figure.path for figure in self.rests_on) - {figure.path for figure in self.changed}


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
            lever = Lever(kinds.get(type(policy), name), _settings(policy) | policy.totals(), after is None)
            told.append(lever._replace(leads_on=policy.leads_on, is_shock=policy.is_shock))
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


def _flat(stated: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in stated.items():
        inner = _flat(value, f"{prefix}{name}.") if isinstance(value, Mapping) else {f"{prefix}{name}": value}
        flat.update(inner)
    return flat
