"""How far people go for a GP (trajets)."""

from simulation.parameters.number import Group, number


class Travel(Group):
    """The pull of what is near."""

    decay_per_minute: float = number(
        0.20, 0.10, 0.30, "per minute", "derived", "docs/odd.md §4: β starts at 0.20; IRDES 0.216 describes visits",
        fr="Attrait de la proximité", en="Pull of what is near")
    reach_minutes: float = number(
        45.0, 45.0, 45.0, "minutes", "derived", "IRDES DT 70 and Sniiram 2010: 95 % of GP visits within 30 minutes, tail to 60",
        fr="Trajet le plus long pour un généraliste", en="Longest trip to a GP")
    reach_size: int = number(
        200, 200, 200, "practices", "assumed", "nearest by weight; a commune of Île-de-France reaches 8 484 GPs",
        fr="Cabinets connus de chacun", en="Practices known to a person")
    no_car_factor: float = number(
        2.0, 1.5, 3.0, "ratio", "assumed", "docs/odd.md §3: a factor and a cut-off",
        fr="Trajet sans voiture (rapport)", en="Travel without a car (ratio)")
    no_car_minutes: float = number(
        30.0, 20.0, 45.0, "minutes", "assumed", "docs/odd.md §3: a factor and a cut-off",
        fr="Trajet le plus long sans voiture", en="Longest trip without a car")
