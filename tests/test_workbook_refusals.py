import io
import re
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from typer.testing import CliRunner

from cpts.cli.doors import app
from scenarios.workbook import corrected_copy
from scenarios.workbook.faults import CellFault
from scenarios.workbook.layout import columns
from tests.workbooks import FIRST, GOOD, bare, filled, read
from texts import LANGUAGES

PRO = "Professionnels"
SECRETS = ("Dugenou", "Zébuline", "10101234567", "06 12 34 56 78", "612345678", "zebuline@exemple.fr",
           "2 85 05 30 140 123 45", "285053014012345", "14/07/1985", "1985-07-14", "12 rue des Lilas")  # fmt: skip


def column(heading, *values, sheet=PRO, letter="K"):
    def change(book):
        book[sheet][f"{letter}4"] = heading
        for at, value in enumerate(values):
            book[sheet][f"{letter}{FIRST + at}"] = value

    return change


def cell(sheet, where, value):
    def change(book):
        book[sheet][where] = value

    return change


def other_sheet(book):
    page = book.create_sheet("Liste Dugenou")
    page.sheet_state = "hidden"
    page.append(["Nom", "Prénom", "Téléphone"])
    page.append(["Dugenou", "Zébuline", "06 12 34 56 78"])


def merged_names(book):
    page = book[PRO]
    page["K3"], page["K4"] = "Identité", "Nom Prénom"
    page["K6"] = "Dugenou Zébuline"
    page.merge_cells("K6:K9")


def remarks(book):
    from openpyxl.comments import Comment

    book[PRO]["A6"].comment = Comment("Zébuline Dugenou", "Dugenou")
    book[PRO]["A7"] = "Zorglub"
    book.properties.creator, book.properties.lastModifiedBy = "Dugenou", "Zébuline"
    book[PRO].oddHeader.center.text = "Dugenou"
    book[PRO]["A1"] = "Annuaire de Zébuline Dugenou"


# What a coordinator's list really holds; where it must be said, and of what kind.
PERSONAL = {
    "names": (column("Nom", "Dugenou", "Dugenou"), "name"),
    "first names": (column("Prénom usuel", "Zébuline"), "name"),
    "names in one column": (column("NOM et Prénom", "Dugenou Zébuline"), "name"),
    "names of practitioners": (column("Nom du praticien", "Dugenou"), "name"),
    "names merged downwards": (merged_names, "name"),
    "RPPS numbers": (column("N° RPPS", 10101234567), "rpps"),
    "RPPS numbers without a heading": (column(None, 10101234567), "rpps"),
    "RPPS numbers as text under another heading": (column("Code", "10101234567"), "rpps"),
    "telephones": (column("Tél. portable", "06 12 34 56 78"), "phone"),
    "telephones that lost their zero": (column("Joindre", 612345678), "number"),
    "telephones in a column that is ours": (cell(PRO, "D7", "MSP 06 12 34 56 78"), "phone"),
    "mails": (column("Courriel", "zebuline@exemple.fr"), "mail"),
    "mails in a column that is ours": (cell(PRO, "A7", "MG zebuline@exemple.fr"), "mail"),
    "social security numbers": (column("N° sécu", "2 85 05 30 140 123 45"), "nir"),
    "social security numbers without a heading": (column(None, 285053014012345), "nir"),
    "addresses": (column("Adresse", "12 rue des Lilas"), "address"),
    "births": (column("Date de naissance", datetime(1985, 7, 14)), "birth"),
    "births under another heading": (column("DDN", "14/07/1985"), "birth"),
    "births for ages": (cell(PRO, "G7", datetime(1985, 7, 14)), "birth"),
    "births for departures": (cell(PRO, "I7", "14/07/1985"), "birth"),
    "a doctor for a profession": (cell(PRO, "A7", "Dr Dugenou"), "name"),
    "a doctor for a house": (cell(PRO, "D7", "Cabinet du docteur Dugenou"), "name"),
    "a doctor in the months": (cell("Soins non programmés", "A7", "Mme Dugenou"), "name"),
    "a hidden sheet of names": (other_sheet, "name"),
    "a story": (cell(PRO, "D7", "Zébuline Dugenou exerce ici. " * 40), "text"),
    "a link to a mail": (cell(PRO, "D7", '=HYPERLINK("mailto:zebuline@exemple.fr")'), "mail"),
}


def everything_in(folder, besides):
    """All bytes that were written in a folder, packed files unpacked."""
    found = b""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != besides:
            content = path.read_bytes()
            found += path.name.encode() + content
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as packed:
                    found += b"".join(packed.read(name) for name in packed.namelist())
    return found


def no_secret_in(text):
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return [one for one in SECRETS if one in plain]


@pytest.mark.parametrize("name", PERSONAL)
def test_personal_data_are_refused_before_anything_is_stored_and_never_repeated(tmp_path, name):
    change, kind = PERSONAL[name]
    path = filled(tmp_path / "t.xlsx", GOOD, change)
    faults = read(path).faults
    personal = [one for one in faults if one.code.startswith("personal")]
    assert kind in {one.details.get("kind") for one in personal}
    assert all(one.column for one in personal)
    done = CliRunner().invoke(
        app, ["workbook", "read", str(path), "-o", str(tmp_path / "out"), "--lang", "fr"]
    )
    assert done.exit_code == 2
    assert "Rien n’en est gardé" in re.sub(r"\s+", " ", done.output)
    assert not (tmp_path / "out").exists()
    assert (tmp_path / "t-a-corriger.xlsx").exists()
    assert no_secret_in(everything_in(tmp_path, path) + done.output.encode()) == []


def test_what_a_workbook_hides_besides_its_cells_is_not_handed_back(tmp_path):
    path = filled(tmp_path / "t.xlsx", GOOD, remarks)
    done = CliRunner().invoke(
        app, ["workbook", "read", str(path), "-o", str(tmp_path / "out"), "--lang", "fr"]
    )
    assert done.exit_code == 2
    assert no_secret_in(everything_in(tmp_path, path) + done.output.encode()) == []


@pytest.mark.parametrize("where", ["A7", "B7", "C7", "E7", "G7", "H7", "I7"])
def test_a_bare_name_in_the_wrong_cell_is_neither_told_nor_handed_back(tmp_path, where):
    path = filled(tmp_path / "t.xlsx", GOOD, cell(PRO, where, "Zébuline Dugenou"))
    reading = read(path)
    assert [one.cell for one in reading.faults] == [where]
    corrected_copy(reading, tmp_path / "copy.xlsx")
    told = "".join(one.told(lang) for one in reading.faults for lang in LANGUAGES)
    assert no_secret_in(everything_in(tmp_path, path) + told.encode()) == []
    assert load_workbook(tmp_path / "copy.xlsx")[PRO][where].comment is not None


def test_the_name_of_a_house_is_not_handed_back_but_still_gathers(tmp_path):
    lines = [["Zorglub", "Lasalle", "oui", "Maison Dugenou"], ["IDEL", "Anduze", "oui", "maison  DUGENOU"],
             ["SF", "Lasalle", "oui", "MSP de Lasalle"], ["MK", "Lasalle", "oui", "MSP Zébuline"]]  # fmt: skip
    path = filled(tmp_path / "t.xlsx", {PRO: lines})
    corrected_copy(read(path), tmp_path / "copy.xlsx")
    page = load_workbook(tmp_path / "copy.xlsx")[PRO]
    assert [page[f"D{FIRST + at}"].value for at in range(4)] == [
        "structure 1", "structure 1", "MSP de Lasalle", "structure 2"]  # fmt: skip
    assert no_secret_in(everything_in(tmp_path, path)) == []
    page["A6"] = "MG"
    page.parent.save(tmp_path / "copy.xlsx")
    again = read(tmp_path / "copy.xlsx")
    assert [one.house for one in again.workbook.carers] == [
        "structure 1",
        "structure 1",
        "msp de lasalle",
        "structure 2",
    ]


def test_the_name_of_a_house_serves_to_gather_and_is_not_kept(tmp_path):
    path = filled(
        tmp_path / "t.xlsx",
        {PRO: [["MG", "Lasalle", "oui", "Maison Dugenou"], ["IDEL", "Lasalle", "oui", "maison dugenou"]]},
    )
    out = tmp_path / "out"
    done = CliRunner().invoke(app, ["workbook", "read", str(path), "-o", str(out), "--lang", "fr"])
    assert done.exit_code == 0, done.output
    assert "MSP" in (out / "structures.csv").read_text()
    assert b"ugenou" not in everything_in(tmp_path, path)


@pytest.mark.parametrize("heading", ["Date de naissance", None, "NIR"])
def test_a_long_list_of_people_is_refused_unread(tmp_path, heading):
    values = (
        [285053014012300 + at for at in range(250)]
        if heading == "NIR"
        else [date(1950 + at % 50, 7, 14) for at in range(250)]
    )

    def change(book):
        page = book.create_sheet("Patients Dugenou")
        page.append(["Motif", heading])
        for value in values:
            page.append(["suivi", value])

    path = filled(tmp_path / "t.xlsx", GOOD, change)
    reading = read(path)
    assert [one.code for one in reading.faults] == ["personal_list"]
    assert "effectifs" in reading.faults[0].told("fr")
    assert all("suivi" not in box.text for page in reading.pages for row in page.rows for box in row)


def test_what_is_not_personal_is_not_taken_for_it(tmp_path):
    rows = [
        [*GOOD[PRO][0][:2], "oui", "MSP Nom de la Rose", 8, 4500, "50 à 59 ans", "oui", datetime(2030, 6, 30)]
    ] * 220
    path = filled(
        tmp_path / "t.xlsx", {PRO: rows, "Budget et temps": [["SNP", 2025, 220000, "1 234 567,89", 12000]]}
    )
    assert read(path).faults == ()


# ---------------------------------------------------------------- files that are not what they say


def packed(tmp_path, change):
    """A good workbook whose parts are changed."""
    source = filled(tmp_path / "source.xlsx")
    target = tmp_path / "t.xlsx"
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        parts = {name: before.read(name) for name in before.namelist()}
        for name, content in change(parts).items():
            after.writestr(name, content)
    return target


def raw(content):
    def make(tmp_path):
        path = tmp_path / "t.xlsx"
        path.write_bytes(content)
        return path

    return make


def parts(change):
    return lambda tmp_path: packed(tmp_path, change)


def many_sheets(tmp_path):
    return filled(tmp_path / "t.xlsx", GOOD, lambda book: [book.create_sheet(f"x{at}") for at in range(30)])


def many_lines(tmp_path):
    return filled(tmp_path / "t.xlsx", GOOD, cell(PRO, "A90000", "MG"))


def merged_without_end(tmp_path):
    return filled(tmp_path / "t.xlsx", GOOD, lambda book: book["Communes"].merged_cells.add("E7:XFD1048576"))


def open_document():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", "<a/>")
    return made.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">%s]><worksheet>&h;</worksheet>""" % b"".join(
    b'<!ENTITY %c "%s">' % (one, b"&%c;" % (one - 1) * 20) for one in range(ord("b"), ord("i"))
)


@pytest.mark.parametrize(
    ("make", "code", "remedy"),
    [
        (raw(b""), "file_empty", "Repartir du modèle"),
        (raw(b"Commune;Code\nLasalle;30140\n"), "file_not_workbook", "au format .xlsx"),
        (raw(b"PK\x03\x04 but not a zip"), "file_not_workbook", "au format .xlsx"),
        (raw(OLD + b"Workbook"), "file_old", "au format .xlsx"),
        (raw(OLD + "EncryptedPackage".encode("utf-16-le")), "file_encrypted", "retirer le mot de passe"),
        (raw(open_document()), "file_open_document", "Enregistrer sous"),
        (raw(b"\0" * 6_000_000), "file_large", "5"),
        (parts(lambda some: {**some, "xl/vbaProject.bin": b"Sub Auto_Open"}), "file_macros", "sans macros"),
        (parts(lambda some: {**some, "xl/media/x.xml": b"0" * 20_000_000}), "file_bomb", "modèle neuf"),
        (parts(lambda some: {**some, **{f"x{at}": b"" for at in range(600)}}), "file_bomb", "modèle neuf"),
        (parts(lambda some: {**some, "xl/worksheets/sheet2.xml": LAUGHS}), "file_broken", "accepter la réparation"),
        (parts(lambda some: {**some, "xl/worksheets/sheet2.xml": b"<oops"}), "file_broken", "accepter la réparation"),
        (parts(lambda some: {**some, "xl/workbook.xml": b"<oops"}), "file_broken", "accepter la réparation"),
        (many_sheets, "file_sheets", "Ne garder que celles du modèle"),
        (many_lines, "sheet_large", "Effacer ce qui est au-delà"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_explained(tmp_path, make, code, remedy):
    faults = read(make(tmp_path)).faults
    assert code in {one.code for one in faults}
    assert any(remedy in re.sub(r"\s", " ", one.told("fr")) for one in faults)


def test_a_merged_cell_without_end_costs_nothing(tmp_path):
    assert read(merged_without_end(tmp_path)).faults == ()


def test_a_file_that_is_absent_is_told():
    from pathlib import Path

    assert [one.code for one in read(Path("nowhere.xlsx")).faults] == ["file_absent"]


# ---------------------------------------------------------------- whatever is thrown at it

GOOD_BYTES = io.BytesIO()
_book = bare()
for _sheet, _rows in GOOD.items():
    for _row in _rows:
        _book[_sheet].append(_row)
_book.save(GOOD_BYTES)

WORDS = st.sampled_from(
    ["", " ", "NC", "<6", "s.s.", "IDEL", "MG", "Lasalle", "Sainte-Croix", "oui", "sous conditions", "06/2030",
     "32/13/2030", "juin", "4,5 %", "1.234", "12 k€", "#REF!", "=1+1", "=cmd|' /C calc'!A0", "Total", "NIR",
     "Nom", "Mois", "-3", "1e400", "nan",
     "10101234567", "@x", "\u202e", "٣", "²", "½", "«", "{value}", "[[x]]", "{@place}"]
)  # fmt: skip
VALUES = (
    WORDS
    | st.text(max_size=20).filter(
        lambda text: not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", text)
    )
    | st.integers(-(10**16), 10**16)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.datetimes(datetime(1901, 1, 1), datetime(2200, 1, 1))
)
SPOTS = st.tuples(st.sampled_from(sorted(columns())), st.integers(1, 9), st.integers(1, 11), VALUES)
# What fails is told as it was found: making it smaller takes minutes.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
FAST = settings(max_examples=25, phases=PHASES)


def sound(faults):
    """Every fault can be told in both languages, with its place."""
    for one in faults:
        assert isinstance(one, CellFault)
        for lang in LANGUAGES:
            assert one.told(lang).endswith((".", "/", "?", "xlsx", "build"))


@FAST
@given(spots=st.lists(SPOTS, max_size=6))
def test_no_workbook_however_filled_gives_anything_but_faults_or_a_whole_folder(tmp_path_factory, spots):
    from scenarios.workbook import apply
    from simulation.faults import Refused
    from tests.workbooks import CEVENNES_FOLDER, TODAY

    folder = tmp_path_factory.mktemp("w")

    def change(book):
        for sheet, row, at, value in spots:
            book[sheet].cell(row, at).value = value

    reading = read(filled(folder / "t.xlsx", GOOD, change))
    sound(reading.faults)
    assert (reading.workbook is None) == bool(reading.faults)
    if reading.workbook is None:
        corrected_copy(reading, folder / "copy.xlsx")
        sound(read(folder / "copy.xlsx").faults)
        return
    out = folder / "out"
    try:
        apply(reading.workbook, CEVENNES_FOLDER, out, TODAY)
    except Refused:
        assert not out.exists()
    else:
        assert {"communes.csv", "practitioners.csv", "SOURCES.md"} <= {path.name for path in out.iterdir()}
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


@settings(max_examples=60, phases=PHASES)
@given(
    cuts=st.lists(st.tuples(st.integers(0, len(GOOD_BYTES.getvalue()) - 1), st.integers(0, 255)), max_size=5),
    end=st.integers(0, 400),
)
def test_a_file_with_broken_bytes_gives_faults_or_a_workbook(tmp_path_factory, cuts, end):
    content = bytearray(GOOD_BYTES.getvalue())
    for at, byte in cuts:
        content[at] = byte
    path = tmp_path_factory.mktemp("b") / "t.xlsx"
    path.write_bytes(bytes(content[: len(content) - end]))
    reading = read(path)
    sound(reading.faults)
    assert (reading.workbook is None) == bool(reading.faults)


@settings(max_examples=40, phases=PHASES)
@given(name=st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/styles.xml",
                             "xl/sharedStrings.xml", "[Content_Types].xml"]),
       at=st.floats(0, 1), 
       junk=st.sampled_from([b"", b"<", b"&#0;", b"\"", b"9" * 30, b"</row>", b"<c r='A0'/>", b"<c r='ZZZZ1'/>"]),
       skip=st.integers(0, 30))  # fmt: skip
def test_a_broken_part_gives_faults_or_a_workbook(tmp_path_factory, name, at, junk, skip):
    path = tmp_path_factory.mktemp("p") / "t.xlsx"
    with zipfile.ZipFile(io.BytesIO(GOOD_BYTES.getvalue())) as before, zipfile.ZipFile(path, "w") as after:
        for part in before.namelist():
            content = before.read(part)
            if part == name:
                cut = int(at * len(content))
                content = content[:cut] + junk + content[cut + skip :]
            after.writestr(part, content)
    sound(read(path).faults)
