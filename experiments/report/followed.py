"""The same people in both futures (personnes suivies): how many fare better, how many worse, group by group."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from experiments.fates import Fate, verdict
from experiments.outcome import Outcome
from experiments.persons import PERSONS, members
from experiments.report.contents import titled
from experiments.report.document import Block, Heading, Paragraph, Table
from experiments.variance import adjusted, by_chance
from experiments.wording import Voice
from texts import number, say

EVERYBODY = "all"


class Balance(NamedTuple):
    """People of one group under one scenario: per 1 000, how many fare better, and worse; and whether it is chance.

    People of one run share diaries, so that each luck pair is one observation, and not each person.
    """

    scenario: str
    group: str
    people: int
    better: float
    worse: float
    chance: float


def followed(outcome: Outcome, lang: str) -> Iterator[Block]:
    """What became of the people who were drawn; nothing where nobody was followed."""
    path = outcome.study.folder / PERSONS
    if not outcome.study.protocol.keep.persons or not path.exists():
        return
    found = balances(outcome, path)
    levels = adjusted({f"{one.scenario} {one.group}": one.chance for one in found}, "fdr")
    comparison = outcome.comparison
    rows = []
    for one in found:
        voice = Voice(comparison.of(one.scenario), lang, outcome.study.protocol.primary)
        group = say("report.all_followed", lang) if one.group == EVERYBODY else voice.group(one.group)
        rows.append((
            titled(comparison, one.scenario, lang), group, number(one.people, lang), number(one.better, lang, 0),
            number(one.worse, lang, 0), number(1000 - one.better - one.worse, lang, 0),
            number(levels[f"{one.scenario} {one.group}"], lang, 3),
        ))  # fmt: skip
    names = ("scenario", "group", "followed", "fare_better", "fare_worse", "fare_alike", "chance_alone")
    heads = tuple(say(f"report.head_{name}", lang) for name in names)
    yield Heading(say("report.persons", lang))
    yield Table("persons", say("report.table_persons", lang), heads, tuple(rows))
    yield Paragraph(say("report.persons_how", lang))


def balances(outcome: Outcome, path: Path) -> list[Balance]:
    """Count better and worse lives under each scenario, for everybody and for the groups decided beforehand."""
    protocol = outcome.study.protocol
    table = pd.read_parquet(path)
    table = table[table["territory"] == outcome.study.territory]
    today = table[table["scenario"] == ""].set_index(["number", "person"]).sort_index()
    found = []
    for name in outcome.study.names:
        then = table[table["scenario"] == name].set_index(["number", "person"]).sort_index()
        if then.empty or not then.index.equals(today.index):
            continue
        told = pd.Series(judged(today, then), index=today.index)
        comparison = outcome.comparison.of(name)
        known = comparison.groups(protocol.primary)
        groups = [
            group
            for kind in protocol.subgroups
            for group in sorted(known)
            if group.partition(":")[0] == kind
            and known[group] == (group,)
            and comparison.difference(protocol.primary, group).count == comparison.worlds
        ]
        for group in (EVERYBODY, *groups):
            mine = told[members(today, group)]
            if len(mine):
                found.append(_balance(name, group, mine))
    return found


def judged(today: pd.DataFrame, then: pd.DataFrame) -> list[str]:
    """Which of two lives went better, person by person, as `cpts life` judges it."""
    names = list(Fate._fields)
    pairs = zip(today[names].to_numpy().tolist(), then[names].to_numpy().tolist(), strict=True)
    return [verdict(Fate(*one), Fate(*other)) for one, other in pairs]


def _balance(scenario: str, group: str, told: pd.Series) -> Balance:
    better, worse = (_per_1000(told == word) for word in ("better", "worse"))
    net = better - worse
    return Balance(
        scenario, group, len(told), float(better.mean()), float(worse.mean()), by_chance(np.asarray(net, float))
    )  # fmt: skip


def _per_1000(is_so: pd.Series) -> pd.Series:
    """In each luck pair."""
    return 1000 * is_so.groupby(level="number").mean()
