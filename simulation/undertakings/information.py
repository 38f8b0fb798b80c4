"""Telling people where to turn (information du public), and taking to the doctor those who have no car."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.chances import one
from simulation.kernels import decisions
from simulation.kernels.chance import draw
from simulation.kernels.codes import CARRIED_TRIPS, ON_DEMAND
from simulation.policies import Information, Transport
from simulation.undertakings.undertake import first_day_of, undertake
from simulation.undertakings.undertaking import Undertaking

CERTAIN = 2**32


class Campaign(Undertaking):
    """Some of those who did not know of the number, the 15 or the duty doctor will think of them."""

    def __init__(self, model: Any, asked: Information, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked = asked

    def begin(self, today: Any) -> None:
        """Tell the people of the territory, once."""
        state, given = self.model.state, self.model.parameters
        learns = one(given.missions.informed_share * self.asked.people_share)
        inside = state.places.inside == 1
        named = np.unique(state.places.cpts[inside & (state.places.cpts >= 0)])
        for known, where in ((state.numbers.known, named), (state.places.sas_called, inside),
                             (state.places.duty_known, inside)):  # fmt: skip
            known[where] += (CERTAIN - known[where]) * learns >> 32
        told = self.model.state.places.people[inside].sum() * self.asked.people_share
        self.pay(today.month, float(told) * given.costs.campaign_eur_per_person)


@undertake.register
def _(policy: Information, model: Any) -> list[Undertaking]:
    return [Campaign(model, policy, first_day_of(policy, model))]


class Rides(Undertaking):
    """So many people without a car may be taken to the doctor, the farthest from one first."""

    def __init__(self, model: Any, asked: Transport, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked = asked

    def begin(self, today: Any) -> None:
        """Enter people in the service."""
        state, seed = self.model.state, self.model.calendar.seed
        patients, places = state.patients, state.places
        can = (
            (patients.alive == 1) & (patients.visitor == 0) & (patients.car == 0) & (patients.home_bound == 0)
        )
        rows = np.flatnonzero(can & (places.inside[patients.commune] == 1) & (patients.age >= 16))
        order = sorted(rows.tolist(), key=lambda row: self.turn(seed, row))
        patients.car[order[: self.asked.people]] = ON_DEMAND

    def turn(self, seed: int, row: int) -> tuple[int, int, int]:
        """Give somebody's place on the list: the farthest from a GP, then by luck."""
        state = self.model.state
        commune = int(state.patients.commune[row])
        rank = int(state.patients.generation[row]) << 24 | row - int(state.places.first[commune])
        key = int(state.places.number[commune]) << 32 | rank
        return -int(state.reach.nearest[commune]), int(draw(seed, decisions.RIDE_ORDER, 0, key, 0)), row

    def settle(self, today: Any) -> None:
        """Pay for each ride."""
        state, eur = self.model.state, self.model.parameters.costs.ride_eur
        rides = state.tally.group[:, :, CARRIED_TRIPS].sum(axis=1)
        for month, count in enumerate(rides.tolist()):
            self.pay(month, count * eur)


@undertake.register
def _(policy: Transport, model: Any) -> list[Undertaking]:
    return [Rides(model, policy, first_day_of(policy, model))]
