"""Those who look at the dashboard (visiteurs): what each asks, when, and how long it waits."""

import random
import shutil
import threading
import time

from cpts.dashboard.choice import read_address
from experiments.told_action import told_scenario

LEVERS, SEED = 0.8, 20270104
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
PATIENCE = 120.0


def percentile(ordered, share):
    """Of sorted waits."""
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


class Visitor(threading.Thread):
    """One page and who looks at it; a subclass says how a move is made and whether it was answered."""

    def __init__(self, shared, rank, every, until):
        super().__init__(daemon=True)
        self.shared, self.rank, self.every, self.until = shared, rank, every, until
        self.chance = random.Random(SEED + rank)
        self.choice = read_address("", shared.places.territories, shared.settings.scenario)
        self.first, self.replaced, self.wrong = [], [], []

    def run(self):
        try:
            self.enter()
            self.looked()
        except Exception as problem:
            self.wrong.append(repr(problem)[:200])
        finally:
            self.close()

    def looked(self):
        """Move at random times until the end, each time until an answer is seen or replaced."""
        moment = time.monotonic() + self.chance.expovariate(1 / self.every)
        while moment < self.until:
            time.sleep(max(0.0, moment - time.monotonic()))
            moment += self.chance.expovariate(1 / self.every)
            self.think()
            began = time.monotonic()
            self.move()
            while not self.is_answered():
                if time.monotonic() > min(moment, began + PATIENCE):
                    self.replaced.append(time.monotonic() - began)
                    break
                time.sleep(0.01)
            else:
                self.first.append(time.monotonic() - began)

    def think(self):
        """Choose what to move: one slider of the usual lever to another place, or the other language."""
        self.is_lever = self.chance.random() < LEVERS
        if not self.is_lever:
            self.choice = self.choice._replace(lang="en" if self.choice.lang == "fr" else "fr")
            return
        before = self.choice
        while self.choice == before:
            gps, slots = (f"{size:g}" for size in before.done["unscheduled_care"])
            if self.chance.random() < 0.5:
                gps = self.chance.randint(1, 17)
            else:
                slots = self.chance.randint(1, 10)
            asked = before.address(unscheduled_care=f"{gps},{slots}")
            self.choice = read_address(asked, self.shared.places.territories, before.place)

    def levers(self):
        return {name: list(sizes) for name, sizes in self.choice.levers}


class Session(Visitor):
    """A page of the server whose browser is played: what it is sent is thrown away."""

    def enter(self):
        """Open a session of the server, as a browser would."""
        import ipyvuetify
        from solara.server import app, kernel_context

        app.ensure_apps_initialized()
        name = f"visitor-{self.rank}"
        self.context = kernel_context.initialize_virtual_kernel(name, name, _thrown())
        with self.context, self.context.lock:
            self.context.container = ipyvuetify.Html(tag="div")
            app.load_app_widget(None, app.apps["__default__"], "/")
        while not self.is_answered():
            time.sleep(0.05)

    def widget(self, name):
        return next(
            one for one in list(self.context.widgets.values()) if name in (getattr(one, "m", None) or {})
        )

    def move(self):
        told = {"levers": self.levers()} if self.is_lever else {"lang": self.choice.lang}
        event = {"event": "moved" if self.is_lever else "change", "data": told}
        with self.context, self.context.lock:
            self.widget("panel" if self.is_lever else "pages")._handle_event(None, event, [])

    def is_answered(self):
        """Whether the board in the page is that of what was asked last."""
        mark = next(iter(self.shared.question(self.choice).hashes.values()))[:8]
        board = self.widget("map").m["board"]
        return board.get("mark") == mark and board.get("lang") == self.choice.lang

    def close(self):
        self.context.close()


def _thrown():
    from solara.server.websocket import WebsocketWrapper

    class Thrown(WebsocketWrapper):
        """Nobody reads what is sent."""

        def send_text(self, data):
            pass

        def send_bytes(self, data):
            pass

        def close(self):
            pass

        async def receive(self):
            raise NotImplementedError

    return Thrown()


class Browsing(Visitor):
    """Chromium, from the move of a slider to the sentence on the screen."""

    def __init__(self, shared, rank, every, until, address):
        super().__init__(shared, rank, every, until)
        self.address = address

    def enter(self):
        """Open Chromium on the server's page."""
        from playwright.sync_api import sync_playwright

        found = shutil.which("chromium") or shutil.which("google-chrome")
        self.driver = sync_playwright().start()
        self.browser = self.driver.chromium.launch(executable_path=found, args=FLAGS)
        self.page = self.browser.new_page()
        self.page.set_default_timeout(1000 * PATIENCE)
        self.page.on("pageerror", lambda one: self.wrong.append(str(one)))
        self.page.on(
            "response", lambda one: one.status >= 400 and self.wrong.append(f"{one.status} {one.url}")
        )
        self.page.goto(self.address)
        self.page.wait_for_selector(".scenario")

    def move(self):
        """Move the sliders or change the language, by what is on the page."""
        if not self.is_lever:
            self.page.click(".switches button[lang]")
            return
        sizes = self.choice.done["unscheduled_care"]
        for field, size in zip(("gps", "slots_per_week"), sizes, strict=True):
            self.page.eval_on_selector(
                f"#unscheduled_care-{field}",
                "(slider, size) => { slider.value = size; slider.dispatchEvent(new Event('input')); }",
                size,
            )

    def is_answered(self):
        said = told_scenario(self.shared.question(self.choice).empty, self.choice.lang)
        return self.page.evaluate("() => document.querySelector('.scenario')?.textContent") == said

    def close(self):
        self.browser.close()
        self.driver.stop()
