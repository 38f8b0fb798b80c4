"""A postcode (code postal) serves several communes, and a commune may have several postcodes (La Poste)."""

from pathlib import Path

from scenarios.official.cells import Wanted, checked
from scenarios.official.source import Read, Source, digest, refuse, vintage
from scenarios.official.text_table import whole

COLUMNS = [
    Wanted("insee_code", "#?code_?commune_?insee|code_insee|insee_code", "commune", filled=True),
    Wanted("postcode", "code_?postal|postcode", filled=True),
]


def read(path: Path) -> Read:
    """Pairs of a commune and a postcode."""
    cells = whole(path, COLUMNS)
    table, faults = checked(cells, COLUMNS)
    refuse(faults)
    table["postcode"] = table["postcode"].str.zfill(5)
    return Read(table.drop_duplicates().reset_index(drop=True),
                Source("postcodes", path.name, digest(path), vintage(path.name)))  # fmt: skip
