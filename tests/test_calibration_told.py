"""What a calibration is told as: what is missed says something of the model, and the README shows it."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.first_table import BEGIN, END, first_table, with_first_table
from calibration.predicted import Band, Learned, Met, joint, met
from calibration.prior import figures
from calibration.targets import used_as
from calibration.told import learned_words, met_table, met_words, readings
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
    missed, met_too = (
        reached("home_visits_share", "all", "informed", *ends) for ends in ((-3, -2), (0.2, 0.8))
    )
    for lang, words in (("fr", "plus de consultations"), ("en", "more visits")):
        (told,) = readings([missed, met_too], lang)
        assert words in told.text
    aged = reached("seen_once_share", "age:70-79", "held", 4, 5)
    assert "75 to 84" in readings([aged], "en")[0].text
    assert readings([reached("occupancy", "all", "fitted", -3, -2)], "en") == []


def test_a_missed_figure_that_was_missed_before_the_fit_too_is_told_apart():
    held = reached("home_visits_share", "all", "informed", -3, -2)
    low, high = held.target.low, held.target.high
    beyond = held._replace(before=Band(low - 0.03, low - 0.02, low - 0.01))
    assert not held.is_beyond
    assert beyond.is_beyond
    assert beyond._replace(before=Band(high + 0.01, high + 0.02, high + 0.03)).is_beyond
    assert "before the fit too" not in met_words([held], "en")
    label = INDICATORS["home_visits_share"].label["en"]
    assert f"what is not sought being at its best guess: {label}" in met_words([beyond], "en")


def test_figures_held_together_count_once_what_moves_together():
    goals = [one._replace(value=0.0, low=-1.5, high=1.5) for one in used_as("fitted")[:2]]
    luck = np.random.default_rng(1).normal(size=4000)
    shifted = pd.DataFrame({one.cell: 2.0 + luck for one in goals})
    apart = pd.DataFrame(
        {one.cell: 2.0 + np.random.default_rng(at).normal(size=4000) for at, one in enumerate(goals)}
    )
    same, other = joint(shifted, goals), joint(apart, goals)
    assert same.distance == pytest.approx(2 * 4 / 3, rel=0.05)  # one error each, one luck for both
    assert other.distance == pytest.approx(4, rel=0.05)
    assert 0.1 < other.chance < same.chance < 0.35


def test_futures_stand_beside_the_points_where_they_were_lived():
    one = used_as("fitted")[0]
    tables = (pd.DataFrame({one.cell: np.full(9, value)}) for value in (2.0, 3.0, 4.0))
    before, after, futures = tables
    (told,) = met(before, after, [one], futures)
    assert told.futures == Band(4.0, 4.0, 4.0)
    assert "Futures" in met_table("fitted", [told], "en").heads
    assert "Futures" not in met_table("fitted", met(before, after, [one]), "en").heads


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
        reached("home_visits_share", "all", "informed", -3, -2), reached("panel_mean", "all", "held", 0.2, 0.8),
        reached("ed_per_1000", "all", "follows", -3, -2), reached("flu_share", "all", "informed", 0.2, 0.8),
    ])  # fmt: skip
    lines, counts = (part.splitlines() for part in told.split("\n\n"))
    lines = lines[2:]
    assert [line.rpartition(" | ")[2] for line in lines] == ["oui |", "🟠 au bord |", "oui |", "🔴 non |"]
    assert "gardé pour vérifier" in lines[2]
    assert "une part est entrée" in lines[3]
    assert counts[1].startswith("* Gardés pour vérifier. Sur 1, 1 ")
    assert "Visites à domicile" in counts[2]
    page = f"a\n{BEGIN}\nold\n{END}\nb"
    assert with_first_table(page, told) == f"a\n{BEGIN}\n\n{told}\n\n{END}\nb"
    with pytest.raises(ValueError, match="make validate"):
        with_first_table("no place", told)


def test_the_readme_shows_the_rows_of_the_page_of_validation():
    front, page = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/validation.md"))
    lines = front.partition(BEGIN)[2].partition(END)[0].strip().partition("\n\n")[0].splitlines()[2:]
    rows = {tuple(cell.strip() for cell in line.strip("|").split("|")) for line in page.splitlines()}
    measured = {(one[0], one[1], one[3], one[4]) for one in rows if len(one) == 8}
    assert len(lines) >= 14
    for line in lines:
        name, france, before, after, _ = (cell.strip() for cell in line.strip("|").split("|"))
        assert (name.partition(" *(")[0], france, before, after) in measured, line
