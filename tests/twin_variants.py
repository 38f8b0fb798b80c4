"""What is lived twice: scenarios, how long each is lived, and the small territories built for them."""

from pathlib import Path

import pandas as pd

from simulation import load

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"
DAYS, LONGER = 90, 160
EVENTFUL = 250
"""A seed of the village in which a GP sees walk-ins only and both work in an afternoon."""
TEAMED = 5
"""A seed of the village with every role in which all that other roles and substitutes bring occurs."""
BUSY = {
    "demand.no_show": 0.08, "demand.no_show_new": 0.10, "demand.refill": 0.5, "demand.recontact_share": 0.15,
    "demand.urgent_today_share": 0.30, "out_of_hours.known_share": 0.8, "out_of_hours.evening_per_1000": 0.16,
    "out_of_hours.weekend_per_1000": 1.0, "doors.number_awareness": 1.0, "doors.number_success": 0.9,
    "doors.spill_wait": 0.40, "doors.occasional_closed": 0.3, "supply.squeeze_some": 1.0,
    "supply.squeeze_many": 4.0, "sas.volunteer_share": 0.3,
}  # fmt: skip
"""What makes rare things happen within weeks, all in the admitted ranges."""
TEAM = {
    "people.without_usual_gp_share": 0.28, "people.never_declared_seek_share": 0.5, "doors.walk_in_known": 0.8,
    "doors.worsens_per_day": 0.10, "registration.when_met_share": 0.8, "registration.every_days": 3,
    "registration.margin": 0.10, "registration.patience_days": 14.0, "registration.again_days": 60,
    "prevention.on_the_way_share": 0.05, "prevention.patience_days": 30.0, "roles.referral_patience_days": 30.0,
    "roles.physiotherapy_share": 0.12, "roles.nursing_share": 0.12, "roles.specialist_share": 0.15,
    "roles.dental_per_year": 0.6, "roles.midwife_per_year": 0.6, "roles.practice_nurse_slots": 15.0,
    "roles.nurse_slots": 1.0, "substitutes.pharmacist_acute_share": 0.15, "substitutes.nurse_acute_share": 0.15,
    "substitutes.advanced_nurse_acute_share": 0.30, "substitutes.advanced_nurse_follow_up_share": 0.2,
    "substitutes.practice_nurse_follow_up_share": 0.4, "substitutes.telecare_acute_share": 0.7,
    "substitutes.accepted_share": 0.9, "substitutes.telecare_accepted_share": 0.6,
    "substitutes.pharmacist_success": 0.5, "substitutes.nurse_success": 0.4,
    "substitutes.advanced_nurse_success": 0.5, "substitutes.telecare_success": 0.4,
    "substitutes.added_demand_share": 0.5, "substitutes.protocol_slots": 3.0, "substitutes.telecare_per_1000": 0.3,
}  # fmt: skip
"""What makes substitutes, registration and prevention happen often in a small place."""
NEWCOMERS = (
    ("gp-99101-2", "gp", "99101", ""), ("gp-99103-1", "gp", "99103", ""),
    ("ipa-1", "advanced_nurse", "99101", "msp-99101"), ("asalee-1", "practice_nurse", "99101", "msp-99101"),
    ("asalee-2", "practice_nurse", "99102", ""), ("dentist-1", "dentist", "99101", ""),
    ("midwife-1", "midwife", "99102", ""), ("physio-1", "physiotherapist", "99101", ""),
    ("nurse-2", "nurse", "99103", ""), ("pharmacist-2", "pharmacist", "99102", ""),
)  # fmt: skip
"""Who joins the village so that every role is there: (id, role, commune, house)."""
SHARED = {"unscheduled_care": {"gps": 2, "slots_per_week": 2.0}}
NOT_RELEASED = {"unscheduled_care": {"gps": 2, "slots_per_week": 2.0, "release_at_noon": False}}
MID_MONTH = {"unscheduled_care": {"gps": 1, "slots_per_week": 7.0, "start": "2027-01-20"}}
IN_WARM_UP = {"unscheduled_care": {"gps": 2, "slots_per_week": 3.5, "start": "2026-12-23"}}

OVERLOADED = {
    "adaptation.overload_days": 5.0, "adaptation.stretch_ratio": 1.43, "adaptation.refuses_share": 1.0,
    "adaptation.closes_share": 1.0, "adaptation.works_more_share": 0.1, "adaptation.shorter_minutes": 2.0,
}  # fmt: skip
"""GPs adapt in every way, as much as is admitted."""
HOSPITAL = {
    "adaptation.overload_days": 5.0, "hospital.injury_admitted": 0.15, "hospital.vital_admitted": 0.70,
    "hospital.own_choice_admitted": 0.15, "hospital.want_of_slot_admitted": 0.15, "hospital.direct_per_1000": 85.0,
    "hospital.readmitted_share": 0.18, "hospital.readmission_ratio": 1.05, "hospital.asks_share": 0.86,
    "hospital.control_admission": 0.05, "hospital.ed_occupancy": 0.8, "hospital.care_sigma": 0.9,
}  # fmt: skip
"""Many stays, crowded emergency departments."""
YEARS = {
    "workforce.exits_per_year": 0.07, "workforce.arrivals_per_year": 0.055, "workforce.successor_share": 0.2,
    "demography.summer_visitors": 0.5, "demography.deaths_per_1000": 11.0, "demography.births_per_1000": 11.0,
}  # fmt: skip
"""GPs come and go; people are born and die, and others spend the summer."""
PLACED_AND_CALLED = {
    "gp_access": {"places_per_month": 8.0, "start": "2027-01-20"}, "prevention": {"calls_per_month": 40},
    "city_hospital": {"told_share": 0.6},
}  # fmt: skip
"""All that a coordinator calls for, from the first counted day or from the middle of a month."""
CONVINCING = {
    "registration.converts_share": 0.3, "prevention.invited_share": 0.10, "people.never_declared_seek_share": 0.1,
    "hospital.asks_share": 0.57, "hospital.asks_when_told_share": 0.90,
}  # fmt: skip
"""Calls that bring about as much as is admitted, to people of whom few look for a GP by themselves."""
SHOCKS = {
    "medical_assistant": {"gps": 1}, "empty_shell": {"gps": 1, "start": "2027-01-20"},
    "retire": {"gps": 1, "panel": "spread", "start": "2027-02-10"},
    "ed_closure": {"hospital": "990009911", "start": "2027-01-13"},
}  # fmt: skip
"""Help and meetings for one GP each, one who leaves to nobody, an ED closed at night."""
PATHWAYS = {
    "care_pathways": {"gps": 2, "calls_per_month": 30, "start": "2027-01-11"}, "quality": {"gps": 3},
    "home_visits": {"gps": 3}, "coordinator": {"hours_per_month": 40.0, "start": "2027-02-15"},
    "protocols": {"professionals": 3, "slots_per_week": 6.0}, "support": {"tutors": 2},
    "transport": {"people": 60}, "open_msp": {"commune": "99102", "gps": 2},
    "advanced_consultation": {"communes": ("99103",), "half_days_per_week": 3, "start": "2027-02-03"},
}  # fmt: skip
"""What members, nurses and newcomers do for follow-ups, at home and near by."""
SHARING = {
    "missions.pathway_follow_up_share": 0.4, "missions.reminded_share": 0.6, "missions.recontact_spared_share": 0.2,
    "missions.tutor_installs_per_year": 0.1, "supply.home_visits_per_year": 5.0,
}  # fmt: skip
"""Missions at the most that is admitted, and people at home to be seen."""
WAVE = {
    "epidemic_wave": {"peak_share": 1.5, "weeks": 5, "start": "2027-01-18"},
    "crisis_response": {"gps": 2, "slots_per_week": 5.0, "weeks": 4, "start": "2027-01-18"},
    "ed_closure": {"hospital": "990009911", "regulated": True}, "information": {"start": "2027-02-01"},
    "unscheduled_care": {"gps": 2, "slots_per_week": 6.0, "kind": "visible"},
    "telecare_booth": {"commune": "99101", "visits_per_day": 1.0, "start": "2027-01-20"},
    "out_of_hours_centre": {"commune": "99101", "visits_per_evening": 0.5, "visits_per_weekend_day": 1.5},
    "private_centre": {"commune": "99101", "gps": 1, "drawn_away": 0, "half_days_per_week": 3, "start": "2027-02-10"},
    "custom": {"column": "patients.acute_rate", "change": "scale", "by": 1.6, "age_from": 60, "until": "2027-02-20"},
    "weaker": {"lever": "custom", "column": "practitioners.weekly", "by": 0.8, "start": "2027-01-25"},
}  # fmt: skip
"""An epidemic, and what is done of it by day, in the evening and at the ED."""
FAST = {
    "governance.access_first_months": 3, "governance.access_full_months": 12, "governance.pathway_first_months": 6,
    "governance.pathway_full_months": 18, "governance.joins_per_month": 0.05, "governance.leaves_per_month": 0.02,
}  # fmt: skip
"""A contract that comes as fast as is admitted; members who come and go."""
POOLED = {
    "unscheduled_care": {"gps": 1, "slots_per_week": 6.0, "cpts": "two"},
    "pooling": {"communities": ("one", "two"), "start": "2027-01-12"},
    "white_zone": {"communes": ("99103",), "cpts": "one", "start": "2027-02-02"},
    "install": {"gps": 1, "commune": "99103", "start": "2027-03-01"},
    "health_centre": {"gps": 2, "commune": "99102", "start": "2027-02-01"},
    "gp_access": {"places_per_month": 2.0}, "leave_calendar": {"gps": 2},
}  # fmt: skip
"""Two CPTS and a white zone; newcomers."""
TAKEN = {
    "fit_kits": {"kits_per_month": 150, "start": "2027-01-11"}, "falls_prevention": {"places": 250},
    "outreach_days": {"days_per_month": 4, "people_per_day": 12, "gps": 2, "start": "2027-01-06"},
}  # fmt: skip
"""What is taken to people."""
WELCOME = {
    "prevention.kit_returned_share": 0.17, "prevention.outreach_comes_share": 0.15, "prevention.fall_ratio": 0.58,
    "prevention.exercise_joins_share": 0.5, "prevention.falls_of_injuries_share": 0.85, "emergency.old_per_year": 0.42,
    "prevention.patience_days": 120.0,
}  # fmt: skip
"""All that is taken to people is taken by as many as is admitted, who fall and do not."""
GRADUAL = {
    "unscheduled_care": {"share_of_members": 1.0, "slots_per_week": 6.0}, "prevention": {"calls_per_month": 20},
    "city_hospital": {"told_share": 0.5}, "empty_shell": {"gps": 2}, "coordinator": {},
}  # fmt: skip
"""Missions that come month by month."""
CROWDED, BEDS_FULL, LIVES = 3, 1, 2
"""Seeds with which all that overload brings occurs, all that hospitals bring, and all that years bring."""

VARIANTS = {
    "as shipped": ("village", DAYS, {}),
    "shared slots": ("village", DAYS, {"policies": SHARED}),
    "shared slots, never released": ("village", DAYS, {"policies": NOT_RELEASED}),
    "eventful, to the last day": (
        "village", DAYS, {"seed": EVENTFUL, "days": 70, "parameters": BUSY, "policies": SHARED},
    ),
    "eventful, never released": (
        "village", DAYS, {"seed": EVENTFUL, "days": 70, "parameters": BUSY, "policies": NOT_RELEASED},
    ),
    "from the middle of a month": ("village", DAYS, {"seed": 121, "policies": MID_MONTH}),
    "from the warm-up": ("village", DAYS, {"seed": 142, "parameters": BUSY, "policies": IN_WARM_UP}),
    "two CPTS": ("two-valleys", DAYS, {"policies": {"unscheduled_care": {"gps": 4, "slots_per_week": 2.0}}}),
    "three practices": ("canton", 20, {"warm_up_days": 5, "policies": SHARED}),
    "one house of three": ("canton", 20, {"warm_up_days": 5, "parameters": BUSY}),
    "two years' ends": ("village", 395, {"warm_up_days": 11, "days": 384, "seed": 7}),
    "every role, to the last day": (
        "village", LONGER, {"seed": TEAMED, "days": LONGER - 20, "parameters": BUSY | TEAM, "policies": SHARED},
    ),
    "every role, until the campaign": (
        "village", 330, {"seed": 10, "start": "2027-01-18", "parameters": BUSY | TEAM, "policies": NOT_RELEASED},
    ),
    "no other role": ("village", DAYS, {"seed": 3, "parameters": BUSY | TEAM}),
    "overloaded": ("village", 250, {"seed": CROWDED, "days": 240, "parameters": BUSY | TEAM | OVERLOADED}),
    "few beds": ("village", 150, {"seed": BEDS_FULL, "days": 130, "parameters": BUSY | HOSPITAL}),
    "years pass": (
        "village", 735,
        {"seed": LIVES, "start": "2027-06-01", "warm_up_days": 5, "days": 735, "parameters": BUSY | YEARS},
    ),
    "people placed and called": (
        "village", 130,
        {"seed": 1, "parameters": BUSY | TEAM | HOSPITAL | CONVINCING, "policies": PLACED_AND_CALLED},
    ),
    "assistants, a shell and departures": (
        "village", 100, {"seed": 2, "parameters": BUSY | HOSPITAL, "policies": SHOCKS},
    ),
    "pathways, rides and a rota": (
        "village", 130, {"seed": 1, "parameters": BUSY | TEAM | SHARING, "policies": PATHWAYS},
    ),
    "an epidemic": (
        "village", 100, {"seed": 2, "parameters": BUSY | TEAM | {"sas.advice_share": 0.5}, "policies": WAVE},
    ),
    "kits, days and groups": (
        "village", DAYS, {"seed": 4, "parameters": BUSY | HOSPITAL | WELCOME, "policies": TAKEN},
    ),
    "two CPTS and a white zone": (
        "village", 130,
        {"seed": 6, "parameters": BUSY | CONVINCING | {"doors.others_first_share": 0.5}, "policies": POOLED},
    ),
    "from the contract": (
        "village", 600,
        {
            "seed": 7, "warm_up_days": 10, "days": 640, "clock": "from_contract", "members": 0.5,
            "joining": "behaviour", "parameters": BUSY | CONVINCING | FAST, "policies": GRADUAL,
        },
    ),
}  # fmt: skip


WITH_MEMBERS = (
    "people placed and called", "assistants, a shell and departures", "pathways, rides and a rota", "an epidemic",
    "two CPTS and a white zone", "from the contract", "kits, days and groups",
)  # fmt: skip


def asked(name):
    """The scenario of a variant and how many days of it are lived twice."""
    place, days, changes = VARIANTS[name]
    shipped = load(SCENARIOS / f"{place}.yaml", search=[SCENARIOS])
    practitioners = shipped.territory.practitioners
    if name == "one house of three":  # colleagues of whom several are free at the same time
        practitioners = practitioners.assign(msp="msp-99001")
    if name == "no other role":
        practitioners = practitioners[practitioners["role"] == "gp"]
    if name.startswith("every role"):
        practitioners = with_newcomers(shipped.territory)
    if name in WITH_MEMBERS:
        practitioners = with_members(shipped.territory)
    if name == "overloaded":
        practitioners = with_more_gps(shipped.territory)
    if name == "years pass":
        practitioners = old_gps(shipped.territory)
    territory = shipped.territory.with_(practitioners=practitioners)
    if name in ("few beds", "assistants, a shell and departures", "an epidemic", "kits, days and groups"):
        territory = with_few_beds(territory)
    if name == "years pass":
        people = territory.communes["population"] * 2
        territory = territory.with_(communes=territory.communes.assign(share_65_plus=0.30, population=people))
    if name == "no other role":
        territory = territory.with_(hospitals=territory.hospitals.assign(emergency="no"))
    if name == "two CPTS and a white zone":
        of = {"99101": "one", "99102": "two", "99103": ""}
        territory = territory.with_(
            communes=territory.communes.assign(cpts=territory.communes["insee_code"].map(of)),
            practitioners=territory.practitioners.assign(cpts=territory.practitioners["insee_code"].map(of)),
        )
    changes = {**changes, "territory": territory}
    return shipped.with_(**{"warm_up_days": 20, "days": 364, **changes}), days


def with_newcomers(territory):
    """The practitioners of the village and the newcomers; GPs but one take people on, new ones work a little a day."""
    places = territory.communes.set_index("insee_code")[["lat", "lon"]]
    newcomers = pd.DataFrame(NEWCOMERS, columns=["id", "role", "insee_code", "msp"])
    newcomers = newcomers.join(places, on="insee_code").assign(cpts="", leaving="")
    is_gp = newcomers["role"] == "gp"
    newcomers.loc[is_gp, ["half_days_per_week", "slots_per_year"]] = [9, 286]
    everybody = pd.concat([territory.practitioners, newcomers], ignore_index=True)
    takes = (everybody["role"] == "gp") & (everybody["id"] != "gp-99102-1")
    return everybody.assign(accepts_new=takes.map({True: "yes", False: ""}))


def with_members(territory):
    """Every role in the village, and every GP a member of its CPTS."""
    everybody = with_newcomers(territory)
    return everybody.assign(cpts=(everybody["role"] == "gp").map({True: "village", False: ""}))


def with_more_gps(territory):
    """Three more small practices, so that somebody meets more GPs than can be told by name."""
    everybody = with_newcomers(territory)
    small = everybody[everybody["id"] == "gp-99101-2"]
    more = [small.assign(id=f"gp-99101-{nth}") for nth in (3, 4, 5)]
    return pd.concat([everybody, *more], ignore_index=True)


def old_gps(territory):
    """GPs of an age at which many leave, one of whom says when; a dentist too far for those without a car."""
    everybody = with_newcomers(territory)
    gps = everybody[everybody["role"].isin(["gp", "dentist"])].assign(age=70.0)
    gps.loc[gps["role"] == "dentist", "lat"] += 0.3
    return gps.assign(leaving=gps["id"].map({"gp-99102-1": "2028-02"}).fillna(""))


def with_few_beds(territory):
    """Four times as many people, most of them old, one commune around; two small EDs and a hospital without."""
    communes = territory.communes
    communes = communes.assign(
        population=communes["population"] * 4, share_0_14=0.05, share_65_plus=0.75,
        inside=communes["insee_code"] != "99103",
    )  # fmt: skip
    known = territory.hospitals
    near = known.assign(finess_et="990009911", insee_code="99191", lat=45.63, lon=-4.66)
    closed = known.assign(finess_et="990009912", insee_code="99192", emergency="no")
    hospitals = pd.concat([known, near, closed], ignore_index=True)
    hospitals = hospitals.assign(beds=[30.0, 10.0, 40.0], visits_per_year=[3000.0, 1500.0, float("nan")])
    return territory.with_(communes=communes, hospitals=hospitals)
