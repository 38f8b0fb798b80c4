"""A routing engine gives times between places (matrice de temps): long or wide, in seconds or in minutes."""

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from scenarios.official.cells import NUMBER, folded
from scenarios.official.text_table import encoding, first_lines, row_faults, separator
from simulation.faults import Fault, Refused, shown

ORIGINS = "origin|origin_id|from|from_id|source|source_id|idsrc|depart|origine"
DESTINATIONS = "destination|destination_id|to|to_id|target|target_id|iddst|arrivee|arrivée"
TIMES = (
    r"minutes|minute|duration|duree|durée|time|travel_time(_p\d+)?|seconds|duration_s|time_s|duration_min|time_min|"
    r"temps"
)
UNITS: Mapping[str, str] = {
    "minutes": "minutes", "minute": "minutes", "duration_min": "minutes", "time_min": "minutes",
    "travel_time": "minutes", "seconds": "seconds", "duration_s": "seconds", "time_s": "seconds",
    "duration": "seconds", "time": "seconds", "duree": "minutes", "durée": "minutes",
}  # fmt: skip
"""What a name of column tells: r5py counts minutes, OSRM and Valhalla seconds, INSEE minutes."""
LONGEST = 1_440.0


def matrix(path: Path, unit: str = "") -> pd.DataFrame:
    """Times of a file as `origin`, `destination`, `minutes`; pairs without a time are left out.

    A long table has a column of origins, one of destinations and one of times; a wide one has codes on its first
    line and in its first column. Raises Refused with everything that is wrong.
    """
    if unit not in ("", "minutes", "seconds"):
        raise Refused([Fault("territory.bad_unit", "--unit", details={"value": shown(unit)})])
    frame, line = as_cells(path)
    heads = {name: [head for head in frame.columns if re.fullmatch(pattern, folded(head))]
             for name, pattern in (("origin", ORIGINS), ("destination", DESTINATIONS), ("time", TIMES))}  # fmt: skip
    if heads["origin"] and heads["destination"]:
        if not heads["time"]:
            details = {"nearest": str(frame.columns[-1])}
            raise Refused([Fault("territory.missing_column", path.name, line, "minutes", details)])
        told = heads["time"][0]
        long = pd.DataFrame({"origin": frame[heads["origin"][0]], "destination": frame[heads["destination"][0]],
                             "time": frame[told]})  # fmt: skip
    else:
        told = ""
        long = melted(path, frame, line)
    return in_minutes(path, long, line, unit or unit_of(path, told), told)


def unit_of(path: Path, head: str) -> str:
    """The unit that a name of column tells; a wide table tells none."""
    name = re.sub(r"_p\d+$", "", folded(head))
    if name not in UNITS:
        raise Refused([Fault("territory.no_unit", path.name, details={"value": head or path.stem})])
    return UNITS[name]


def as_cells(path: Path) -> tuple[pd.DataFrame, int]:
    """The cells of a file as text, and the line of its header (0 in a Parquet file)."""
    if not path.is_file():
        raise Refused([Fault("missing_file", path.name, details={"nearest": ""})])
    if path.suffix == ".parquet":
        try:
            frame = pd.read_parquet(path)
        except (OSError, ValueError):
            raise Refused([Fault("territory.not_a_parquet", path.name)]) from None
        return frame.reset_index() if frame.index.name else frame, 0
    alphabet = encoding(path)
    first = first_lines(path, 1, alphabet)
    if not first or not first[0].strip():
        raise Refused([Fault("territory.empty", path.name)])
    sign = separator(first[0])
    faults = row_faults(path, sign, first[0].count(sign) + 1, 0, alphabet)
    if faults:
        raise Refused(faults)
    frame = pd.read_csv(
        path, sep=sign, dtype=str, keep_default_na=False, encoding=alphabet, skip_blank_lines=False
    )
    return frame, 1


def melted(path: Path, frame: pd.DataFrame, line: int) -> pd.DataFrame:
    """A wide table made long, row after row."""
    key, others = frame.columns[0], [str(head) for head in frame.columns[1:]]
    if len(others) < 1 or not any(re.fullmatch(r"(?:\d{2}|2[AB])\d{3}", head) for head in others):
        heads = [str(head) for head in frame.columns]
        raise Refused([Fault("territory.missing_column", path.name, line, "origin", {"nearest": heads[0]})])
    times = frame[frame.columns[1:]].to_numpy(dtype=object)
    return pd.DataFrame(
        {
            "origin": np.repeat(frame[key].astype(str).to_numpy(), len(others)),
            "destination": np.tile(others, len(frame)), "time": times.ravel(),
        },
        index=np.repeat(frame.index.to_numpy(), len(others)),
    )  # fmt: skip


def in_minutes(path: Path, long: pd.DataFrame, line: int, unit: str, head: str) -> pd.DataFrame:
    """Times as numbers of minutes; what is no number, negative or over a day is told."""
    text = long["time"].astype(object).where(long["time"].notna(), "").astype(str).str.strip()
    empty = text.str.casefold().isin(("", "nan", "inf", "none", "null", "na"))
    values = pd.to_numeric(text.where(text.str.fullmatch(NUMBER), ""), errors="coerce")
    values = values / 60.0 if unit == "seconds" else values
    faults = []
    for code, wrong in (
        ("bad_number", values.isna() & ~empty),
        ("out_of_range", (values < 0) | (values > LONGEST)),
    ):
        if wrong.any():
            at = int(np.flatnonzero(wrong.to_numpy())[0])
            details = {"value": shown(text.iloc[at]), "others": int(wrong.sum()) - 1 or "", "low": 0,
                       "high": LONGEST if unit == "minutes" else LONGEST * 60}  # fmt: skip
            where = int(long.index[at]) + line + 1
            faults.append(
                Fault(
                    f"territory.{code}", path.name, where, head or str(long["destination"].iloc[at]), details
                )
            )
    if faults:
        raise Refused(faults)
    told = pd.DataFrame({"origin": long["origin"].astype(str).str.strip(),
                         "destination": long["destination"].astype(str).str.strip(), "minutes": values})  # fmt: skip
    return told.dropna().reset_index(drop=True)
