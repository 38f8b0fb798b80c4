"""A study is decided, frozen, run, told and put away; somebody else finds the same table, or learns why not."""

import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from experiments.archive import archive, keep, kept, ledger, reproduce, unpacked
from experiments.freezing import deviate, deviations, freeze, frozen
from experiments.outcome import pairs_wanted, run_study
from experiments.protocol import read_protocol
from experiments.report.contents import Made
from experiments.report.files import valued, write
from experiments.report.of_study import study_report
from experiments.store import Store
from experiments.study import Study, luck_pairs, world_pairs
from experiments.variance import adjusted, chance_alone, pairing, parted
from simulation.faults import Refused

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "scenarios"
DAY, LATER = date(2027, 1, 4), date(2027, 2, 1)
ASKED = {
    "study": "a-village",
    "title": {"fr": "Un village", "en": "A village"},
    "question": {"fr": "Que change un créneau ?", "en": "What does a slot change?"},
    "estimand": {"population": "everybody", "contrast": "one GP, two slots", "outcome": "answered", "summary": "mean"},
    "primary": "answered_48h_per_1000",
    "secondary": ["unserved_per_1000", "planned_wait_mean"],
    "baseline": "village",
    "scenarios": ["slots"],
    "negative_controls": ["nothing"],
    "changes": ["days=28", "warm_up_days=14"],
    "uncertainty": {
        "draws": 4, "structure": {"parameters.doors.practices_called_per_day": ["1"]}, "chance": {"pilot": 4},
    },
}  # fmt: skip


def written(folder, **changes):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.yaml").write_text(yaml.safe_dump({**ASKED, **changes}, allow_unicode=True))
    slots = "title: {fr: Des créneaux, en: Slots}\nextends: village.yaml\n"
    (folder / "slots.yaml").write_text(slots + "policies: {unscheduled_care: {gps: 1, slots_per_week: 2}}\n")
    (folder / "nothing.yaml").write_text("title: {fr: Rien, en: Nothing}\nextends: village.yaml\n")
    return Study(folder, SHIPPED)


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study") / "a-village"
    study = written(folder)
    freeze(study, DAY)
    found = run_study(study, Store(folder / "results"))
    keep(found)
    return found


def codes(wrong):
    with pytest.raises(Refused) as refused:
        wrong()
    return {(fault.code, fault.field, fault.line) for fault in refused.value.faults}


def test_every_fault_of_a_protocol_is_told_at_once_with_its_line(tmp_path):
    folder = tmp_path / "wrong"
    folder.mkdir()
    told = yaml.safe_dump({**ASKED, "multiplicity": "bonferroni", "hypotesis": "x", "study": "Not A Slug"})
    (folder / "study.yaml").write_text(told)
    lines = told.splitlines()

    def line(text):
        return 1 + next(at for at, one in enumerate(lines) if one.startswith(text))

    assert codes(lambda: read_protocol(folder)) == {
        ("unknown_choice", "multiplicity", line("multiplicity")),
        ("unknown_key", "hypotesis", line("hypotesis")),
        ("bad_value", "study", line("study")),
    }


def test_an_indicator_or_a_scenario_that_does_not_exist_is_told_with_what_was_meant(tmp_path):
    with pytest.raises(Refused) as refused:
        written(tmp_path / "one", primary="answered_48h_per_100")
    assert refused.value.faults[0].code == "unknown_indicator"
    assert refused.value.faults[0].details["nearest"] == "answered_48h_per_1000"
    with pytest.raises(Refused) as refused:
        written(tmp_path / "two", scenarios=["slot"])
    assert refused.value.faults[0].code == "no_such_scenario"
    assert refused.value.faults[0].details["nearest"] == "slots"


def test_pairs_share_seed_and_figures_and_structures_share_the_luck(lived):
    study = lived.study
    planned = [*luck_pairs(study, 3), *world_pairs(study)]
    for at in {(one.at["kind"], one.at["number"]) for one in planned}:
        some = [one for one in planned if (one.at["kind"], one.at["number"]) == at]
        assert len({one.scenario.seed for one in some}) == 1
        assert len({one.scenario.parameters.model_dump_json() for one in some}) == 1
        assert [one.at["scenario"] for one in some] == ["", "slots", "nothing"]
    assert study.structures == ("", "parameters.doors.practices_called_per_day=1")
    under = lived.pairs[lived.pairs["structure"] != ""]
    assert set(under["kind"]) == {"luck"}
    assert set(under["seed"]) == {one.scenario.seed for one in luck_pairs(study, 4)}


def test_a_negative_control_that_does_nothing_changes_nothing_at_all(lived):
    control = lived.pairs[lived.pairs["scenario"] == "nothing"].dropna(subset=["baseline"])
    assert len(control) > 500
    assert (control["baseline"] == control["alternative_value"]).all()
    assert chance_alone(lived.comparison.of("nothing"), "answered_48h_per_1000") == 1.0


def test_an_indicator_of_a_comparison_is_the_difference_of_its_runs(lived):
    found = lived.comparison.of("slots")
    rows = lived.pairs[
        (lived.pairs["structure"] == "") & (lived.pairs["scenario"] == "slots") & (lived.pairs["kind"] == "world")
        & (lived.pairs["indicator"] == "answered_48h_per_1000") & (lived.pairs["group"] == "all")
    ]  # fmt: skip
    assert len(rows) == 4
    by_hand = (rows["alternative_value"] - rows["baseline"]).mean()
    assert found.difference("answered_48h_per_1000").mean == pytest.approx(by_hand, rel=1e-12)
    assert (found.worlds, found.luck) == (4, 4)


def test_a_study_that_is_not_frozen_does_not_run_and_is_frozen_once(tmp_path):
    study = written(tmp_path / "s")
    assert codes(lambda: deviate(study, DAY)) == {("not_frozen", "", 0)}
    assert freeze(study, DAY) == study.protocol.digest == frozen(study)["hash"]
    assert codes(lambda: freeze(study, LATER)) == {("frozen_already", "", 0)}
    assert deviate(study, LATER) == deviations(study) == []


def test_a_change_after_the_freeze_is_a_dated_deviation_told_once(tmp_path):
    freeze(written(tmp_path / "s"), DAY)
    changed = written(tmp_path / "s", primary="unserved_per_1000", secondary=[])
    new = deviate(changed, LATER)
    assert {(one.day, one.field) for one in new} == {
        ("2027-02-01", "protocol.primary"),
        ("2027-02-01", "protocol.secondary"),
    }
    assert deviate(changed, LATER) == []
    assert deviations(changed) == new
    scenario = tmp_path / "s" / "slots.yaml"
    scenario.write_text(scenario.read_text().replace("slots_per_week: 2", "slots_per_week: 3"))
    assert [one.field for one in deviate(Study(tmp_path / "s", SHIPPED), LATER)] == ["scenarios.slots"]


def test_more_pairs_are_asked_for_as_their_mean_must_be_more_precise(tmp_path, lived):
    spread = lived.comparison.of("slots").by_world("answered_48h_per_1000", "luck").std(ddof=1)
    spread = float(spread)
    assert spread > 0

    def wanted(half_width, most=10_000):
        chance = {"pilot": 4, "half_width": {"answered_48h_per_1000": half_width}, "most": most}
        study = written(tmp_path / str(half_width), uncertainty={**ASKED["uncertainty"], "chance": chance})
        return pairs_wanted(type(lived)(study, lived.pairs, lived.failed), 4)

    assert wanted(spread) == 4
    assert wanted(spread / 10) == int(np.ceil((1.645 * 10) ** 2))
    assert wanted(spread / 1000, most=50) == 50


def test_an_archive_gives_the_same_table_to_the_bit(lived, tmp_path):
    path = tmp_path / "study.zip"
    archive(lived.study, path)
    study = unpacked(path, tmp_path / "elsewhere")
    assert study.protocol.digest == lived.study.protocol.digest
    same = reproduce(study, Store(tmp_path / "again"), first=2)
    assert same.rows == len(lived.pairs[lived.pairs["number"] <= 2]) > 1000
    assert (same.differing, same.versions) == (0, ())


def test_a_table_that_differs_is_told_with_the_version_that_does(lived, tmp_path):
    path = tmp_path / "study.zip"
    archive(lived.study, path)
    study = unpacked(path, tmp_path / "elsewhere")
    pairs = pd.read_parquet(study.folder / "pairs.parquet")
    place = pairs.index[(pairs["number"] == 1) & pairs["alternative_value"].notna()][0]
    pairs.loc[place, "alternative_value"] += 1e-9
    pairs.to_parquet(study.folder / "pairs.parquet")
    told = json.loads((study.folder / "ledger.json").read_text())
    told["versions"]["numba"] = "0.1"
    (study.folder / "ledger.json").write_text(json.dumps(told))
    same = reproduce(study, Store(tmp_path / "again"), first=1)
    assert same.differing == 1
    assert same.versions == (f"numba 0.1 → {ledger(lived)['versions']['numba']}",)


def test_an_archive_that_would_write_elsewhere_is_refused(tmp_path):
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("../outside.txt", "x")
    assert codes(lambda: unpacked(path, tmp_path / "there")) == {("not_an_archive", "", 0)}
    assert not (tmp_path / "outside.txt").exists()
    (tmp_path / "text.zip").write_text("no archive")
    assert codes(lambda: unpacked(tmp_path / "text.zip", tmp_path / "there")) == {("not_an_archive", "", 0)}


def test_what_was_kept_is_read_back(lived):
    again = kept(lived.study)
    pd.testing.assert_frame_equal(again.pairs, lived.pairs, check_exact=True)
    assert again.failed.empty


def test_the_report_of_a_study_is_whole_in_both_languages_and_every_form(lived, tmp_path):
    made = Made("0.0", lived.study.protocol.digest, DAY, ledger(lived))
    for lang in ("fr", "en"):
        document = study_report(lived, made, deviations(lived.study), lang)
        names = [table.name for table in document.tables]
        assert len(set(names)) == len(names)
        assert {
            "protocol",
            "primary",
            "secondary",
            "A8-variance",
            "structures",
            "A1-parameters",
            "A2-levers",
            "A7-runs",
        } <= set(names)
        for table in document.tables:
            assert {len(row) for row in table.rows} <= {len(table.heads)}, table.name
        paths = write(document, tmp_path / lang, "a-village")
        assert {path.suffix for path in paths} == {
            ".html",
            ".docx",
            ".xlsx",
            ".csv",
            ".tex",
            ".svg",
            ".png",
            ".pdf",
        }
        page = paths[0].read_text()
        assert page.count(document.stamp.split(".")[0]) >= 2
        assert (
            "http" not in page.replace("http://www.w3.org", "").replace("https://docs", "").split("<body>")[0]
        )
        assert "<script" not in page
        assert "src=" not in page
    text = subprocess.run(
        [sys.executable, "-c", "import docx,sys; print([p.text for p in docx.Document(sys.argv[1]).paragraphs][:3])",
         str(tmp_path / "fr" / "a-village.docx")], capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "Un village" in text


def test_cells_are_numbers_in_either_language_and_never_formulas():
    assert valued("1\u202f234,5") == 1234.5
    assert valued("−3") == -3.0
    assert valued("1,234") == 1234.0
    assert valued("0.25") == 0.25
    assert valued("12 % de plus") == "12 % de plus"
    for text in ("=1+1", "+cmd|x", "@sum(a1)", "-"):
        assert valued(text) == f"'{text}"


def test_variance_is_parted_into_luck_figures_and_structure():
    class Told:
        def __init__(self, luck, worlds):
            self.values = {"luck": pd.Series(luck, dtype=float), "world": pd.Series(worlds, dtype=float)}

        def by_world(self, _, kind="world"):
            return self.values[kind]

    luck = [1.0, -1.0, 1.0, -1.0]
    one = parted(Told(luck, [10.0, -10.0]), {}, "x")
    assert one.luck == pytest.approx(4 / 3)
    assert one.parameters == pytest.approx(200 - 4 / 3)
    assert one.structure is None
    assert sum(one.shares.values()) == pytest.approx(1.0)
    two = parted(Told(luck, [0.5, -0.5]), {"other": Told([5.0, 3.0, 5.0, 3.0], [])}, "x")
    assert two.parameters == 0.0
    assert two.structure == pytest.approx(8 - (4 / 3) / 4)
    # Pairs beyond the pilot's are lived under the model as it is alone: they say nothing of the others.
    more = Told([*luck, 3.0, 4.0], [0.5, -0.5])
    pilot = parted(more, {"other": Told([5.0, 3.0, 5.0, 3.0], [])}, "x")
    assert pilot.structure == pytest.approx(8 - pilot.luck / 4)


def test_pairing_gains_what_the_variances_say():
    class Told:
        def of_all(self, *_):
            today = pd.Series([1.0, 2.0, 3.0, 4.0])
            return pd.DataFrame({"baseline": today, "alternative_value": today + [0.1, 0.2, 0.1, 0.2]})

    found = pairing(Told(), "x")
    then = pd.Series([1.1, 2.2, 3.1, 4.2])
    apart = pd.Series([1.0, 2.0, 3.0, 4.0]).var() + then.var()
    assert found.value == pytest.approx(apart / pd.Series([0.1, 0.2, 0.1, 0.2]).var())
    assert found.low < found.value < found.high


def test_holm_and_the_false_discovery_rate_are_those_of_their_authors():
    given = {"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005}
    assert adjusted(given, "holm") == pytest.approx({"d": 0.02, "a": 0.03, "c": 0.06, "b": 0.06})
    assert adjusted(given, "fdr") == pytest.approx({"d": 0.02, "a": 0.02, "c": 0.04, "b": 0.04})
    assert adjusted(given, "none") == given
