import math

import pandas as pd
import pytest

from calibration.against_france import Gap, against_france, compared_with_france, gaps, missed
from calibration.targets import SHOWN, Target, targets
from simulation.indicators import INDICATORS


def target(**changed):
    plain = Target(
        "ed_per_1000", "all", 307.0, 304.0, 310.0, "per 1,000 a year", "2023", "France", "DREES", "A"
    )
    return plain._replace(**changed)


class Lived:
    """A run whose table says what the test wants."""

    def __init__(self, **values):
        rows = [("all", "all", "all", name, value) for name, value in values.items()]
        rows += [("2027-01", "all", "all", name, -1.0) for name in values]
        rows += [("all", "30140", "all", name, -2.0) for name in values]
        self.table = pd.DataFrame(rows, columns=["month", "commune", "group", "indicator", "value"])


def test_every_national_figure_lies_in_its_range_and_names_its_source():
    for one in targets():
        assert one.low <= one.value <= one.high, one.indicator
        assert one.source and one.population and one.year
        assert one.confidence in {"A", "B", "C", "derived"}


def test_every_national_figure_is_one_that_the_model_counts():
    for one in targets():
        assert INDICATORS[one.indicator].unit == one.unit, one.indicator


def test_no_national_figure_is_told_twice():
    cells = [(one.indicator, one.group) for one in targets()]
    assert len(cells) == len(set(cells))


def test_delays_are_compared_among_the_adults_who_were_asked():
    assert {one.group for one in targets() if one.indicator.startswith("delay_")} == {"age:18-69"}


def test_the_four_streams_add_up_to_all_emergency_visits():
    streams = [one for one in targets() if one.indicator.startswith("ed_") and "per_1000" in one.indicator]
    told = {one.indicator: one.value for one in streams}
    assert told.pop("ed_per_1000") == sum(told.values())


@pytest.mark.parametrize(
    ("model", "is_missed"), [(303.9, True), (304.0, False), (307.0, False), (310.0, False), (310.1, True)]
)
def test_a_figure_is_missed_outside_its_range_and_not_on_its_edge(model, is_missed):
    assert Gap(target(), model).is_missed is is_missed


def test_what_was_not_counted_is_neither_found_nor_missed():
    gap = Gap(target(), math.nan)
    assert not gap.is_known
    assert not gap.is_missed
    assert missed([gap]) == {}


def test_a_miss_is_told_as_a_share_of_the_national_figure():
    assert missed([Gap(target(), 307 * 0.6), Gap(target(indicator="occupancy"), 305)]) == {
        "ed_per_1000": pytest.approx(-0.4)
    }


def test_only_the_whole_period_and_territory_are_compared():
    found = {gap.target.indicator: gap.model for gap in against_france(Lived(ed_per_1000=200.0))}
    assert found["ed_per_1000"] == 200.0
    assert math.isnan(found["acts_per_inhabitant"])


def test_a_comparison_is_held_against_france_by_its_baseline():
    class Compared:
        alternative = "A"
        pairs = pd.DataFrame(
            [
                ("A", "luck", 1, "ed_per_1000", "all", 250.0),
                ("A", "luck", 2, "ed_per_1000", "all", 1.0),
                ("A", "world", 1, "ed_per_1000", "all", 2.0),
                ("B", "luck", 1, "ed_per_1000", "all", 3.0),
            ],
            columns=["alternative", "kind", "number", "indicator", "group", "baseline"],
        )

    found = {gap.target.indicator: gap.model for gap in compared_with_france(Compared())}
    assert found["ed_per_1000"] == 250.0


def test_figures_are_read_in_the_order_of_the_file():
    told = [gap.target for gap in gaps({})]
    assert told == [one for one in targets() if one.use in SHOWN]
    assert [gap.target for gap in gaps({}, targets())] == list(targets())
