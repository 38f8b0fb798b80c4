"""The page of a study says what its report says, from the worlds that were lived, and lives only what is missing."""

import json
import re
import shutil

import pandas as pd
import pytest

from cpts.cli import publish, publish_study
from experiments.archive import archive, kept
from experiments.completing import completed, missing
from experiments.explorer.page import page
from experiments.explorer.told import SENTENCES
from experiments.freezing import deviations
from experiments.reading import read
from experiments.report.deciding import every
from experiments.report.of_study import decided, judged
from experiments.store import Store
from experiments.study import Study
from tests.test_cli import flat, said
from tests.test_study import SHIPPED
from tests.tiny_study import led, ledger_of, study_in, told_of

PRIMARY = "answered_48h_per_1000"


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return led(tmp_path_factory.mktemp("one") / "a-village")


@pytest.fixture(scope="module")
def told(found):
    return told_of(found)


@pytest.fixture
def again(found, tmp_path):
    """The same study in a folder of its own, without its store."""
    shutil.copytree(found.study.folder, tmp_path / "a-village", ignore=shutil.ignore_patterns("results"))
    return Study(tmp_path / "a-village", SHIPPED)


def never():
    raise AssertionError("the store was opened")


def sorted_pairs(outcome):
    columns = ["structure", "scenario", "kind", "number", "seed", "indicator", "group"]
    table = outcome.pairs.sort_values(columns, ignore_index=True)
    return table[[*columns, "baseline", "alternative_value", "n"]]


def cut(study, rows):
    """Take pairs out of the table of a study."""
    table = pd.read_parquet(study.folder / "pairs.parquet")
    table[~rows(table)].to_parquet(study.folder / "pairs.parquet", index=False)


# ---------------------------------------------------------------- nothing is lived twice


def test_a_study_that_was_lived_is_published_without_opening_its_store(again, found):
    pd.testing.assert_frame_equal(sorted_pairs(completed(again, never)), sorted_pairs(found))


def test_what_a_table_lacks_and_nothing_else_is_lived(again, found, tmp_path):
    cut(again, lambda table: (table["kind"] == "world") & (table["number"] > 18))
    cut(
        again,
        lambda table: (table["scenario"] == "slots") & (table["kind"] == "luck") & (table["number"] == 1),
    )
    worlds = {(one.at["kind"], one.at["number"]) for one in missing(kept(again), 2)}
    assert worlds == {("world", 19), ("world", 20), ("luck", 1)}
    seen = []
    store = Store(tmp_path / "kept")
    whole = completed(again, lambda: store, watch=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (
        6,
        6,
    )  # today and the action in three futures; the control is today under another name
    pd.testing.assert_frame_equal(sorted_pairs(whole), sorted_pairs(found))


def test_worlds_of_another_code_are_never_put_beside_those_of_this_one(again, tmp_path):
    ledger_of(again.folder, code="another")
    completed(again, never)  # whole, it is published as it is
    cut(again, lambda table: (table["kind"] == "world") & (table["number"] > 19))
    seen = []
    store = Store(tmp_path / "kept")

    def fails(asked):
        raise ArithmeticError("no such future")

    completed(again, lambda: store, watch=lambda done, total: seen.append(total), run=fails)
    assert seen[-1] == 2 * (20 + 2)


def test_a_study_that_was_never_lived_is_lived_in_its_own_store(tmp_path):
    study = study_in(tmp_path / "new", uncertainty={"draws": 1, "chance": {"pilot": 2, "most": 2}})
    outcome = completed(study, lambda: Store(study.folder / "results"))
    assert outcome.comparison.worlds == 1
    assert len(Store(study.folder / "results").finished()) == 2 * (1 + 2)


def test_a_shipped_study_lacks_nothing():
    asked = Study(publish_study.studies() / "how-many-slots", SHIPPED)
    outcome = kept(asked)
    assert missing(outcome, outcome.pairs.loc[outcome.pairs["kind"] == "luck", "number"].nunique()) == []


# ---------------------------------------------------------------- what the page says


def test_the_page_says_of_each_alternative_what_the_report_says(found, told):
    missed, _ = publish.beside_france(found.comparison, "fr")
    for rank, name in enumerate(found.study.names):
        for lang in ("fr", "en"):
            reading = read(
                found.comparison.with_(france=missed),
                lang,
                alternative=name,
                leading=found.study.protocol.primary,
            )
            words, point = told["words"][lang], told["points"][rank]
            for slot in SENTENCES:
                assert words[point["said"].get(slot, 0)] == getattr(reading, slot), (name, slot)


def test_what_makes_no_useful_difference_is_said_so(told):
    control = told["words"]["fr"][told["points"][1]["said"]["headline"]]
    assert "pas de différence utile" in control


def test_the_page_offers_what_the_protocol_compares_and_no_other_thing(told):
    (lever,) = told["levers"]
    assert lever["choice"] == 1
    assert lever["sizes"][0]["levels"] == ["", "slots", "nothing"]
    assert [told["words"]["fr"][one] for one in lever["sizes"][0]["told"]][1:] == [
        "Des créneaux",
        "Rien (témoin : rien d’utile n’en est attendu)".replace(" :", "\N{NO-BREAK SPACE}:"),
    ]
    assert told["cells"] == [-1, 0, 1]
    assert told["opening"] == [1]
    assert told["glance"] == PRIMARY


def test_question_freeze_protocol_and_readings_are_on_the_page(found, told):
    for lang in ("fr", "en"):
        words = told["words"][lang]
        assert words[told["question"]] == found.study.protocol.question[lang]
        assert found.study.protocol.digest[:12] in words[told["frozen"]]
        captions = [
            words[block["caption"]]
            for part in told["study"]
            for block in part["blocks"]
            if "caption" in block
        ]
        tables = [
            one
            for one in (*decided(found, [], lang), *judged(found, every(found), lang))
            if hasattr(one, "rows")
        ]
        assert captions[: len(tables)] == [one.caption for one in tables]
        rows = [[words[cell] for cell in row] for row in told["study"][1]["blocks"][0]["rows"]]
        assert rows == [list(row) for row in tables[1].rows]
    assert "04/01/2027" in told["words"]["fr"][told["frozen"]]


def test_a_change_since_the_freeze_is_told_even_before_it_is_written_down(again):
    slots = (again.folder / "slots.yaml").read_text().replace("slots_per_week: 2", "slots_per_week: 3")
    (again.folder / "slots.yaml").write_text(slots)
    changed = Study(again.folder, SHIPPED)
    held = told_of(kept(changed))
    assert deviations(changed) == []
    assert "pas encore daté" in held["words"]["fr"] and "scenarios.slots" in held["words"]["fr"]
    assert held["words"]["en"][held["frozen"]].endswith("all told below: 1.")


def test_another_code_than_that_of_the_worlds_is_said(found, told):
    assert any("other-code" in text for text in told_of(found, "other-code")["words"]["fr"])
    assert not any("page is written by the code" in text for text in told["words"]["en"])


def test_a_primary_outcome_of_another_kind_opens_on_its_own_sentence(found):
    protocol = found.study.protocol.model_copy(update={"primary": "planned_wait_mean"})
    found.study.protocol, before = protocol, found.study.protocol
    try:
        held = told_of(found)
    finally:
        found.study.protocol = before
    headline = held["words"]["fr"][held["places"][0]["today"]["headline"]]
    assert "Attente d'un rendez-vous programmé" in headline.replace("’", "'")
    assert held["points"][0]["leading"] == held["glance"] == "planned_wait_mean"


def test_two_territories_are_two_views_never_added_up(tmp_path):
    few = {"draws": 2, "chance": {"pilot": 2, "most": 2}}
    outcome = led(tmp_path / "two", territories=["village", "hamlet"], uncertainty=few)
    held = told_of(outcome)
    assert [lever["name"] for lever in held["levers"]] == ["scenario", "territory"]
    assert held["levers"][1]["sizes"][0]["levels"] == ["village", "hamlet"]
    assert held["place_axis"] == 1 and len(held["places"]) == 2
    assert held["cells"] == [-1, -1, 0, 2, 1, 3]
    assert "too early" in held["words"]["en"][held["points"][3]["said"]["headline"]].lower()


def test_a_study_gives_the_same_bytes_from_its_folder_and_from_its_archive(found, tmp_path):
    archive(found.study, tmp_path / "put-away.zip")
    pages = []
    for asked in (found.study.folder, tmp_path / "put-away.zip"):
        done = said("publish", str(asked), "-o", str(tmp_path / "page.html"))
        assert done.exit_code == 0, done.stderr
        assert "Rien n’a été simulé de nouveau" in flat(done.stderr)
        pages.append((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert pages[0] == pages[1]
    held = json.loads(re.search(r'id="content">(.*?)</script>', pages[0], flags=re.DOTALL)[1])
    assert page(held) == pages[0]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (("how-many-slots", "--worlds", "40"), "enlever --worlds"),
        (("how-many-slots", "--set", "days=7"), "enlever --set"),
        (("lessons", "--workers", "2"), "enlever --workers"),
        (("cevennes", "--class", "ifsi"), "ne sert qu’aux leçons"),
        (("how-many-slot",), "« how-many-slots »"),
        (("nowhere.zip",), "n’est pas l’archive d’une étude"),
    ],
)
def test_what_cannot_be_published_is_said_in_a_sentence(tmp_path, line, sentence):
    done = said("publish", *line, "-o", str(tmp_path / "page.html"))
    assert done.exit_code == 2
    assert sentence in flat(done.stderr)
    assert not (tmp_path / "page.html").exists()


def test_a_folder_without_a_protocol_and_a_study_that_is_not_frozen_are_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    study_in(tmp_path / "early")
    for folder, sentence in (("empty", "sans study.yaml"), ("early", "n’est pas figé")):
        done = said("publish", str(tmp_path / folder), "-o", str(tmp_path / "page.html"))
        assert done.exit_code == 2
        assert sentence in flat(done.stderr)
