"""What a calibration is told as: what is missed says something of the model, and the README shows it."""

from pathlib import Path

import pytest

from calibration.first_table import BEGIN, END, first_table, with_first_table
from calibration.predicted import Band, Learned, Met
from calibration.prior import figures
from calibration.targets import used_as
from calibration.told import learned_words, met_words, readings
from simulation.indicators import INDICATORS

ROOT = Path(__file__).resolve().parent.parent
LEAD = "demand.lead_days"


def reached(name, group, use, low, high):
    """A target that was met by a band."""
    one = next(goal for goal in used_as(use) if (goal.indicator, goal.group) == (name, group))
    width = one.high - one.low
    ends = (one.low + low * width, one.low + high * width)
    return Met(one, Band(0.0, one.value, 2 * one.value), Band(ends[0], sum(ends) / 2, ends[1]))


def test_what_is_missed_says_something_of_the_model_and_what_is_met_does_not():
    missed, met_too = (reached("home_visits_share", "all", "held", *ends) for ends in ((-3, -2), (0.2, 0.8)))
    for lang, words in (("fr", "près de 7 consultations"), ("en", "nearly 7 visits")):
        (told,) = readings([missed, met_too], lang)
        assert words in told.text
    aged = reached("seen_once_share", "age:70-79", "held", 4, 5)
    assert "75 to 84" in readings([aged], "en")[0].text
    assert readings([reached("occupancy", "all", "fitted", -3, -2)], "en") == []


def test_a_missed_figure_that_no_admitted_value_could_meet_is_told_apart():
    held = reached("home_visits_share", "all", "held", -3, -2)
    low, high = held.target.low, held.target.high
    beyond = held._replace(before=Band(low - 0.03, low - 0.02, low - 0.01))
    assert not held.is_beyond
    assert beyond.is_beyond
    assert beyond._replace(before=Band(high + 0.01, high + 0.02, high + 0.03)).is_beyond
    assert "whole admitted range" not in met_words([held], "en")
    label = INDICATORS["home_visits_share"].label["en"]
    assert f"whole admitted range, does not meet either: {label}" in met_words([beyond], "en")


def test_a_figure_pushed_against_an_end_of_its_range_is_named():
    number = figures((LEAD,))[LEAD]
    width = number.high - number.low

    def at(share):
        middle = number.low + share * width
        band = Band(middle - 0.01, middle, middle + 0.01)
        return Learned(number, Band(number.low, number.default, number.high), band, 0.9)

    assert [at(share).is_pushed for share in (0.05, 0.15, 0.5, 0.85, 0.95)] == [
        True,
        False,
        False,
        False,
        True,
    ]
    assert number.label["en"] in learned_words([at(0.05)], "en")
    assert number.label["en"] not in learned_words([at(0.5)], "en")


def test_the_first_table_of_the_readme_has_what_is_fitted_and_what_is_missed():
    told = first_table([
        reached("occupancy", "all", "fitted", 0.2, 0.8), reached("same_day_share", "age:18-69", "fitted", -1, 0.1),
        reached("home_visits_share", "all", "held", -3, -2), reached("panel_mean", "all", "held", 0.2, 0.8),
        reached("ed_per_1000", "all", "follows", -3, -2),
    ])  # fmt: skip
    lines = told.splitlines()[2:]
    assert [line.rpartition(" | ")[2] for line in lines] == ["oui |", "🟠 au bord |", "🔴 non |"]
    assert "gardé pour vérifier" in lines[2]
    page = f"a\n{BEGIN}\nold\n{END}\nb"
    assert with_first_table(page, told) == f"a\n{BEGIN}\n\n{told}\n\n{END}\nb"
    with pytest.raises(ValueError, match="make validate"):
        with_first_table("no place", told)


def test_the_readme_shows_the_rows_of_the_page_of_validation():
    front, page = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/validation.md"))
    lines = front.partition(BEGIN)[2].partition(END)[0].strip().splitlines()[2:]
    rows = {tuple(cell.strip() for cell in line.strip("|").split("|")) for line in page.splitlines()}
    measured = {(one[0], one[1], one[3], one[4]) for one in rows if len(one) == 7}
    assert len(lines) >= 14
    for line in lines:
        name, france, before, after, _ = (cell.strip() for cell in line.strip("|").split("|"))
        assert (name.partition(" *(")[0], france, before, after) in measured, line
