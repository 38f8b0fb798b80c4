"""How GPs adapt to lasting overload (adaptation); every range holds none.

Declared adaptations: longer days, longer delays, refusing, spacing chronic visits, shorter visits (DREES panel).
"""

from simulation.parameters.number import Group, number

_DREES = "declared adaptations of GPs (DREES, in Concours pluripro); size assumed, off by default"


class Adaptation(Group):
    """What a GP does when his diary is full far ahead, month after month."""

    overload_days: float = number(
        10.0, 5.0, 20.0, "days", "assumed", "a third free slot farther than this is overload; twice as far, full overload",
        fr="Surcharge : troisième créneau libre au-delà de", en="Overload: third free slot farther than")
    stretch_ratio: float = number(
        1.15, 1.0, 1.43, "ratio", "assumed", "docs/odd.md §5: follow-ups go from 113 to at most 130 days; 91 to 130 is 1.43",
        fr="Espacement des suivis en surcharge", en="Follow-ups spaced under overload")
    refuses_share: float = number(
        0.0, 0.0, 1.0, "share of occasional visits", "assumed", _DREES,
        fr="Patients d'autres médecins refusés en surcharge", en="Other GPs' patients refused under overload", drawn=False)
    closes_share: float = number(
        0.0, 0.0, 1.0, "share of full overload", "assumed", _DREES,
        fr="Liste fermée en surcharge", en="List closed under overload", drawn=False)
    works_more_share: float = number(
        0.0, 0.0, 0.10, "share of slots", "assumed", _DREES,
        fr="Créneaux ajoutés en surcharge", en="Slots added under overload", drawn=False)
    shorter_minutes: float = number(
        0.0, 0.0, 2.0, "minutes", "assumed", _DREES,
        fr="Consultations raccourcies en surcharge", en="Visits shortened under overload", drawn=False)
