"""What is known of a territory before anything is simulated (repères): people, carers, places."""

from __future__ import annotations

from simulation.places import has_emergency
from simulation.territory import Territory
from texts import number, say


def facts(territory: Territory, lang: str) -> list[dict[str, str]]:
    """A few counts of the territory itself; carers are counted, never listed."""
    communes, carers = territory.communes, territory.practitioners
    inside = communes[communes["inside"]]
    codes = set(inside["insee_code"])
    mine = carers[carers["insee_code"].isin(codes)]
    gps = mine[mine["role"] == "gp"]
    people = float(inside["population"].sum())
    old = float((inside["population"] * inside["share_65_plus"]).sum()) / max(people, 1.0)
    structures = territory.structures
    houses = structures[(structures["kind"] == "msp") & structures["insee_code"].isin(codes)]
    counted = {
        "communes": len(inside),
        "people": people,
        "old": old * 100,
        "gps": len(gps),
        "leaving": int(gps["leaving"].astype(str).str.match(r"\d").sum()),
        "nurses": int((mine["role"] == "nurse").sum()),
        "msp": len(houses),
        "hospitals": int(has_emergency(territory).sum()),
    }
    return [
        {"label": say(f"dashboard.fact_{name}", lang), "value": number(value, lang, 0)}
        for name, value in counted.items()
        if value or name in ("communes", "people", "gps")
    ]
