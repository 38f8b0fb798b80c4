"""The verbs of the command line, gathered: one speaker for all, one way out for whatever goes wrong."""

import contextlib
import logging
import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Any

import typer

from cpts.cli import (
    calibrate,
    check,
    compare,
    dashboard,
    decides,
    lesson,
    lessons,
    life,
    parameters,
    portfolio,
    publish,
    report,
    reproduce,
    run,
    scenarios,
    study,
    target,
    territory,
    workbook,
)
from cpts.cli.faults import BAD_INPUT, FAILED, FINE, INTERRUPTED, failure, sentences
from cpts.cli.language import Typed, typed
from cpts.cli.speaker import Speaker
from cpts.cli.usage import Verb, Verbs, misuse, written

log = logging.getLogger("cpts")


class Doors(Verbs):
    """The whole command: answers in the reader's language, and turns every problem into a sentence and a code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Answer one line, then leave."""
        line = typed(sys.argv[1:] if args is None else args, os.environ)
        sys.exit(self.answered(line))

    def answered(self, line: Typed) -> int:
        """Answer one line and give the exit code."""
        speaker = Speaker(line.lang)
        logged(line.verbose)
        if line.unknown is not None:
            speaker.aside(speaker.say("fault_language", value=line.unknown))
            return BAD_INPUT
        try:
            with self.make_context("cpts", line.rest, obj=speaker) as context:
                self.invoke(context)
            return flushed()
        except typer.Exit as end:
            return end.exit_code or flushed()
        except (KeyboardInterrupt, typer.Abort):
            speaker.aside(speaker.say("interrupted"))
            return INTERRUPTED
        except BrokenPipeError:
            return closed()
        except Exception as problem:
            return told(problem, speaker)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page of the whole command."""
        formatter.write(written(self, ctx))


def told(problem: Exception, speaker: Speaker) -> int:
    """Say what went wrong: faults of the input first, then misuse of the line, then a failure of the run."""
    faults = [*misuse(problem, speaker), *sentences(problem, speaker.lang)]
    for fault in faults:
        speaker.aside(fault)
    if faults:
        if len(faults) > 1:
            speaker.aside(speaker.say("faults", count=len(faults)))
        return BAD_INPUT
    log.info("failed", exc_info=problem)
    speaker.aside(failure(problem, speaker.lang))
    return FAILED


def flushed() -> int:
    """Everything written has left: a reader gone meanwhile is found here."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return closed()
    return FINE


def closed() -> int:
    """Whoever read us has seen enough (`cpts ... | head`); nothing more is written."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FINE


def logged(verbose: bool) -> None:
    """Tell what is done, beside the answer, when asked."""
    ours = [logging.getLogger(name) for name in ("cpts", "experiments", "calibration", "simulation")]
    for logger in ours:
        logger.setLevel(logging.INFO if verbose else logging.CRITICAL)
    if verbose:
        logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(name)s: %(message)s", force=True)


app = typer.Typer(
    cls=Doors,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run", cls=Verb)(run.run)
app.command("compare", cls=Verb)(compare.compare)
app.command("report", cls=Verb)(report.report)
app.command("publish", cls=Verb)(publish.publish)
app.command("target", cls=Verb)(target.target)
app.command("decides", cls=Verb)(decides.decides)
app.command("calibrate", cls=Verb)(calibrate.calibrate)
app.command("portfolio", cls=Verb)(portfolio.portfolio)
app.command("life", cls=Verb)(life.life)
app.command("lessons", cls=Verb)(lessons.lessons)
app.command("lesson", cls=Verb)(lesson.lesson)
app.command("study", cls=Verb)(study.study)
app.command("reproduce", cls=Verb)(reproduce.reproduce)
app.command("dashboard", cls=Verb)(dashboard.dashboard)
app.command("scenarios", cls=Verb)(scenarios.scenarios)
app.command("check", cls=Verb)(check.check)
app.command("parameters", cls=Verb)(parameters.parameters)
app.command("workbook", cls=Verb)(workbook.workbook)
app.add_typer(territory.app, name="territory")


@app.callback(invoke_without_command=True)
def cpts(
    context: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="version")] = False,
    lang: Annotated[str, typer.Option("--lang", metavar="fr|en", help="lang")] = "",
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="verbose")] = False,
    plugins: Annotated[list[str] | None, typer.Option("--plugin", metavar="FILE.py", help="plugin")] = None,
) -> None:
    """Without a verb: what the shipped action changes on the shipped territory."""
    speaker: Speaker = context.obj
    for file in plugins or ():
        from simulation.plugins import load_plugin

        load_plugin(file)
    if show_version:
        speaker.line(f"cpts {own_version()}")
    elif context.invoked_subcommand is None:
        compare.shipped_question(speaker)


def own_version() -> str:
    """The version installed; a bare copy of the files has none."""
    try:
        return version("cpts-simulator")
    except PackageNotFoundError:
        return "?"
