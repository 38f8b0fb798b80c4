"""The evening of the twin: what becomes of those whom no door answered."""

from simulation.kernels import decisions
from simulation.kernels.codes import (
    ACUTE,
    BY_DUTY,
    DOOR_DUTY,
    DUTY,
    ED_WANT_OF_SLOT,
    EMERGENCY_END,
    EVENING,
    PREVENTION,
    RECONTACT,
    RECOVERED_END,
    REFERRAL,
    REGISTRATION,
    TODAY,
    VISITED,
    WITHIN_48H,
)


class Evening:
    """The 15, the duty doctor, another try, or the end of patience."""

    def __init__(self, world, counts, requests, ladder, rounds):
        self.world, self.counts, self.requests = world, counts, requests
        self.ladder, self.rounds = ladder, rounds

    def close_doors(self, callers, today):
        """Decide for each caller without an answer, in the order of the calls."""
        for request in callers:
            if request.ended or request.booked or request.when > today.day:
                continue
            urgent, late = request.urgency <= WITHIN_48H, request.deadline <= today.day
            on_duty = urgent and (late or (request.urgency == TODAY and today.weekend))
            if on_duty and self.finds_help_out_of_hours(request, today):
                continue
            if not late:
                self.wait(request, today)
            elif urgent:
                self.spill(request, today)
            else:
                self.requests.forgo(request, today)

    def finds_help_out_of_hours(self, request, today):
        """Some ring the 15, which may send them to the duty doctor; others think of him by themselves, or not."""
        answer = self.ladder.ring_out_of_hours(request, today)
        if answer == "no call":
            knows = self.world.luck_of(request, decisions.DUTY_KNOWN) < request.person.home.duty_known
            return knows and self.finds_duty_doctor(request, today)
        if answer == "to be seen":
            found = self.finds_duty_doctor(request, today)
            self.world.happened["duty after regulation", found] += 1
            return found
        return True

    def finds_duty_doctor(self, request, today):
        basin = self.world.communes[request.person.commune].basin
        if self.rounds.duty[basin] == 0:
            return False
        self.rounds.duty[basin] -= 1
        request.door, request.pool, request.period = DOOR_DUTY, DUTY, EVENING
        self.counts.add(today.day, request.person, BY_DUTY)
        self.world.happened["door", DOOR_DUTY] += 1
        self.requests.end(request, VISITED, today)
        return True

    def wait(self, request, today):
        """Another try; whoever looks for a GP, prevention or another role leaves some days between two rounds."""
        request.when = today.day + 1 if request.urgency <= WITHIN_48H else today.next_open
        if request.kind in (REGISTRATION, PREVENTION, REFERRAL) and today.open:
            request.when = today.day + self.world.rules.registration_every
        if request.kind in (ACUTE, RECONTACT):
            self.let_illness_run(request, today)

    def let_illness_run(self, request, today):
        """An illness that nobody sees may be over the next day, or worse."""
        over, worse = self.world.rules.course
        nth = today.day - request.contact
        luck = self.world.luck_of(request, decisions.COURSE_OF_ILLNESS, nth)
        if luck < over:
            self.requests.end(request, RECOVERED_END, today)
            self.world.happened["recovered while waiting"] += 1
        elif luck < worse and request.urgency > TODAY:
            request.urgency -= 1
            request.when = today.day + 1
            self.world.happened["worsened", request.urgency] += 1

    def spill(self, request, today):
        """Every door failed: the ED, a longer wait (once), or giving up."""
        person = request.person
        emergency, waits = self.world.communes[person.commune].spill[person.deprived]
        luck = self.world.luck_of(request, decisions.SPILL, request.extended)
        if luck < emergency:
            self.requests.emergency.go(person, ED_WANT_OF_SLOT, today)
            self.requests.end(request, EMERGENCY_END, today)
        elif luck < waits and not request.extended:
            request.extended = 1
            request.deadline, request.when = today.day + self.world.rules.beyond, today.next_open
            self.world.happened["waits beyond patience"] += 1
        else:
            self.requests.forgo(request, today)
