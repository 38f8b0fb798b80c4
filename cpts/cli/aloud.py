"""The reading of a comparison as it is printed (lecture): sentences first, four figures, then what to do next."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cpts.cli import france, ledger
from cpts.cli.speaker import Cell, Speaker

if TYPE_CHECKING:
    from calibration.against_france import Gap
    from experiments.compare import Comparison
    from experiments.tiles import Tile
    from simulation.scenario import Scenario

_COLOURS = {"better": "green", "worse": "red"}


def read_out(speaker: Speaker, comparison: "Comparison", name: str, with_who: bool = False) -> None:
    """Print what one alternative changes, at what price, and how sure it is."""
    from experiments.reading import read

    reading = read(comparison, speaker.lang, alternative=name)
    speaker.line()
    speaker.tell(reading.scenario)
    speaker.line()
    speaker.tell(reading.headline, "bold")
    for text in (reading.price, reading.sureness, reading.doubt, reading.who):
        speaker.tell(text)
    _tiles(speaker, [tile for tile in reading.tiles if not tile.folded], reading.shock)
    ledger.years(speaker, comparison.of(name), reading)
    if with_who:
        ledger.who(speaker, comparison.of(name), reading)
    ledger.assumptions(speaker, comparison.of(name), reading)
    ledger.worth(speaker, reading)
    for text in (reading.local, *reading.warnings):
        speaker.tell(text)


def closing(
    speaker: Speaker, baseline: str, alternatives: Sequence[str], found: "Sequence[Gap]", today: "Scenario"
) -> None:
    """Print how the model stands beside France, then what can be asked next."""
    for text in (france.summary(speaker, found), *france.fitted(speaker, today)):
        speaker.tell(text)
    speaker.line()
    speaker.tell(speaker.say("next"), "bold")
    commands = {
        "next_france": f"cpts run {baseline}",
        "next_other": f"cpts compare {baseline} {alternatives[0]} --set policies.unscheduled_care.gps=3",
        "next_list": "cpts scenarios",
        "next_figures": "cpts parameters",
    }
    if "unscheduled_care" not in alternatives:
        del commands["next_other"]
    for key, command in commands.items():
        speaker.line(f"  {command}")
        speaker.tell(speaker.say(key), "dim", indent=6)


def _tiles(speaker: Speaker, tiles: "Sequence[Tile]", is_shock: bool) -> None:
    if not tiles:
        return
    rows = []
    for tile in tiles:
        label = speaker.say(f"tile_{tile.indicator}") if _is_ours(tile) else tile.label
        side = Cell(speaker.say(f"side_{tile.side}"), _COLOURS.get(tile.side, ""), is_words=True)
        rows.append([Cell(label), Cell(tile.today), Cell(tile.then), side])
    speaker.line()
    then = "then_shock" if is_shock else "then"
    speaker.table([speaker.say(f"head_{name}") for name in ("figure", "today", then, "word")], rows)
    for tile in tiles:
        speaker.tell(tile.note, "dim")
    speaker.line()


def _is_ours(tile: "Tile") -> bool:
    """Whether the label needs to say out of what."""
    return tile.indicator in ("answered_48h_per_1000", "unserved_per_1000", "carer_hours", "money_eur")
