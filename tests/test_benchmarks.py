"""The benchmark lives the same year as a run does: its phases are those of the model, in their order."""

from pathlib import Path

from benchmarks.phases import Clock, live_by_phase
from simulation import load
from simulation.results import results_of
from simulation.running import begin, run

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"


def test_a_year_timed_phase_by_phase_is_the_year_of_a_plain_run():
    scenario = load(SCENARIOS / "canton.yaml", search=[SCENARIOS]).with_(days=70, warm_up_days=40)
    model, clock = begin(scenario), Clock()
    while model.day <= model.calendar.last:
        live_by_phase(model, clock)
    assert results_of(model).table.equals(run(scenario).table)
    assert all(seconds > 0 for seconds in clock.seconds.values())
