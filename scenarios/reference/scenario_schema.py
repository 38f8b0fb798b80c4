"""What a scenario file may say, as a JSON Schema (draft 2020-12): an editor completes it and underlines slips."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from scenarios.reference.parameters import grade
from scenarios.reference.words import LANGUAGES, both, one_line, plain, shown, unit, words
from simulation.parameters import Number, registry
from simulation.policies import LEVERS
from simulation.scenario import Terms

DRAFT = "https://json-schema.org/draft/2020-12/schema"
NUMBER = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$"
WHOLE = r"^[+-]?[0-9]+$"
SWITCHES = ("on", "off", "true", "false", "yes", "no")
TEXT = ["string", "number", "boolean", "null"]
"""Our reader keeps `30140` and `no` as text, where a YAML editor sees a number and a truth value."""

Schema = dict[str, Any]


def text() -> str:
    """The file of the schema."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def schema() -> Schema:
    """The schema of a scenario file; `null` is admitted everywhere, as it takes away what is extended."""
    title = both("schema", "title")
    terms = loosened(Terms.model_json_schema())["properties"]
    keys = {name: {**told(both("terms", name)), **field} for name, field in terms.items()}
    keys |= {name: {**told(both("terms", name)), "type": TEXT} for name in ("extends", "territory")}
    keys["parameters"] = {**told(both("terms", "parameters")), **groups()}
    keys["policies"] = {**told(both("terms", "policies")), **levers()}
    return {
        "$schema": DRAFT,
        "title": one_line(title),
        "description": one_line(both("schema", "description")),
        "type": "object",
        "properties": {name: keys[name] for name in words()["terms"] if name in keys} | keys,
        "additionalProperties": False,
        "$defs": {f"lever_{name}": lever(name, policy) for name, policy in LEVERS.items()},
    }


def told(both_languages: Mapping[str, str]) -> Schema:
    """What an editor shows of a key."""
    return {"description": one_line(both_languages)}


def mapping(properties: Schema) -> Schema:
    """Known keys and no others."""
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


def groups() -> Schema:
    """The figures by process."""
    found: dict[str, Schema] = {}
    for path, one in registry().items():
        group, _, name = path.partition(".")
        found.setdefault(group, {})[name] = figure(one)
    return mapping(
        {
            group: told(shown(f"cli.group_{group}", group)) | mapping(members)
            for group, members in found.items()
        }
    )


def figure(one: Number) -> Schema:
    """One figure: its bounds, and in words what it is, how solid and from where."""
    name, solid = unit(one.unit), grade(one.grade)
    default = int(one.default) if one.whole else one.default
    span = {lang: f"{plain(one.low)} – {plain(one.high)}" for lang in LANGUAGES}
    label = {lang: f"{one.label[lang]} ({name[lang]}, {span[lang]}, {solid[lang]})" for lang in LANGUAGES}
    return {
        "description": f"{one_line(label)} — {one.source}",
        "type": ["integer" if one.whole else "number", "string", "null"],
        "pattern": WHOLE if one.whole else NUMBER,
        "minimum": one.low,
        "maximum": one.high,
        "default": default,
    }


def levers() -> Schema:
    """Actions by key: the key is the lever, unless `lever` names it."""
    named = {"required": ["lever"], "anyOf": [{"$ref": f"#/$defs/lever_{name}"} for name in LEVERS]}
    known = {
        name: {"if": {"required": ["lever"]}, "then": named, "else": {"$ref": f"#/$defs/lever_{name}"}}
        for name in LEVERS
    }
    described = {name: told(both("levers", name, "")) | rule for name, rule in known.items()}
    return {"type": ["object", "null"], "properties": described, "additionalProperties": named}


def lever(name: str, policy: type[BaseModel]) -> Schema:
    """One lever: its fields with their bounds."""
    fields = loosened(policy.model_json_schema())["properties"]
    wording = words()["lever_fields"]
    properties: Schema = {"lever": told(both("phrases", "lever")) | {"const": name}}
    for field, rule in fields.items():
        worded = f"{name}.{field}" if f"{name}.{field}" in wording else f"any.{field}"
        properties[field] = told(both("lever_fields", worded, field)) | rule
    return told(both("levers", name)) | mapping(properties)


def loosened(rule: Any) -> Any:
    """The same rule for what YAML gives: a number may be quoted, a switch is a word, anything may be null."""
    if isinstance(rule, list):
        return [loosened(each) for each in rule]
    if not isinstance(rule, dict):
        return rule
    if "anyOf" in rule:  # a value or none
        some = [each for each in rule["anyOf"] if each != {"type": "null"}]
        rest = {key: value for key, value in rule.items() if key != "anyOf"}
        return loosened({**some[0], **rest}) if len(some) == 1 else rule
    kept = {key: value for key, value in rule.items() if key not in {"title", "description"}}
    kept = {key: loosened(value) if key == "items" else value for key, value in kept.items()}
    if "properties" in kept:
        kept["properties"] = {name: loosened(each) for name, each in rule["properties"].items()}
    return _of_kind(kept)


def _of_kind(rule: Schema) -> Schema:
    """Widen one rule by its type."""
    match rule.get("type"):
        case "integer" | "number" as kind:
            return rule | {
                "type": [kind, "string", "null"],
                "pattern": WHOLE if kind == "integer" else NUMBER,
            }
        case "boolean":
            return {"enum": [True, False, *SWITCHES, None], "default": rule.get("default")}
        case "string" if rule.get("format") == "date":
            return rule | {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
        case "string" if "enum" in rule:
            return {key: value for key, value in rule.items() if key != "type"} | {
                "enum": [*rule["enum"], None]
            }
        case "string":
            return rule | {"type": TEXT}
        case "array":
            return rule | {"type": ["array", "null"]}
        case "object" if "propertyNames" in rule:  # a text by language
            names = rule["propertyNames"]["enum"]
            return mapping({name: {"type": TEXT} for name in names})
    return rule
