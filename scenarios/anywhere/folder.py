"""A folder that bears the name asked for is a whole territory: written beside, checked, then renamed."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import yaml

from scenarios.anywhere.building import Built
from scenarios.compile.tables import COLUMNS
from simulation.faults import Fault, Refused, shown
from simulation.territory import Territory, read_territory

NEEDED = "communes.csv"


@contextmanager
def beside(folder: Path, replace: bool) -> Iterator[Path]:
    """A folder to write in; it takes the name asked for when all went well, and goes away otherwise."""
    checked(folder, replace)
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        yield part
        old = folder.with_name(f".{folder.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        if folder.exists():
            folder.replace(old)
        part.replace(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def checked(folder: Path, replace: bool) -> None:
    """A folder that is there is replaced only when asked, and only when it is a territory."""
    label = shown(folder.name)
    if not folder.parent.is_dir():
        raise Refused([Fault("territory.no_parent", shown(folder.parent.name or str(folder.parent)))])
    if not folder.name or folder.name.startswith("."):
        raise Refused([Fault("territory.bad_folder", label)])
    if folder.is_file():
        raise Refused([Fault("territory.is_a_file", label)])
    if folder.is_dir() and any(folder.iterdir()):
        if not (folder / NEEDED).is_file():
            raise Refused([Fault("territory.other_folder", label)])
        if not replace:
            raise Refused([Fault("territory.already_there", label)])


def write(built: Built, folder: Path, name: str) -> Territory:
    """Write the tables of a territory and read them again as anybody would: every fault is told."""
    tables: dict[str, pd.DataFrame] = {
        "communes.csv": communes_table(built),
        "practitioners.csv": pd.DataFrame(built.carers),
        "structures.csv": pd.DataFrame(built.houses),
        "hospitals.csv": built.hospitals,
    }
    for file, rows in tables.items():
        told = rows.reindex(columns=list(COLUMNS[file])).sort_values(COLUMNS[file][0])
        told.to_csv(folder / file, index=False, lineterminator="\n")
    if built.ages is not None and len(built.ages):
        built.ages.to_csv(folder / "ages.csv", index=False, lineterminator="\n")
    try:
        return read_territory(folder)
    except Refused as refused:
        raise Refused(
            fault._replace(file=fault.file.replace(folder.name, name, 1)) for fault in refused.faults
        ) from None


def communes_table(built: Built) -> pd.DataFrame:
    """Communes in the columns of a territory; basins are MSP towns when there are two, else living areas."""
    communes = built.communes
    towns = {house["insee_code"] for house in built.houses if house["kind"] == "msp"}
    inside = set(communes.loc[communes["inside"] == "indicator", "insee_code"])
    by_house = len(towns & inside) >= 2
    names = dict(zip(communes["insee_code"], communes["name"], strict=True))
    labels = communes.get("epci_label", pd.Series("", index=communes.index))
    return communes.assign(
        basin="" if by_house else communes["basin"].map(lambda code: names.get(code, code)),
        epci=labels.where(labels != "", communes["epci"]),
        lat=communes["lat"].round(5), lon=communes["lon"].round(5),
        share_0_14=communes["share_0_14"].round(4), share_65_plus=communes["share_65_plus"].round(4),
    )  # fmt: skip


def write_scenario(place: Path, folder: str, titles: dict[str, str], questions: dict[str, str]) -> None:
    """A scenario that asks nothing but the territory."""
    document = {"title": titles, "question": questions, "extends": "calibrated.yaml", "territory": folder}
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, default_flow_style=None, width=110)
    aside = place.with_name(f".{place.name}.part")
    try:
        aside.write_text(text, encoding="utf-8")
        aside.replace(place)
    finally:
        with contextlib.suppress(OSError):
            aside.unlink()


def bytes_of(draw: Callable[[Path], None], place: Path) -> None:
    """Write one file beside, then rename it."""
    aside = place.with_name(f".{place.stem}.part{place.suffix}")
    try:
        draw(aside)
        aside.replace(place)
    finally:
        with contextlib.suppress(OSError):
            aside.unlink()
