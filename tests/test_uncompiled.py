"""The day without the compiler is the same day: kernels are plain Python that happens to be compiled."""

import hashlib
import os
import subprocess
import sys

from simulation import run
from tests.territories import scenario

LIVED = {"days": 30, "warm_up_days": 20, "policies": {"unscheduled_care": {"gps": 2, "slots_per_week": 2}}}


def fingerprint():
    table = run(scenario("village", **LIVED), verify=True, from_warm=False).table
    return hashlib.sha256(table.to_csv().encode()).hexdigest()


def test_a_village_lived_without_the_compiler_gives_the_same_table():
    code = "from tests.test_uncompiled import fingerprint; print(fingerprint())"
    plain = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert plain.stdout.strip() == fingerprint()
