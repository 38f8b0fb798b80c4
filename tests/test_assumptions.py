"""The ledger of assumptions: each figure at its worst, one at a time, whatever the order in which futures end."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest

from experiments.action import LEADING, action_of
from experiments.assumptions import SEEDS, ledgers, ranges_only, tasks
from experiments.posterior import Posterior
from experiments.reading import read
from experiments.told_assumptions import lines
from experiments.wording import Voice
from simulation.parameters import registry
from tests.test_compare import Backwards, compared, eight, five, pretended, today  # noqa: F401 - fixtures
from tests.test_reading import numbers, plain, sentences, told, words

SUCCESS = "doors.number_success"
UNSERVED = "unserved_per_1000"


def kept(today, *alternatives, leading=LEADING, worlds=20, **given):  # noqa: F811
    comparison = compared(today, *alternatives, worlds=worlds)
    named = dict(zip(comparison.actions, alternatives, strict=True))
    wanted = dict.fromkeys(named, leading)
    found = ledgers(today, named, comparison, wanted, run=pretended, **given)
    return comparison.with_(ledgers=found), found


def entry(ledger, path=SUCCESS):
    return next(one for one in ledger.entries if one.figure.path == path)


def test_the_worst_end_of_a_range_is_the_one_that_harms_the_answer(today, five):  # noqa: F811
    _, found = kept(today, five)
    worst = entry(found["Cinq"])
    central = 4 * 5 * today.parameters.doors.number_success
    assert found["Cinq"].central == pytest.approx(central)
    assert (worst.at, worst.difference, worst.right_way, worst.useful) == (0.0, 0.0, False, False)
    assert worst.value == today.parameters.doors.number_success
    assert found["Cinq"].worst == worst
    idle = entry(found["Cinq"], "carers.slot_eur")
    assert (idle.at, idle.right_way) == (None, True)
    assert idle.difference == pytest.approx(central)


def test_where_lower_is_better_the_worst_is_the_highest(today, five):  # noqa: F811
    _, found = kept(today, five, leading=UNSERVED)
    worst = entry(found["Cinq"])
    assert found["Cinq"].central < 0
    assert (worst.at, worst.difference) == (0.0, 0.0)


def test_the_order_in_which_futures_end_changes_nothing(today, five, eight):  # noqa: F811
    _, alone = kept(today, five, eight)
    figures = registry()
    actions = {"a": action_of(today, five), "b": action_of(today, eight)}
    count = len(tasks(today, {"a": five, "b": eight}, actions))
    assert count == SEEDS * (
        2 * len(five.policies["unscheduled_care"].figures()) - 1
    )  # one stands at its end
    assert figures["carers.slot_eur"].high == today.parameters.carers.slot_eur
    for executor in (Backwards(count), ThreadPoolExecutor(3)):
        assert kept(today, five, eight, executor=executor)[1] == alone


def test_the_first_seed_is_that_of_the_scenario_and_few_luck_pairs_give_few_seeds(today, five):  # noqa: F811
    _, found = kept(today, five)
    assert found["Cinq"].seeds[0] == today.seed
    assert len(set(found["Cinq"].seeds)) == SEEDS
    comparison = compared(today, five, worlds=20, luck=1)
    [one] = ledgers(today, {"Cinq": five}, comparison, {"Cinq": LEADING}, run=pretended).values()
    assert one.seeds == (today.seed,)


def test_a_figure_that_the_alternative_changes_is_no_assumption_of_it(today, five):  # noqa: F811
    known = five.with_(title={"fr": "Connu", "en": "Known"}, parameters={SUCCESS: 0.9})
    _, found = kept(today, five, known)
    assert SUCCESS in {one.figure.path for one in found["Cinq"].entries}
    assert SUCCESS not in {one.figure.path for one in found["Connu"].entries}


def test_those_who_watch_see_every_future_of_the_ledger(today, five):  # noqa: F811
    seen = []
    kept(today, five, watch=lambda done, total: seen.append((done, total)))
    assert seen == [(rank, 39) for rank in range(1, 40)]


def test_the_reading_tells_the_worst(today, five):  # noqa: F811
    comparison, _ = kept(today, five)
    assert plain(read(comparison, "fr").assumptions) == (
        "Au pire des réglages supposés (« Appels qui trouvent un créneau quand il existe » à 0 %), "
        "le gain tombe à 0 pour 1 000."
    )
    assert "the gain falls to 0 per 1,000" in read(comparison, "en").assumptions
    for lang in ("fr", "en"):
        for sentence in sentences(plain(read(comparison, lang).assumptions)):
            assert len(words(sentence)) <= 25
            assert len(numbers(sentence)) <= 3
    table = {line.label: line for line in lines(Voice(comparison, "fr", LEADING))}
    line = table["Appels qui trouvent un créneau quand il existe"]
    assert (plain(line.value), plain(line.range), plain(line.result)) == ("70 %", "de 0 à 90 %", "0 (à 0 %)")
    assert plain(table["Temps de réunion d'un adhérent"].value) == "1 heure"
    assert plain(table["Supplément par créneau utilisé"].range) == "de 0 € à 15 €"


@pytest.mark.parametrize(
    ("central", "worst", "french"),
    [
        (16.0, 4.0, "le gain tombe à 4 pour 1 000."),
        (16.0, -4.0, "le gain devient une perte de 4 pour 1 000."),
        (-16.0, -30.0, "la perte passe à 30 pour 1 000."),
        (0.0, -3.0, "l'effet nul devient une perte de 3 pour 1 000."),
    ],
)
def test_a_gain_that_turns_is_told_as_a_loss(today, five, central, worst, french):  # noqa: F811
    comparison, found = kept(today, five)
    changed = entry(found["Cinq"])._replace(difference=worst)
    ledger = found["Cinq"]._replace(central=central, entries=(changed,))
    heard = read(comparison.with_(ledgers={"Cinq": ledger}), "fr").assumptions
    assert plain(heard).endswith(french)


def test_a_figure_that_was_derived_is_not_called_assumed(today, five):  # noqa: F811
    comparison, found = kept(today, five)
    derived = entry(found["Cinq"], "carers.member_hours_per_month")._replace(at=2.0, difference=-1.0)
    ledger = found["Cinq"]._replace(entries=(derived,))
    heard = read(comparison.with_(ledgers={"Cinq": ledger}), "fr").assumptions
    assert heard.startswith("Au pire des réglages en jeu")
    still = found["Cinq"]._replace(entries=(derived._replace(at=None, difference=ledger.central),))
    assert "ne réduit l'effet" in read(comparison.with_(ledgers={"Cinq": still}), "fr").assumptions


def test_under_twenty_worlds_no_worst_is_told(today, five):  # noqa: F811
    comparison, _ = kept(today, five, worlds=8)
    assert read(comparison, "fr").assumptions == ""


def test_ranges_are_listed_when_nothing_was_lived_at_their_ends(today, five):  # noqa: F811
    comparison = compared(today, five, worlds=20)
    bare = comparison.with_(ledgers=ranges_only(today, comparison, {"Cinq": LEADING}))
    assert read(bare, "fr").assumptions == ""
    assert {line.result for line in lines(Voice(bare, "fr", LEADING))} == {""}
    assert len(lines(Voice(bare, "fr", LEADING))) == 7
    assert lines(Voice(told(), "fr", LEADING)) == ()


def test_what_a_fit_taught_stands_beside_each_figure_unless_the_author_states_it(today, five):  # noqa: F811
    value = today.parameters.doors.number_success
    fitted = Posterior(pd.DataFrame({SUCCESS: [value - 0.01, value + 0.01]}), np.full(2, 0.5))
    comparison = compared(today, five, worlds=20)

    def learned(scenario):
        found = ranges_only(scenario, comparison, {"Cinq": LEADING}, fitted)
        return {one.figure.path: one.contraction for one in found["Cinq"].entries}, found

    shares, found = learned(today)
    assert shares.pop(SUCCESS) > 0.9
    assert set(shares.values()) == {0.0}
    told_lines = lines(Voice(comparison.with_(ledgers=found), "en", LEADING))
    assert sorted({line.learned for line in told_lines}) == ["0%", "95%"]
    stated, _ = learned(today.with_(parameters={SUCCESS: 0.3}))
    assert stated[SUCCESS] == 0.0
