"""Minutes in the waiting room (salle d'attente): how long visits last, how punctual people are."""

from simulation.parameters.number import Group, number


class WaitingRoom(Group):
    """What makes a session run late."""

    service_spread: float = number(
        0.4, 0.2, 0.6, "sd / mean", "assumed", "no French figure was found; range by judgement",
        fr="Dispersion de la durée des consultations", en="Spread of the length of visits")
    early_minutes: float = number(
        4.0, 0.0, 10.0, "minutes", "assumed", "range by judgement",
        fr="Avance moyenne des patients", en="Mean earliness of patients")
    punctuality_minutes: float = number(
        6.0, 2.0, 12.0, "minutes (sd)", "assumed", "range by judgement",
        fr="Dispersion des heures d'arrivée", en="Spread of arrivals")
