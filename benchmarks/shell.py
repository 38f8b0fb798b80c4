"""What somebody waits for at the shell: `cpts run`, and the very first one, which compiles."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def cpts_run(_: int = 0, **environment: str) -> float:
    """Seconds of `cpts run`, from the key pressed to the last line."""
    began = time.perf_counter()
    command = [str(Path(sys.executable).parent / "cpts"), "run"]
    usual = {name: word for name, word in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, capture_output=True, env=usual | environment)
    return time.perf_counter() - began


def first_ever() -> float:
    """Seconds of a `cpts run` that finds nothing compiled."""
    with tempfile.TemporaryDirectory() as folder:
        return cpts_run(XDG_CACHE_HOME=folder)
