"""A territory goes with two pages: where each figure comes from, and what the place looks like (diagnostic)."""

from collections.abc import Sequence
from datetime import date
from math import isnan

from scenarios.anywhere.building import Built
from scenarios.anywhere.diagnosis import Diagnosis, Figure
from scenarios.anywhere.rules import Filled
from scenarios.official.catalogue import catalogue
from texts import number, say


def told_rule(rule: Filled, lang: str) -> str:
    """The sentence of a rule that filled something."""
    fields = dict(rule.fields)
    roles = fields.get("roles")
    if isinstance(roles, tuple):
        fields["roles"] = [say(f"territory.role_{role}", lang) for role in roles]
    return say(f"territory.rule_{rule.name}", lang, count=rule.number, **fields)


def sources_page(built: Built, name: str, asked: str, lang: str, today: date) -> str:
    """SOURCES.md: files with their fingerprint and year, then what was filled and how."""
    kinds = {kind.name: kind for kind in catalogue()}
    lines = [f"# {say('territory.sources_title', lang, name=name)}", "",
             say("territory.sources_asked", lang, asked=asked, day=today), ""]  # fmt: skip
    heads = [say(f"territory.sources_{head}", lang) for head in ("file", "year", "digest", "content")]
    lines += [row(heads), row(["---"] * len(heads))]
    for source in dict.fromkeys(built.sources):
        year = source.vintage or say("territory.unknown_year", lang)
        content = kinds[source.kind].told[lang] if source.kind in kinds else ""
        note = f" {say(f'territory.note_{source.note}', lang)}" if source.note else ""
        lines.append(row([f"`{source.file}`", year, f"`{source.digest[:16]}`", content + note]))
    lines += ["", say("territory.sources_licence", lang), "", f"## {say('territory.rules_title', lang)}", ""]
    lines += [f"* {told_rule(rule, lang)}" for rule in built.rules]
    lines += ["", say("territory.sources_warning", lang), ""]
    return "\n".join(lines)


def diagnosis_page(found: Diagnosis, built: Built, name: str, image: str, lang: str) -> str:
    """One page: figures beside those of France, EDs, zoning, what was filled."""
    lines = [f"# {say('territory.diagnosis_title', lang, name=name)}", "",
             f"![{say('territory.map_alt', lang, name=name)}]({image})", ""]  # fmt: skip
    lines += [row(heads(lang)), row(["---", "---:", "---:"])]
    lines += [row(cells(figure, lang)) for figure in found.figures]
    lines.append("")
    if found.is_small:
        lines += [say("territory.too_small", lang), ""]
    lines += sentences(found, lang)
    lines += ["", f"## {say('territory.rules_title', lang)}", ""]
    lines += [f"* {told_rule(rule, lang)}" for rule in built.rules]
    return "\n".join([*lines, ""])


def heads(lang: str) -> list[str]:
    return [say(f"territory.head_{name}", lang) for name in ("figure", "here", "france")]


def cells(figure: Figure, lang: str) -> list[str]:
    """A figure in words, here and in France."""
    unit = f"\N{NARROW NO-BREAK SPACE}{figure.unit}" if figure.unit else ""
    here = number(figure.here, lang, figure.decimals) + unit
    france = "" if isnan(figure.france) else number(figure.france, lang, figure.decimals) + unit
    return [say(f"territory.figure_{figure.name}", lang), here, france]


def sentences(found: Diagnosis, lang: str) -> list[str]:
    """What is told beside the table: EDs and zones."""
    told = []
    if found.emergencies:
        listed = "; ".join(
            say("territory.one_emergency", lang, name=name, minutes=number(minutes, lang, 0))
            for name, minutes in found.emergencies
        )
        told.append(say("territory.emergencies", lang, told=listed.replace(";", separator(lang))))
    if found.zoning:
        zones = ", ".join(f"{zone} ({count})" for zone, count in found.zoning)
        told.append(say("territory.zones", lang, told=zones))
    return told


def separator(lang: str) -> str:
    """French puts a space before a semicolon."""
    return "\N{NARROW NO-BREAK SPACE};" if lang == "fr" else ";"


def row(some: Sequence[str]) -> str:
    """A row of a table in Markdown."""
    return "| " + " | ".join(one.replace("|", "/") for one in some) + " |"
