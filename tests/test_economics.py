"""What one more answer must be worth, and its cost only when there surely is one."""

import numpy as np
import pytest

from experiments.economics import VALUES, economics
from experiments.reading import read
from tests.test_reading import ANSWERED, HARM, numbers, plain, sentences, spread, told, words


def test_the_worth_of_answers_is_counted_in_futures():
    gains = np.array([10.0] * 10 + [40.0] * 10)  # of 20,000 requests: 200 or 800 answers, for 38,000 euros
    counted = economics(told({ANSWERED: gains}))
    assert [(one.value, one.futures) for one in counted.benefits] == [
        (0, 0),
        (20, 0),
        (50, 10),
        (100, 10),
        (200, 20),
    ]
    assert counted.answers == pytest.approx(500)
    assert counted.money == pytest.approx(38_000)
    assert tuple(one.value for one in counted.benefits) == VALUES


def test_the_cost_of_an_answer_is_told_when_answers_are_sure():
    counted = economics(told({ANSWERED: np.full(20, 20.0)}))
    assert counted.cost.mean == pytest.approx(38_000 / 400)
    assert counted.cost.low == counted.cost.high == pytest.approx(95)
    heard = plain(read(told({ANSWERED: spread(20, 4)}), "fr").cost)
    assert (
        heard == "Une réponse simulée de plus coûte environ 95 € (entre 79 et 120 € selon ce qu'on ignore)."
    )


@pytest.mark.parametrize("changes", [np.array([-1.0] * 2 + [20.0] * 18), np.full(20, -16.0), np.zeros(20)])
def test_no_cost_is_told_when_there_may_be_no_answer(changes):
    comparison = told({ANSWERED: changes})
    assert economics(comparison).cost is None
    assert "non calculable" in read(comparison, "fr").cost
    assert "cannot be told" in read(comparison, "en").cost


def test_one_future_of_twenty_without_answer_makes_no_cost_look_small():
    changes = np.array([0.0] + [20.0] * 19)
    cost = economics(told({ANSWERED: changes})).cost
    assert cost is not None
    assert np.isfinite([cost.mean, cost.low, cost.high]).all()


def test_nothing_is_told_too_early_or_of_what_costs_no_money():
    assert economics(told(worlds=19)) is None
    assert read(told(worlds=19), "fr").worth == ""
    free = told({"money_eur": [0.0] * 20})
    assert (read(free, "fr").worth, read(free, "fr").cost) == ("", "")
    assert economics(free).benefits[1].futures == 20


def test_a_short_period_is_told_by_the_year():
    assert economics(told(days=73)).money == pytest.approx(5 * 38_000)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("changes", [{ANSWERED: spread(16, 4)}, HARM, {ANSWERED: spread(60, 4)}])
def test_the_sentences_are_short(lang, changes):
    reading = read(told(changes), lang)
    for sentence in sentences(plain(f"{reading.worth} {reading.cost}")):
        assert len(words(sentence)) <= 25, sentence
        assert len(numbers(sentence)) <= 3, sentence
        assert "simul" in sentence.lower()


def test_the_lowest_value_that_most_often_covers_the_money_is_told():
    assert "si une réponse de plus vaut 200 €" in plain(read(told(), "fr").worth)
    assert "couvert dans 20 futurs simulés sur 20" in plain(read(told(), "fr").worth)
    assert "même si une réponse de plus vaut 200 €" in plain(read(told(HARM), "fr").worth)
    assert "que dans 0 futur simulé sur 20" in plain(read(told(HARM), "fr").worth)
