"""A small correct territory, written as a user would, for tests that break one thing in it."""

TABLES = {
    "communes.csv": """\
insee_code,name,departement,epci,basin,cpts,inside,lat,lon,population,area_km2,share_0_14,share_65_plus,median_income_eur,relief
99002,Micocoule,99,CC,,north,indicator,44.05,4.00,300,10.0,0.15,0.30,21000,valley
99001,Châtaigne,99,CC,,north,indicator,44.00,4.00,1000,10.0,0.15,0.30,,plain
99003,Olivette,99,CC,Plaine,,ring,44.00,4.10,500,10.0,0.15,0.30,20000,plain
""",
    "practitioners.csv": """\
id,role,insee_code,lat,lon,age,half_days_per_week,slots_per_year,msp,cpts,accepts_new,leaving
p2,gp,99003,44.00,4.10,61,8,4400,,,no,2028-06
p1,gp,99001,44.00,4.00,50,9,4800,house,north,yes,
p3,nurse,99002,,,,,,,,,
""",
    "structures.csv": """\
id,kind,name,insee_code,lat,lon
house,msp,Maison de santé,99001,44.00,4.00
""",
    "hospitals.csv": """\
finess_et,name,insee_code,lat,lon,emergency,emergency_closed_since,beds,visits_per_year
990000001,Hôpital,99900,44.10,4.20,yes,,300,52000
990000002,Clinique,99901,44.20,4.20,no,2023-06-30,,
""",
}


def write_territory(folder, **changed):
    """Write the tables; `communes="…"` replaces a file, `communes=None` leaves it out."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = dict(TABLES)
    for name, text in changed.items():
        tables[f"{name}.csv"] = text
    for file, text in tables.items():
        if text is not None:
            (folder / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def faults_of(action, *arguments, **named):
    """The faults for which an input is refused."""
    from simulation.faults import Refused

    try:
        action(*arguments, **named)
    except Refused as refused:
        return refused.faults
    return ()
