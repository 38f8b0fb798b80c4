"""The answer at a glance (figure): what is not known and what is luck, on one scale of useful differences."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap

from experiments.effect import Comparison, Effect
from experiments.reading import leading_of, read, told_scenario
from experiments.wording import Voice
from texts import say

SHOWN = ("answered_48h_per_1000", "unserved_per_1000", "ed_want_of_slot_per_1000", "planned_wait_mean")
WIDTH, LEFT, RIGHT, TOP, STEP = 860, 300, 190, 104, 58
FOOT = 136
"""Height kept below for the legend, the price and what this is."""
LINE = 112
"""Characters of small text that a line holds."""
FEWEST_UNITS = 2.0
"""The scale shows at least two useful differences on each side, so that small effects look small."""
INK, SOFT, BAND, UNKNOWN, LUCK = "#1d2733", "#5d6b7a", "#eef1f4", "#9cc3e6", "#0b4f8a"


def picture(comparison: Comparison, lang: str, indicators: Sequence[str] = SHOWN) -> str:
    """Draw the effects as SVG: right is better, whatever the indicator; the grey band is no useful difference."""
    asked = dict.fromkeys((leading_of(comparison), *indicators)) if indicators is SHOWN else indicators
    told = [name for name in asked if comparison.has(name) and name not in comparison.france]
    effects = [comparison.difference(name) for name in told]
    signs = [_sign(comparison, effect) for effect in effects]
    bounds = [
        abs(value) / _unit(effect)
        for effect in effects
        for value in (effect.low, effect.high, effect.luck_low, effect.luck_high)
    ]
    most = max([FEWEST_UNITS, *bounds]) * 1.08
    height = TOP + STEP * len(effects) + FOOT
    parts = [_opening(height), *_frame(comparison, lang, height, most)]
    for place, (effect, sign) in enumerate(zip(effects, signs, strict=True)):
        parts += _row(comparison, lang, effect, sign, TOP + STEP * place + STEP / 2, most)
    parts += _foot(comparison, lang, height)
    return "\n".join([*parts, "</svg>", ""])


def _sign(comparison: Comparison, effect: Effect) -> float:
    return -1.0 if comparison.indicators[effect.indicator].better == "lower" else 1.0


def _unit(effect: Effect) -> float:
    return effect.threshold or 1.0


def _across(units: float, most: float) -> float:
    middle = LEFT + (WIDTH - LEFT - RIGHT) / 2
    return middle + units / most * (WIDTH - LEFT - RIGHT) / 2


def _opening(height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" '
        'font-family="system-ui, sans-serif" font-size="15">'
        f'<rect width="{WIDTH}" height="{height:.0f}" fill="#ffffff"/>'
    )


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 15, ink: str = INK) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{ink}">'
        f"{escape(words)}</text>"
    )


def _bar(left: float, right: float, y: float, thick: float, ink: str) -> str:
    wide = max(right - left, 2.0)
    return (
        f'<rect x="{left:.1f}" y="{y - thick / 2:.1f}" width="{wide:.1f}" height="{thick:.1f}" rx="3" '
        f'fill="{ink}"/>'
    )


def _subtitle(words: str) -> list[str]:
    """What was simulated, on two lines at most."""
    lines = wrap(words, LINE, max_lines=2, placeholder=" …")
    return [_text(16, 51 + 16 * rank, line, size=13, ink=SOFT) for rank, line in enumerate(lines)]


def _frame(comparison: Comparison, lang: str, height: float, most: float) -> list[str]:
    """Title, band of no useful difference, zero line and legend."""
    low, high, zero = _across(-1, most), _across(1, most), _across(0, most)
    bottom = height - FOOT + 6
    told = say("reading.picture_title", lang, worlds=comparison.worlds)
    return [
        _text(16, 30, told, size=17),
        *_subtitle(told_scenario(comparison, lang)),
        f'<rect x="{low:.1f}" y="{TOP - 8}" width="{high - low:.1f}" height="{bottom - TOP + 8:.1f}" fill="{BAND}"/>',
        f'<line x1="{zero:.1f}" y1="{TOP - 8}" x2="{zero:.1f}" y2="{bottom:.1f}" stroke="{SOFT}"/>',
        _text(_across(-most, most), TOP - 16, say("reading.picture_worse", lang), size=13, ink=SOFT),
        _text(_across(most, most), TOP - 16, say("reading.picture_better", lang), anchor="end", size=13, ink=SOFT),
        _bar(16, 46, height - FOOT + 34, 14, UNKNOWN),
        _text(54, height - FOOT + 39, say("reading.picture_unknown", lang), size=13),
        _bar(330, 360, height - FOOT + 34, 6, LUCK),
        _text(368, height - FOOT + 39, say("reading.picture_luck", lang), size=13),
        _bar(560, 590, height - FOOT + 34, 14, BAND),
        _text(598, height - FOOT + 39, say("reading.picture_band", lang), size=13),
    ]  # fmt: skip


def _foot(comparison: Comparison, lang: str, height: float) -> list[str]:
    """What it costs, that it is fitted to no real place, and that it is a projection."""
    reading = read(comparison, lang)
    words = " ".join([reading.price, *reading.warnings[:1], say("reading.picture_stamp", lang)])
    lines = wrap(words, LINE)[:4]
    first = height - FOOT + 68
    return [_text(16, first + 18 * rank, line, size=13, ink=SOFT) for rank, line in enumerate(lines)]


def _row(comparison: Comparison, lang: str, effect: Effect, sign: float, y: float, most: float) -> list[str]:
    """One indicator: its name, two ranges, its mean and what it is in words."""
    unit = sign * _unit(effect)
    unknown = sorted(_across(value / unit, most) for value in (effect.low, effect.high))
    luck = sorted(_across(value / unit, most) for value in (effect.luck_low, effect.luck_high))
    indicator = comparison.indicators[effect.indicator]
    told = Voice(comparison, lang, effect.indicator).signed(effect.indicator, effect.mean)
    return [
        _text(16, y + 5, indicator.label[lang]),
        _bar(unknown[0], unknown[1], y, 18, UNKNOWN),
        _bar(luck[0], luck[1], y, 7, LUCK),
        f'<circle cx="{_across(effect.mean / unit, most):.1f}" cy="{y:.1f}" r="5" fill="{INK}"/>',
        _text(WIDTH - RIGHT + 14, y + 5, told),
    ]  # fmt: skip
