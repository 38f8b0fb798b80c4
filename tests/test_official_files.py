"""Files that a user downloads become a territory, or are refused with file, line, column and remedy."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from cpts.cli.doors import app
from scenarios.official import (
    ages,
    bands,
    carers,
    catalogue,
    equipment,
    establishments,
    perimeters,
    populations,
)
from simulation.faults import Refused
from simulation.territory import read_territory
from tests import official_files
from tests.official_files import inside, table

VALLEYS = [
    code for code, relief in table("communes")[["insee_code", "relief"]].to_numpy() if relief == "valley"
]


def said(*words, lang="fr"):
    done = CliRunner(env={"COLUMNS": "100"}).invoke(app, ["territory", *map(str, words), "--lang", lang])
    assert "Traceback" not in done.output
    return done


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    return official_files.write_all(tmp_path_factory.mktemp("official") / "sources")


@pytest.fixture(scope="module")
def rebuilt(sources):
    folder = sources.parent / "chataigne-micocoule"
    done = said("build", "-o", folder, "--communes", "\n".join(inside()["name"]), "--valleys", ",".join(VALLEYS),
                "--sources", sources)  # fmt: skip
    assert done.exit_code == 0, done.output
    return folder


def shipped_and(rebuilt):
    return read_territory(official_files.SHIPPED), read_territory(rebuilt)


def test_the_cevennes_rebuilt_from_official_files_have_the_communes_of_the_shipped_folder(rebuilt):
    shipped, ours = shipped_and(rebuilt)
    same = ["insee_code", "name", "departement", "epci", "basin", "cpts", "inside", "lat", "lon", "population",
            "area_km2", "relief"]  # fmt: skip
    pd.testing.assert_frame_equal(ours.communes[same], shipped.communes[same])
    for share in ("share_0_14", "share_65_plus"):
        assert ours.communes[share].to_numpy() == pytest.approx(shipped.communes[share].to_numpy(), abs=2e-4)


def test_the_cevennes_rebuilt_have_the_carers_and_houses_of_the_shipped_folder(rebuilt):
    shipped, ours = shipped_and(rebuilt)
    known = shipped.practitioners["role"].isin(official_files.TRADES)
    counts = [rows[["role", "insee_code"]].value_counts().sort_index()
              for rows in (ours.practitioners, shipped.practitioners[known])]  # fmt: skip
    pd.testing.assert_series_equal(*counts)
    gps = ours.practitioners[ours.practitioners["role"] == "gp"]
    assert gps["slots_per_year"].mean() == pytest.approx(4_389, abs=1)
    where = ["insee_code", "kind", "name"]
    pd.testing.assert_frame_equal(ours.structures[where], shipped.structures[where])
    assert ours.structures["lat"].to_numpy() == pytest.approx(shipped.structures["lat"].to_numpy(), abs=2e-5)
    assert (ours.practitioners["msp"] != "").any()


def test_the_cevennes_rebuilt_send_people_to_the_emergency_departments_of_the_shipped_folder(rebuilt):
    shipped, ours = shipped_and(rebuilt)
    open_ = [
        set(one.hospitals.loc[one.hospitals["emergency"] == "yes", "finess_et"]) for one in (shipped, ours)
    ]
    near = set(ours.hospitals["finess_et"])
    assert open_[1] == open_[0] & near
    assert {"300000023", "300782117"} <= open_[1]
    assert len(open_[1]) == 3  # what is over an hour from everybody is left out


def test_pages_tell_files_their_fingerprint_and_rules_and_no_name_of_anybody(rebuilt, sources):
    page = (rebuilt / "SOURCES.md").read_text(encoding="utf-8")
    for path in sources.iterdir():
        assert f"`{path.name}`" in page
    assert re.search(r"BPE24\.parquet` \| 2024 \| `[0-9a-f]{16}`", page)
    assert "Windows-1252" in page
    assert "Ce qui a été rempli" in page
    assert "1 sans commune" in page
    assert "code géographique" not in page
    for path in rebuilt.iterdir():
        assert "NOM1" not in path.read_text(encoding="utf-8")
        assert "PRENOM" not in path.read_text(encoding="utf-8")
    diagnosis = (rebuilt / "diagnostic.md").read_text(encoding="utf-8")
    assert re.search(r"APL aux généralistes \(DREES\) \| 3,00 \|", diagnosis)
    assert "1_ZIP (33)" in diagnosis
    assert (rebuilt / "carte.svg").read_text(encoding="utf-8").count("<path") > 50


def test_the_folder_passes_check_and_its_scenario_is_read(rebuilt):
    from cpts.cli.shipped import folder
    from simulation.scenario import load

    asked = load(rebuilt.with_name("chataigne-micocoule.yaml"), [folder()])
    assert asked.territory == read_territory(rebuilt)
    done = CliRunner().invoke(app, ["check", str(rebuilt), "--lang", "fr"])
    assert done.exit_code == 0
    assert "20 355" in done.stdout.replace("\u202f", " ")


# ---------------------------------------------------------------- what is asked


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("Ste-Croix", "Sainte-Croix (12217), Sainte-Croix (81326)"),
        ("Sainte Croix (48)", "n’existe pas à cet endroit"),
        ("30140", "insee:30140 = Lasalle (30140), cp:30140 = Anduze"),
        ("Lassale", "À choisir : Lasalle (30140)"),
        ("1004", "Écrire 01004"),
        ("30999", "ni un code INSEE ni un code postal"),
        (" ; , ", "aucune commune n’est demandée"),
    ],
)
def test_what_could_be_two_things_is_asked_back(sources, tmp_path, asked, sentence):
    done = said("build", "-o", tmp_path / "x", "--communes", asked, "--sources", sources)
    assert done.exit_code == 2
    plain = re.sub(r"\s+", " ", done.stderr.replace("\u202f", " "))
    assert sentence in plain
    assert list(tmp_path.iterdir()) == []


def test_communes_are_found_however_they_are_written(sources, tmp_path):
    listed = tmp_path / "liste.txt"
    listed.write_text(
        "- ST JEAN DU GARD\n30140 Lasalle\n• sauve (30)\ncp:30140\nCorbès\ncp:30460", encoding="utf-8"
    )
    done = said("build", "-o", tmp_path / "x", "--communes", listed, "--sources", sources, "--ring", "0")
    assert done.exit_code == 0, done.output
    found = set(pd.read_csv(tmp_path / "x" / "communes.csv", dtype=str)["insee_code"])
    assert found == {"30269", "30140", "30311", "30010", "30329", "30322"}


def test_a_wider_ring_holds_a_narrower_one(sources, tmp_path):
    sizes = []
    for ring in (0, 15, 30):
        folder = tmp_path / f"r{ring}"
        words = ("--communes", "Lasalle,Sauve", "--ring", ring, "--sources", sources)
        assert said("build", "-o", folder, *words).exit_code == 0
        rows = read_territory(folder).communes
        assert rows["inside"].sum() == 2
        sizes.append(len(rows))
    assert sizes[0] == 2 < sizes[1] < sizes[2]


def test_a_federation_a_departement_or_a_drive_may_be_asked_for(sources, tmp_path):
    for words, some in (
        (("--epci", "CC du Piémont Cévenol"), "30311"),
        (("--departement", "48"), "48148"),
        (("--around", "Sauve", "--minutes", "12"), "30311"),
    ):
        folder = tmp_path / words[0].strip("-")
        done = said("build", "-o", folder, *words, "--sources", sources, "--ring", "0", lang="en")
        assert done.exit_code == 0, done.output
        rows = read_territory(folder)
        assert some in set(rows.communes["insee_code"])
        assert (folder / "diagnosis.md").is_file()
        assert (rows.communes["cpts"] != "").all() == (words[0] != "--departement")


@pytest.mark.parametrize("metres", ["degrees", "lambert", "mercator"])
def test_a_perimeter_takes_the_communes_whose_town_hall_it_holds(sources, tmp_path, metres):
    from numpy import log, pi, radians, tan

    corners = [(43.99, 3.80), (43.99, 3.92), (44.12, 3.92), (44.12, 3.80), (43.99, 3.80)]
    if metres == "lambert":
        ring = [official_files.lambert_93(*corner) for corner in corners]
    elif metres == "mercator":
        ring = [
            (lon * 20037508.342789244 / 180, log(tan(pi / 4 + radians(lat) / 2)) * 6378137.0)
            for lat, lon in corners
        ]
    else:
        ring = [(lon, lat) for lat, lon in corners]
    feature = {"type": "Feature", "properties": {"NOM_CPTS": "CPTS Vallées Cévenoles"},
               "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    place = tmp_path / "perimeter.geojson"
    crs = {"mercator": {"crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}}}.get(metres, {})
    place.write_text(json.dumps({"type": "FeatureCollection", "features": [feature], **crs}))
    rows = official_files.communes()
    held = rows[rows["lat"].between(43.99, 44.12) & rows["lon"].between(3.80, 3.92)]
    assert perimeters.inside_of(place, rows) == dict.fromkeys(held["insee_code"], "cpts-vallees-cevenoles")
    done = said("build", "-o", tmp_path / "x", "--cpts", place, "--sources", sources)
    assert done.exit_code == 0, done.output
    assert set(read_territory(tmp_path / "x").communes["cpts"]) == {"", "cpts-vallees-cevenoles"}


# ---------------------------------------------------------------- readers


def test_people_by_year_of_age_become_ages_of_the_territory(sources, tmp_path):
    folder = tmp_path / "sources"
    folder.mkdir()
    official_files.national(folder)
    official_files.ages_by_year(folder, ["30140", "30311"])
    done = said(
        "build", "-o", tmp_path / "x", "--communes", "insee:30140, Sauve", "--sources", folder, "--ring", "0"
    )
    assert done.exit_code == 0, done.output
    rows = read_territory(tmp_path / "x")
    assert rows.ages is not None and len(rows.ages) == 400
    assert rows.communes["share_65_plus"].to_numpy() == pytest.approx([0.35, 0.35])
    assert ages.read(folder / "TD_POP1B_2021.csv").source.vintage == "2021"


def test_a_hidden_commune_is_missing_and_never_zero(sources):
    known = bands.read(sources / "base-cc-evol-struct-pop-2021.CSV")
    assert "12217" not in set(known.table["insee_code"])
    assert len(known.table) == len(official_files.communes()) - 1
    assert known.source.note == "latin"


def test_older_editions_are_read_too(tmp_path):
    old = tmp_path / "base-cc-evol-struct-pop-2017.csv"
    old.write_text("CODGEO;P17_POP;P17_POP0014;P17_POP1529;P17_POP3044;P17_POP4559;P17_POP6074;P17_POP75P\n"
                   "2A004;100;20;10;10;20;30;10\n", encoding="utf-8")  # fmt: skip
    assert bands.read(old).table["old"].tolist() == [30.0]
    before = tmp_path / "donnees_communes.csv"
    before.write_text(
        "DEP;CODCOM;Commune;PMUN\n971;01;Les Abymes;53\n2A;004;Ajaccio;75 000\n", encoding="utf-8"
    )
    assert populations.read(before).table.to_numpy().tolist() == [["97001", 53], ["2A004", 75_000]]
    points = tmp_path / "bpe18_ensemble_xy.csv"
    x, y = official_files.lambert_93(44.045, 3.854)
    points.write_text(f"REG;DEP;DEPCOM;DCIRIS;AN;TYPEQU;LAMBERT_X;LAMBERT_Y;QUALITE_XY\n"
                      f"76;30;30140;30140_0000;2018;D201;{x:.2f};{y:.2f};Bonne\n", encoding="utf-8")  # fmt: skip
    [row] = equipment.read(points).table.to_dict("records")
    assert (row["role"], round(row["lat"], 4), round(row["lon"], 4)) == ("gp", 44.045, 3.854)


def test_totals_of_the_base_of_equipment_are_counted_once(tmp_path):
    place = tmp_path / "DS_BPE_2024.csv"
    head = "GEO;GEO_OBJECT;FACILITY_DOM;FACILITY_SDOM;FACILITY_TYPE;BPE_MEASURE;TIME_PERIOD;OBS_VALUE\n"
    row = "2026-COM-30140;COM;{};{};D265;FACILITIES;2024;3\n"
    place.write_text(
        head + row.format("D", "D2") + row.format("_T", "_T") + row.format("D", "_T"), encoding="utf-8"
    )
    read = equipment.read(place)
    assert len(read.table) == 3
    assert read.source.vintage == "2024"


def test_finess_is_read_in_its_two_layouts(sources, tmp_path):
    old = establishments.read(sources / "etalab_finess.csv")
    assert old.source.vintage == "2026"
    assert sorted(old.table.query("kind == 'msp'")["insee_code"]) == ["30140", "30269", "30311"]
    new = tmp_path / "finess_2026.csv"
    new.write_text("nofinesset;rs;categetab;codecommune;latitude;longitude\n"
                   "300000023;CH;355;30007;44.145;4.0955\n010000024;MSP;603;01004;5.36;45.96\n",
                   encoding="utf-8")  # fmt: skip
    rows = establishments.read(new).table
    assert rows["finess_et"].tolist() == ["300000023", "010000024"]
    assert rows["lat"].tolist() == [44.145, 45.96]  # the second was swapped


def test_the_directory_of_carers_loads_no_column_that_tells_who_somebody_is(sources):
    heads = [column.heads for column in carers.COLUMNS]
    for word in ("nom", "prénom", "téléphone", "mail", "adresse", "voie"):
        assert not any(re.search(rf"\b{word}\b", head) for head in heads)
    read = carers.read(sources / "PS_LibreAcces_Personne_activite_202610080751.txt")
    assert list(read.table.columns) == ["role", "insee_code", "lat", "lon"]
    assert read.source.vintage == "2026"


def test_every_kind_of_file_is_known_by_its_usual_name():
    for kind in catalogue.catalogue():
        assert catalogue.kind_of(kind.keep_as.replace("AAAAMMJJHHMM", "202610080751")) == kind.name


def test_sources_tell_what_to_download_and_what_is_there(sources):
    told = said("sources", "--sources", sources).stdout
    assert "france_communes.parquet (indispensable) – présent" in told
    assert "https://www.insee.fr/" in told
    assert told.count("présent") == 11


def test_a_map_is_drawn_of_any_territory(tmp_path):
    assert said("show", "village", "-o", tmp_path / "m.png").exit_code == 0
    assert (tmp_path / "m.png").read_bytes().startswith(b"\x89PNG")
    assert said("show", "village", "-o", tmp_path / "m.gif").exit_code == 2


def test_a_folder_that_is_there_is_not_lost(sources, rebuilt, tmp_path):
    words = ("--communes", "Sauve", "--sources", sources)
    assert said("build", "-o", rebuilt, *words).exit_code == 2
    other = tmp_path / "precious"
    other.mkdir()
    (other / "thesis.txt").write_text("x")
    assert said("build", "-o", other, *words, "--replace").exit_code == 2
    assert (other / "thesis.txt").read_text() == "x"
    assert said("build", "-o", tmp_path / "again", *words).exit_code == 0
    assert said("build", "-o", tmp_path / "again", *words, "--replace", "--ring", "0").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again", "again.yaml", "precious"]
    assert len(read_territory(tmp_path / "again").communes) == 1


def test_without_the_national_table_nothing_is_built(tmp_path):
    with pytest.raises(Refused):
        catalogue.gathered(tmp_path)
    done = said("build", "-o", tmp_path / "x", "--communes", "Sauve", "--sources", tmp_path)
    assert "table nationale" in done.stderr
    assert Path(tmp_path / "x").exists() is False


def test_a_table_without_any_carer_asks_for_a_file_that_counts_them(tmp_path):
    folder = tmp_path / "sources"
    folder.mkdir()
    official_files.national(folder)
    table = pd.read_parquet(folder / "france_communes.parquet")
    kept = table[[column for column in table if not column.startswith("sirene")]]
    names = {"insee_code": "code_insee", "name": "nom_standard", "lat": "latitude_mairie", "lon": "longitude_mairie",
             "area_km2": "superficie_km2", "departement_code": "dep_code", "epci_siren": "epci_code"}  # fmt: skip
    (folder / "france_communes.parquet").unlink()
    kept.rename(columns=names).to_csv(folder / "communes-france-2026.csv", index=False)
    words = ("build", "-o", tmp_path / "x", "--communes", "Sauve", "--sources", folder)
    done = said(*words)
    assert done.exit_code == 2
    assert "où exercent les généralistes" in " ".join(done.stderr.split())
    official_files.carers(folder)
    assert said(*words).exit_code == 0
    assert "sage" not in (tmp_path / "x" / "practitioners.csv").read_text()


def test_a_hamlet_without_a_gp_around_asks_for_a_wider_ring(sources, tmp_path):
    words = ("build", "-o", tmp_path / "x", "--communes", "Vabres", "--sources", sources)
    done = said(*words, "--ring", "0", lang="en")
    assert done.exit_code == 2
    assert "wider ring" in " ".join(done.stderr.split())
    assert said(*words, "--ring", "15").exit_code == 0
    assert "Moins de 300 habitants" in (tmp_path / "x" / "diagnostic.md").read_text(encoding="utf-8")


def test_what_comes_with_the_project_is_never_written_in(tmp_path):
    place = tmp_path / "m.csv"
    place.write_text("origin,destination,minutes\n99101,99102,9\n")
    assert said("travel", "village", "--matrix", place).exit_code == 2
