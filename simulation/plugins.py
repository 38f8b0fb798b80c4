"""Levers written elsewhere (extensions): in a file that is named, or in a package that is installed.

Such a file defines a `Policy`, registers who carries it out with `undertake`, and adds it by `add_lever`. The file's
own text joins the identity of every result that uses it.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import entry_points
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from simulation.faults import Fault, Refused
from simulation.policies import LEVERS, Policy

GROUP = "cpts.levers"
"""Entry points of installed packages that add levers when they are loaded."""
NAMED = "CPTS_PLUGINS"
"""Environment variable that holds the files named, so that processes started later load them too."""


def load_plugin(path: str | Path) -> None:
    """Load the levers of a file; a file that is not there, fails or adds none is refused."""
    file = Path(path).resolve()
    if not file.is_file():
        raise Refused([Fault("plugin_missing", str(path))])
    name = f"cpts_plugin_{file.stem}_{fingerprint(file)[:8]}"
    if name in sys.modules:
        return
    known = set(LEVERS)
    spec = spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise Refused([Fault("plugin_missing", str(path))])
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as problem:
        del sys.modules[name]
        for lever in set(LEVERS) - known:
            del LEVERS[lever]
        told = f"{type(problem).__name__}: {problem}"
        raise Refused(
            [Fault("plugin_broken", str(path), line_of(problem, file), details={"problem": told})]
        ) from None
    if set(LEVERS) == known:
        raise Refused([Fault("plugin_without_lever", str(path))])
    files = [*filter(None, os.environ.get(NAMED, "").split(os.pathsep)), str(file)]
    os.environ[NAMED] = os.pathsep.join(dict.fromkeys(files))


def line_of(problem: BaseException, file: Path) -> int:
    """Say at which line of a file something went wrong, 0 if elsewhere."""
    if isinstance(problem, SyntaxError):
        return problem.lineno or 0
    line, trace = 0, problem.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(file):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def load_named() -> None:
    """Load the files that the environment names: for a worker, before it is given anything."""
    for file in filter(None, os.environ.get(NAMED, "").split(os.pathsep)):
        load_plugin(file)


@cache
def load_installed() -> None:
    """Load the levers of installed packages, once."""
    for point in sorted(entry_points(group=GROUP), key=lambda one: one.name):
        point.load()


def add_lever(name: str, kind: type[Policy]) -> None:
    """Add a lever under the name that scenarios will give it; a name that is taken is refused."""
    if name in LEVERS and LEVERS[name] is not kind:
        raise ValueError(f"a lever is already called {name}")
    LEVERS[name] = kind


def marks(policies: Iterable[Policy]) -> dict[str, str]:
    """Fingerprint of the text of each lever that is not this project's own."""
    found = {}
    for policy in policies:
        module = sys.modules[type(policy).__module__]
        if not module.__name__.startswith("simulation.policies.") and module.__file__:
            found[type(policy).__name__] = fingerprint(Path(module.__file__))
    return found


def fingerprint(file: Path) -> str:
    """Tell texts apart: sha256."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
