import re
import subprocess
import sys
from datetime import datetime

import pandas as pd
import pytest
import yaml
from typer.testing import CliRunner

from cpts.cli import shipped
from cpts.cli.doors import app
from scenarios.workbook import Gazetteer, NothingWritten, apply
from simulation import run
from simulation.faults import Refused
from simulation.scenario import load
from simulation.territory import read_territory
from tests.workbooks import TODAY, filled, read, template

TERRITORIES = shipped.folder() / "territories"
CANTON = TERRITORIES / "canton"
PRO = "Professionnels"
SHEETS = {
    "Professionnels": [
        ["médecin généraliste", "Pont sur Aiguette", "oui", "MSP de Pont-sur-Aiguette", 8, 4189, "40 à 49 ans", "non"],
        ["MG", "PONT-SUR-AIGUETTE", "non", None, "7,5", "3 665", "60 à 64 ans", "sous conditions",
         datetime(2032, 6, 30)],
        ["généraliste", "bas aiguette", "oui", None, 8],
        ["MK", "Filature", "oui", "Maison des Trois Ponts"],
        ["SF", "Les Terrasses", "oui", "maison des trois ponts"],
        ["orthophoniste", "Les Terrasses", "oui"],
    ],
    "Soins non programmés": [[datetime(2025, month, 1), 100 + month, 80, 60 + month] for month in range(1, 13)],
    "Chiffres du territoire": [
        ["Habitants de 17 ans et plus sans médecin traitant (%)", "11,2 %", 2025, "Rézone-CPTS"],
        ["Patients en ALD sans médecin traitant (nombre)", "<6", 2025, "CPAM"],
        ["Passages aux urgences (pour 1 000 habitants par an)", "290 à 320", 2024, "Centre hospitalier"],
        ["Patientèle moyenne par médecin traitant (personnes)", "s.s.", 2024, "Rézone-CPTS"],
    ],
    "Budget et temps": [["SNP", 2025, 65000, "41250,50", 60], ["Prévention", 2025, 20000, "NC", 12]],
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The canton, as its coordinator would describe it."""
    folder = tmp_path_factory.mktemp("coordinator")
    path = filled(folder / "t.xlsx", SHEETS, book=template(folder / "t.xlsx"))
    reading = read(path, Gazetteer.of_territory(CANTON))
    assert [one.told("fr") for one in reading.faults] == []
    return apply(reading.workbook, CANTON, folder / "mon-canton", TODAY)


def practitioners(folder):
    return pd.read_csv(folder / "practitioners.csv", dtype=str, keep_default_na=False)


def test_the_folder_is_a_territory_and_lives(built):
    asked = load(built.scenario, [shipped.folder()], ["days=14", "warm_up_days=14"])
    assert asked.territory.name == "mon-canton"
    assert len(asked.territory.practitioners.query("role == 'gp'")) == 3
    assert run(asked).cases("answered_48h_per_1000") > 0


def test_practitioners_are_roles_communes_and_numbers(built):
    table = practitioners(built.folder)
    gps = table[table["role"] == "gp"]
    assert gps["id"].tolist() == ["gp-99001-01", "gp-99001-02", "gp-99002-01"]
    assert gps["slots_per_year"].tolist() == ["4189", "3665", ""]
    assert gps["half_days_per_week"].tolist() == ["8", "7.5", "8"]
    assert gps["accepts_new"].tolist() == ["no", "", ""]
    assert gps["leaving"].tolist() == ["", "2032-06", ""]
    assert gps["cpts"].tolist() == ["canton", "", "canton"]
    assert gps["msp"].tolist() == ["msp-99001", "", ""]


def test_roles_that_are_listed_replace_the_others_stay(built):
    before, after = practitioners(CANTON), practitioners(built.folder)
    listed = {"gp", "physiotherapist", "midwife"}
    assert set(after.loc[after["role"].isin(listed), "id"]) & set(before["id"]) == set()
    stays = before[~before["role"].isin(listed)]
    pd.testing.assert_frame_equal(
        after[~after["role"].isin(listed)].sort_values("id", ignore_index=True),
        stays.sort_values("id", ignore_index=True),
    )
    assert [one.code for one in built.notes] == ["roles_replaced", "roles_kept", "observed_written"]
    assert "médecins généralistes (3)" in built.notes[0].told("fr")


def test_two_who_name_one_house_share_it_wherever_they_are(built):
    table = practitioners(built.folder).set_index("role")
    assert table.loc["physiotherapist", "msp"] == table.loc["midwife", "msp"] == "msp-99003"
    houses = pd.read_csv(built.folder / "structures.csv", dtype=str)
    assert houses["name"].tolist() == ["MSP de Pont-sur-Aiguette", "MSP de La Filature"]


def test_what_is_observed_stands_beside_what_is_simulated(built):
    observed = read_territory(built.folder).observed.set_index("indicator")
    assert observed.loc["without_usual_gp_share", "value"] == 0.112
    assert observed.loc["ed_per_1000", ["low", "high"]].tolist() == [290, 320]
    assert observed.loc["dedicated_slots", "value"] == 12 * 80
    assert observed.loc["dedicated_used_share", "value"] == pytest.approx((12 * 60 + 78) / 960, abs=1e-4)
    assert observed.loc["carer_hours", "value"] == 72
    assert pd.isna(observed.loc["money_eur", "value"])
    assert observed.loc["money_eur", "low"] == 41250.5
    assert "panel_mean" not in observed.index or pd.isna(observed.loc["panel_mean", "value"])


def test_what_has_no_indicator_is_kept_apart(built):
    kept = yaml.safe_load((built.folder / "workbook.yaml").read_text())
    [figure] = kept["figures"]
    assert figure["label"] == "Patients en ALD sans médecin traitant (nombre)"
    assert (figure["value"], figure["year"], figure["source"]) == ("<6", 2025, "Assurance maladie (CPAM)")
    assert len(kept["unscheduled_care_by_month"]) == 12
    assert kept["spending"][1]["spent_eur"] == "NC"
    assert "chiffres observés" in (built.folder / "SOURCES.md").read_text()


def test_months_that_lack_leave_a_low_end_only(tmp_path):
    sheets = {"Soins non programmés": [["juin 2025", 10, 40, 20], ["juillet 2025", 10, "NC", "<6"]]}
    reading = read(filled(tmp_path / "t.xlsx", sheets), Gazetteer.of_territory(CANTON))
    observed = read_territory(
        apply(reading.workbook, CANTON, tmp_path / "out", TODAY).folder
    ).observed.set_index("indicator")
    assert pd.isna(observed.loc["dedicated_slots", "value"])
    assert observed.loc["dedicated_slots", "low"] == 40
    assert observed.loc["dedicated_used_share", "value"] == 0.5


def test_the_communes_listed_are_the_territory_the_others_its_ring(tmp_path):
    sheets = {"Communes": [["Pont-sur-Aiguette"], ["Les Terrasses", 99004, "couronne"], ["Haute-Aiguette"]]}
    reading = read(filled(tmp_path / "t.xlsx", sheets), Gazetteer.of_territory(CANTON))
    territory = read_territory(apply(reading.workbook, CANTON, tmp_path / "out", TODAY).folder)
    communes = territory.communes.set_index("insee_code")
    assert communes.index[communes["inside"]].tolist() == ["99001", "99005"]
    assert communes["cpts"].tolist() == ["canton", "", "", "", "canton"]
    before = practitioners(CANTON)
    assert set(territory.practitioners["id"]) == set(before["id"])


def test_a_territory_where_nobody_could_be_seen_is_refused_and_nothing_is_written(tmp_path):
    sheets = {PRO: [["MG", "Pont-sur-Aiguette", "oui"]]}
    reading = read(filled(tmp_path / "t.xlsx", sheets), Gazetteer.of_territory(CANTON))
    far = tmp_path / "far"
    far.mkdir()
    for path in CANTON.glob("*.csv"):
        far.joinpath(path.name).write_bytes(path.read_bytes())
    communes = (far / "communes.csv").read_text().replace("46.4820", "48.9000")
    (far / "communes.csv").write_text(communes)
    with pytest.raises(Refused):
        apply(reading.workbook, far, tmp_path / "out", TODAY)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["far", "t.xlsx"]


@pytest.mark.parametrize("taken", ["out/there", "out.yaml", "out"])
def test_a_place_that_is_taken_is_left_as_it_was(tmp_path, taken):
    reading = read(
        filled(tmp_path / "t.xlsx", {PRO: [["MG", "Bas-Aiguette"]]}), Gazetteer.of_territory(CANTON)
    )
    place = tmp_path / taken
    place.parent.mkdir(exist_ok=True)
    place.write_text("mine")
    with pytest.raises(NothingWritten):
        apply(reading.workbook, CANTON, tmp_path / "out", TODAY)
    assert place.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_observed_figures_stand_beside_the_simulated_ones(built):
    asked = ["run", str(built.scenario), "--days", "14", "--set", "warm_up_days=14"]
    done = CliRunner(env={"COLUMNS": "120"}).invoke(app, [*asked, "--lang", "fr"])
    assert done.exit_code == 0, done.output
    lines = done.output[done.output.index("Ce qui a été observé ici") :].splitlines()
    assert [word for word in ("Repère local", "Observé", "Année", "Simulé") if word not in lines[1]] == []
    [without] = [line for line in lines if line.startswith("Sans médecin traitant, Rézone-CPTS (%)")]
    assert re.search(r" 11,2 +2025 +\d", without)
    assert any("290 à 320" in line for line in lines)
    assert any("au moins 41" in line for line in lines)
    done = CliRunner().invoke(app, ["run", "canton", *asked[2:], "--lang", "fr"])
    assert "observé ici" not in done.output


# ---------------------------------------------------------------- the command line


def said(*words, lang="fr"):
    done = CliRunner(env={"COLUMNS": "80"}).invoke(app, ["workbook", *map(str, words), "--lang", lang])
    assert "Traceback" not in done.output
    return done.exit_code, re.sub(r"\s+", " ", done.output)


def test_a_workbook_goes_round_on_the_command_line(tmp_path):
    code, told = said("template", "-o", tmp_path / "territoire.xlsx")
    assert (code, "Le remplir, puis" in told) == (0, True)
    book = __import__("openpyxl").load_workbook(tmp_path / "territoire.xlsx")
    filled(tmp_path / "plein.xlsx", SHEETS, book=book)
    out = tmp_path / "mon-canton"
    code, told = said("read", tmp_path / "plein.xlsx", "-o", out, "--territory", "canton")
    assert code == 0, told
    assert f"cpts check {out}" in told.replace("\n", "")
    assert "orthophoniste (1)" in told
    checked = CliRunner().invoke(app, ["check", str(out), "--lang", "fr"])
    assert "Ce dossier est bon" in checked.output
    checked = CliRunner().invoke(app, ["check", str(tmp_path / "mon-canton.yaml"), "--lang", "fr"])
    assert "Ce fichier est bon" in checked.output


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (["ecrire"], "template, read"),
        (["read"], "cpts workbook read territoire.xlsx"),
        (["template", "-o", "x.csv"], ".xlsx"),
        (["template", "-o", "nowhere/x.xlsx"], "Le créer"),
        (["read", "t.xlsx", "--territory", "ailleurs"], "cpts territory build"),
        (["read", "t.xlsx", "-o", "nowhere/out"], "Le créer"),
        (["read", "absent.xlsx", "-o", "out"], "Vérifier son nom"),
    ],
)
def test_a_mistyped_line_is_mended(tmp_path, monkeypatch, words, remedy):
    monkeypatch.chdir(tmp_path)
    code, told = said(*words)
    assert (code, remedy in told) == (2, True), told
    assert list(tmp_path.iterdir()) == []


def test_a_filled_workbook_is_never_overwritten_by_a_template(tmp_path):
    (tmp_path / "t.xlsx").write_text("mine")
    code, told = said("template", "-o", tmp_path / "t.xlsx")
    assert (code, "existe déjà" in told) == (2, True)
    assert (tmp_path / "t.xlsx").read_text() == "mine"


def test_a_workbook_becomes_a_territory_on_the_shipped_communes_when_no_public_file_is_there(tmp_path):
    filled(tmp_path / "rempli.xlsx")
    line = [sys.executable, "-m", "cpts", "territory", "build", "--from", str(tmp_path / "rempli.xlsx")]
    place = ["--sources", str(tmp_path / "nothing"), "-o", str(tmp_path / "mine")]
    done = subprocess.run([*line, *place], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(read_territory(tmp_path / "mine").observed) == 5
    again = subprocess.run([*line, *place], capture_output=True, text=True, check=False)
    assert again.returncode == 2
    assert "Traceback" not in again.stderr
