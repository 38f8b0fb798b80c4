"""A road graph (graphe routier) is crossings and the stretches between them: the quickest way is found on it."""

from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from scenarios.anywhere.matrices import as_cells
from scenarios.official.cells import Cells, Wanted, checked, fault
from scenarios.official.text_table import placed
from simulation.faults import Fault, Refused
from simulation.territory import Territory
from simulation.territory.travel import EARTH_RADIUS_KM, START_MINUTES, on_the_globe

EDGES = [
    Wanted("start", "from|u|source|start|noeud_debut", filled=True),
    Wanted("end", "to|v|target|end|noeud_fin", filled=True),
    Wanted("minutes", "minutes|time_min|duration_min", "number", required=False, high=1_440),
    Wanted(
        "seconds",
        "seconds|travel_time|time|duration|time_s|duration_s",
        "number",
        required=False,
        high=86_400,
    ),
    Wanted("metres", "length|length_m|metres|distance", "number", required=False, high=1e6),
    Wanted("speed", "speed_kph|speed|kmh|km_per_hour|maxspeed", "number", required=False, high=200),
    Wanted("oneway", "oneway|sens_unique", required=False),
]
NODES = [
    Wanted("node", "id|osmid|node|noeud|node_id", filled=True),
    Wanted("lat", "lat|latitude|y", "number", low=-90, high=90, filled=True),
    Wanted("lon", "lon|longitude|x", "number", low=-180, high=180, filled=True),
]
FARTHEST_KM = 5.0
"""A town hall farther than that from every crossing is not on the graph."""
ACCESS_KM_PER_HOUR = 30.0
"""From a town hall to its crossing."""


def cells_of(path: Path, wanted: list[Wanted]) -> Cells:
    """The columns wanted of a CSV or Parquet file."""
    frame, line = as_cells(path)
    heads = [str(head) for head in frame.columns]
    places, faults = placed(path.name, line, heads, wanted)
    if faults:
        raise Refused(faults)
    table = pd.DataFrame({name: frame[frame.columns[at]].astype(object).where(lambda some: some.notna(), "")
                          .astype(str).str.strip() for name, at in places.items()})  # fmt: skip
    lines = pd.Series(np.arange(len(table)) + line + 1, index=table.index)
    return Cells(path.name, table, lines, {name: heads[at] for name, at in places.items()})


def travel(edges: Path, nodes: Path, territory: Territory) -> pd.DataFrame:
    """Minutes between the communes of a territory along a graph (`origin`, `destination`, `minutes`).

    Edges hold minutes, seconds, or metres with a speed; without `oneway` a stretch is driven both ways.
    """
    stretch, faults = _checked(edges, EDGES)
    crossing, more = _checked(nodes, NODES)
    if faults or more:
        raise Refused([*faults, *more])
    index = pd.Index(crossing.table["node"])
    start, end = (index.get_indexer(pd.Index(stretch.table[name])) for name in ("start", "end"))
    unknown = pd.Series((start < 0) | (end < 0), index=stretch.table.index)
    faults = fault(stretch, "start", "unknown_node", unknown)
    if faults:
        raise Refused(faults)
    cost = minutes_of(edges, stretch)
    both = ~stretch.table.get("oneway", pd.Series("", index=stretch.table.index)).str.casefold().isin(
        ("true", "yes", "1", "oui", "1.0"))  # fmt: skip
    back = both.to_numpy()
    rows, columns = np.concatenate([start, end[back]]), np.concatenate([end, start[back]])
    costs = np.concatenate([cost, cost[back]])
    quickest = (
        pd.DataFrame({"i": rows, "j": columns, "c": costs}).groupby(["i", "j"], as_index=False)["c"].min()
    )
    graph = coo_array(
        (quickest["c"].clip(lower=1e-6), (quickest["i"], quickest["j"])), shape=(len(index),) * 2
    )
    return between(graph.tocsr(), crossing.table, territory, nodes.name)


def _checked(path: Path, wanted: list[Wanted]) -> tuple[Cells, list[Fault]]:
    cells = cells_of(path, wanted)
    table, faults = checked(cells, wanted)
    return cells._replace(table=table), faults


def minutes_of(path: Path, stretch: Cells) -> np.ndarray:
    """Minutes of each stretch, however its file tells them."""
    table = stretch.table
    if "minutes" in table:
        return table["minutes"].to_numpy(dtype=float)
    if "seconds" in table:
        return table["seconds"].to_numpy(dtype=float) / 60
    if "metres" in table and "speed" in table:
        return (
            table["metres"].to_numpy(dtype=float)
            / 1000
            / table["speed"].clip(lower=5).to_numpy(dtype=float)
            * 60
        )
    raise Refused([Fault("territory.missing_column", path.name, 1, "minutes", {"nearest": ""})])


def between(graph, crossing: pd.DataFrame, territory: Territory, label: str) -> pd.DataFrame:
    """Quickest ways from every commune to every other, with the minutes to leave and to reach the crossing."""
    communes = territory.communes
    tree = cKDTree(on_the_globe(crossing.astype({"lat": float, "lon": float})))
    away, near = tree.query(on_the_globe(communes))
    km = np.asarray(away) * EARTH_RADIUS_KM
    if km.max() > FARTHEST_KM:
        at = int(km.argmax())
        details = {"value": str(communes["name"].iat[at]), "km": round(float(km[at]), 1),
                   "others": int((km > FARTHEST_KM).sum()) - 1 or ""}  # fmt: skip
        raise Refused([Fault("territory.far_node", label, details=details)])
    unique, rank = np.unique(near, return_inverse=True)
    way = np.vstack([dijkstra(graph, indices=one)[unique] for one in unique])
    access = km / ACCESS_KM_PER_HOUR * 60
    minutes = START_MINUTES + access[:, None] + way[np.ix_(rank, rank)] + access[None, :]
    codes = communes["insee_code"].to_numpy()
    row, column = np.nonzero(np.isfinite(minutes) & ~np.eye(len(codes), dtype=bool))
    return pd.DataFrame({"origin": codes[row], "destination": codes[column], "minutes": minutes[row, column]})
