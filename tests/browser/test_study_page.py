"""The page of a study, opened from a file: two territories, so that everything it can hold is there."""

import csv

import pytest

from experiments.explorer.page import page as written
from tests.browser.from_file import DESK, PHONE, pages_of
from tests.tiny_study import led, told_of


@pytest.fixture(scope="module")
def file(browser, tmp_path_factory):
    place = tmp_path_factory.mktemp("study")
    unknown = {
        "draws": 3, "structure": {"parameters.doors.practices_called_per_day": ["1"]}, "chance": {"pilot": 2},
    }  # fmt: skip
    asked = {"territories": ["village", "hamlet"], "economics": {"wtp": [0, 50]}, "uncertainty": unknown}
    found = led(place / "a-village", **asked)
    (place / "study.html").write_text(written(told_of(found)), encoding="utf-8")
    return place / "study.html"


@pytest.fixture
def opened(browser, file):
    with pages_of(browser, file) as opens:
        yield opens


def test_it_opens_on_the_question_and_a_choice_changes_the_answer(opened):
    page = opened()
    assert page.text("#question") == "Que change un créneau ?"
    assert "Protocole figé le 04/01/2027" in page.text("#frozen")
    assert "1 médecin volontaire" in page.text("#scenario")
    assert page.page.is_checked("#axis-0-1")
    before = page.text("#headline")
    page.page.check("#axis-0-0")
    assert page.text("#headline") != before
    page.page.click("#grid button >> nth=3")  # the action on the second territory
    assert page.page.is_checked("#axis-0-1") and page.page.is_checked("#axis-1-1")
    page.page.click("#reset")
    assert page.page.is_checked("#axis-0-0") and page.page.is_checked("#axis-1-1")
    assert len(page.asked) == 1


def test_what_was_decided_and_what_came_out_are_unfolded_in_both_languages(opened):
    page = opened()
    page.page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    told = page.text("#study")
    assert "Indicateur principal" in told and "Aucun écart au protocole figé." in told
    assert page.page.eval_on_selector_all("#study img", "all => all.every(one => one.naturalWidth > 300)")
    assert page.page.locator("#study img").count() == 2
    assert "Territoire par territoire" in told and "parameters.doors.practices_called_per_day=1" in told
    page.page.click("#language")
    assert page.text("#question") == "What does a slot change?"
    assert "No deviation" in page.page.text_content("#study")
    assert "Nothing (control" in page.text("#sliders")


def test_its_address_and_its_tables_keep_the_view(opened, tmp_path):
    page = opened()
    page.page.check("#axis-0-2")
    page.page.check("#axis-1-1")
    again = opened(address=page.page.evaluate("location.hash"))
    assert again.text("#scenario") == page.text("#scenario")
    assert again.page.is_checked("#axis-1-1")
    page.saved("#image", tmp_path / "view.png")
    assert (tmp_path / "view.png").read_bytes().startswith(b"\x89PNG")
    rows = []
    for button in ("#csv", "#csv-all"):
        with page.saved(button, tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
            rows.append(list(csv.reader(file, delimiter=";")))
    assert ["Que change un créneau ?"] in rows[0]
    assert rows[1][2][:2] == ["scenario", "territory"]
    assert [row[:2] for row in rows[1][3:]] == [
        [name, place] for name in ("slots", "nothing") for place in ("village", "hamlet")
    ]


def test_the_keyboard_is_enough(opened):
    page = opened()
    page.page.focus("#axis-0-1")
    page.page.keyboard.press("ArrowDown")
    assert page.page.is_checked("#axis-0-2")
    assert page.page.evaluate("document.activeElement.id") == "axis-0-2"
    page.page.focus("#study summary >> nth=0")
    page.page.keyboard.press("Enter")
    assert page.page.locator("#study table").first.is_visible()


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_it_is_readable_by_all_and_fits_the_screen(opened, size):
    page = opened(size)
    assert page.serious() == []
    assert page.page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_without_a_script_every_alternative_is_told(browser, file):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("noscript tbody tr").count() == 4
    assert "Que change un créneau ?" in page.inner_text("main")
    context.close()
