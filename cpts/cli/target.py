"""`cpts target` answers the question of the dialogue (quelle cible signer): which target, with what effort."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from cpts.cli import compare, shipped, workers
from cpts.cli.faults import Misused
from cpts.cli.opening import opened, prepared
from cpts.cli.progress import Steps
from cpts.cli.speaker import Cell, Speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from experiments.compare import Comparison
    from experiments.target import Reached

EFFORTS = ("gps=2,4,6,8", "slots_per_week=1,3,5")
_COLOURS = {"prudent": "green", "out_of_reach": "red"}


def target(
    context: typer.Context,
    baseline: Annotated[str, typer.Argument(metavar="BASELINE", help="baseline")] = shipped.BASELINE,
    alternative: Annotated[str, typer.Argument(metavar="ALTERNATIVE", help="alternative")] = shipped.ACTION,
    lever: Annotated[str | None, typer.Option("--lever", metavar="LEVER", help="lever")] = None,
    sizes: Annotated[list[str] | None, typer.Option("--effort", metavar="SIZE=A,B", help="effort")] = None,
    indicator: Annotated[str | None, typer.Option("--indicator", metavar="NAME", help="indicator")] = None,
    wanted: Annotated[str | None, typer.Option("--targets", metavar="A,B", help="targets")] = None,
    worlds: Annotated[int, typer.Option("--worlds", metavar="N", help="worlds")] = compare.WORLDS,
    sets: Annotated[list[str] | None, typer.Option("--set", metavar="K=V", help="set_compare")] = None,
    processes: Annotated[int | None, typer.Option("--workers", metavar="N", help="workers")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="json")] = False,
) -> None:
    """Say which targets can be signed."""
    speaker: Speaker = context.obj
    if worlds < 1:
        raise Misused("too_few", value="--worlds")
    asked = dict(sizes_in(one) for one in sizes or EFFORTS)
    targets = None if wanted is None else numbers_in(wanted, "targets", wanted)
    for name in (baseline, alternative):
        shipped.located(name)
    with Steps(speaker) as steps:
        opened(steps)
        looked_at = known(indicator)
        told = tuple(sets or ())
        today, then = shipped.read([baseline, alternative], [compare.shared(told), told])
        acting = lever or next(iter(then.policies), "")
        from experiments.compare import compare as live
        from experiments.target import efforts, reached

        tried = efforts(then, acting, asked)
        prepared(today, steps)
        steps.phase("first_future")

        def watch(so_far: "Comparison", total: int) -> None:
            if steps.phase_key != "futures":
                steps.phase("futures")
            steps.count(so_far.worlds, total, 1)

        with workers.executor(workers.cores(processes, worlds)) as pool:
            found = live(today, list(tried.values()), worlds=worlds, luck=0, executor=pool, watch=watch)
    from experiments.reading import leading_of

    looked_at = looked_at or leading_of(found)
    told_of(speaker, found, reached(found, acting, looked_at, targets), looked_at, as_json)


def sizes_in(text: str) -> tuple[str, tuple[float, ...]]:
    """Read `gps=2,4,6`."""
    name, equals, values = text.partition("=")
    if not equals or not name.strip():
        raise Misused("effort", value=text)
    return name.strip(), numbers_in(values, "effort", text)


def numbers_in(text: str, fault: str, whole: str) -> tuple[float, ...]:
    """Read numbers parted by commas."""
    try:
        found = tuple(float(one) for one in text.split(","))
    except ValueError:
        raise Misused(fault, value=whole) from None
    return found


def known(indicator: str | None) -> str | None:
    """An indicator that exists, or none."""
    from simulation.faults import nearest
    from simulation.indicators import INDICATORS

    if indicator is not None and indicator not in INDICATORS:
        raise Misused("indicator", value=indicator, nearest=nearest(indicator, INDICATORS))
    return indicator


def told_of(
    speaker: Speaker, found: "Comparison", some: "Sequence[Reached]", indicator: str, as_json: bool
) -> None:
    """Print the table of efforts and targets, and the sentences that read it; or the document."""
    from experiments.target import aim, told_effort, told_target
    from experiments.wording import Voice
    from texts import say

    voice = Voice(found, speaker.lang, indicator)
    by_effort: dict[str, list[Reached]] = {}
    for one in some:
        by_effort.setdefault(str(one.effort.sizes), []).append(one)
    targets = list(dict.fromkeys(one.target for one in some))
    if as_json:
        rows = [{**one.effort.sizes, "target": one.target, "futures": one.futures, "worlds": one.worlds,
                 "word": one.word} for one in some]  # fmt: skip
        speaker.document(
            json.dumps({"format": 1, "kind": "target", "indicator": indicator, "reached": rows}, indent=1)
        )
        return
    speaker.line()
    speaker.tell(say("target.about", speaker.lang, label=voice.label(indicator), worlds=some[0].worlds))
    speaker.tell(say("target.rule", speaker.lang), "dim")
    speaker.line()
    cells = [
        [Cell(each[0].effort.told(voice)), *(_cell(speaker, one) for one in each)]
        for each in by_effort.values()
    ]
    speaker.table([say("target.head_effort", speaker.lang), *(aim(voice, value) for value in targets)], cells)
    speaker.line()
    for each in by_effort.values():
        speaker.tell(told_effort(each, voice))
    for value in targets:
        speaker.tell(told_target(some, value, voice), "bold")


def _cell(speaker: Speaker, one: "Reached") -> Cell:
    from texts import say

    word = say(f"target.word_{one.word}", speaker.lang)
    told = say("target.cell", speaker.lang, word=word, futures=one.futures, worlds=one.worlds)
    return Cell(told, _COLOURS.get(one.word, ""), is_words=True)
