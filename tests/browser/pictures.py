"""Take the pictures of docs/ anew: `python -m tests.browser.pictures`, with Chromium, in some minutes.

Each is what somebody sees on the shipped territory; whoever takes them opens them and looks before keeping them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.browser.conftest import FLAGS, NAMES
from tests.browser.from_file import DESK, PHONE
from tests.browser.serving import ROOT, served

DOCS = ROOT / "docs"
WORLDS = "20"
LONG = 300_000
"""Milliseconds that a page is given to have lived everything it shows."""
PAGES = ("compare", "target", "territory", "learn", "more")
TALL = {"territory": 1200}
STUDY = "how-many-slots"


class Sheet(NamedTuple):
    """A part of the last page that has a picture of its own, once its button, if it has one, was pressed."""

    name: str
    where: str
    shown: str
    sizes: tuple[str, ...]
    tallest: int = 2000


SHEETS = (
    Sheet("flows", "#flows", "#flows svg", ("wide",)),
    Sheet("studies", "#studies", "#studies details", ("wide",), 620),
    Sheet("year", ".year", ".year table", ("wide", "phone")),
)
SIZES = {"wide": DESK, "phone": PHONE}


def main() -> None:
    """Take all of them."""
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory() as folder, sync_playwright() as driver:
        found = next(filter(None, map(shutil.which, NAMES)))
        browser = driver.chromium.launch(executable_path=found, args=FLAGS)
        of_dashboard(browser, Path(folder))
        of_files(browser, Path(folder))
        browser.close()
    _cpts("compare", "baseline", "unscheduled_care", "-o", str(DOCS / "answer.svg"), "--no-ledger")
    _cpts(
        "decides", "canton", "canton", "--set", "policies.unscheduled_care.gps=3",
        "--set", "policies.unscheduled_care.slots_per_week=10", "-o", str(DOCS / "decides.svg"),
    )  # fmt: skip


def of_dashboard(browser, folder):
    """Every page of the dashboard on both screens, then the parts that are asked for."""
    with served(folder, "--worlds", WORLDS) as address:
        for size in SIZES:
            for name in (*PAGES, "meeting"):
                page = _opened(browser, size)
                page.set_viewport_size({**SIZES[size], "height": TALL.get(name, SIZES[size]["height"])})
                asked = "page=compare&meeting=1" if name == "meeting" else f"page={name}"
                page.goto(f"{address}?{asked}&unscheduled_care=5,3")
                _over(page)
                _taken(page.screenshot, DOCS / "dashboard" / f"{name}-{size}.png")
                page.context.close()
            for sheet in SHEETS:
                if size in sheet.sizes:
                    _sheet(browser, address, sheet, size)


def of_files(browser, folder):
    """Pages that open from a file: the explorer, that of a study, a report."""
    _cpts("publish", STUDY, "-o", str(folder / "study.html"))
    _cpts("report", "baseline", "unscheduled_care", "-o", str(folder / "report"))
    report = next((folder / "report").glob("*.html"))
    for name, file in (
        ("explorer", DOCS / "explorateur-cevennes.html"),
        ("study-page", folder / "study.html"),
    ):
        for size, pixels in SIZES.items():
            page = _opened(browser, size)
            page.goto(file.as_uri())
            page.wait_for_load_state("networkidle")
            _taken(page.screenshot, DOCS / f"{name}-{pixels['width']}.png")
            page.context.close()
    page = _opened(browser, "wide")
    page.set_viewport_size({"width": 800, "height": 1136})
    page.goto(report.as_uri())
    _taken(page.screenshot, DOCS / "report.png")
    page.context.close()


def _sheet(browser, address, sheet, size):
    page = _opened(browser, size)
    page.goto(f"{address}?page=more&unscheduled_care=5,3")
    _over(page)
    for button in page.locator(f"{sheet.where} button").all()[:1]:
        button.click()
    page.wait_for_selector(sheet.shown, timeout=LONG)
    _over(page)
    if sheet.name == "year":
        page.locator(f"{sheet.where} input[type=range]").fill("120")
    page.evaluate("window.scrollTo(0, 0)")
    box = page.locator(sheet.where).bounding_box()
    part = {**box, "height": min(box["height"], sheet.tallest)}
    _taken(
        lambda path: page.screenshot(path=path, clip=part, full_page=True),
        DOCS / "dashboard" / f"{sheet.name}-{size}.png",
    )
    page.context.close()


def _opened(browser, size):
    return browser.new_context(viewport=SIZES[size], reduced_motion="reduce").new_page()


def _over(page):
    """Wait until nothing on the page is being lived any more, twice in a row."""
    for _ in range(2):
        page.wait_for_selector("#result")
        page.wait_for_function("() => !document.querySelector('[aria-busy=true]')", timeout=LONG)
        page.wait_for_timeout(3_000)


def _taken(screenshot: Callable[..., object], path: Path) -> None:
    screenshot(path=str(path))
    sys.stdout.write(f"{path.relative_to(ROOT)}\n")


def _cpts(*asked: str) -> None:
    subprocess.run([sys.executable, "-m", "cpts", *asked], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
