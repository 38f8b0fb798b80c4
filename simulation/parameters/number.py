"""A figure of the model (paramètre): its value, unit, admitted range, source and how solid it is."""

from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

Grade = Literal["measured_in_france", "measured_elsewhere", "derived", "assumed"]


class Number(NamedTuple):
    """One figure as everybody reads it: validation, slider, sensitivity range, prior, documentation."""

    path: str
    default: float
    low: float
    high: float
    unit: str
    grade: Grade
    source: str
    label: dict[str, str]
    whole: bool
    drawn: bool = True
    apart: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether the range leaves room for doubt, so that worlds draw it; what is off until asked for is not."""
        return self.drawn and self.low < self.high


class Group(BaseModel):
    """Figures that belong to one process; a misspelt name is an error, never a silent default."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def number(
    default: float,
    low: float,
    high: float,
    unit: str,
    grade: Grade,
    source: str,
    *,
    fr: str,
    en: str,
    drawn: bool = True,
    apart: bool = False,
) -> Any:
    """State a figure once; `low == high` means that worlds keep it as it is, and so does `drawn=False` (an option).

    Worlds draw a figure `apart` with luck of its own, so that the others are drawn as they were before it came.
    """
    return Field(
        default=default,
        ge=low,
        le=high,
        json_schema_extra={
            "low": low,
            "high": high,
            "unit": unit,
            "grade": grade,
            "source": source,
            "label": {"fr": fr, "en": en},
            "drawn": drawn,
            "apart": apart,
        },
    )


def numbers_of(group: type[Group], prefix: str) -> dict[str, Number]:
    """The figures of a group by dotted path, in the order in which they are declared."""
    found: dict[str, Number] = {}
    for name, field in group.model_fields.items():
        extra = field.json_schema_extra
        if not isinstance(extra, dict):
            raise TypeError(f"{prefix}.{name} is not declared with number()")
        found[f"{prefix}.{name}"] = Number(
            path=f"{prefix}.{name}",
            default=field.default,
            whole=field.annotation is int,
            **extra,  # type: ignore[arg-type]
        )
    return found
