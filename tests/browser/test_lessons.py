import csv
import re
from pathlib import Path

import pytest

from experiments.lessons import lessons
from experiments.lessons.sheet import sheet_of
from tests.browser.from_file import DESK, Opened
from texts import LANGUAGES

LESSONS_FILE = Path(__file__).resolve().parents[2] / "docs" / "lecons.html"
LESSONS = LESSONS_FILE.as_uri()
WIDTHS = [(1440, 900), (390, 844)]


def serious(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]


def seen(page, selector):
    return page.locator(selector).evaluate_all("all => all.map(one => getComputedStyle(one).opacity)")


def test_the_answer_comes_after_the_vote_and_the_lever(watched):
    page = watched(LESSONS)
    lesson = page.locator("#fr-1")
    assert not lesson.locator(".after-vote").is_visible()
    lesson.locator("input[value=a]").check()
    lesson.get_by_role("button", name="Je vote").click()
    assert lesson.locator(".after-vote").is_visible() and not lesson.locator(".answer").is_visible()
    assert lesson.locator(".mark[data-s='98']").evaluate("one => one.classList.contains('seen')") is False
    lesson.get_by_role("button", name="98").click()
    assert lesson.locator(".mark[data-s='98']").evaluate("one => one.classList.contains('seen')")
    assert "49 durées de consultation" in lesson.locator(".scene .read").first.inner_text()
    lesson.get_by_role("button", name="Voir la réponse").click()
    assert lesson.locator(".answer").is_visible()
    assert lesson.locator(".option.is-right .good").is_visible()


def test_a_vote_is_still_there_when_the_page_is_opened_again_and_can_be_taken_back(watched):
    page = watched(LESSONS)
    lesson = page.locator("#fr-2")
    lesson.locator("input[value=c]").check()
    lesson.get_by_role("button", name="Je vote").click()
    page.reload()
    assert lesson.locator("input[value=c]").is_checked() and lesson.locator(".after-vote").is_visible()
    lesson.get_by_role("button", name="Recommencer").click()
    assert not lesson.locator(".after-vote").is_visible()
    page.reload()
    assert not lesson.locator("input[value=c]").is_checked()


def test_the_other_language_is_one_click_away(watched):
    page = watched(LESSONS)
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("#en-1").is_visible() and not page.locator("#fr-1").is_visible()
    assert page.title() == "Seven lessons on access to care"


def test_the_keyboard_is_enough(watched):
    page = watched(LESSONS)
    page.locator("#fr-4 input[value=a]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    lesson = page.locator("#fr-4")
    assert lesson.locator("input[value=b]").is_checked() and lesson.locator(".after-vote").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "un départ" in lesson.locator(".read").inner_text()


def test_a_student_finds_their_point_and_hands_are_counted(watched):
    page = watched(LESSONS)
    lesson = page.locator("#fr-5")
    lesson.get_by_role("button", name="Compter les mains levées").click()
    for _ in range(3):
        lesson.get_by_role("button", name="Une main de plus pour b").click()
    lesson.get_by_role("button", name="Une main de moins pour b").click()
    assert lesson.locator("[data-count=b]").inner_text() == "2"
    lesson.locator("input[value=b]").check()
    lesson.get_by_role("button", name="Je vote").click()
    lesson.locator("[data-mine]").select_option("7")
    assert lesson.locator(".dot.me").count() == 3
    assert "Étudiant 7" in lesson.locator(".mine").inner_text()


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_every_lesson_opened_is_readable_by_all_and_fits_the_screen(watched, width, height):
    page = watched(LESSONS, width, height)
    assert serious(page) == []
    page.locator("main:not([hidden]) [data-teacher]").click()
    page.wait_for_timeout(400)
    assert set(seen(page, "#fr-7 .mark")) == {"1"}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious(page) == []


def test_without_a_script_everything_is_shown(browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(LESSONS)
    assert page.locator("#fr-3 .answer").is_visible() and page.locator("#fr-3 .why").first.is_visible()
    context.close()


def test_each_sheet_prints_on_one_side_of_a4(browser):
    page = browser.new_page()
    for one in lessons():
        for lang in LANGUAGES:
            page.set_content(sheet_of(one, lang))
            printed = page.pdf(prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, (one.number, lang)
    assert serious(page) == []
    page.close()


def test_a_number_gives_the_draw_of_a_student_in_every_lesson_and_it_is_remembered(watched):
    page = watched(LESSONS)
    lesson = page.locator("#fr-2")
    lesson.locator("input[value=a]").check()
    lesson.get_by_role("button", name="Je vote").click()
    lesson.locator("[data-setting='17']").click()
    mean, drawn = (
        lesson.locator(".read").inner_text(),
        lesson.locator(".mark[data-s='17']").first.inner_html(),
    )
    assert lesson.locator(".draws").inner_text() == "Moyenne de 10 tirages."
    lesson.locator("[data-mine]").select_option("12")
    assert lesson.locator(".read").inner_text() != mean
    assert lesson.locator(".mark[data-s='17']").first.inner_html() != drawn
    assert "Étudiant 12, tirage 12" in lesson.locator(".draws").inner_text()
    page.reload()
    assert page.locator("#fr-7 [data-mine]").input_value() == "12"
    assert "Student 12" in page.locator("#en-4 .draws").text_content()
    lesson.locator("[data-mine]").select_option("")
    lesson.locator("[data-setting='17']").click()
    assert lesson.locator(".read").inner_text() == mean
    assert lesson.locator(".mark[data-s='17']").first.inner_html() == drawn


def test_whoever_voted_is_told_whether_they_were_right(watched):
    page = watched(LESSONS)
    lesson = page.locator("#fr-2")
    lesson.locator("input[value=a]").check()
    lesson.get_by_role("button", name="Je vote").click()
    lesson.get_by_role("button", name="Voir la réponse").click()
    assert lesson.locator(".verdict:visible").all_inner_texts() == [
        "a : ce n’est pas ce qui arrive. La bonne réponse est b.".replace(" :", "\N{NARROW NO-BREAK SPACE}:")
    ]


def test_the_sheet_and_the_figures_leave_the_page(browser, tmp_path):
    page = Opened(browser, LESSONS_FILE, DESK)
    sheet = page.saved("#fr-3 [data-sheet]", tmp_path / "sheet.html")
    assert sheet.read_text(encoding="utf-8") == sheet_of(lessons()[2], "fr")
    page.page.click("main:not([hidden]) [data-teacher]")
    page.page.click("#fr-2 summary >> nth=0")
    with page.saved("#fr-2 [data-table]", tmp_path / "table.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[0][0].startswith("Projection issue d’une simulation, pas un constat")
    assert ["Urgentes sans réponse pour 1 000", "176", "158", "167", "177"] in [
        [cell.replace("\N{NARROW NO-BREAK SPACE}", " ") for cell in row] for row in rows
    ]
    page.closed()
