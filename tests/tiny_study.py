"""A study small enough to be led in a moment: one action and a control, in a village or in two."""

import json
from datetime import date
from pathlib import Path

import yaml

from cpts.cli.publish import beside_france
from experiments.archive import keep, ledger
from experiments.explorer.content import Stamp
from experiments.explorer.of_study import Record, study_content
from experiments.freezing import deviations, freeze, frozen, unwritten
from experiments.outcome import Outcome, run_study
from experiments.store import Store
from experiments.study import Study
from tests.test_study import ASKED, SHIPPED

FROZEN = date(2027, 1, 4)
DAYS = ["days=14", "warm_up_days=7"]
UNKNOWN = {"draws": 20, "chance": {"pilot": 2}}
STAMP = Stamp("0.0", "abcdef012345")


def study_in(folder: Path, **changes) -> Study:
    """The files of the study; with `territories`, the village is there under a second name too."""
    folder.mkdir(parents=True, exist_ok=True)
    asked = {**ASKED, "changes": DAYS, "uncertainty": UNKNOWN, **changes}
    (folder / "study.yaml").write_text(yaml.safe_dump(asked, allow_unicode=True))
    slots = "title: {fr: Des créneaux, en: Slots}\nextends: village.yaml\n"
    (folder / "slots.yaml").write_text(slots + "policies: {unscheduled_care: {gps: 1, slots_per_week: 2}}\n")
    (folder / "nothing.yaml").write_text("title: {fr: Rien, en: Nothing}\nextends: village.yaml\n")
    if "territories" in changes:
        hamlet = folder / "territories" / "hamlet"
        hamlet.mkdir(parents=True, exist_ok=True)
        for path in (SHIPPED / "territories" / "village").iterdir():
            (hamlet / path.name).write_bytes(path.read_bytes())
    return Study(folder, SHIPPED)


def led(folder: Path, **changes) -> Outcome:
    """The study, frozen then lived, its table kept."""
    study = study_in(folder, **changes)
    freeze(study, FROZEN)
    found = run_study(study, Store(folder / "results"))
    keep(found)
    return found


def told_of(found: Outcome, code: str = "") -> dict:
    """What its page holds."""
    study = found.study
    known = ledger(found)
    record = Record(
        frozen(study)["date"], [*deviations(study), *unwritten(study)], known, code or known["code"]
    )
    return study_content(found, record, STAMP, beside_france)


def ledger_of(folder: Path, **changes) -> None:
    """Change what the run ledger says."""
    path = folder / "ledger.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))
