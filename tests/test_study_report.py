"""What a report says of groups, of negative controls and of its figures is counted from the very runs."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from cpts.cli.faults import Misused
from cpts.cli.reproduce import at, figures_of
from experiments.outcome import Outcome, run_study
from experiments.protocol import Control
from experiments.report.contents import Made, numbered
from experiments.report.controls import MOST_NAMED, PRICES, controls, moved
from experiments.report.document import Figure, Paragraph
from experiments.report.of_study import study_report
from experiments.report.subgroups import FALSE_DISCOVERIES, looked_at, subgroups
from experiments.store import Store
from experiments.study import Study
from experiments.variance import adjusted, chance_alone, together
from tests.test_study import SHIPPED, written
from texts import say

DAY = date(2027, 1, 4)
PRIMARY = "answered_48h_per_1000"


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report") / "a-canton"
    changes = {
        "baseline": "canton", "changes": ["days=56", "warm_up_days=28"], "subgroups": ["ald", "car"],
        "negative_controls": ["nothing", "slots@ring"], "report": {"checklists": ["odd"], "languages": ["fr"]},
        "uncertainty": {"draws": 2, "chance": {"pilot": 2, "most": 2}},
    }  # fmt: skip
    written(folder, **{**changes, "baseline": "village"})  # its scenarios are then those of a canton
    for name, levers in (("slots", "{unscheduled_care: {gps: 3, slots_per_week: 10}}"), ("nothing", "{}")):
        title = f"title: {{fr: {name}, en: {name}}}\nextends: canton.yaml\npolicies: {levers}\n"
        (folder / f"{name}.yaml").write_text(title)
    told = (folder / "study.yaml").read_text().replace("baseline: village", "baseline: canton")
    (folder / "study.yaml").write_text(told)
    study = Study(folder, SHIPPED)
    return run_study(study, Store(folder / "results"))


def test_groups_are_those_of_the_protocol_and_each_has_people_enough(lived):
    found = looked_at(lived)
    assert {one.group.partition(":")[0] for one in found} == {"ald", "car"}
    assert {one.scenario for one in found} == {"slots"}
    for one in found:
        assert lived.comparison.people[one.group] >= 300
        assert one.is_found == (one.chance <= FALSE_DISCOVERIES)


def test_chance_is_adjusted_over_all_groups_and_scenarios_together(lived):
    found = looked_at(lived)
    alone = {one.group: chance_alone(lived.comparison.of("slots"), PRIMARY, one.group) for one in found}
    assert {one.group: one.chance for one in found} == adjusted(alone, "fdr")


def test_several_groups_told_as_one_weigh_what_they_count(lived):
    one = lived.comparison.of("slots")
    groups = ("ald:no", "ald:yes")
    assert together(one, PRIMARY, groups).mean() == pytest.approx(one.difference(PRIMARY, groups).mean)
    parts = [one.of_all(PRIMARY, "luck", group) for group in groups]
    cases = sum(part["n"] for part in parts)
    by_hand = sum((part["alternative_value"] - part["baseline"]) * part["n"] for part in parts) / cases
    assert together(one, PRIMARY, groups, "luck").to_numpy() == pytest.approx(by_hand.to_numpy())


def test_a_study_that_names_no_group_tells_none(lived):
    bare = written(lived.study.folder.parent / "bare", subgroups=[])
    assert list(subgroups(Outcome(bare, lived.pairs, lived.failed), "fr")) == []


def test_a_control_that_does_nothing_moves_nothing_and_one_that_acts_is_named(lived):
    assert moved(lived.comparison.of("nothing")) == []
    acted = moved(lived.comparison.of("slots"))
    assert PRICES.isdisjoint(name for name, _, _ in acted)
    assert not any(name.startswith("delay_") for name, _, _ in acted)
    for name, effect, beyond in acted:
        change = lived.comparison.of("slots").by_world(name).abs()
        assert beyond == int((change > effect.threshold + 1e-9).sum()) > 0
    _, table, _ = controls(lived, "en")
    assert [row[0] for row in table.rows] == ["nothing", "slots"]
    assert table.rows[0][3:] == ("2 of 2", "none")
    assert table.rows[1][1] == "people around the territory"
    assert all(row[4].count(";") <= MOST_NAMED for row in table.rows)


def test_a_control_is_looked_at_among_the_people_that_it_names(lived):
    assert lived.study.protocol.controls == (Control("nothing"), Control("slots", "ring"))
    assert lived.study.names == ("slots", "nothing")


def test_figures_are_numbered_in_order_and_the_second_tells_the_groups(lived):
    document = study_report(lived, Made("1.0", "0123", DAY), [], "fr")
    assert [one.name for one in document.figures][:2] == [f"futures-{PRIMARY}", "subgroups"]
    assert document.figures[1].caption.startswith("Figure 2. ")
    blocks = [Figure("a", "x", "", b"", b""), Paragraph("p"), Figure("b", "y", "", b"", b"")]
    assert [one.caption for one in numbered(blocks, "en") if isinstance(one, Figure)] == [
        "Figure 1. x",
        "Figure 2. y",
    ]


def test_a_figure_is_drawn_by_its_number_and_one_that_is_not_there_is_refused(lived):
    figures = figures_of(lived, "en")
    assert at(2, figures).name == "subgroups"
    for number in (0, len(figures) + 1):
        with pytest.raises(Misused) as misused:
            at(number, figures)
        assert "There is no figure" in say(f"cli.{misused.value.key}", "en", **misused.value.fields)


def test_a_report_holds_the_checklists_that_are_asked_for_and_begins_in_short(lived):
    document = study_report(lived, Made("1.0", "0123", DAY), [], "fr")
    table = next(one for one in document.tables if one.name == "A4-checklists")
    assert len({row[0] for row in table.rows}) == 1
    assert len(table.rows) == 7
    heads = [one.text for one in document.blocks if hasattr(one, "level")]
    assert heads[0] == "En bref"


def test_chance_alone_of_a_group_is_students_test_over_luck_pairs(lived):
    from scipy import stats

    luck = lived.comparison.of("slots").by_world(PRIMARY, "luck", "ald:no")
    assert isinstance(luck, pd.Series)
    expected = float(stats.ttest_1samp(np.asarray(luck), 0.0).pvalue)
    assert chance_alone(lived.comparison.of("slots"), PRIMARY, "ald:no") == pytest.approx(expected)
