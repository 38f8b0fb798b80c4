import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import simulation.running
from calibration.targets import SHOWN, targets
from cpts.cli import output, shipped
from cpts.cli.doors import app
from cpts.cli.faults import Misused
from cpts.cli.language import of_locale, typed
from simulation import read_results
from simulation.invariants import Broken

SHORT = ["--days", "28", "--set", "warm_up_days=28"]
ACTION = ["--set", "policies.unscheduled_care.gps=1", "--set", "policies.unscheduled_care.slots_per_week=2"]
PAIR = ["compare", "village", "village", *SHORT, *ACTION, "--worlds", "2", "--workers", "1"]
THIN = "\N{NARROW NO-BREAK SPACE}"


def said(*words, lang="fr", **environment):
    done = CliRunner(env={"COLUMNS": "80", **environment}).invoke(app, [*words, "--lang", lang])
    assert "Traceback" not in done.output
    return done


def flat(text):
    """Lines joined again, so that a sentence is found wherever it was cut."""
    return re.sub(r"\s+", " ", text)


def subject(folder, text, name="mine.yaml"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


# ---------------------------------------------------------------- language


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, "fr"),
        ({"LANG": "C.UTF-8"}, "fr"),
        ({"LANG": "POSIX"}, "fr"),
        ({"LANG": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE"}, "en"),
        ({"LANG": "en_GB", "LC_ALL": "fr_FR"}, "fr"),
        ({"LANG": "fr_FR", "LC_MESSAGES": "en_US"}, "en"),
    ],
)
def test_french_is_spoken_unless_the_machine_clearly_speaks_another_language(environment, lang):
    assert of_locale(environment) == lang


def test_the_language_may_stand_anywhere_in_the_line():
    assert typed(["--lang", "en", "run", "x"], {}).rest == ["run", "x"]
    assert typed(["run", "x", "--lang=en", "-v"], {})[:3] == (["run", "x"], "en", True)
    assert typed(["run", "--lang", "de"], {}).unknown == "de"


def test_pages_are_in_the_language_of_the_reader():
    assert "Emploi" in said("--help").stdout
    assert "simuler une année" in said("--help").stdout
    assert "Usage" in said("--help", lang="en").stdout
    for verb in ("run", "compare", "life", "scenarios", "check", "parameters"):
        assert said(verb, "--help").exit_code == 0
        assert "Options" in said(verb, "--help", lang="en").stdout


def test_the_version_is_told():
    assert said("--version").stdout.startswith("cpts ")


# ---------------------------------------------------------------- what cannot be


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["run", "cantton"], f"Vouliez-vous dire «{THIN}canton{THIN}»"),
        (["run", "nowhere.yaml"], "ce fichier manque"),
        (["run", "no/such/place/x.yaml"], "ce fichier manque"),
        (["run", "."], "est un dossier, pas un scénario"),
        (["chek", "x"], f"Vouliez-vous dire «{THIN}check{THIN}»"),
        (["run", "--sed", "3"], f"Vouliez-vous dire «{THIN}--seed{THIN}»"),
        (["run", "village", "extra"], "un mot est en trop"),
        (["run", "--days"], "L’option --days est mal employée"),
        (["check"], "Il manque FILE"),
        (["compare", "village"], "Il manque ALTERNATIVE"),
        (["compare", "village", "canton", "--worlds", "many"], "L’option --worlds attend un nombre entier"),
        (["compare", "village", "canton", "--worlds", "0"], "au moins 1"),
        (["compare", "village", "canton", "--workers", "0"], "au moins 1"),
        (["compare", "village", "canton"], "les scénarios comparés doivent avoir ici la même valeur"),
        (["run", "village", "--days", "abc"], "n’est pas un nombre entier"),
        (["run", "village", "--days", "0"], "hors des limites"),
        (["run", "village", "--seed", "-4"], "hors des limites"),
        (["run", "village", "--set", "parameters.supply.consultation_minute=3"], "champ inconnu"),
        (["run", "village", "--set", "oops"], "champ.sous_champ=valeur"),
        (["run", "village", "-o", "x.xlsx"], ".parquet, .csv"),
        (["run", "village", "-o", "no-such-folder/x.csv"], "n’existe pas"),
        (["check", "no-such-folder"], "Aucun scénario fourni ne s’appelle"),
    ],
)
def test_bad_input_is_told_in_a_sentence(words, sentence):
    done = said(*words)
    assert done.exit_code == 2
    assert sentence in done.stderr or flat(sentence) in flat(done.stderr)
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["run", "cantton"], 'Did you mean "canton"?'),
        (["run", "nowhere.yaml"], "is missing"),
        (["compare", "village", "canton"], "compared scenarios must have the same value here"),
        (["run", "--sed", "3"], 'Did you mean "--seed"?'),
    ],
)
def test_bad_input_is_told_in_english_too(words, sentence):
    done = said(*words, lang="en")
    assert done.exit_code == 2
    assert sentence in flat(done.stderr)


def test_an_unknown_language_is_bad_input():
    done = CliRunner().invoke(app, ["scenarios", "--lang", "de"])
    assert done.exit_code == 2
    assert "--lang" in done.stderr


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"\x89PNG\r\n\x00\x00\x00", "ce n’est pas un fichier texte"),
        ("", "ce fichier est vide"),
        ("- a\n- b\n", "des sous-champs sont attendus ici"),
        ("extends: nothing.yaml\n", "introuvable à côté de ce fichier"),
        ("territory: nowhere\n", "est introuvable"),
        ("territory: village\ndays: 28\ndays: 29\n", "déjà écrit à la ligne 2"),
    ],
)
def test_a_broken_file_is_told_where_it_is_broken(tmp_path, text, sentence):
    for verb in ("run", "check"):
        done = said(verb, subject(tmp_path, text))
        assert done.exit_code == 2
        assert "mine.yaml" in flat(done.stderr)
        assert sentence in flat(done.stderr)


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    first = subject(tmp_path, "territory: village\nsede: 3\n", "first.yaml")
    second = subject(tmp_path, "territory: village\ndays: many\nstart: someday\n", "second.yaml")
    done = said("compare", first, second)
    assert done.exit_code == 2
    assert re.search(r"first.yaml.*sede.*second.yaml.*days.*second.yaml.*start.*3 choses", flat(done.stderr))


def test_no_work_begins_when_the_place_to_write_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(simulation.running, "run", lambda *_, **__: pytest.fail("work began"))
    for place in (tmp_path, tmp_path / "a" / "x.csv", tmp_path / "x.txt", "/proc/x.csv"):
        assert said("run", "village", "-o", str(place)).exit_code == 2


# ---------------------------------------------------------------- one future


def test_a_run_shows_its_figures_and_stands_beside_france():
    done = said("run", "village", *SHORT, "--verify")
    assert done.exit_code == 0
    for words in ("Réponse sous 48 h", "Sans réponse", "Les urgences", "Le modèle face à la France",
                  "repères nationaux", "n’est pas la France", "non calé", "Vérifié"):  # fmt: skip
        assert words in flat(done.stdout), words
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "✗" in done.stdout
    assert re.search(r"\d,\d", done.stdout)
    assert not re.search(r"\d\.\d", done.stdout)


def test_a_run_is_told_in_english():
    done = said("run", "village", *SHORT, lang="en")
    assert "The model beside France" in done.stdout
    assert "Answered within 48 h" in done.stdout
    assert "France" in done.stdout
    assert "é" not in done.stdout


def test_a_run_as_json_is_one_document_and_nothing_else():
    done = said("run", "village", *SHORT, "--json")
    told = json.loads(done.stdout)
    assert (told["format"], told["kind"], told["written"]) == (1, "run", None)
    named = {(row["indicator"], row["group"]) for row in told["results"]}
    assert ("unserved_per_1000", "all") in named
    assert [row["indicator"] for row in told["france"]] == [
        one.indicator for one in targets() if one.use in SHOWN
    ]
    assert told["provenance"]["seed"] == 20270104


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_the_table_of_a_run_is_written_and_read_back(tmp_path, suffix):
    target = tmp_path / f"village.{suffix}"
    done = said("run", "village", *SHORT, "--seed", "5", "-o", str(target))
    assert done.exit_code == 0
    table = read_results(target)[0] if suffix == "parquet" else pd.read_csv(target)
    assert set(table["seed"]) == {5}
    assert list(table.columns[:3]) == ["scenario", "seed", "month"]


def test_a_result_that_cannot_be_written_where_asked_is_kept_elsewhere(tmp_path, monkeypatch):
    asked, here = tmp_path / "asked", tmp_path / "here"
    asked.mkdir()
    here.mkdir()
    (here / "x.csv").write_text("mine")
    monkeypatch.chdir(here)
    real = simulation.running.run

    def run_then_lose_the_folder(*given, **named):
        results = real(*given, **named)
        asked.rmdir()
        return results

    monkeypatch.setattr(simulation.running, "run", run_then_lose_the_folder)
    done = said("run", "village", *SHORT, "-o", str(asked / "x.csv"))
    assert done.exit_code == 1
    assert "Pour ne rien perdre" in flat(done.stderr)
    assert len(pd.read_csv(here / "x-2.csv")) > 100
    assert (here / "x.csv").read_text() == "mine"
    assert "Réponse sous 48 h" in done.stdout


def test_a_place_is_tried_before_and_left_as_it_was(tmp_path):
    kept = tmp_path / "old.csv"
    kept.write_text("old")
    assert output.asked(str(kept)) == kept
    assert kept.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["old.csv"]
    with pytest.raises(Misused):
        output.asked(str(kept / "x.csv"))


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [(Broken("a slot was given twice"), "faute du programme"), (MemoryError(), "faute de mémoire"),
     (RuntimeError("odd"), "RuntimeError")],
)  # fmt: skip
def test_a_run_that_fails_says_so_in_a_sentence(monkeypatch, problem, sentence):
    def fail(*_, **__):
        raise problem

    monkeypatch.setattr(simulation.running, "run", fail)
    done = said("run", "village", "--verify")
    assert done.exit_code == 1
    assert sentence in flat(done.stderr)


# ---------------------------------------------------------------- several futures


def test_a_comparison_is_read_aloud_with_its_four_figures():
    done = said(*PAIR)
    assert done.exit_code == 0
    text = flat(done.stdout)
    assert "Scénario simulé : soins non programmés (1 médecin volontaire" in text.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    rows = ["Réponse sous", "Sans réponse", "Temps pris aux soignants", "Budget"]
    assert sorted(text.rindex(row) for row in rows) == [text.rindex(row) for row in rows]
    assert "Et maintenant" in text
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_an_action_asked_on_the_line_belongs_to_the_alternatives(tmp_path):
    target = tmp_path / "pairs.csv"
    assert said(*PAIR, "-o", str(target)).exit_code == 0
    pairs = pd.read_csv(target)
    hours = pairs[(pairs["indicator"] == "carer_hours") & (pairs["group"] == "all")]
    assert (hours["baseline"] == 0).all()
    assert (hours["alternative_value"] > 0).all()
    assert set(pairs["kind"]) == {"world", "luck"}


def test_a_comparison_as_json_is_one_document(tmp_path):
    done = said(*PAIR, "--json", "-o", str(tmp_path / "pairs.parquet"), lang="en")
    told = json.loads(done.stdout)
    assert (told["kind"], told["complete"], told["worlds"], told["luck"]) == ("compare", True, 2, 2)
    [reading] = told["readings"]
    assert {"scenario", "headline", "price", "sureness", "doubt", "who", "local", "tiles"} <= reading.keys()
    assert told["written"].endswith("pairs.parquet")
    assert len(pd.read_parquet(tmp_path / "pairs.parquet")) > 100


def test_an_interrupted_comparison_keeps_what_was_lived(tmp_path, monkeypatch):
    import experiments.compare as comparing

    real, lived = comparing.run_world, []

    def run_one_then_stop(*given, **named):
        if lived:
            raise KeyboardInterrupt
        lived.append(1)
        return real(*given, **named)

    monkeypatch.setattr(comparing, "run_world", run_one_then_stop)
    done = said(*PAIR, "-o", str(tmp_path / "pairs.csv"))
    assert done.exit_code == 130
    assert "Voici ce que disent les futurs déjà simulés" in flat(done.stderr)
    assert "Et maintenant" in done.stdout
    assert pd.read_csv(tmp_path / "pairs.csv")["number"].nunique() == 1


def test_the_command_alone_asks_the_shipped_question(monkeypatch):
    asked = []
    monkeypatch.setattr("cpts.cli.compare.answered", lambda _, question: asked.append(question))
    assert said().exit_code == 0
    [question] = asked
    assert (question.baseline, question.alternatives, question.worlds) == (
        "baseline",
        ("unscheduled_care",),
        20,
    )


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_control_c_ends_at_once_and_cleanly(tmp_path, workers):
    command = [sys.executable, "-m", "cpts", "compare", "village", "village", *ACTION, "--set",
               "warm_up_days=3600", "--days", "3600", "--worlds", "400", "--workers", workers]  # fmt: skip
    running = subprocess.Popen(
        command, cwd=tmp_path, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        env={**os.environ, "LANG": "fr_FR.UTF-8", "LC_ALL": "fr_FR.UTF-8", "PYTHONUTF8": "1"},
    )  # fmt: skip
    seen = []
    for line in running.stderr:
        seen.append(line)
        if "premiers futurs" in line:
            break
    time.sleep(2)
    os.killpg(running.pid, signal.SIGINT)
    _, rest = running.communicate(timeout=60)
    assert running.returncode == 130, "".join(seen) + rest
    assert "Interrompu" in rest
    assert "Traceback" not in rest


# ---------------------------------------------------------------- the other verbs


def test_shipped_scenarios_are_listed_without_loading_the_model():
    code = (
        "import sys\nfrom cpts.cli.doors import app\n"
        "try:\n    app(['scenarios', '--lang', 'en'])\nexcept SystemExit as end:\n    assert not end.code\n"
        "print([name for name in ('numba', 'mesa', 'pandas', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    for one in shipped.shipped():
        assert one.name in done.stdout
        assert one.title["en"] in flat(done.stdout)


def test_every_shipped_scenario_and_territory_is_good():
    for one in shipped.shipped():
        assert "Ce fichier est bon" in said("check", one.name).stdout
    for folder in sorted((shipped.folder() / "territories").iterdir()):
        assert "This folder is good" in said("check", str(folder), lang="en").stdout


def test_every_fault_of_a_territory_is_told(tmp_path):
    done = said("check", str(tmp_path))
    assert done.exit_code == 2
    for name in ("communes.csv", "practitioners.csv", "structures.csv", "hospitals.csv"):
        assert name in done.stderr


def test_every_setting_is_told_with_its_range_and_source():
    from simulation.parameters import registry

    for lang in ("fr", "en"):
        text = said("parameters", "--scenario", "village", lang=lang).stdout
        assert all(path in text for path in registry())
    told = json.loads(said("parameters", "--json").stdout)["parameters"]
    assert [row["path"] for row in told] == list(registry())
    assert {"value", "default", "low", "high", "unit", "grade", "source", "label"} <= told[0].keys()


def test_a_setting_that_was_moved_is_told_beside_the_shipped_one(tmp_path):
    mine = "territory: village\nparameters:\n  supply: {consultation_minutes: 20}\n"
    text = said("parameters", "--scenario", subject(tmp_path, mine)).stdout
    assert re.search(r"20 minutes \(plage .*fourni : 18\)", flat(text).replace("\N{NO-BREAK SPACE}", " "))


def test_every_unit_and_group_of_the_registry_has_its_words():
    from cpts.cli.figures import slug
    from simulation.parameters import registry
    from texts import say

    for one in registry().values():
        for lang in ("fr", "en"):
            assert say(f"cli.measure_{slug(one.unit)}", lang)
            assert say(f"cli.group_{one.path.partition('.')[0]}", lang)
            assert say(f"cli.grade_{one.grade}", lang)


# ---------------------------------------------------------------- any screen


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850"])
def test_an_old_screen_gets_something_readable(encoding):
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "LANG": "fr_FR"}
    done = subprocess.run(
        [sys.executable, "-m", "cpts", "scenarios"], capture_output=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "depart" in done.stdout.decode(encoding).replace("é", "e")
    assert "?" not in done.stdout.decode(encoding).splitlines()[0]


def test_a_reader_who_leaves_early_hears_no_complaint():
    code = f"{sys.executable} -m cpts parameters --lang fr | head -1"
    done = subprocess.run(["sh", "-c", code], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_the_page_about_the_command_line_tells_every_exit_code_and_verb():
    page = (Path(__file__).parent.parent / "docs" / "command-line.md").read_text(encoding="utf-8")
    for words in ("| 0 |", "| 1 |", "| 2 |", "| 130 |", "cpts run", "cpts compare", "cpts check", "--json"):
        assert words in page


def test_a_comparison_that_fails_on_the_way_reads_what_was_lived(monkeypatch):
    import experiments.compare as comparing

    real, lived = comparing.run_world, []

    def run_one_then_fail(*given, **named):
        if lived:
            raise ZeroDivisionError("odd")
        lived.append(1)
        return real(*given, **named)

    monkeypatch.setattr(comparing, "run_world", run_one_then_fail)
    done = said(*PAIR)
    assert done.exit_code == 1
    assert "ZeroDivisionError" in done.stderr
    assert "Et maintenant" in done.stdout


def test_the_picture_of_a_comparison_is_written_when_an_svg_is_asked_for(tmp_path):
    done = said(*PAIR, "-o", str(tmp_path / "answer.svg"), lang="en")
    assert done.exit_code == 0
    assert "<svg" in (tmp_path / "answer.svg").read_text(encoding="utf-8")


def test_a_run_has_no_picture(tmp_path):
    done = said("run", "village", "-o", str(tmp_path / "answer.svg"), lang="en")
    assert done.exit_code == 2


def test_an_action_of_size_zero_is_said_to_change_nothing():
    done = said(*PAIR, "--set", "policies.unscheduled_care.gps=0", lang="fr")
    assert "rien ne change" in flat(done.stdout)
    assert "réglages supposés" not in flat(done.stdout)


def test_a_folder_that_is_not_there_is_called_a_folder():
    done = said("check", "mon-territoire/", lang="fr")
    assert done.exit_code == 2
    assert "dossier" in done.stderr


def test_a_write_that_fails_half_way_leaves_no_half_file_under_the_name_asked(tmp_path):
    def half(target):
        target.write_text("half")
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        output.whole(half, tmp_path / "x.csv")
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_beside_the_table_keeps_its_name(tmp_path):
    def two(target):
        target.write_text("table")
        target.with_suffix(".provenance.json").write_text("origin")

    output.whole(two, tmp_path / "x.csv")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["x.csv", "x.provenance.json"]
