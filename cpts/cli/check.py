"""`cpts check` reads a scenario or a territory (vérification) and says all that is wrong, or what it understood."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpts.cli import shipped
from cpts.cli.opening import opened
from cpts.cli.progress import Steps
from cpts.cli.speaker import Speaker
from cpts.cli.tables import titled

if TYPE_CHECKING:
    from simulation.scenario import Scenario
    from simulation.territory import Territory


def check(
    context: typer.Context,
    place: Annotated[str, typer.Argument(metavar="FILE", help="file")],
) -> None:
    """Tell every fault at once, or one paragraph of what was understood."""
    speaker: Speaker = context.obj
    folder = Path(place).is_dir() and place not in [one.name for one in shipped.shipped()]
    if not folder and place.endswith(("/", "\\")):
        from simulation.faults import Fault, Refused

        raise Refused([Fault("missing_folder", details={"value": place.rstrip("/\\")})])
    if not folder:
        shipped.located(place)
    with Steps(speaker) as steps:
        opened(steps)
        if folder:
            from simulation.territory import read_territory

            told = of_territory(speaker, read_territory(place))
        else:
            [asked] = shipped.read([place], [[]])
            told = of_scenario(speaker, asked)
    speaker.tell(told)


def of_territory(speaker: Speaker, territory: "Territory") -> str:
    """What a folder holds, in one paragraph."""
    return speaker.say("folder_good", what=_territory(speaker, territory))


def of_scenario(speaker: Speaker, asked: "Scenario") -> str:
    """What a file asks, in one paragraph."""
    from experiments.action import action_of
    from experiments.effect import Comparison
    from experiments.reading import told_scenario
    from simulation.indicators import INDICATORS
    from simulation.parameters import Parameters

    today = asked.with_(policies=dict.fromkeys(asked.policies), parameters=Parameters())
    levers = ""
    if asked.policies or asked.parameters != today.parameters:
        import pandas as pd

        name = titled(speaker, asked)
        empty = Comparison(pd.DataFrame(), {name: action_of(today, asked)}, INDICATORS)
        levers = told_scenario(empty, speaker.lang)
    return speaker.say(
        "file_good", title=titled(speaker, asked), days=asked.days, start=speaker.date(asked.start),
        warm_up=asked.warm_up_days, levers=levers or speaker.say("no_lever"),
        what=_territory(speaker, asked.territory),
    )  # fmt: skip


def _territory(speaker: Speaker, territory: "Territory") -> str:
    communes, carers, hospitals = territory.communes, territory.practitioners, territory.hospitals
    inside = communes[communes["inside"]]
    here = carers[carers["insee_code"].isin(inside["insee_code"])]
    return speaker.say(
        "territory", name=territory.name, communes=len(inside), people=int(inside["population"].sum()),
        gps=int((here["role"] == "gp").sum()), others=int((here["role"] != "gp").sum()),
        around=len(communes) - len(inside), houses=len(territory.structures),
        emergency=int((hospitals["emergency"] == "yes").sum()),
    )  # fmt: skip
