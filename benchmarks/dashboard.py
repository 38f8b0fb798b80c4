"""Thirty pages move levers at random times (charge): how long each waits for its first answer, and for the verdict.

    python -m benchmarks.dashboard --scenario canton --pages 30 --minutes 2

Pages are played in this process: they ask the engine and make the message of their board as a browser's page would
have it made. Moves come as a Poisson process, one every eight seconds for each page; four of five move a lever, the
others change the language. A move that finds the former one unanswered replaces it and counts as unanswered.
"""

import argparse
import os
import random
import resource
import statistics
import threading
import time

from cpts.dashboard.board import board, is_told_at
from cpts.dashboard.choice import read_address
from cpts.dashboard.service import Service, Settings

EVERY, LEVERS, SEED = 8.0, 0.8, 20270104


class Player(threading.Thread):
    """One page and who looks at it."""

    def __init__(self, service, rank, until):
        super().__init__(daemon=True)
        self.service, self.until, self.name = service, until, f"page-{rank}"
        self.chance = random.Random(SEED + rank)
        self.choice = read_address("", service.places.territories, service.settings.scenario)
        self.first, self.replaced, self.failed = [], 0, 0

    def run(self):
        moment = time.monotonic() + self.chance.expovariate(1 / EVERY)
        while moment < self.until:
            time.sleep(max(0.0, moment - time.monotonic()))
            moment += self.chance.expovariate(1 / EVERY)
            self.moved(moment)
        self.service.leave(self.name)

    def moved(self, until):
        if self.chance.random() < LEVERS:
            gps, slots = self.chance.randint(1, 17), self.chance.randint(1, 10)
            asked = self.choice.address(unscheduled_care=f"{gps},{slots}")
            self.choice = read_address(asked, self.service.places.territories, self.choice.place)
        else:
            self.choice = self.choice._replace(lang="en" if self.choice.lang == "fr" else "fr")
        began, told = time.monotonic(), 0
        question = self.service.question(self.choice)
        self.service.engine.ask(f"{self.name}:compare", question.tasks)
        while time.monotonic() < until:
            progress = self.service.engine.wait(question.tasks, told, 0.2)
            if not is_told_at(progress.done, progress.total, told):
                continue
            results, lang = self.service.engine.found(question.tasks), self.choice.lang
            name = (question.key, len(results), lang)
            self.service.boards.shared(
                name, lambda results=results, lang=lang: board(question, results, lang)
            )
            if not told:
                self.first.append(time.monotonic() - began)
            told = progress.done
            self.failed += progress.problem is not None
            if progress.is_over:
                return
        self.replaced += not told


def main():
    line = argparse.ArgumentParser()
    line.add_argument("--scenario", default="baseline")
    line.add_argument("--pages", type=int, default=30)
    line.add_argument("--minutes", type=float, default=2.0)
    line.add_argument("--cold", action="store_true", help="do not compute the opening before pages come")
    asked = line.parse_args()
    service = Service(Settings(asked.scenario, max(1, os.cpu_count() or 1), 20, asked.pages))
    if not asked.cold:
        first = read_address("", service.places.territories, asked.scenario)
        question = service.question(first)
        service.engine.ask("opening", question.tasks)
        while not service.engine.progress(question.tasks).is_over:
            time.sleep(0.2)
    until = time.monotonic() + 60 * asked.minutes
    players = [Player(service, rank, until) for rank in range(asked.pages)]
    for one in players:
        one.start()
    for one in players:
        one.join()
    told(service, players, asked)
    service.engine.close()


def told(service, players, asked):
    first = sorted(seconds for one in players for seconds in one.first)
    replaced, failed = (sum(getattr(one, name) for one in players) for name in ("replaced", "failed"))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    late = first[int(0.95 * len(first))]
    cold = "cold" if asked.cold else "warm"
    print(f"{asked.scenario}, {asked.pages} pages, {len(service.engine.workers)} workers, {cold}")
    print(f"first answers {len(first)}: median {statistics.median(first):.2f} s, p95 {late:.2f} s")
    print(
        f"moves replaced before any answer {replaced}; failed {failed}; memory of the pages {memory:.0f} MB"
    )


if __name__ == "__main__":
    main()
