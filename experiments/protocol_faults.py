"""What is wrong in a protocol because of something else: names that nobody knows, the same thing decided twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from experiments.protocol_parts import FITTED, POINTS, PRIMARY, REGISTRY
from experiments.switches import AS_IS, SWITCHES
from simulation.faults import Fault, nearest, shown
from simulation.scenario_checks import FieldPath, Where, fault_at

if TYPE_CHECKING:
    from experiments.protocol import Protocol


def faults_between(protocol: Protocol, where: Where) -> list[Fault]:
    """Every fault of a protocol whose parts are each well written."""
    found = [_unknown_indicators, _beyond, _twice, _weighing, _keeping, _structures, _drawing]
    return [fault for look in found for fault in look(protocol, where)]


def _unknown_indicators(protocol: Protocol, where: Where) -> Iterator[Fault]:
    from simulation.indicators import INDICATORS

    named: list[tuple[FieldPath, str]] = [(("primary",), protocol.primary)]
    named += [(("secondary", at), name) for at, name in enumerate(protocol.secondary)]
    named += [(("useful_difference", name), name) for name in protocol.useful_difference]
    chance = protocol.uncertainty.chance.half_width
    named += [(("uncertainty", "chance", "half_width", name), name) for name in chance]
    on = protocol.sensitivity.on if protocol.sensitivity else ()
    named += [(("sensitivity", "on", at), name) for at, name in enumerate(on) if name != PRIMARY]
    for path, name in named:
        if name not in INDICATORS:
            near = nearest(name, INDICATORS)
            yield fault_at("unknown_indicator", path, where, value=shown(name), nearest=near)


def _beyond(protocol: Protocol, where: Where) -> Iterator[Fault]:
    horizon = protocol.horizon
    for at, year in enumerate(horizon.report_years if horizon else ()):
        if horizon and year > horizon.years:
            path = ("horizon", "report_years", at)
            yield fault_at("out_of_range", path, where, value=year, low=1, high=horizon.years)


def _twice(protocol: Protocol, where: Where) -> Iterator[Fault]:
    elsewhere = {"territory": "territories"} if protocol.territories else {}
    if protocol.horizon:
        elsewhere |= {"days": "horizon.years", "warm_up_days": "horizon.warm_up_days"}
    if protocol.run.seed is not None:
        elsewhere["seed"] = "run.seed"
    for at, change in enumerate(protocol.changes):
        name = change.partition("=")[0].strip()
        if name in elsewhere:
            yield fault_at("said_twice", ("changes", at), where, value=shown(change), other=elsewhere[name])
    for at, name in enumerate(protocol.territories):
        if name in protocol.territories[:at]:
            yield fault_at("named_twice", ("territories", at), where, value=shown(name))


def _weighing(protocol: Protocol, where: Where) -> Iterator[Fault]:
    from simulation.parameters import registry

    asked = protocol.sensitivity
    if asked is None:
        return
    if asked.method == "sobol" and asked.n & (asked.n - 1):
        low, high = 1 << (asked.n.bit_length() - 1), 1 << asked.n.bit_length()
        yield fault_at("not_a_power_of_two", ("sensitivity", "n"), where, value=asked.n, low=low, high=high)
    known = {path for path, one in registry().items() if one.is_unknown}
    for at, name in enumerate(asked.figures):
        if name not in known:
            path = ("sensitivity", "figures", at)
            yield fault_at("unknown_figure", path, where, value=shown(name), nearest=nearest(name, known))


def _keeping(protocol: Protocol, where: Where) -> Iterator[Fault]:
    if protocol.keep.events and not protocol.keep.persons:
        yield fault_at("events_of_nobody", ("keep", "events"), where)


def _structures(protocol: Protocol, where: Where) -> Iterator[Fault]:
    """Named switches have named levels; whatever holds a point or a plain term is read by the scenario itself."""
    from simulation.scenario import Terms

    for name, levels in protocol.uncertainty.structure.items():
        path: FieldPath = ("uncertainty", "structure", name)
        if name in SWITCHES:
            known = (AS_IS, *SWITCHES[name])
            for at, level in enumerate(levels):
                if level not in known:
                    told = {"value": shown(level), "nearest": nearest(level, known), "choices": known}
                    yield fault_at("unknown_choice", (*path, at), where, **told)
        elif "." not in name and name not in Terms.model_fields:
            told = {"value": shown(name), "nearest": nearest(name, SWITCHES), "choices": tuple(SWITCHES)}
            yield fault_at("unknown_choice", path, where, **told)


def _drawing(protocol: Protocol, where: Where) -> Iterator[Fault]:
    figures = protocol.uncertainty.figures
    if figures not in (FITTED, REGISTRY) and not figures.endswith(POINTS):
        told = {"value": shown(figures), "nearest": nearest(figures, (FITTED, REGISTRY))}
        choices = (FITTED, REGISTRY, f"…{POINTS}")
        yield fault_at("unknown_choice", ("uncertainty", "figures"), where, **told, choices=choices)
