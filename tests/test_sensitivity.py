"""Which unknown figures decide a study's answer: weighed at points drawn as futures are, and told in its report."""

import json
from datetime import date

import numpy as np
import pandas as pd
import pytest

from experiments.archive import archive
from experiments.decides import weighed
from experiments.outcome import run_study
from experiments.report.appendix import parameters
from experiments.report.contents import Made
from experiments.report.deciding import every, heaviest
from experiments.report.of_study import study_report
from experiments.sensitivity import POINTS, decided, keep_points, law, planned_points, points, runs_of
from experiments.store import Store
from experiments.worlds import FITTED, worlds
from simulation.faults import Refused
from simulation.parameters import registry
from tests.test_study import written

DAY = date(2027, 1, 4)
PRIMARY = "answered_48h_per_1000"
FIGURES = ["demand.acute_per_year", "doors.number_awareness", "doors.number_success"]
ASKED = {
    "negative_controls": [], "changes": ["days=28", "warm_up_days=14", "ring=off"],
    "uncertainty": {"draws": 1, "chance": {"pilot": 2, "most": 2}},
    "sensitivity": {"method": "sobol", "n": 2, "on": ["primary", "unserved_per_1000"], "figures": FIGURES},
}  # fmt: skip


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    study = written(tmp_path_factory.mktemp("weighed") / "a-village", **ASKED)
    found = run_study(study, Store(study.folder / "results"))
    keep_points(study, Store(study.folder / "sensitivity"))
    return found


def test_points_share_one_luck_and_follow_the_law_of_each_figure(lived):
    study = lived.study
    at = points(study)
    assert at.shape == (2 * (3 + 2), 3)
    assert np.array_equal(at, points(study))
    planned = planned_points(study)
    assert runs_of(study) == (len(at), len(planned)) == (10, 20)
    assert {one.scenario.seed for one in planned} == {study.baseline.seed}
    figure = registry()["doors.number_success"]
    drawn = [law(study).at(point)["doors.number_success"] for point in at]
    assert min(drawn) >= figure.low
    assert max(drawn) <= figure.high
    assert np.corrcoef(drawn, at[:, 2])[0, 1] > 0.9


def test_all_that_worlds_draw_varies_when_no_figure_is_named_and_fitted_figures_vary_as_one(tmp_path):
    study = written(
        tmp_path / "s", baseline="baseline", scenarios=["unscheduled_care"], negative_controls=[],
        sensitivity={"n": 2}, changes=[],
    )  # fmt: skip
    drawn = law(study)
    assert drawn.factors[0] == FITTED
    assert set(drawn.fitted) == set(study.posterior.paths)
    half = drawn.at([0.5] * len(drawn.factors))
    assert set(half) == set(worlds(study.baseline, 1)[0].parameters)
    assert {path: half[path] for path in study.posterior.paths} == study.posterior.at(0.5)
    assert points(study).shape == (2 * (len(drawn.factors) + 2), len(drawn.factors))


def test_more_points_than_can_be_planned_are_refused_on_their_line(tmp_path):
    study = written(tmp_path / "s", sensitivity={"n": 65536})
    with pytest.raises(Refused) as refused:
        planned_points(study)
    fault = refused.value.faults[0]
    assert (fault.code, fault.field) == ("too_many_points", "sensitivity")
    assert fault.line > 0


def test_what_is_kept_is_the_difference_at_each_point_and_is_not_lived_twice(lived, tmp_path):
    study = lived.study
    table = pd.read_parquet(study.folder / POINTS)
    assert set(table["indicator"]) == {PRIMARY, "unserved_per_1000"}
    assert len(table) == 2 * 10
    assert table["difference"].notna().all()
    mine = table[table["indicator"] == PRIMARY].sort_values("point")
    assert np.array_equal(mine[FIGURES].to_numpy(), points(study))
    told = []
    again = keep_points(study, Store(study.folder / "sensitivity"), watch=lambda *one: told.append(one))
    assert told == []
    pd.testing.assert_frame_equal(again, table)


def test_a_figure_that_alone_moves_the_answer_has_all_the_weight(lived, tmp_path):
    study = written(tmp_path / "s", **{**ASKED, "sensitivity": {**ASKED["sensitivity"], "n": 256}})
    at, names = points(study), law(study).factors
    problem = {"num_vars": 3, "names": list(names), "bounds": [(0.0, 1.0)] * 3}
    figures = {name: registry()[name] for name in names}
    found = weighed(problem, figures, "sobol", at, 10 * at[:, 1])
    assert found[0].figure.path == names[1]
    assert found[0].size == pytest.approx(1.0, abs=0.1)
    assert max(one.size for one in found[1:]) < 1e-9
    assert {one.size for one in weighed(problem, figures, "sobol", at, np.zeros(len(at)))} == {0.0}


def test_weights_and_conditions_are_read_from_the_points(lived):
    one = decided(lived.study, "slots", PRIMARY, 10.0, 1.0)
    assert one.points == 10
    assert {weight.figure.path for weight in one.weights} == set(FIGURES)
    assert list(one.weights) == sorted(one.weights, key=lambda weight: -weight.size)
    assert decided(lived.study, "nobody", PRIMARY, 10.0, 1.0) is None


def test_the_first_appendix_has_a_column_for_what_each_figure_weighs(lived):
    weights = heaviest(lived, every(lived))
    assert set(weights.sizes) == set(FIGURES)
    table = parameters(lived.comparison, "en", lived.study.posterior, weights)
    column = next(at for at, head in enumerate(table.heads) if head.startswith("Total index"))
    told = {row[0]: row[column] for row in table.rows}
    assert float(told["doors.number_success"]) == pytest.approx(
        weights.sizes["doors.number_success"], abs=5e-4
    )
    assert told["people.ald_share"] == ""
    bare = parameters(lived.comparison, "en", lived.study.posterior)
    assert len(bare.heads) == len(table.heads) - 1
    assert {len(row) for row in table.rows} == {len(table.heads)}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_report_says_what_decides_and_numbers_its_figures(lived, lang):
    document = study_report(lived, Made("1.0", "0123", DAY), [], lang)
    assert "weights" in {table.name for table in document.tables}
    names = [figure.name for figure in document.figures]
    assert "decides-slots-answered-48h-per-1000" in names
    assert len(names) == len(set(names))
    assert [one.caption.split(".")[0] for one in document.figures] == [
        f"Figure {rank}" for rank in range(1, len(names) + 1)
    ]


def test_points_that_were_lived_for_other_figures_are_not_read_as_these(lived, tmp_path):
    other = {**ASKED["sensitivity"], "figures": [*FIGURES[:2], "doors.practices_called_per_day"]}
    study = written(tmp_path / "s", **{**ASKED, "sensitivity": other})
    (study.folder / POINTS).write_bytes((lived.study.folder / POINTS).read_bytes())
    assert decided(study, "slots", PRIMARY, 10.0, 1.0) is None


def test_the_archive_holds_the_points_and_all_that_a_deposit_asks_for(lived, tmp_path):
    import zipfile

    from experiments.archive import keep
    from experiments.freezing import freeze

    freeze(lived.study, DAY)
    keep(lived)
    archive(lived.study, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as file:
        names = set(file.namelist())
        crate = json.loads(file.read("ro-crate-metadata.json"))
        deposit = json.loads(file.read(".zenodo.json"))
        pins = file.read("environment/constraints.txt").decode()
    assert {
        "study/sensitivity.parquet",
        "scenarios/posterior.parquet",
        "CITATION.cff",
        "environment/Dockerfile",
    } <= names
    parts = {one["@id"] for one in crate["@graph"] if one["@type"] == "File"}
    assert parts == names - {"ro-crate-metadata.json"}
    root = next(one for one in crate["@graph"] if one["@id"] == "./")
    assert root["datePublished"] == deposit["publication_date"] == "2027-01-04"
    assert {"numba", "numpy", "pandas", "cpts-simulator"} <= {
        line.split("==")[0] for line in pins.splitlines()
    }
