"""A page opened as whoever receives it opens it: from a file, without any network."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


class Opened:
    """A page and all that it complained about or asked for."""

    def __init__(self, browser, file: Path, size, address=""):
        self.file = file.as_uri()
        self.context = browser.new_context(viewport=size, accept_downloads=True, reduced_motion="reduce")
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda problem: self.said.append(str(problem)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(self.file + address)

    def text(self, where):
        return self.page.inner_text(where)

    def outside(self):
        return [url for url in self.asked if not url.startswith((self.file, "blob:", "data:"))]

    def serious(self):
        """What a machine that judges accessibility finds serious, everything being unfolded."""
        from axe_playwright_python.sync_playwright import Axe

        self.page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
        found = Axe().run(self.page).response["violations"]
        return [
            (one["id"], one["nodes"][0]["target"])
            for one in found
            if one["impact"] in ("serious", "critical")
        ]

    def saved(self, button, place: Path) -> Path:
        """Press a button that gives a file, and keep the file."""
        with self.page.expect_download() as leaving:
            self.page.click(button)
        leaving.value.save_as(place)
        return place

    def closed(self):
        """Nothing was said on the console, nothing was asked of anybody."""
        self.context.close()
        assert self.said == []
        assert self.outside() == []


@contextmanager
def pages_of(browser, file: Path) -> Iterator[Callable[..., Opened]]:
    """What opens a file at a size and an address, as often as asked; all are closed at the end."""
    made: list[Opened] = []

    def opens(size=DESK, address=""):
        made.append(Opened(browser, file, size, address))
        return made[-1]

    yield opens
    for one in made:
        one.closed()
