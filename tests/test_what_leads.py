"""Each lever is judged on its own indicator, a shock is suffered, a zero goes nowhere, few people are not named."""

import re

import numpy as np
import pytest

from experiments.action import LEADING, Action, Lever, action_of
from experiments.compare import practices
from experiments.picture import picture
from experiments.reading import leading_of, read
from experiments.who_gains import KINDS
from simulation.indicators import INDICATORS as REAL
from tests.test_compare import compared, five, today  # noqa: F401 - fixtures
from tests.test_reading import (
    ANSWERED,
    INDICATORS,
    LANGUAGES,
    UNSERVED,
    WAIT,
    headline,
    numbers,
    plain,
    sentences,
    spread,
    told,
    words,
)

WITHOUT, FLU, STAY, WEEK = "without_usual_gp_share", "flu_share", "ed_stay_minutes", "contact_7_share"
ALL = {**INDICATORS, **{name: REAL[name] for name in (WITHOUT, FLU, STAY, WEEK)}}
LEAVING = Lever("retire", {"gps": 2, "successors": 0}, leads_on=WITHOUT, is_shock=True)
PLACES = Lever("gp_access", {"places_per_month": 0.35}, leads_on=WITHOUT)


def led(changes, *levers, **given):
    action = Action({"fr": "A", "en": "A"}, levers)
    return told(changes, action=action, **given).with_(indicators=ALL)


# ---------------------------------------------------------------- what leads


def test_the_indicator_of_the_levers_leads_when_they_share_one():
    shares = {WITHOUT: spread(-0.02, 0.004)}
    assert read(led(shares, PLACES), "fr").leading == WITHOUT
    assert read(led(shares, PLACES, LEAVING), "fr").tiles[0].indicator == WITHOUT
    assert read(led(shares, PLACES, Lever("sas", {})), "fr").leading == LEADING
    assert leading_of(led({}, PLACES)) == LEADING  # it was not counted
    assert leading_of(led(shares)) == LEADING
    assert read(led(shares, PLACES), "fr", leading=ANSWERED).leading == ANSWERED


def test_levers_bring_their_indicator_and_whether_they_are_suffered(today):  # noqa: F811
    action = action_of(today, today.with_(policies={"retire": {"gps": 1}}))
    assert (action.leads_on, action.is_shock) == (WITHOUT, True)
    both = today.with_(policies={"retire": {"gps": 1}, "unscheduled_care": {"gps": 2}})
    assert (action_of(today, both).leads_on, action_of(today, both).is_shock) == (LEADING, False)
    assert action_of(today, today).is_shock is False


@pytest.mark.parametrize(
    ("name", "change", "side", "french", "english"),
    [
        (WITHOUT, -0.02, "s'améliore", "Part des adultes simulés sans médecin traitant : 2,0 points de moins "
         "(entre 1,6 et 2,4 points selon ce qu'on ignore).", "between 1.6 and 2.4 points"),
        (WITHOUT, 0.02, "se dégrade", "2,0 points de plus", "2.0 points more"),
        (FLU, 0.03, "la vaccination contre la grippe s'améliore", "3,0 points de plus", "3.0 points more"),
        (WEEK, -0.05, "le suivi après l'hôpital se dégrade", "5,0 points de moins", "5.0 points less"),
        (STAY, 25.0, "la durée aux urgences se dégrade", "25 minutes de plus (entre 20 et 30 minutes",
         "25 minutes more"),
    ],
)  # fmt: skip
def test_shares_and_minutes_are_told_as_such(name, change, side, french, english):
    comparison = led({name: spread(change, abs(change) / 5)}, Lever("x", {}, leads_on=name))
    reading = read(comparison, "fr")
    assert french in plain(reading.headline)
    assert side in reading.sureness
    assert english in headline(comparison, "en")
    for lang in LANGUAGES:
        text = plain(" ".join([*read(comparison, lang)[:6]]))
        assert "simul" in sentences(headline(comparison, lang))[0].lower()
        for sentence in sentences(text):
            assert len(words(sentence)) <= 25, sentence
            assert len(numbers(sentence)) <= 3, sentence


def test_half_a_point_is_singular_and_a_small_one_is_no_useful_difference():
    small = led({WITHOUT: np.full(20, -0.004)}, PLACES)
    assert "pas de différence utile (0,4 point de moins, seuil 0,5)" in headline(small)
    assert "0,6 point de moins" in headline(led({WITHOUT: np.full(20, -0.006)}, PLACES))


# ---------------------------------------------------------------- what is suffered


def test_a_shock_is_suffered_and_never_done():
    comparison = led({WITHOUT: spread(0.1, 0.01), WAIT: spread(1, 0.1)}, LEAVING)
    french, english = (read(comparison, lang) for lang in LANGUAGES)
    assert french.shock
    assert plain(french.scenario).startswith("Et si… (subi) : départ, scénario simulé (2 médecins, les plus")
    assert plain(english.scenario).startswith("What if… (suffered): departure, simulated scenario (2 GPs")
    assert french.price.startswith("Avec ce choc, un rendez-vous programmé attend")
    for reading in (french, english):
        heard = " ".join([*reading[:7], *reading.warnings])
        assert not re.search(r"action|contrepartie|in return", heard, re.IGNORECASE)


def test_what_is_decided_beside_a_shock_keeps_its_price():
    comparison = led({WAIT: spread(1, 0.1)}, LEAVING, PLACES)
    assert not read(comparison, "fr").shock
    assert "Et si… (subi)" in read(comparison, "fr").scenario
    assert "Scénario simulé" in read(comparison, "fr").scenario
    assert read(comparison, "fr").price.startswith("En contrepartie")


def test_a_shock_without_other_effect_has_none():
    quiet = led({name: [0.0] * 20 for name in ("carer_hours", "carer_consultations", "money_eur")}, LEAVING)
    assert read(quiet, "fr").price == "Rien d'autre ne se dégrade parmi les 3 indicateurs suivis."


# ---------------------------------------------------------------- tiles


def tile(comparison, name, lang="fr"):
    return next(one for one in read(comparison, lang).tiles if one.indicator == name)


def test_nothing_is_no_more_and_no_less():
    still = told({WAIT: [0.0] * 20, "delay_total_median": [0.001] * 20, ANSWERED: [0.0] * 20})
    for name in (WAIT, "delay_total_median", ANSWERED):
        assert tile(still, name).change == "inchangé"
    assert tile(still, WAIT, "en").change == "unchanged"
    free = told({"money_eur": [0.0] * 20})
    assert (tile(free, "money_eur").side, tile(free, "money_eur").word) == ("unchanged", "inchangé")
    assert tile(told(), "money_eur").side == "price"
    assert "0,00" not in picture(still, "fr")
    assert "+0" not in picture(still, "fr")


def test_what_has_no_good_side_is_not_judged():
    fuller = tile(told({"occupancy": spread(0.05, 0.01)}), "occupancy")
    assert fuller.side == "unjudged"
    assert fuller.word.startswith("non jugé")


def test_hours_and_euros_have_their_range():
    comparison = told({"carer_hours": spread(60, 20), "money_eur": spread(38_000, 10_000)})
    assert plain(tile(comparison, "carer_hours").range) == "de 42 à 78 heures"
    assert plain(tile(comparison, "carer_hours").note).endswith("de 42 à 78 heures selon ce qu'on ignore")
    assert plain(tile(comparison, "money_eur").range) == "de 29 000 € à 47 000 €"
    assert plain(tile(comparison, "money_eur", "en").range) == "from €29,000 to €47,000"
    assert tile(told(worlds=19), "carer_hours").range == ""


def test_one_local_figure_is_singular():
    assert "0 repère local sur 10 renseigné." in plain(read(told(local_figures=(0, 10)), "fr").local)
    assert "2 repères locaux sur 10 renseignés." in plain(read(told(local_figures=(2, 10)), "fr").local)


def test_the_picture_starts_with_what_leads():
    svg = picture(led({WITHOUT: spread(-0.02, 0.004)}, PLACES), "fr")
    assert svg.index("Sans médecin traitant") < svg.index("Réponse sous 48 h")
    assert "−2,0 points" in plain(svg)


# ---------------------------------------------------------------- who gains, who loses

GROUPS = {
    "car:no": [30.0] * 20, "ald:yes": [-12.0] * 18 + [0.0] * 2, "age:18-29": [16.0] * 20, "ring": [90.0] * 20,
    "cpts:yes": [95.0] * 20, "role:nurse": [99.0] * 20, "basin:Lasalle": [14.0] * 20, "basin:Sauve": [5.0] * 20,
}  # fmt: skip


def test_each_group_has_its_row_with_counts_of_futures():
    rows = read(told(groups=GROUPS), "fr").groups
    assert [one.group for one in rows] == ["basin:Lasalle", "basin:Sauve", "age:18-29", "ald:yes", "car:no"]
    assert {one.group.partition(":")[0] for one in rows} <= set(KINDS)
    by_name = {one.group: one for one in rows}
    assert (by_name["ald:yes"].better, by_name["ald:yes"].worse, by_name["ald:yes"].futures) == (0, 18, 20)
    assert (by_name["basin:Sauve"].better, by_name["basin:Sauve"].worse) == (0, 0)
    assert by_name["car:no"].label == "les habitants sans voiture"
    assert plain(by_name["car:no"].change) == "30 de plus pour 1 000"
    assert "ring" not in read(told(groups=GROUPS), "fr").who


def test_a_basin_of_few_practices_is_told_with_others():
    few = {"basin:Lasalle": 2, "basin:Sauve": 2}
    assert "basin:*" in told(groups=GROUPS, practices=few).groups(ANSWERED)
    reading = read(told(groups=GROUPS, practices=few), "fr")
    assert not re.search(
        "Lasalle|Sauve", " ".join([reading.headline, reading.who, *(one.label for one in reading.groups)])
    )
    assert "les habitants des petits bassins" in [one.label for one in reading.groups]
    alone = told(groups=GROUPS, practices={"basin:Lasalle": 2, "basin:Sauve": 9}).groups(ANSWERED)
    assert "basin:Sauve" in alone
    assert not {"basin:*", "basin:Lasalle"} & set(alone)


def test_practices_are_counted_by_basin(today, five):  # noqa: F811
    assert practices(today) == {"basin:Lasalle": 3, "basin:Saint-Jean-du-Gard": 4, "basin:Sauve": 10}
    assert compared(today, five).practices == practices(today)


def test_a_group_that_some_futures_do_not_tell_has_no_row_and_loses_nothing():
    comparison = told(groups={"car:no": [-30.0] * 7, "car:yes": [15.0] * 20})
    assert [one.group for one in read(comparison, "fr").groups] == ["car:yes"]
    assert "sans voiture" not in read(comparison, "fr").who


def test_too_early_names_nobody():
    assert {one.side for one in read(told(worlds=8, groups={"car:no": [30.0] * 8}), "fr").groups} == {"early"}


def test_unserved_may_lead_and_fewer_is_better():
    comparison = led({UNSERVED: spread(-15, 3)}, Lever("x", {}, leads_on=UNSERVED))
    assert "15 de moins restent sans réponse (entre 12 et 18 selon" in headline(comparison)
    assert read(comparison, "fr").tiles[0].side == "better"
