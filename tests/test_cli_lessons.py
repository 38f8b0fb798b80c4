import json
import re

import pytest

from experiments.lessons import lesson, lessons
from tests.test_cli import flat, said


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def votes(data):
    place = data / "data" / "cpts-simulator" / "predictions.csv"
    return place.read_text().splitlines()[1:] if place.exists() else []


def test_the_lessons_are_listed_in_both_languages():
    for lang in ("fr", "en"):
        listed = flat(said("lessons", lang=lang).stdout)
        assert all(flat(f"{one.number}. {one.title[lang]}") in listed for one in lessons())


def test_without_a_vote_the_answer_stays_closed(data):
    done = said("lesson", "1")
    assert done.exit_code == 0
    assert "98 %".replace(" ", "\N{NARROW NO-BREAK SPACE}") in done.stdout
    assert "--predict a" in flat(done.stdout)
    assert "49" not in done.stdout and votes(data) == []


def test_a_vote_is_kept_then_explained(data):
    done = said("lesson", "4", "--predict", "a", "--class", "ifsi", "--student", "7", "--no-vote")
    assert done.exit_code == 0
    assert len(votes(data)) == 1 and votes(data)[0].endswith(",4,ifsi,7,a")
    assert "Étudiant 7" in done.stdout and "ne rien conclure" in done.stdout
    again = said("lesson", "4", "--predict", "a", "--class", "ifsi", "--student", "7")
    assert len(votes(data)) == 1 and "déjà gardée" in again.stderr
    told = flat(said("lesson", "4", "--predict", "b").stdout)
    right = next(one for one in lesson(4).options if one.right)
    assert f"La bonne réponse est {right.id}." in told and flat(lesson(4).say["fr"]) in told


def test_one_setting_is_shown_beside_its_reference():
    told = said("lesson", "1", "--no-vote", "--set", "98", lang="en").stdout
    assert "49" in told and "80% busy" in told and "90% busy" not in told and "canton" not in told


def test_the_whole_class_is_lived_again_by_the_teacher():
    told = said("lesson", "5", "--no-vote").stdout
    rows = re.findall(r"^(\d+) {3,}\d+ +\S+ +\S+$", told, flags=re.MULTILINE)
    assert rows == [str(student) for student in range(1, 26)]


def test_a_program_reads_the_lesson_as_a_document():
    told = json.loads(said("lesson", "1", "--json", "--set", "98").stdout)
    assert [one["setting"] for one in told["settings"]] == ["80", "98"]
    assert told["settings"][1]["figures"]["theory_wait"] == pytest.approx(49)


def test_a_sheet_is_written(data):
    assert said("lesson", "2", "--sheet", "-o", "feuille.html").exit_code == 0
    assert lesson(2).question["fr"] in (data / "feuille.html").read_text()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["lesson", "9"], "cpts lessons"),
        (["lesson", "1", "--predict", "z"], "a, b, c"),
        (["lesson", "1", "--set", "99"], "80, 90, 95, 98"),
        (["lesson", "2", "--no-vote", "--set", "parameters.supply.consultation_minutes=90"], "consultation_minutes"),
        (["lesson", "1", "--class", "=1+1"], "ifsi-2027"),
        (["lesson", "1", "--student", "26"], "1 à 25"),
        (["lesson", "1", "--sheet"], "feuille.html"),
        (["lesson", "1", "--sheet", "-o", "feuille.pdf"], ".html"),
        (["lessons", "-o", "nowhere/lecons.html"], "nowhere"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_one_sentence_with_the_remedy(data, words, named):
    done = said(*words)
    assert done.exit_code == 2
    assert named in flat(done.stderr) and votes(data) == []
