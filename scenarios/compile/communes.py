"""People do not stop at the edge of a territory: the 33 communes need their ring (couronne)."""

from collections.abc import Mapping
from pathlib import Path

from scenarios.compile.need import GARD, LOZERE, share_65_plus
from scenarios.compile.tables import Row, read_rows
from simulation.territory.travel import haversine_km, road_minutes, within_minutes

CPTS = "chataigne-micocoule"
RING_MINUTES = 15.0
MSP_TOWNS: Mapping[str, str] = {"30140": "Lasalle", "30269": "Saint-Jean-du-Gard", "30311": "Sauve"}

# Hand list, general knowledge of the relief; Saint-Jean-du-Gard, at the mouth of the Vallée Borgne, is plain.
VALLEE_BORGNE = frozenset({"30108", "30195", "30198", "30231", "30310"})
VALLEE_FRANCAISE = frozenset({"48067", "48097", "48098", "48115", "48144", "48148", "48155", "48171"})
VALLEE_DE_LASALLE = frozenset({"30087", "30140", "30236", "30246", "30322", "30329", "30335"})
LEFT_OUT = frozenset({"30054", "30069", "30192", "30309"})
"""Of the 37, the four that the kept list leaves out: the farthest from Sauve in the basin of Quissac."""
VALLEYS = VALLEE_BORGNE | VALLEE_FRANCAISE | VALLEE_DE_LASALLE


def place(row: Row) -> tuple[float, float]:
    return float(row["lat"]), float(row["lon"])


def minutes(origin: Row, destination: Row) -> float:
    if origin["insee_code"] == destination["insee_code"]:
        return float(within_minutes(float(origin["area_km2"])))
    valley = not VALLEYS.isdisjoint((origin["insee_code"], destination["insee_code"]))
    return float(road_minutes(haversine_km(*place(origin), *place(destination)), valley))


def from_centroid(row: Row) -> float:
    return float(haversine_km(*place(row), float(row["lat_centroid"]), float(row["lon_centroid"])))


def repair_places(rows: list[Row]) -> None:
    """Two communes cannot share a town hall: the one farther from its own centroid moves to that centroid."""
    seen: dict[tuple[str, str], Row] = {}
    for row in rows:
        other = seen.setdefault((row["lat"], row["lon"]), row)
        if other is not row:
            wrong = max(row, other, key=from_centroid)
            wrong["lat"], wrong["lon"] = wrong["lat_centroid"], wrong["lon_centroid"]


def kept(data: Path) -> set[str]:
    """The list of communes that was kept: 33, of 37 that fit what is known of the territory."""
    return {row["insee_code"] for row in read_rows(data / "cevennes_communes.csv")}


def variant_a(rows: list[Row], kept: set[str]) -> set[str]:
    """Another list of 33 that fits as well: the same 37 without the four farthest from any MSP as the crow flies."""
    candidates = [row for row in rows if row["insee_code"] in kept | LEFT_OUT]
    towns = [row for row in rows if row["insee_code"] in MSP_TOWNS]

    def far(row: Row) -> float:
        return min(float(haversine_km(*place(row), *place(town))) for town in towns)

    nearest = sorted(candidates, key=lambda row: (far(row), row["insee_code"]))
    return {row["insee_code"] for row in nearest[: len(kept)]}


def read_communes(data: Path, variant: bool = False) -> tuple[list[Row], list[Row]]:
    """Source rows inside the indicator, then those within the ring; of the list that was kept, or of its variant."""
    rows = read_rows(data / "cevennes_context_communes.csv")
    repair_places(rows)
    listed = variant_a(rows, kept(data)) if variant else kept(data)
    inside = [row for row in rows if row["insee_code"] in listed]
    ring = [
        row
        for row in rows
        if row["insee_code"] not in listed and min(minutes(row, near) for near in inside) <= RING_MINUTES
    ]
    return inside, ring


def ages(row: Row) -> tuple[float, float]:
    """Shares of the 0-14 and of the 65+; a missing one of the 65+ is that of the département (else Gard)."""
    old = float(row["share_65_plus"] or share_65_plus(LOZERE if row["departement_code"] == "48" else GARD))
    return max(0.02, 1 - float(row["share_15_64"]) - old), old


def commune(row: Row, towns: list[Row], inside: bool) -> Row:
    """A commune of the territory or of its ring, in the columns of a territory folder."""
    young, old = ages(row)
    return {
        "insee_code": row["insee_code"],
        "name": row["name"],
        "departement": row["departement_code"],
        "epci": row["epci"],
        "basin": min(towns, key=lambda town: (minutes(row, town), town["name"]))["name"],
        "cpts": CPTS if inside else "",
        "inside": "indicator" if inside else "ring",
        "lat": row["lat"],
        "lon": row["lon"],
        "population": row["population"],
        "area_km2": row["area_km2"],
        "share_0_14": f"{young:.4f}",
        "share_65_plus": f"{old:.4f}",
        "median_income_eur": row["median_income_uc_eur"],
        "relief": "valley" if row["insee_code"] in VALLEYS else "plain",
    }


def communes(inside: list[Row], ring: list[Row]) -> list[Row]:
    towns = [row for row in inside if row["insee_code"] in MSP_TOWNS]
    return [commune(row, towns, True) for row in inside] + [commune(row, towns, False) for row in ring]
