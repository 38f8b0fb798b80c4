"""What a teacher announces is what the class sees: every figure of the lessons, lived again."""

import json
import re

import pytest

from experiments.lessons import CLASS_SIZE, lesson, lessons, observe, prediction, seed_of, told
from experiments.lessons import __main__ as documents
from experiments.lessons import own as owned
from experiments.lessons.charts import marks_of, rows_of
from experiments.lessons.kinds import kinds
from experiments.lessons.lived import scenario_of
from experiments.lessons.page import page
from experiments.lessons.room import expected_wait, simulated_wait
from experiments.lessons.sheet import sheet_of
from simulation import run
from simulation.faults import Refused
from tests.test_cli import said
from tests.test_reading import BANNED
from texts import LANGUAGES

ANSWERED, UNSERVED = "answered_48h_per_1000", "unserved_48h_per_1000"


@pytest.fixture(scope="module")
def lived():
    return {one.number: told(one) for one in lessons()}


@pytest.fixture(scope="module")
def held():
    """The draws of students that the shipped page holds."""
    text = (documents.ROOT / documents.PAGE).read_text(encoding="utf-8")
    return json.loads(re.search(r'id="own">(.*?)</script>', text, flags=re.DOTALL)[1])


def change(lived, setting, name):
    """Difference of a setting from the reference of its scene."""
    return lived.values[setting][name] - lived.values[lived.lesson.scene_of(setting).reference][name]


def texts_of(one):
    words = [one.title, one.aim, one.question, one.say, one.explain, one.price, one.leaves_out]
    words += [text for option in one.options for text in (option.text, option.why)]
    words += [text for scene in one.scenes for text in (scene.title, scene.note)]
    words += [setting.label for scene in one.scenes for setting in scene.settings]
    return [text for text in words if text is not None]


# ---------------------------------------------------------------- what is promised


def test_the_notes_and_the_page_say_what_the_lessons_give(lived, held):
    assert documents.stale(list(lived.values()), held) == [], (
        "write them again: python -m experiments.lessons"
    )


@pytest.mark.parametrize("line", [("lessons",), ("publish", "lessons")])
def test_the_shipped_page_is_what_the_commands_write(lived, held, tmp_path, monkeypatch, line):
    monkeypatch.setattr(owned, "own", lambda *_, **__: held)  # the draws of students are looked at below
    place = tmp_path / "lecons.html"
    assert said(*line, "-o", str(place)).exit_code == 0
    assert place.read_text() == (documents.ROOT / documents.PAGE).read_text()


def test_almost_full_is_full_already(lived):
    waits = [lived[1].values[full]["theory_wait"] for full in ("80", "90", "95", "98")]
    assert waits == pytest.approx([4, 9, 19, 49], rel=1e-9)
    assert [lived[1].shown(full, "theory_wait", "fr") for full in ("80", "98")] == ["4", "49"]


def test_pooled_lines_wait_a_third(lived):
    shown = [lived[3].shown(servers, "theory_wait", "en") for servers in ("one", "three", "six")]
    assert shown == ["9", "2.7", "1.2"]


@pytest.mark.parametrize(
    ("servers", "full", "widest"),
    [(1, 0.80, 0.1), (1, 0.90, 0.1), (1, 0.95, 0.15), (1, 0.98, 0.2), (3, 0.90, 0.1), (6, 0.90, 0.1)],
)
def test_the_simulated_room_waits_as_the_formula_says_up_to_luck(servers, full, widest):
    waited, expected = simulated_wait(servers, full), expected_wait(servers, full)
    assert waited.margin < widest * expected
    assert abs(waited.mean - expected) < waited.margin


def test_another_luck_gives_another_wait_and_the_same_theory():
    assert simulated_wait(3, 0.9).mean != simulated_wait(3, 0.9, seed=1).mean
    assert simulated_wait(3, 0.9) == simulated_wait(3, 0.9)


def test_in_the_canton_too_more_need_makes_wait_and_leaves_more_unserved(lived):
    for name in ("occupancy", "planned_wait_mean", UNSERVED):
        low, usual, high = (lived[1].values[need][name] for need in ("low", "usual", "high"))
        assert low < usual < high
    assert change(lived[1], "high", "planned_wait_mean") > -2 * change(lived[1], "low", "planned_wait_mean")


def test_there_is_a_best_part_to_keep_and_the_planned_pay(lived):
    unserved = [lived[2].values[slots][UNSERVED] for slots in ("0", "17", "34", "51")]
    assert min(unserved) == unserved[1]
    assert unserved[1] < unserved[2] < unserved[3]
    assert abs(unserved[3] - unserved[0]) < 5
    for name in ("planned_wait_mean", "planned_unserved_per_1000"):
        planned = [lived[2].values[slots][name] for slots in ("0", "17", "34", "51")]
        assert planned == sorted(planned) and planned[3] > 5 * planned[0]


def test_the_parts_kept_are_what_the_lesson_calls_them():
    carers = scenario_of(lesson(2).scenes[0], lesson(2).scenes[0].settings[0]).territory.practitioners
    gps = carers[carers["role"] == "gp"]
    a_week = gps["slots_per_year"].astype(float).sum() / len(gps) / 47.6
    assert [round(5 * slots / a_week, 1) for slots in (17, 34, 51)] == pytest.approx([1, 2, 3], abs=0.05)
    assert round(a_week) == 84


def test_a_health_house_smooths_and_does_not_multiply(lived):
    usual, full = change(lived[3], "house", UNSERVED), change(lived[3], "house-full", UNSERVED)
    assert usual < -10 and abs(full) < abs(usual) / 2
    assert change(lived[3], "house", ANSWERED) > 5
    assert abs(change(lived[3], "house-full", ANSWERED)) < 2
    assert change(lived[3], "house", "continuity_share") >= 0
    assert change(lived[3], "house", "travel_minutes") > 0


def test_a_delay_measured_on_those_who_got_in_hides_those_who_did_not(lived):
    for departures in ("1", "2"):
        assert abs(change(lived[4], departures, "same_day_symptoms_share")) < 0.05
    assert 0 < change(lived[4], "2", "undergone_48h_mean") < 0.25
    assert lived[4].values["2"][UNSERVED] > 2 * lived[4].values["0"][UNSERVED]
    assert lived[4].values["2"]["unserved_per_1000"] > 5 * lived[4].values["0"]["unserved_per_1000"]
    assert change(lived[4], "2", "acts_per_inhabitant") < -1


def test_twenty_five_students_disagree_until_each_lives_the_same_year_twice(lived):
    alone, neighbour, paired = (lived[5].values[one] for one in ("alone", "neighbour", "paired"))
    assert alone["class_high"] - alone["class_low"] > 75
    assert 8 <= neighbour["class_above"] <= 17
    assert paired["class_above"] >= 20
    assert neighbour["class_spread"] > 5 * paired["class_spread"]
    assert neighbour["class_mean"] == pytest.approx(paired["class_mean"])
    assert 0 < paired["class_mean"] < 10


def test_what_acts_is_people_who_give_slots(lived):
    effects = [change(lived[6], members, ANSWERED) for members in ("0", "2", "5", "10")]
    assert effects[0] == 0 and abs(effects[1]) < 1 < effects[2] < effects[3] < 20
    assert -10 < change(lived[6], "shell", ANSWERED) < 0
    assert lived[6].values["shell"]["carer_hours"] == lived[6].values["10"]["carer_hours"]
    assert lived[6].values["shell"]["money_eur"] > 190_000
    assert change(lived[6], "10", "unserved_per_1000") > 0


def test_the_question_of_the_sixth_lesson_tells_the_territory_as_it_is():
    scene = lesson(6).scenes[0]
    territory = scenario_of(scene, scene.settings[0]).simulated_territory
    inside = territory.communes[territory.communes["inside"]]
    assert inside["population"].sum() == 20_355 and len(inside) == 33
    assert (territory.practitioners["role"] == "gp").sum() == 17
    shell = scenario_of(scene, scene.settings[-1]).policies["empty_shell"]
    assert shell.eur_per_year == 190_000
    assert run(scenario_of(scene, scene.settings[0])).value("acts_per_inhabitant") * 20_355 > 60_000


def test_one_unknown_figure_decides_and_the_sign_depends_on_it(lived):
    def width(name):
        return change(lived[7], f"{name}-good", ANSWERED) - change(lived[7], f"{name}-bad", ANSWERED)

    assert width("a") > width("s") > width("d") > 0
    assert change(lived[7], "a-bad", ANSWERED) < 0 < change(lived[7], "a-good", ANSWERED)
    assert change(lived[7], "worst", ANSWERED) < 0 < change(lived[7], "central", ANSWERED)
    assert change(lived[7], "best", ANSWERED) > change(lived[7], "central", ANSWERED)


def test_the_unknown_figures_go_to_the_ends_of_their_ranges():
    from simulation.parameters import registry

    figures = registry()
    for setting in lesson(7).scenes[0].settings:
        for path, value in setting.parameters.items():
            assert value in (figures[path].low, figures[path].high)
            assert figures[path].grade == "assumed"


# ---------------------------------------------------------------- how lessons are written


def test_there_are_seven_lessons_and_the_times_hold_in_a_class():
    assert [one.number for one in lessons()] == [1, 2, 3, 4, 5, 6, 7]
    assert [one.minutes for one in lessons() if not one.homework] == [20, 20, 20, 25, 20, 25]
    assert [one.number for one in lessons() if one.homework] == [7]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_of_a_lesson_is_left_with_a_hole_or_a_banned_word(lived, lang):
    for one in lived.values():
        for text in texts_of(one.lesson):
            said = one.words(text, lang)
            assert said and "{" not in said and "nan" not in said.split()
            assert not re.search(BANNED[lang], said, re.IGNORECASE), said


def test_french_of_the_lessons_is_printed_with_thin_spaces():
    for one in lessons():
        for text in texts_of(one):
            assert not re.search(r"\w [;!?:»%]|« |'", text["fr"]), text["fr"]


def test_no_figure_that_the_model_gives_is_typed_in_a_sentence():
    for one in lessons():
        for text in (one.say, one.explain, one.price, one.leaves_out):
            bare = re.sub(r"\{[^}]*\}", "", text["en"]) if text else ""
            assert not re.search(r"\d+\.\d", bare), bare


# ---------------------------------------------------------------- the API


def test_an_observation_says_its_figures_in_sentences():
    seen = observe(1, "98", lang="fr")
    assert seen.value("theory_wait") == pytest.approx(49)
    said = seen.figures["theory_wait"].sentence
    assert said == "Attente selon la formule\N{NARROW NO-BREAK SPACE}: 49 durées de consultation."
    assert observe(1, "98", lang="en").figures["theory_wait"].sentence.startswith("Wait by the formula: 49")


def test_a_student_has_one_draw_and_always_the_same():
    seeds = [seed_of(student, "ifsi-2027") for student in range(1, CLASS_SIZE + 1)]
    assert len(set(seeds)) == CLASS_SIZE
    assert seeds == [seed_of(student, " IFSI-2027 ") for student in range(1, CLASS_SIZE + 1)]
    assert seed_of(1, "ifsi-2027") != seed_of(1, "ifsi-2028")
    assert seed_of(7) == 7
    for nobody in (0, CLASS_SIZE + 1):
        with pytest.raises(ValueError, match="1 to 25"):
            seed_of(nobody)


def test_the_figure_of_a_student_is_the_point_of_the_class(lived):
    for setting in ("alone", "neighbour", "paired"):
        for student in (1, 7, 25):
            mine = observe(5, setting, student=student)
            assert mine.seeds == (student,)
            assert mine.value("class_mine") == lived[5].points[setting][student - 1]


def test_a_class_code_changes_the_draws_and_nothing_else():
    mine = observe(4, "0", student=3, code="ifsi")
    assert mine.seeds == (seed_of(3, "ifsi"),)
    assert mine.figures == observe(4, "0", seed=seed_of(3, "ifsi")).figures


def test_what_a_reader_changes_is_lived_or_refused():
    usual = observe(2, "17", seed=1)
    longer = observe(2, "17", seed=1, changes=["parameters.demand.acute_per_year=1.4"])
    assert longer.value(UNSERVED) != usual.value(UNSERVED)
    with pytest.raises(Refused):
        observe(2, "17", seed=1, changes=["parameters.demand.acute_per_year=90"])
    with pytest.raises(KeyError):
        observe(2, "18")


def test_every_quantity_of_the_model_bears_the_name_of_its_indicator():
    from simulation.indicators import INDICATORS

    made_here = {"theory_wait", "room_wait", "planned_unserved_per_1000"}
    names = {name for one in lessons() for scene in one.scenes for name in scene.figures}
    assert names == set(kinds())
    assert {name for name in names if not name.startswith("class_")} - set(INDICATORS) == made_here


# ---------------------------------------------------------------- votes


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_vote_is_kept_and_of_each_student_the_last_counts(data):
    for answer, student in (("a", 1), ("b", 1), ("c", 2), ("a", None)):
        prediction.keep(prediction.Prediction(3, answer, "ifsi", student))
    assert prediction.last(3, "ifsi", 1) == "b"
    assert prediction.last(3, "other", 1) is None
    assert prediction.tally(3, "ifsi") == {"a": 1, "b": 1, "c": 1}
    [place] = [one for one in prediction.places() if one.exists()]
    assert len(place.read_text().splitlines()) == 5


def test_a_vote_that_the_usual_folder_refuses_is_kept_here(data):
    (data / "data").write_text("a file where a folder should be")
    place = prediction.keep(prediction.Prediction(1, "c"))
    assert place.parent == data
    assert prediction.last(1) == "c"


# ---------------------------------------------------------------- paper and page


def test_the_page_holds_the_draw_of_each_student_of_a_class(lived, held):
    found = owned.own(list(lived.values()), students=[1, 10])
    assert set(found) == set(held)
    assert set(held) == {
        f"{one.number}/{scene.id}" for one in lessons() for scene in one.scenes if scene.engine == "territory"
    }
    for scene, read in found.items():
        for lang in LANGUAGES:
            assert len(held[scene][lang]) == CLASS_SIZE
            assert [held[scene][lang][0], held[scene][lang][9]] == read[lang]


def test_what_a_student_reads_on_the_page_is_what_their_draw_gives(held):
    seen = observe(2, "17", student=12)
    read = held["2/slots"]["fr"][11]
    assert seen.figures["planned_wait_mean"].sentence.removesuffix(".") in read["say"]["17"]
    assert seen.figures["planned_wait_mean"].shown in read["charts"][1]["marks"]["17"]
    assert "Étudiant 12, tirage 12" in read["draws"] and "ne rien conclure" in read["draws"]


def test_a_draw_without_a_figure_leaves_its_row_empty_and_the_others_where_they_are(lived):
    whole, scene = lived[4], lesson(4).scenes[0]
    name = scene.drawn[0]
    holed = whole._replace(values={**whole.values, scene.settings[1].id: {}})
    rows = rows_of(whole, scene, name)
    before, after = (marks_of(told, scene, name, rows, "fr").marks for told in (whole, holed))
    assert after[scene.settings[1].id] == "" != before[scene.settings[1].id]
    assert [re.findall(r' y="(\d+)"', one) for one in (after[rows[-1].id], before[rows[-1].id])] == [
        re.findall(r' y="(\d+)"', before[rows[-1].id])
    ] * 2


@pytest.mark.parametrize("number", range(1, 8))
def test_the_sheet_gives_no_answer(lived, number):
    for lang in LANGUAGES:
        sheet = sheet_of(lesson(number), lang)
        for option in lesson(number).options:
            assert lived[number].words(option.why, lang)[:40] not in sheet
        assert lived[number].words(lesson(number).say, lang)[:40] not in sheet


def test_the_page_needs_nothing_from_elsewhere_and_stays_small(lived, held):
    text = page(list(lived.values()), held)
    assert not re.search(r"(?:src|href)=\"(?!#)", text)
    assert not re.search(r"https?:|@import|url\(", text)
    assert len(text.encode()) < 2_000_000
    for one in lessons():
        for setting in one.setting_names:
            assert text.count(f'data-setting="{setting}"') >= 2
