"""One event of a life put into words (événements), as it is met in one of the two futures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from experiments.moments import Moment
from experiments.narrator import Narrator, plural
from simulation.kernels import codes
from simulation.kernels.codes import GP, ROLE_NAMES
from simulation.rules_of_care import SPECIALISTS

if TYPE_CHECKING:
    from experiments.lives import TwoLives

KINDS = (
    "acute",
    "recontact",
    "follow_up",
    "routine",
    "post_discharge",
    "registration",
    "prevention",
    "referral",
)
URGENCIES = ("today", "48h", "week", "planned")
PROGRAMMES = ("flu", "colorectal", "breast", "cervical")
NOT_A_PRACTICE = {-1: "duty", -2: "mobile", -3: "telecare"}
_STREAMS = {codes.ED_INJURY: "injury", codes.ED_VITAL: "vital", codes.ED_OWN_CHOICE: "own_choice"}
_SIMPLE = {
    codes.SAID_EMERGENCY: "emergency", codes.SAID_ADVISED: "advised", codes.SAID_DISCHARGED: "discharged",
    codes.SAID_LOST_GP: "lost_gp", codes.SAID_DIED: "died",
}  # fmt: skip


class Teller(Narrator):
    """Tells the events of one future in order."""

    def __init__(self, lives: TwoLives, lang: str, side: int) -> None:
        super().__init__(lives, lang, side)
        self.telling: Mapping[int, Callable[[Moment], str]] = {
            codes.SAID_NEED: self._need, codes.SAID_BOOKED: self._booked, codes.SAID_REFUSED: self._refused,
            codes.SAID_MISSED: self._missed, codes.SAID_FORGONE: self._forgone, codes.SAID_WAITS: self._waits,
            codes.SAID_OWN_EMERGENCY: self._own_emergency, codes.SAID_TURNED_AWAY: self._turned_away,
            codes.SAID_REGISTERED: self._registered, codes.SAID_REFERRED: self._referred,
            codes.SAID_PREVENTION: self._prevention, codes.SAID_WORSENED: self._worsened,
            codes.SAID_ADMITTED: self._admitted, codes.SAID_CALLED: self._called,
        }  # fmt: skip

    def told(self, moment: Moment, is_shared: bool, at_once: set[Moment]) -> str:
        """One moment as a sentence that begins without a capital."""
        self.is_shared = is_shared
        said = moment.event.event
        if said == codes.SAID_VISITED:
            visit = (moment.event.first, moment.event.day)
            return self._visited(moment, visit in {(one.event.first, one.event.day) for one in at_once})
        if said in _SIMPLE:
            return self.say(_SIMPLE[said])
        return self.telling[said](moment) if said in self.telling else ""

    def _need(self, moment: Moment) -> str:
        day, _, kind, detail = moment.event
        if kind in (codes.ACUTE, codes.RECONTACT):
            return self.say(f"need_{KINDS[kind]}", urgency=self.say(f"urgency_{URGENCIES[detail]}"))
        if kind == codes.PREVENTION:
            return self.say(f"need_{PROGRAMMES[detail]}")
        if kind == codes.REFERRAL:
            return self.say(f"need_{ROLE_NAMES[detail]}")
        later = self.date(detail) if detail > day and kind != codes.REGISTRATION else ""
        return self.say(f"need_{KINDS[kind]}", date=later)

    def _booked(self, moment: Moment) -> str:
        _, _, g, day = moment.event
        when = self.say("same_day") if day == moment.event.day else self.say("on_day", date=self.date(day))
        return self.say(
            "booked", when=when, carer=self.carer(g), minutes=self.placed_at(g), shares=self.shares(g)
        )

    def _visited(self, moment: Moment, at_once: bool) -> str:
        _, _, g, kind = moment.event
        if g in NOT_A_PRACTICE:
            return self.say(f"visited_{NOT_A_PRACTICE[g]}")
        called_today = at_once and moment.event.day in self.in_need
        role = self.lives.person.roles[g]
        purpose = self.say(f"seen_{KINDS[kind]}") if role == GP or kind == codes.PREVENTION else ""
        return self.say(
            "visited_at_once" if called_today else "visited", carer=self.carer(g), purpose=purpose,
            minutes=self.placed_at(g), shares=self.shares(g) if at_once else "",
        )  # fmt: skip

    def _refused(self, moment: Moment) -> str:
        kind = moment.event.first
        key = f"refused_{'registration' if kind == codes.REGISTRATION else 'care'}"
        purpose = self.say(f"calls_{KINDS[kind]}")
        if moment.times == 1:
            return self.say(key, purpose=purpose)
        if moment.until == moment.event.day:
            return self.say(f"{key}_again", times=moment.times, purpose=purpose)
        return self.say(f"{key}_until", times=moment.times, date=self.date(moment.until), purpose=purpose)

    def _missed(self, moment: Moment) -> str:
        return self.say("missed", carer=self.carer(moment.event.first))

    def _forgone(self, moment: Moment) -> str:
        _, _, kind, end = moment.event
        return self.say("recovered") if end == codes.RECOVERED_END else self.say(f"gave_up_{KINDS[kind]}")

    def _waits(self, moment: Moment) -> str:
        return self.say("waits", date=self.date(moment.event.second))

    def _own_emergency(self, moment: Moment) -> str:
        return self.say(f"emergency_{_STREAMS.get(moment.event.first, 'vital')}")

    def _turned_away(self, moment: Moment) -> str:
        return self.say("turned_away")

    def _registered(self, moment: Moment) -> str:
        return self.say("registered", carer=self.numbered(moment.event.first))

    def _referred(self, moment: Moment) -> str:
        _, _, specialty, days = moment.event
        specialist = self.say(f"specialist_{SPECIALISTS[specialty][0]}")
        return self.say(f"referred_{plural(days, self.lang)}", specialist=specialist, days=days)

    def _prevention(self, moment: Moment) -> str:
        return self.say(f"done_{PROGRAMMES[moment.event.first]}")

    def _worsened(self, moment: Moment) -> str:
        return self.say("worsened", urgency=self.say(f"urgency_{URGENCIES[moment.event.second]}"))

    def _admitted(self, moment: Moment) -> str:
        nights = moment.event.second
        return self.say(f"admitted_{plural(nights, self.lang)}", nights=nights)

    def _called(self, moment: Moment) -> str:
        _, _, g, what = moment.event
        if g >= 0:
            return self.say("called_gp", carer=self.numbered(g))
        return self.say(f"called_{PROGRAMMES[what]}")
