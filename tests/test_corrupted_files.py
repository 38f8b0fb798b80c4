"""Whatever is wrong in a downloaded file is told with file, line, column and remedy; nothing is left half written."""

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from cpts.cli.doors import app
from cpts.cli.faults import sentence
from scenarios.official import catalogue
from simulation.faults import Refused
from tests import official_files

REMEDY = {
    "fr": r"[Tt]élécharger|[ÉE]crire|Mettre|[Rr]etirer|[Rr]emplir|[Cc]orriger|N’en garder|Chercher|L’enregistrer|"
    r"Le décompresser|Valeurs possibles|Exporter|Vérifier",
    "en": r"[Dd]ownload|Write|Make|[Rr]emove|Fill|Correct|Keep|Look for|[Ss]ave|Unzip|Possible values|Export|Check",
}
TEXTS = ("donnees_communes.csv", "v_commune_2026.csv", "base-cc-evol-struct-pop-2021.CSV", "etalab_finess.csv",
         "PS_LibreAcces_Personne_activite_202610080751.txt", "laposte_hexasmal.csv", "cartosante_zonage.csv",
         "TD_POP1B_2021.csv")  # fmt: skip
SEPARATOR = {"v_commune_2026.csv": ",", "PS_LibreAcces_Personne_activite_202610080751.txt": "|"}
HEADER = {"cartosante_zonage.csv": 2}
CODE_AND_NUMBER = {
    "donnees_communes.csv": ("COM", "PMUN"), "v_commune_2026.csv": ("COM", ""),
    "base-cc-evol-struct-pop-2021.CSV": ("CODGEO", "P21_POP0014"),
    "PS_LibreAcces_Personne_activite_202610080751.txt": ("Code commune (coord. structure)", ""),
    "laposte_hexasmal.csv": ("#Code_commune_INSEE", ""), "cartosante_zonage.csv": ("Code", ""),
    "TD_POP1B_2021.csv": ("CODGEO", "NB"),
}  # fmt: skip
"""The column of codes and a column of numbers of each file."""


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    folder = official_files.write_all(tmp_path_factory.mktemp("good") / "sources")
    official_files.ages_by_year(folder, ["30140"])
    return folder


def refused(path: Path):
    """The faults for which a file is refused, none when it is read."""
    try:
        catalogue.reader(catalogue.kind_of(path.name))(path)
    except Refused as problem:
        return problem.faults
    return ()


def check_told(faults, file: str, line: int | None = None, field: str | None = None) -> None:
    """Every fault names its file and a remedy in both languages; one of them, the line and the column."""
    assert faults
    for fault in faults:
        assert fault.file.startswith(file)
        for lang in ("fr", "en"):
            told = sentence(fault, lang)
            assert told.startswith(file)
            assert re.search(REMEDY[lang], told), told
            assert not re.search(r"\[\[|\]\]|\{|«\s*»|\"\"", told), told
            assert told.endswith((".", "?"))
    if line is not None:
        assert line in [fault.line for fault in faults]
        assert f"ligne {line}" in " ".join(sentence(fault, "fr") for fault in faults)
    if field is not None:
        assert field in [fault.field for fault in faults]


def lines_of(path: Path) -> list[str]:
    alphabet = "cp1252" if path.suffix == ".CSV" else "utf-8-sig"
    return path.read_text(encoding=alphabet).splitlines()


def put(folder: Path, name: str, lines: list[str]) -> Path:
    place = folder / name
    place.write_text("\n".join(lines) + "\n", encoding="cp1252" if place.suffix == ".CSV" else "utf-8")
    return place


def test_the_files_are_good_before_they_are_spoilt(good):
    for path in good.iterdir():
        assert refused(path) == ()


@settings(max_examples=90, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_spoilt_cell_is_told_with_its_file_line_column_and_remedy(good, tmp_path, data):
    name = data.draw(st.sampled_from([name for name in TEXTS if name in CODE_AND_NUMBER]))
    lines, sign, at = lines_of(good / name), SEPARATOR.get(name, ";"), HEADER.get(name, 0)
    heads = lines[at].split(sign)
    row = data.draw(st.integers(at + 1, len(lines) - 1))
    while not re.search(r"30\d{3}|48\d{3}", lines[row]):
        row = at + 1 + (row - at) % (len(lines) - at - 1)
    code, number = CODE_AND_NUMBER[name]
    kinds = ["lost zero", "no code", "too many cells", "too few cells"] + (
        ["no number", "negative"] if number else []
    )
    kind = data.draw(st.sampled_from(kinds))
    cells = lines[row].split(sign)
    field = (
        number if kind in ("no number", "negative") else code if "code" in kind or "zero" in kind else None
    )
    if kind == "too many cells":
        cells.append("x")
    elif kind == "too few cells":
        cells = cells[:-2]
    else:
        wrong = {
            "lost zero": st.from_regex(r"[1-9][0-9]{3}", fullmatch=True),
            "no code": st.from_regex(r"(3014X|[A-Z]{5}|[0-9]{6,9}|2C[0-9]{3})", fullmatch=True),
            "no number": st.from_regex(r"([a-z]{3,8}|1\.2\.3|12e|[0-9]{1,3}%)", fullmatch=True),
            "negative": st.from_regex(r"-[1-9][0-9]{0,3}", fullmatch=True),
        }[kind]
        cells[heads.index(field)] = data.draw(wrong)
    lines[row] = sign.join(cells)
    check_told(refused(put(tmp_path, name, lines)), name, row + 1, field)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_spoilt_file_is_told_with_its_name_and_remedy(good, tmp_path, data):
    name = data.draw(st.sampled_from(sorted(path.name for path in good.iterdir())))
    kind = data.draw(st.sampled_from(["empty", "binary", "cut", "zip", "utf16"]))
    content = (good / name).read_bytes()
    spoilt = {
        "empty": b"", "binary": b"\0\1\2\3" * 50, "zip": b"PK\3\4" + content[:200],
        "cut": content[: len(content) // 3 + 40].rsplit(b"\n", 1)[0][:-9] if name in TEXTS else content[:200],
        "utf16": "é;à;ü\n".encode("utf-16"),
    }[kind]  # fmt: skip
    place = tmp_path / name
    place.write_bytes(spoilt)
    check_told(refused(place), name)


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "etalab_finess.csv"])
def test_a_column_that_lost_its_name_is_told(good, tmp_path, name):
    lines, sign, at = lines_of(good / name), SEPARATOR.get(name, ";"), HEADER.get(name, 0)
    code = "PMUN" if name == "donnees_communes.csv" else CODE_AND_NUMBER[name][0]
    lines[at] = sign.join("Colonne1" if head == code else head for head in lines[at].split(sign))
    faults = refused(put(tmp_path, name, lines))
    check_told(faults, name)
    assert {fault.code for fault in faults} <= {"territory.missing_column"}


@pytest.mark.parametrize("name", ["donnees_communes.csv", "base-cc-evol-struct-pop-2021.CSV", "cartosante_zonage.csv",
                                  "TD_POP1B_2021.csv", "v_commune_2026.csv", "etalab_finess.csv"])  # fmt: skip
def test_a_line_said_twice_is_told_with_the_first(good, tmp_path, name):
    lines = lines_of(good / name)
    row = HEADER.get(name, 0) + 3
    lines.insert(row + 2, lines[row])
    check_told(refused(put(tmp_path, name, lines)), name, row + 3)


def test_faults_of_several_files_are_told_at_once_and_nothing_is_written(good, tmp_path):
    folder = tmp_path / "sources"
    shutil.copytree(good, folder)
    lines = lines_of(folder / "donnees_communes.csv")
    put(folder, "donnees_communes.csv", [lines[0], lines[1].replace("30002", "3002"), *lines[2:]])
    lines = lines_of(folder / "laposte_hexasmal.csv")
    put(folder, "laposte_hexasmal.csv", [lines[0], "abcde;X;30460;X;", *lines[2:]])
    (folder / "apl_medecins_generalistes.xlsx").write_bytes(b"not a workbook")
    table = pd.read_parquet(folder / "france_communes.parquet").astype({"population": str})
    table.loc[3, "population"] = "beaucoup"
    table.to_parquet(folder / "france_communes.parquet")
    target = tmp_path / "made"
    words = [
        "territory",
        "build",
        "-o",
        str(target),
        "--communes",
        "Sauve",
        "--sources",
        str(folder),
        "--lang",
        "fr",
    ]
    done = CliRunner(env={"COLUMNS": "200"}).invoke(app, words)
    assert done.exit_code == 2
    for file in ("donnees_communes.csv, ligne 2", "laposte_hexasmal.csv, ligne 2", "apl_medecins_generalistes.xlsx",
                 "france_communes.parquet, ligne 4", "4 choses à corriger"):  # fmt: skip
        assert file in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sources"]


def test_a_failure_while_writing_leaves_nothing_and_keeps_what_was_there(good, tmp_path, monkeypatch):
    words = ["territory", "build", "-o", str(tmp_path / "made"), "--communes", "Sauve", "--sources", str(good),
             "--lang", "en"]  # fmt: skip
    assert CliRunner().invoke(app, words).exit_code == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "made").iterdir()}

    def full_disk(*_, **__):
        raise OSError("no space left")

    monkeypatch.setattr("scenarios.anywhere.drawing.draw", full_disk)
    assert CliRunner().invoke(app, [*words, "--replace"]).exit_code == 1
    assert {path.name: path.read_bytes() for path in (tmp_path / "made").iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made", "made.yaml"]


def test_letters_of_windows_are_read_and_damaged_ones_are_told(good, tmp_path):
    text = (good / "v_commune_2026.csv").read_text(encoding="utf-8")
    place = tmp_path / "v_commune_2026.csv"
    place.write_text(text, encoding="cp1252")
    read = catalogue.reader("cog")(place)
    assert "Saint-Étienne-Vallée-Française" in set(read.table["name"])
    assert read.source.note == "latin"
    place.write_bytes(text.encode("utf-8").decode("cp1252", errors="replace").encode("utf-8"))
    faults = refused(place)
    check_told(faults, "v_commune_2026.csv")
    assert {fault.code for fault in faults} == {"territory.garbled"}
