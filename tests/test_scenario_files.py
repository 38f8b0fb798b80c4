import pickle
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import simulation.kernels
from simulation.parameters import Parameters, registry
from simulation.policies import Policy, UnscheduledCare
from simulation.scenario import Scenario, load
from tests.small_territory import TABLES, faults_of, write_territory

BASELINE = """\
title: {fr: Référence, en: Baseline}
question: {fr: 'Quels délais ?', en: 'What delays?'}
territory: small
start: 2027-01-04
days: 28
warm_up_days: 14
seed: 7
policies:
  unscheduled_care: {gps: 1, slots_per_week: 3}
"""


@pytest.fixture
def folder(tmp_path):
    write_territory(tmp_path / "small")
    (tmp_path / "baseline.yaml").write_text(BASELINE)
    return tmp_path


def write(folder, text, name="mine.yaml"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def loaded(folder, text, **named):
    return load(write(folder, text), **named)


def test_a_scenario_is_read_with_its_territory(folder):
    scenario = load(folder / "baseline.yaml")
    assert scenario.title == {"fr": "Référence", "en": "Baseline"}
    assert (scenario.start, scenario.days, scenario.warm_up_days, scenario.seed) == (
        date(2027, 1, 4),
        28,
        14,
        7,
    )
    assert scenario.territory.name == "small"
    assert scenario.parameters == Parameters()
    assert scenario.policies == {"unscheduled_care": UnscheduledCare(gps=1, slots_per_week=3)}
    assert (scenario.ring, scenario.clock, scenario.members) == (True, "full_deployment", None)


def test_what_is_not_said_has_its_default(folder):
    scenario = loaded(folder, "territory: small")
    assert (scenario.start, scenario.days, scenario.warm_up_days) == (date(2027, 1, 4), 364, 364)
    assert scenario.seed == 20270104
    assert scenario.policies == {}


@pytest.mark.parametrize(
    ("text", "ring"),
    [("on", True), ("off", False), ("true", True), ("false", False), ("yes", True), ("no", False)],
)
def test_the_ring_is_on_or_off(folder, text, ring):
    scenario = loaded(folder, f"territory: small\nring: {text}\n")
    assert scenario.ring is ring
    assert len(scenario.simulated_territory.communes) == (3 if ring else 2)


def test_text_stays_text(folder):
    practitioners = TABLES["practitioners.csv"].replace("north", "01004")
    communes = TABLES["communes.csv"].replace("north", "01004")
    write_territory(folder / "coded", practitioners=practitioners, communes=communes)
    scenario = loaded(folder, "territory: coded\npolicies: {unscheduled_care: {cpts: 01004, gps: 1}}\n")
    assert scenario.policies["unscheduled_care"].cpts == "01004"  # 516 in plain YAML


def test_mappings_merge_anything_else_replaces_null_removes(folder):
    write(
        folder,
        "extends: baseline.yaml\ndays: 21\nparameters: {supply: {consultation_minutes: 17}}\n",
        "a.yaml",
    )
    scenario = loaded(
        folder,
        "extends: a.yaml\ndays: 14\nquestion: null\ntitle: {fr: Autre}\n"
        "parameters: {demand: {acute_per_year: 1.7}}\n"
        "policies: {unscheduled_care: {gps: 0}}\n",
    )
    assert scenario.days == 14
    assert scenario.question == {}
    assert scenario.title == {"fr": "Autre", "en": "Baseline"}
    assert scenario.parameters.supply.consultation_minutes == 17
    assert scenario.parameters.demand.acute_per_year == 1.7
    assert scenario.policies == {"unscheduled_care": UnscheduledCare(gps=0, slots_per_week=3)}
    assert loaded(folder, "extends: a.yaml\npolicies: {unscheduled_care: null}\n").policies == {}
    assert loaded(folder, "extends: a.yaml\nparameters: ~\n").parameters == Parameters()


def test_the_key_is_the_lever_unless_it_says_otherwise(folder):
    text = "territory: small\npolicies: {spring: {lever: unscheduled_care, gps: 1, start: 2027-03-01}}\n"
    assert loaded(folder, text).policies["spring"] == UnscheduledCare(gps=1, start=date(2027, 3, 1))


def test_levers_stand_in_the_order_of_their_keys(folder):
    text = "territory: small\npolicies: {b: &one {lever: unscheduled_care, gps: 1}, a: *one}\n"
    assert list(loaded(folder, text).policies) == ["a", "b"]


def test_scenarios_and_territories_are_found_beside_the_file_then_in_search(folder, tmp_path):
    shipped = tmp_path / "shipped"
    write_territory(shipped / "territories" / "canton")
    write(shipped, BASELINE.replace("small", "canton"), "shipped.yaml")
    mine = tmp_path / "elsewhere"
    mine.mkdir()
    assert loaded(mine, "extends: shipped.yaml\n", search=[shipped]).territory.name == "canton"
    assert loaded(mine, "territory: canton\n", search=[str(shipped)]).territory.name == "canton"
    assert loaded(mine, "territory: territories/canton\n", search=[shipped]).territory.name == "canton"
    write(mine, "territory: canton\ndays: 7\n", "shipped.yaml")
    assert loaded(mine, "extends: shipped.yaml\n", search=[shipped]).days == 7


def test_changes_asked_on_the_command_line_come_last(folder):
    sets = [
        "days=7",
        "policies.unscheduled_care.gps=0",
        "title={fr: Essai}",
        "parameters.supply.consultation_minutes=18",
    ]
    scenario = load(folder / "baseline.yaml", sets=sets)
    assert scenario.days == 7
    assert scenario.policies["unscheduled_care"] == UnscheduledCare(gps=0, slots_per_week=3)
    assert scenario.title == {"fr": "Essai", "en": "Baseline"}
    assert scenario.parameters.supply.consultation_minutes == 18
    assert load(folder / "baseline.yaml", sets=["policies.unscheduled_care=null"]).policies == {}
    twice = load(folder / "baseline.yaml", sets=["seed=1", "seed=2"])
    assert twice.seed == 2


# The text of a file -> (line, field, code) and, where it matters, a detail.
BROKEN = {
    "unknown key": ("territory: small\ndayss: 7\n", (2, "dayss", "unknown_key"), {"nearest": "days"}),
    "misspelt extends": ("territory: small\nextend: a\n", (2, "extend", "unknown_key"), {"nearest": "extends"}),
    "unknown key removed": (
        "territory: small\npolices: null\n", (2, "polices", "unknown_key"), {"nearest": "policies"}),
    "unknown group": (
        "territory: small\nparameters:\n  suply:\n    x: 1\n",
        (3, "parameters.suply", "unknown_key"), {"nearest": "supply"}),
    "unknown parameter": (
        "territory: small\nparameters:\n  supply:\n    consultation_minuts: 17\n",
        (4, "parameters.supply.consultation_minuts", "unknown_key"), {"nearest": "consultation_minutes"}),
    "parameter without its group": (
        "territory: small\nparameters:\n  consultation_minutes: 17\n",
        (3, "parameters.consultation_minutes", "unknown_key"), {"nearest": "supply.consultation_minutes"}),
    "parameter too high": (
        "territory: small\nparameters:\n  supply: {consultation_minutes: 500}\n",
        (3, "parameters.supply.consultation_minutes", "out_of_range"),
        {"low": registry()["supply.consultation_minutes"].low,
         "high": registry()["supply.consultation_minutes"].high}),
    "parameter in words": (
        "territory: small\nparameters:\n  supply: {consultation_minutes: long}\n",
        (3, "parameters.supply.consultation_minutes", "not_a_number"), {"value": "long"}),
    "parameter removed that is not one": (
        "territory: small\nparameters:\n  supply: {minutes: null}\n",
        (3, "parameters.supply.minutes", "unknown_key"), {}),
    "group removed that is not one": (
        "territory: small\nparameters:\n  suply: null\n",
        (3, "parameters.suply", "unknown_key"), {"nearest": "supply"}),
    "group that is a number": (
        "territory: small\nparameters:\n  supply: 3\n", (3, "parameters.supply", "not_a_mapping"), {}),
    "not a number": (
        "territory: small\nparameters:\n  supply: {consultation_minutes: .nan}\n",
        (3, "parameters.supply.consultation_minutes", "not_finite"), {}),
    "NaN": (
        "territory: small\npolicies: {unscheduled_care: {gps: 1, slots_per_week: NaN}}\n",
        (2, "policies.unscheduled_care.slots_per_week", "not_finite"), {}),
    "infinity": (
        "territory: small\nparameters:\n  supply: {consultation_minutes: inf}\n",
        (3, "parameters.supply.consultation_minutes", "not_finite"), {}),
    "decimal comma": (
        "territory: small\nparameters:\n  supply: {consultation_minutes: '17,5'}\n",
        (3, "parameters.supply.consultation_minutes", "decimal_comma"), {"remedy": "17.5"}),
    "half a day": ("territory: small\ndays: 3.5\n", (2, "days", "not_a_whole_number"), {"low": 1, "high": 3660}),
    "no day": ("territory: small\ndays: 0\n", (2, "days", "out_of_range"), {"low": 1, "high": 3660}),
    "eleven years": ("territory: small\ndays: 4000\n", (2, "days", "out_of_range"), {}),
    "warm-up before time": ("territory: small\nwarm_up_days: -1\n", (2, "warm_up_days", "out_of_range"), {"low": 0}),
    "seed too large": (
        "territory: small\nseed: 9223372036854775808\n", (2, "seed", "out_of_range"), {"high": 2**63 - 1}),
    "French date": ("territory: small\nstart: 04/01/2027\n", (2, "start", "bad_date"), {}),
    "no such day": ("territory: small\nstart: 2027-02-30\n", (2, "start", "bad_date"), {}),
    "seconds since 1970": ("territory: small\nstart: 1700000000\n", (2, "start", "bad_date"), {}),
    "other century": ("territory: small\nstart: 1789-07-14\n", (2, "start", "out_of_range"), {}),
    "ring half on": ("territory: small\nring: presque\n", (2, "ring", "not_yes_no"), {}),
    "unknown clock": (
        "territory: small\nclock: full_deploiment\n", (2, "clock", "unknown_choice"), {"nearest": "full_deployment"}),
    "unknown crossing": (
        "territory: small\nbreakdowns: [age by cars]\n",
        (2, "breakdowns.0", "unknown_choice"), {"nearest": "age by car"}),
    "half a member": ("territory: small\nmembers: 3.5\n", (2, "members", "bad_members"), {}),
    "title in one language": ("territory: small\ntitle: Essai\n", (2, "title", "not_a_mapping"), {}),
    "title in a third language": ("territory: small\ntitle: {de: Titel}\n", (2, "title.de", "unknown_language"), {}),
    "title of titles": ("territory: small\ntitle: {fr: [a]}\n", (2, "title.fr", "not_text"), {}),
    "breakdown alone": ("territory: small\nbreakdowns: commune\n", (2, "breakdowns", "not_a_list"), {}),
    "policies in a list": ("territory: small\npolicies: [a]\n", (2, "policies", "not_a_mapping"), {}),
    "lever without size": (
        "territory: small\npolicies:\n  unscheduled_care: on\n", (3, "policies.unscheduled_care", "not_a_mapping"), {}),
    "unknown lever": (
        "territory: small\npolicies:\n  unschedule_care: {gps: 1}\n",
        (3, "policies.unschedule_care", "unknown_lever"), {"nearest": "unscheduled_care"}),
    "unknown lever by name": (
        "territory: small\npolicies:\n  a:\n    lever: unsheduled_care\n",
        (4, "policies.a.lever", "unknown_lever"), {"nearest": "unscheduled_care"}),
    "lever that is a list": (
        "territory: small\npolicies:\n  a: {lever: [b]}\n", (3, "policies.a.lever", "unknown_lever"), {}),
    "unknown field of a lever": (
        "territory: small\npolicies:\n  unscheduled_care: {gp: 1}\n",
        (3, "policies.unscheduled_care.gp", "unknown_key"), {"nearest": "gps"}),
    "nothing to remove": (
        "extends: baseline.yaml\npolicies:\n  second_care: null\n",
        (3, "policies.second_care", "nothing_to_remove"), {}),
    "more GPs than there are": (
        "territory: small\npolicies:\n  unscheduled_care: {gps: 50}\n",
        (3, "policies.unscheduled_care.gps", "too_many_gps"), {"value": 50, "high": 1}),
    "unknown cpts": (
        "territory: small\npolicies:\n  unscheduled_care:\n    gps: 1\n    cpts: norht\n",
        (5, "policies.unscheduled_care.cpts", "unknown_cpts"), {"nearest": "north"}),
    "before the warm-up": (
        "territory: small\nwarm_up_days: 10\npolicies:\n  unscheduled_care: {gps: 1, start: 2026-12-01}\n",
        (4, "policies.unscheduled_care.start", "starts_too_early"), {"low": "2026-12-25"}),
    "after the end": (
        "territory: small\ndays: 10\npolicies:\n  unscheduled_care: {gps: 1, start: 2027-01-14}\n",
        (4, "policies.unscheduled_care.start", "starts_too_late"), {"high": "2027-01-13"}),
    "number of a date": (
        "territory: small\npolicies:\n  unscheduled_care: {gps: 1, start: 20270304}\n",
        (3, "policies.unscheduled_care.start", "bad_date"), {}),
    "no territory": ("days: 7\n", (0, "territory", "no_territory"), {}),
    "unknown territory": (
        "days: 7\nterritory: smal\n",
        (2, "territory", "territory_missing"), {"nearest": "small", "choices": ("small",)}),
    "territory outside": ("territory: ../small\n", (1, "territory", "outside_folder"), {}),
    "territory anywhere": ("territory: /etc\n", (1, "territory", "outside_folder"), {}),
    "territory of nothing": ('territory: "a\\0b"\n', (1, "territory", "territory_missing"), {}),
    "territory that is a list": ("territory: [small]\n", (1, "territory", "not_text"), {}),
    "unknown scenario": (
        "extends: base.yaml\n", (1, "extends", "extends_missing"), {"nearest": "baseline.yaml"}),
    "scenario outside": ("extends: ../../mine.yaml\n", (1, "extends", "outside_folder"), {}),
    "several scenarios": ("extends: [baseline.yaml]\n", (1, "extends", "not_text"), {}),
    "extends itself": ("days: 3\nextends: mine.yaml\n", (2, "extends", "extends_itself"), {"value": "mine.yaml"}),
    "doubled key": (
        "territory: small\ndays: 3\ndays: 4\n", (3, "days", "duplicated_key"), {"first": 2}),
    "doubled key inside": (
        "territory: small\npolicies:\n  a: {gps: 1, gps: 2}\n", (3, "policies.a.gps", "duplicated_key"), {}),
    "tag": ("territory: !!python/object/apply:os.getcwd []\n", (1, "territory", "tag_refused"), {}),
    "harmless tag": ("territory: small\ndays: !!int 3\n", (2, "days", "tag_refused"), {}),
    "key that is a list": ("territory: small\n? [a, b]\n: 1\n", (2, "", "key_not_text"), {}),
    "key that is nothing": ("territory: small\n~: 1\n", (2, "", "key_not_text"), {}),
    "unknown alias": ("territory: small\ndays: *d\n", (2, "days", "unknown_alias"), {"value": "d"}),
    "alias of itself": ("territory: small\npolicies: &p {a: *p}\n", (2, "policies.a", "unknown_alias"), {}),
    "too many aliases": (
        "territory: small\nbreakdowns:\n- &a x\n" + "- *a\n" * 101, (104, "", "too_many_aliases"), {"high": 100}),
    "bomb": (
        "territory: small\na0: &a0 [x, x]\n" + "".join(
            f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)),
        (15, "", "too_many_values"), {}),
    "nested": ("territory: " + "[" * 30 + "]" * 30, (1, "", "too_deep"), {"high": 20}),
    "tabs": ("territory: small\npolicies:\n\tgps: 1\n", (3, "", "yaml_syntax"), {}),
    "colon in a text": ("territory: small\ntitle: {fr: Un : deux : trois}\n", (2, "", "yaml_syntax"), {}),
    "question mark in a text": ("territory: small\ntitle: {fr: Quoi ?}\n", (2, "", "yaml_syntax"), {}),
    "bracket left open": ("territory: small\ntitle: {fr: Un\n", (3, "", "yaml_syntax"), {}),
    "control character": ("territory: small\ntitle: {fr: '\x07'}\n", (2, "", "yaml_syntax"), {}),
    "character beyond all": ('territory: "\\UFFFFFFFF"\n', (0, "", "yaml_syntax"), {}),
    "two scenarios": ("territory: small\n---\nterritory: small\n", (2, "", "several_documents"), {}),
    "list": ("- territory\n- small\n", (1, "", "not_a_mapping"), {}),
    "word": ("small\n", (1, "", "not_a_mapping"), {}),
    "nothing": ("", (0, "", "empty_file"), {}),
    "comments only": ("# rien\n", (0, "", "empty_file"), {}),
    "too large": ("# " + "x" * 1_000_001, (0, "", "too_large"), {"high": 1_000_000}),
    "binary": (b"PK\x03\x04\x00\x00", (0, "", "binary_file"), {}),
    "bad encoding": ("territory: small\ntitle: {fr: Référence}\n".encode("latin-1"), (2, "", "bad_encoding"), {}),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_with_its_line_and_remedy(folder, name):
    text, (line, field, code), details = BROKEN[name]
    (fault,) = faults_of(loaded, folder, text)
    assert fault[:4] == (code, "mine.yaml", line, field)
    assert {key: fault.details[key] for key in details} == details


def test_all_faults_of_a_file_and_of_its_territory_are_told_at_once(folder):
    practitioners = TABLES["practitioners.csv"].replace("nurse", "nurze")
    write_territory(folder / "small", practitioners=practitioners)
    text = """\
extends: baseline.yaml
dayss: 7
days: 0
start: demain
parameters:
  supply: {consultation_minutes: 500, other: 1}
policies:
  unscheduled_care: {gps: many}
  prevention_: {}
  third: null
"""
    faults = faults_of(loaded, folder, text, sets=["seed=-1", "ring=2"])
    assert {(fault.file, fault.line, fault.field, fault.code) for fault in faults} == {
        ("small/practitioners.csv", 4, "role", "unknown_choice"),
        ("mine.yaml", 2, "dayss", "unknown_key"),
        ("mine.yaml", 3, "days", "out_of_range"),
        ("mine.yaml", 4, "start", "bad_date"),
        ("mine.yaml", 6, "parameters.supply.consultation_minutes", "out_of_range"),
        ("mine.yaml", 6, "parameters.supply.other", "unknown_key"),
        ("mine.yaml", 8, "policies.unscheduled_care.gps", "not_a_whole_number"),
        ("mine.yaml", 9, "policies.prevention_", "unknown_lever"),
        ("mine.yaml", 10, "policies.third", "nothing_to_remove"),
        ("--set", 0, "seed", "out_of_range"),
        ("--set", 0, "ring", "not_yes_no"),
    }


def test_what_is_right_of_a_wrong_lever_is_still_compared_with_the_territory(folder):
    text = "territory: small\npolicies:\n  unscheduled_care: {gps: 9, cpts: norht, slots_per_week: many}\n"
    codes = [fault.code for fault in faults_of(loaded, folder, text)]
    assert sorted(codes) == ["not_a_number", "too_many_gps", "unknown_cpts"]


def test_a_fault_stands_in_the_file_that_wrote_it(folder):
    write(folder, BASELINE.replace("gps: 1", "gps: 4"), "baseline.yaml")
    (fault,) = faults_of(loaded, folder, "extends: baseline.yaml\ndays: 7\n")
    assert fault[:4] == ("too_many_gps", "baseline.yaml", 9, "policies.unscheduled_care.gps")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("days", "bad_set"),
        ("=3", "bad_set"),
        ("a..b=3", "bad_set"),
        ("a b=3", "bad_set"),
        ("days=[3", "yaml_syntax"),
        ("days=!!int 3", "tag_refused"),
        ("days=abc", "not_a_whole_number"),
        ("dayss=3", "unknown_key"),
        ("extends=baseline.yaml", "set_extends"),
        ("territory=smal", "territory_missing"),
        ("policies.unscheduled_care.gps=50", "too_many_gps"),
        ("days.x=3", "not_a_whole_number"),
    ],
)
def test_a_wrong_change_is_told_as_such(folder, text, code):
    faults = faults_of(load, folder / "baseline.yaml", sets=[text])
    assert [(fault.code, fault.file, fault.line) for fault in faults] == [(code, "--set", 0)]


def test_a_circle_of_scenarios_is_named(folder):
    write(folder, "extends: b.yaml\n", "a.yaml")
    write(folder, "days: 3\nextends: c.yaml\n", "b.yaml")
    write(folder, "extends: a.yaml\n", "c.yaml")
    (fault,) = faults_of(load, folder / "a.yaml")
    assert fault[:4] == ("extends_in_circle", "c.yaml", 1, "extends")
    assert fault.details["circle"] == ("a.yaml", "b.yaml", "c.yaml", "a.yaml")


def test_eight_scenarios_may_extend_one_another_and_no_more(folder):
    write(folder, "territory: small\n", "s0.yaml")
    for rank in range(1, 10):
        write(folder, f"extends: s{rank - 1}.yaml\n", f"s{rank}.yaml")
    assert load(folder / "s8.yaml").territory.name == "small"
    (fault,) = faults_of(load, folder / "s9.yaml")
    assert (fault.code, fault.details["high"]) == ("extends_too_deep", 8)


def test_a_link_does_not_lead_outside(folder, tmp_path_factory):
    away = tmp_path_factory.mktemp("away")
    write(away, "territory: small\n", "secret.yaml")
    (folder / "link.yaml").symlink_to(away / "secret.yaml")
    (fault,) = faults_of(loaded, folder, "extends: link.yaml\n")
    assert fault.code == "outside_folder"


def test_a_missing_file_is_told_with_the_one_that_was_meant(folder):
    (fault,) = faults_of(load, folder / "baselin.yaml")
    assert (fault.code, fault.file, fault.details["nearest"]) == (
        "missing_file",
        "baselin.yaml",
        "baseline.yaml",
    )
    (fault,) = faults_of(load, folder)
    assert fault.code == "unreadable_file"


def test_a_territory_without_its_ring_still_needs_a_gp(folder):
    practitioners = TABLES["practitioners.csv"].replace("p1,gp", "p1,midwife")
    write_territory(folder / "small", practitioners=practitioners)
    (fault,) = faults_of(loaded, folder, "territory: small\nring: off\n")
    assert (fault.code, fault.line, fault.field) == ("no_gp_without_ring", 2, "ring")


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary() | st.text(alphabet="ab:-{}[]&*!|>'\"\n\t #?%@,~\\0").map(str.encode))
def test_bytes_of_any_kind_are_read_or_refused(folder, content):
    faults_of(loaded, folder, content)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.sampled_from(sorted(Scenario.model_fields)), value=st.text(max_size=12))
def test_a_change_of_any_kind_is_read_or_refused(folder, key, value):
    faults_of(load, folder / "baseline.yaml", sets=[f"{key}={value}"])


@given(text=st.text(max_size=12))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_set_of_any_kind_is_read_or_refused(folder, text):
    faults_of(load, folder / "baseline.yaml", sets=[text])


def test_a_copy_is_validated(folder):
    scenario = load(folder / "baseline.yaml")
    longer = scenario.with_(days=56, parameters={"supply.consultation_minutes": 17})
    assert (longer.days, longer.parameters.supply.consultation_minutes) == (56, 17)
    assert (scenario.days, scenario.parameters) == (28, Parameters())
    nested = longer.with_(parameters={"supply": {"consultation_minutes": 18}, "demand.acute_per_year": 1.7})
    assert nested.parameters.supply.consultation_minutes == 18
    assert nested.parameters.demand.acute_per_year == 1.7
    assert nested.with_(parameters=None).parameters == Parameters()
    assert nested.with_(parameters=longer.parameters).parameters.supply.consultation_minutes == 17


def test_levers_of_a_copy_merge_as_in_files(folder):
    scenario = load(folder / "baseline.yaml")
    policies = scenario.with_(policies={"unscheduled_care": {"gps": 0}}).policies
    assert policies["unscheduled_care"] == UnscheduledCare(gps=0, slots_per_week=3)
    policies = scenario.with_(policies={"second": UnscheduledCare(gps=1)}).policies
    assert list(policies) == ["second", "unscheduled_care"]
    assert scenario.with_(policies={"unscheduled_care": None}).policies == {}
    assert scenario.with_(policies=None).policies == {}


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"days": 0}, "out_of_range", "days"),
        ({"dayss": 3}, "unknown_key", "dayss"),
        ({"seed": 1.5}, "not_a_whole_number", "seed"),
        (
            {"parameters": {"supply.consultation_minutes": 500}},
            "out_of_range",
            "parameters.supply.consultation_minutes",
        ),
        ({"parameters": {"supply.minutes": 5}}, "unknown_key", "parameters.supply.minutes"),
        ({"parameters": 3}, "not_a_mapping", "parameters"),
        ({"policies": {"a": {"gps": 5}}}, "unknown_lever", "policies.a"),
        ({"policies": {"unscheduled_care": {"gps": 5}}}, "too_many_gps", "policies.unscheduled_care.gps"),
        ({"policies": {"a": UnscheduledCare(gps=5)}}, "too_many_gps", "policies.a.gps"),
        ({"territory": "small"}, "not_a_territory", "territory"),
    ],
)
def test_a_wrong_copy_is_refused(folder, changes, code, field):
    (fault,) = faults_of(load(folder / "baseline.yaml").with_, **changes)
    assert (fault.code, fault.field, fault.file) == (code, field, "")


class Tour(Policy):
    """A lever that names all kinds of places."""

    commune: str = "99001"
    communes: tuple[str, ...] = ()
    hospital: str | None = None
    structure: str | None = None
    practitioner: str | None = None


def test_a_lever_names_places_and_people_that_exist(folder):
    scenario = load(folder / "baseline.yaml")
    right = Tour(
        communes=("99001", "99003"),
        hospital="990000001",
        structure="house",
        practitioner="p1",
        start=date(2027, 1, 5),
    )
    assert scenario.with_(policies={"tour": right}).policies["tour"] is right
    wrong = Tour(
        commune="Micocoule", communes=("99001", "99033"), hospital="99", structure="hous", practitioner="p9",
        start=date(2028, 1, 1),
    )  # fmt: skip
    faults = faults_of(scenario.with_, policies={"tour": wrong})
    assert {(fault.field, fault.code, fault.details.get("nearest")) for fault in faults} == {
        ("policies.tour.commune", "unknown_commune", "99002"),
        ("policies.tour.communes.1", "unknown_commune", "99003"),
        ("policies.tour.hospital", "unknown_hospital", ""),
        ("policies.tour.structure", "unknown_structure", "house"),
        ("policies.tour.practitioner", "unknown_practitioner", ""),
        ("policies.tour.start", "starts_too_late", None),
    }


def test_without_the_ring_its_communes_are_not_there(folder):
    scenario = load(folder / "baseline.yaml")
    tour = {"tour": Tour(communes=("99003",))}
    assert scenario.with_(policies=tour).ring
    (fault,) = faults_of(scenario.with_, policies=tour, ring=False)
    assert (fault.code, fault.field) == ("unknown_commune", "policies.tour.communes.0")


def test_identity_is_what_is_asked_and_the_data_and_the_code(folder, tmp_path_factory, monkeypatch):
    scenario = load(folder / "baseline.yaml")
    away = tmp_path_factory.mktemp("away")
    write_territory(away / "renamed")
    text = (
        BASELINE.replace("small", "renamed")
        .replace("Référence", "Autre titre")
        .replace("Quels", "Combien de")
    )
    same = load(write(away, text))
    assert same.content_hash == scenario.content_hash
    assert same == scenario
    assert hash(same) == hash(scenario)
    for changes in (
        {"seed": 8},
        {"days": 29},
        {"ring": False},
        {"parameters": {"supply.consultation_minutes": 17}},
    ):
        assert scenario.with_(**changes).content_hash != scenario.content_hash
    moved = scenario.territory.communes.assign(population=1)
    assert scenario.with_(territory=scenario.territory.with_(communes=moved)) != scenario
    monkeypatch.setattr(simulation.kernels, "code_mark", lambda: "another code")
    assert load(folder / "baseline.yaml").content_hash != scenario.content_hash


def test_the_way_of_writing_does_not_change_the_identity(folder):
    flat = load(folder / "baseline.yaml")
    nested = loaded(
        folder, "extends: baseline.yaml\nseed: '7'\npolicies: {unscheduled_care: {slots_per_week: 3.0}}\n"
    )
    assert nested.content_hash == flat.content_hash


def test_a_scenario_can_be_sent_to_another_process(folder):
    scenario = load(folder / "baseline.yaml")
    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_a_scenario_cannot_be_changed(folder):
    with pytest.raises(ValidationError):
        load(folder / "baseline.yaml").days = 3


def test_a_scenario_made_in_python_is_checked_too(folder):
    territory = load(folder / "baseline.yaml").territory
    assert Scenario(territory=territory, days=7).days == 7
    with pytest.raises(ValidationError, match="too_many_gps"):
        Scenario(territory=territory, policies={"unscheduled_care": UnscheduledCare(gps=9)})


def test_names_of_foreign_files_never_reach_the_terminal_raw(folder):
    (fault,) = faults_of(loaded, folder, 'territory: "\\e[31mred"\n')
    assert "\x1b" not in str(fault)
    assert Path(folder).as_posix() not in str(fault)
