"""A run that was lived before is read back (reprise): what an interruption or another question left is not lost."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.store import Finished, Store
from experiments.totals import Counted, told_of, totals

if TYPE_CHECKING:
    from experiments.compare import Run
    from simulation.scenario import Scenario


@dataclass(frozen=True)
class Remembered:
    """Lives a scenario that the store does not hold, and keeps it; asked in any process, in any order.

    The store knows a run by what is asked, the data and the code: a changed file or a changed model is another run.
    """

    store: Store
    run: Run | None = None

    def __call__(self, scenario: Scenario) -> Counted:
        """What is kept of the run; one that fails is not kept, and tried anew."""
        key = scenario.content_hash
        known = self.store.kept(key)
        if known is not None:
            rows = known.rows.astype({"indicator": object, "group": object})
            return Counted(rows, json.loads(known.told or "{}"))
        lived = self._lived(scenario)
        told = json.dumps(dict(lived.told), sort_keys=True)
        with self.store.journal() as journal:
            journal.begin(key)
            journal.write(Finished(key, lived.rows, told))
        return lived

    def _lived(self, scenario: Scenario) -> Counted:
        from simulation import run as simulate

        results = (self.run or simulate)(scenario)
        if isinstance(results, Counted):
            return results
        return Counted(totals(results, months=self.store.months), told_of(results))
