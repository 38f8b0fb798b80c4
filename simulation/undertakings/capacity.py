"""More room without a practice: a booth for remote visits, a centre out of hours."""

from __future__ import annotations

from typing import Any

from simulation.kernels.codes import BY_TELECARE
from simulation.policies import OutOfHoursCentre, TelecareBooth
from simulation.undertakings.undertake import first_day_of, undertake
from simulation.undertakings.undertaking import Undertaking

ONE_VISIT = 65_536


def basin_of(model: Any, commune: str) -> int:
    """The basin of a commune named by its code."""
    row = list(model.territory.communes["insee_code"]).index(commune)
    return int(model.state.places.basin[row])


class Booth(Undertaking):
    """A nurse helps people of a basin to consult a doctor at a distance (téléconsultation accompagnée)."""

    def __init__(self, model: Any, asked: TelecareBooth, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked = asked

    def begin(self, today: Any) -> None:
        """Open the booth: so many more remote visits a day."""
        places, basin = self.model.state.places, basin_of(self.model, self.asked.commune)
        before = int(places.telecare[basin])
        places.telecare[basin] += round(self.asked.visits_per_day * ONE_VISIT)
        self.basin, self.part = basin, 1 - before / int(places.telecare[basin])

    def each_month(self, today: Any) -> None:
        """Rent the booth."""
        self.pay_for_month(today, self.model.parameters.costs.booth_eur_per_year)

    def settle(self, today: Any) -> None:
        """Pay the nurse for the booth's part of the basin's remote visits."""
        if not self.begun:
            return
        state, costs = self.model.state, self.model.parameters.costs
        here = state.places.basin == self.basin
        visits = state.tally.place[:, here, BY_TELECARE].sum(axis=1) * self.part
        for month, count in enumerate(visits.tolist()):
            self.pay(month, count * costs.nurse_minutes / 60 * costs.nurse_eur_per_hour)


@undertake.register
def _(policy: TelecareBooth, model: Any) -> list[Undertaking]:
    return [Booth(model, policy, first_day_of(policy, model))]


class DutyCentre(Undertaking):
    """Duty doctors of a basin see more people, in a place of their own (maison médicale de garde)."""

    def __init__(self, model: Any, asked: OutOfHoursCentre, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked = asked

    def begin(self, today: Any) -> None:
        """Open the centre."""
        places, basin = self.model.state.places, basin_of(self.model, self.asked.commune)
        places.duty_evening[basin] += round(self.asked.visits_per_evening * ONE_VISIT)
        places.duty_weekend[basin] += round(self.asked.visits_per_weekend_day * ONE_VISIT)

    def each_day(self, today: Any) -> None:
        """Pay the shift of a day on which there is room."""
        room = self.asked.visits_per_weekend_day if today.weekend else self.asked.visits_per_evening
        if room:
            self.pay(today.month, self.model.parameters.costs.shift_eur)


@undertake.register
def _(policy: OutOfHoursCentre, model: Any) -> list[Undertaking]:
    return [DutyCentre(model, policy, first_day_of(policy, model))]
