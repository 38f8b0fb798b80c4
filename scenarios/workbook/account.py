"""What a folder was made from is written beside it: the workbook's fingerprint, the rules, what is not used yet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from scenarios.workbook.observed import rows
from scenarios.workbook.workbook import Amount, Workbook


def scenario(base: Path, folder: str) -> str:
    """The scenario that simulates the folder beside it."""
    name = base.resolve().name
    title = {
        "fr": f"Territoire décrit par un classeur, sur la base « {name} »",
        "en": f"A workbook laid on {name}",
    }
    question = {
        "fr": "Comment va l’accès aux soins ici, aujourd’hui ?",
        "en": "How is access to care here, today?",
    }
    asked = {"title": title, "question": question, "extends": "calibrated.yaml", "territory": folder}
    return str(yaml.safe_dump(asked, allow_unicode=True, sort_keys=False))


def sources(workbook: Workbook, base: Path, today: date) -> str:
    """The page that says where the folder comes from."""
    lines = [
        "# D’où vient ce territoire · Where this territory comes from",
        "",
        f"- base : `{base.resolve().name}` (voir plus bas ; *see below*)",
        f"- classeur lu le {today:%d/%m/%Y}, empreinte SHA-256 `{workbook.digest}`",
        "- aucun nom, numéro ni adresse n’est gardé",
        f"- *workbook read on {today.isoformat()}, SHA-256 above; no name, number or address is kept*",
        f"- {len(workbook.carers)} professionnels, {len(rows(workbook))} chiffres observés,",
        f"  {len(workbook.months)} mois de soins non programmés, {len(workbook.spending)} lignes de budget",
        "- une profession listée remplace toutes celles de la base dans les communes comptées ; les autres restent",
        "- *a role that is listed replaces that of the base in the communes counted; the others stay*",
        "- `workbook.yaml` : ce qui est gardé sans être encore employé · *kept, not used yet*",
    ]
    before = base / "SOURCES.md"
    told = ["", "---", "", before.read_text(encoding="utf-8")] if before.is_file() else [""]
    return "\n".join([*lines, *told])


def kept_unused(workbook: Workbook) -> str:
    """The months, the budget and the figures that no indicator answers to, for a reader or another program."""
    kept: dict[str, object] = {}
    apart = [one for one in workbook.figures if not one.indicator]
    if apart:
        kept["figures"] = [
            {"label": one.label, "value": _told(one.amount), "year": one.year, "source": one.source}
            for one in apart
        ]
    if workbook.months:
        kept["unscheduled_care_by_month"] = [
            {
                "month": one.month,
                "calls": _told(one.calls),
                "offered": _told(one.offered),
                "used": _told(one.used),
            }
            for one in workbook.months
        ]
    if workbook.spending:
        kept["spending"] = [
            {"mission": one.mission, "year": one.year, "planned_eur": _told(one.planned), "spent_eur": _told(one.spent),
             "carer_hours": _told(one.hours)} for one in workbook.spending
        ]  # fmt: skip
    return str(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False)) if kept else ""


def _told(amount: Amount) -> float | str | list[float | None] | None:
    """A number, what hides it, or its two ends; nothing when it was left empty."""
    if amount.told:
        return amount.told
    if amount.value is not None:
        return amount.value
    return [amount.low, amount.high] if amount.low is not None or amount.high is not None else None
