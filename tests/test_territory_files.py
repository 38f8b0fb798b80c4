import pickle
import random
import time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.faults import Fault, Refused
from simulation.territory import Territory, read_territory, schema
from tests.small_territory import TABLES, faults_of, write_territory

AGES = "insee_code,sex,age,count\n"
TRAVEL = "origin,destination,minutes\n"
OBSERVED = "indicator,value,low,high,year,source,note\n"


def changed(table, old, new, count=1):
    text = TABLES[f"{table}.csv"]
    assert old in text
    return {table: text.replace(old, new, count)}


# What is broken -> (file, line, field, code) and, where it matters, a detail.
BROKEN = {
    "missing column": (
        changed("communes", ",population", ",inhabitants"),
        ("communes.csv", 1, "population", "missing_column"), {}),
    "unknown column": (
        changed("communes", "share_65_plus", "share_65_pus"),
        ("communes.csv", 1, "share_65_pus", "unknown_column"), {"nearest": "share_65_plus"}),
    "column of names": (
        {"structures": "\n".join(f"{line},06" for line in TABLES["structures.csv"].splitlines())},
        ("structures.csv", 1, "06", "unknown_column"), {"nearest": ""}),
    "column twice": (
        changed("communes", "epci", "name"), ("communes.csv", 1, "name", "duplicated_column"), {}),
    "word for a number": (
        changed("communes", ",1000,", ",mille,"), ("communes.csv", 3, "population", "not_a_whole_number"),
        {"value": "mille"}),
    "word for a figure": (
        changed("practitioners", "4400", "plein"), ("practitioners.csv", 2, "slots_per_year", "not_a_number"), {}),
    "part of a person": (
        changed("communes", ",1000,", ",1000.5,"), ("communes.csv", 3, "population", "not_a_whole_number"), {}),
    "out of range": (
        changed("communes", "44.00,4.00", "144.00,4.00"), ("communes.csv", 3, "lat", "out_of_range"),
        {"low": -90.0, "high": 90.0}),
    "percentage": (
        changed("communes", "0.30,21000", "30,21000"), ("communes.csv", 2, "share_65_plus", "percent_for_share"),
        {"remedy": "0.3"}),
    "shares above one": (
        changed("communes", "0.15,0.30,21000", "0.75,0.30,21000"),
        ("communes.csv", 2, "share_65_plus", "shares_above_one"), {}),
    "more slots than sessions hold": (
        changed("practitioners", "8,4400", "1,19000"),
        ("practitioners.csv", 2, "slots_per_year", "crowded_sessions"), {"value": 404}),
    "not a number": (
        changed("communes", "1000,10.0", "1000,nan"), ("communes.csv", 3, "area_km2", "not_finite"), {}),
    "infinity": (
        changed("communes", "1000,10.0", "1000,inf"), ("communes.csv", 3, "area_km2", "not_finite"), {}),
    "too large to be a number": (
        changed("communes", "1000,10.0", "1000,1e999"), ("communes.csv", 3, "area_km2", "not_finite"), {}),
    "missing value": (
        changed("communes", "1000,10.0", ",10.0"), ("communes.csv", 3, "population", "missing_value"), {}),
    "negative population": (
        changed("communes", "1000,10.0", "-1000,10.0"), ("communes.csv", 3, "population", "negative"),
        {"low": 0.0}),
    "decimal comma": (
        changed("communes", "44.05", '"44,05"'), ("communes.csv", 2, "lat", "decimal_comma"),
        {"value": "44,05", "remedy": "44.05"}),
    "decimal comma that splits the cell": (
        changed("communes", "44.05", "44,05"), ("communes.csv", 2, "", "row_length"),
        {"value": 16, "expected": 15}),
    "semicolons": (
        {"structures": TABLES["structures.csv"].replace(",", ";")},
        ("structures.csv", 1, "", "wrong_separator"), {}),
    "quote left open": (
        changed("structures", "Maison de santé", '"Maison de santé'), ("structures.csv", 2, "", "csv_syntax"), {}),
    "duplicated commune": (
        changed("communes", "99003,Olivette", "99002,Olivette"),
        ("communes.csv", 4, "insee_code", "duplicated_code"), {"value": "99002", "first": 2}),
    "duplicated practitioner": (
        changed("practitioners", "p3,", "p2,"), ("practitioners.csv", 4, "id", "duplicated_code"), {"first": 2}),
    "duplicated hospital": (
        changed("hospitals", "990000002", "990000001"),
        ("hospitals.csv", 3, "finess_et", "duplicated_code"), {"first": 2}),
    "zero dropped by the spreadsheet": (
        changed("hospitals", "99900", "1004"), ("hospitals.csv", 2, "insee_code", "bad_insee_code"),
        {"remedy": "01004"}),
    "zero dropped in a practice": (
        changed("practitioners", "gp,99003", "gp,9003"),
        ("practitioners.csv", 2, "insee_code", "bad_insee_code"), {"remedy": "09003"}),
    "no INSEE code": (
        changed("hospitals", "99900", "2C004"), ("hospitals.csv", 2, "insee_code", "bad_insee_code"), {}),
    "practice in an unknown commune": (
        changed("practitioners", "gp,99003", "gp,99033"),
        ("practitioners.csv", 2, "insee_code", "unknown_commune"), {"nearest": "99003"}),
    "structure in an unknown commune": (
        changed("structures", "99001", "99091"), ("structures.csv", 2, "insee_code", "unknown_commune"), {}),
    "unknown msp": (
        changed("practitioners", "house,north", "hose,north"),
        ("practitioners.csv", 3, "msp", "unknown_structure"), {"nearest": "house"}),
    "unknown cpts": (
        changed("practitioners", "house,north", "house,norht"),
        ("practitioners.csv", 3, "cpts", "unknown_cpts"), {"nearest": "north"}),
    "unknown role": (
        changed("practitioners", "p3,nurse", "p3,nurze"),
        ("practitioners.csv", 4, "role", "unknown_choice"), {"nearest": "nurse"}),
    "unknown kind": (
        changed("structures", "house,msp", "house,maison"), ("structures.csv", 2, "kind", "unknown_choice"),
        {"choices": ("msp", "health_centre")}),
    "bad month": (
        changed("practitioners", "2028-06", "06/2028"), ("practitioners.csv", 2, "leaving", "bad_month"), {}),
    "thirteenth month": (
        changed("practitioners", "2028-06", "2028-13"), ("practitioners.csv", 2, "leaving", "bad_month"), {}),
    "bad date": (
        changed("hospitals", "2023-06-30", "2023-06-31"),
        ("hospitals.csv", 3, "emergency_closed_since", "bad_date"), {}),
    "no gp": (
        {"practitioners": TABLES["practitioners.csv"].replace(",gp,", ",midwife,")},
        ("practitioners.csv", 0, "role", "no_gp"), {}),
    "nobody counted": (
        {"communes": TABLES["communes.csv"].replace("indicator", "ring")},
        ("communes.csv", 0, "inside", "no_indicator_commune"), {}),
    "missing file": ({"hospitals": None}, ("hospitals.csv", 0, "", "missing_file"), {}),
    "empty file": ({"structures": ""}, ("structures.csv", 0, "", "empty_file"), {}),
    "blank file": ({"structures": "\n \n"}, ("structures.csv", 0, "", "empty_file"), {}),
    "file of commas": ({"structures": ",,,\n,,,\n"}, ("structures.csv", 0, "", "empty_file"), {}),
    "workbook": (
        {"structures": b"PK\x03\x04\x14\x00\x06\x00\x08\x00"}, ("structures.csv", 0, "", "binary_file"), {}),
    "picture": (
        {"structures": bytes(range(1, 256)) * 8}, ("structures.csv", 0, "", "binary_file"), {}),
    "bad encoding": (
        {"structures": TABLES["structures.csv"].encode("latin-1")}, ("structures.csv", 2, "", "bad_encoding"), {}),
    "file with another name": (
        {"comunes": TABLES["communes.csv"]}, ("comunes.csv", 0, "", "unknown_file"), {"nearest": "communes.csv"}),
    "road graph": ({"edges": "from,to,minutes\n"}, ("edges.csv", 0, "", "roads_not_read"), {}),
    "nodes of a road graph": ({"nodes": "id,lat,lon\n"}, ("nodes.csv", 0, "", "roads_not_read"), {}),
    "ages of an unknown commune": (
        {"ages": AGES + "99001,1,40,3.5\n99009,1,40,2\n"}, ("ages.csv", 3, "insee_code", "unknown_commune"), {}),
    "ages said twice": (
        {"ages": AGES + "99001,1,40,3.5\n99001,1,40,2\n"}, ("ages.csv", 3, "age", "duplicated_code"), {}),
    "third sex": ({"ages": AGES + "99001,3,40,3.5\n"}, ("ages.csv", 2, "sex", "out_of_range"), {}),
    "travel to an unknown commune": (
        {"travel": TRAVEL + "99001,99002,5\n99001,99003,5\n99001,99004,5\n"},
        ("travel.csv", 4, "destination", "unknown_commune"), {}),
    "negative minutes": (
        {"travel": TRAVEL + "99001,99002,-5\n"}, ("travel.csv", 2, "minutes", "negative"), {}),
    "observed word": (
        {"observed": OBSERVED + "ed_per_1000,beaucoup,,,2023,Rézone,\n"},
        ("observed.csv", 2, "value", "not_a_number"), {}),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_with_its_line_and_remedy(tmp_path, name):
    tables, (file, line, field, code), details = BROKEN[name]
    faults = faults_of(read_territory, write_territory(tmp_path / "small", **tables))
    told = {(fault.file, fault.line, fault.field, fault.code): fault.details for fault in faults}
    place = (f"small/{file}", line, field, code)
    assert place in told, faults
    assert {name: told[place][name] for name in details} == details


SEVERAL = {
    "missing column",
    "unknown column",
    "column twice",
    "decimal comma that splits the cell",
    "duplicated commune",
}


@pytest.mark.parametrize("name", [name for name in BROKEN if name not in SEVERAL])
def test_one_slip_is_one_fault(tmp_path, name):
    # A file that cannot be read says nothing more of itself; what it should have held is not blamed on others.
    tables, _, _ = BROKEN[name]
    assert len(faults_of(read_territory, write_territory(tmp_path / "small", **tables))) == 1


def test_a_correct_territory_is_read(tmp_path):
    territory = read_territory(write_territory(tmp_path / "small"))
    communes, practitioners = territory.communes, territory.practitioners
    assert territory.name == "small"
    assert communes["insee_code"].tolist() == ["99001", "99002", "99003"]
    assert communes["population"].dtype == np.int64
    assert communes["lat"].dtype == communes["lon"].dtype == np.float64
    assert communes["inside"].tolist() == [True, True, False]
    assert communes["inside"].dtype == np.bool_
    assert np.isnan(communes["median_income_eur"][0])
    assert practitioners["id"].tolist() == ["p1", "p2", "p3"]
    assert practitioners["msp"].tolist() == ["house", "", ""]
    assert practitioners["accepts_new"].tolist() == ["yes", "no", ""]
    assert np.isnan(practitioners["slots_per_year"][2])
    assert (practitioners["lat"][2], practitioners["lon"][2]) == (44.05, 4.00)  # those of its commune
    assert territory.ages is None
    assert territory.travel is None
    assert territory.observed is None


def test_files_without_lines_hold_nobody(tmp_path):
    headers = {name: TABLES[f"{name}.csv"].splitlines()[0] + "\n" for name in ("structures", "hospitals")}
    practitioners = TABLES["practitioners.csv"].replace("house", "")
    territory = read_territory(
        write_territory(
            tmp_path / "small", practitioners=practitioners, ages=AGES, observed=OBSERVED, **headers
        )
    )
    assert len(territory.structures) == len(territory.hospitals) == len(territory.ages) == 0
    assert territory.communes["basin"].tolist() == ["", "", "Plaine"]


def test_hidden_figures_are_intervals_or_missing_never_zero(tmp_path):
    rows = "a,<6,,,2023,s,\nb,NC,,,2023,s,\nc,s.s.,,,,s,\nd,307,290,320,2023,s,\n"
    observed = read_territory(write_territory(tmp_path / "small", observed=OBSERVED + rows)).observed
    assert observed["indicator"].tolist() == ["a", "b", "c", "d"]
    assert observed["value"].isna().tolist() == [True, True, True, False]
    assert observed.loc[0, ["low", "high"]].tolist() == [0, 6]
    assert observed.loc[1, ["low", "high"]].isna().all()
    assert observed.loc[3, ["value", "low", "high", "year"]].tolist() == [307, 290, 320, 2023]


def test_the_order_of_lines_and_columns_never_matters(tmp_path):
    shuffler = random.Random(3)
    tables = {}
    for file, text in TABLES.items():
        header, *rows = text.splitlines()
        shuffler.shuffle(rows)
        order = list(range(len(header.split(","))))
        shuffler.shuffle(order)
        lines = [",".join(line.split(",")[rank] for rank in order) for line in [header, *rows]]
        tables[file.removesuffix(".csv")] = "\n".join(lines)
    plain = read_territory(write_territory(tmp_path / "plain"))
    other = read_territory(write_territory(tmp_path / "other", **tables))
    for (name, table), (other_name, other_table) in zip(plain.tables(), other.tables(), strict=True):
        assert name == other_name
        assert table.equals(other_table)


def test_files_of_excel_are_read(tmp_path):
    tables = {
        file.removesuffix(".csv"): b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() + b",,,\r\n"
        for file, text in TABLES.items()
        if file == "structures.csv"
    }
    assert read_territory(write_territory(tmp_path / "small", **tables)).structures["id"].tolist() == [
        "house"
    ]


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    tables = {"hospitals": None}
    tables |= changed("communes", "1000,10.0", "-1000,dix")
    tables |= changed("practitioners", "gp,99003,44.00", "pg,99033,nord")
    tables |= changed("structures", "house,msp", "house,mps")
    faults = faults_of(read_territory, write_territory(tmp_path / "small", **tables))
    assert [(fault.file.partition("/")[2], fault.line, fault.field, fault.code) for fault in faults] == [
        ("hospitals.csv", 0, "", "missing_file"),
        ("communes.csv", 3, "population", "negative"),
        ("communes.csv", 3, "area_km2", "not_a_number"),
        ("practitioners.csv", 2, "role", "unknown_choice"),
        ("practitioners.csv", 2, "lat", "not_a_number"),
        ("practitioners.csv", 2, "insee_code", "unknown_commune"),
        ("structures.csv", 2, "kind", "unknown_choice"),
    ]


def test_lines_are_counted_through_quoted_ends_of_line_and_blank_lines(tmp_path):
    text = (
        TABLES["structures.csv"].replace("Maison de santé", '"Maison\nde santé"') + "\nother,mps,X,99001,,\n"
    )
    (fault,) = faults_of(read_territory, write_territory(tmp_path / "small", structures=text))
    assert fault.line == 5


def test_a_folder_that_is_not_there_is_told(tmp_path):
    (fault,) = faults_of(read_territory, tmp_path / "nowhere")
    assert (fault.code, fault.details["value"]) == ("missing_folder", "nowhere")


def test_a_folder_in_place_of_a_file_is_told(tmp_path):
    folder = write_territory(tmp_path / "small", structures=None)
    (folder / "structures.csv").mkdir()
    (fault,) = faults_of(read_territory, folder)
    assert fault.code == "unreadable_file"


def test_a_refusal_tells_each_fault_on_a_line(tmp_path):
    refused = Refused([Fault("negative", "a.csv", 3, "population", {"value": "-1"}), Fault("no_gp", "b.csv")])
    assert str(refused) == "a.csv:3 population negative (value='-1')\nb.csv no_gp"
    assert pickle.loads(pickle.dumps(refused)).faults == refused.faults


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(sorted([*TABLES, "ages.csv", "travel.csv", "observed.csv"])), content=st.binary())
def test_bytes_of_any_kind_are_read_or_refused(tmp_path, file, content):
    folder = write_territory(tmp_path / "small", **{file.removesuffix(".csv"): content})
    faults_of(read_territory, folder)
    for name in ("ages.csv", "travel.csv", "observed.csv"):
        (folder / name).unlink(missing_ok=True)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_cell_of_any_kind_is_read_or_refused(tmp_path, data):
    file = data.draw(st.sampled_from(sorted(TABLES)))
    lines = [line.split(",") for line in TABLES[file].splitlines()]
    row = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[row]) - 1))
    odd = st.sampled_from(["", "-0", "1e-400", "1_000", "٣", "²", "0x10", "<6", '"', "nan", " 12 ", "\ud800"])
    lines[row][column] = data.draw(odd | st.text(max_size=8))
    text = "\n".join(",".join(line) for line in lines).encode("utf-8", "surrogatepass")
    read = faults_of(read_territory, write_territory(tmp_path / "small", **{file.removesuffix(".csv"): text}))
    assert all(fault.file.startswith("small/") for fault in read)


def test_identity_is_that_of_the_data_not_of_the_place(tmp_path):
    one = read_territory(write_territory(tmp_path / "one"))
    (write_territory(tmp_path / "deep" / "two") / "SOURCES.md").write_text("Where it comes from")
    two = read_territory(tmp_path / "deep" / "two")
    other = read_territory(write_territory(tmp_path / "other", **changed("communes", ",1000,", ",1001,")))
    assert one == two
    assert hash(one) == hash(two)
    assert one != other
    assert set(one.sources) == set(TABLES)
    assert str(tmp_path) not in repr(one.sources)


def test_changed_tables_change_the_identity(tmp_path):
    territory = read_territory(write_territory(tmp_path / "small"))
    fewer = territory.with_(practitioners=territory.practitioners[:2])
    again = territory.with_(practitioners=territory.practitioners[:2].iloc[::-1])
    assert fewer != territory
    assert fewer == again
    with pytest.raises(TypeError, match="doctors"):
        territory.with_(doctors=territory.practitioners)


def test_without_its_ring_a_territory_keeps_what_is_counted(tmp_path):
    tables = {
        "structures": TABLES["structures.csv"] + "ring_house,msp,Loin,99003,,\n",
        "ages": AGES + "99001,1,40,3\n99003,2,50,4\n",
        "travel": TRAVEL + "99001,99002,5\n99001,99003,9\n",
    }
    tables |= changed("practitioners", "p3,nurse,99002,,,,,,", "p3,nurse,99002,,,,,,ring_house")
    island = read_territory(write_territory(tmp_path / "small", **tables)).without_ring()
    assert island.communes["insee_code"].tolist() == ["99001", "99002"]
    assert island.practitioners["id"].tolist() == ["p1", "p3"]
    assert island.practitioners["msp"].tolist() == ["house", ""]
    assert island.structures["id"].tolist() == ["house"]
    assert island.ages["insee_code"].tolist() == ["99001"]
    assert island.travel["destination"].tolist() == ["99002"]
    assert len(island.hospitals) == 2
    assert island.without_ring() is island


def test_a_territory_can_be_sent_to_another_process(tmp_path):
    territory = read_territory(write_territory(tmp_path / "small"))
    assert isinstance(pickle.loads(pickle.dumps(territory)), Territory)


def test_every_column_says_what_it_means_in_both_languages():
    for file, columns in schema().items():
        assert file.endswith(".csv")
        for column in columns:
            assert all(column.meaning[lang] for lang in ("fr", "en")), (file, column.name)
            assert column.low <= column.high
            assert bool(column.choices) == (column.kind == "choice")


def test_a_hundred_communes_are_read_at_once(tmp_path):
    header, row = TABLES["communes.csv"].splitlines()[:2]
    communes = "\n".join([header, *(row.replace("99002", f"99{rank:03}") for rank in range(100))])
    header = TABLES["practitioners.csv"].splitlines()[0]
    rows = [f"p{rank},gp,99{rank % 100:03},,,50,8,4400,,,yes," for rank in range(300)]
    folder = write_territory(
        tmp_path / "large",
        communes=communes,
        practitioners="\n".join([header, *rows]),
        structures=TABLES["structures.csv"].replace("99001", "99005"),
    )
    durations = []
    for _ in range(5):
        began = time.perf_counter()
        read_territory(folder)
        durations.append(time.perf_counter() - began)
    assert min(durations) < 0.05
