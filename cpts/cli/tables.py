"""The figures of one future (résultats), in the order in which they are asked about."""

from typing import TYPE_CHECKING

from cpts.cli.figures import standing
from cpts.cli.speaker import Cell, Speaker

if TYPE_CHECKING:
    from simulation.results import Results
    from simulation.scenario import Scenario

SECTIONS = {
    "answers": (
        "answered_48h_per_1000", "answered_in_time_per_1000", "unserved_per_1000", "unserved_48h_per_1000",
        "restricted_mean_days",
    ),
    "delays": (
        "delay_total_mean", "delay_total_median", "delay_total_p75", "delay_total_p90", "planned_wait_mean",
        "same_day_share", "same_day_symptoms_share", "third_next_own_days",
    ),
    "emergency": (
        "ed_per_1000", "ed_injury_per_1000", "ed_vital_per_1000", "ed_own_choice_per_1000",
        "ed_want_of_slot_per_1000", "ed_not_admitted_per_1000", "ed_stay_home_hours", "ed_stay_ward_hours",
    ),
    "use": (
        "acts_per_inhabitant", "seen_once_share", "gps_per_patient", "continuity_share", "nearest_share",
        "travel_minutes", "without_usual_gp_share", "ald_without_usual_gp_share",
        "follow_up_on_time_share", "contact_15_share",
    ),
    "work": (
        "occupancy", "waiting_room_minutes", "overtime_minutes", "dedicated_slots", "dedicated_used_share",
        "carer_hours", "carer_consultations", "money_eur",
    ),
}  # fmt: skip
_ONLY_IF_ANY = ("dedicated_slots", "carer_hours", "carer_consultations", "money_eur")


def summary(speaker: Speaker, asked: "Scenario") -> None:
    """Print what was lived: the title, the place, the time."""
    communes = asked.territory.communes
    inside = communes[communes["inside"]]
    doctors = asked.territory.practitioners
    gps = doctors[(doctors["role"] == "gp") & doctors["insee_code"].isin(inside["insee_code"])]
    speaker.tell(titled(speaker, asked), "bold")
    speaker.tell(
        speaker.say(
            "lived", territory=asked.territory.name, communes=len(inside),
            people=int(inside["population"].sum()), gps=len(gps), days=asked.days,
            start=speaker.date(asked.start), warm_up=asked.warm_up_days,
        )
    )  # fmt: skip


def titled(speaker: Speaker, asked: "Scenario") -> str:
    """A scenario's title in the reader's language, else in the other."""
    told = {str(lang): title for lang, title in asked.title.items()}
    return told.get(speaker.lang) or next(iter(told.values()), "") or speaker.say("untitled")


def sections(speaker: Speaker, results: "Results") -> None:
    """Print the figures of the whole period and territory, subject after subject."""
    table = results.table
    whole = table[(table["month"] == "all") & (table["commune"] == "all") & (table["group"] == "all")]
    values = dict(zip(whole["indicator"].astype(str), whole["value"].astype(float), strict=True))
    for subject, names in SECTIONS.items():
        rows = [_row(speaker, name, values[name]) for name in names if is_told(name, values)]
        if not rows:
            continue
        speaker.line()
        unserved = speaker.number(values.get("unserved_per_1000", float("nan")))
        speaker.tell(speaker.say(f"section_{subject}", unserved=unserved), "bold")
        speaker.table(["", "", ""], rows)


def is_told(name: str, values: dict[str, float]) -> bool:
    """Whether something was counted; nothing is said of shared slots where none is offered."""
    return name in values and (name not in _ONLY_IF_ANY or values[name] > 0)


def _row(speaker: Speaker, name: str, value: float) -> list[Cell]:
    from simulation.indicators import INDICATORS

    indicator = INDICATORS[name]
    return [
        Cell(indicator.label[speaker.lang]),
        Cell(standing(speaker, indicator, value)),
        Cell(speaker.say(f"of_{name}"), "dim", is_words=True),
    ]
