"""`cpts compare` lives the same futures with and without an action (comparaison) and reads the answer aloud."""

import json
import logging
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cpts.cli import documents, output, shipped, workers
from cpts.cli.faults import FAILED, FINE, INTERRUPTED, Misused, failure, sentences
from cpts.cli.opening import opened, prepared
from cpts.cli.progress import Steps
from cpts.cli.run import changes
from cpts.cli.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Executor

    from calibration.against_france import Gap
    from experiments.assumptions import Assumption
    from experiments.compare import Comparison
    from simulation.scenario import Scenario

WORLDS, LUCK = 20, 8
PICTURE = ".svg"
_SECONDS_A_PERSON_AND_YEAR = 1.4e-5  # measured, rounded up
_SECONDS_A_TABLE = 0.1
_SECONDS_TO_OPEN = 10.0
_PAIRS_OF_A_LEDGER = 20

log = logging.getLogger("cpts.compare")


class Question(NamedTuple):
    """What is asked on the line."""

    baseline: str
    alternatives: tuple[str, ...]
    worlds: int = WORLDS
    sets: tuple[str, ...] = ()
    workers: int | None = None
    target: str | None = None
    as_json: bool = False
    ledger: bool = True
    who: bool = False
    means: str = ""
    """What all actions are brought to cost alike: `budget`, `hours` or nothing."""

    @property
    def changes(self) -> list[list[str]]:
        """The changes of each scenario: an action belongs to the alternatives, all else to every future."""
        shared = [one for one in self.sets if not one.lstrip().startswith("policies.")]
        return [shared, *([list(self.sets)] * len(self.alternatives))]


class Outcome(NamedTuple):
    """What was lived before the end, and how it ended."""

    comparison: "Comparison"
    code: int = FINE
    trouble: str = ""
    ledgers: "Mapping[str, Sequence[Assumption]]" = {}


def compare(
    context: typer.Context,
    baseline: Annotated[str, typer.Argument(metavar="BASELINE", help="baseline")],
    alternatives: Annotated[list[str], typer.Argument(metavar="ALTERNATIVE", help="alternative")],
    worlds: Annotated[int, typer.Option("--worlds", metavar="N", help="worlds")] = WORLDS,
    days: Annotated[str | None, typer.Option("--days", metavar="N", help="days")] = None,
    seed: Annotated[str | None, typer.Option("--seed", metavar="N", help="seed")] = None,
    sets: Annotated[list[str] | None, typer.Option("--set", metavar="K=V", help="set_compare")] = None,
    processes: Annotated[int | None, typer.Option("--workers", metavar="N", help="workers")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="json")] = False,
    same_budget: Annotated[bool, typer.Option("--same-budget", help="same_budget")] = False,
    same_hours: Annotated[bool, typer.Option("--same-hours", help="same_hours")] = False,
    who: Annotated[bool, typer.Option("--who", help="who")] = False,
    no_ledger: Annotated[bool, typer.Option("--no-ledger", help="no_ledger")] = False,
    target: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="output_compare")
    ] = None,
) -> None:
    """Compare a baseline and its alternatives."""
    told = tuple(changes(sets, seed=seed, days=days))
    if same_budget and same_hours:
        raise Misused("one_means")
    means = "budget" if same_budget else "hours" if same_hours else ""
    if means and len(alternatives) < 2:
        raise Misused("too_few_actions", value=f"--same-{means}")
    named = tuple(alternatives)
    answered(
        context.obj,
        Question(baseline, named, worlds, told, processes, target, as_json, not no_ledger, who, means),
    )


def shipped_question(speaker: Speaker) -> None:
    """The shipped action on the shipped territory."""
    answered(speaker, Question(shipped.BASELINE, (shipped.ACTION,)))


def answered(speaker: Speaker, question: Question) -> None:
    """Check, live, keep, read aloud."""
    from calibration.against_france import compared_with_france, missed

    wanted = output.asked(question.target, (*output.SUFFIXES, PICTURE))
    if question.worlds < 1:
        raise Misused("too_few", value="--worlds")
    futures = question.worlds + min(LUCK, question.worlds)
    count = workers.cores(question.workers, futures)
    names = [question.baseline, *question.alternatives]
    for name in names:
        shipped.located(name)
    with Steps(speaker) as steps:
        opened(steps)
        asked = shipped.read(names, question.changes)
        if question.means:
            asked = _equal(speaker, asked, question.means, steps)
        _announce(speaker, asked, question.worlds, futures, count)
        outcome = _lived(asked, question, count, steps)
    speaker.aside(outcome.trouble)
    found = compared_with_france(outcome.comparison)
    outcome = outcome._replace(comparison=outcome.comparison.with_(france=missed(found)))
    written = None
    if wanted is not None:
        whole = _kept(outcome.comparison, asked, speaker.lang)
        written = output.kept(whole, wanted, speaker)
    _told(speaker, question, asked, outcome, found, written)
    raise typer.Exit(outcome.code or (FAILED if written != wanted else FINE))


def _announce(speaker: Speaker, asked: "list[Scenario]", worlds: int, futures: int, count: int) -> None:
    from cpts.cli.tables import titled

    seconds = duration(asked, futures, count)
    minutes = round(seconds / 60)
    time = speaker.say("under_a_minute") if seconds < 50 else speaker.say("minutes", count=max(1, minutes))
    titles = speaker.say("against").join(titled(speaker, one) for one in asked[1:])
    told = {"baseline": titled(speaker, asked[0]), "alternatives": titles, "worlds": worlds, "time": time}
    speaker.aside(speaker.say("announce", **told))


def duration(asked: "list[Scenario]", futures: int, count: int) -> float:
    """Seconds that a comparison lasts, roughly, on a machine of today."""
    baseline = asked[0]
    years = (baseline.warm_up_days + baseline.days * len(asked)) / 365
    people = float(baseline.territory.communes["population"].sum())
    each = people * years * _SECONDS_A_PERSON_AND_YEAR + _SECONDS_A_TABLE * len(asked)
    return _SECONDS_TO_OPEN + (futures + _PAIRS_OF_A_LEDGER) * each / count


def _lived(asked: "list[Scenario]", question: Question, count: int, steps: Steps) -> Outcome:
    """Live every future; what ends it early loses nothing of what was lived."""
    from experiments.compare import compare as live

    so_far: list[Comparison] = []
    first: list[int] = []  # the first to end also waited for the workers to open

    def watch(comparison: "Comparison", total: int) -> None:
        so_far[:] = [comparison]
        if steps.phase_key != "futures":
            steps.phase("futures")
            first.append(comparison.worlds + comparison.luck)
        steps.count(comparison.worlds + comparison.luck, total, first[0])

    started = monotonic()
    speaker = steps.speaker
    try:
        prepared(asked[0], steps)
        with workers.executor(count) as pool:
            started = monotonic()
            steps.phase("first_future")
            worlds, luck = question.worlds, min(LUCK, question.worlds)
            done = live(asked[0], asked[1:], worlds=worlds, luck=luck, executor=pool, watch=watch)
            log.info("%d futures lived in %.1f s", done.worlds + done.luck, monotonic() - started)
            return Outcome(done, ledgers=_ledgers(asked, done, pool, steps) if question.ledger else {})
    except KeyboardInterrupt:
        if not so_far:
            raise
        return Outcome(so_far[0], INTERRUPTED, speaker.say("interrupted_early"))
    except Exception as problem:
        if not so_far or sentences(problem, speaker.lang):
            raise
        log.info("failed", exc_info=problem)
        return Outcome(so_far[0], FAILED, failure(problem, speaker.lang))


def _ledgers(
    asked: "list[Scenario]", comparison: "Comparison", pool: "Executor | None", steps: Steps
) -> "dict[str, list[Assumption]]":
    """Put each figure under each action at its worst."""
    from experiments.assumptions import assumptions
    from experiments.reading import leading_of

    steps.phase("ledger")
    found = {}
    for name, alternative in zip(comparison.actions, asked[1:], strict=True):
        indicator = comparison.indicators[leading_of(comparison.of(name))]
        found[name] = assumptions(asked[0], alternative, indicator, executor=pool)
    return found


def _equal(speaker: Speaker, asked: "list[Scenario]", means: str, steps: Steps) -> "list[Scenario]":
    """Bring every action to the cost of the first, and say what could not be."""
    from cpts.cli.tables import titled
    from experiments.same_budget import equalled

    prepared(asked[0], steps)
    steps.phase("equal_means")
    found = equalled(asked[1:], means)
    unit = speaker.say(f"means_{means}")
    for one in found[1:]:
        told = {"title": titled(speaker, one.scenario), "factor": speaker.number(one.factor, 2), "unit": unit,
                "cost": speaker.number(one.cost), "wanted": speaker.number(one.wanted)}  # fmt: skip
        speaker.aside(speaker.say("equalled" if one.is_close else "not_equalled", **told))
    return [asked[0], *(one.scenario for one in found)]


def _kept(comparison: "Comparison", asked: "list[Scenario]", lang: str) -> "Callable[[Path], None]":
    """How a comparison is written: every pair, and what they were drawn from; or its picture."""
    origin = json.dumps(documents.origin(comparison, asked), ensure_ascii=False, sort_keys=True, indent=1)

    def write(target: Path) -> None:
        from experiments.picture import picture
        from simulation.results import write_parquet

        if target.suffix == PICTURE:
            target.write_text(picture(comparison, lang), encoding="utf-8")
            return
        if target.suffix == ".parquet":
            write_parquet(comparison.pairs, origin, target)
        else:
            comparison.pairs.to_csv(target, index=False, lineterminator="\n")
            target.with_suffix(".provenance.json").write_text(origin + "\n", encoding="utf-8")

    return write


def _told(
    speaker: Speaker,
    question: Question,
    asked: "list[Scenario]",
    outcome: Outcome,
    found: "tuple[Gap, ...]",
    written: Path | None,
) -> None:
    from cpts.cli import aloud

    comparison = outcome.comparison
    if question.as_json:
        complete = outcome.code == FINE
        told = (comparison, asked, found, complete, written, speaker.lang, outcome.ledgers)
        speaker.document(documents.of_comparison(*told))
        return
    from experiments.assumptions import rests_on

    for name, alternative in zip(comparison.actions, asked[1:], strict=True):
        under = rests_on(asked[0], alternative), outcome.ledgers.get(name, ())
        aloud.read_out(speaker, comparison, name, under, question.who)
    aloud.closing(speaker, question.baseline, question.alternatives, found, asked[0])
