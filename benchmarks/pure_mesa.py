"""The peer: needs and first-come booking written the usual Mesa way, one object a patient.

It simulates far less than the model: one kind of need, one slot count a day, no ladder, no leave. It shows what the
same number of people costs as Mesa agents.
"""

from __future__ import annotations

import mesa

YEARLY_NEEDS = 3.3
HORIZON = 128


class Doctor(mesa.Agent):
    """Somebody with so many slots a day, taken in the order of calls."""

    def __init__(self, model: mesa.Model, slots: int) -> None:
        super().__init__(model)
        self.slots = slots
        self.booked: dict[int, int] = {}

    def book(self, day: int) -> int | None:
        for later in range(day, day + HORIZON):
            if later % 7 < 5 and self.booked.get(later, 0) < self.slots:
                self.booked[later] = self.booked.get(later, 0) + 1
                return later
        return None


class Person(mesa.Agent):
    """Somebody who is in need now and then and asks one doctor."""

    def __init__(self, model: mesa.Model, doctor: Doctor) -> None:
        super().__init__(model)
        self.doctor = doctor
        self.appointment: int | None = None

    def step(self) -> None:
        day = int(self.model.time)
        if self.appointment == day:
            self.appointment = None
            self.model.seen += 1
        elif self.appointment is None and self.random.random() < YEARLY_NEEDS / 365:
            self.appointment = self.doctor.book(day)


class PureMesa(mesa.Model):
    """People and doctors as Mesa agents, in shuffled order each day."""

    def __init__(self, people: int, doctors: int, seed: int) -> None:
        super().__init__(rng=seed)
        self.seen = 0
        slots = round(people * YEARLY_NEEDS / 0.93 / 260 / doctors)
        self.doctors = [Doctor(self, slots) for _ in range(doctors)]
        for number in range(people):
            Person(self, self.doctors[number % doctors])

    def step(self) -> None:
        self.agents_by_type[Person].shuffle_do("step")
