"""A protocol may be written at length; what is decided is the same, and what is wrong is told on its own line."""

from datetime import date

import pandas as pd
import pytest
import yaml

from experiments.freezing import deviate, freeze
from experiments.protocol import Control, read_protocol
from experiments.study import AS_IT_IS
from experiments.switches import AS_IS, SWITCHES, changes_of, crossed
from simulation.faults import Refused
from simulation.parameters import registry
from simulation.scenario import Terms
from tests.test_study import ASKED, SHIPPED, written

AT_LENGTH = """
study: which-mission-first
title: {fr: "Quelle mission d'abord ?", en: "Which mission first?"}
authors: [{name: Somebody, orcid: 0000-0000-0000-0000, affiliation: Somewhere}]
question: {fr: "Laquelle ?", en: "Which one?"}
protocol:
  estimand:
    population: residents of the territory at day 0, 17+
    contrast: unscheduled_care at full deployment vs baseline
    outcome: unscheduled requests answered within 48 h, per 1 000 requests made
    summary: paired difference, year 3 after contract
  primary: answered_48h_per_1000
  secondary: [unserved_per_1000, planned_wait_mean, carer_hours]
  useful_difference: {answered_48h_per_1000: 10, planned_wait_mean: 0.5, unserved_per_1000: 10}
  hypothesis: "helps in >= 80 % of plausible worlds by at least the useful difference"
  negative_controls: [empty_shell, slots@other_valley, null_behaviour]
  multiplicity: holm
  subgroups: [ald, deprived, age_group, basin]
  deviations: []
territories: [chataigne-micocoule, two-valleys]
baseline: scenarios/baseline.yaml
scenarios: [gp_access, unscheduled_care]
horizon: {warm_up_days: 364, years: 3, report_years: [1, 2, 3]}
uncertainty:
  parameters: {from: calibration/points.parquet, draws: 400}
  structure: {factorial: [practices_called, panel_reaction, awareness, demand_level]}
  chance: {pairs_per_draw: 1, pilot: 30, stop_when: {half_width: {answered_48h_per_1000: 2}, max_pairs: 4000}}
economics: {perspectives: [insurer, carers_time], price_year: 2025, discount: 0.025, wtp: [0, 50, 100, 200]}
sensitivity: {method: sobol, n: 1024, on: [primary, unserved_per_1000]}
keep: {monthly: true, persons: sample(1000), events: false}
run: {executor: dask, seed: 20270104}
report: {languages: [fr, en], checklists: [odd, stress-abs, cheers2022], tables: [csv, tex, docx], figures: [svg, pdf]}
archive: {doi_ready: true}
"""


def read(folder, text):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.yaml").write_text(text, encoding="utf-8")
    return read_protocol(folder)


def faults(folder, text):
    with pytest.raises(Refused) as refused:
        read(folder, text)
    return {(one.code, one.field, one.line) for one in refused.value.faults}


def line(text, words):
    return 1 + next(at for at, one in enumerate(text.splitlines()) if words in one)


def test_a_protocol_written_at_length_is_read_whole(tmp_path):
    told = read(tmp_path / "s", AT_LENGTH)
    assert told.estimand.population == "residents of the territory at day 0, 17+"
    assert (told.primary, told.baseline, told.uncertainty.draws) == ("answered_48h_per_1000", "baseline", 400)
    assert told.uncertainty.figures == "calibration/points.parquet"
    assert (told.uncertainty.chance.pilot, told.uncertainty.chance.most) == (30, 4000)
    assert told.uncertainty.chance.half_width == {"answered_48h_per_1000": 2.0}
    assert told.uncertainty.structure["awareness"] == (AS_IS, "nobody", "everybody")
    assert told.subgroups == ("ald", "deprived", "age", "basin")
    assert told.controls[1] == Control("slots", "basin:other_valley")
    assert told.weighed_on == ("answered_48h_per_1000", "unserved_per_1000")
    assert (told.keep.persons, told.keep.monthly, told.run.seed) == (1000, True, 20270104)
    assert told.report.figures == ("svg", "pdf")


def test_the_fuller_and_the_shorter_names_decide_the_same(tmp_path):
    short = {
        **ASKED, "uncertainty": {"draws": 4, "figures": "registry", "chance": {"pilot": 4, "most": 9}},
        "keep": {"persons": 30},
    }  # fmt: skip
    inner = {name: short[name] for name in ("estimand", "primary", "secondary", "negative_controls")}
    long = {name: value for name, value in short.items() if name not in inner} | {
        "protocol": inner | {"deviations": []}, "baseline": "scenarios/village.yaml", "keep": {"persons": "sample(30)"},
        "uncertainty": {
            "parameters": {"from": "registry", "draws": 4},
            "chance": {"pilot": 4, "pairs_per_draw": 1, "stop_when": {"max_pairs": 9}},
        },
    }  # fmt: skip
    one, other = (read(tmp_path / name, yaml.safe_dump(told)) for name, told in (("s", short), ("l", long)))
    assert one.digest == other.digest


def test_with_what_a_study_is_run_and_how_it_leaves_are_no_part_of_what_is_decided(tmp_path):
    bare = read(tmp_path / "a", yaml.safe_dump(ASKED))
    aside = {
        "run": {"executor": "here", "workers": 3},
        "report": {"languages": ["fr"]},
        "archive": {"doi_ready": False},
    }
    assert read(tmp_path / "b", yaml.safe_dump(ASKED | aside)).digest == bare.digest
    for told in ({"run": {"seed": 7}}, {"keep": {"persons": 9}}, {"sensitivity": {"n": 8}}):
        assert read(tmp_path / "c", yaml.safe_dump(ASKED | told)).digest != bare.digest
    assert set(bare.decided).isdisjoint({"run", "report", "archive", "sensitivity", "keep"})


def test_what_is_wrong_is_told_on_the_line_of_the_name_that_was_written(tmp_path):
    wrong = (
        AT_LENGTH.replace("primary: answered_48h_per_1000\n", "primary: answered\n")
        .replace("n: 1024", "n: 100").replace("[practices_called, ", "[door_order, ")
        .replace("max_pairs: 4000", "max_pairs: many").replace("persons: sample(1000), events: false", "events: true")
    )  # fmt: skip
    assert faults(tmp_path / "s", wrong) == {
        ("not_a_whole_number", "uncertainty.chance.most", line(wrong, "max_pairs")),
    }
    wrong = wrong.replace("max_pairs: many", "max_pairs: 99")
    assert faults(tmp_path / "s", wrong) == {
        ("unknown_indicator", "primary", line(wrong, "primary: answered")),
        ("not_a_power_of_two", "sensitivity.n", line(wrong, "sensitivity:")),
        ("unknown_choice", "uncertainty.structure.door_order", line(wrong, "factorial:")),
        ("events_of_nobody", "keep.events", line(wrong, "keep:")),
    }
    doubled = AT_LENGTH + "uncertainty_draws: 3\nprimary: unserved_per_1000\n"
    assert faults(tmp_path / "s", doubled) == {
        ("unknown_key", "uncertainty_draws", line(doubled, "uncertainty_draws")),
        ("said_twice", "protocol.primary", line(doubled, "primary: answered")),
    }


def test_a_figure_or_a_source_of_figures_that_does_not_exist_is_told(tmp_path):
    told = ASKED | {
        "sensitivity": {"figures": ["doors.number_succes"]},
        "uncertainty": {"draws": 2, "figures": "posteriour"}, "run": {"seed": 1}, "changes": ["seed=2"],
    }  # fmt: skip
    assert {code for code, _, _ in faults(tmp_path / "s", yaml.safe_dump(told))} == {
        "unknown_figure", "unknown_choice", "said_twice",
    }  # fmt: skip


def test_a_switch_has_levels_that_the_registry_admits_and_that_change_something():
    figures = registry()
    for levels in SWITCHES.values():
        for changes in levels.values():
            for change in changes:
                name, _, value = change.partition("=")
                if name.startswith("parameters."):
                    figure = figures[name.removeprefix("parameters.")]
                    assert figure.low <= float(value) <= figure.high
                    assert float(value) != figure.default
                else:
                    assert name in Terms.model_fields


def test_every_combination_of_switches_is_told_once_and_the_model_as_it_is_is_not_one():
    told = crossed({"awareness": (AS_IS, "nobody"), "gravity": (AS_IS, "weak"), "parameters.x": ("1", "2")})
    assert len(told) == len(set(told)) == 8
    assert crossed({"awareness": (AS_IS, "nobody"), "gravity": (AS_IS, "weak")}) == [
        "gravity=weak", "awareness=nobody", "awareness=nobody, gravity=weak",
    ]  # fmt: skip
    assert changes_of("awareness=nobody, parameters.x=2") == [
        "parameters.doors.number_awareness=0",
        "parameters.x=2",
    ]
    assert changes_of(AS_IT_IS) == crossed({}) == []


def test_switches_change_every_scenario_and_the_seed_of_the_protocol_is_the_one_lived(tmp_path):
    structure = {"awareness": [AS_IS, "nobody"], "panel_reaction": [AS_IS, "refuses"]}
    study = written(tmp_path / "s", uncertainty={"draws": 2, "structure": structure}, run={"seed": 99})
    assert len(study.structures) == 4
    found = study.with_structure("awareness=nobody, panel_reaction=refuses")
    assert {one.parameters.doors.number_awareness for one in found.values()} == {0.0}
    assert {one.parameters.adaptation.refuses_share for one in found.values()} == {0.5}
    assert {one.seed for one in study.scenarios.values()} == {99}
    assert study.scenarios["slots"].parameters.doors.number_awareness != 0.0


def test_figures_are_drawn_from_the_registry_or_from_points_that_travel_with_the_study(tmp_path):
    here = {"baseline": "baseline", "scenarios": ["unscheduled_care"], "negative_controls": [], "changes": []}
    usual = written(tmp_path / "a", **here, uncertainty={"draws": 3})
    ranges = written(tmp_path / "b", **here, uncertainty={"draws": 3, "figures": "registry"})
    assert usual.posterior is not None
    assert ranges.posterior is None
    path = usual.posterior.paths[0]
    fitted = set(usual.posterior.points[path])
    assert {one.parameters[path] for one in usual.worlds()} <= fitted
    assert not {one.parameters[path] for one in ranges.worlds()} & fitted
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "mine.parquet").write_bytes((SHIPPED / "posterior.parquet").read_bytes())
    own = written(tmp_path / "c", **here, uncertainty={"draws": 3, "figures": "mine.parquet"})
    assert own.worlds() == usual.worlds()
    freeze(own, date(2027, 1, 4))
    points = pd.read_parquet(tmp_path / "c" / "mine.parquet")
    points.iloc[1:].to_parquet(tmp_path / "c" / "mine.parquet", index=False)
    assert [one.field for one in deviate(own, date(2027, 2, 1))] == ["points.mine.parquet"]
    for name, code in (("none.parquet", "missing_file"), ("../c/mine.parquet", "outside")):
        with pytest.raises(Refused) as refused:
            written(tmp_path / "d", **here, uncertainty={"draws": 3, "figures": name})
        fault = refused.value.faults[0]
        assert (fault.code, fault.field) == (code, "uncertainty.figures")
        assert fault.line > 0


def test_a_control_in_a_basin_that_does_not_exist_is_told(tmp_path):
    with pytest.raises(Refused) as refused:
        written(tmp_path / "s", negative_controls=["nothing@Nowhere"])
    assert [(one.code, one.field) for one in refused.value.faults] == [
        ("unknown_basin", "negative_controls.0")
    ]
    basin = written(tmp_path / "t").baseline.territory.communes["basin"].iloc[0]
    study = written(tmp_path / "u", negative_controls=["nothing", f"slots@{basin}", "slots@ring"])
    assert study.names == ("slots", "nothing")
    assert [one.group for one in study.protocol.controls] == ["all", f"basin:{basin}", "ring"]
