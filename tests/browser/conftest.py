"""A real browser for the tests that open pages, and a dashboard on a small territory for those that serve one."""

import os
import shutil

import pytest

from tests.browser.serving import served

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser():
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        missing = "no Chromium on this machine"
        pytest.fail(missing) if os.environ.get("CPTS_BROWSER") == "required" else pytest.skip(missing)
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def watched(browser):
    """Opens pages and, at the end, asks that nothing was said on the console and nothing fetched from elsewhere."""
    trouble, contexts = [], []

    def opened(address, width=1440, height=900):
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda asked: trouble.append(asked.url) if asked.url != address else None)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []


@pytest.fixture(scope="module")
def address(browser, tmp_path_factory):
    votes = tmp_path_factory.mktemp("votes")
    with served(votes, "--scenario", "canton", "--worlds", "20") as at:
        yield at


class Opened:
    """A page with all that went wrong in it."""

    def __init__(self, page, address):
        self.page, self.address, self.wrong = page, address, []
        page.set_default_timeout(60_000)
        page.on("console", lambda one: one.type == "error" and self.wrong.append(one.text))
        page.on("pageerror", lambda one: self.wrong.append(str(one)))
        page.on("request", lambda one: self.outside(one.url))
        page.on("response", lambda one: one.status >= 400 and self.wrong.append(f"{one.status} {one.url}"))

    def outside(self, url):
        if not url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.wrong.append(f"outside: {url}")

    def goto(self, query=""):
        self.page.goto(self.address + query)
        self.page.wait_for_selector("#result")

    def over(self):
        self.page.wait_for_selector("main[aria-busy=false] .tile")


@pytest.fixture(scope="module")
def window(browser):
    """Pages of one window share what they fetched, which is most of the time it takes to open one."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context
    context.close()


@pytest.fixture
def opened(window, address):
    page = window.new_page()
    yield Opened(page, address)
    page.close()
