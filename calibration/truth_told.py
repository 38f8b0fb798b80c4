"""What the search for hidden points is told as (le calage dit-il vrai ?): one sentence, then a line for each figure."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from calibration.prior import figures
from calibration.runs import JOURNAL
from calibration.simulated import Lived, counted
from calibration.targets import used_as
from calibration.truth import LEVEL, TOO_SURE, Recovered, coverage, recovered, sought, too_sure
from experiments.report.document import Table
from texts import number, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulation.scenario import Scenario

HIDDEN, BUDGET = 32, 200
"""Points that are hidden, and years simulated to find each: modest, so that the proof takes minutes."""


class Proof(NamedTuple):
    """The default calibration put to the proof, and the same made too sure of itself on purpose."""

    honest: tuple[Recovered, ...]
    wrong: tuple[Recovered, ...]
    hidden: int
    place: str


def put(
    scenario: Scenario,
    hidden: int = HIDDEN,
    budget: int = BUDGET,
    executor: Executor | None = None,
    watch: Callable[[int, int], None] | None = None,
    *,
    seed: int = 1,
) -> Proof:
    """Hide so many points in a territory and look for each as France is looked for."""
    numbers = figures()
    live = Lived(scenario, counted(scenario, used_as("fitted")))
    with TemporaryDirectory() as folder:
        found = sought(
            live, numbers, live.targets, Path(folder) / JOURNAL, hidden=hidden, budget=budget,
            seed=seed, executor=executor, watch=watch,
        )  # fmt: skip
    return Proof(
        recovered(found, numbers), recovered(too_sure(found), numbers), hidden, scenario.territory.name
    )


def words(proof: Proof, lang: str) -> str:
    """What was hidden, how often it was found, and whether the wrong likelihood was caught."""
    honest, wrong = proof.honest, proof.wrong
    band = number(float(f"{LEVEL / (2 * len(honest)):.1g}"), lang)
    return say(
        "validation.truth_about", lang, place=proof.place, hidden=proof.hidden, count=proof.hidden * len(honest),
        covered=round(100 * coverage(honest)), wrong=round(100 * coverage(wrong)), times=round(TOO_SURE),
        band=band, caught=sum(not one.is_true(len(wrong)) for one in wrong), whole=len(wrong),
    )  # fmt: skip


def table(proof: Proof, lang: str) -> Table:
    """Figure by figure: coverage, histogram of the ranks, both bands, what was learned."""
    names = ("what", "covered", "ranks", "lean", "sureness", "contraction", "out")
    heads = tuple(say(f"validation.head_{name}", lang) for name in names)
    rows = tuple(
        (
            figures((one.path,))[one.path].label[lang],
            _percent(one.covered, lang),
            " ".join(str(count) for count in one.counts),
            number(one.lean, lang, 3),
            number(one.sureness, lang, 3),
            _percent(one.contraction, lang),
            say(f"validation.{'not_out' if one.is_true(len(proof.honest)) else 'out'}", lang),
        )
        for one in proof.honest
    )
    return Table("truth", say("validation.truth_caption", lang), heads, rows)


def _percent(share: float, lang: str) -> str:
    return say("calibrate.percent", lang, value=round(100 * share))
