"""A study led from the command line, from its protocol to somebody else's reproduction."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.store import Store
from tests.test_study import written

ROOT = Path(__file__).resolve().parent.parent


def cpts(*line, lang="en"):
    command = [sys.executable, "-m", "cpts", "--lang", lang, *map(str, line)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def told(done):
    return " ".join((done.stdout + done.stderr).split())


BESIDE = {
    "sensitivity": {"method": "morris", "n": 2, "figures": ["doors.number_awareness"]},
    "keep": {"persons": 10}, "run": {"executor": "here"},
    "report": {"tables": ["csv", "docx"], "figures": ["svg"]},
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("led") / "a-village"
    written(place, uncertainty={"draws": 1, "chance": {"pilot": 2, "most": 2}}, **BESIDE)
    return place


def test_a_study_is_led_step_by_step(folder, tmp_path):
    checked = told(cpts("study", "check", folder))
    for sentence in ("2 scenarios", "4 points, 8 runs", "10 people followed in each of 2 pairs"):
        assert sentence in checked
    early = cpts("study", "run", folder)
    assert early.returncode == 2
    assert "not frozen" in told(early)
    assert cpts("study", "freeze", folder).returncode == 0
    assert "Pilot of 2 pairs" in told(cpts("study", "pilot", folder, "--workers", 1))
    done = cpts("study", "run", folder, "--workers", 1)
    assert done.returncode == 0, done.stderr
    assert "GP" in done.stdout
    report = cpts("study", "report", folder)
    assert report.returncode == 0, report.stderr
    for lang in ("fr", "en"):
        assert (folder / f"report-{lang}" / "a-village.html").stat().st_size > 50_000
        assert (folder / f"report-{lang}" / "a-village.docx").exists()
        assert not (folder / f"report-{lang}" / "a-village.xlsx").exists()
        assert {one.suffix for one in (folder / f"report-{lang}" / "tables").iterdir()} == {".csv"}
        assert {one.suffix for one in (folder / f"report-{lang}" / "figures").iterdir()} == {".svg"}
    archive = tmp_path / "a.zip"
    assert cpts("study", "archive", folder, "-o", archive).returncode == 0
    figure = tmp_path / "figure.svg"
    again = cpts("reproduce", archive, "--workers", 1, "-o", figure)
    assert again.returncode == 0, again.stderr
    assert "Reproduced to the bit" in told(again)
    assert "Figure 1." in told(again)
    assert figure.read_text().startswith("<svg")


def test_what_is_wrong_is_told_in_a_sentence_and_the_exit_code(tmp_path):
    for line, sentence in (
        (("study", "dance", tmp_path), "check, freeze, pilot, run, report, archive"),
        (("study", "check", tmp_path), "study.yaml"),
        (("reproduce", tmp_path / "none.zip"), "no archive"),
        (("reproduce", tmp_path / "none.zip", "-o", tmp_path / "f.bmp"), ".svg"),
    ):
        done = cpts(*line)
        assert done.returncode == 2
        assert sentence in told(done)
        assert "Traceback" not in told(done)


def test_the_report_of_a_comparison_leaves_in_every_form(tmp_path):
    scenario = tmp_path / "slots.yaml"
    lever = "policies: {unscheduled_care: {gps: 1, slots_per_week: 1}}\n"
    scenario.write_text(f"title: {{fr: Des créneaux, en: Slots}}\nextends: village.yaml\n{lever}")
    done = cpts(
        "report", "village", scenario, "--worlds", 2, "--workers", 1, "--no-ledger",
        "--set", "days=14", "--set", "warm_up_days=7", "-o", tmp_path / "out", lang="fr",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out" / "des-creneaux.html").read_text()
    assert "Projection issue d’une simulation" in page
    assert "Cible an 1" in page
    assert (tmp_path / "out" / "des-creneaux.docx").exists()
    assert (tmp_path / "out" / "des-creneaux.xlsx").exists()
    assert json.dumps(sorted(path.suffix for path in (tmp_path / "out" / "figures").iterdir())) == json.dumps(
        [".pdf", ".png", ".svg"]
    )


def test_an_interruption_keeps_what_was_lived_and_says_so(tmp_path):
    place = tmp_path / "a-village"
    written(place, uncertainty={"draws": 60, "chance": {"pilot": 40, "most": 40}})
    assert cpts("study", "freeze", place).returncode == 0
    line = [sys.executable, "-m", "cpts", "--lang", "en", "study", "run", str(place), "--workers", "1"]
    running = subprocess.Popen(line, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    results = place / "results"
    until = time.monotonic() + 60
    while time.monotonic() < until and not any(
        path.stat().st_size > 200_000 for path in results.rglob("*.arrows")
    ):
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    said = " ".join(running.communicate(timeout=60)[1].split())
    assert running.returncode == 130
    assert "goes on where it stopped" in said
    assert len(Store(results).finished()) > 2
