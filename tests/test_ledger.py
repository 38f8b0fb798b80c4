"""What stands under an answer: assumptions at their worst, worth, equal means, years, who gains and who loses."""

import json

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from cpts.cli.doors import app
from experiments.action import LEADING, action_of
from experiments.assumptions import assumptions, difference_at, rests_on
from experiments.compare import compare
from experiments.economics import VALUES, economics
from experiments.effect import Comparison
from experiments.reading import leading_of, told_scenario
from experiments.same_budget import CLOSE, cost_of, equalled
from simulation import Refused
from simulation.indicators import INDICATORS
from simulation.parameters import registry
from tests.territories import scenario

BRIEF = {"days": 56, "warm_up_days": 30}


def asked(**policies):
    return scenario("canton", policies=policies, title={"fr": "essai", "en": "trial"}, **BRIEF)


SLOTS = {"gps": 2, "slots_per_week": 6.0}


def test_every_figure_in_doubt_under_an_action_is_listed_but_those_that_it_sets():
    slots = asked(unscheduled_care=SLOTS)
    paths = {figure.path for figure in rests_on(asked(), slots)}
    assert {"doors.number_awareness", "carers.diary_share", "governance.board_gps"} <= paths
    settled = slots.with_(parameters={"carers.slot_eur": 0.0})
    assert "carers.slot_eur" not in {figure.path for figure in rests_on(asked(), settled)}
    assert rests_on(asked(), asked()) == []


def test_a_figure_is_told_at_the_end_at_which_the_action_does_worst():
    today, slots, indicator = asked(), asked(unscheduled_care=SLOTS), INDICATORS["answered_48h_per_1000"]
    found = {one.figure.path: one for one in assumptions(today, slots, indicator, seeds=1)}
    known = found["doors.number_awareness"]
    ends = [
        difference_at(today, slots, indicator.name, known.figure.path, end, (today.seed,))
        for end in (0.0, 1.0)
    ]
    assert ends[0] != ends[1]
    assert known.difference == min(ends)
    assert known.worst_at == (0.0 if ends[0] < ends[1] else 1.0)
    assert known.is_better == (min(ends) > 0)
    unserved = {
        one.figure.path: one for one in assumptions(today, slots, INDICATORS["unserved_per_1000"], seeds=1)
    }
    at = unserved["doors.number_awareness"]
    assert at.is_better == (at.difference < 0)


def pairs(answers, euros, requests=1000.0):
    """Twenty worlds or so of an action: extra answers per 1,000 and euros in each."""
    rows = []
    for number, (extra, cost) in enumerate(zip(answers, euros, strict=True), start=1):
        for indicator, change in (("answered_48h_per_1000", extra), ("money_eur", cost)):
            rows.append(("essai", "world", number, indicator, "all", 1, 700.0, 700.0 + change, requests))
    columns = [
        "alternative",
        "kind",
        "number",
        "indicator",
        "group",
        "seed",
        "baseline",
        "alternative_value",
        "n",
    ]
    actions = {"essai": action_of(asked(), asked(unscheduled_care=SLOTS))}
    return Comparison(pd.DataFrame(rows, columns=columns), actions, INDICATORS)


def test_an_answer_has_a_price_only_where_there_surely_is_one():
    sure = economics(pairs(np.linspace(8, 12, 20), [500.0] * 20))
    assert sure.each == pytest.approx(50.0)
    assert sure.pays == {0.0: 0, 20.0: 0, 50.0: 10, 100.0: 20, 200.0: 20}
    assert economics(pairs(np.linspace(-1, 12, 20), [500.0] * 20)).each is None
    assert economics(pairs(np.linspace(8, 12, 19), [500.0] * 19)) is None
    assert set(sure.pays) == set(VALUES)


def test_answers_count_with_the_requests_behind_them():
    twice = economics(pairs([10.0] * 20, [500.0] * 20, requests=2000.0))
    assert twice.answers == pytest.approx(20.0)
    assert twice.each == pytest.approx(25.0)


def test_actions_are_brought_to_the_money_of_the_first():
    slots, unit = asked(unscheduled_care=SLOTS), asked(mobile_unit={"days_per_week": 1})
    calls = asked(prevention={"calls_per_month": 400})
    first, second, third = equalled([unit, calls, slots], "budget")
    assert first.factor == 1.0
    assert second.is_close
    assert abs(cost_of(second.scenario, "money_eur") - first.wanted) <= CLOSE * first.wanted
    assert second.scenario.policies["prevention"].calls_per_month != 400
    assert third.cost <= first.wanted * 1.05 or not third.is_close


def test_what_costs_nothing_cannot_be_made_equal():
    with pytest.raises(Refused) as told:
        equalled([asked(unscheduled_care=SLOTS), asked(retire={"gps": 1})], "budget")
    assert told.value.faults[0].code == "costs_nothing"


def test_an_action_leads_with_the_indicator_of_its_levers():
    assert action_of(asked(), asked(prevention={})).leads_on == "flu_share"
    assert action_of(asked(), asked(gp_access={})).leads_on == "without_usual_gp_share"
    both = asked(prevention={}, gp_access={})
    assert action_of(asked(), both).leads_on == LEADING
    assert leading_of(compare(asked(), [asked(gp_access={})], worlds=0, luck=1)) == "without_usual_gp_share"


def test_a_shock_is_never_told_as_something_done():
    comparison = compare(asked(), [asked(retire={"gps": 1})], worlds=0, luck=1)
    assert told_scenario(comparison, "fr").startswith("Et si… (subi)")
    assert told_scenario(comparison, "en").startswith("What if…")


def test_each_year_of_several_is_told_apart_and_is_nobodys_group():
    long = {"days": 728, "warm_up_days": 0}
    comparison = compare(
        asked().with_(**long), [asked(unscheduled_care=SLOTS).with_(**long)], worlds=0, luck=1
    )
    years = comparison.years("answered_48h_per_1000")
    assert [one.group for one in years] == ["year:1", "year:2"]
    assert years[0].baseline != years[1].baseline
    assert not [name for name in comparison.groups("answered_48h_per_1000") if name.startswith("year")]
    assert comparison.of(comparison.alternative).years("nothing") == []


def test_the_command_tells_all_of_it(tmp_path):
    for name, text in (("a", "unscheduled_care: {gps: 2}"), ("b", "mobile_unit: {days_per_week: 1}")):
        (tmp_path / f"{name}.yaml").write_text(f"extends: canton.yaml\npolicies: {{{text}}}\n")
    line = ["--lang", "en", "compare", "canton.yaml", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")]
    line += ["--worlds", "1", "--days", "28", "--workers", "1", "--set", "warm_up_days=14"]
    told = CliRunner().invoke(app, [*line, "--who", "--same-hours"])
    assert told.exit_code != 0  # a mobile unit takes no hours of carers
    told = CliRunner().invoke(app, [*line, "--json"])
    document = json.loads(told.stdout)
    first = document["readings"][0]
    assert {one["path"] for one in first["assumptions"]} >= {"doors.number_awareness"}
    assert all(one["low"] <= one["worst_at"] <= one["high"] for one in first["assumptions"])
    assert first["leading"] == LEADING
    assert first["years"] == []
    assert set(registry()) >= {one["path"] for one in first["assumptions"]}
