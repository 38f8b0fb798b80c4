"""Rules beside the ladder (règles): substitutes, referrals, prevention, adaptation, waiting room, hospital."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.chances import log_normal, log_normal_days, middles, normal, one, threshold
from simulation.kernels.codes import (
    ADVANCED_NURSE,
    BREAST,
    CERVICAL,
    CLASS_48H,
    CLASS_FOLLOW_UP,
    CLASS_TODAY,
    CLASS_WEEK,
    CLASSES,
    COLORECTAL,
    DAY_TENTHS,
    FLU,
    NURSE,
    PHARMACIST,
    PRACTICE_NURSE,
    PROGRAMMES,
    SUBSTITUTES,
    TELECARE,
)
from simulation.parameters import Parameters

LONGEST_STAY = 90
HOURS = (
    1.8, 1.4, 1.1, 0.9, 0.8, 0.9, 1.3, 2.2, 4.0, 6.0, 6.8, 6.4, 5.5, 5.6, 6.3, 6.2, 6.0, 6.1, 6.2, 6.2, 5.8, 4.8, 3.6,
    2.6,
)  # fmt: skip
"""Visits to EDs by hour of the day, relative (assumed shape: a trough at night, a plateau from 10 to 21 h)."""
SPECIALISTS = (
    ("ophthalmologist", 80, 52), ("dermatologist", 61, 50), ("cardiologist", 50, 37), ("rheumatologist", 45, 31),
    ("gynaecologist", 44, 32), ("paediatrician", 22, 16), ("radiologist", 21, 15),
)  # fmt: skip
"""Mean and median delays in days (DREES, Études et résultats 1085, 2016–17); the two last medians are assumed at the
ratio of the others. How referrals are parted between them is assumed: equally."""
PROGRAMME_DAYS = {FLU: 365, COLORECTAL: 730, BREAST: 730, CERVICAL: 1095}
"""Every year, every two years (50–74), every two years, every three years (INCa)."""
LONGEST_SPECIALIST, LONGEST_MAMMOGRAPHY = 365, 120
EPISODES = (CLASS_TODAY, CLASS_48H, CLASS_WEEK)


def substitutes(parameters: Parameters) -> dict[str, Any]:
    """Lay the competence table out: which role may serve which request, who accepts it, what it settles."""
    given = parameters.substitutes
    competence = np.zeros((SUBSTITUTES, CLASSES), dtype=np.int64)
    for row, share in (
        (PHARMACIST, given.pharmacist_acute_share), (NURSE, given.nurse_acute_share),
        (ADVANCED_NURSE, given.advanced_nurse_acute_share), (TELECARE, given.telecare_acute_share),
    ):  # fmt: skip
        competence[row, list(EPISODES)] = threshold(share)
    competence[ADVANCED_NURSE, CLASS_FOLLOW_UP] = threshold(given.advanced_nurse_follow_up_share)
    competence[PRACTICE_NURSE, CLASS_FOLLOW_UP] = threshold(given.practice_nurse_follow_up_share)
    accepts = np.full(SUBSTITUTES, threshold(given.accepted_share), dtype=np.int64)
    accepts[TELECARE] = threshold(given.telecare_accepted_share)
    succeeds = np.zeros(SUBSTITUTES, dtype=np.int64)
    succeeds[[PHARMACIST, NURSE, TELECARE]] = threshold(
        [given.pharmacist_success, given.nurse_success, given.telecare_success]
    )
    succeeds[[ADVANCED_NURSE, PRACTICE_NURSE]] = threshold(given.advanced_nurse_success)
    return {
        "competence": competence, "accepts": accepts, "succeeds": succeeds, "added": one(given.added_demand_share),
    }  # fmt: skip


def referrals(parameters: Parameters) -> dict[str, Any]:
    """Whom a GP refers to, and the drawn delays of specialists: log-normal with the published mean and median."""
    roles = parameters.roles
    days = [
        log_normal_days(median, float(np.sqrt(2 * np.log(mean / median))), LONGEST_SPECIALIST)
        for _, mean, median in SPECIALISTS
    ]
    return {
        "referred": threshold([roles.physiotherapy_share, roles.physiotherapy_share + roles.nursing_share]),
        "specialist": one(roles.specialist_share),
        "specialty": threshold(np.arange(1, len(SPECIALISTS) + 1) / len(SPECIALISTS)),
        "specialist_days": np.array(days, dtype=np.int16),
    }


def prevention(parameters: Parameters) -> dict[str, Any]:
    """How long a programme holds, and what comes of a request."""
    given = parameters.prevention
    mean, ratio = given.mammography_days, 1.35
    sigma = float(np.sqrt(2 * np.log(ratio)))
    return {
        "prevention_again": given.again_days,
        "programme_days": np.array([PROGRAMME_DAYS[nth] for nth in range(PROGRAMMES)], dtype=np.int64),
        "reminded": one(parameters.missions.reminded_share),
        "invited": one(given.invited_share),
        "kit_returned": one(given.kit_returned_share),
        "comes_to_outreach": one(given.outreach_comes_share),
        "joins_exercise": one(given.exercise_joins_share),
        "falls_spared": one(given.falls_of_injuries_share * (1 - given.fall_ratio)),
        "on_the_way": one(given.on_the_way_share),
        "breast_days": log_normal_days(mean / ratio, sigma, LONGEST_MAMMOGRAPHY).astype(np.int16),
    }


def adaptation(parameters: Parameters) -> dict[str, Any]:
    """What full overload does; the slots of shorter visits and of longer days are added up."""
    given, usual = parameters.adaptation, parameters.supply.consultation_minutes
    shorter = usual / (usual - given.shorter_minutes) - 1
    return {
        "stretch": round((given.stretch_ratio - 1) * 256),
        "refuses": round(given.refuses_share * 256),
        "closes": 256 if given.closes_share == 0 else round(256 * (1 - given.closes_share)),
        "more_slots": round((given.works_more_share + shorter) * 65_536),
        "overload_from": round(given.overload_days * 256),
        "shorter": round(given.shorter_minutes * 10),
    }


def waiting_room(parameters: Parameters) -> dict[str, Any]:
    """Times of a session in tenths of minutes: between appointments, of visits, early or late."""
    given, minutes = parameters.waiting_room, parameters.supply.consultation_minutes
    sigma = math.sqrt(math.log(1 + given.service_spread**2))
    late = np.rint((normal() * given.punctuality_minutes - given.early_minutes) * 10)
    return {
        "spacing": round(minutes * 10),
        "service": log_normal(minutes * math.exp(-(sigma**2) / 2), sigma, 1200, 10).astype(np.int16),
        "punctuality": late.astype(np.int16),
    }


def hours_of_arrival() -> NDArray[np.int16]:
    """Quantiles of the hour at which people come to the ED, in tenths of minutes."""
    cumulated = np.concatenate([[0.0], np.cumsum(HOURS) / sum(HOURS)])
    tenths = np.interp(middles(), cumulated, np.arange(25) * 600.0)
    return np.asarray(np.minimum(tenths, DAY_TENTHS - 1), dtype=np.int16)


def hospital_care(parameters: Parameters) -> dict[str, Any]:
    """The ED and what follows; the risk of readmission is thinned from the highest of the two."""
    given = parameters.hospital
    care = [
        log_normal(minutes, given.care_sigma, DAY_TENTHS, 10)
        for minutes in (given.home_minutes, given.ward_minutes)
    ]
    sigma = math.sqrt(2 * math.log(given.stay_days / given.stay_median_days))
    highest = max(given.readmission_ratio, 1.0)
    admitted = (
        given.injury_admitted, given.vital_admitted, given.own_choice_admitted, given.want_of_slot_admitted,
        given.others_admitted,
    )  # fmt: skip
    nights = np.maximum(log_normal_days(given.stay_median_days, sigma, LONGEST_STAY), 1)
    return {
        "ed_hour": hours_of_arrival(),
        "ed_care": np.array(care, dtype=np.int16),
        "ed_admitted": threshold(admitted),
        "stay_days": nights.astype(np.int16),
        "asks_after": one(given.asks_share),
        "asks_when_told": one(max(given.asks_when_told_share, given.asks_share)),
        "converts": one(parameters.registration.converts_share),
        "readmitted": one(given.readmitted_share * highest),
        "spared": threshold([1 / highest, given.readmission_ratio / highest]),
        "seen_in_time": given.seen_in_time_days,
        "loses_control": one(given.control_admission),
    }
