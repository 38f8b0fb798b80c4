"""Three tasks that a stranger does with the screen alone, clicks counted; what is out of sight cannot be clicked."""

import zipfile

import pytest

from tests.browser.conftest import Opened

SIZES = {"a projector": (1440, 900), "a phone": (390, 844)}


class Stranger:
    """Clicks on what is in sight, and counts; a choice in a list is two clicks."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def sees(self, selector):
        """Whether the whole line lies in the window, without anybody scrolling."""
        box = self.page.locator(selector).first.bounding_box()
        size = self.page.viewport_size
        return box is not None and box["y"] >= 0 and box["y"] + min(box["height"], 200) <= size["height"]

    def click(self, selector):
        self.clicks += 1
        self.page.wait_for_selector(selector)
        assert self.sees(selector), f"{selector} is out of sight after {self.clicks - 1} clicks"
        self.page.click(selector)

    def choose(self, selector, value):
        self.clicks += 2
        assert self.sees(selector), f"{selector} is out of sight"
        self.page.select_option(selector, value)


@pytest.fixture(params=list(SIZES))
def stranger(request, window, address):
    page = window.new_page()
    width, height = SIZES[request.param]
    page.set_viewport_size({"width": width, "height": height})
    home = Opened(page, address)
    home.goto()
    home.over()
    page.evaluate("window.scrollTo(0, 0)")
    yield Stranger(page)
    assert home.wrong == []
    page.close()


def test_the_effect_where_one_lives_takes_three_clicks(stranger):
    stranger.click(".jumps button:nth-child(1)")
    stranger.choose(".side .asked select", "La Filature")
    assert "La Filature, bassin de Pont-sur-Aiguette" in stranger.page.inner_text(".mine")
    assert "pour 1" in stranger.page.inner_text(".mine")
    assert stranger.sees(".mine")
    assert stranger.clicks <= 3


def test_who_loses_takes_one_click_and_the_groups_one_more(stranger):
    stranger.click(".jumps button:nth-child(2)")
    assert stranger.sees("#who + p")
    assert len(stranger.page.inner_text("#who + p")) > 20
    stranger.click(".groups summary")
    assert stranger.sees(".groups thead")
    assert stranger.clicks <= 2


def test_the_fiche_is_taken_away_in_two_clicks(stranger):
    stranger.click(".jumps button:nth-child(3)")
    with stranger.page.expect_download() as taken:
        stranger.click('a[href^="take/docx"]')
    assert "word/document.xml" in zipfile.ZipFile(taken.value.path()).namelist()
    assert stranger.clicks <= 2
