"""Lessons on the dashboard: the prediction comes first, each student has one draw, the class explains."""

import asyncio
import json

import pytest
from starlette.requests import Request

from cpts.dashboard import errands, learn, lesson_board
from cpts.dashboard.choice import Choice, read_address
from cpts.dashboard.learn import Pupil
from experiments.lessons import Told, lesson, prediction, seed_of
from texts import LANGUAGES, say

NUMBER, STUDENT, CODE = 2, 7, "ifsi-2027"


@pytest.fixture(scope="module")
def lived():
    """The lesson of everybody, then a student's draw."""
    me = Pupil(NUMBER, CODE, STUDENT)
    tasks = learn.tasks_of(lesson(NUMBER), me)
    return learn.told_of(lesson(NUMBER), tasks, {task.key: task.call(*task.args) for task in tasks})


@pytest.fixture(autouse=True)
def votes_apart(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def test_the_page_knows_no_answer_before_the_vote_is_stored():
    told = learn.head(Choice("canton", (), page="learn", lesson=NUMBER), lesson(NUMBER))
    before = json.dumps(told, ensure_ascii=False)
    asked = lesson(NUMBER)
    assert asked.question.fr in before
    for hidden in (asked.say.fr, asked.explain.fr, *(one.why.fr for one in asked.options)):
        assert hidden not in before
    assert '"right"' not in before


def test_a_student_of_a_class_finds_their_vote_again_and_a_passer_by_that_of_nobody():
    prediction.keep(prediction.Prediction(NUMBER, "b", CODE, STUDENT))
    prediction.keep(prediction.Prediction(NUMBER, "c"))
    assert learn.before(Pupil(NUMBER, CODE, STUDENT)) == "b"
    assert learn.before(Pupil(NUMBER, CODE, STUDENT + 1)) is None
    assert learn.before(Pupil(NUMBER, "", 0)) is None
    assert learn.counted(Pupil(NUMBER, CODE, STUDENT), "fr").endswith("b 1.")
    assert learn.counted(Pupil(NUMBER, "", 0), "fr") == ""


def test_a_student_sees_the_figures_of_one_draw_and_the_lesson_those_promised(lived):
    whole, mine = lived
    (one,) = lesson_board.told(lesson(NUMBER), lived, CODE, STUDENT, "fr")["scenes"]
    assert str(seed_of(STUDENT, CODE)) in one["draws"]
    assert (
        f"{round(mine.values[lesson(NUMBER).scenes[0].reference]['unserved_48h_per_1000'])}"
        in one["settings"][0]["read"]
    )
    assert mine.values != whole.values
    (everybody,) = lesson_board.told(lesson(NUMBER), [whole], "", 0, "fr")["scenes"]
    assert "176 pour 1\N{NARROW NO-BREAK SPACE}000" in everybody["settings"][0]["read"].replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert {one["id"] for one in everybody["settings"]} == set(whole.values)


def test_a_student_waits_for_both_the_class_and_their_own_draw(lived):
    assert lesson_board.told(lesson(NUMBER), lived[:1], CODE, STUDENT, "fr")["scenes"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_explanation_says_who_was_right_with_figures_and_what_is_left_out(lived, lang):
    asked = lesson(NUMBER)
    for answer, right in (("b", True), ("a", False)):
        why = lesson_board.why(lived[0], answer, lang)
        assert why["right"] is right
        assert bool(why["was"]) is not right
        assert why["leaves_out"] == asked.leaves_out[lang]
        assert "{" not in json.dumps(list(why["whys"].values()))
        assert "176" in why["explain"]


def test_a_class_lesson_shows_a_student_their_own_point():
    asked = lesson(5)
    points = {"alone": [800.0, 700.0], "neighbour": [-90.0, 110.0], "paired": [10.0, 12.0]}
    values = {name: {"class_mean": 0.0} for name in points}
    (scene,) = lesson_board.told(asked, [Told(asked, values, points)] * 2, "x", 2, "fr")["scenes"]
    assert [one["read"].split("\N{EM DASH} ")[1][:3] for one in scene["settings"]] == ["700", "110", "12 "]


def test_classes_share_what_does_not_depend_on_their_code():
    one, other = (learn.tasks_of(lesson(NUMBER), Pupil(NUMBER, code, 0)) for code in ("a", "b"))
    assert one[0].key == other[0].key
    one, other = (learn.tasks_of(lesson(5), Pupil(5, code, 0)) for code in ("a", "b"))
    assert one[0].key != other[0].key


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("lesson=5&class=ifsi-2027&student=7", (5, "ifsi-2027", 7)),
        ("lesson=99&class=<b>../x&student=26", (1, "bx", 0)),
        (f"lesson=x&class={'a' * 50}&student=-1", (1, "a" * 20, 0)),
    ],
)
def test_an_address_names_a_lesson_a_class_and_a_number_that_can_be(told, kept):
    choice = _read(told)
    assert (choice.lesson, choice.code, choice.student) == kept
    assert _read(choice.address()) == choice


def _read(text):
    from cpts.dashboard.places import Places

    return read_address(f"page=learn&{text}", Places(("canton",)).territories, "canton")


def test_the_sheet_of_a_lesson_is_taken_away_without_its_answer(monkeypatch):
    from cpts.dashboard import take
    from cpts.dashboard.places import Places

    class Shared:
        places = Places(("canton",))
        settings = type("S", (), {"scenario": "canton"})

    monkeypatch.setattr(take, "service", lambda: Shared)
    scope = {"type": "http", "path_params": {"kind": "sheet"}, "query_string": b"page=learn&lesson=3&lang=en"}
    answer = asyncio.run(take.take(Request({**scope, "headers": [], "method": "GET", "path": "/"})))
    text = answer.body.decode()
    assert answer.headers["content-disposition"] == 'attachment; filename="lesson-3-sheet.html"'
    assert lesson(3).question.en in text
    assert lesson(3).say.en not in text
    assert say("lesson.sheet_class", "en") in text


def test_a_lesson_is_known_by_all_that_it_depends_on():
    assert errands.lesson(5, "a").key != errands.lesson(5, "a", 3).key != errands.lesson(4, "a", 3).key
