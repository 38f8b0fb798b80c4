"""The dashboard as people meet it: in a browser, with a mouse, a keyboard, a phone, in two languages."""

import io
import zipfile

import pytest
import yaml

from cpts.cli import shipped
from experiments.lessons import lesson
from texts import say


@pytest.fixture(scope="module")
def at_home(window, address):
    """The home page once everything is known."""
    from tests.browser.conftest import Opened

    page = window.new_page()
    home = Opened(page, address)
    home.goto()
    home.over()
    yield home
    page.close()


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        (one["id"], one["nodes"][0]["html"][:120])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def test_the_home_page_is_never_empty_and_asks_nothing_of_anybody_else(at_home):
    page = at_home.page
    assert "simulé" in page.inner_text("#result")
    assert [one.inner_text() for one in page.query_selector_all(".tile h3")][1:] == [
        "Sans réponse",
        "Temps pris aux soignants",
        "Budget",
    ]
    assert "supposés" in page.inner_text(".solid")
    assert page.query_selector_all(".dot.unknown").__len__() == 20
    assert page.query_selector_all(".dot.luck").__len__() == 8
    assert at_home.wrong == []


def test_nothing_serious_stops_a_reader_who_cannot_see(at_home):
    assert violations(at_home.page) == []


@pytest.mark.parametrize("kind", ["docx", "xlsx", "svg", "png", "yaml"])
def test_what_is_taken_away_opens(at_home, kind):
    with at_home.page.expect_download() as taken:
        at_home.page.click(f'a[href^="take/{kind}"]')
    content = taken.value.path().read_bytes()
    if kind in ("docx", "xlsx"):
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        assert ("word/document.xml" if kind == "docx" else "xl/workbook.xml") in names
        if kind == "xlsx":
            from openpyxl import load_workbook

            assert any(sheet.startswith("A3") for sheet in load_workbook(io.BytesIO(content)).sheetnames)
    elif kind == "yaml":
        assert yaml.safe_load(content)["policies"]["unscheduled_care"] == {"gps": 3, "slots_per_week": 3}
    else:
        assert content.startswith(b"\x89PNG" if kind == "png" else b"<svg")


def test_the_keyboard_alone_moves_a_lever_and_the_answer_follows(opened):
    page = opened.page
    opened.goto("?place=canton&page=compare&unscheduled_care=3,3")
    opened.over()
    before = page.inner_text("#result .scenario"), page.inner_text("#result .sentence")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "unscheduled_care-slots_per_week":
            break
    assert page.evaluate("document.activeElement.id") == "unscheduled_care-slots_per_week"
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    assert page.inner_text(".total").strip() == "soit 30 créneaux par semaine"
    page.wait_for_function(
        "() => document.querySelector('#result .scenario').innerText.includes('30 créneaux')"
    )
    assert page.inner_text("#result .scenario") != before[0]
    assert "unscheduled_care=3,10" in page.url
    assert page.inner_text("#result .sentence") != before[1]
    assert opened.wrong == []


def test_the_other_language_is_one_click_away_and_survives_a_reload(opened):
    page = opened.page
    opened.goto("?place=canton&page=compare&unscheduled_care=3,3")
    opened.over()
    page.click("text=English")
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    page.wait_for_function("() => document.querySelector('.sentence').innerText.includes('simulated')")
    page.reload()
    page.wait_for_function("() => document.querySelector('.sentence')?.innerText.includes('simulated')")
    assert "What we do" in page.inner_text(".levers")
    assert opened.wrong == []


@pytest.mark.parametrize(
    ("view", "there"),
    [
        ("target", "[role=status]:not(:empty)"),
        ("territory", "tr.missed"),
        ("learn", ".option"),
        ("more", ".map"),
    ],
)
def test_every_other_page_opens_and_stops_nobody(opened, view, there):
    opened.goto(f"?place=canton&page={view}&unscheduled_care=3,3")
    opened.page.wait_for_selector(there)
    assert opened.wrong == []
    assert violations(opened.page) == []


def test_a_life_is_told_twice_beside_people_alike(opened):
    opened.goto("?place=canton&page=more&lang=en&unscheduled_care=3,3")
    opened.page.click("text=Draw a person")
    opened.page.wait_for_selector(".line.then")
    assert "20 other people alike" in opened.page.inner_text("#result")


def test_a_year_is_stepped_and_played(opened):
    page = opened.page
    opened.goto("?place=canton&page=more&lang=en&unscheduled_care=3,3")
    page.click("text=Simulate the year")
    page.wait_for_selector(".year svg")
    assert "4 January 2027" in page.inner_text(".year .date")
    page.click("text=One day")
    page.wait_for_function("() => document.querySelector('.year .date').innerText.includes('5 January')")
    page.click(".year .strong")
    page.wait_for_function("() => +document.querySelector('.year input').value > 3")
    page.click(".year .strong")
    assert len(page.query_selector_all(".year tbody tr")) == 2
    assert violations(page) == []
    assert opened.wrong == []


def test_trips_are_drawn_beside_their_table_and_studies_are_listed_with_what_did_not_hold(opened):
    page = opened.page
    opened.goto("?place=canton&page=more&unscheduled_care=3,3")
    page.click("text=Simuler les trajets")
    page.wait_for_selector(".flows tbody tr")
    assert "petits cabinets du bassin" in page.inner_text(".flows tbody")
    assert len(page.query_selector_all(".flows path.flow")) == 4
    page.wait_for_selector("[data-study=assistants-or-missions]")
    assert "Elle ne tient pas" in page.inner_text("[data-study=assistants-or-missions]")
    page.click("[data-study=assistants-or-missions] summary")
    page.wait_for_function("() => document.querySelector('.studies img').naturalWidth > 100")
    assert violations(page) == []
    assert opened.wrong == []


def test_a_scenario_is_kept_aside_and_the_next_is_read_beside_it(opened):
    page = opened.page
    opened.goto("?place=canton&page=compare&unscheduled_care=3,3")
    opened.over()
    page.click("text=Garder B")
    page.wait_for_selector("text=Oublier B")
    assert page.query_selector_all(".aside .two") == []
    page.fill("#unscheduled_care-slots_per_week", "10")
    page.wait_for_selector(".aside .lead")
    told = [one.inner_text() for one in page.query_selector_all(".aside .line .soft")]
    assert ["9 créneaux" in told[0], "30 créneaux" in told[1]] == [True, True]
    assert "b=unscheduled_care" in page.url
    page.click("text=Revenir à B")
    page.wait_for_function("() => document.querySelector('.aside .two') === null")
    assert "unscheduled_care=3,3" in page.url
    assert opened.wrong == []


def test_a_lesson_shows_nothing_before_the_vote_and_keeps_it(opened):
    page, asked = opened.page, lesson(4)
    opened.goto("?page=learn&lesson=4&class=essai&student=3")
    assert asked.question.fr[:40] in page.inner_text("#result")
    assert page.query_selector_all(".scene, .why, .chart") == []
    page.check(f".option:nth-of-type(1) input[value={asked.options[0].id}]")
    page.click("text=Je vote")
    page.wait_for_selector(".scene")
    assert page.query_selector_all(".mark.seen") == []
    page.click(".pushed button:nth-child(2)")
    page.wait_for_selector(".mark.seen.now")
    assert asked.scenes[0].settings[1].label.fr in page.inner_text(".scene .told")
    page.click("text=Voir la réponse")
    page.wait_for_selector(".why blockquote")
    assert asked.leaves_out.fr in page.inner_text(".why .leaves")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.reload()
    page.wait_for_selector(".option.mine")
    assert len(page.query_selector_all(".option input:disabled")) == len(asked.options)
    assert opened.wrong == []


def packed(change=str):
    content = io.BytesIO()
    folder = shipped.folder() / "territories" / "village"
    with zipfile.ZipFile(content, "w") as made:
        for path in folder.iterdir():
            made.writestr(f"ici/{path.name}", change(path.read_text()))
    return {"name": "ici.zip", "mimeType": "application/zip", "buffer": content.getvalue()}


def test_a_territory_is_brought_corrected_compared_and_seen_by_nobody_else(opened, at_home):
    page = opened.page
    opened.goto("?place=canton&page=territory")
    page.set_input_files("input[type=file]", packed(lambda text: text.replace(",gp,", ",sorcier,", 1)))
    page.click("text=Lire")
    page.wait_for_selector(".faults li")
    assert "practitioners.csv, ligne 2" in page.inner_text(".faults")
    assert violations(page) == []
    page.set_input_files("input[type=file]", packed())
    page.click("text=Lire")
    page.wait_for_selector(".accepted")
    assert page.inner_text(".lead") == say("dashboard.own_name", "fr")
    page.click("nav >> text=Comparer")
    page.wait_for_selector("#result .sentence:not(:empty)")
    assert "place=own-" in page.url
    names = "() => [...document.querySelectorAll('.place option')].map((one) => one.value)"
    assert len([one for one in page.evaluate(names) if one.startswith("own-")]) == 1
    at_home.page.reload()
    at_home.page.wait_for_selector("#result")
    assert [one for one in at_home.page.evaluate(names) if one.startswith("own-")] == []
    assert opened.wrong == []


def test_figures_are_corrected_in_place_taken_away_and_taken_back(opened):
    page = opened.page
    opened.goto("?place=canton&page=territory")
    page.fill('input[name="gps:99001"]', "beaucoup")
    page.click("text=Refaire le calcul")
    page.wait_for_selector(".fix .faults li")
    assert "Pont-sur-Aiguette" in page.inner_text(".fix .faults")
    page.fill('input[name="gps:99001"]', "3")
    page.fill('input[name="observed:ed_per_1000"]', "310")
    page.click("text=Refaire le calcul")
    page.wait_for_function("() => document.querySelectorAll('.fixed li').length === 2")
    assert "place=own-" in page.url
    assert violations(page) == []
    with page.expect_download() as taken:
        page.click(".fix a.button")
    assert "mon-territoire/communes.csv" in zipfile.ZipFile(taken.value.path()).namelist()
    page.wait_for_selector(".local tbody tr")
    assert "310" in page.inner_text(".local tbody")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.reload()
    page.wait_for_selector(".fixed li")
    page.click(".fixed li:first-child button")
    page.wait_for_function("() => document.querySelectorAll('.fixed li').length === 1")
    page.click("text=Tout annuler")
    page.wait_for_function("() => document.querySelector('.fixed') === null")
    assert "place=canton" in page.url
    assert opened.wrong == []


def test_a_phone_shows_the_sentence_before_the_levers_and_nothing_sticks_out(opened):
    page = opened.page
    page.set_viewport_size({"width": 390, "height": 844})
    opened.goto("?place=canton&page=compare&unscheduled_care=3,3")
    opened.over()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    sentence, levers = (page.query_selector(one).bounding_box()["y"] for one in (".sentence", ".levers"))
    assert sentence < levers


def test_a_meeting_reads_from_the_back_of_the_room(opened):
    page = opened.page
    opened.goto("?place=canton&page=compare&unscheduled_care=3,3&meeting=1")
    opened.over()
    sizes = page.evaluate(
        "() => [...document.querySelectorAll('.sentence, .tile .figures, .lever .name, .given')]"
        ".map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 24
    assert len(page.query_selector_all(".lever")) == 3


def test_an_address_that_asks_nonsense_opens_all_the_same(opened):
    opened.goto("?place=../../etc&unscheduled_care=1e99,nan&custom=1&lang=xx&page=<script>&mark=00000000")
    opened.over()
    assert "autre version" in opened.page.inner_text(".notice")
    assert opened.wrong == []
