"""Primary care in a territory (soins de premier recours): institutions act, then the day is lived."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import mesa

from simulation.agents import CPTS, MSP, HealthCentre, Hospital, Patient, PatientSet, Practitioner
from simulation.agents.membership import enrol
from simulation.agents.turnover import Turnover
from simulation.build import Built
from simulation.calendar import date_of
from simulation.kernels.codes import OVERFLOW
from simulation.kernels.day import close_run, live_the_day
from simulation.kernels.demography import turn_year
from simulation.kernels.handle import hold
from simulation.ledger import empty_ledger
from simulation.panels import plan_home_visits
from simulation.places import cpts_of
from simulation.scenario import Scenario
from simulation.undertakings import undertake


class TableFull(RuntimeError):
    """More requests are open at once than one for two people: the territory is far beyond what it can serve."""


class RunOver(RuntimeError):
    """Somebody asked for a day after the last."""


class PrimaryCare(mesa.Model):
    """A territory that lives day by day; its columns are in `state`, its institutions are Mesa agents.

    Each step: calendar, workforce (institutions act on the first of the month, years turn), then the compiled day:
    need, missed appointments, morning calls, noon release, afternoon calls, closing doors, visits, waiting rooms,
    hospital, record.
    """

    def __init__(self, asked: Scenario, built: Built, follow: Sequence[int] = ()) -> None:
        super().__init__(rng=int(asked.seed % 2**63))
        self.asked, self.parameters, self.territory = asked, asked.parameters, built.territory
        self.state, self.rules, self.calendar = built.state, built.rules, built.calendar
        self.traits = built.traits
        self.hand, self.rules_in_hand = hold(built.state), hold(built.rules)
        self.day = built.calendar.begin
        self.today_in_hand = hold(built.calendar.today(self.day))
        self.ledger = empty_ledger(len(self.calendar.months), len(cpts_of(self.territory)))
        self.follow(follow)
        self._people_the_institutions()
        self.turnover = Turnover(self)
        if asked.members is not None:
            for cpts in self.communities:
                enrol(cpts, asked.members)
        asked_of = [policy for policy in asked.policies.values() if not policy.is_void]
        under_way = [one for policy in asked_of for one in undertake(policy, self)]
        self.undertakings = sorted(under_way, key=lambda one: one.order)

    def _people_the_institutions(self) -> None:
        territory = self.territory
        for row, structure in enumerate(territory.structures.itertuples()):
            kind = MSP if structure.kind == "msp" else HealthCentre
            kind(self, row, str(structure.id), str(structure.name))
        for row, one in enumerate(territory.practitioners.itertuples()):
            Practitioner(self, row, str(one.id), str(one.role), str(one.leaving))
        for one in territory.hospitals.itertuples():
            Hospital(self, str(one.finess_et), str(one.name), str(one.emergency) == "yes")
        for row, name in enumerate(cpts_of(territory)):
            CPTS(self, row, name)

    @cached_property
    def practitioners(self) -> list[Practitioner]:
        """Everybody who cares for people, in the order of the rows."""
        return list(self.agents_by_type[Practitioner])

    @cached_property
    def gps(self) -> list[Practitioner]:
        """General practitioners (médecins généralistes)."""
        return [one for one in self.practitioners if one.role == "gp"]

    @cached_property
    def communities(self) -> list[CPTS]:
        """The CPTS of the territory."""
        return list(self.agents_by_type.get(CPTS, ()))

    def cpts_of(self, gp: Practitioner) -> int:
        """The CPTS in whose territory a GP practises, member or not; -1 in a white zone."""
        commune = int(self.state.practitioners.commune[gp.row])
        return int(self.state.places.cpts[commune]) if commune >= 0 else -1

    def is_inside(self, gp: Practitioner) -> bool:
        """Whether a GP practises in a commune that is counted."""
        commune = int(self.state.practitioners.commune[gp.row])
        return commune >= 0 and bool(self.state.places.inside[commune])

    @property
    def patients(self) -> PatientSet:
        """All the people, as an agent set over rows."""
        return PatientSet(self)

    @property
    def agents_by_type(self):  # type: ignore[no-untyped-def]
        """The institutions by type, and the people under `Patient`."""
        return {**super().agents_by_type, Patient: self.patients}

    @property
    def agent_types(self) -> list[type]:
        """The types of institutions, and `Patient`."""
        return [*super().agent_types, Patient]

    def patient(self, row: int) -> Patient:
        """One person."""
        if not 0 <= row < len(self.state.patients.commune):
            raise IndexError(f"no person {row}: rows run from 0 to {len(self.state.patients.commune) - 1}")
        return Patient(self, row)

    def follow(self, rows: Sequence[int]) -> None:
        """Write down whatever happens to these people from now on."""
        for row in rows:
            self.patient(row).columns().followed[row] = 1

    @property
    def date(self):  # type: ignore[no-untyped-def]
        """The day that the next step lives."""
        return date_of(self.day)

    def step(self) -> None:
        """Live one day, in the order that the class tells."""
        if self.day > self.calendar.last:
            raise RunOver(f"the last day, {date_of(self.calendar.last)}, is over: make another model")
        today = self.calendar.today(self.day)
        self.today_in_hand.turn(today)
        self.act(today)
        if self.calendar.is_new_year(self.day):
            for gp in self.gps:
                gp.age += gp.active
            turn_year(self.hand, self.rules_in_hand, self.traits, self.today_in_hand)
        live_the_day(self.hand, self.rules_in_hand, self.today_in_hand)
        if self.state.requests.cursor[OVERFLOW]:
            raise TableFull(TableFull.__doc__)
        self.day += 1
        if self.day > self.calendar.last:
            self.close(today)

    def month_begins(self, today) -> bool:  # type: ignore[no-untyped-def]
        """Whether institutions act: on the first of a month and on the first counted day."""
        return bool(date_of(today.day).day == 1 or today.stock)

    def act(self, today) -> None:  # type: ignore[no-untyped-def]
        """Let institutions act: GPs leave and arrive, what was decided goes on, CPTS write their hours down."""
        begins = self.month_begins(today)
        if begins:
            for gp in self.gps:
                gp.act(today)
            self.turnover.carry_out(today)
        for one in self.undertakings:
            one.act(today, begins)
        if begins:
            for cpts in self.communities:
                cpts.act(today)
            plan_home_visits(self.hand, self.parameters, self.calendar)

    def close(self, today) -> None:  # type: ignore[no-untyped-def]
        """Count what is still open and pay what is due after the last day."""
        close_run(self.hand, self.today_in_hand)
        for one in self.undertakings:
            one.settle(today)
        self.running = False
