"""What stands under an answer, printed after it: assumptions at their worst, worth, years, who gains and who loses."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cpts.cli.speaker import Cell, Speaker

if TYPE_CHECKING:
    from experiments.assumptions import Assumption
    from experiments.compare import Comparison
    from experiments.effect import Effect
    from experiments.wording import Voice
    from simulation.parameters import Number


def assumed(
    speaker: Speaker, comparison: "Comparison", figures: "Sequence[Number]", found: "Sequence[Assumption]"
) -> None:
    """Print every figure in doubt under an action with its range and, where it was lived, the answer at its worst."""
    if not figures:
        return
    voice, worst = _voice(speaker, comparison), {one.figure.path: one for one in found}
    rows = []
    for figure in figures:
        one = worst.get(figure.path)
        span = f"{_plain(voice, figure.low)} – {_plain(voice, figure.high)}"
        row = [
            Cell(figure.label[speaker.lang], is_words=True),
            Cell(_plain(voice, figure.default)),
            Cell(span),
        ]
        if found:
            told = "–" if one is None else _signed(voice, one.difference)
            row.append(Cell(told, "" if one is None or one.is_better else "red"))
        rows.append(row)
    speaker.line()
    heads = ["figure", "value", "span", *(["worst"] if found else [])]
    speaker.table([speaker.say(f"head_{name}") for name in heads], rows)
    if found:
        sign = -1 if comparison.indicators[voice.leading].better == "lower" else 1
        one = min(found, key=lambda each: sign * each.difference)
        fields = {"change": _signed(voice, one.difference), "label": one.figure.label[speaker.lang]}
        speaker.tell(speaker.say("ledger_worst", **fields, what=voice.label(voice.leading)))


def worth(speaker: Speaker, comparison: "Comparison") -> None:
    """Print what one more answer costs, if that can be computed, and in how many futures it pays."""
    from experiments.economics import economics

    found = economics(comparison)
    if found is None:
        return
    voice = _voice(speaker, comparison)
    if found.each is None:
        speaker.tell(speaker.say("worth_unknown"))
    else:
        speaker.tell(speaker.say("worth_each", euros=voice.number(round(found.each))))
    told = [
        speaker.say("worth_pays", value=voice.number(value), futures=futures, worlds=found.worlds)
        for value, futures in found.pays.items()
    ]
    speaker.tell(
        speaker.say("worth_list", list=" ; ".join(told) if speaker.lang == "fr" else "; ".join(told))
    )


def years(speaker: Speaker, comparison: "Comparison") -> None:
    """Print the leading indicator of each year of several."""
    voice = _voice(speaker, comparison)
    for rank, effect in enumerate(comparison.years(voice.leading), start=1):
        today, then = (
            voice.standing(voice.leading, value) for value in (effect.baseline, effect.alternative)
        )
        change = voice.count(voice.leading, effect.mean)
        speaker.tell(speaker.say("year_line", year=rank, today=today, then=then, change=change))


def who(speaker: Speaker, comparison: "Comparison") -> None:
    """Print what changes for each group large enough to be named."""
    voice = _voice(speaker, comparison)
    rows = [
        [Cell(voice.group(name), is_words=True), Cell(voice.count(voice.leading, effect.mean), is_words=True),
         Cell(str(effect.futures(effect.p_better))), Cell(str(effect.futures(effect.p_worse)))]
        for name, effect in groups_of(comparison, voice.leading)
    ]  # fmt: skip
    if rows:
        speaker.line()
        speaker.table([speaker.say(f"head_{name}") for name in ("group", "change", "gains", "loses")], rows)


def groups_of(comparison: "Comparison", indicator: str) -> "list[tuple[str, Effect]]":
    """What changes for each group that may be named: communes are left to their basins."""
    named = comparison.groups(indicator)
    told = [name for name in named if not name.startswith(("commune:", "small:", "role:", "ring", "cpts:"))]
    kept = [name for name in told if ":" in name]
    return [(name, comparison.difference(indicator, named[name])) for name in kept]


def document(comparison: "Comparison", found: "Sequence[Assumption]", indicator: str) -> dict[str, Any]:
    """The same for another program."""
    from experiments.economics import economics

    money = economics(comparison)
    return {
        "leading": indicator,
        "assumptions": [_assumption(one) for one in found],
        "economics": None if money is None else money._asdict(),
        "years": [_effect(one) for one in comparison.years(indicator)],
        "groups": [_effect(one) | {"group": name} for name, one in groups_of(comparison, indicator)],
    }


def _assumption(one: "Assumption") -> Mapping[str, Any]:
    figure = one.figure
    told = {name: getattr(figure, name) for name in ("path", "default", "low", "high", "grade", "source")}
    return told | {name: value for name, value in one._asdict().items() if name != "figure"}


def _effect(effect: "Effect") -> dict[str, Any]:
    names = ("group", "baseline", "alternative", "mean", "low", "high", "count")
    told = {name: getattr(effect, name) for name in names}
    return told | {"better": effect.futures(effect.p_better), "worse": effect.futures(effect.p_worse)}


def _voice(speaker: Speaker, comparison: "Comparison") -> "Voice":
    from experiments.reading import leading_of
    from experiments.wording import Voice

    return Voice(comparison, speaker.lang, leading_of(comparison))


def _signed(voice: "Voice", difference: float) -> str:
    """A difference with its sign, in the unit of the table of figures: shares in points."""
    size = difference * (100 if voice.kind(voice.leading) == "points" else 1)
    sign = "+" if size > 0 else "−" if size < 0 else ""
    return sign + voice.number(abs(size), 1)


def _plain(voice: "Voice", value: float) -> str:
    return voice.number(value, 0 if float(value).is_integer() else 3 if abs(value) < 0.1 else 2)
