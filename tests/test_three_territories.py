"""Dense, periurban, mountain: three places of France built from the national table, when it is beside the project."""

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from cpts.cli.doors import app
from simulation.territory import read_territory

PUBLIC_FILES = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
PLACES = {
    "dense": (
        ("--communes", "Montreuil (93), Bagnolet, Rosny-sous-Bois, Romainville, Noisy-le-Sec"),
        5,
        284_862,
    ),
    "periurban": (("--around", "Houdan", "--minutes", "20"), 57, 50_817),
    "mountain": (("--around", "Barcelonnette", "--minutes", "30"), 9, 6_324),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    if not (PUBLIC_FILES / "france_communes.parquet").is_file():
        pytest.skip("the public tables are not beside the repository")
    folder = tmp_path_factory.mktemp("places")
    for name, (words, _, _) in PLACES.items():
        asked = [
            "territory",
            "build",
            "-o",
            str(folder / name),
            *words,
            "--sources",
            str(PUBLIC_FILES),
            "--lang",
            "fr",
        ]
        done = CliRunner().invoke(app, asked)
        assert done.exit_code == 0, done.output
    return {name: read_territory(folder / name) for name in PLACES}


@pytest.mark.parametrize("name", PLACES)
def test_a_place_has_its_communes_and_its_people(built, name):
    communes = built[name].communes
    inside = communes[communes["inside"]]
    assert (len(inside), inside["population"].sum()) == PLACES[name][1:]
    assert set(built[name].practitioners["role"]) >= {"gp", "nurse", "pharmacist"}
    assert (built[name].hospitals["emergency"] == "yes").any()


def test_slow_roads_are_those_of_the_mountain(built):
    slow = {name: (one.communes["relief"] == "valley").mean() for name, one in built.items()}
    assert slow["dense"] == slow["periurban"] == 0
    assert slow["mountain"] > 0.5


def test_parts_of_france_add_up_to_france(built):
    """A commune has the same carers in whichever territory it is built."""
    from scenarios.anywhere.ground import ground
    from scenarios.anywhere.settling import counts_by_sirene
    from scenarios.official import national_table

    communes, _ = ground({"national": national_table.read(PUBLIC_FILES / "france_communes.parquet")})
    counts = counts_by_sirene(communes)
    assert sum(counts["gp"].values()) == 52_291
    for one in built.values():
        for role, number in counts.items():
            here = one.practitioners.loc[one.practitioners["role"] == role, "insee_code"].value_counts()
            wanted = pd.Series(number).reindex(one.communes["insee_code"]).fillna(0)
            assert here.reindex(wanted.index).fillna(0).tolist() == wanted.tolist()
