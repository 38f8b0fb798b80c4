"""What can be moved (leviers): sizes in people, slots, hours and euros; a shock is suffered and stands apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from simulation.scenario import Scenario
    from simulation.territory import Territory

GROUPS = ("access", "missions", "others", "shocks")
GPS = "gps"


class Slider(NamedTuple):
    """One size of a lever, by steps; `most` may be all GPs of the territory."""

    field: str
    least: float
    most: float | str
    step: float
    usual: float
    times: float = 1
    """How many are shown for one: a share is shown in hundredths."""


class Lever(NamedTuple):
    """A lever and its sizes; some need a place, which is the most populous one."""

    name: str
    group: str
    sliders: tuple[Slider, ...]
    total: str = ""
    """The sentence that says what its first two sizes come to."""
    needs: str = ""
    start: str = ""
    in_meeting: bool = False


LEVERS: tuple[Lever, ...] = (
    Lever(
        "unscheduled_care",
        "access",
        (Slider("gps", 0, GPS, 1, 5), Slider("slots_per_week", 1, 10, 1, 3)),
        total="total_slots_per_week",
        in_meeting=True,
    ),
    Lever("gp_access", "access", (Slider("places_per_month", 0, 2, 0.05, 0.35),), in_meeting=True),
    Lever(
        "care_pathways", "missions", (Slider("gps", 0, GPS, 1, 6), Slider("calls_per_month", 0, 200, 10, 40))
    ),
    Lever("prevention", "missions", (Slider("calls_per_month", 0, 1000, 50, 200),)),
    Lever("fit_kits", "missions", (Slider("kits_per_month", 0, 1000, 50, 100),)),
    Lever(
        "outreach_days",
        "missions",
        (Slider("days_per_month", 0, 8, 1, 2), Slider("people_per_day", 5, 60, 5, 30)),
        total="total_people_per_month",
    ),
    Lever("falls_prevention", "missions", (Slider("places", 0, 1000, 20, 180),)),
    Lever("city_hospital", "missions", (Slider("told_share", 0, 1, 0.05, 0.25, 100),)),
    Lever("quality", "missions", (Slider("gps", 0, GPS, 1, 6),)),
    Lever("support", "missions", (Slider("tutors", 0, GPS, 1, 4),)),
    Lever("coordinator", "missions", (Slider("hours_per_month", 0, 302, 1, 151),)),
    Lever("medical_assistant", "others", (Slider("gps", 0, GPS, 1, 3),)),
    Lever("health_centre", "others", (Slider("gps", 0, 6, 1, 2),), needs="commune"),
    Lever("install", "others", (Slider("gps", 0, 6, 1, 1),), needs="commune"),
    Lever(
        "mobile_unit",
        "others",
        (Slider("days_per_week", 0, 5, 1, 2), Slider("visits_per_stop", 4, 24, 2, 12)),
        total="total_visits_per_week",
    ),
    Lever("telecare_booth", "others", (Slider("visits_per_day", 0, 20, 1, 4),), needs="commune"),
    Lever(
        "protocols",
        "others",
        (Slider("professionals", 0, 40, 1, 10), Slider("slots_per_week", 1, 20, 1, 4)),
        total="total_slots_per_week",
    ),
    Lever("home_visits", "others", (Slider("gps", 0, GPS, 1, 6),)),
    Lever("leave_calendar", "others", (Slider("gps", 0, GPS, 1, 10),)),
    Lever("transport", "others", (Slider("people", 0, 1000, 50, 200),)),
    Lever(
        "empty_shell",
        "others",
        (Slider("gps", 0, GPS, 1, 10), Slider("eur_per_year", 0, 400000, 10000, 190000)),
    ),
    Lever("retire", "shocks", (Slider("gps", 0, GPS, 1, 2),), in_meeting=True),
    Lever("private_centre", "shocks", (Slider("gps", 0, 4, 1, 2),), needs="commune"),
    Lever(
        "epidemic_wave",
        "shocks",
        (Slider("peak_share", 0, 1.5, 0.1, 0.6, 100), Slider("weeks", 2, 16, 1, 8)),
        start="2027-01-18",
    ),
    Lever("ed_closure", "shocks", (), needs="hospital"),
)
BY_NAME: Mapping[str, Lever] = {one.name: one for one in LEVERS}
OPENING: Mapping[str, tuple[float, ...]] = {"unscheduled_care": (5, 3)}
"""What is computed before anybody has moved anything."""


def gps_of(territory: Territory) -> int:
    """GPs of the territory itself."""
    communes, carers = territory.communes, territory.practitioners
    inside = set(communes[communes["inside"]]["insee_code"])
    return int(((carers["role"] == "gp") & carers["insee_code"].isin(inside)).sum())


def top_of(slider: Slider, territory: Territory) -> float:
    """Where a slider ends: a lever asks, or brings, no more GPs than there are."""
    most = float("inf") if isinstance(slider.most, str) else slider.most
    return min(most, float(gps_of(territory))) if slider.field == "gps" or slider.most == GPS else most


def stepped(slider: Slider, value: float, territory: Territory) -> float:
    """The nearest size that the slider can show."""
    top = top_of(slider, territory)
    steps = round((min(max(value, slider.least), top) - slider.least) / slider.step)
    return min(round(slider.least + steps * slider.step, 6), top)


def offered(territory: Territory) -> tuple[Lever, ...]:
    """The levers that mean something here: no emergency department is closed where there is none."""
    return tuple(one for one in LEVERS if one.needs != "hospital" or _hospital(territory))


def policies(levers: Mapping[str, tuple[float, ...]], territory: Territory) -> dict[str, dict[str, Any]]:
    """Levers as a scenario states them; the usual place is the most populous commune."""
    told: dict[str, dict[str, Any]] = {}
    for name, sizes in levers.items():
        lever = BY_NAME[name]
        stated: dict[str, Any] = {
            slider.field: int(size) if float(size).is_integer() else float(size)
            for slider, size in zip(lever.sliders, sizes, strict=True)
        }
        if lever.needs:
            stated[lever.needs] = _hospital(territory) if lever.needs == "hospital" else _town(territory)
        if lever.start:
            stated["start"] = lever.start
        told[name] = stated
    return told


def acted(baseline: Scenario, levers: Mapping[str, tuple[float, ...]], title: Mapping[str, str]) -> Scenario:
    """The baseline with these levers."""
    return baseline.with_(policies=policies(levers, baseline.territory), title=dict(title))


def _town(territory: Territory) -> str:
    communes = territory.communes[territory.communes["inside"]]
    return str(communes.sort_values("population", ascending=False)["insee_code"].iloc[0])


def _hospital(territory: Territory) -> str:
    """The emergency department that is the nearest of most people; empty when none is known."""
    import numpy as np

    from simulation.places import nearest_emergency

    communes, nearest = territory.communes, nearest_emergency(territory)
    mine = communes["inside"].to_numpy() & (nearest >= 0)
    if not mine.any():
        return ""
    people = np.bincount(nearest[mine], weights=communes["population"].to_numpy()[mine])
    return str(territory.hospitals["finess_et"].iloc[int(people.argmax())])
