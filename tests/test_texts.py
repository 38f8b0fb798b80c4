import ast
import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import texts
from simulation.faults import Fault
from simulation.scenario import load
from simulation.territory import read_territory
from tests.small_territory import faults_of, write_territory
from tests.test_scenario_files import BASELINE
from tests.test_scenario_files import BROKEN as BROKEN_SCENARIOS
from tests.test_territory_files import BROKEN as BROKEN_TERRITORIES
from texts import number, say

ROOT = Path(__file__).resolve().parent.parent
THIN = "\N{NARROW NO-BREAK SPACE}"
PARTS = {"place", "meant", "among", "within"}
"""Pieces of sentences, which no fault is named after."""


def written(lang, section):
    return yaml.safe_load((ROOT / "texts" / lang / f"{section}.yaml").read_text(encoding="utf-8"))


def names_in(tree, prefix=""):
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from names_in(value, f"{prefix}{name}.")
        else:
            yield prefix + name


def literals(node):
    return {
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }


def codes_raised():
    """The codes of faults, found in the source: written in a call, in `code = ...` or in a table of codes."""
    rank_of_code = {"Fault": 0, "fault": 0, "fault_at": 0, "Cell": 1, "Blame": 1}
    tables = {"_CODES", "_UNKNOWN", "_PLACES", "needed", "code"}
    found = {}
    for path in sorted(
        [
            *(ROOT / "simulation").rglob("*.py"),
            *(ROOT / "experiments").rglob("*.py"),
            *ROOT.glob("calibration/*.py"),
        ]
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            codes = set()
            if isinstance(node, ast.Call):
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if name in rank_of_code and len(node.args) > rank_of_code[name]:
                    codes = chosen(node.args[rank_of_code[name]])
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(isinstance(target, ast.Name) and target.id in tables for target in targets):
                    codes = chosen(node.value)
            for code in codes - {""}:
                found[code] = path.relative_to(ROOT).as_posix()
    return found


def chosen(node):
    """The codes that an expression may give: constants, either branch, values of a table."""
    match node:
        case ast.Constant(value=str(code)):
            return {code}
        case ast.IfExp(body=body, orelse=other):
            return chosen(body) | chosen(other)
        case ast.Dict(values=values):
            return set().union(*(chosen(value) for value in values))
        case ast.Tuple(elts=[ast.Tuple(), *_] as rows):
            return set().union(*(chosen(row.elts[-1]) for row in rows))
        case ast.Tuple(elts=[first, *_]):
            return chosen(first)
        case ast.Call(args=[_, default]):
            return chosen(default)
    return set()


def told(fault, lang):
    place = {"file": fault.file, "line": fault.line, "field": fault.field}
    return say(f"fault.{fault.code}", lang, **place, **fault.details)


def test_both_languages_say_the_same_things():
    assert texts.sections("fr") == texts.sections("en")
    for section in texts.sections("fr"):
        assert list(names_in(written("fr", section))) == list(names_in(written("en", section))), section


def test_both_languages_tell_the_same_of_a_fault():
    for name in names_in(written("fr", "fault")):
        fields = []
        for lang in texts.LANGUAGES:
            sentence = texts._sentences(lang, "fault")[name].replace("{@", "{")
            fields.append({field for _, field, _, _ in Formatter().parse(sentence) if field})
        assert fields[0] == fields[1], name


def test_the_scan_finds_codes_of_every_kind():
    assert {
        "missing_file",
        "tag_refused",
        "unknown_cpts",
        "bad_month",
        "not_yes_no",
        "no_gp",
    } <= codes_raised().keys()
    assert {
        "starts_too_late",
        "not_a_whole_number",
        "missing_value",
        "unknown_hospital",
    } <= codes_raised().keys()


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_fault_has_its_sentence_and_every_sentence_its_fault(lang):
    sentences = set(written(lang, "fault"))
    raised = codes_raised()
    assert {code: where for code, where in raised.items() if code not in sentences} == {}
    assert sentences - set(raised) - PARTS == set()


@pytest.mark.parametrize("name", BROKEN_TERRITORIES)
def test_faults_of_a_territory_are_told_in_both_languages(tmp_path, name):
    tables, _, _ = BROKEN_TERRITORIES[name]
    for fault in faults_of(read_territory, write_territory(tmp_path / "small", **tables)):
        check_told(fault)


@pytest.mark.parametrize("name", BROKEN_SCENARIOS)
def test_faults_of_a_scenario_are_told_in_both_languages(tmp_path, name):
    write_territory(tmp_path / "small")
    (tmp_path / "baseline.yaml").write_text(BASELINE)
    text = BROKEN_SCENARIOS[name][0]
    (tmp_path / "mine.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    for fault in faults_of(load, tmp_path / "mine.yaml"):
        check_told(fault)


def check_told(fault):
    for lang, line in (("fr", f"ligne {fault.line}"), ("en", f"line {fault.line}")):
        sentence = told(fault, lang)
        assert sentence.startswith(fault.file)
        assert (line in sentence) == bool(fault.line)
        assert fault.field in sentence
        assert not re.search(r"\[\[|\]\]|\{@|«\s*»|\"\"", sentence)
        assert sentence.endswith((".", "?"))


@pytest.mark.parametrize("section", texts.sections("fr"))
def test_french_puts_a_no_break_space_before_high_punctuation(section):
    for name, sentence in texts._sentences("fr", section).items():
        bare = re.sub(r"\{[^{}]*\}|\w+:(?=[\s»\w}])", "", sentence)  # fields and names of YAML keys
        assert not re.search(r"[^\s\u00a0\u202f][;?!»]| [;:?!»]|« ", bare), f"{section}.{name}: {sentence}"


def test_a_fault_is_told_with_its_place_and_its_remedy():
    fault = Fault("decimal_comma", "canton/communes.csv", 4, "lat", {"value": "44,05", "remedy": "44.05"})
    assert told(fault, "fr") == (
        f"canton/communes.csv, ligne 4, champ «{THIN}lat{THIN}»{THIN}: «{THIN}44,05{THIN}» est écrit avec une virgule. "
        "Écrire 44.05 avec un point."
    )
    assert told(fault, "en") == (
        'canton/communes.csv, line 4, field "lat": "44,05" is written with a comma. Write 44.05 with a point.'
    )


def test_what_is_not_known_is_left_out():
    bare = told(Fault("unknown_key", field="dayss"), "fr")
    assert bare == f"champ «{THIN}dayss{THIN}»{THIN}: champ inconnu. Corriger son nom, ou le retirer."
    guessed = told(Fault("unknown_key", "a.yaml", 0, "dayss", {"nearest": "days"}), "en")
    assert (
        guessed
        == 'a.yaml, field "dayss": unknown field. Did you mean "days"? Correct its name, or remove it.'
    )


def test_fields_are_written_as_the_language_writes_them():
    bounds = {"value": "a", "low": 0.5, "high": 12_000}
    assert f"de 0,5 à 12{THIN}000" in told(Fault("out_of_range", details=bounds), "fr")
    assert "from 0.5 to 12,000" in told(Fault("out_of_range", details=bounds), "en")
    days = {"value": "a", "low": date(1950, 1, 1), "high": date(2150, 1, 1)}
    assert "de 1950-01-01 à 2150-01-01" in told(Fault("out_of_range", details=days), "fr")
    assert "ligne 12345" in told(Fault("bad_month", "a.csv", 12345, details={"value": ""}), "fr")
    assert "ring, gp" in told(Fault("unknown_choice", details={"value": "", "choices": ("ring", "gp")}), "en")


def test_braces_of_a_foreign_file_are_not_fields():
    assert "{file}" in told(Fault("bad_month", details={"value": "{file} [[x]]"}), "en")


@pytest.mark.parametrize(
    ("key", "lang"), [("fault.nothing", "fr"), ("nowhere.x", "fr"), ("fault.no_gp", "de"), ("x", "en")]
)
def test_a_sentence_that_does_not_exist_is_an_error(key, lang):
    with pytest.raises(KeyError):
        say(key, lang)


def test_a_field_that_lacks_is_an_error():
    with pytest.raises(KeyError, match="needs the field value"):
        say("fault.bad_month", "fr", file="a.csv", line=2, field="leaving")


@pytest.mark.parametrize(
    ("value", "decimals", "french", "english"),
    [
        (0, None, "0", "0"),
        (7, None, "7", "7"),
        (1234, None, f"1{THIN}234", "1,234"),
        (1234567.0, None, f"1{THIN}234{THIN}567", "1,234,567"),
        (-0.5, None, "−0,5", "−0.5"),
        (0.1 + 0.2, None, "0,3", "0.3"),
        (3.14159265, None, "3,14159", "3.14159"),
        (123456.789, None, f"123{THIN}457", "123,457"),
        (2.5, 0, "2", "2"),
        (1234.5, 2, f"1{THIN}234,50", "1,234.50"),
        (-0.04, 1, "0,0", "0.0"),
        (0.0, 1, "0,0", "0.0"),
        (float("nan"), None, "—", "—"),
        (float("inf"), 1, "∞", "∞"),
        (float("-inf"), None, "−∞", "−∞"),
        (
            2**63 - 1,
            None,
            THIN.join(["9", "223", "372", "036", "854", "775", "807"]),
            "9,223,372,036,854,775,807",
        ),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(value, decimals, french, english):
    assert number(value, "fr", decimals) == french
    assert number(value, "en", decimals) == english


@given(st.floats(min_value=-1e12, max_value=1e12) | st.integers(-(10**15), 10**15))
def test_a_number_can_be_read_back(value):
    back = float(number(value, "fr").replace(THIN, "").replace(",", ".").replace("−", "-"))
    assert back == pytest.approx(value, rel=1e-5, abs=1e-15)


def test_numpy_numbers_are_numbers_too():
    numpy = pytest.importorskip("numpy")
    assert number(numpy.float64(1234.5), "fr") == f"1{THIN}234,5"
    assert number(numpy.int64(1234), "fr") == f"1{THIN}234"
    sentence = say("fault.too_deep", "fr", file="", line=0, field="a", high=numpy.int64(2000))
    assert f"2{THIN}000" in sentence
