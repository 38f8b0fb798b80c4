"""What the kernels are told besides the state (règles, jour): parameters as whole numbers, the calendar."""

from typing import NamedTuple

from simulation.state import Int16, Int64


class Rules(NamedTuple):
    """Parameters as the kernels read them: thresholds out of 2**32 and tables of 1 024 quantiles."""

    exponential: Int64  # mean 65 536
    patience: Int16  # [kind, urgency, 1 024] days
    lead: Int16  # days
    occasional: Int64  # [type of GP] thresholds
    no_show: Int64  # [2] usual, new
    given_back: int
    recontact: int
    urgent_today: int
    urgent_48h: int  # cumulated
    phones_in_the_morning: int
    number_finds: int
    others_first: int  # people who call other practices before any number
    sas_covers: int
    sas_outcome: Int64  # [2] advice, then an appointment; the rest is sent to the ED
    duty_available: Int64  # [2] evening, week-end
    recovered: int
    follow_up_days: Int64  # [2] ALD, other treatment
    follow_up_far: int
    routine_later: int
    competence: Int64  # [substitute, class of request] thresholds: needs that it may serve
    accepts: Int64  # [substitute] people who accept it
    succeeds: Int64  # [substitute] visits that settle the need
    added: int  # visits to substitutes that bring another, which nobody would have asked for
    walk_in_known: int
    course: Int64  # [2] an unmet need is over the next day; or worse
    registers_when_met: int
    registration_again: int  # days until a seeker who gave up tries again
    registration_every: int  # days between two rounds of calls
    referred: Int64  # [2] cumulated, to a physiotherapist then to a nurse, at a GP's visit
    specialist: int
    specialty: Int64  # [specialty] cumulated
    specialist_days: Int16  # [specialty, 1 024]
    prevention_again: int  # days until somebody who gave up tries again
    programme_days: Int64  # [programme] days for which one is up to date
    on_the_way: int
    stretch: int  # of follow-ups under full overload, 256 for as much again
    refuses: int  # part of occasional visits refused under full overload, out of 256
    closes: int  # lists are closed beyond this overload
    more_slots: int  # under full overload, 65 536 for as many again
    overload_from: int  # days to the third next slot, 256 for one
    spacing: int  # tenths of minutes between two appointments
    shorter: int  # tenths of minutes less under full overload
    service: Int16  # [1 024] tenths
    punctuality: Int16  # [1 024] tenths
    ed_hour: Int16  # [1 024] tenths from midnight
    ed_care: Int16  # [home again or to a ward, 1 024] tenths
    ed_admitted: Int64  # [stream, and the background] thresholds
    stay_days: Int16  # [1 024]
    asks_after: int
    asks_when_told: int
    converts: int  # people who did not look for a usual GP and accept one when called
    reminded: int  # people called who ask for the follow-up that they had given up
    invited: int  # people called who join a programme that they did not follow
    kit_returned: int  # kits posted that are sent back
    comes_to_outreach: int  # people of a commune who come to a day held there
    joins_exercise: int  # people called who take a place in a group
    falls_spared: int  # injuries of those in a group that do not happen
    readmitted: int  # candidates, at the highest risk
    spared: Int64  # [not seen, seen in time] thresholds of the candidates who come back
    seen_in_time: int  # days
    loses_control: int  # once a follow-up is given up
    breast_days: Int16  # [1 024] from the request to the screening
    injury: int  # among injury, vital or sent
    practices_called: int
    tolerance: int
    beyond: int


class Today(NamedTuple):
    """What the calendar says of one day (jour)."""

    seed: int
    day: int
    weekday: int  # Monday is 0
    week: int  # column of `away` for the last day of the horizon
    open: int  # 1 if practices hold sessions
    weekend: int  # 1 if duty doctors work all day
    next_open: int  # next day on which practices answer
    horizon_weekday: int
    horizon_open: int
    season: int  # threshold of an acute need
    month: int  # counted month, -1 before
    summer: int  # 1 in July and August, when visitors are here
    adapts: int  # 1 on the first day of a month
    stock: int  # 1 on the first counted day of a month: people are counted
    year_ends: int  # 1 on the last counted day of a year
    first_day: int  # first counted day
    last_day: int  # last counted day
    flu_season: int  # day on which the next vaccination campaign begins
    month_of_day: Int16  # [days] counted month of each counted day
