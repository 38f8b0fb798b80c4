"""`cpts compare` lives the same futures with and without an action (comparaison) and reads the answer aloud."""

import json
import logging
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from cpts.cli import documents, kept, ledger, output, shipped, sizing, workers
from cpts.cli.faults import FAILED, FINE, INTERRUPTED, Misused, failure, sentences
from cpts.cli.opening import opened, prepared
from cpts.cli.progress import Steps
from cpts.cli.run import changes
from cpts.cli.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from calibration.against_france import Gap
    from experiments.compare import Comparison
    from experiments.same_budget import SameCost
    from simulation.scenario import Scenario

WORLDS, LUCK = 20, 8
PICTURE = ".svg"
_SECONDS_A_PERSON_AND_YEAR = 1.4e-5  # measured, rounded up
_SECONDS_A_TABLE = 0.1
_SECONDS_TO_OPEN = 10.0

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
    with_ledger: bool = True
    same_cost: str | None = None
    with_who: bool = False
    posterior: Path | None = None
    keep: Path | None = None

    @property
    def changes(self) -> list[list[str]]:
        """The changes of each scenario: an action belongs to the alternatives, all else to every future."""
        return [shared(self.sets), *([list(self.sets)] * len(self.alternatives))]


def shared(sets: "Sequence[str]") -> list[str]:
    """The changes that touch every scenario: an action is of those compared alone."""
    return [one for one in sets if not one.lstrip().startswith("policies.")]


class Outcome(NamedTuple):
    """What was lived before the end, and how it ended."""

    comparison: "Comparison"
    code: int = FINE
    trouble: str = ""


class Asked(NamedTuple):
    """What is lived: the baseline, then the alternatives at the size at which they are compared."""

    scenarios: "list[Scenario]"
    same: "SameCost | None" = None


def compare(
    context: typer.Context,
    baseline: Annotated[str, typer.Argument(metavar="BASELINE", help="baseline")],
    alternatives: Annotated[list[str], typer.Argument(metavar="ALTERNATIVE", help="alternative")],
    worlds: Annotated[int, typer.Option("--worlds", metavar="N", help="worlds")] = WORLDS,
    days: Annotated[str | None, typer.Option("--days", metavar="N", help="days")] = None,
    seed: Annotated[str | None, typer.Option("--seed", metavar="N", help="seed")] = None,
    sets: Annotated[list[str] | None, typer.Option("--set", metavar="K=V", help="set_compare")] = None,
    processes: Annotated[int | None, typer.Option("--workers", metavar="N", help="workers")] = None,
    no_ledger: Annotated[bool, typer.Option("--no-ledger", help="no_ledger")] = False,
    same_budget: Annotated[bool, typer.Option("--same-budget", help="same_budget")] = False,
    same_hours: Annotated[bool, typer.Option("--same-hours", help="same_hours")] = False,
    with_who: Annotated[bool, typer.Option("--who", help="who")] = False,
    posterior: Annotated[Path | None, typer.Option("--posterior", metavar="FILE", help="posterior")] = None,
    keep: Annotated[Path | None, typer.Option("--keep", metavar="FOLDER", help="keep")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="json")] = False,
    target: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="output_compare")
    ] = None,
) -> None:
    """Compare a baseline and its alternatives."""
    told = tuple(changes(sets, seed=seed, days=days))
    same = sizing.indicator_of(same_budget, same_hours, len(alternatives))
    question = Question(
        baseline, tuple(alternatives), worlds, told, processes, target, as_json, not no_ledger
    )
    answered(
        context.obj, question._replace(same_cost=same, with_who=with_who, posterior=posterior, keep=keep)
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
        asked = Asked(shipped.read(names, question.changes))
        if question.same_cost is not None:
            asked = Asked(*sizing.sized(asked.scenarios, question.same_cost, steps))
        is_lived = question.with_ledger and ledger.is_worth_living(question.worlds)
        extra = ledger.extra(asked.scenarios, LUCK) if is_lived else 0
        _announce(speaker, asked.scenarios, question.worlds, (futures, extra), count)
        outcome = lived(asked.scenarios, question, count, steps)
    speaker.aside(outcome.trouble)
    found = compared_with_france(outcome.comparison)
    outcome = outcome._replace(comparison=outcome.comparison.with_(france=missed(found)))
    written = None
    if wanted is not None:
        whole = _kept(outcome.comparison, asked, speaker.lang)
        written = output.kept(whole, wanted, speaker)
    _told(speaker, question, asked, outcome, found, written)
    raise typer.Exit(outcome.code or (FAILED if written != wanted else FINE))


def _announce(
    speaker: Speaker, asked: "list[Scenario]", worlds: int, futures: tuple[int, int], count: int
) -> None:
    from cpts.cli.tables import titled

    def named(one: "Scenario") -> str:
        title = titled(speaker, one)
        if title != titled(speaker, asked[0]):
            return title
        return speaker.say("itself_bare" if one == asked[0] else "itself")

    seconds = duration(asked, sum(futures), count)
    minutes = round(seconds / 60)
    time = speaker.say("under_a_minute") if seconds < 50 else speaker.say("minutes", count=max(1, minutes))
    titles = speaker.listed([named(one) for one in asked[1:]])
    told = {"baseline": titled(speaker, asked[0]), "alternatives": titles, "worlds": worlds, "time": time}
    one = worlds < 2
    speaker.aside(speaker.say(f"announce_{'one' if one else 'many'}", extra=futures[1] or "", **told))


def duration(asked: "list[Scenario]", futures: int, count: int) -> float:
    """Seconds that a comparison lasts, roughly, on a machine of today."""
    baseline = asked[0]
    years = (baseline.warm_up_days + baseline.days * len(asked)) / 365
    people = float(baseline.territory.communes["population"].sum())
    each = people * years * _SECONDS_A_PERSON_AND_YEAR + _SECONDS_A_TABLE * len(asked)
    return _SECONDS_TO_OPEN + futures * each / count


def lived(asked: "list[Scenario]", question: Question, count: int, steps: Steps) -> Outcome:
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
        with kept.run_in(question.keep) as run, workers.executor(count) as pool:
            started = monotonic()
            steps.phase("first_future")
            luck, told = min(LUCK, question.worlds), believed(question, asked[0])
            points = told.get("posterior")
            done = live(
                asked[0], asked[1:], worlds=question.worlds, luck=luck, executor=pool, watch=watch, run=run,
                **told,
            )  # fmt: skip
            so_far[:] = [ledger.listed(done, asked, points)]
            done = so_far[0]
            if question.with_ledger and ledger.is_worth_living(question.worlds):
                done = ledger.lived(done, asked, pool, steps, run, points)
        log.info("%d futures lived in %.1f s", done.worlds + done.luck, monotonic() - started)
        return Outcome(done)
    except KeyboardInterrupt:
        if not so_far:
            raise
        return Outcome(so_far[0], INTERRUPTED, speaker.say("interrupted_early"))
    except Exception as problem:
        if not so_far or sentences(problem, speaker.lang):
            raise
        log.info("failed", exc_info=problem)
        return Outcome(so_far[0], FAILED, failure(problem, speaker.lang))


def believed(question: Question, baseline: "Scenario") -> dict[str, Any]:
    """Other fitted points than those of France, when they are given; they must be of this very territory."""
    from experiments.posterior import posterior_for

    if question.posterior is None:
        return {}
    found = posterior_for(question.posterior, baseline.territory.sources)
    return {"posterior": found, "calibrated": True if found.is_of_here else None}


def _kept(comparison: "Comparison", asked: Asked, lang: str) -> "Callable[[Path], None]":
    """How a comparison is written: every pair, and what they were drawn from; or its picture."""
    told = documents.origin(comparison, asked.scenarios, same=asked.same)
    origin = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1)

    def write(target: Path) -> None:
        """Write what the name of the file asks for."""
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
    asked: Asked,
    outcome: Outcome,
    found: "tuple[Gap, ...]",
    written: Path | None,
) -> None:
    from cpts.cli import aloud

    comparison = outcome.comparison
    if question.as_json:
        complete = outcome.code == FINE
        told = (asked.scenarios, found, complete, written, speaker.lang, asked.same)
        speaker.document(documents.of_comparison(comparison, *told))
        return
    if asked.same is not None:
        speaker.line()
        sizing.told(speaker, asked.same)
    for name in comparison.actions:
        aloud.read_out(speaker, comparison, name, question.with_who)
    aloud.closing(speaker, question.baseline, question.alternatives, found, asked.scenarios[0])
