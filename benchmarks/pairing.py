"""What pairing gains: `python -m benchmarks.pairing`, read from a shipped study, for each of its scenarios."""

from __future__ import annotations

import sys
from pathlib import Path

from experiments.archive import kept
from experiments.study import Study
from experiments.variance import pairing

ROOT = Path(__file__).parent.parent
STUDY = "which-mission-first"
INDICATORS = ("answered_48h_per_1000", "restricted_mean_days", "delay_total_median")


def table() -> str:
    """Ratio of variances, and nine tenths of Fisher's law, over the study's luck pairs."""
    outcome = kept(Study(ROOT / "experiments" / "studies" / STUDY, ROOT / "scenarios"))
    lines = [f"| scenario | {' | '.join(INDICATORS)} |", f"|{'---|' * (1 + len(INDICATORS))}"]
    for name in outcome.study.names:
        one, cells = outcome.comparison.of(name), []
        for indicator in INDICATORS:
            found = pairing(one, indicator)
            moves = one.by_world(indicator, "luck").abs().max() > 0
            cells.append(
                f"{found.value:.0f} ({found.low:.0f}–{found.high:.0f})" if moves else "does not move"
            )
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join([*lines, f"\n{outcome.comparison.luck} luck pairs.", ""])


if __name__ == "__main__":
    sys.stdout.write(table())
