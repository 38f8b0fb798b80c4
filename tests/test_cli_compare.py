"""What `cpts compare` adds to the sentences: assumptions at their worst, equal costs, groups, narrow pages."""

import json
from pathlib import Path

import pandas as pd
import pytest

from cpts.cli.speaker import Cell, Speaker
from tests.test_cli import ACTION, PAIR, SHORT, flat, said
from tests.test_reading import plain

WHOLE = ["compare", "canton", "canton", *SHORT, *ACTION, "--workers", "2"]


def scenario(folder, name, policies):
    path = folder / f"{name}.yaml"
    title = f"title: {{fr: {name}, en: {name}}}"
    text = f"extends: village.yaml\n{title}\ndays: 28\nwarm_up_days: 28\npolicies: {policies}\n"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    target = tmp_path_factory.mktemp("kept") / "pairs.csv"
    done = said(*WHOLE, "--json", "-o", str(target))
    assert done.exit_code == 0
    return (
        json.loads(done.stdout),
        json.loads(target.with_suffix(".provenance.json").read_text()),
        done,
        target,
    )


def test_each_assumption_is_told_at_its_worst(whole):
    told, origin, done, _ = whole
    ledger = told["readings"][0]["ledger"]
    assert (ledger["indicator"], len(ledger["seeds"])) == ("answered_48h_per_1000", 3)
    paths = [one["path"] for one in ledger["figures"]]
    assert {"doors.number_awareness", "doors.number_success", "carers.slot_eur"} <= set(paths)
    for one in ledger["figures"]:
        assert one["low"] <= one["value"] <= one["high"]
        assert one["difference"] <= ledger["central"] + 1e-9
        assert one["grade"]
        assert one["source"] is not None
        assert one["worst_at"] in (None, one["low"], one["high"])
    assert list(origin["assumptions"].values()) == [ledger]
    assert "puis 39 pour les hypothèses" in flat(plain(done.stderr))
    assert "lui-même, changé" in done.stderr


def test_the_whole_document_tells_groups_and_worth(whole):
    reading = whole[0]["readings"][0]
    assert {"group", "label", "change", "side", "better", "worse", "futures", "effect"} <= reading["groups"][
        0
    ].keys()
    assert [one["value"] for one in reading["economics"]["benefits"]] == [0, 20, 50, 100, 200]
    assert reading["leading"] == "answered_48h_per_1000"
    assert reading["shock"] is False
    assert whole[0]["provenance"]["same_cost"] is None


def test_without_the_ledger_ranges_stay_listed():
    done = said(*PAIR, "--no-ledger")
    assert "Hypothèses : valeurs et plages" in plain(done.stdout)
    assert "de 0 à 90 %" in plain(done.stdout)
    assert "hypothèses" not in done.stderr
    text = said(*PAIR, "--no-ledger", "--json").stdout
    assert json.loads(text)["readings"][0]["ledger"]["central"] is None


def test_the_printed_answer_tells_the_ledger_who_and_worth_on_a_narrow_page():
    done = said(*WHOLE, "--who", "--no-ledger", COLUMNS="40")
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= 40 + len("unscheduled_care")  # a command is not cut
    text = flat(plain(done.stdout))
    for told in (
        "Hypothèses : valeurs et plages",
        "Qui y gagne, qui y perd",
        "selon la valeur d’une réponse",
    ):
        assert told in text


def test_actions_are_made_to_cost_the_same(tmp_path):
    slots = scenario(tmp_path, "slots", "{unscheduled_care: {gps: 1, slots_per_week: 2}}")
    shell = scenario(tmp_path, "shell", "{empty_shell: {gps: 1, eur_per_year: 90000}}")
    line = ["compare", "village", slots, shell, *SHORT, "--worlds", "1", "--same-budget"]
    line += ["--set", "parameters.governance.board_gps=0"]  # a board costs the same whatever the size
    done = said(*line, "--json")
    told = json.loads(done.stdout)["provenance"]["same_cost"]
    assert told["indicator"] == "money_eur"
    assert told["sizes"][1]["equal"]
    assert abs(told["sizes"][1]["reached"] - told["target"]) <= 0.05 * told["target"]
    assert "1 futur simulé ;" in flat(plain(done.stderr))
    text = said(*line).stdout
    assert "À coût égal, celui de « slots »" in flat(plain(text))
    assert "« shell » : taille multipliée par 0," in flat(plain(text))


def test_a_cost_that_cannot_be_reached_is_said_with_the_real_one(tmp_path):
    slots = scenario(tmp_path, "slots", "{unscheduled_care: {gps: 1, slots_per_week: 1}}")
    assistant = scenario(tmp_path, "assistant", "{medical_assistant: {gps: 1}}")
    done = said("compare", "village", slots, assistant, *SHORT, "--worlds", "1", "--same-budget")
    assert "« assistant » : coût égal impossible à 5 % près" in flat(plain(done.stdout))
    done = said("compare", "village", slots, assistant, *SHORT, "--worlds", "1", "--same-hours")
    assert done.exit_code == 2
    assert "« assistant » ne coûte rien" in flat(plain(done.stderr))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--same-budget"], "L’option --same-budget demande au moins deux scénarios"),
        (["--same-hours"], "L’option --same-hours demande au moins deux scénarios"),
        (["--same-hours", "--same-budget"], "ne vont pas ensemble"),
    ],
)
def test_equal_costs_that_make_no_sense_are_refused(options, sentence):
    done = said(*PAIR, *options)
    assert done.exit_code == 2
    assert sentence in flat(done.stderr)


def test_a_scenario_compared_with_itself_is_said_to_be_the_same():
    done = said("compare", "village", "village", *SHORT, "--worlds", "1", "--workers", "1")
    assert "lui-même, sans rien y changer" in flat(done.stderr)


def test_a_shock_is_not_said_to_be_the_action(tmp_path):
    leaving = scenario(tmp_path, "leaving", "{retire: {gps: 1}}")
    done = said("compare", "village", leaving, *SHORT, "--worlds", "1")
    assert "si cela arrive" in done.stdout
    assert "avec l’action" not in done.stdout
    assert "Et si… (subi)" in plain(done.stdout)


def test_the_page_about_the_command_line_tells_every_key_and_option(whole):
    page = (Path(__file__).parent.parent / "docs" / "command-line.md").read_text(encoding="utf-8")
    reading = whole[0]["readings"][0]
    keys = {
        *reading,
        *reading["ledger"],
        *reading["ledger"]["figures"][0],
        *reading["tiles"][0],
        *reading["groups"][0],
    }
    keys |= {
        *reading["economics"],
        "years",
        "same_cost",
        "--no-ledger",
        "--same-budget",
        "--same-hours",
        "--who",
    }
    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_a_narrow_page_has_no_columns(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "30")
    speaker = Speaker("fr")
    rows = [[Cell("Réponse sous 48 h"), Cell("770"), Cell("pas de différence utile", is_words=True)]]
    speaker.table(["", "aujourd’hui", "ce que ça change"], rows)
    lines = plain(capsys.readouterr().out).splitlines()
    assert lines[:2] == ["Réponse sous 48 h", "  aujourd’hui : 770"]
    assert max(map(len, lines)) <= 30


def test_the_pairs_that_are_kept_hold_no_future_of_the_ledger(whole):
    kinds = pd.read_csv(whole[3]).groupby("kind")["number"].nunique().to_dict()
    assert kinds == {"luck": 8, "world": 20}
