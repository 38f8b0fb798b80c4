"""A screen says that the model was fitted to France, where that holds, and what one's own figures are compared with."""

import pandas as pd
import pytest

from calibration.contacts import share_contacted
from calibration.nationally import found_again, write_bands
from calibration.predicted import Band, Met
from calibration.targets import targets, used_as
from cpts.cli import france
from cpts.cli.speaker import Speaker
from experiments.fates import Event
from simulation.kernels import codes
from tests.territories import shipped


@pytest.mark.parametrize(("lang", "word"), [("fr", "calé sur la France"), ("en", "fitted to France")])
def test_a_scenario_that_stands_on_the_fit_says_how_many_figures_it_finds_again(lang, word):
    about, given = france.fitted(Speaker(lang), shipped("baseline"))
    assert word in about
    assert all(str(count) in about for count in found_again())
    assert "cpts workbook" in given
    assert "--local" in given


def test_a_scenario_with_settings_of_its_own_says_that_the_fit_does_not_hold():
    about, _ = france.fitted(Speaker("en"), shipped("village"))
    assert "settings of its own" in about


def test_a_territory_with_figures_says_what_they_are_compared_with():
    columns = ["indicator", "value", "low", "high", "year", "source", "note"]
    row = ("planned_wait_mean", 4.0, 3.0, 5.0, 2025.0, "CPAM", "")
    asked = shipped("village")
    here = asked.territory.with_(observed=pd.DataFrame([row], columns=columns))
    _, given = france.fitted(Speaker("en"), asked.with_(territory=here))
    assert "observed.csv" in given


def test_only_what_was_fitted_counts_as_found_again():
    found = found_again()
    assert found.whole == len(used_as("fitted"))
    assert 0 < found.found < found.whole


def test_measured_bands_are_written_to_be_read_again(tmp_path):
    one = targets()[0]
    write_bands([Met(one, Band(0, 1, 2), Band(1.23456789, 2, 3))], tmp_path / "n.csv")
    assert pd.read_csv(tmp_path / "n.csv").iloc[0].to_dict() == {
        "indicator": one.indicator, "group": one.group, "low": 1.23457, "middle": 2, "high": 3,
    }  # fmt: skip


def life(*events):
    return [Event(day, event, 0, 0) for day, event in events]


def test_a_passage_follows_a_contact_of_the_days_before_and_no_older_one():
    lives = {
        1: life((10, codes.SAID_REFUSED), (10, codes.SAID_EMERGENCY)),
        2: life((10, codes.SAID_VISITED), (12, codes.SAID_OWN_EMERGENCY)),
        3: life((9, codes.SAID_VISITED), (12, codes.SAID_OWN_EMERGENCY)),
        4: life((3, codes.SAID_OWN_EMERGENCY), (20, codes.SAID_NEED), (20, codes.SAID_OWN_EMERGENCY)),
    }
    assert share_contacted(lives, first=5) == (0.5, 4)
    assert share_contacted(lives, first=11) == (pytest.approx(1 / 3), 3)
    assert share_contacted({1: life((1, codes.SAID_NEED))})[1] == 0
