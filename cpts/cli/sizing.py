"""Equal cost before any comparison (à budget égal): sizes are found, then told with what they cost."""

from typing import TYPE_CHECKING, Any

from cpts.cli.faults import Misused
from cpts.cli.opening import prepared
from cpts.cli.progress import Steps
from cpts.cli.speaker import Speaker

if TYPE_CHECKING:
    from experiments.same_budget import SameCost
    from simulation.scenario import Scenario

MONEY, HOURS = "money_eur", "carer_hours"


def indicator_of(same_budget: bool, same_hours: bool, alternatives: int) -> str | None:
    """Which cost is to be the same; none unless asked."""
    if same_budget and same_hours:
        raise Misused("two_targets")
    if not (same_budget or same_hours):
        return None
    if alternatives < 2:
        raise Misused("same_alone", value="--same-budget" if same_budget else "--same-hours")
    return MONEY if same_budget else HOURS


def sized(asked: "list[Scenario]", indicator: str, steps: Steps) -> "tuple[list[Scenario], SameCost]":
    """The same scenarios, each alternative at the size that costs what the first one does."""
    from experiments.same_budget import same_cost

    prepared(asked[0], steps)
    steps.phase("sizing")
    same = same_cost(asked[0], asked[1:], indicator, watch=steps.advance)
    return [asked[0], *(one.scenario for one in same.sized)], same


def told(speaker: Speaker, same: "SameCost") -> None:
    """Print what was made equal, and what could not be, with the cost it really has."""
    from cpts.cli.tables import titled
    from experiments.same_budget import CLOSE

    first, *others = same.sized
    title = titled(speaker, first.scenario)
    speaker.tell(speaker.say("same_told", title=title, cost=_cost(speaker, same.indicator, same.target)))
    for one in others:
        key = "same_reached" if one.is_equal else "same_missed"
        fields = {"share": CLOSE * 100} if key == "same_missed" else {}
        speaker.tell(
            speaker.say(
                key, title=titled(speaker, one.scenario), factor=speaker.number(one.factor, 2),
                cost=_cost(speaker, same.indicator, one.reached), **fields,
            )
        )  # fmt: skip


def document(same: "SameCost | None") -> dict[str, Any] | None:
    """The same for another program."""
    if same is None:
        return None
    return {
        "indicator": same.indicator,
        "target": same.target,
        "sizes": [
            {"factor": one.factor, "reached": one.reached, "equal": one.is_equal} for one in same.sized
        ],
    }


def _cost(speaker: Speaker, indicator: str, value: float) -> str:
    return speaker.say(f"same_{indicator}", value=speaker.number(round(value)))
