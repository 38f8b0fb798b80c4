"""Newcomers at work (installations, centres, consultations avancées): what they cost and how they see people."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.kernels import decisions
from simulation.kernels.codes import WILLING
from simulation.policies import AdvancedConsultation, HealthCentre, Install, PrivateCentre, Support
from simulation.undertakings.mission import Mission
from simulation.undertakings.undertake import chosen_cpts, first_day_of, undertake
from simulation.undertakings.undertaking import Undertaking

WHOLE = 65_536
WEEKS_OF_MONTH = 52 / 12


def brought(model: Any, policy: Any) -> list[Any]:
    """The practitioners whom a lever brought, by their names."""
    key = next(name for name, one in model.asked.policies.items() if one is policy)
    return [gp for gp in model.gps if gp.identifier.startswith(f"{key}-")]


class Settled(Undertaking):
    """GPs settle, or work for a salary in a centre."""

    def __init__(self, model: Any, asked: Install | HealthCentre, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked, self.gps = asked, brought(model, asked)

    def begin(self, today: Any) -> None:
        """Pay the aid to settle."""
        if isinstance(self.asked, Install):
            self.pay(today.month, len(self.gps) * self.model.parameters.costs.install_eur)

    def each_month(self, today: Any) -> None:
        """Pay what a centre lacks."""
        if isinstance(self.asked, HealthCentre):
            self.pay_for_month(today, len(self.gps) * self.model.parameters.costs.centre_eur_per_year)


@undertake.register
def _(policy: Install, model: Any) -> list[Undertaking]:
    return [Settled(model, policy, first_day_of(policy, model))]


@undertake.register
def _(policy: HealthCentre, model: Any) -> list[Undertaking]:
    return [Settled(model, policy, first_day_of(policy, model))]


class Consultations(Undertaking):
    """Doctors from elsewhere see people some half-days a week, whoever their usual GP is."""

    def __init__(self, model: Any, asked: AdvancedConsultation, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked, self.gps = asked, brought(model, asked)
        for gp in self.gps:
            gp.kind, gp.squeeze = WILLING, 0

    def each_month(self, today: Any) -> None:
        """Pay for the half-days of the month."""
        share = self.model.calendar.share_of_month(today.day)
        half_days = len(self.gps) * self.asked.half_days_per_week * WEEKS_OF_MONTH * share
        self.pay(today.month, half_days * self.model.parameters.costs.gp_half_day_eur)


@undertake.register
def _(policy: AdvancedConsultation, model: Any) -> list[Undertaking]:
    return [Consultations(model, policy, first_day_of(policy, model))]


class WalkInCentre(Undertaking):
    """A private centre sees whoever comes, without appointment; some of its doctors leave their practice for it."""

    def __init__(self, model: Any, asked: PrivateCentre, first_day: int) -> None:
        super().__init__(model, first_day)
        self.asked, self.gps = asked, brought(model, asked)
        for gp in self.gps:
            gp.kind, gp.squeeze, gp.same_day_share = WILLING, 0, WHOLE
            gp.walk_in[:] = np.asarray(gp.weekly) > 0

    def begin(self, today: Any) -> None:
        """Draw doctors away from their practices."""
        model = self.model
        there = [gp for gp in model.gps if gp.active and model.is_inside(gp) and gp not in self.gps]
        there.sort(key=lambda gp: gp.luck(decisions.VOLUNTEERS, 1))
        for gp in there[: self.asked.drawn_away]:
            gp.leave(today, succeeded=False)
        model.turnover.carry_out(today)


@undertake.register
def _(policy: PrivateCentre, model: Any) -> list[Undertaking]:
    return [WalkInCentre(model, policy, first_day_of(policy, model))]


class Tutors(Mission):
    """GPs take students, some of whom settle near by later on (accompagnement des professionnels)."""

    kind = "pathway"

    def begin(self, today: Any) -> None:
        """Give time to students."""
        super().begin(today)
        hours = self.model.parameters.missions.tutor_hours_per_month
        here = [gp for gp in self.model.gps if gp.active and self.model.is_inside(gp)]
        here.sort(key=lambda gp: gp.luck(decisions.VOLUNTEERS, 0))
        for gp in here[: self.asked.tutors]:
            if self.model.cpts_of(gp) == self.cpts.row:
                self.cpts.ask_hours(gp, "students", hours, today)


@undertake.register
def _(policy: Support, model: Any) -> list[Undertaking]:
    first = first_day_of(policy, model)
    return [Tutors(model, policy, cpts, first) for cpts in chosen_cpts(policy, model)]
