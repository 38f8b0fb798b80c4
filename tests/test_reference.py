"""The reference says what the code says, and names nothing that does not exist."""

import ast
import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
import yaml

from scenarios.reference import DOCUMENTS, ROOT, stale, write
from scenarios.reference.words import french, words
from simulation.faults import Refused
from simulation.indicators import INDICATORS
from simulation.parameters import registry
from simulation.policies import LEVERS
from simulation.scenario import Scenario, load
from simulation.territory.schema import schema as columns_of_files

SCENARIOS = ROOT / "scenarios"
PACKAGES = ("simulation", "scenarios", "experiments", "calibration", "cpts")
SHIPPED = sorted(SCENARIOS.glob("*.yaml"))
LATER = "à venir · to come"
NUMBERS = {"number": (int, float), "integer": int}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), **NUMBERS}
KEYWORDS = set(
    "$schema $defs $ref title description default format type const enum pattern minimum maximum items "
    "required properties additionalProperties anyOf if then else".split()
)


def page(name):
    return (ROOT / name).read_text(encoding="utf-8")


def code_of(name):
    """The table cells of a page that hold nothing but something to type."""
    return set(re.findall(r"(?<=\| )`([^`]+)`(?= \|)", page(name)))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_says_what_the_code_says(name):
    assert page(name) == DOCUMENTS[name](), "stale: python -m scenarios.reference writes it again"


def test_what_is_stale_is_named_and_written_again(tmp_path):
    for name in DOCUMENTS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
    assert stale(tmp_path) == list(DOCUMENTS) == write(tmp_path)
    assert stale(tmp_path) == []
    (tmp_path / "docs/indicators.md").write_text("old", encoding="utf-8")
    assert stale(tmp_path) == ["docs/indicators.md"]


def test_the_check_is_one_command():
    command = [sys.executable, "-m", "scenarios.reference", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == bool(stale()), done.stderr


# ---------------------------------------------------------------- nothing is left out


def test_every_parameter_indicator_and_column_has_its_line():
    assert code_of("docs/parameters.md") == set(registry())
    assert code_of("docs/indicators.md") == set(INDICATORS)
    text = page("docs/territory-files.md")
    for file, columns in columns_of_files().items():
        part = text.partition(f"## `{file}`")[2].partition("\n## ")[0]
        assert re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE) == [column.name for column in columns]


def test_every_theme_of_the_indicators_has_one_heading():
    headings = re.findall(r"^## (.+)$", page("docs/indicators.md"), re.MULTILINE)
    themes = [french(words()["themes"][theme]["fr"]) for theme in words()["themes"]]
    assert sorted(heading.partition(" · ")[0] for heading in headings) == sorted(themes)


def test_every_key_of_a_scenario_is_in_the_schema_with_words_in_both_languages():
    told = json.loads(page("scenarios/schema.json"))
    assert set(told["properties"]) == {*Scenario.model_fields, "extends"} == set(words()["terms"])
    groups = told["properties"]["parameters"]["properties"]
    assert {f"{group}.{name}" for group, rule in groups.items() for name in rule["properties"]} == set(
        registry()
    )
    assert set(told["properties"]["policies"]["properties"]) == set(LEVERS) == set(words()["levers"])
    for lever, policy in LEVERS.items():
        fields = told["$defs"][f"lever_{lever}"]["properties"]
        assert set(fields) == {"lever", *policy.model_fields}
        for field in policy.model_fields:
            assert {f"any.{field}", f"{lever}.{field}"} & set(words()["lever_fields"]), f"{lever}.{field}"


def test_every_phrase_is_said_in_both_languages():
    def leaves(tree):
        if isinstance(tree, dict) and set(tree) & {"fr", "en"}:
            yield tree
        elif isinstance(tree, dict | list):
            for each in tree.values() if isinstance(tree, dict) else tree:
                yield from leaves(each)

    phrases = list(leaves(dict(words())))
    assert len(phrases) > 50
    assert all(set(phrase) == {"fr", "en"} and all(phrase.values()) for phrase in phrases)


def test_what_is_said_to_have_no_effect_yet_is_read_nowhere():
    idle = words()["idle"]
    assert set(idle["parameters"]) <= set(registry())
    known = {f"{column.file}.{column.name}" for file in columns_of_files().values() for column in file}
    assert set(idle["columns"]) <= known
    model = [path for path in (ROOT / "simulation").rglob("*.py") if path.parent.name != "territory"]
    source = "\n".join(path.read_text(encoding="utf-8") for path in model)
    for name in (one.rpartition(".")[2] for one in (*idle["parameters"], *idle["columns"])):
        assert not re.findall(rf"\.{name}\b|[\"']{name}[\"']", source), name


def test_every_parameter_is_read_by_the_model():
    idle = set(words()["idle"]["parameters"])
    model = [path for path in (ROOT / "simulation").rglob("*.py") if path.parent.name != "parameters"]
    source = "\n".join(path.read_text(encoding="utf-8") for path in model)
    for path in registry():
        name = path.partition(".")[2]
        assert (path in idle) or re.findall(rf"\.{name}\b", source), path


# ---------------------------------------------------------------- the schema of scenarios


def problems(value, rule, top, at="") -> list[str]:
    """What is wrong with a value: as much of JSON Schema as the schema of scenarios uses."""
    assert set(rule) <= KEYWORDS, "a word of JSON Schema that this check does not read"
    if "$ref" in rule:
        return problems(value, top["$defs"][rule["$ref"].rpartition("/")[2]], top, at)
    kinds = rule.get("type", list(TYPES))
    kinds = [kinds] if isinstance(kinds, str) else kinds
    fits = {kind for kind in kinds if isinstance(value, TYPES[kind])}
    fits -= set(NUMBERS) if isinstance(value, bool) else set()
    found = [] if fits else [f"{at}: {value!r} is no {kinds}"]
    if "const" in rule and value != rule["const"]:
        found.append(f"{at}: {value!r} is not {rule['const']}")
    if "enum" in rule and (value, type(value)) not in [(each, type(each)) for each in rule["enum"]]:
        found.append(f"{at}: {value!r} is none of {rule['enum']}")
    if isinstance(value, str) and "pattern" in rule and not re.search(rule["pattern"], value):
        found.append(f"{at}: {value!r} is written otherwise")
    if fits & set(NUMBERS) and not rule.get("minimum", value) <= value <= rule.get("maximum", value):
        found.append(f"{at}: {value!r} is out of range")
    if isinstance(value, list):
        found += [each for one in value for each in problems(one, rule.get("items", {}), top, at)]
    if isinstance(value, dict):
        found += inside(value, rule, top, at)
    if "anyOf" in rule:
        tried = [problems(value, each, top, at) for each in rule["anyOf"]]
        found += [] if not all(tried) else tried[0]
    if "if" in rule:
        branch = "else" if problems(value, rule["if"], top, at) else "then"
        found += problems(value, rule[branch], top, at)
    return found


def inside(value, rule, top, at) -> list[str]:
    found = [f"{at}: {name} is missing" for name in rule.get("required", ()) if name not in value]
    for name, one in value.items():
        if name in rule.get("properties", {}):
            found += problems(one, rule["properties"][name], top, f"{at}.{name}")
        elif rule.get("additionalProperties") is False:
            found.append(f"{at}.{name}: unknown")
        elif isinstance(rule.get("additionalProperties"), dict):
            found += problems(one, rule["additionalProperties"], top, f"{at}.{name}")
    return found


@pytest.fixture(scope="module")
def scenario_schema():
    return json.loads(page("scenarios/schema.json"))


def wrong_in(path, rule, loader=yaml.SafeLoader):
    """What an editor would underline; a date stays text in YAML 1.2."""
    told = yaml.load(path.read_text(encoding="utf-8"), loader)
    return problems(json.loads(json.dumps(told, default=str)), rule, rule)


@pytest.mark.parametrize("loader", [yaml.BaseLoader, yaml.SafeLoader], ids=["text", "typed"])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_scenarios_follow_the_schema(scenario_schema, path, loader):
    assert wrong_in(path, scenario_schema, loader) == []


GOOD = {
    "nothing more": "",
    "quoted numbers": "days: '28'\nparameters: {supply: {consultation_minutes: '18.5'}}",
    "bare numbers": "days: 28\nseed: 7\nparameters: {doors: {practices_called_per_day: 2}}",
    "switches": "ring: off",
    "switches as truth values": "ring: true",
    "a start": "start: 2027-02-01",
    "nothing taken away": "policies: {unscheduled_care: null}",
    "a lever by key": "policies: {unscheduled_care: {gps: 1, slots_per_week: 2, release_at_noon: no}}",
    "a lever by name": "policies: {ours: {lever: unscheduled_care, gps: 1, start: 2027-01-11}}",
    "a title that is a number": "title: {fr: 2027, en: 2027}",
    "words": "clock: full_deployment\nbreakdowns: []",
}
BAD = {
    "an unknown key": "policy: {}",
    "an unknown group": "parameters: {suply: {consultation_minutes: 18}}",
    "an unknown figure": "parameters: {supply: {consultation: 18}}",
    "out of range": "parameters: {supply: {consultation_minutes: 45}}",
    "a comma": "parameters: {supply: {consultation_minutes: '18,5'}}",
    "half a call": "parameters: {doors: {practices_called_per_day: 2.5}}",
    "no day": "days: 0",
    "a word for a number": "days: many",
    "a word for a switch": "ring: perhaps",
    "a French date": "start: 04/01/2027",
    "an unknown language": "title: {de: Titel}",
    "a title without language": "title: Village",
    "a list of actions": "policies: [unscheduled_care]",
    "an unknown lever": "policies: {unscheduled_cares: {gps: 1}}",
    "an unknown lever by name": "policies: {ours: {lever: unscheduled_cares}}",
    "an unknown size": "policies: {unscheduled_care: {doctors: 1}}",
    "fewer than no GP": "policies: {unscheduled_care: {gps: -1}}",
    "an unknown clock": "clock: someday",
}


def on_village(text, folder):
    path = folder / "asked.yaml"
    path.write_text(f"extends: village.yaml\n{text}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", GOOD)
def test_what_the_reader_accepts_the_schema_accepts(scenario_schema, name, tmp_path):
    path = on_village(GOOD[name], tmp_path)
    load(path, [SCENARIOS])
    assert wrong_in(path, scenario_schema) == []


@pytest.mark.parametrize("name", BAD)
def test_what_the_reader_refuses_the_schema_refuses(scenario_schema, name, tmp_path):
    path = on_village(BAD[name], tmp_path)
    with pytest.raises(Refused):
        load(path, [SCENARIOS])
    assert wrong_in(path, scenario_schema)


# ---------------------------------------------------------------- words


def names_in_code():
    """Names and exact words of the code and of its tables; never those of comments or sentences."""
    found = {path.stem for path in SHIPPED}
    for columns in columns_of_files().values():
        found.update(word for column in columns for word in (column.name, *column.choices))
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*"):
            if SCENARIOS / "reference" in path.parents:
                continue
            if path.suffix == ".py":
                found.update(names_in(path))
    return found


def names_in(path: Path):
    fields = ("id", "attr", "arg", "name", "asname", "value")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for field in fields:
            name = getattr(node, field, None)
            if isinstance(name, str) and name.isidentifier():
                yield name


def glossary():
    lines = page("docs/glossary.md").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return rows[2:]


def test_the_glossary_names_what_is_in_the_code_and_says_what_is_to_come():
    existing = names_in_code()
    entries = glossary()
    assert len(entries) > 80
    for term, _, code, _ in entries:
        name, later = re.findall(r"^`(\w+)`(.*)$", code)[0]
        assert later == ("" if name in existing else f" {LATER}"), term


def test_the_glossary_is_alphabetical_in_french_and_complete():
    def folded(text):
        bare = unicodedata.normalize("NFD", text.casefold())
        return re.sub("[^a-z0-9 ]", "", bare)

    terms = [row[0] for row in glossary()]
    assert terms == sorted(terms, key=folded)
    assert len(set(terms)) == len(terms)
    assert all(len(row) == 4 and all(row) for row in glossary())


@pytest.mark.parametrize("name", ["docs/glossary.md", *DOCUMENTS])
def test_french_is_printed_with_thin_spaces(name):
    assert not re.findall(r"\w [;!?»]|« ", page(name))


def test_french_spaces_are_put_where_they_belong():
    thin = "\N{NARROW NO-BREAK SPACE}"
    told = french("l'un : « moins de 3 000 » ?")
    assert told == f"l’un{thin}: «{thin}moins de 3{thin}000{thin}»{thin}?"
