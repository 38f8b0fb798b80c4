"""How one knows that the model is right, and where it is not (validation): a page made by `make validate`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from typing import TYPE_CHECKING, get_args

from calibration import natural, predicted, truth_told
from calibration.prior import figures
from calibration.simulated import Lived, counted
from calibration.targets import Use, targets
from calibration.told import learned_table, learned_words, used
from experiments.lessons.room import expected_wait, simulated_wait
from experiments.posterior import Posterior, shipped_posterior
from experiments.report.document import Block, Document, Heading, Paragraph, Table
from simulation.indicators import INDICATORS
from texts import number, say

if TYPE_CHECKING:
    from simulation.scenario import Scenario

ROOMS = ((1, 0.8), (1, 0.95), (3, 0.9), (6, 0.9))
AGAIN, FUTURES = 256, 64
"""Points lived before and after the fit, and futures lived beside them."""
WARM = (
    "answered_48h_per_1000",
    "unserved_per_1000",
    "delay_total_mean",
    "occupancy",
    "without_usual_gp_share",
)


class Found:
    """Everything that is measured, once, whatever the language."""

    def __init__(self, executor: Executor | None = None, watch: Callable[[str], None] | None = None) -> None:
        say_so = watch or (lambda _: None)
        national = natural.scenario("national")
        posterior = shipped_posterior()
        assert posterior is not None, "the model has not been fitted"
        say_so("theory")
        self.rooms = [(room, expected_wait(*room), simulated_wait(*room)) for room in ROOMS]
        say_so("france")
        self.met, self.joint = _met(national, posterior, executor)
        self.learned = predicted.learned(posterior, figures())
        say_so("natural")
        self.natural = natural.asked(executor)
        self.twice = natural.twice(executor)
        say_so("warm_up")
        self.warm = [_warm(national, days) for days in (364, 728)]
        say_so("truth")
        self.truth = truth_told.put(natural.scenario("canton"), executor=executor)


def document(found: Found, lang: str, stamp: str) -> Document:
    """The page in one language."""
    return Document(say("validation.title", lang), lang, stamp, tuple(_blocks(found, lang)))


def _blocks(found: Found, lang: str) -> Iterator[Block]:
    yield Paragraph(say("validation.about", lang), True)
    for name, made in (
        ("theory", _rooms), ("peers", None), ("france", _france), ("natural", _natural), ("twice", _twice),
        ("warm_up", _warm_table), ("truth", _truth), ("not_done", None),
    ):  # fmt: skip
        yield Heading(say(f"validation.{name}", lang))
        yield Paragraph(
            truth_told.words(found.truth, lang) if name == "truth" else say(f"validation.{name}_about", lang)
        )
        if made is not None:
            yield from made(found, lang)


def _rooms(found: Found, lang: str) -> Iterator[Block]:
    rows = tuple(
        (
            say("validation.room", lang, carers=carers, load=round(100 * load)),
            number(formula, lang, 2),
            say(
                "validation.give_or_take",
                lang,
                value=number(seen.mean, lang, 2),
                margin=number(seen.margin, lang, 2),
            ),
            _yes(abs(seen.mean - formula) <= seen.margin, lang),
        )
        for (carers, load), formula, seen in found.rooms
    )
    yield _table("rooms", ("room", "formula", "simulated", "met"), rows, lang)


def _france(found: Found, lang: str) -> Iterator[Block]:
    for use in get_args(Use):
        yield Heading(say(f"validation.{use}", lang), 3)
        words, *rest = used(use, found.met, lang)
        yield words
        if use == "fitted":
            yield Paragraph(_together(found.joint, lang))
        yield from rest
    yield Heading(say("calibrate.learned", lang), 3)
    yield Paragraph(learned_words(found.learned, lang))
    yield learned_table(found.learned, lang)


def _natural(found: Found, lang: str) -> Iterator[Block]:
    rows = tuple(
        (
            say(f"validation.asked_{one.name}", lang),
            one.france.replace(" %", say("calibrate.percent", lang, value=0).removeprefix("0")),
            _several(one, lang),
            _yes(one.is_met, lang),
        )
        for one in found.natural
    )
    yield _table("natural", ("what", "seen", "model", "met"), rows, lang)


def _twice(found: Found, lang: str) -> Iterator[Block]:
    rows = tuple(
        (
            natural.scenario(one.name).title[lang],  # type: ignore[index]
            *(say("validation.effect", lang, mean=number(effect.mean, lang, 1), low=number(effect.low, lang, 1),
                  high=number(effect.high, lang, 1), side=say(f"validation.side_{natural.side(effect)}", lang))
              for effect in (one.kept, one.variant)),
            _yes(one.is_alike, lang),
        )
        for one in found.twice
    )  # fmt: skip
    yield _table("twice", ("action", "kept", "variant", "alike"), rows, lang)


def _warm_table(found: Found, lang: str) -> Iterator[Block]:
    one, two = found.warm
    rows = []
    for name in WARM:
        indicator = INDICATORS[name]
        useful = indicator.useful_difference or float("nan")
        within = abs(two[name] - one[name]) <= useful
        told = (number(float(f"{value:.4g}"), lang) for value in (one[name], two[name], useful))
        rows.append((indicator.label[lang], *told, _yes(within, lang)))
    yield _table("warm_up", ("what", "one_year", "two_years", "useful", "met"), tuple(rows), lang)


def _truth(found: Found, lang: str) -> Iterator[Block]:
    yield truth_told.table(found.truth, lang)
    yield Paragraph(say("validation.truth_limits", lang))


def _together(joint: predicted.Joint, lang: str) -> str:
    chance = number(float(f"{joint.chance:.1g}"), lang)
    return say("validation.together", lang, distance=number(joint.distance, lang, 0), chance=chance)


def _met(
    national: Scenario, posterior: Posterior, executor: Executor | None
) -> tuple[list[predicted.Met], predicted.Joint]:
    live = Lived(national, counted(national, targets()))
    before = predicted.lived_at(live, predicted.of_prior(figures(), AGAIN), executor)
    after = predicted.lived_at(live, predicted.of_posterior(posterior, AGAIN), executor)
    futures = predicted.lived_futures(live, FUTURES, executor)
    fitted = [one for one in live.targets if one.use == "fitted"]
    return predicted.met(before, after, live.targets, futures), predicted.joint(after, fitted)


def _warm(national: Scenario, days: int) -> dict[str, float]:
    from simulation import run

    results = run(national.with_(warm_up_days=days))
    return {name: results.value(name) for name in WARM}


def _several(one: natural.Asked, lang: str) -> str:
    told = [_plainly(value, one.is_share, lang) for value in one.model]
    return (
        told[0]
        if len(told) == 1
        else say("calibrate.central", lang, middle=told[0], low=told[1], high=told[2])
    )


def _plainly(value: float, is_share: bool, lang: str) -> str:
    """Two significant digits; shares in %, to a tenth."""
    if is_share:
        return say("calibrate.percent", lang, value=number(100 * value, lang, 1))
    return number(float(f"{value:.2g}"), lang)


def _yes(is_met: bool | None, lang: str) -> str:
    return "" if is_met is None else say(f"calibrate.{'found' if is_met else 'missed'}", lang)


def _table(name: str, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...], lang: str) -> Table:
    told = tuple(say(f"validation.head_{head}", lang) for head in heads)
    return Table(name, say(f"validation.{name}_caption", lang), told, rows)
