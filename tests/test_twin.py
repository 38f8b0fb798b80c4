"""The compiled day equals its plain-Python twin, every evening, to the last slot and the last count."""

from collections import Counter
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulation.kernels import chance
from simulation.kernels.codes import (
    ACUTE,
    ADVANCED_NURSE,
    ADVISED,
    BREAST,
    CERVICAL,
    COLORECTAL,
    DEDICATED,
    DENTIST,
    DIED,
    DOOR_COLLEAGUE,
    DOOR_DUTY,
    DOOR_NUMBER,
    DOOR_OTHER,
    DOOR_PROTOCOL,
    DOOR_USUAL,
    DOOR_WALK_IN,
    ED_INJURY,
    ED_OWN_CHOICE,
    ED_VITAL,
    EMERGENCY_END,
    FLU,
    FOLLOW_UP,
    GAVE_UP,
    HELD,
    HOME,
    INVITED_PEOPLE,
    MIDWIFE,
    NURSE,
    PHARMACIST,
    PHYSIOTHERAPIST,
    PLACED,
    PLANNED,
    POST_DISCHARGE,
    PRACTICE_NURSE,
    PREVENTION,
    RECONTACT,
    RECOVERED_END,
    REFERRAL,
    REGISTRATION,
    ROLES,
    ROUTINE,
    SAME_DAY,
    SCHEDULED,
    SQUEEZED,
    TODAY,
    TOLD,
    VISITED,
    WAITING,
    WITHIN_48H,
    WITHIN_WEEK,
)
from tests import naive_chance
from tests.naive import Twin
from tests.naive_comparison import live_together
from tests.twin_variants import VARIANTS, asked

OF_GPS = {
    *(("door", one) for one in (DOOR_USUAL, DOOR_COLLEAGUE, DOOR_NUMBER, DOOR_OTHER, DOOR_DUTY)),
    *(("pool", one) for one in (SCHEDULED, SAME_DAY, DEDICATED, HOME, SQUEEZED)),
    *(("urgency", ACUTE, one) for one in (TODAY, WITHIN_48H, WITHIN_WEEK)),
    *(("urgency", RECONTACT, one) for one in (WITHIN_48H, WITHIN_WEEK)),
    *(("urgency", one, PLANNED) for one in (FOLLOW_UP, ROUTINE, REGISTRATION, PREVENTION, REFERRAL)),
    *(("end", one) for one in (VISITED, ADVISED, EMERGENCY_END, RECOVERED_END, GAVE_UP, WAITING, HELD)),
    *(("emergency", one) for one in (ED_INJURY, ED_VITAL, ED_OWN_CHOICE)),
    *(("given", source, target) for source in (SCHEDULED, SAME_DAY) for target in (DEDICATED, None)),
    *(("released", one) for one in (HOME, DEDICATED)),
    *(("worsened", one) for one in (TODAY, WITHIN_48H)),
    *((outcome, "out of hours") for outcome in ("advised", "sent to the ED")),
    *(("duty after regulation", found) for found in (True, False)),
    ("home slots", SCHEDULED), "refused", "refused as a stranger", "given back", "lost", "missed twice",
    "walks in later", "waits beyond patience", "on leave", "slot of the SAS", "home visit", "specialist",
    "recovered while waiting", "role not listed",
}  # fmt: skip
"""What GPs, the 15 and the duty doctor bring."""
WITH_PROTOCOLS = (PHARMACIST, NURSE, ADVANCED_NURSE, PRACTICE_NURSE)
OF_OTHERS = {
    *(("seen by", one) for one in range(ROLES)),
    *(("protocol", one) for one in WITH_PROTOCOLS),
    *(("protocol fails", one) for one in WITH_PROTOCOLS),
    *(("referral", one) for one in (NURSE, PHYSIOTHERAPIST, MIDWIFE, DENTIST)),
    *(("prevention", one) for one in (FLU, COLORECTAL, BREAST, CERVICAL)),
    *(("on the way", one) for one in (FLU, COLORECTAL, CERVICAL)),
    ("door", DOOR_PROTOCOL), ("door", DOOR_WALK_IN), "added demand", "teleconsultation", "teleconsultation fails",
    "mobile unit", "of another house", "already referred", "taken on by call", "taken on by a GP met",
    "not taken on", "registered", "asks a GP met", "seeks later", "out of the house",
}  # fmt: skip
"""What other roles, substitutes, prevention and the search for a usual GP bring."""
OF_OVERLOAD = {
    *(("overload", one) for one in ("none", "some", "full")), "follow-up stretched", "refused under overload",
    "longer session", "list closed by overload", "shorter visit", "waits in the room", "overtime",
    "comes without a time",
}  # fmt: skip
"""What lasting overload brings."""
OF_HOSPITALS = {
    *(("admitted", one) for one in range(6)), *(("contact", one) for one in ("in a week", "in two", "later")),
    *(("readmission", in_time) for in_time in (True, False)), ("readmission spared", False),
    ("urgency", POST_DISCHARGE, PLANNED), "background", "waits at the ED", "served after midnight",
    "busy past midnight", "already in hospital", "transferred", "no bed anywhere", "discharged", "asks already",
    "called off in hospital", "does not call from hospital", "loses control", "needs nothing else in hospital",
}  # fmt: skip
"""What emergency departments and stays bring."""
OF_YEARS = {
    *(("dies with", one) for one in ("a request", "an appointment")), ("end", DIED), "dies", "ALD comes",
    *(("born", one) for one in ("in a new place", "after another")), *(("visitor", one) for one in ("here", "away")),
    *(("lost a GP", ald) for ald in (True, False)), "successor", "stays with the successor", "closed", "called off",
    "opened", "the nearest is closed",
}  # fmt: skip
"""What years, summers and the comings and goings of GPs bring."""
OF_CALLS = {
    *(("placed", one) for one in ("anew", "while looking")), *(("convinced", one) for one in (True, False)),
    *(("invited", joins) for joins in (True, False)), ("place pledged", True), "has a first visit already",
    "told of the exit",
}  # fmt: skip
"""What the calls of a coordinator bring."""
OF_SHOCKS = {
    ("slots added", SAME_DAY), ("given", SCHEDULED, None), "closed", "called off", ("placed", "anew"),
    "elsewhere at night",
}  # fmt: skip
"""What assistants, meetings, departures and an ED closed at night bring."""
OF_PATHWAYS = {
    *(("follow-up with a nurse", one) for one in (ADVANCED_NURSE, NURSE)), "visit by the rota", "ride",
    *(("reminded", asks) for asks in (True, False)), "recontact spared", ("slots added", SAME_DAY), "opened",
}  # fmt: skip
"""What protocols of follow-up, reminders, peer groups, a rota and rides bring."""
OF_EPIDEMICS = {
    "ill of the wave", "advised instead of the ED", ("given", SCHEDULED, SAME_DAY), ("slots added", SCHEDULED),
}  # fmt: skip
"""What an epidemic, a plan against it and a regulated ED bring."""
OF_NEIGHBOURS = {"volunteer of a neighbour", "opened", ("placed", "anew")}
"""What a shared number and newcomers bring."""
OF_OUTREACH = {
    *((what, yes) for what in ("kit", "exercise", "fall spared") for yes in (True, False)), "has a kit already",
    *(("outreach", one) for one in (FLU, COLORECTAL, CERVICAL)), "the day is full", "every place is taken",
    "asked for prevention elsewhere",
}  # fmt: skip
"""What kits, days of outreach and groups of exercise bring."""
OF_LEVERS = OF_CALLS | OF_SHOCKS | OF_PATHWAYS | OF_EPIDEMICS | OF_NEIGHBOURS | OF_OUTREACH
EVERYTHING = OF_GPS | OF_OTHERS | OF_OVERLOAD | OF_HOSPITALS | OF_YEARS | OF_LEVERS | {
    ("home slots", SAME_DAY), "prevention by a GP", "prevention put off", "open list, but full",
    "already referred to today", "full walk-in session before another",
    ("place pledged", False), "every place is given", "met too many", "no mammography at home", "no ED",
    "other practices before any number",
}  # fmt: skip
"""Whatever the day can bring."""


def lived(name, twin_class=Twin):
    """Live a variant with its twin; a mobile unit tours where every role is."""
    scenario, days = asked(name)
    return live_together(scenario, days, twin_class, mobile_unit=name.startswith("every role"))


@cache
def lived_with(name):
    """Live a variant and give its twin, once; raises where they part."""
    return lived(name)[1]


def happened(name):
    """What occurred in a variant; raises where the twin and the model part."""
    return lived_with(name).happened


@pytest.mark.parametrize("name", VARIANTS)
def test_the_compiled_day_equals_its_twin_on_every_evening(name):
    assert happened(name)


def test_everything_that_a_day_can_bring_occurred_in_the_lives_compared():
    assert not EVERYTHING - set(sum((+happened(name) for name in VARIANTS), Counter()))


def test_the_eventful_village_alone_has_everything_that_gps_bring():
    elsewhere = {"slot of the SAS"}  # its volunteers are busy with the board; the other villages have it
    assert not OF_GPS - elsewhere - set(+happened("eventful, to the last day"))


def test_the_village_with_every_role_alone_has_everything_that_others_bring():
    assert not OF_OTHERS - set(+happened("every role, to the last day"))


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("overloaded", OF_OVERLOAD), ("few beds", OF_HOSPITALS), ("years pass", OF_YEARS),
        ("people placed and called", OF_CALLS), ("assistants, a shell and departures", OF_SHOCKS),
        ("pathways, rides and a rota", OF_PATHWAYS), ("an epidemic", OF_EPIDEMICS),
        ("two CPTS and a white zone", OF_NEIGHBOURS), ("kits, days and groups", OF_OUTREACH),
    ],
)  # fmt: skip
def test_the_village_built_for_a_process_alone_has_everything_that_it_brings(name, events):
    assert not events - set(+happened(name))


@pytest.mark.parametrize("measure", [PLACED, INVITED_PEOPLE, TOLD])
def test_calls_and_exits_told_are_counted(measure):
    counts = lived_with("people placed and called").counts
    assert sum(amount for place, amount in counts.group.items() if place[2] == measure) > 0


def below(number):
    return st.integers(0, number - 1)


@given(below(2**63), below(2**16), below(2**16), below(2**62), below(2**32))
@example(0, 0, 0, 0, 0)
def test_the_twin_has_the_luck_of_the_model(seed, decision, day, who, nth):
    assert naive_chance.draw(seed, decision, day, who, nth) == chance.draw(seed, decision, day, who, nth)


def test_the_luck_of_the_twin_is_philox_as_published():
    assert naive_chance.philox((0, 0, 0, 0), (0, 0)) == (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)
