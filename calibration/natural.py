"""What happened in France without anybody fitting it (expériences naturelles), asked of the model as a prediction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from calibration.against_france import figures_of
from calibration.contacts import contacted_before
from experiments.compare import compare

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from experiments.compare import Comparison
    from experiments.effect import Effect
    from simulation.scenario import Scenario

WORLDS = 12
MORE_OFTEN, MOSTLY = 0.6, 0.8
"""Shares of futures from which one says more often than not, and no useful difference (docs/indicators.md)."""
PRIMARY = "answered_48h_per_1000"
ACTIONS = ("unscheduled_care", "care_pathways", "two_retire", "aci_on_missions", "aci_on_assistants")
"""Actions of the shipped studies that lead to different sentences."""
DESERT = 2.5
"""Visits a year and inhabitant within reach under which a commune is called under-served."""
BEFORE_THE_ED = 0.34
FEWER_SLOTS = 0.95
"""Supply of 2023 against that of 2016–17: an order, found with an earlier model of the kind, that nobody observed."""
FAR_FEWER_SLOTS = (0.7, 0.6, 0.5)
"""Supplies that put the mean inhabitant of the national territory under that line, from just under to far under."""


class Asked(NamedTuple):
    """One prediction: what was seen in France, what the model gives, and whether both meet."""

    name: str
    france: str
    model: tuple[float, ...]
    """Median and 90 % over futures, or one figure."""
    is_met: bool | None
    """None when the two are not the same thing and stand side by side to be read."""
    is_share: bool = True
    """Told in %; a change of a share is told in points, as a number."""


def scenario(name: str) -> Scenario:
    """A shipped scenario."""
    from simulation import load

    folder = files("scenarios")
    return load(str(folder / f"{name}.yaml"), [str(folder)])


def asked(executor: Executor | None = None) -> list[Asked]:
    """Every prediction, in the order in which it is read."""
    national = scenario("national")
    today = _run(national)
    fewer = _run(with_slots(national, FEWER_SLOTS))
    deserts = [figures_of(_run(with_slots(national, share))) for share in FAR_FEWER_SLOTS]
    return [
        *nearest_by_supply(today),
        *as_in_2023(figures_of(fewer)),
        *poor_in_a_desert(figures_of(today), deserts),
        before_the_ed(national),
        *in_pairs(executor),
    ]


def in_pairs(executor: Executor | None = None, worlds: int = WORLDS) -> list[Asked]:
    """Predictions read in the differences that an action makes, over futures."""
    actions = {name: scenario(name) for name in ("city_hospital", "medical_assistants", "gp_access")}
    found = compare(scenario("baseline"), list(actions.values()), worlds=worlds, luck=0, executor=executor)
    told, helped, placed = (found.of(name) for name in found.actions)
    return [told_after_a_stay(told), readmissions(told), assistants(helped), ald_plan(placed)]


def with_slots(national: Scenario, share: float) -> Scenario:
    """The same territory where every GP offers this share of the slots, from the first counted day on."""
    lever = {"lever": "custom", "column": "practitioners.weekly", "change": "scale", "by": share}
    return national.with_(policies={"fewer_slots": lever})


def nearest_by_supply(table: pd.DataFrame) -> list[Asked]:
    """Share of visits at the nearest GP, in the communes with least and with most supply (IRDES 2016: 29 and 78 %)."""
    whole = table[(table["month"] == "all") & (table["commune"] != "all") & (table["group"] == "all")]
    wide = whole.pivot_table(index="commune", columns="indicator", values="value", observed=True)
    people = whole[whole["indicator"] == "people"].set_index("commune")["n"].reindex(wide.index)
    fifths = pd.qcut(wide["apl_20min"].rank(method="first"), 5, labels=False)
    found = []
    for name, fifth, france in (("nearest_low", 0, 0.29), ("nearest_high", 4, 0.78)):
        mine = fifths == fifth
        share = float(np.average(wide.loc[mine, "nearest_share"], weights=people[mine]))
        found.append(Asked(name, f"{100 * france:.0f} %", (share,), abs(share - france) <= 0.1))
    return found


def as_in_2023(figures: Mapping[tuple[str, str], float]) -> list[Asked]:
    """Delays with 5 % fewer slots, against the platform study of 2023 (its users only)."""
    median, share = figures["delay_total_median", "all"], figures["within_48h_share", "all"]
    return [
        Asked("median_2023", "3", (median,), 2.5 <= median <= 3.5, is_share=False),
        Asked("within_48h_2023", "41 %", (share,), 0.36 <= share <= 0.46),
    ]


def poor_in_a_desert(
    today: Mapping[tuple[str, str], float], deserts: Sequence[Mapping[tuple[str, str], float]]
) -> list[Asked]:
    """Giving up in need: the poor over the others today, and the poor of under-served places over the others today.

    The odds of the poor (three times) go into the model; what a desert adds arises, and depends on how deep it is.
    """
    poor, others = ("gave_up_per_1000", "deprived:yes"), ("gave_up_per_1000", "deprived:no")
    ratios = [desert[poor] / today[others] for desert in deserts]
    return [
        Asked("forgone_today", "×3", (today[poor] / today[others],), None, is_share=False),
        Asked("forgone_ratio", "×8", (ratios[1], min(ratios), max(ratios)), None, is_share=False),
    ]


class Twice(NamedTuple):
    """What one action does on the two lists of communes that fit as well: mean and 90 % over futures."""

    name: str
    kept: Effect
    variant: Effect

    @property
    def is_alike(self) -> bool:
        """Whether both lead to the same sentence: the same side of the useful difference, most often."""
        return side(self.kept) == side(self.variant)


def side(effect: Effect) -> str:
    """What is concluded: more often than not better or worse, no useful difference, or the model cannot tell."""
    if max(effect.p_better, effect.p_worse) >= MORE_OFTEN:
        return "better" if effect.p_better > effect.p_worse else "worse"
    return "same" if effect.p_within >= MOSTLY else "cannot_tell"


def twice(
    executor: Executor | None = None, worlds: int = WORLDS, actions: Sequence[str] = ACTIONS
) -> list[Twice]:
    """The same actions on both reconstructions of the Cévennes."""
    elsewhere = scenario("variant_a").territory
    asked = [scenario(name) for name in actions]
    moved = [one.with_(territory=elsewhere) for one in asked]
    here = compare(scenario("baseline"), asked, worlds=worlds, luck=0, executor=executor)
    there = compare(scenario("variant_a"), moved, worlds=worlds, luck=0, executor=executor)
    return [
        Twice(name, here.of(one).difference(PRIMARY), there.of(two).difference(PRIMARY))
        for name, one, two in zip(actions, here.actions, there.actions, strict=True)
    ]


def told_after_a_stay(found: Comparison) -> Asked:
    """Contact within 15 days of a stay where the city is told (PRADO: 57 to 86 % of those covered)."""
    low, middle, high = (100 * one for one in _differences(found, "contact_15_share"))
    return Asked("contact_15", "> 0", (middle, low, high), low > 0, is_share=False)


def readmissions(found: Comparison) -> Asked:
    """Readmissions do not fall with contact (matched national evaluation of PRADO: 8.7 against 7.2 %)."""
    low, middle, high = (100 * one for one in _differences(found, "readmission_30_share"))
    return Asked("readmissions", "0", (middle, low, high), low <= 0 <= high, is_share=False)


def assistants(found: Comparison) -> Asked:
    """Visits gained by a GP who takes an assistant (evaluations: 6 to 12 %), from 15 to 30 % of GPs with one."""
    low, middle, high = (one / 0.15 for one in _shares(found, "acts_per_inhabitant"))
    return Asked("assistants", "+6 – +12 %", (middle, low, high), low <= 0.12 and high >= 0.06)


def ald_plan(found: Comparison) -> Asked:
    """People with a long-term condition and no usual GP, one year of places at the federation's pace.

    The plan of 2023 was that of all actors (−25 % in a year): its share that falls to one CPTS is not known, so both
    stand side by side.
    """
    low, middle, high = _shares(found, "ald_without_usual_gp_share")
    return Asked("ald_plan", "−25 %", (middle, low, high), None)


def before_the_ed(national: Scenario) -> Asked:
    """Passages that followed a contact in town (Orange 2017: 34 %); give or take the luck of those followed."""
    share, passages = contacted_before(national)
    margin = 1.645 * (share * (1 - share) / passages) ** 0.5
    low, high = share - margin, share + margin
    return Asked("before_the_ed", "34 %", (share, low, high), low <= BEFORE_THE_ED <= high)


def _run(asked: Scenario) -> pd.DataFrame:
    from simulation import run

    return run(asked).table


def _differences(found: Comparison, indicator: str) -> tuple[float, float, float]:
    return _band(found.by_world(indicator, "world"))


def _shares(found: Comparison, indicator: str) -> tuple[float, float, float]:
    mine = found.pairs["alternative"] == found.alternative
    rows = found.pairs[mine & (found.pairs["indicator"] == indicator) & (found.pairs["group"] == "all")]
    return _band((rows["alternative_value"] - rows["baseline"]) / rows["baseline"])


def _band(values: pd.Series) -> tuple[float, float, float]:
    low, middle, high = np.quantile(values.to_numpy(float), (0.05, 0.5, 0.95))
    return float(low), float(middle), float(high)
