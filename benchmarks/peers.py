"""Other programs in the same hour on the same machine, each doing what it does: none simulates what ours does."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable

from benchmarks.pure_mesa import PureMesa
from benchmarks.shipped import shipped
from simulation.running import fresh
from tests.naive import Twin

DAYS, TWIN_DAYS = 364, 28
OTHERS = {
    "covasim": "an epidemic, contacts in four layers",
    "starsim": "one infection on a random network",
}
ELSEWHERE = """
import json, sys, time
name, people, days = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
spent = []
for seed in range(4):
    if name == "covasim":
        import covasim
        sim = covasim.Sim(pop_size=people, n_days=days, verbose=0, rand_seed=seed)
        sim.initialize()
    else:
        import starsim
        sim = starsim.Sim(diseases="sis", networks="random", n_agents=people, start=0, stop=days, dt=1,
                          rand_seed=seed, verbose=0)
        sim.init()
    began = time.perf_counter()
    sim.run()
    spent.append(time.perf_counter() - began)
print(json.dumps(sorted(spent[1:])[1]))
"""


def elsewhere(python: str, name: str, people: int) -> float:
    """Seconds of a year of so many people in a simulator that another Python has, the first of four runs left out."""
    told = subprocess.run(
        [python, "-c", ELSEWHERE, name, str(people), str(DAYS)], check=True, capture_output=True, text=True
    )
    return float(json.loads(told.stdout.splitlines()[-1]))


def pure_mesa_of(people: int) -> Callable[[int], None]:
    """A year of the need and booking loop as Mesa agents."""

    def once(seed: int) -> None:
        model = PureMesa(people, max(people // 1_200, 1), max(seed, 0))
        for _ in range(DAYS):
            model.step()

    return once


def twin() -> float:
    """Seconds of a year of the plain twin, which does all that the model does: some days are lived, and scaled up."""
    built = fresh(shipped("baseline").with_(ring=False, days=TWIN_DAYS, warm_up_days=0))
    plain = Twin(built)
    began = time.perf_counter()
    for day in range(built.calendar.begin, built.calendar.last + 1):
        plain.live(built.calendar.today(day))
    return (time.perf_counter() - began) * DAYS / TWIN_DAYS
