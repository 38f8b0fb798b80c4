"""What a report says of France and of the fit (repères): brought from calibration, which experiments do not know."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.compare import Comparison
    from experiments.report.appendix import Reference


def references(comparison: "Comparison") -> "tuple[Reference, ...]":
    """Every French figure, with what the baseline of a comparison has for it."""
    from calibration.against_france import compared_with_france
    from calibration.targets import targets
    from experiments.report.appendix import Reference

    return tuple(
        Reference(
            one.target.indicator, one.target.group, one.target.value, one.target.low, one.target.high,
            one.target.unit, one.target.year, one.target.source, one.target.use, one.model,
        )
        for one in compared_with_france(comparison, targets())
    )  # fmt: skip
