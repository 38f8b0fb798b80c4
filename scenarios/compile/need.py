"""An old commune asks more of its GPs: people are counted standardised by age (population standardisée)."""

from collections.abc import Mapping
from statistics import fmean

# Relative use of GPs by age (IRDES, document de travail 70, table 2), five-year classes.
UNDER_15 = (1.27, 0.65, 0.55)
FROM_15_TO_64 = (0.51, 0.54, 0.65, 0.67, 0.72, 0.75, 0.83, 1.03, 1.07, 1.31)
FROM_65_TO_74 = (1.39, 1.54)
FROM_75 = (1.82, 2.12, 2.84, 2.61)

# Gard, INSEE estimate of 1 January 2020, by age band: only the split of the 65+ at 75 is used.
GARD: Mapping[str, int] = {"all": 748_468, "60_74": 147_114, "75_plus": 80_830}
LOZERE: Mapping[str, int] = {"all": 76_286, "60_74": 15_962, "75_plus": 9_592}

# Metropolitan France, 1 January 2022 (INSEE, page of INED): under 20, 65 and over, everybody.
FRANCE: Mapping[str, int] = {"under_20": 15_373_142, "65_plus": 13_937_158, "all": 65_627_454}


def share_65_plus(bands: Mapping[str, int]) -> float:
    """Bands stop at 60 and 75: two thirds of the 60-74 are taken as 65-74."""
    return (bands["60_74"] * 2 / 3 + bands["75_plus"]) / bands["all"]


def weights() -> tuple[float, float, float]:
    """Mean weights of 0-14, 15-64, 65+: five-year classes count alike, the 65+ are split as in the Gard."""
    at_65, at_75 = GARD["60_74"] * 2 / 3, GARD["75_plus"]
    old = (at_65 * fmean(FROM_65_TO_74) + at_75 * fmean(FROM_75)) / (at_65 + at_75)
    return fmean(UNDER_15), fmean(FROM_15_TO_64), old


def raw_need(share_0_14: float, share_65: float) -> float:
    young, adult, old = weights()
    return young * share_0_14 + adult * (1 - share_0_14 - share_65) + old * share_65


def need(share_0_14: float, share_65: float) -> float:
    """Need of one inhabitant, France = 1; three quarters of the under-20s are taken as 0-14."""
    national = raw_need(0.75 * FRANCE["under_20"] / FRANCE["all"], FRANCE["65_plus"] / FRANCE["all"])
    return raw_need(share_0_14, share_65) / national
