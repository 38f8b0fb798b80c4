import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
import yaml

from experiments.action import Action, Lever
from experiments.effect import Comparison
from experiments.reading import read
from simulation.parameters.number import Number

TEXTS = Path(__file__).parent.parent / "texts"
LANGUAGES = ("fr", "en")
BANNED = {
    "fr": r"prouv|démontr|garanti|efficac|significati|probab|va réduire|vont réduire|\batteint|verdict"
    r"|intervalle de confiance|optimum|performance|patients perdus|désert médical|impact|\bagent|kernel|seed",
    "en": r"\bprov(e|es|en)\b|demonstrat|guarante|effective|significan|probab|likel|will reduce|reached|verdict"
    r"|confidence interval|optimum|performance|lost patients|medical desert|impact|\bagent|kernel|seed",
}
ANSWERED, UNSERVED, WAIT = "answered_48h_per_1000", "unserved_per_1000", "planned_wait_mean"


class Indicator(NamedTuple):
    fr: str
    en: str
    better: str = "higher"
    useful_difference: float | None = 10.0
    unit: str = "per 1,000 requests"

    @property
    def label(self):
        return {"fr": self.fr, "en": self.en}


INDICATORS = {
    ANSWERED: Indicator("Réponse sous 48 h", "Answered within 48 h"),
    UNSERVED: Indicator("Sans réponse", "Unanswered", "lower"),
    WAIT: Indicator("Attente d'un rendez-vous programmé", "Wait for a planned visit", "lower", 0.5, "days"),
    "delay_undergone_mean": Indicator("Délai subi moyen", "Mean delay undergone", "lower", 0.5, "days"),
    "delay_total_median": Indicator("Délai médian", "Median delay", "lower", 0.5, "days"),
    "ed_per_1000": Indicator("Passages aux urgences", "Emergency visits", "lower", 3.0, "per 1,000 people"),
    "occupancy": Indicator("Remplissage des agendas", "Occupancy", "none", 0.01, "share"),
    "carer_hours": Indicator("Temps pris aux soignants", "Carers' time", "lower", None, "hours"),
    "carer_consultations": Indicator("En consultations", "In visits", "lower", None, "visits"),
    "money_eur": Indicator("Budget ACI utilisé", "ACI money used", "lower", None, "euros"),
}
LEVELS = {ANSWERED: 774, UNSERVED: 182, WAIT: 6, "delay_undergone_mean": 3.9, "delay_total_median": 2}
CASES = {ANSWERED: 20_000, UNSERVED: 70_000}
COSTS = {"carer_hours": 60, "carer_consultations": 200, "money_eur": 38_000}


def figure(name, grade="assumed"):
    label = {"fr": f"le réglage {name}", "en": f"the figure {name}"}
    return Number(name, 0.5, 0.0, 1.0, "share", grade, "", label, False)


def spread(mean, half, worlds=20):
    """Worlds evenly spread around a mean."""
    return np.linspace(mean - half, mean + half, worlds) if worlds > 1 else np.array([mean])


def told(changes=None, *, worlds=20, luck=8, groups=None, people=None, action=None, **given):
    """A comparison made by hand: what each indicator does in each world, the rest as if all were well."""
    changes = (
        {ANSWERED: spread(16, 4, worlds)}
        | {name: [cost] * worlds for name, cost in COSTS.items()}
        | (changes or {})
    )
    rows = []
    cells = {("all", name): values for name, values in changes.items()}
    cells |= {(group, ANSWERED): values for group, values in (groups or {}).items()}
    for (group, indicator), values in cells.items():
        level, cases = LEVELS.get(indicator, 0.0), CASES.get(indicator, 5_000)
        by_luck = [float(np.mean(values))] * luck
        for kind, changed in (("world", values), ("luck", by_luck)):
            rows += [
                ("A", kind, rank, indicator, group, rank, level, level + change, cases)
                for rank, change in enumerate(changed, start=1)
            ]
    columns = [
        "alternative",
        "kind",
        "number",
        "indicator",
        "group",
        "seed",
        "baseline",
        "alternative_value",
        "n",
    ]
    volunteers = Lever("unscheduled_care", {"gps": 5, "slots_per_week": 3.0})
    return Comparison(
        pairs=pd.DataFrame(rows, columns=columns),
        actions={"A": action or Action({"fr": "A", "en": "A"}, (volunteers,))},
        indicators=INDICATORS,
        people=people or {},
        **{"calibrated": True, "local_figures": (10, 10), **given},
    )


def plain(text):
    """The text with ordinary spaces."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def aloud(comparison, lang="fr", **given):
    """Everything but the tiles, as one reads it."""
    reading = read(comparison, lang, **given)
    return plain(" ".join([*reading[:7], *reading.warnings]))


def headline(comparison, lang="fr"):
    return plain(read(comparison, lang).headline)


def numbers(sentence):
    """Numbers a listener must keep; a count of futures is one, the units 48 h and 1 000 are none."""
    units = re.sub(r"\b(48 h|1[ ,]000)\b", "", sentence)
    counts = re.sub(r"\d+ (futurs (simulés )?)?(sur|of|futures of) \d+", "7", units)
    return re.findall(r"\d+(?:[ ,.]\d+)*", counts)


def words(sentence):
    joined = re.sub(r"(?<=\d)[  ](?=\d{3}\b)|(?<=48) (?=h\b)", "", sentence)
    return [word for word in joined.split() if re.search(r"\w", word)]


def sentences(text):
    return [one for one in re.split(r"(?<=[.!?]) ", text) if one]


ASSUMED = tuple(figure(name) for name in "abc")
MEASURED = tuple(figure(name, "measured_in_france") for name in "de")
HARM = {ANSWERED: spread(-16, 4), UNSERVED: spread(15, 3), "ed_per_1000": spread(9, 1)}
VALLEY = {"basin:Vallée Borgne": [-11.0] * 15 + [1.0] * 5, "basin:Lasalle": spread(24, 3)}
PEOPLE = {"basin:Vallée Borgne": 2_400, "basin:Lasalle": 4_800}
RESTS = Action(
    {"fr": "A", "en": "A"}, (Lever("sas", {}),), rests_on=ASSUMED + MEASURED, ramp=0.38, money_share=0.6
)
MANY = {
    "good": told(),
    "small": told({ANSWERED: spread(6, 1)}),
    "sideways": told({ANSWERED: spread(2, 40)}),
    "across": told({ANSWERED: np.array([-4.0] * 2 + [20.0] * 18)}),
    "rather": told({ANSWERED: np.array([2.0] * 7 + [20.0] * 13)}),
    "harm": told(HARM | {WAIT: spread(1.2, 0.3), "delay_undergone_mean": spread(-0.04, 0.01)}),
    "delay": told({UNSERVED: spread(-15, 3), WAIT: spread(0.1, 0.02), "delay_undergone_mean": [0.03] * 20}),
    "valley": told(groups=VALLEY, people=PEOPLE),
    "assumed": told(action=RESTS, calibrated=False, local_figures=(3, 10), france={ANSWERED: -0.4}),
    "few": told(worlds=7),
    "one": told(worlds=1, luck=0),
    "free": told({name: [0.0] * 20 for name in COSTS}),
}


# ---------------------------------------------------------------- the rules of every sentence


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", MANY)
def test_a_sentence_holds_25_words_and_three_numbers_at_most(case, lang):
    for sentence in sentences(aloud(MANY[case], lang)):
        assert len(words(sentence)) <= 25, sentence
        assert len(numbers(sentence)) <= 3, sentence


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", MANY)
def test_the_first_line_says_that_it_is_simulated_and_the_price_is_always_there(case, lang):
    reading = read(MANY[case], lang)
    assert "simul" in sentences(plain(reading.headline))[0].lower()
    assert "simul" in reading.scenario.lower()
    assert reading.price
    assert len(re.findall("contrepartie|in return|cost", reading.price, re.IGNORECASE)) >= 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_promises_more_than_a_simulation_can(lang):
    kept = yaml.safe_load((TEXTS / lang / "reading.yaml").read_text(encoding="utf-8"))
    assert [key for key, text in kept.items() if re.search(BANNED[lang], text, re.IGNORECASE)] == []
    for comparison in MANY.values():
        assert not re.search(BANNED[lang], aloud(comparison, lang), re.IGNORECASE)
        assert not re.search(r"\d ?% (de chances|des futurs|of futures|chance)", aloud(comparison, lang))


def test_both_languages_say_the_same_things():
    french, english = (
        yaml.safe_load((TEXTS / lang / "reading.yaml").read_text(encoding="utf-8")) for lang in LANGUAGES
    )
    assert french.keys() == english.keys()
    fields = re.compile(r"{\w+}")
    for key in french:
        assert set(fields.findall(french[key])) == set(fields.findall(english[key])), key


@pytest.mark.parametrize(
    ("better", "worse", "french", "english"),
    [
        (20, 0, "Dans presque tous les futurs simulés (20 sur 20)", "In almost all simulated futures (20 of 20)"),
        (19, 0, "Dans presque tous les futurs simulés (19 sur 20)", "In almost all simulated futures (19 of 20)"),
        (18, 0, "Le plus souvent (18 futurs simulés sur 20)", "Most often (18 of 20 simulated futures)"),
        (16, 0, "Le plus souvent (16 futurs simulés sur 20)", "Most often (16 of 20 simulated futures)"),
        (15, 0, "Plutôt, sans certitude (15 futurs", "More often than not (15 of 20"),
        (12, 0, "Plutôt, sans certitude (12 futurs", "More often than not (12 of 20"),
        (11, 0, "Le modèle ne permet pas de trancher", "The model cannot tell"),
        (4, 0, "Pas de différence utile (moins de 10 pour 1 000)", "No useful difference (under 10 per 1,000)"),
        (0, 12, "Plutôt, sans certitude (12 futurs", "More often than not (12 of 20"),
        (0, 19, "Dans presque tous les futurs simulés (19 sur 20)", "In almost all simulated futures (19 of 20)"),
    ],
)  # fmt: skip
def test_words_of_sureness_follow_the_count_of_futures(better, worse, french, english):
    change = np.array([20.0] * better + [-20.0] * worse + [1.0] * (20 - better - worse))
    comparison = told({ANSWERED: change})
    assert plain(read(comparison, "fr").sureness).startswith(french)
    assert plain(read(comparison, "en").sureness).startswith(english)
    if worse:
        assert "se dégrade" in read(comparison, "fr").sureness
        assert "worsens" in read(comparison, "en").sureness


def test_forty_worlds_are_counted_out_of_forty():
    forty = told(
        {ANSWERED: np.array([20.0] * 33 + [0.0] * 7)} | {name: [1.0] * 40 for name in COSTS}, worlds=40
    )
    assert "(33 futurs simulés sur 40)" in read(forty, "fr").sureness


# ---------------------------------------------------------------- the twelve cases of honesty


def test_a_sure_but_small_gain_is_no_useful_difference():
    small = told({ANSWERED: np.full(20, 6.0)})
    assert "pas de différence utile (6 pour 1 000, seuil 10)" in headline(small)
    assert "no useful difference (6 per 1,000, threshold 10)" in headline(small, "en")


def test_a_longer_mean_delay_is_explained_by_those_who_no_longer_give_up():
    heard = aloud(MANY["delay"])
    assert "16 demandes de plus pour 1 000 ont une réponse" in heard
    assert (
        "délai moyen de ceux qui sont servis monte de 0,03 jour parce qu'on y compte désormais ceux qui renonçaient"
        in heard
    )
    assert "rises by 0.03 days because those who used to give up are now counted" in aloud(
        MANY["delay"], "en"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_median_that_does_not_move_hides_nothing(lang):
    comparison = told({"delay_total_median": [0.0] * 20})
    assert "16" in headline(comparison, lang)
    median = next(tile for tile in read(comparison, lang).tiles if tile.indicator == "delay_total_median")
    assert median.folded
    assert not read(comparison, lang).tiles[0].folded


def test_a_valley_that_loses_stands_in_the_headline():
    assert "Moins bien en Vallée Borgne (8 de moins pour 1 000, 15 futurs sur 20)." in headline(
        MANY["valley"]
    )
    assert "Worse in Vallée Borgne (8 fewer per 1,000, 15 futures of 20)." in headline(MANY["valley"], "en")
    assert "Vallée Borgne" in read(MANY["valley"], "fr").who


def test_what_rests_on_assumed_figures_says_if():
    change = {ANSWERED: np.array([20.0] * 39 + [0.0])} | {name: [1.0] * 40 for name in COSTS}
    comparison = told(change, worlds=40, action=RESTS)
    french, english = (plain(read(comparison, lang).sureness) for lang in LANGUAGES)
    assert french.startswith(
        "Dans presque tous les futurs simulés (39 sur 40), si les 3 réglages supposés restent"
    )
    assert "if the 3 assumed figures stay within their range" in english
    assert "mesurés en France 2" in read(comparison, "fr").doubt
    assert "supposés 3" in read(comparison, "fr").doubt


def test_a_model_that_is_not_fitted_gives_a_direction_and_no_yearly_count():
    assert "environ 320 par an" in headline(told())
    assert "about 320 a year" in headline(told(), "en")
    unfitted = told(calibrated=False)
    assert "par an" not in headline(unfitted)
    assert "a year" not in headline(unfitted, "en")
    assert "Modèle non calé sur votre territoire : lire le sens, pas la taille." in aloud(unfitted)
    assert "Model not fitted to your territory: read the direction, not the size." in aloud(unfitted, "en")


def test_a_mission_that_is_starting_says_so_first():
    assert "an 1 : la mission démarre (38 % déployée)" in sentences(headline(MANY["assumed"]))[0]
    assert "year 1: the mission is starting (38% in place)" in headline(MANY["assumed"], "en")
    full = told(action=RESTS._replace(ramp=1.0))
    assert "démarre" not in headline(full)


def test_a_budget_that_pays_for_a_part_says_which_part():
    assert "Le budget ne paie que 60 % de ce qui est demandé : résultat affiché pour ces 60 %." in aloud(
        MANY["assumed"]
    )
    assert "The budget pays for 60% of what is asked" in aloud(MANY["assumed"], "en")


@pytest.mark.parametrize(
    ("lang", "note"),
    [
        ("fr", "repère national manqué de 40 % : ne pas utiliser cette ligne"),
        ("en", "national figure missed by 40%: do not use this line"),
    ],
)
def test_a_figure_that_the_baseline_misses_is_greyed(lang, note):
    reading = read(told({"ed_per_1000": spread(-4, 0.5)}, france={"ed_per_1000": 0.4}), lang)
    grey = [tile for tile in reading.tiles if tile.grey]
    assert [tile.indicator for tile in grey] == ["ed_per_1000"]
    assert plain(grey[0].note) == note
    assert note in aloud(MANY["assumed"], lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_commune_of_97_people_is_told_with_its_basin(lang):
    groups = {"commune:30140": [-60.0] * 20, "basin:Lasalle": [12.0] * 20, "basin:Peyroles": [-60.0] * 20}
    people = {"commune:30140": 97, "basin:Lasalle": 4_800, "basin:Peyroles": 97}
    heard = aloud(told(groups=groups, people=people), lang)
    assert "30140" not in heard
    assert "Peyroles" not in heard
    joined = told(groups=groups | {"basin:Saumane": [-60.0] * 20}, people=people | {"basin:Saumane": 250})
    together = {"fr": "dans les petits bassins regroupés", "en": "in the small basins taken together"}[lang]
    assert together in headline(joined, lang)


def test_too_few_draws_conclude_nothing():
    assert "1 tirage : ne rien conclure" in headline(MANY["one"])
    assert "1 draw: conclude nothing" in headline(MANY["one"], "en")
    assert headline(told(worlds=19)) == "Trop tôt pour conclure : 19 futurs simulés, il en faut 20."
    assert headline(told(worlds=19), "en") == "Too early to conclude: 19 simulated futures, 20 are needed."
    for lang in LANGUAGES:
        assert "16" not in headline(MANY["few"], lang)
        assert read(MANY["few"], lang).tiles[0].side == "early"


def test_harm_is_said_as_loudly_as_good():
    good, harm = read(told(), "fr"), read(MANY["harm"], "fr")
    assert "16 de plus ont une réponse sous 48 h (entre 12 et 20 selon" in plain(good.headline)
    assert "16 de moins ont une réponse sous 48 h (entre 12 et 20 selon" in plain(harm.headline)
    assert harm.sureness.split(".")[0] == good.sureness.split(".")[0].replace("s'améliore", "se dégrade")
    assert (good.tiles[0].word, harm.tiles[0].word) == ("améliore", "dégrade")
    assert (good.tiles[0].side, harm.tiles[0].side) == ("better", "worse")
    assert read(MANY["harm"], "en").tiles[0].word == "worsens"
    assert "Se dégrade aussi : Sans réponse (20 futurs simulés sur 20)." in plain(harm.price)


# ---------------------------------------------------------------- price, doubt, people, place


def test_the_price_counts_waits_hours_visits_and_euros():
    costly = plain(read(MANY["delay"], "fr").price)
    assert costly.startswith(
        "En contrepartie, un rendez-vous programmé attend 0,1 jour de plus et 60 heures de soignants par an, "
        "soit 200 consultations, vont aux réunions. Contrepartie en argent : environ 38 000 € par an."
    )
    assert "Restent sans réponse 167 demandes sur 1 000, contre 182 aujourd'hui." in costly
    assert "a planned visit waits 0.1 days more and 60 carer hours a year" in plain(
        read(MANY["delay"], "en").price
    )


def test_no_price_is_said_only_of_the_indicators_that_were_followed():
    assert (
        read(MANY["free"], "fr").price
        == "Aucune contrepartie n'a été trouvée parmi les 3 indicateurs suivis."
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_tile_shows_a_delay_without_the_unserved(lang):
    delays = [
        tile
        for tile in read(MANY["delay"], lang).tiles
        if "delay" in tile.indicator or "wait" in tile.indicator
    ]
    assert delays
    assert all("182 → 167" in tile.note for tile in delays)


def test_what_decides_is_the_assumed_figure_that_goes_with_the_effect():
    draws = {world: {"a": world % 5, "b": float(world), "c": world % 3} for world in range(1, 21)}
    assert "« le réglage b »" in plain(read(told(action=RESTS, draws=draws), "fr").doubt)
    assert '"the figure b", never measured in France' in read(told(action=RESTS, draws=draws), "en").doubt
    aside = {world: {"a": world % 5, "b": world % 4, "c": world % 3} for world in range(1, 21)}
    assert "Aucun d'eux ne décide seul" in read(told(action=RESTS, draws=aside), "fr").doubt
    assert "décide" not in read(told(action=RESTS), "fr").doubt
    assert "pas déclarés" in read(told(), "fr").doubt


def test_who_gains_and_who_loses_are_named():
    groups = {"car:no": [30.0] * 20, "car:yes": [15.0] * 20, "ald:yes": [-12.0] * 20, "age:75+": [14.0] * 20}
    comparison = told(groups=groups)
    assert read(comparison, "fr").who == (
        "Y gagnent surtout les habitants sans voiture ; y perdent un peu les patients suivis en ALD."
    ).replace(" ;", "\u202f;")
    assert read(comparison, "en").who.startswith("Mostly gain: people without a car; slightly lose: patients")
    even = told(groups={"age:18-29": [16.0] * 20, "age:75+": [15.0] * 20})
    assert read(even, "fr").who.startswith("L'effet est du même ordre dans tous les groupes comparés.")


def test_the_scenario_tells_people_and_slots():
    assert plain(read(told(), "fr").scenario) == (
        "Scénario simulé : soins non programmés "
        "(5 médecins volontaires, 3 créneaux par semaine et par médecin)."
    )
    assert "3 repères locaux sur 10" in read(MANY["assumed"], "fr").local


@pytest.mark.parametrize("lang", LANGUAGES)
def test_any_indicator_may_lead(lang):
    reading = read(told({WAIT: spread(-0.9, 0.2)}), lang, leading=WAIT)
    assert INDICATORS[WAIT].label[lang] in reading.headline
    assert reading.tiles[0].indicator == WAIT
    assert reading.tiles[0].side == "better"
