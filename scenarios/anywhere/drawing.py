"""A map shows where people live and how far the nearest GP is (carte); towns are discs, never practices."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.territory import Territory
from simulation.territory.links import minutes_to_nearest
from texts import number, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CLASSES = (5.0, 10.0, 15.0)
COLOURS = ("#1b7837", "#a6cf8e", "#f5b26b", "#b2402f")
"""Near to far: dark, light, light, dark, so that they are told apart without colours."""
RING = "#c8ccd1"
NAMED = 9
KEY = 55.0
"""Size of the marks of the legend."""
MANY = 3_000
"""Communes from which discs are drawn as an image: a vector file would be too heavy."""
WIDE = 8.6
SUFFIXES = (".svg", ".png")


def draw(territory: Territory, place: Path, lang: str, title: str = "") -> None:
    """Write the map of a territory, SVG or PNG by the end of the name."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"svg.hashsalt": "cpts", "font.size": 9, "svg.fonttype": "none"}):
        figure = Figure(figsize=(WIDE, WIDE * 0.86), layout="constrained")
        axes = figure.add_subplot()
        _communes(axes, territory, lang)
        _sites(axes, territory, lang)
        _frame(axes, territory)
        axes.set_title(title or territory.name, loc="left", fontweight="bold", fontsize=12)
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.01), ncols=3, frameon=False, fontsize=8.5)
        metadata = {"Date": None} if place.suffix == ".svg" else {"Software": None}
        figure.savefig(place, dpi=130, metadata=metadata)


def _communes(axes: "Axes", territory: Territory, lang: str) -> None:
    communes = territory.communes
    inside = communes["inside"].to_numpy()
    size = sizes(territory)
    lat, lon = communes["lat"].to_numpy(), communes["lon"].to_numpy()
    many = len(communes) > MANY
    if not inside.all():
        axes.scatter(
            lon[~inside], lat[~inside], s=size[~inside], c=RING, linewidths=0, zorder=1, rasterized=many
        )
        axes.scatter([], [], s=KEY, c=RING, label=say("territory.map_ring", lang))
    rank = np.searchsorted(CLASSES, minutes_to_nearest(territory))
    edges = (0.0, *CLASSES, np.inf)
    for at, colour in enumerate(COLOURS):
        here = inside & (rank == at)
        if here.any():
            name = "map_far" if at == len(CLASSES) else "map_class"
            low, high = number(edges[at], lang, 0), number(edges[at + 1], lang, 0)
            axes.scatter(lon[here], lat[here], s=size[here], c=colour, linewidths=0 if many else 0.5,
                         edgecolors="white", zorder=2, rasterized=many)  # fmt: skip
            axes.scatter([], [], s=KEY, c=colour, label=say(f"territory.{name}", lang, low=low, high=high))
    _names(axes, territory, size)


def sizes(territory: Territory) -> NDArray[np.float64]:
    """Areas of discs, points squared: like people, up to the largest commune counted (a city of the ring is cut)."""
    people = territory.communes["population"].to_numpy(dtype=np.float64)
    inside = territory.communes["inside"].to_numpy()
    few = min(1.0, 120 / len(people))
    largest = max(float(people[inside].max(initial=1.0)), 1.0)
    return np.asarray(
        5.0 * min(1.0, 300 / len(people)) + np.minimum(people / largest, 1.6) * 1_100.0 * max(few, 0.05)
    )


def _names(axes: "Axes", territory: Territory, size: NDArray[np.float64]) -> None:
    """The largest communes bear their name, those of the ring in grey."""
    communes = territory.communes
    inside, people = communes["inside"].to_numpy(), communes["population"].to_numpy()
    frame = {"boxstyle": "round,pad=0.1", "fc": "white", "ec": "none", "alpha": 0.7}
    for rows, colour, most in ((inside, "black", NAMED), (~inside, "#6b7177", NAMED // 2)):
        for row in np.argsort(-people * rows)[:most].tolist():
            if rows[row]:
                axes.annotate(
                    str(communes["name"].iat[row]), (communes["lon"].iat[row], communes["lat"].iat[row]),
                    fontsize=8, zorder=5, xytext=(0, np.sqrt(size[row]) / 2 + 1.5), textcoords="offset points",
                    ha="center", va="bottom", color=colour, bbox=frame,
                )  # fmt: skip


def _sites(axes: "Axes", territory: Territory, lang: str) -> None:
    hospitals = territory.hospitals[territory.hospitals["emergency"] == "yes"]
    west, east, south, north = _window(territory)
    seen = hospitals[hospitals["lon"].between(west, east) & hospitals["lat"].between(south, north)]
    if len(seen):
        axes.scatter(seen["lon"], seen["lat"], marker="P", s=95, c="#24408e", edgecolors="white", zorder=4,
                     label=say("territory.map_emergency", lang))  # fmt: skip
    houses = territory.structures
    if len(houses):
        axes.scatter(houses["lon"], houses["lat"], marker="s", s=34, facecolors="white", edgecolors="#5b2a86",
                     linewidths=1.6, zorder=3, label=say("territory.map_house", lang))  # fmt: skip


def _window(territory: Territory) -> tuple[float, float, float, float]:
    """Edges of what is shown: the communes and a tenth more."""
    lat, lon = territory.communes["lat"].to_numpy(), territory.communes["lon"].to_numpy()
    if len(lat) > 30_000:  # France without what lies overseas
        lat, lon = np.array([41.2, 51.2]), np.array([-5.3, 9.8])
    margin = 0.1 * max(float(np.ptp(lat)), float(np.ptp(lon)) * 0.7, 0.05)
    return lon.min() - margin, lon.max() + margin, lat.min() - margin, lat.max() + margin


def _frame(axes: "Axes", territory: Territory) -> None:
    west, east, south, north = _window(territory)
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    middle = np.radians((south + north) / 2)
    axes.set_aspect(1 / max(float(np.cos(middle)), 0.05))
    axes.set_xticks([])
    axes.set_yticks([])
    km = _round_length((east - west) * 111.32 * float(np.cos(middle)) / 5)
    length = km / (111.32 * float(np.cos(middle)))
    x, y = west + 0.03 * (east - west), south + 0.03 * (north - south)
    axes.plot([x, x + length], [y, y], color="black", linewidth=2)
    axes.annotate(f"{km:g} km", (x + length / 2, y), xytext=(0, 3), textcoords="offset points", ha="center")
    for side in axes.spines.values():
        side.set_color("#c8ccd1")


def _round_length(km: float) -> float:
    """The greatest of 1, 2, 5, 10, … that is no longer."""
    power = 10 ** np.floor(np.log10(max(km, 0.01)))
    return float(power * max(step for step in (1, 2, 5) if step * power <= km + 1e-9))
