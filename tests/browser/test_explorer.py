"""The page to take away, opened as whoever receives it opens it: from a file, without any network."""

import csv
import re
from pathlib import Path

import pytest

from tests.browser.from_file import DESK, PHONE, pages_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explorateur-cevennes.html"


@pytest.fixture
def opened(browser):
    with pages_of(browser, PAGE) as opens:
        yield opens


def moved(page, axis, rank):
    page.page.eval_on_selector(
        f"#axis-{axis}", "(it, rank) => { it.value = rank; it.dispatchEvent(new Event('input')); }", rank
    )


def test_it_opens_on_an_answer_and_asks_nothing_of_anybody(opened):
    page = opened()
    assert "48" in page.text("#headline")
    assert page.page.locator("#tiles li").count() == 4
    assert [page.page.locator("#tiles li").nth(at).get_attribute("data-tile") for at in range(4)] == [
        "answered_48h_per_1000", "unserved_per_1000", "carer_hours", "money_eur",
    ]  # fmt: skip
    assert "Solidité" in page.text("#solid")
    assert page.page.locator("#map path").count() > 33
    assert len(page.asked) == 1


def test_a_lever_changes_the_answer_and_says_the_sum(opened):
    page = opened()
    before = page.text("#headline")
    assert "soit 15 créneaux par semaine" in page.text("#sliders")
    moved(page, 0, 4)
    moved(page, 1, 2)
    assert "soit 60 créneaux par semaine" in page.text("#sliders")
    assert "12 médecins volontaires" in page.text("#scenario")
    assert page.text("#headline") != before
    page.page.click("#reset")
    assert "Aujourd" in page.text("#headline")


def test_a_cell_of_the_table_of_steps_moves_the_sliders(opened):
    page = opened()
    page.page.locator("#grid button").nth(3 * 3 + 2).click()
    assert page.page.input_value("#axis-0") == "3"
    assert page.page.input_value("#axis-1") == "2"
    assert "8 médecins volontaires" in page.text("#scenario")


def test_languages_switch_and_the_view_stays(opened):
    page = opened()
    moved(page, 0, 3)
    page.page.click("#language")
    assert page.page.get_attribute("html", "lang") == "en"
    assert "8 volunteer GPs" in page.text("#scenario")
    assert "A projection made by a simulation" in page.text("footer")
    page.page.click("#language")
    assert "8 médecins volontaires" in page.text("#scenario")


def test_its_address_gives_the_same_view_again(opened):
    page = opened()
    moved(page, 0, 4)
    page.page.click("#language")
    address = page.page.evaluate("location.hash")
    again = opened(address=address)
    assert again.text("#headline") == page.text("#headline")
    assert again.text("#scenario") == page.text("#scenario")


def test_tables_and_picture_leave_the_page(opened, tmp_path):
    page = opened()
    for button, name in (("#csv", "one.csv"), ("#csv-all", "all.csv"), ("#image", "view.png")):
        page.saved(button, tmp_path / name)
    with (tmp_path / "one.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[0] == ["Projection issue d’une simulation, pas un constat."]
    assert rows[4] == [page.text("#headline")]
    assert len(rows) > 90
    assert not [cell for row in rows for cell in row if re.match(r"[=+@-]", cell)]
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[2][:2] == ["unscheduled_care.gps", "unscheduled_care.slots_per_week"]
    assert len(rows) == 3 + 57  # 60 positions, of which three are today
    assert (tmp_path / "view.png").read_bytes().startswith(b"\x89PNG")


def test_everything_is_done_with_the_keyboard_alone(opened):
    page = opened()
    keys = page.page.keyboard
    keys.press("Tab")
    assert page.page.evaluate("document.activeElement.className") == "skip"
    reached = []
    for _ in range(40):
        keys.press("Tab")
        reached.append(page.page.evaluate("document.activeElement.id"))
    assert {
        "language",
        "axis-0",
        "axis-1",
        "axis-2",
        "axis-3",
        "reset",
        "print",
        "csv",
        "image",
        "link",
    } <= set(reached)
    page.page.focus("#axis-0")
    before = page.text("#scenario")
    keys.press("ArrowRight")
    assert page.text("#scenario") != before
    assert page.page.evaluate("document.activeElement.id") == "axis-0"
    assert page.page.get_attribute("#axis-0", "aria-valuetext") == "8 médecins volontaires"
    page.page.focus("#axis-2")
    keys.press("Space")
    assert "trouver un médecin traitant" in page.text("#scenario")
    page.page.focus("summary >> nth=-1")
    keys.press("Enter")
    assert "Futur simulé" in page.text("#glossary")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_machine_that_judges_accessibility_finds_nothing_serious(opened, size):
    page = opened(size)
    assert page.serious() == []


def test_a_phone_shows_it_without_scrolling_sideways(opened):
    page = opened(PHONE)
    page.page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    assert page.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.page.locator("#bar").is_visible()
    small = page.page.eval_on_selector_all(
        "button:visible, input, summary",
        "all => all.filter(one => one.getBoundingClientRect().height < 22).length",
    )
    assert small == 0


def test_paper_keeps_the_answer_and_the_stamp(opened):
    page = opened()
    page.page.emulate_media(media="print")
    for kept in ("#scenario", "#headline", "#price", "#tiles", "#map", "footer .stamp"):
        assert page.page.locator(kept).is_visible()
    assert not page.page.locator("#sliders").is_visible()
