"""Missions of a CPTS: shared slots, places for people without a GP, calls, exits from hospital, meetings."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.chances import one
from simulation.kernels import decisions
from simulation.kernels.codes import DEDICATED_USED, TOLD
from simulation.kernels.diary import whole
from simulation.kernels.placing import invite, place_patients
from simulation.ledger import CENTS
from simulation.policies import CityHospital, EmptyShell, GpAccess, Prevention, UnscheduledCare
from simulation.undertakings.undertake import chosen_cpts, first_day_of, parted, undertake
from simulation.undertakings.undertaking import Undertaking

MONTHS = 12


class Mission(Undertaking):
    """What one CPTS does of a lever."""

    def __init__(self, model: Any, asked: Any, cpts: Any, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked, self.cpts = asked, cpts
        cpts.missions.append(self)

    def pay_calls(self, today: Any, calls: float) -> None:
        """Write down what the coordinator's calls cost."""
        carers = self.model.parameters.carers
        hours = calls * carers.call_minutes / 60
        self.model.ledger.add(
            today.month, self.cpts.row, CENTS, hours * carers.coordinator_eur_per_hour * 100
        )


class SharedSlots(Mission):
    """Volunteers move slots from their diaries to callers of the number (soins non programmés)."""

    def __init__(self, model: Any, asked: UnscheduledCare, cpts: Any, gps: int, first_day: int) -> None:
        super().__init__(model, asked, cpts, first_day)
        self.gps = gps

    def begin(self, today: Any) -> None:
        """Open the number."""
        self.cpts.share_slots(self.asked, self.gps, today)

    def settle(self, today: Any) -> None:
        """Pay the supplement for each shared slot that was used."""
        model = self.model
        rows = [gp.row for gp in self.cpts.volunteers]
        used = model.state.tally.practice[:, rows, DEDICATED_USED].sum(axis=1)
        for month, slots in enumerate(used.tolist()):
            model.ledger.add(month, self.cpts.row, CENTS, slots * model.parameters.carers.slot_eur * 100)


@undertake.register
def _(policy: UnscheduledCare, model: Any) -> list[Undertaking]:
    chosen = chosen_cpts(policy, model)
    first = first_day_of(policy, model)
    parts = zip(chosen, parted(policy.gps, model, chosen), strict=True)
    return [SharedSlots(model, policy, cpts, gps, first) for cpts, gps in parts if gps > 0]


class PledgedPlaces(Mission):
    """Members pledge places, the coordinator calls and matches (trouver un médecin traitant)."""

    def each_month(self, today: Any) -> None:
        """Call, with this month's places."""
        model, asked = self.model, self.asked
        pledges = np.zeros(len(model.state.practitioners.active), dtype=np.int64)
        for gp in self.cpts.members:
            if gp.role == "gp" and gp.active:
                luck = gp.luck(decisions.PLEDGES, today.day)
                pledges[gp.row] = whole(round(asked.places_per_month * 256), 8, luck)
        calls = place_patients(model.hand, model.rules_in_hand, model.today_in_hand, self.cpts.row, pledges)
        self.pay_calls(today, calls)


@undertake.register
def _(policy: GpAccess, model: Any) -> list[Undertaking]:
    first = first_day_of(policy, model)
    return [PledgedPlaces(model, policy, cpts, first) for cpts in chosen_cpts(policy, model)]


class PreventionCalls(Mission):
    """The coordinator calls people who do not keep up with screening and vaccines (prévention)."""

    def each_month(self, today: Any) -> None:
        """Make this month's calls."""
        model = self.model
        calls = invite(
            model.hand, model.rules_in_hand, model.today_in_hand, self.cpts.row, self.asked.calls_per_month
        )
        self.pay_calls(today, calls)


@undertake.register
def _(policy: Prevention, model: Any) -> list[Undertaking]:
    first = first_day_of(policy, model)
    return [PreventionCalls(model, policy, cpts, first) for cpts in chosen_cpts(policy, model)]


class ExitsTold(Mission):
    """The hospital tells the CPTS of exits (référents ville-hôpital)."""

    def begin(self, today: Any) -> None:
        """Let the hospital call."""
        self.model.state.numbers.told[self.cpts.row] = one(self.asked.told_share)

    def settle(self, today: Any) -> None:
        """Pay the call that each exit takes."""
        model, communes = self.model, self.model.state.places.cpts == self.cpts.row
        told = model.state.tally.place[:, communes, TOLD].sum(axis=1)
        carers = model.parameters.carers
        euros = carers.call_minutes / 60 * carers.coordinator_eur_per_hour
        for month, exits in enumerate(told.tolist()):
            model.ledger.add(month, self.cpts.row, CENTS, exits * euros * 100)


@undertake.register
def _(policy: CityHospital, model: Any) -> list[Undertaking]:
    first = first_day_of(policy, model)
    return [ExitsTold(model, policy, cpts, first) for cpts in chosen_cpts(policy, model)]


class Meetings(Mission):
    """Members meet, money is spent, and that is all (coquille vide)."""

    def __init__(self, model: Any, asked: EmptyShell, cpts: Any, gps: int, first_day: int) -> None:
        super().__init__(model, asked, cpts, first_day)
        self.gps = gps

    def begin(self, today: Any) -> None:
        """Have members meet from today on."""
        for gp in self.cpts.choose_volunteers(self.gps):
            if self.cpts.engage(gp, today):
                self.cpts.give_from_horizon(gp, today, keep=gp.dedicated)

    def each_month(self, today: Any) -> None:
        """Spend a month's money."""
        share = self.model.calendar.share_of_month(today.day)
        self.model.ledger.add(
            today.month, self.cpts.row, CENTS, self.asked.eur_per_year / MONTHS * share * 100
        )


@undertake.register
def _(policy: EmptyShell, model: Any) -> list[Undertaking]:
    chosen = chosen_cpts(policy, model)
    first = first_day_of(policy, model)
    parts = zip(chosen, parted(policy.gps, model, chosen), strict=True)
    return [Meetings(model, policy, cpts, gps, first) for cpts, gps in parts]
