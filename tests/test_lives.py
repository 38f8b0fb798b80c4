"""One life in two futures: who is drawn, what is told, how two lives are judged."""

import dataclasses
import json
import re
from datetime import date
from functools import cache

import pandas as pd
import pytest

from experiments import lives as lives_module
from experiments.fates import Event, Fate, fate_of, verdict
from experiments.lives import Alike, Piece, TwoLives, merged, two_lives
from experiments.people import Person, alike_to, drawn_from, on_first_counted_day, person_of
from experiments.story import story_of
from simulation.calendar import number_of
from simulation.faults import Refused
from simulation.kernels import codes
from simulation.kernels.codes import (
    ACUTE,
    FOLLOW_UP,
    GAVE_UP,
    RECONTACT,
    REFERRAL,
    SAID_BOOKED,
    SAID_EMERGENCY,
    SAID_FORGONE,
    SAID_NEED,
    SAID_OWN_EMERGENCY,
    SAID_REFERRED,
    SAID_REFUSED,
    SAID_REGISTERED,
    SAID_TURNED_AWAY,
    SAID_VISITED,
    TODAY,
)
from simulation.results import EVENTS
from tests.territories import scenario
from tests.test_cli import SHORT, flat, said

BRIEF = {"days": 56, "warm_up_days": 28}
ACTION = {"unscheduled_care": {"gps": 2, "slots_per_week": 8}}
DAY = number_of(date(2027, 1, 12))


def canton(**changes):
    return scenario("canton", **{**BRIEF, **changes})


@cache
def lived():
    return two_lives(canton(), canton(policies=ACTION))


@cache
def morning():
    return on_first_counted_day(canton())


def somebody(**changes):
    known = {
        "row": 7, "age": 72, "woman": True, "ald": True, "deprived": False, "car": True, "home_bound": False,
        "age_band": "70-79", "basin": "Ganges", "usual_gp": 40, "roles": (0,) * 60 + (4,), "minutes": {40: 6, 41: 12},
    }  # fmt: skip
    return Person(**{**known, **changes})


def two(today, then=None, *, person=None, volunteers=()):
    then = today if then is None else then
    fates = [fate_of(events, DAY, DAY + 60) for events in (today, then)]
    keeping = (frozenset(), frozenset(volunteers))
    alike = Alike(20, True, 1, 2, 17)
    return TwoLives(
        person or somebody(), merged(today, then), *fates, alike, 200, 37, True, keeping, DAY, DAY + 60
    )  # fmt: skip


NEED = Event(DAY, SAID_NEED, ACUTE, TODAY)
TODAY_LIFE = (
    NEED, Event(DAY, SAID_REFUSED, ACUTE, 0), Event(DAY, SAID_BOOKED, 40, DAY + 3),
    Event(DAY + 3, SAID_VISITED, 40, ACUTE),
)  # fmt: skip
THEN_LIFE = (
    NEED, Event(DAY, SAID_REFUSED, ACUTE, 0), Event(DAY, SAID_BOOKED, 41, DAY + 1),
    Event(DAY + 1, SAID_VISITED, 41, ACUTE),
)  # fmt: skip


# ---------------------------------------------------------------- two futures


def test_the_same_scenario_twice_parts_nobody():
    one = two_lives(canton(), canton())
    assert not one.parts and one.differing == 0 and one.chosen
    assert one.today == one.then
    assert (one.alike.better, one.alike.worse, one.alike.same) == (0, 0, one.alike.people)
    assert one.alike.people == 20
    assert "sont les mêmes" in story_of(one, "fr").lines[-1].text


def test_the_same_question_has_the_same_answer():
    again = two_lives(canton(), canton(policies=ACTION))
    assert again == lived()
    assert story_of(again, "fr") == story_of(lived(), "fr")


def test_a_person_who_is_not_named_has_lives_that_differ_and_it_is_said():
    one = lived()
    assert one.parts and one.chosen and 0 < one.differing < one.drawn == 200
    assert str(one.differing) in story_of(one, "en").drawn
    assert "chosen" in story_of(one, "en").drawn
    named = two_lives(canton(), canton(policies=ACTION), person=one.person.row)
    assert named == dataclasses.replace(one, chosen=False)
    assert "chosen" not in story_of(named, "en").drawn


def test_both_futures_are_lived_on_one_seed():
    assert not two_lives(canton(seed=4), canton(seed=9), person=1_000).parts


def test_other_people_or_other_dates_are_refused():
    with pytest.raises(Refused):
        two_lives(canton(), scenario("village", **BRIEF))


def test_every_event_of_the_period_is_told_once_on_each_side():
    one = lived()
    for side in ("today", "then"):
        events = [event for piece in one.pieces for event in (*piece.same, *getattr(piece, side))]
        assert [event.day for event in events] == sorted(event.day for event in events)
        assert all(one.first <= event.day <= one.last for event in events)


def test_a_log_that_is_full_is_cut_where_both_futures_are_whole(monkeypatch):
    whole = lived()
    monkeypatch.setattr(lives_module, "LOG_ROWS", 1)
    cut = two_lives(canton(), canton(policies=ACTION), person=whole.person.row)
    assert cut.is_cut and cut.last < whole.last
    assert any("plein" in text for text in story_of(cut, "fr").cautions)


# ---------------------------------------------------------------- who is drawn


def test_those_drawn_are_adults_of_the_territory_in_an_order_of_their_own():
    model = morning()
    rows, patients = drawn_from(model, 200), model.state.patients
    assert len(set(rows)) == 200 and rows != sorted(rows)
    assert all(patients.age[row] >= 18 and not patients.visitor[row] for row in rows)
    assert drawn_from(model, 20) == rows[:20]
    assert drawn_from(on_first_counted_day(canton(seed=5)), 20) != rows[:20]


def test_people_alike_share_a_profile_and_are_never_the_person():
    model = morning()
    one = person_of(model, drawn_from(model, 1)[0])
    rows, widened = alike_to(model, one, 20)
    group = model.state.patients.group
    assert len(rows) == 20 and one.row not in rows
    assert {int(group[row]) for row in rows} == {int(group[one.row])}
    everybody, wider = alike_to(model, one, 10_000)
    assert wider and not widened and len(everybody) > 20


@pytest.mark.parametrize("row", [-1, 10**6])
def test_a_person_who_does_not_exist_is_refused(row):
    with pytest.raises(Refused, match="no_such_person"):
        person_of(morning(), row)


def test_a_small_basin_is_not_named(monkeypatch):
    row = drawn_from(morning(), 1)[0]
    assert person_of(morning(), row).basin
    monkeypatch.setattr("experiments.people.FEWEST_PEOPLE", 10**6)
    one = person_of(morning(), row)
    assert one.basin == ""
    assert (
        "basin" not in story_of(two(TODAY_LIFE, person=one._replace(usual_gp=-1, roles=(0,) * 60)), "en").who
    )


# ---------------------------------------------------------------- what became of requests


def test_requests_are_counted_as_they_end():
    events = [
        NEED, Event(DAY + 2, SAID_VISITED, 40, ACUTE),
        Event(DAY + 3, SAID_NEED, FOLLOW_UP, DAY + 10), Event(DAY + 14, SAID_VISITED, 40, FOLLOW_UP),
        Event(DAY + 15, SAID_NEED, ACUTE, TODAY), Event(DAY + 15, SAID_EMERGENCY, ACUTE, 0),
        Event(DAY + 16, SAID_NEED, ACUTE, TODAY), Event(DAY + 18, SAID_FORGONE, ACUTE, GAVE_UP),
        Event(DAY + 19, SAID_OWN_EMERGENCY, codes.ED_INJURY, 0), Event(DAY + 50, SAID_NEED, ACUTE, TODAY),
    ]  # fmt: skip
    assert fate_of(events, DAY, DAY + 60) == Fate(2, 2, 2, 1, 2, 6, 10)
    assert fate_of(events, DAY + 3, DAY + 20) == Fate(1, 2, 2, 1, 1, 4, 0)


def test_a_visit_that_settles_nothing_answers_nothing():
    turned = [NEED, Event(DAY, SAID_VISITED, 60, ACUTE), Event(DAY, SAID_TURNED_AWAY, 60, 0)]
    assert fate_of(turned, DAY, DAY + 4) == Fate(still=4)
    assert fate_of([*turned, Event(DAY + 3, SAID_VISITED, 40, ACUTE)], DAY, DAY + 4).waited == 3


def test_coming_back_is_waited_for_from_the_call():
    events = [
        NEED, Event(DAY, SAID_VISITED, 40, ACUTE), Event(DAY, SAID_NEED, RECONTACT, TODAY),
        Event(DAY + 8, SAID_BOOKED, 40, DAY + 10), Event(DAY + 10, SAID_VISITED, 40, RECONTACT),
    ]  # fmt: skip
    assert fate_of(events, DAY, DAY + 60).waited == 2


@pytest.mark.parametrize(
    ("then", "word"),
    [
        (Fate(9, 1, 1, 1, 9, 30), "same"),
        (Fate(9, 0, 9, 9, 9, 99), "better"),
        (Fate(9, 1, 0, 0, 9, 99), "better"),
        (Fate(9, 1, 1, 1, 9, 29), "better"),
        (Fate(9, 1, 1, 1, 9, 30, 1), "worse"),
        (Fate(9, 2, 0, 0, 9, 0), "worse"),
    ],
)
def test_the_first_difference_of_the_rule_decides(then, word):
    assert verdict(Fate(8, 1, 5, 1, 9, 30), then) == word


# ---------------------------------------------------------------- the story


def test_what_is_the_same_is_told_once():
    assert merged(TODAY_LIFE, TODAY_LIFE) == (Piece(same=TODAY_LIFE),)
    assert merged(TODAY_LIFE, THEN_LIFE) == (
        Piece(same=TODAY_LIFE[:2]), Piece(today=TODAY_LIFE[2:], then=THEN_LIFE[2:])
    )  # fmt: skip
    assert merged((), ()) == ()


def test_once_lives_part_they_are_told_apart_until_the_day_is_over():
    shared = Event(DAY, SAID_BOOKED, 44, DAY + 30)
    later = Event(DAY + 30, SAID_VISITED, 44, FOLLOW_UP)
    today = (NEED, Event(DAY, SAID_BOOKED, 40, DAY), shared, Event(DAY, SAID_VISITED, 40, ACUTE), later)
    then = (NEED, Event(DAY, SAID_BOOKED, 41, DAY), shared, Event(DAY, SAID_VISITED, 41, ACUTE), later)
    assert merged(today, then) == (Piece((NEED,)), Piece((), today[1:4], then[1:4]), Piece((later,)))


def test_a_life_is_told_in_french():
    story = story_of(two(TODAY_LIFE, THEN_LIFE, volunteers=[41]), "fr")
    assert story.who == (
        "Une femme de 72 ans, bassin de Ganges, en affection de longue durée. "
        "Au départ, son médecin traitant est le médecin 1, à 6 min en voiture."
    )
    assert [line.side for line in story.lines] == ["same", "today", "then"]
    assert [line.text for line in story.lines] == [
        "Le 12 janvier 2027, elle a des symptômes qu’un médecin devrait voir le jour même. "
        "Elle appelle sans trouver de rendez-vous.",
        "Le 12 janvier, elle obtient un rendez-vous le 15 janvier avec son médecin. "
        "Le 15 janvier, elle est vue par son médecin.",
        "Le 12 janvier, elle obtient un rendez-vous le 13 janvier avec le médecin 2, à 12 min, "
        "qui garde des créneaux pour le numéro de la CPTS. Le 13 janvier, elle est vue par le médecin 2.",
    ]
    assert "attente moyenne d’une consultation\N{NO-BREAK SPACE}: 3,0 jours" in story.ends[0].text
    assert "1,0 jour." in story.ends[1].text
    assert "1 mieux, 2 moins bien, 17 pareil" in story.alike


def test_the_same_life_is_told_in_english():
    story = story_of(two(TODAY_LIFE, THEN_LIFE, person=somebody(woman=False, car=False)), "en")
    assert story.who.startswith("A man of 72, basin of Ganges, with a long-term condition, without a car.")
    assert story.lines[2].text == (
        "On 12 January, he gets an appointment on 13 January with GP 2. On 13 January, he is seen by GP 2."
    )
    assert "mean wait for a visit: 1.0 day." in story.ends[1].text


def test_what_only_one_future_holds_faces_nothing():
    lines = story_of(two(TODAY_LIFE, TODAY_LIFE[:2]), "fr").lines
    assert [line.side for line in lines] == ["same", "today_only"]


def test_calls_that_find_nothing_are_told_together_and_a_visit_before_what_it_leads_to():
    events = (
        NEED, *(Event(DAY + later, SAID_REFUSED, ACUTE, 0) for later in (0, 1, 3)),
        Event(DAY + 4, SAID_REFERRED, 2, 30), Event(DAY + 4, SAID_NEED, REFERRAL, 5),
        Event(DAY + 4, SAID_VISITED, 41, ACUTE), Event(DAY + 4, SAID_REGISTERED, 41, 0),
        Event(DAY + 9, SAID_VISITED, 41, FOLLOW_UP),
    )  # fmt: skip
    text = [line.text for line in story_of(two(events, person=somebody(usual_gp=-1)), "fr").lines]
    assert "Elle appelle 3 fois, jusqu’au 15 janvier, sans trouver de rendez-vous." in text[0]
    assert text[1] == (
        "Le 16 janvier, elle est vue par le médecin 1, à 12 min. Elle est adressée à un cardiologue, qui peut la voir "
        "dans 30 jours. Elle a besoin d’un kinésithérapeute. Le médecin 1 devient son médecin traitant."
    )
    assert "par son médecin, pour son suivi" in text[2]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_event_has_its_sentence_in_both_languages(lang):
    details = {codes.SAID_ADMITTED: (0, 1), codes.SAID_OWN_EMERGENCY: (codes.ED_OWN_CHOICE, 0)}
    for said_ in range(len(EVENTS)):
        if said_ == codes.SAID_BORN:
            continue  # nobody is followed before birth
        for kind in range(4):
            first, second = details.get(said_, (kind, 1))
            first = -kind if said_ == SAID_VISITED and kind else first
            person = somebody(usual_gp=0, minutes={})
            text = story_of(two((Event(DAY, said_, first, second),), person=person), lang).lines[0].text
            assert text.endswith(".") and "{" not in text, EVENTS[said_]
            if lang == "fr":
                assert not re.search(r"[^\s\u00a0\u202f][;:?!»]| [;:?!»]|« ", text)


def test_a_story_names_nobody_and_no_commune():
    one = lived()
    model = morning()
    told = json.dumps(dataclasses.asdict(one), default=str) and " ".join(
        line.text for line in story_of(one, "fr").lines
    )
    for name in (*model.territory.communes["name"], *model.territory.practitioners["id"]):
        assert str(name) not in told


# ---------------------------------------------------------------- the command


def test_a_life_is_told_on_the_command_line():
    words = ["life", "canton", "canton", *SHORT, "--person", "1200"]
    words += [
        "--set",
        "policies.unscheduled_care.gps=2",
        "--set",
        "policies.unscheduled_care.slots_per_week=8",
    ]
    done = said(*words)
    assert done.exit_code == 0
    text = flat(done.stdout)
    assert "personne 1200" in text and "semblables" in text and "La règle" in text and "--person 1200" in text
    document = json.loads(said(*words, "--json", lang="en").stdout)
    assert document["kind"] == "life" and document["lang"] == "en"
    assert document["person"]["row"] == 1200 and not document["person"]["chosen"]
    assert document["alike"]["better"] + document["alike"]["worse"] + document["alike"]["same"] == 20
    assert document["drawn"]["people"] == 200
    assert {line["side"] for line in document["story"]} <= {
        "same",
        "today",
        "then",
        "today_only",
        "then_only",
    }


def test_a_person_out_of_range_is_one_sentence():
    done = said("life", "canton", "canton", *SHORT, "--person", "999999", lang="en")
    assert done.exit_code == 2
    assert "There is no person number 999999. Choose a number from 0 to" in flat(done.stderr)


def test_a_person_who_only_stays_for_the_summer_is_one_sentence():
    done = said(
        "life", "canton", "canton", *SHORT, "--set", "parameters.demography.summer_visitors=0.2", "--person", "0",
    )  # fmt: skip
    assert done.exit_code == 0
    patients = on_first_counted_day(
        canton(parameters={"demography": {"summer_visitors": 0.2}})
    ).state.patients
    visitor = int(pd.Series(patients.visitor).idxmax())
    with pytest.raises(Refused, match="person_passing"):
        person_of(on_first_counted_day(canton(parameters={"demography": {"summer_visitors": 0.2}})), visitor)


def test_somebody_who_lives_around_is_one_sentence():
    done = said("life", *SHORT, "--person", "0")
    assert done.exit_code == 2
    assert "habite autour du territoire" in flat(done.stderr)
