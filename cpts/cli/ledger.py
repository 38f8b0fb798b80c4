"""Assumptions at their worst (registre des hypothèses), who gains, what it is worth: lived, then printed."""

from typing import TYPE_CHECKING, Any

from cpts.cli.progress import Steps
from cpts.cli.speaker import Cell, Speaker

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from experiments.assumptions import Ledger
    from experiments.compare import Run
    from experiments.effect import Comparison
    from experiments.posterior import Posterior
    from experiments.reading import Reading
    from simulation.scenario import Scenario


def is_worth_living(worlds: int) -> bool:
    """Below twenty worlds there is no answer yet to be put to the worst."""
    from experiments.effect import FEWEST_WORLDS

    return worlds >= FEWEST_WORLDS


def extra(asked: "list[Scenario]", luck: int) -> int:
    """How many futures are lived again for the assumptions."""
    from experiments.action import action_of, named_by_title
    from experiments.assumptions import SEEDS, tasks

    named = named_by_title(asked[1:])
    actions = {name: action_of(asked[0], one) for name, one in named.items()}
    return len(tasks(asked[0], named, actions, min(SEEDS, luck)))


def listed(
    comparison: "Comparison", asked: "list[Scenario]", posterior: "Posterior | None" = None
) -> "Comparison":
    """The comparison with its figures and their ranges, nothing being lived at their ends."""
    from experiments.assumptions import ranges_only

    return comparison.with_(ledgers=ranges_only(asked[0], comparison, _leading(comparison), posterior))


def lived(
    comparison: "Comparison",
    asked: "list[Scenario]",
    executor: "Executor | None",
    steps: Steps,
    run: "Run | None" = None,
    posterior: "Posterior | None" = None,
) -> "Comparison":
    """The comparison with each figure lived at both ends of its range."""
    from experiments.action import named_by_title
    from experiments.assumptions import ledgers

    steps.phase("ledger")
    found = ledgers(
        asked[0], named_by_title(asked[1:]), comparison, _leading(comparison), executor=executor, run=run,
        watch=lambda done, total: steps.count(done, total, 0), posterior=posterior,
    )  # fmt: skip
    return comparison.with_(ledgers=found)


def _leading(comparison: "Comparison") -> dict[str, str]:
    from experiments.reading import leading_of

    return {name: leading_of(comparison.of(name)) for name in comparison.actions}


def assumptions(speaker: Speaker, comparison: "Comparison", reading: "Reading") -> None:
    """Print each figure with its value, its range and what the answer becomes when it is at its worst."""
    from experiments.told_assumptions import lines
    from experiments.wording import Voice

    voice = Voice(comparison, speaker.lang, reading.leading)
    if reading.ledger is None or not reading.ledger.entries:
        return
    told, middle = lines(voice), reading.ledger.central
    is_lived = middle is not None
    heads = ["setting", "value", "range", "learned", *(["worst"] if is_lived else [])]
    rows = []
    for line in told:
        label = speaker.say("ledger_label", label=line.label, grade=speaker.say(f"grade_{line.grade}"))
        row = [Cell(label), Cell(line.value), Cell(line.range, is_words=True), Cell(line.learned)]
        rows.append([*row, Cell(line.result, is_words=True)] if is_lived else row)
    indicator = comparison.indicators[reading.ledger.indicator].label[speaker.lang]
    title = speaker.say("ledger_ranges")
    if middle is not None:
        central, seeds = voice.change(reading.ledger.indicator, middle), len(reading.ledger.seeds)
        title = speaker.say("ledger_title", indicator=indicator, central=central, seeds=seeds)
    speaker.tell(title, "bold")
    speaker.table([speaker.say(f"head_{name}") for name in heads], rows)
    speaker.tell(speaker.say("ledger_learned"), "dim")
    speaker.tell(reading.assumptions)
    speaker.line()


def who(speaker: Speaker, comparison: "Comparison", reading: "Reading") -> None:
    """Print, group by group, the mean change and in how many futures it is useful or harmful."""
    if not reading.groups or reading.groups[0].side == "early":
        return  # the sentence already says that there is nobody to name, or that it is too early
    rows = []
    for share in reading.groups:
        counts = [
            speaker.say("who_futures", futures=count, worlds=share.futures)
            for count in (share.better, share.worse)
        ]
        rows.append(
            [Cell(share.label), Cell(share.change, is_words=True), *(Cell(count) for count in counts)]
        )
    label = comparison.indicators[reading.leading].label[speaker.lang]
    speaker.tell(speaker.say("who_title", indicator=label), "bold")
    speaker.table([speaker.say(f"head_{name}") for name in ("group", "change", "better", "worse")], rows)
    speaker.tell(speaker.say("who_note"), "dim")
    speaker.line()


def years(speaker: Speaker, comparison: "Comparison", reading: "Reading") -> None:
    """Print the leading indicator of each year of several."""
    from experiments.wording import Voice

    voice = Voice(comparison, speaker.lang, reading.leading)
    for rank, effect in enumerate(comparison.years(voice.leading), start=1):
        today, then = (
            voice.standing(voice.leading, value) for value in (effect.baseline, effect.alternative)
        )
        change = voice.count(voice.leading, effect.mean)
        speaker.tell(speaker.say("year_line", year=rank, today=today, then=then, change=change))


def worth(speaker: Speaker, reading: "Reading") -> None:
    """Print what one more answer would have to be worth, and what it costs when that can be known."""
    counted = reading.economics
    if counted is None or not reading.worth:
        return
    speaker.tell(reading.worth)
    speaker.tell(reading.cost)
    counts = speaker.listed(
        [speaker.say("worth_at", value=one.value, futures=one.futures) for one in counted.benefits]
    )
    speaker.tell(speaker.say("worth_line", worlds=counted.worlds, counts=counts), "dim")


def document(ledger: "Ledger | None") -> dict[str, Any] | None:
    """The ledger for another program: every figure, with what it rests on and what it does at its worst."""
    if ledger is None:
        return None
    return {
        "indicator": ledger.indicator,
        "seeds": ledger.seeds,
        "central": ledger.central,
        "figures": [
            {
                "path": one.figure.path, "label": one.figure.label, "value": one.value,
                "default": one.figure.default, "low": one.figure.low, "high": one.figure.high,
                "unit": one.figure.unit, "grade": one.figure.grade, "source": one.figure.source,
                "contraction": one.contraction, "worst_at": one.at, "difference": one.difference,
                "right_way": one.right_way, "useful": one.useful,
            }
            for one in ledger.entries
        ],
    }  # fmt: skip
