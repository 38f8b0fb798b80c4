"""Opening the model (mise en marche): slow to load, and slower still the first time, when it is compiled."""

import contextlib
import logging
import os
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from cpts.cli.progress import Steps

if TYPE_CHECKING:
    from simulation.scenario import Scenario

_DONE = "prepared"

log = logging.getLogger("cpts.opening")


def opened(steps: Steps) -> None:
    """Load the model."""
    steps.phase("opening")
    started = monotonic()
    keep_mornings()  # several seconds: it loads the compiler
    log.info("model loaded in %.1f s", monotonic() - started)


def keep_mornings() -> None:
    """Keep warm mornings from one command to the next, unless `CPTS_WARM=off`."""
    from simulation.running import keep_warm_in

    if os.environ.get("CPTS_WARM") == "off":
        return
    import platformdirs

    keep_warm_in(Path(platformdirs.user_cache_dir("cpts-simulator")) / "warm")


def is_first_time() -> bool:
    """Whether this code has never been compiled on this machine."""
    if os.environ.get("NUMBA_DISABLE_JIT", "0") != "0":
        return False
    return not _mark().exists()


def prepared(scenario: "Scenario", steps: Steps) -> None:
    """The first time, live one day alone, so that the wait is named and happens once for all workers."""
    if not is_first_time():
        return
    steps.phase("first_time")
    started = monotonic()
    from simulation.running import run

    nothing_done = dict.fromkeys(scenario.policies)
    run(scenario.with_(days=1, warm_up_days=0, policies=nothing_done))
    log.info("compiled in %.1f s", monotonic() - started)
    remembered()


def remembered() -> None:
    """Leave a mark beside what was compiled: a preparation that was interrupted leaves none."""
    with contextlib.suppress(OSError):
        _mark().touch()


def _mark() -> Path:
    import numba

    import simulation.kernels  # noqa: F401 - it names the folder

    return Path(str(getattr(numba.config, "CACHE_DIR", ""))) / _DONE
