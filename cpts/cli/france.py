"""The model beside France (le modèle face à la France): its misses stand on the first page."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from calibration.against_france import Gap
from cpts.cli.figures import bare, is_share, short, signed, slug
from cpts.cli.speaker import Cell, Speaker

if TYPE_CHECKING:
    from simulation.indicators import Indicator
    from simulation.scenario import Scenario

MISSED = "\N{BALLOT X}"
_OLD = "share_65_plus"
_WHOLE_YEAR = 360
"""Days from which a period is called a year."""


def told(
    speaker: Speaker, found: Sequence[Gap], scenario: "Scenario", indicators: "Mapping[str, Indicator]"
) -> None:
    """Print the table of national figures, then what it must not be taken for."""
    heads = [speaker.say(f"france_{name}") for name in ("target", "france", "year", "model", "gap")]
    rows = [_row(speaker, gap, indicators[gap.target.indicator]) for gap in found]
    speaker.line()
    speaker.tell(speaker.say("france_title"), "bold")
    speaker.table([*heads, " "], rows)
    speaker.line()
    speaker.tell(summary(speaker, found))
    if scenario.days < _WHOLE_YEAR:
        speaker.tell(speaker.say("france_short", days=scenario.days))
    for text in (place(speaker, scenario), *fitted(speaker, scenario)):
        speaker.tell(text)


def summary(speaker: Speaker, found: Sequence[Gap]) -> str:
    """How many national figures come out, and how many do not."""
    known = [gap for gap in found if gap.is_known]
    wrong = sum(gap.is_missed for gap in known)
    return speaker.say("france_summary", found=len(known) - wrong, total=len(known), missed=wrong)


def fitted(speaker: Speaker, scenario: "Scenario") -> list[str]:
    """What the fit to France is, whether this scenario stands on it, and how one's own figures come in."""
    from calibration.nationally import found_again
    from experiments.posterior import shipped_posterior
    from experiments.worlds import as_fitted

    points, national = shipped_posterior(), found_again()
    stands = points is not None and len(as_fitted(scenario, points)) == len(points.paths)
    key = "france_fitted" if stands else "france_own_settings"
    return [
        speaker.say(key, found=national.found, whole=national.whole),
        speaker.say("local_given" if scenario.territory.observed is not None else "local_none"),
    ]


def place(speaker: Speaker, scenario: "Scenario") -> str:
    """Why a gap is not always a fault: the territory has its own people."""
    communes = scenario.territory.communes
    inside = communes[communes["inside"]]
    people = inside["population"].sum()
    old = (inside["population"] * inside[_OLD]).sum() / people if people else 0.0
    return speaker.say("france_place", people=int(people), old=speaker.number(old * 100))


def _row(speaker: Speaker, gap: Gap, indicator: "Indicator") -> list[Cell]:
    target = gap.target
    style = "red" if gap.is_missed else ""
    low, value, high = (short(speaker, target.unit, one) for one in (target.low, target.value, target.high))
    return [
        Cell(label(speaker, gap, indicator), style),
        Cell(speaker.say("france_range", value=value, low=low, high=high), style),
        Cell(target.year, style),
        Cell(_model(speaker, gap), style),
        Cell(signed(speaker, target.unit, gap.difference), style),
        Cell(MISSED if gap.is_missed else "", style),
    ]


def _model(speaker: Speaker, gap: Gap) -> str:
    """The model's figure; one decimal more where rounding would put a miss on the edge of its range."""
    unit = gap.target.unit
    text = bare(speaker, unit, gap.model)
    edges = (bare(speaker, unit, gap.target.low), bare(speaker, unit, gap.target.high))
    return bare(speaker, unit, gap.model, 1) if gap.is_missed and text in edges else text


def label(speaker: Speaker, gap: Gap, indicator: "Indicator") -> str:
    """What the figure is, of whom, in what."""
    kind, _, ages = gap.target.group.partition(":")
    who = speaker.say("ages", ages=ages.replace("-", "\N{EN DASH}")) if kind == "age" else ""
    return speaker.say(
        "france_label", label=indicator.label[speaker.lang], who=who, unit=unit(speaker, indicator.unit)
    )


def unit(speaker: Speaker, name: str) -> str:
    """The unit in a few letters; shares are read in hundredths."""
    return speaker.say(f"unit_{'share' if is_share(name) else slug(name)}")
