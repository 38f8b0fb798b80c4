"""What is wrong with what was asked (erreurs de saisie): one sentence each, all at once, never a traceback."""

import sys
from typing import TYPE_CHECKING

from texts import say

if TYPE_CHECKING:
    from simulation.faults import Fault

FINE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
"""Exit codes, as docs/command-line.md tells them."""


class Misused(Exception):
    """Something asked of the command line itself that cannot be; the model has not been opened yet."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key, self.fields = f"fault_{key}", fields


def sentence(fault: "Fault", lang: str) -> str:
    """One fault in words: where it is, what it is, how to mend it."""
    place = {"file": fault.file, "line": fault.line, "field": fault.field}
    try:
        # A code with a point names the section of its sentence, which its own door keeps.
        key = fault.code if "." in fault.code else f"fault.{fault.code}"
        return say(key, lang, **place, **fault.details)
    except KeyError:
        return str(fault)  # a lever that comes from elsewhere may have faults of its own


def sentences(problem: BaseException, lang: str) -> list[str]:
    """The faults of an input, or nothing when the problem is of another kind."""
    if isinstance(problem, Misused):
        return [say(f"cli.{problem.key}", lang, **problem.fields)]
    refused = getattr(sys.modules.get("simulation.faults"), "Refused", None)
    if refused is not None and isinstance(problem, refused):
        return list(dict.fromkeys(sentence(fault, lang) for fault in problem.faults))
    return []


def failure(problem: BaseException, lang: str) -> str:
    """Why a run that was well asked did not come to its end."""
    kind = type(problem).__name__
    known = {"Broken": "broken", "TableFull": "overflow", "BrokenProcessPool": "worker_lost"}
    if isinstance(problem, MemoryError):
        return say("cli.failed_memory", lang)
    return say(f"cli.failed_{known.get(kind, 'other')}", lang, kind=kind, told=str(problem))
