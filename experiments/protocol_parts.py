"""The parts of a protocol (rubriques): what is estimated, what is unknown, how long, what is kept and told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

from experiments.effect import GROUPS

Language = Literal["fr", "en"]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Subgroup = Literal["basin", "age", "ald", "deprived", "car"]
Checklist = Literal["odd", "stress-abs", "cheers2022"]
assert set(Subgroup.__args__) < set(GROUPS)  # type: ignore[attr-defined]


IN_ONE, IN_EACH = "in one language", "in each language"
Wording = Annotated[
    Annotated[str, Tag(IN_ONE)] | Annotated[Mapping[Language, str], Tag(IN_EACH)],
    Discriminator(lambda told: IN_EACH if isinstance(told, Mapping) else IN_ONE),
]
"""A text, or the same in French and in English."""
DAYS_OF_A_YEAR = 364
"""Whole weeks, so that every year has as many Mondays."""
LONGEST = 10
"""Years that may be simulated after the warm-up."""
WTP = (0.0, 20.0, 50.0, 100.0, 200.0)
FITTED, REGISTRY, POINTS = "posterior", "registry", ".parquet"
PRIMARY = "primary"
"""What stands for the primary outcome, wherever an indicator is named."""


class Part(BaseModel):
    """A part of a protocol: frozen, every key known."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Author(Part):
    """Somebody who answers for the study."""

    name: str
    orcid: str = Field(default="", pattern=r"^(\d{4}-){3}\d{3}[\dX]$|^$")
    affiliation: str = ""


class Estimand(Part):
    """What is to be estimated: of whom, between what, on which outcome, summed up how."""

    population: Wording
    contrast: Wording
    outcome: Wording
    summary: Wording


class Chance(Part):
    """How many pairs that differ by luck alone: a pilot, then as many as the precision asked for needs."""

    pilot: int = Field(default=8, ge=2, le=1000)
    half_width: Mapping[str, float] = {}
    """Indicator → half of the 90 % interval of the mean over luck pairs at which to stop."""
    most: int = Field(default=64, ge=2, le=10_000)


class Uncertainty(Part):
    """What is not known: draws of the figures, other ways the world may work, and luck."""

    draws: int = Field(default=20, ge=0, le=100_000)
    structure: Mapping[str, tuple[str, ...]] = {}
    """What is replaced (a switch, or as in `--set`) → the values it may take; all are crossed."""
    chance: Chance = Chance()
    figures: str = FITTED
    """Where worlds take what is unknown: points that fit France, the ranges of the registry, or a file of points."""


class Horizon(Part):
    """How long lives are led: before anything is counted, then how many years, and which of them are told."""

    warm_up_days: int | None = Field(default=None, ge=0, le=3660)
    years: int = Field(default=1, ge=1, le=LONGEST)
    report_years: tuple[Annotated[int, Field(ge=1, le=LONGEST)], ...] = ()
    """Years after the first counted day that the report tells one by one; all when none is named."""

    @property
    def changes(self) -> list[str]:
        """The same as changes to every scenario."""
        told = [f"days={DAYS_OF_A_YEAR * self.years}"]
        return told if self.warm_up_days is None else [*told, f"warm_up_days={self.warm_up_days}"]

    @property
    def told_years(self) -> tuple[int, ...]:
        """The years that are told, in order."""
        return tuple(sorted(set(self.report_years))) or tuple(range(1, self.years + 1))


class Economics(Part):
    """How money is weighed: whose, of which year, what a later year counts for, and what an answer may be worth."""

    perspectives: tuple[Literal["insurer", "carers_time"], ...] = ("insurer",)
    price_year: int | None = Field(default=None, ge=2000, le=2100)
    discount: float = Field(default=0.0, ge=0, le=0.2)
    """What each year after the first counts less, in money and in answers."""
    wtp: tuple[Annotated[float, Field(ge=0, le=1_000_000)], ...] = WTP
    """Euros that one more answered request may be worth (willingness to pay)."""


class Keep(Part):
    """What is kept beyond the whole period: its months, what became of some people, all that they lived through."""

    monthly: bool = False
    persons: int = Field(default=0, ge=0, le=100_000)
    """Adults drawn in each luck pair of the pilot, the same ones in every scenario."""
    events: bool = False
    """Whether every event of these people is kept too."""


class Sensitivity(Part):
    """Which unknown figures decide: how they are weighed, at how many points, on which outcomes."""

    method: Literal["sobol", "morris"] = "sobol"
    n: int = Field(default=64, ge=2, le=65_536)
    """Trajectories (Morris), or a power of two (Sobol)."""
    on: tuple[str, ...] = (PRIMARY,)
    figures: tuple[str, ...] = ()
    """Figures that vary; all those that worlds draw when none is named."""


class Means(Part):
    """With what a study is run; the seed is part of what is decided, the rest changes no result."""

    executor: Literal["processes", "here", "dask"] = "processes"
    workers: int | None = Field(default=None, ge=1, le=10_000)
    scheduler: str = ""
    """Address of a Dask scheduler; without it, `dask` begins workers on this machine."""
    seed: int | None = Field(default=None, ge=0, le=2**63 - 1)


class Leaving(Part):
    """What the report holds, and in which forms it leaves."""

    languages: tuple[Language, ...] = Field(default=("fr", "en"), min_length=1)
    checklists: tuple[Checklist, ...] = ("odd", "stress-abs", "cheers2022")
    tables: tuple[Literal["csv", "tex", "docx", "xlsx"], ...] = ("csv", "tex", "docx", "xlsx")
    figures: tuple[Literal["svg", "png", "pdf"], ...] = ("svg", "png", "pdf")


class Deposit(Part):
    """How a study is put away: with what a public archive asks for, unless not wanted."""

    doi_ready: bool = True


def worded(text: str | Mapping[Language, str], lang: str) -> str:
    """A text in a language, else in the one in which it was written."""
    if isinstance(text, str):
        return text
    return text.get("fr" if lang == "fr" else "en") or next(iter(text.values()), "")
