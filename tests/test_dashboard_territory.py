"""A coordinator's own territory on the dashboard: limits, privacy, faults with their place, and what is left of it."""

import asyncio
import io
import tempfile
import threading
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from cpts.cli import shipped
from cpts.dashboard import beside_here, packed
from cpts.dashboard.board import Boards
from cpts.dashboard.choice import Choice, read_address
from cpts.dashboard.engine import Engine
from cpts.dashboard.foresight import Foresight
from cpts.dashboard.inbox import Inbox
from cpts.dashboard.owned import Owned
from cpts.dashboard.places import OWN, Places
from cpts.dashboard.received import received
from cpts.dashboard.service import Service, Settings
from cpts.dashboard.words import place_named
from experiments.compare import empty_comparison
from tests import workbooks
from texts import LANGUAGES

FOLDER = shipped.folder() / "territories" / "village"
TABLES = {path.name: path.read_text() for path in FOLDER.iterdir()}
OBSERVED = (
    "indicator,value,low,high,year,source,note\n"
    "without_usual_gp_share,0.112,,,2025,Rézone-CPTS,\nanswered_48h_per_1000,,700,800,,Régulation,\n"
)


def zipped(files=TABLES, folder="chez-nous/"):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(name if isinstance(name, zipfile.ZipInfo) else folder + name, text)
    return content.getvalue()


def read(content, source="village", lang="fr"):
    return received(content, source, lang, workbooks.TODAY)


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("name", ["village", "canton", "chataigne-micocoule", "national", "two-valleys"])
def test_every_shipped_territory_comes_back_as_it_is_and_nothing_stays_on_the_disk(temporary, name):
    folder = shipped.folder() / "territories" / name
    came = read(zipped({path.name: path.read_text() for path in folder.iterdir()}))
    assert came.faults == {}
    known = next(one for one in Places().by_name.values() if one.scenario.territory.name == name)
    pd.testing.assert_frame_equal(came.scenario.territory.communes, known.scenario.territory.communes)
    assert list(temporary.iterdir()) == []


def test_scenarios_programs_and_plugins_in_a_folder_are_left_aside_and_said():
    plain = read(zipped())
    came = read(zipped({**TABLES, "scenario.yaml": "policies: {custom: {file: x.py}}", "plugin.py": "1/0"}))
    assert came.scenario.content_hash == plain.scenario.content_hash
    assert came.scenario.policies == {}
    assert came.notes["fr"][0].startswith("Fichiers laissés de côté")
    assert "2" in came.notes["fr"][0]


def test_a_fault_is_told_by_file_and_line_in_both_languages(temporary):
    table = TABLES["practitioners.csv"].replace(",gp,", ",gpx,", 1)
    came = read(zipped({**TABLES, "practitioners.csv": table}))
    assert came.scenario is None
    line = next(at for at, text in enumerate(table.splitlines(), start=1) if ",gpx," in text)
    assert f"practitioners.csv, ligne {line}, champ" in came.faults["fr"][0]
    assert f"practitioners.csv, line {line}" in came.faults["en"][0]
    assert str(temporary) not in " ".join(came.faults["fr"])


@pytest.mark.parametrize(
    ("heading", "cell", "told"),
    [
        ("nom", "Durand", "un nom de personne"),
        ("remarque", "Dr Durand", "un nom de personne"),
        ("tel", "0601020304", "un téléphone"),
        ("remarque", "06 01 02 03 04", "un téléphone"),
        ("remarque", "a.b@example.org", "un courriel"),
        ("remarque", "10101010101", "un numéro RPPS"),
        ("remarque", "1 84 12 76 451 089 46", "un numéro de sécurité sociale"),
    ],
)
def test_what_looks_personal_is_refused_by_its_place_and_never_shown(heading, cell, told):
    head, *lines = TABLES["practitioners.csv"].splitlines()
    text = "\n".join([f"{head},{heading}", f"{lines[0]},{cell}", *(f"{one}," for one in lines[1:])])
    came = read(zipped({**TABLES, "practitioners.csv": text}))
    assert came.scenario is None
    (fault,) = came.faults["fr"]
    assert fault.startswith("practitioners.csv, ")
    assert told.split()[-1] in fault
    assert cell not in fault
    assert "Durand" not in str(came)


def link():
    made = zipfile.ZipInfo("chez-nous/ages.csv")
    made.external_attr = 0o120777 << 16
    return made


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped({**TABLES, "../../x.csv": "x"}), "zip_path"),
        (zipped(TABLES, "/etc/"), "zip_path"),
        (zipped({**TABLES, "..\\x.csv": "x"}), "zip_path"),
        (zipped({**TABLES, link(): "/etc/passwd"}), "zip_path"),
        (zipped({**TABLES, "ages.csv": "0" * 3_000_000}), "zip_bomb"),
        (zipped({str(at): "" for at in range(packed.MOST_PARTS + 1)}), "zip_bomb"),
        (zipped({**TABLES, "travel.csv": "a\n" * (packed.MOST_LINES + 5)}), "zip_lines"),
        (zipped({**TABLES, "deux/communes.csv": "x"}), "zip_twice"),
        (zipped({"lisez-moi.txt": "x"}), "zip_no_table"),
        (zipped()[:-40], "zip_broken"),
    ],
)
def test_a_packed_folder_that_is_too_much_or_leads_elsewhere_is_refused(content, code):
    found = packed.unpacked(content)
    assert [one.code for one in found.faults] == [code]
    assert found.tables == {}


def test_a_packed_folder_over_the_limit_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(packed, "MOST_BYTES", 500)
    assert [one.code for one in packed.unpacked(zipped()).faults] == ["give_large"]


def test_more_bytes_than_were_announced_are_not_read():
    announced = bytearray(zipped({"ages.csv": "0" * 2_000_000}))
    size = (2_000_000).to_bytes(4, "little")
    assert announced.count(size) == 2
    lying = bytes(announced.replace(size, (100).to_bytes(4, "little")))
    assert [one.code for one in packed.unpacked(lying).faults] == ["zip_broken"]


def test_a_workbook_with_a_fault_is_explained_by_cell_and_handed_back(tmp_path):
    file = workbooks.filled(tmp_path / "w.xlsx", change=workbooks.put("Professionnels", "A7", "sorcier"))
    came = read(file.read_bytes(), "chataigne-micocoule")
    assert came.scenario is None
    assert any("feuille Professionnels, cellule A7" in one for one in came.faults["fr"])
    assert len(came.faults["en"]) == len(came.faults["fr"])
    cell = load_workbook(io.BytesIO(came.copy))["Professionnels"]["A7"]
    assert cell.comment.text in came.faults["fr"]


def test_a_workbook_filled_in_becomes_a_territory_with_what_was_observed(temporary, tmp_path):
    good = {**workbooks.GOOD, "Communes": [["Saint-Jean-du-Gard"], ["Lasalle", "30140", "territoire"]]}
    content = workbooks.filled(tmp_path / "w.xlsx", good).read_bytes()
    (tmp_path / "w.xlsx").unlink()
    came = read(content, "chataigne-micocoule")
    assert came.faults == {}
    observed = came.scenario.territory.observed
    assert 0.112 in list(observed["value"])
    assert came.scenario.territory.communes["inside"].sum() == 2
    names = zipfile.ZipFile(io.BytesIO(came.folder)).namelist()
    assert {"mon-territoire.yaml", "mon-territoire/communes.csv"} <= set(names)
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("content", [b"hello", b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04junk"])
def test_anything_else_is_refused_with_a_remedy(content):
    came = read(content)
    assert came.scenario is None
    for lang in LANGUAGES:
        assert came.faults[lang][0].count(".") >= 1


def test_a_territory_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("cpts.dashboard.received.MOST_PEOPLE", 399)
    assert "400 habitants" in read(zipped()).faults["fr"][0]


@pytest.fixture
def shared():
    made = Service.__new__(Service)
    made.settings, made.engine, made.boards, made.inbox = Settings(pages=9), Engine(0), Boards(), Inbox()
    made.places = Places(("village",))
    made.foresight = Foresight(made.places, made.engine)
    made.owned = Owned(made.places, made._forgotten, most=2, grace=0)
    made._open, made._lock = set(), threading.Lock()
    return made


@pytest.fixture(scope="module")
def brought():
    return read(zipped({**TABLES, "observed.csv": OBSERVED})).scenario


def test_a_territory_is_its_page_s_own_and_goes_away_with_it(shared, brought):
    name = shared.owned.keep("one", brought)
    assert name.startswith(OWN)
    assert shared.owned.is_held("one", name)
    assert not shared.owned.is_held("other", name)
    assert shared.owned.is_held("other", "village")
    assert place_named(name, brought.territory.name, "en") == "My territory (this page only)"
    choice = read_address(Choice(name, ()).address(), shared.places.territories, "village")
    assert choice.place == name
    question = shared.question(choice)
    shared.engine.known.results[question.tasks[0].key] = "lived"
    shared.engine.known.results["pair", "another"] = "lived"
    shared.engine.known.todays[question.tasks[0].today] = "lived"
    shared.engine.known.results["received", "one:1"] = "a file that nobody waited for"
    shared.boards.shared(("map", name), lambda: "drawn")
    shared.leave("one")
    until = threading.Event()
    for _ in range(100):
        if name not in shared.places.by_name and not shared.engine.known.todays:
            break
        until.wait(0.02)
    assert name not in shared.places.by_name
    assert list(shared.engine.known.results) == [("pair", "another")]
    assert shared.engine.known.todays == {}
    assert [key for key in shared.boards._kept if name in key] == []
    assert read_address(choice.address(), shared.places.territories, "village").place == "village"


def test_a_page_that_is_reloaded_in_time_finds_its_territory_again(shared, brought):
    shared.owned.grace = 30
    name = shared.owned.keep("one", brought)
    shared.leave("one")
    shared.owned.hold("reloaded", name)
    shared.owned._ended(name)
    assert shared.owned.is_held("reloaded", name)
    assert name in shared.places.by_name


def test_a_server_holds_so_many_territories_and_no_more(shared, brought):
    names = [shared.owned.keep(page, brought) for page in "abc"]
    assert [bool(name) for name in names] == [True, True, False]


async def parts(*some):
    for one in some:
        yield one


def test_a_file_comes_in_by_ticket_only_and_no_more_of_it_than_the_limit():
    box = Inbox()
    ticket = box.open("one")
    assert not box.is_open("guess")
    assert asyncio.run(box.receive(ticket, parts(b"ab", b"c")))
    assert box.taken(ticket) == b"abc"
    assert box.taken(ticket) is None
    assert not asyncio.run(box.receive(ticket, parts(*[b"x" * 1_000_000] * 6)))
    assert box.taken(ticket) is None
    token = box.keep("one", "a.xlsx", b"x")
    assert box.handed(token).content == b"x"
    box.leave("one")
    assert box.handed(token) is None
    assert not box.is_open(ticket)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_observed_stands_beside_what_is_simulated(brought, lang):
    empty = empty_comparison(brought, {"x": brought})
    told = {"without_usual_gp_share": 0.099, "answered_48h_per_1000": 866.0}
    pairs = [("x", "luck", 1, name, "all", value) for name, value in told.items()]
    pairs += [
        ("x", kind, number, name, "all", 0.5) for kind, number in (("world", 1), ("luck", 2)) for name in told
    ]
    names = ["alternative", "kind", "number", "indicator", "group", "baseline"]
    rows = beside_here.table(empty.with_(pairs=pd.DataFrame(pairs, columns=names)), brought.territory, lang)[
        "rows"
    ]
    told = {row["source"]: (row["observed"], row["model"], row["year"]) for row in rows}
    sign, to = ("\N{NARROW NO-BREAK SPACE}%", "à") if lang == "fr" else ("%", "to")
    comma = "," if lang == "fr" else "."
    assert told["Régulation"] == (f"700 {to} 800", "866", "\N{EM DASH}")
    assert (
        told["Rézone-CPTS"][1].replace("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}")
        == f"9{comma}9{sign}"
    )
    assert told["Rézone-CPTS"][0].startswith(f"11{comma}2")


def test_the_workbook_to_fill_in_is_taken_away(tmp_path):
    from cpts.dashboard.take import _template

    (tmp_path / "t.xlsx").write_bytes(_template("fr"))
    assert "Communes" in load_workbook(Path(tmp_path / "t.xlsx")).sheetnames
