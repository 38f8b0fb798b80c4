"""The picture shows what the numbers say: right is better, and ranges stand where they are."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from experiments.picture import LUCK, UNKNOWN, picture
from tests.test_reading import ANSWERED, UNSERVED, WAIT, spread, told

SHAPE = re.compile(r'<rect x="([\d.]+)" [^>]* width="([\d.]+)" [^>]*fill="(#\w+)"')
DOT = re.compile(r'<circle cx="([\d.]+)"')
ZERO = re.compile(r'<line x1="([\d.]+)"')


def drawn(comparison, *indicators):
    return picture(comparison, "fr", indicators)


def zero_of(svg):
    return float(ZERO.search(svg).group(1))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_is_a_picture_that_any_reader_opens(lang):
    assert ElementTree.fromstring(picture(told(), lang)).tag.endswith("svg")


def test_more_answers_and_a_shorter_wait_both_point_right():
    svg = drawn(told({ANSWERED: spread(16, 4), WAIT: spread(-0.6, 0.1)}), ANSWERED, WAIT)
    assert all(float(dot) > zero_of(svg) for dot in DOT.findall(svg))


def test_fewer_answers_and_more_unserved_both_point_left():
    svg = drawn(told({ANSWERED: spread(-16, 4), UNSERVED: spread(12, 4)}), ANSWERED, UNSERVED)
    assert all(float(dot) < zero_of(svg) for dot in DOT.findall(svg))


def test_what_is_unknown_is_drawn_wider_than_luck_when_it_is():
    svg = drawn(told({ANSWERED: spread(16, 8)}), ANSWERED)
    widths = {ink: float(width) for _, width, ink in SHAPE.findall(svg.split("<circle")[0])}
    assert widths[UNKNOWN] > 2 * widths[LUCK]


def test_a_small_effect_looks_small_beside_the_useful_difference():
    svg = drawn(told({ANSWERED: spread(2, 1)}), ANSWERED)
    (dot,) = DOT.findall(svg)
    band = max(float(width) for _, width, ink in re.findall(SHAPE, svg) if ink == "#eef1f4")
    assert 0 < float(dot) - zero_of(svg) < band / 8


def test_a_line_whose_french_figure_is_missed_is_not_drawn():
    comparison = told({ANSWERED: spread(16, 4), WAIT: spread(-0.6, 0.1)}, france={WAIT: 0.4})
    assert len(DOT.findall(drawn(comparison, ANSWERED, WAIT))) == 1


def test_the_price_and_what_it_is_stand_under_the_picture():
    svg = drawn(told(), ANSWERED)
    assert "En contrepartie" in svg
    assert "pas un constat" in svg
