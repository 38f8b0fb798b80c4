"""The day without the compiler is the same day: kernels are plain Python that happens to be compiled."""

import hashlib
import os
import subprocess
import sys

import pytest

from simulation import run
from simulation.kernels import codes
from tests.territories import scenario

LIVED = {"days": 30, "warm_up_days": 20, "policies": {"unscheduled_care": {"gps": 2, "slots_per_week": 2}}}

GENERATIONS = {
    "demography.summer_visitors": 0.5, "demography.deaths_per_1000": 11.0, "demography.births_per_1000": 11.0,
    "workforce.successor_share": 0.0, "workforce.arrivals_per_year": 0.055,
}  # fmt: skip
SEED = 36


def fingerprint():
    table = run(scenario("village", **LIVED), verify=True, from_warm=False).table
    return hashlib.sha256(table.to_csv().encode()).hexdigest()


def hamlet():
    """A hundred people over more than a year: deaths, births, visitors, a GP who leaves and one who arrives."""
    asked = scenario("village", days=380, warm_up_days=3, seed=SEED, parameters=GENERATIONS)
    land = asked.territory
    few = land.communes.assign(population=[50, 30, 20])
    leaving = land.practitioners["id"].map({"gp-99102-1": "2027-03"}).fillna("")
    return asked.with_(
        territory=land.with_(communes=few, practitioners=land.practitioners.assign(leaving=leaving))
    )


def fingerprint_of_generations():
    told = run(hamlet(), verify=True, from_warm=False)
    lived = told.counts.group.sum(axis=(0, 1))[[codes.BIRTHS, codes.DEATHS, codes.LOST_GP, codes.REGISTERED]]
    assert (lived > 0).all(), lived
    return hashlib.sha256(told.counts.group.tobytes() + told.counts.practice.tobytes()).hexdigest()


@pytest.mark.parametrize("name", ["fingerprint", "fingerprint_of_generations"])
def test_a_village_lived_without_the_compiler_gives_the_same_table(name):
    code = f"from tests.test_uncompiled import {name}; print({name}())"
    plain = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert plain.stdout.strip() == globals()[name]()
