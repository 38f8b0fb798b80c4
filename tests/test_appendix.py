"""What a referee asks for is filled from the run: figures and their fit, France, checklists, warm-up and stopping."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import yaml
from scipy import stats

from cpts.cli.references import references as of_france
from experiments.outcome import run_study
from experiments.posterior import Posterior, prior_spread
from experiments.report.appendix import Reference, parameters, references
from experiments.report.checklists import LISTS, checklist, items
from experiments.report.contents import Made
from experiments.report.of_study import study_report
from experiments.report.stopping import stopping
from experiments.store import Store
from experiments.study import Study
from experiments.warm_up import MONTHS, WarmUp, keep_months, months_of, watched
from simulation.parameters import registry
from tests.test_reading import ANSWERED, plain
from tests.test_reading import told as made_by_hand
from tests.test_study import ASKED, SHIPPED

FIGURE = "doors.number_success"
DAY = date(2027, 1, 4)


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    folder = tmp_path_factory.mktemp("appendix") / "a-village"
    folder.mkdir()
    chance = {"pilot": 2, "most": 3, "half_width": {ANSWERED: 1000.0, "unserved_per_1000": 0.001}}
    asked = ASKED | {
        "changes": ["days=182", "warm_up_days=182", "ring=off"], "negative_controls": [],
        "uncertainty": {"draws": 1, "chance": chance},
    }  # fmt: skip
    (folder / "study.yaml").write_text(yaml.safe_dump(asked, allow_unicode=True))
    (folder / "slots.yaml").write_text(
        "title: {fr: Des créneaux, en: Slots}\nextends: village.yaml\n"
        "policies: {unscheduled_care: {gps: 1, slots_per_week: 2}}\n"
    )
    study = Study(folder, SHIPPED)
    return run_study(study, Store(folder / "results"))


def drawn(worlds=20):
    comparison = made_by_hand(worlds=worlds)
    figure = registry()[FIGURE]
    values = np.linspace(figure.low, figure.high, worlds)
    return comparison.with_(draws={at: {FIGURE: float(value)} for at, value in enumerate(values, start=1)})


def cells(table, row=0):
    return dict(zip(table.heads, map(plain, table.rows[row]), strict=True))


def test_figures_that_were_not_fitted_leave_their_columns_empty():
    told = cells(parameters(drawn(), "en"))
    assert told["Name"] == FIGURE
    assert (told["Fitted: median"], told["Fitted: 95%"], told["Contraction"]) == ("", "", "")


def test_a_fitted_figure_is_told_with_how_much_narrower_it_became():
    figure = registry()[FIGURE]
    points = np.linspace(0.4, 0.6, 101)
    posterior = Posterior(pd.DataFrame({FIGURE: points}), np.full(101, 1 / 101))
    told = cells(parameters(drawn(), "en", posterior))
    assert float(told["Fitted: median"]) == pytest.approx(0.5, abs=0.01)
    assert float(told["Fitted: 5%"]) == pytest.approx(0.41, abs=0.01)
    mode = (figure.default - figure.low) / (figure.high - figure.low)
    law = stats.triang(mode, figure.low, figure.high - figure.low)
    assert prior_spread(figure) == pytest.approx(law.std())
    assert told["Contraction"] == f"{100 * (1 - points.std() / law.std()):.0f}%"


def test_every_french_figure_stands_beside_the_models(lived):
    held = of_france(lived.comparison)
    assert {one.use for one in held} == {"fitted", "held", "informed", "follows"}
    acts = next(one for one in held if one.indicator == "acts_per_inhabitant")
    mine = lived.comparison.of_all("acts_per_inhabitant", "luck")["baseline"]
    assert acts.model == mine[1]
    table = references(held, lived.comparison, "fr")
    assert len(table.rows) == len(held) > 20
    assert all(cell for row in table.rows for cell in row[:9])


@pytest.mark.parametrize(("people", "told"), [(40, "–"), (400, "700")])
def test_a_group_of_few_people_is_not_told(people, told):
    groups = {"age:70-79": np.zeros(20)}
    comparison = made_by_hand(groups=groups, people={"age:70-79": people})
    held = [
        Reference(ANSWERED, group, 1.0, 0.5, 1.5, "x", "2022", "somebody", "held", 700.0)
        for group in ("all", "age:70-79")
    ]
    assert [row[5] for row in references(held, comparison, "en").rows] == ["700", told]


def test_a_figure_that_was_not_counted_is_a_dash():
    unknown = Reference("no_such", "all", 1.0, 0.5, 1.5, "x", "2022", "somebody", "held", float("nan"))
    told = cells(references([unknown], made_by_hand(), "en"))
    assert told["Model, today"] == "–"
    assert told["Use"] == "held for validation"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_item_of_the_three_lists_has_its_answer(lang):
    table = checklist(made_by_hand(), lang)
    assert {name: len(items(name)) for name in LISTS} == LISTS
    assert len(table.rows) == sum(LISTS.values()) == 55
    assert all(cell for row in table.rows for cell in row)
    text = " ".join(plain(row[2]) for row in table.rows)
    assert "364" in text
    assert ("20 futurs" if lang == "fr" else "20 futures") in text


def test_documents_named_by_the_checklists_exist():
    import re

    root = SHIPPED.parent
    named = {
        name for row in checklist(made_by_hand(), "en").rows for name in re.findall(r"[\w/.-]+\.(?:md|txt|cff)", row[2])
    }  # fmt: skip
    named.discard("SOURCES.md")
    assert len(named) > 8
    assert [name for name in sorted(named) if not (root / name).exists()] == []


def test_the_first_months_are_dropped_where_they_are_apart():
    index = [f"2026-{month:02}" for month in range(1, 13)]
    settled = pd.Series([10.0, 9.9, 10.1] * 4, index)
    late = settled + np.array([90.0, 50.0, 20.0] + [0.0] * 9)
    assert WarmUp(settled, 2).mser == 0
    assert WarmUp(late, 3).mser == 3
    assert WarmUp(late, 3).is_long_enough
    assert WarmUp(late, 2).is_long_enough is False
    assert WarmUp(late[:5], 2).mser is None
    assert WarmUp(late, 2).smooth.iloc[5] == pytest.approx(late.iloc[3:8].mean())


def test_the_months_of_a_warm_up_are_those_of_today_lived_earlier(lived):
    study = lived.study
    runs = watched(study)
    assert [one.at["number"] for one in runs] == [1, 2]
    assert {one.scenario.warm_up_days for one in runs} == {0}
    assert {one.scenario.days for one in runs} == {364}
    assert (study.baseline.start - runs[0].scenario.start).days == 182
    assert months_of(study, ANSWERED) is None
    table = keep_months(study, study.folder / "warm-up")
    found = months_of(study, ANSWERED)
    assert (study.folder / MONTHS).exists()
    assert found.warm_up == 6
    first = table.query("indicator == @ANSWERED and month == '2026-07'")["value"]
    assert found.months["2026-07"] == pytest.approx(first.mean())


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_stopping_rule_says_whether_it_was_met(lived, lang):
    table = next(iter(stopping(lived, lang)))
    told = " ".join(plain(cell) for row in table.rows for cell in row)
    met, unmet = (
        ("règle d’arrêt satisfaite", "non satisfaite")
        if lang == "fr"
        else ("rule met", "not met")
    )  # fmt: skip
    assert told.count(unmet) == 1
    assert met in told
    assert lived.comparison.luck == 3


def test_a_report_holds_the_appendices(lived):
    held = of_france(lived.comparison)
    document = study_report(lived, Made("1.0", "0123", DAY, {}, held), [], "en")
    names = {table.name for table in document.tables}
    assert {
        "A1-parameters",
        "A2-levers",
        "A3-references",
        "A4-checklists",
        "A7-runs",
        "A8-variance",
        "A9-stopping",
    } <= names


def test_warm_up_is_told_as_not_looked_at_when_it_was_not(lived):
    bare = SimpleNamespace(
        study=SimpleNamespace(
            folder=SHIPPED, territory="", protocol=lived.study.protocol, baseline=lived.study.baseline,
            names=lived.study.names,
        ),
        comparison=lived.comparison,
    )  # fmt: skip
    blocks = list(stopping(bare, "en"))
    assert len(blocks) == 1
    assert "not looked at" in blocks[0].rows[-1][1]
