"""One line for each commune of France (table nationale): the ground on which other files are laid."""

import re
from pathlib import Path

import pandas as pd
import pyarrow
import pyarrow.parquet

from scenarios.official.cells import Cells, Wanted, checked, duplicates, folded, missing
from scenarios.official.source import Read, Source, digest, refuse, vintage
from scenarios.official.text_table import encoding, whole
from simulation.faults import Fault, Refused

COLUMNS = [
    Wanted("insee_code", "insee_code|code_insee|code insee|codgeo", "commune", filled=True),
    Wanted("name", "name|nom|nom_standard|libgeo", filled=True),
    Wanted("departement", "departement_code|departement|dep_code|dep", required=False),
    Wanted("epci", "epci_siren|epci_code|epci", required=False),
    Wanted("basin", "bv2022|basin", required=False),
    Wanted("lat", "lat|latitude|latitude_mairie", "number", low=-90, high=90),
    Wanted("lon", "lon|longitude|longitude_mairie", "number", low=-180, high=180),
    Wanted("population", "population", "whole", high=3_000_000),
    Wanted("area_km2", "area_km2|superficie_km2", "number", required=False, high=20_000),
    Wanted("share_15_64", "share_15_64", "number", required=False, high=1e9),
    Wanted("share_0_14", "share_0_14", "number", required=False, high=1),
    Wanted("share_65_plus", "share_65_plus", "number", required=False, high=1),
    Wanted("postcodes", "postcodes|codes_postaux|code_postal", required=False),
    Wanted("gp", "sirene2018_gp", "number", required=False),
    Wanted("nurse", "sirene2018_nurse", "number", required=False),
    Wanted("dentist", "sirene2018_dentist", "number", required=False),
    Wanted("physiotherapist", "sirene2018_physio_podo_speech", "number", required=False),
]


def read(path: Path) -> Read:
    """Communes with place, people and the shape of the supply, whole country; Parquet or CSV."""
    cells = parquet_cells(path, COLUMNS) if path.suffix == ".parquet" else whole(path, COLUMNS)
    table, faults = checked(cells, COLUMNS)
    faults += duplicates(cells, "insee_code")
    refuse(faults)
    for column in COLUMNS:
        if column.name not in table:
            table[column.name] = float("nan") if column.kind in ("number", "whole") else ""
    table["departement"] = table["departement"].where(
        table["departement"] != "", departement(table["insee_code"])
    )
    note = "" if path.suffix == ".parquet" or encoding(path) != "cp1252" else "latin"
    return Read(
        table.reset_index(drop=True), Source("national", path.name, digest(path), vintage(path.name), note)
    )


def departement(codes: pd.Series) -> pd.Series:
    """The first characters of a code: three overseas."""
    return codes.str[:2].where(~codes.str.startswith(("97", "98")), codes.str[:3])


def parquet_cells(path: Path, wanted: list[Wanted]) -> Cells:
    """The columns wanted of a Parquet file, as text; rows are counted from 1."""
    try:
        known = pyarrow.parquet.read_schema(path).names
    except (pyarrow.ArrowException, OSError):
        raise Refused([Fault("territory.not_a_parquet", path.name)]) from None
    faults, places = [], {}
    for column in wanted:
        found = [head for head in known if re.fullmatch(column.heads, folded(head))]
        if found:
            places[column.name] = found[0]
        elif column.required:
            faults.append(missing(path.name, 0, column, known))
    refuse(faults)
    try:
        frame = pd.read_parquet(path, columns=list(places.values()))
    except (pyarrow.ArrowException, OSError):
        raise Refused([Fault("territory.not_a_parquet", path.name)]) from None
    table = pd.DataFrame({name: as_text(frame[head]) for name, head in places.items()})
    if table.empty:
        raise Refused([Fault("territory.no_row", path.name)])
    return Cells(path.name, table, pd.Series(range(1, len(table) + 1), index=table.index), places)


def as_text(values: pd.Series) -> pd.Series:
    """Values as the cells of a text file: nothing for what is missing."""
    if pd.api.types.is_float_dtype(values):
        return values.map(lambda value: "" if pd.isna(value) else repr(float(value)).removesuffix(".0"))
    return values.astype(object).where(values.notna(), "").astype(str).str.strip()
