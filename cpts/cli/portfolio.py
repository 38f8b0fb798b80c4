"""`cpts portfolio` looks for the best mix of levers under a budget (bouquet d'actions)."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from cpts.cli import shipped
from cpts.cli.faults import Misused
from cpts.cli.opening import opened, prepared
from cpts.cli.progress import Steps
from cpts.cli.speaker import Cell, Speaker
from cpts.cli.target import known

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from experiments.portfolio import Mix
    from simulation.scenario import Scenario

RANGES = (
    "unscheduled_care.gps=0:12", "unscheduled_care.slots_per_week=0:6", "medical_assistant.gps=0:6",
    "gp_access.places_per_month=0:2",
)  # fmt: skip
BUDGET, TRIALS, FUTURES = 150_000.0, 40, 2
SHOWN = 12


def portfolio(
    context: typer.Context,
    baseline: Annotated[str, typer.Argument(metavar="BASELINE", help="baseline")] = shipped.BASELINE,
    ranges: Annotated[list[str] | None, typer.Option("--mix", metavar="LEVER.SIZE=A:B", help="mix")] = None,
    budget: Annotated[float, typer.Option("--budget", metavar="EUR", help="budget")] = BUDGET,
    indicator: Annotated[
        str, typer.Option("--indicator", metavar="NAME", help="indicator")
    ] = "answered_48h_per_1000",
    trials: Annotated[int, typer.Option("--trials", metavar="N", help="trials")] = TRIALS,
    sets: Annotated[list[str] | None, typer.Option("--set", metavar="K=V", help="set_compare")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="json")] = False,
) -> None:
    """Look for the best mixes."""
    speaker: Speaker = context.obj
    if trials < 1:
        raise Misused("too_few", value="--trials")
    shipped.located(baseline)
    with Steps(speaker) as steps:
        opened(steps)
        from experiments.portfolio import best_mixes, read_range
        from experiments.worlds import luck
        from simulation.indicators import INDICATORS

        known(indicator)
        asked = [read_range(one) for one in ranges or RANGES]
        today = shipped.read([baseline], [list(sets or ())])[0]
        prepared(today, steps)
        steps.phase("portfolio")
        better = -1.0 if INDICATORS[indicator].better == "lower" else 1.0
        found = best_mixes(
            today, asked, indicator, budget, futures=luck(today, FUTURES), trials=trials, better=better,
            watch=lambda done, total: steps.count(done, total, 0),
        )  # fmt: skip
    if as_json:
        told = {"format": 1, "kind": "portfolio", "indicator": indicator, "budget": budget,
                "mixes": [one._asdict() for one in found]}  # fmt: skip
        speaker.document(json.dumps(told, indent=1))
        return
    label = INDICATORS[indicator].label[speaker.lang]
    told_of(speaker, today, found, {"label": label, "budget": speaker.number(budget), "trials": trials})


def told_of(
    speaker: Speaker, today: "Scenario", found: "Sequence[Mix]", about: "Mapping[str, object]"
) -> None:
    """Print the front in plain words: each mix answers more than those below it, for more money or hours."""
    speaker.line()
    speaker.tell(speaker.say("portfolio_about", futures=FUTURES, **about))
    speaker.line()
    rows = [
        [Cell(in_words(today, one, speaker.lang)), Cell(speaker.number(one.change, 1)), Cell(speaker.number(one.money)),
         Cell(speaker.number(one.hours))]
        for one in found[:SHOWN]
    ]  # fmt: skip
    speaker.table([speaker.say(f"portfolio_{name}") for name in ("mix", "change", "money", "hours")], rows)
    speaker.line()
    speaker.tell(speaker.say("portfolio_caution"))


def in_words(today: "Scenario", mix: "Mix", lang: str) -> str:
    """What a mix does, as any scenario says itself."""
    from experiments.compare import empty_comparison
    from experiments.portfolio import with_sizes
    from experiments.told_action import told_scenario

    return told_scenario(empty_comparison(today, {"": with_sizes(today, mix.sizes)}), lang)
