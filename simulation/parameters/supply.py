"""What GPs offer: slots, kept slots, leave and squeezing-in (offre)."""

from simulation.parameters.number import Group, number

_DREES = "DREES, Études et résultats 1138, 2020"


class Supply(Group):
    """How a GP's week is cut into slots (créneaux); acts are an outcome."""

    slots_per_gp: float = number(
        4389.0, 4389.0, 4389.0, "slots a year", "derived", "docs/odd.md §5: 3.37 per inhabitant / 52 291 GPs",
        fr="Créneaux offerts par médecin et par an", en="Slots offered by a GP in a year")
    consultation_minutes: float = number(
        18.0, 15.0, 20.0, "minutes", "measured_in_france", "DREES panel 2019; Doctolib 17",
        fr="Durée d'une consultation", en="Length of a visit")
    same_day_share: float = number(
        0.12, 0.05, 0.25, "share of slots", "derived", "docs/odd.md §5; " + _DREES,
        fr="Créneaux gardés pour le jour même", en="Slots kept for the day")
    same_day_concentration: float = number(
        8.0, 8.0, 8.0, "beta concentration", "assumed", "docs/odd.md §5: 12 % Beta",
        fr="Dispersion de cette part entre médecins", en="Spread of that share between GPs")
    no_same_day_gps: float = number(
        0.05, 0.05, 0.05, "share of GPs", "measured_in_france", _DREES,
        fr="Médecins sans créneau du jour", en="GPs who keep no slot for the day")
    walk_in_gps: float = number(
        0.10, 0.10, 0.10, "share of GPs", "measured_in_france", _DREES,
        fr="Médecins uniquement sans rendez-vous", en="GPs who only see walk-ins")
    walk_in_sessions_gps: float = number(
        0.35, 0.35, 0.35, "share of GPs", "measured_in_france", _DREES + ": 45 % have walk-in slots each week, 10 % only those",
        fr="Médecins avec des plages sans rendez-vous", en="GPs who hold some walk-in sessions")
    home_visits_per_year: float = number(
        7.0, 5.0, 10.0, "visits a year", "derived", "docs/odd.md §4: 8 % of acts, to 3.6 % of people (Thèse A. Colin 2019)",
        fr="Visites à domicile par personne concernée", en="Visits at home for a home-bound person")
    leave_weeks: int = number(
        6, 4, 8, "weeks a year", "measured_in_france", "6.2 weeks in 2017 (DREES panel)",
        fr="Semaines de congé", en="Weeks of leave")
    leave_cover: float = number(
        0.6, 0.2, 0.8, "share of leave weeks", "assumed", "docs/odd.md §5: 0.6 (0.2–0.8)",
        fr="Congés remplacés", en="Leave weeks covered by a locum")
    squeeze_many: float = number(
        3.0, 0.0, 4.0, "acts a day", "derived", "docs/odd.md §5; " + _DREES,
        fr="Urgences prises entre deux (28 % des médecins)", en="Squeezed-in urgent acts (28 % of GPs)")
    squeeze_some: float = number(
        0.5, 0.0, 1.0, "acts a day", "derived", "docs/odd.md §5; " + _DREES,
        fr="Urgences prises entre deux (45 % des médecins)", en="Squeezed-in urgent acts (45 % of GPs)")
    willing_gps: float = number(
        0.28, 0.28, 0.28, "share of GPs", "measured_in_france", "Agipi (DREES ER 1138), answer all requests",
        fr="Médecins qui répondent à toutes les demandes", en="GPs who answer every request")
    moderate_gps: float = number(
        0.45, 0.45, 0.45, "share of GPs", "measured_in_france", "Agipi (DREES ER 1138), more than half",
        fr="Médecins qui répondent à plus de la moitié", en="GPs who answer more than half")
