"""Every lever with a size that shows in three months on `canton`, and the fields besides its size."""

from simulation import begin
from simulation.calendar import date_of
from simulation.kernels.codes import GROUPS
from simulation.ledger import CENTS, TENTHS_OF_MINUTES
from tests.territories import scenario

BRIEF = {"days": 91, "warm_up_days": 60}
TOWN, HAMLET = "99001", "99004"
SIZES = {
    "unscheduled_care": ("gps", 2, {"slots_per_week": 3.0}),
    "gp_access": ("places_per_month", 8.0, {}),
    "care_pathways": ("gps", 2, {"calls_per_month": 0, "protocol": False}),
    "prevention": ("calls_per_month", 60, {}),
    "fit_kits": ("kits_per_month", 60, {}),
    "outreach_days": ("days_per_month", 4, {"people_per_day": 8}),
    "falls_prevention": ("places", 80, {}),
    "city_hospital": ("told_share", 0.8, {}),
    "crisis_response": ("gps", 2, {"slots_per_week": 6.0}),
    "quality": ("gps", 2, {}),
    "support": ("tutors", 2, {}),
    "empty_shell": ("gps", 2, {"eur_per_year": 1000.0}),
    "medical_assistant": ("gps", 2, {}),
    "install": ("gps", 2, {"commune": HAMLET}),
    "open_msp": ("gps", 2, {"commune": "99002"}),
    "health_centre": ("gps", 2, {"commune": HAMLET}),
    "protocols": ("slots_per_week", 8.0, {"professionals": 6}),
    "home_visits": ("gps", 3, {}),
    "mobile_unit": ("visits_per_stop", 8, {"days_per_week": 5}),
    "advanced_consultation": ("half_days_per_week", 4, {"communes": (HAMLET,)}),
    "telecare_booth": ("visits_per_day", 4.0, {"commune": HAMLET}),
    "out_of_hours_centre": ("visits_per_evening", 1.0, {"commune": TOWN, "visits_per_weekend_day": 0.0}),
    "transport": ("people", 300, {}),
    "information": ("people_share", 1.0, {}),
    "retire": ("gps", 2, {}),
    "private_centre": ("gps", 2, {"commune": TOWN, "drawn_away": 0}),
    "epidemic_wave": ("peak_share", 1.0, {}),
}
LESS = {"home_visits": 2}
"""A smaller size where half is none: a rota holds two at least."""
NEEDS_ANOTHER = {"coordinator"}
"""It changes nothing unless a mission gives it something to do."""
WITHOUT_SIZE = {"ed_closure", "pooling", "white_zone", "custom", "leave_calendar"}
"""Levers that are there or not; each has a test of its own."""


def asked(name="", **fields):
    return scenario("canton", policies={name: fields} if name else {}, **BRIEF)


def lived(one):
    model = begin(one)
    while model.day <= model.calendar.last:
        model.step()
    return model


def counted(model, measure):
    return int(model.state.tally.group[:, :GROUPS, measure].sum())


def practised(model, measure, rows=slice(None)):
    return int(model.state.tally.practice[:, rows, measure].sum())


def euros(model):
    return model.ledger.lines[:, :, CENTS].sum() / 100


def hours(model):
    return model.ledger.lines[:, :, TENTHS_OF_MINUTES].sum() / 600


def months_of(model):
    """First days on which institutions act."""
    days = range(model.calendar.first, model.calendar.last + 1)
    return [day for day in days if day == model.calendar.first or date_of(day).day == 1]


def share_of_year(model):
    return sum(model.calendar.share_of_month(day) for day in months_of(model)) / 12
