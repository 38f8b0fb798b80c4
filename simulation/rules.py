"""Parameters as the kernels read them (règles du jour): thresholds and tables, made once a scenario."""

from __future__ import annotations

import numpy as np

from simulation.chances import QUANTILES, exponential, log_normal_days, one, threshold
from simulation.kernels.codes import (
    ACUTE,
    FOLLOW_UP,
    KINDS,
    PLANNED,
    PREVENTION,
    RECONTACT,
    REFERRAL,
    REGISTRATION,
    TODAY,
    WITHIN_48H,
    WITHIN_WEEK,
)
from simulation.parameters import Parameters
from simulation.rulebook import Rules
from simulation.rules_of_care import (
    adaptation,
    hospital_care,
    prevention,
    referrals,
    substitutes,
    waiting_room,
)
from simulation.state import Int16

LONGEST_PATIENCE, LONGEST_LEAD = 120, 95


def rules_of(parameters: Parameters) -> Rules:
    """Turn the parameters of a scenario into whole numbers."""
    demand, doors, emergency = parameters.demand, parameters.doors, parameters.emergency
    duty, sas = parameters.out_of_hours, parameters.sas
    urgent_48h = min(demand.urgent_today_share + demand.urgent_48h_share, 1.0)
    return Rules(
        exponential=exponential(),
        patience=patience(parameters),
        lead=log_normal_days(demand.lead_days, demand.lead_sigma, LONGEST_LEAD).astype(np.int16),
        occasional=threshold([doors.occasional_willing, doors.occasional_moderate, doors.occasional_closed]),
        no_show=threshold([demand.no_show, demand.no_show_new]),
        given_back=one(demand.refill),
        recontact=one(demand.recontact_share),
        urgent_today=one(demand.urgent_today_share),
        urgent_48h=one(urgent_48h),
        phones_in_the_morning=one(demand.morning_share),
        number_finds=one(doors.number_success),
        others_first=one(doors.others_first_share),
        sas_covers=one(sas.covered_share),
        sas_outcome=threshold([sas.advice_share, sas.advice_share + sas.appointment_share]),
        duty_available=threshold([duty.evening_available, duty.weekend_available]),
        recovered=one(doors.recovered_share),
        follow_up_days=np.array(
            [round(demand.follow_up_ald_days), round(demand.follow_up_treated_days)], dtype=np.int64
        ),
        follow_up_far=one(demand.booked_far_share),
        routine_later=one(demand.routine_later_share),
        injury=one(emergency.injury_per_1000 / (emergency.injury_per_1000 + emergency.vital_per_1000)),
        **substitutes(parameters),
        walk_in_known=one(doors.walk_in_known),
        course=threshold([doors.resolves_per_day, doors.resolves_per_day + doors.worsens_per_day]),
        registers_when_met=one(parameters.registration.when_met_share),
        registration_again=parameters.registration.again_days,
        registration_every=parameters.registration.every_days,
        **referrals(parameters),
        **prevention(parameters),
        **adaptation(parameters),
        **waiting_room(parameters),
        **hospital_care(parameters),
        practices_called=doors.practices_called_per_day,
        tolerance=parameters.patience.tolerance_days,
        beyond=parameters.patience.beyond_days,
    )


def patience(parameters: Parameters) -> Int16:
    """Days after the wanted date that a request lives, [kind, urgency, 1 024]."""
    given = parameters.patience
    table = np.zeros((KINDS, 4, QUANTILES), dtype=np.int16)
    within_48h = log_normal_days(given.within_48h_days, given.sigma, LONGEST_PATIENCE)
    within_week = log_normal_days(given.within_week_days, given.sigma, LONGEST_PATIENCE)
    for kind in (ACUTE, RECONTACT):
        table[kind, TODAY] = 0
        table[kind, WITHIN_48H] = within_48h
        table[kind, WITHIN_WEEK] = within_week
    table[:, PLANNED] = log_normal_days(given.routine_days, given.sigma, LONGEST_PATIENCE)
    table[REGISTRATION, PLANNED] = log_normal_days(
        parameters.registration.patience_days, given.sigma, LONGEST_PATIENCE
    )
    table[PREVENTION, PLANNED] = log_normal_days(
        parameters.prevention.patience_days, given.sigma, LONGEST_PATIENCE
    )
    table[REFERRAL, PLANNED] = log_normal_days(
        parameters.roles.referral_patience_days, given.sigma, LONGEST_PATIENCE
    )
    table[FOLLOW_UP, PLANNED] = log_normal_days(given.follow_up_days, given.sigma, LONGEST_PATIENCE)
    return table
