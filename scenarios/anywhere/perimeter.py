"""What is asked for in words becomes communes, a ring and a CPTS (périmètre)."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from scenarios.anywhere import asking
from scenarios.anywhere.building import Perimeter
from scenarios.anywhere.minutes import within
from scenarios.anywhere.names import Places, places
from scenarios.official.source import Read
from simulation.faults import Fault, Refused

MOST_RING = 60.0


class Wanted(NamedTuple):
    """What was typed."""

    communes: Sequence[str] = ()
    epci: Sequence[str] = ()
    departements: Sequence[str] = ()
    around: str = ""
    minutes: float = 30.0
    cpts: Path | None = None
    cpts_name: str = ""
    valleys: Sequence[str] = ()
    ring: float = 15.0
    name: str = "cpts"
    """The CPTS of the communes counted, unless a perimeter tells one."""

    @property
    def is_empty(self) -> bool:
        """Whether no commune was asked for in any way."""
        return not (self.communes or self.epci or self.departements or self.around or self.cpts)


def pasted(texts: Sequence[str]) -> list[str]:
    """A list typed, or the content of a text file that holds one."""
    found = []
    for text in texts:
        path = Path(text)
        try:
            is_file = path.is_file()
        except (OSError, ValueError):  # a list too long for the name of a file
            is_file = False
        if is_file:
            try:
                text = path.read_text(encoding="utf-8-sig")
            except UnicodeDecodeError:
                text = path.read_text(encoding="cp1252", errors="replace")
        found.append(text)
    return found


def perimeter(wanted: Wanted, communes: pd.DataFrame, files: Mapping[str, Read]) -> Perimeter:
    """Find the communes asked for; all that is unknown or ambiguous is told at once."""
    if wanted.is_empty:
        raise Refused([Fault("territory.nothing_asked", "--communes")])
    if not 0 <= wanted.ring <= MOST_RING:
        details = {"value": wanted.ring, "low": 0, "high": MOST_RING}
        raise Refused([Fault("territory.out_of_range", "--ring", details={**details, "others": ""})])
    known = known_places(communes, files)
    codes, cpts, faults = _codes(wanted, communes, known, files)
    valleys = None
    if wanted.valleys:
        try:
            slow = asking.communes_meant(pasted(wanted.valleys), known, "--valleys")
            valleys = frozenset(slow)
        except Refused as refused:
            faults += refused.faults
    if faults:
        raise Refused(faults)
    return Perimeter(codes, wanted.ring, cpts, valleys)


def known_places(communes: pd.DataFrame, files: Mapping[str, Read]) -> Places:
    """Names and postcodes, with those of communes since merged when the COG is there."""
    formers: dict[str, str] = {}
    if "cog" in files:
        gone = files["cog"].table
        gone = gone[(gone["parent"] != "") & (gone["kind"] != "ARM")]
        formers = dict(zip(gone["name"], gone["parent"], strict=True))
    return places(communes, files["postcodes"].table if "postcodes" in files else None, formers)


def _codes(
    wanted: Wanted, communes: pd.DataFrame, known: Places, files: Mapping[str, Read]
) -> tuple[list[str], dict[str, str], list[Fault]]:
    """Communes in each way they were asked for, the CPTS of each, and what is wrong."""
    codes: list[str] = []
    cpts: dict[str, str] = {}
    faults: list[Fault] = []
    ways = [
        (wanted.communes, lambda: asking.communes_meant(pasted(wanted.communes), known), True),
        (wanted.epci, lambda: asking.federations_meant(wanted.epci, known, labels(communes)), True),
        (wanted.around, lambda: around(wanted, communes, known), True),
        (wanted.departements, lambda: asking.departements_meant(wanted.departements, known), False),
    ]
    for asked, find, is_cpts in ways:
        if not asked:
            continue
        try:
            some = find()
        except Refused as refused:
            faults += refused.faults
            continue
        codes += [code for code in some if code not in cpts]
        cpts |= dict.fromkeys(some, wanted.name if is_cpts else "")
    if wanted.cpts is not None:
        from scenarios.official.perimeters import inside_of

        try:
            found = inside_of(wanted.cpts, communes, wanted.cpts_name)
            codes += [code for code in found if code not in cpts]
            cpts |= found
        except Refused as refused:
            faults += refused.faults
    return codes, cpts, faults


def around(wanted: Wanted, communes: pd.DataFrame, known: Places) -> list[str]:
    """A commune and those within so many minutes by car."""
    if not 0 < wanted.minutes <= 120:
        details = {"value": wanted.minutes, "low": 0, "high": 120, "others": ""}
        raise Refused([Fault("territory.out_of_range", "--minutes", details=details)])
    middle = asking.communes_meant([wanted.around], known, "--around")
    here = communes[communes["insee_code"].isin(middle)]
    return [*middle, *within(communes, here, wanted.minutes)["insee_code"]]


def labels(communes: pd.DataFrame) -> dict[str, str]:
    """Names of EPCI by number, when a file tells them."""
    if "epci_label" not in communes:
        return {}
    told = communes[communes["epci_label"] != ""]
    return dict(zip(told["epci"], told["epci_label"], strict=True))
