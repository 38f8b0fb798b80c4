"""Times of a routing engine, or of a road graph, become those of a territory; INSEE's minutes judge them."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from cpts.cli.doors import app
from simulation.territory import minutes, read_territory

SHIPPED = Path(__file__).resolve().parent.parent / "scenarios" / "territories"


def said(*words, lang="fr"):
    done = CliRunner(env={"COLUMNS": "100"}).invoke(
        app, ["territory", "travel", *map(str, words), "--lang", lang]
    )
    assert "Traceback" not in done.output
    return done


@pytest.fixture
def canton(tmp_path):
    shutil.copytree(SHIPPED / "canton", tmp_path / "canton")
    return tmp_path / "canton"


def pairs(folder):
    """Every pair of communes with 1.5 times the minutes of the formula."""
    territory = read_territory(folder)
    found, codes = minutes(territory) * 1.5, territory.communes["insee_code"].tolist()
    return pd.DataFrame(
        [(one, other, found[i, j]) for i, one in enumerate(codes) for j, other in enumerate(codes)],
        columns=["origin", "destination", "minutes"],
    )


def write_osrm(told, place):
    """Long, in seconds, as rows of a table service are kept."""
    told.assign(duration=told["minutes"] * 60).drop(columns="minutes").to_csv(place, index=False)


def write_valhalla(told, place):
    names = {"origin": "from_id", "destination": "to_id"}
    told.assign(time=told["minutes"] * 60).drop(columns="minutes").rename(columns=names).to_parquet(place)


def write_r5py(told, place):
    names = {"origin": "from_id", "destination": "to_id", "minutes": "travel_time"}
    told.rename(columns=names).to_csv(place, index=False, sep=";")


def write_wide(told, place):
    told.pivot(index="origin", columns="destination", values="minutes").to_csv(place)


@pytest.mark.parametrize(
    ("write", "file", "more"),
    [
        (write_osrm, "osrm.csv", ()),
        (write_valhalla, "valhalla.parquet", ()),
        (write_r5py, "r5py.csv", ()),
        (write_wide, "wide.csv", ("--unit", "minutes")),
    ],
)
def test_a_matrix_of_any_engine_gives_the_same_times(canton, tmp_path, write, file, more):
    told = pairs(canton)
    before = minutes(read_territory(canton))
    write(told, tmp_path / file)
    done = said(canton, "--matrix", tmp_path / file, *more)
    assert done.exit_code == 0, done.output
    after = minutes(read_territory(canton))
    apart = ~np.eye(len(before), dtype=bool)
    assert after[apart] == pytest.approx(before[apart] * 1.5, abs=0.011)
    assert after.diagonal() == pytest.approx(before.diagonal())  # inside a commune the formula stays
    assert not list(canton.glob(".*"))


def test_the_quickest_way_is_found_on_a_road_graph(canton, tmp_path):
    """A ring of roads at 60 km/h through the town halls, with a slow shortcut nobody takes."""
    communes = read_territory(canton).communes
    codes = communes["insee_code"].tolist()
    nodes = communes[["insee_code", "lat", "lon"]].rename(columns={"insee_code": "id"})
    nodes.to_csv(tmp_path / "nodes.csv", index=False)
    rows = [(codes[at], codes[(at + 1) % len(codes)], 6_000, 60) for at in range(len(codes))]
    rows.append((codes[0], codes[2], 6_000, 10))
    pd.DataFrame(rows, columns=["u", "v", "length", "speed_kph"]).to_csv(tmp_path / "edges.csv", index=False)
    done = said(canton, "--edges", tmp_path / "edges.csv", "--nodes", tmp_path / "nodes.csv")
    assert done.exit_code == 0, done.output
    found = minutes(read_territory(canton))
    steps = [min(at, len(codes) - at) for at in range(1, len(codes))]
    assert found[0, 1:] == pytest.approx([2 + 6 * step for step in steps], abs=0.02)
    one_way = pd.DataFrame(rows[:-1], columns=["u", "v", "length", "speed_kph"]).assign(oneway="yes")
    one_way.to_csv(tmp_path / "edges.csv", index=False)
    assert said(canton, "--edges", tmp_path / "edges.csv", "--nodes", tmp_path / "nodes.csv").exit_code == 0
    told = pd.read_csv(canton / "travel.csv", dtype={"origin": str, "destination": str})
    back = told[(told["origin"] == codes[1]) & (told["destination"] == codes[0])]["minutes"].item()
    assert back == pytest.approx(2 + 6 * (len(codes) - 1), abs=0.02)


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("m.csv", "origin,destination,minutes\n99301,99302,dix\n", "m.csv, ligne 2, colonne « minutes »"),
        ("m.csv", "origin,destination,minutes\n99301,99302,-1\n", "m.csv, ligne 2, colonne « minutes »"),
        ("m.csv", "origin,destination,temps\n99301,99302,3\n", "Ajouter --unit"),
        ("m.csv", "origin,destination,km\n99301,99302,3\n", "cette colonne manque"),
        ("m.csv", "origin,destination,minutes\nA,B,3\n", "aucun identifiant n’est une commune"),
        ("m.csv", "origin,destination,minutes\n99101,99102,3,4\n", "4 cellules au lieu de 3"),
        ("m.csv", "", "le fichier est vide"),
        ("m.parquet", "no parquet", "ne s’ouvre pas"),
    ],
)
def test_a_matrix_that_cannot_be_used_is_refused_and_nothing_is_written(
    canton, tmp_path, file, content, told
):
    (tmp_path / file).write_text(content, encoding="utf-8")
    done = said(canton, "--matrix", tmp_path / file)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.replace("\u202f", " ").split())
    assert not (canton / "travel.csv").exists()


def test_a_commune_without_any_time_is_told(canton, tmp_path):
    told = pairs(canton)
    lonely = told["origin"].iloc[0]
    told[(told["origin"] != lonely) & (told["destination"] != lonely)].to_csv(tmp_path / "m.csv", index=False)
    done = said(canton, "--matrix", tmp_path / "m.csv")
    assert done.exit_code == 2
    assert lonely in done.stderr
    assert not (canton / "travel.csv").exists()


def test_the_graph_of_another_place_is_refused(canton, tmp_path):
    (tmp_path / "nodes.csv").write_text("id,lat,lon\na,44.0,4.0\nb,44.1,4.0\n")
    (tmp_path / "edges.csv").write_text("u,v,minutes\na,b,3\na,c,4\n")
    words = (canton, "--edges", tmp_path / "edges.csv", "--nodes", tmp_path / "nodes.csv")
    assert "edges.csv, line 3" in said(*words, lang="en").stderr
    (tmp_path / "edges.csv").write_text("u,v,minutes\na,b,3\n")
    assert "does not cover" in " ".join(said(*words, lang="en").stderr.split())


def test_the_minutes_of_insee_say_how_wrong_the_formula_is(canton, tmp_path):
    territory = read_territory(canton)
    gps = territory.practitioners.query("role == 'gp'")["insee_code"].unique()
    at = [territory.communes["insee_code"].tolist().index(code) for code in gps]
    nearest = minutes(territory)[:, at].min(axis=1)
    rows = [(f"c{i}-{k}", code, "D265", nearest[i] + 3 + k, 10.0)
            for i, code in enumerate(territory.communes["insee_code"]) for k in (-1, 1)]  # fmt: skip
    pd.DataFrame(rows, columns=["idSrc", "depcom", "typeeq_id", "duree", "pop"]).to_parquet(
        tmp_path / "donnees_2025_reg99.parquet"
    )
    done = said(canton, "--check", tmp_path / "donnees_2025_reg99.parquet")
    assert done.exit_code == 0, done.output
    told = " ".join(done.stdout.replace("\u202f", " ").split())
    assert "3,0 min plus court" in told
    assert "médecin généraliste 5" in told
    assert said(canton).exit_code == 2
