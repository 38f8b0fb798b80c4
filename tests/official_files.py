"""Official files of a small country, in their true layouts, written from the shipped Cévennes: no real person."""

from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd

SHIPPED = Path(__file__).resolve().parent.parent / "scenarios" / "territories" / "chataigne-micocoule"
CODES = dict.fromkeys(("insee_code", "departement", "finess_et"), str)
TRADES = {
    "gp": "10",
    "pharmacist": "21",
    "dentist": "40",
    "midwife": "50",
    "nurse": "60",
    "physiotherapist": "70",
}
FAR = (
    ("2A004", "Ajaccio", "2A", 41.919, 8.738, 75_000, 82.0),
    ("01004", "Ambérieu-en-Bugey", "01", 45.958, 5.359, 15_934, 24.6),
    ("75056", "Paris", "75", 48.857, 2.351, 2_100_000, 105.4),
    ("12217", "Sainte-Croix", "12", 44.450, 1.990, 700, 23.0),
    ("81326", "Sainte-Croix", "81", 43.980, 2.060, 400, 11.0),
)
"""Communes elsewhere: Corsica, a zero in front, a great city, two of the same name."""


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(SHIPPED / f"{name}.csv", dtype=CODES).fillna({"msp": "", "cpts": ""})


def each(frame: pd.DataFrame) -> list[Any]:
    """The rows of a table, as records."""
    return list(frame.itertuples())


def communes() -> pd.DataFrame:
    """The shipped communes and some elsewhere, with the number of their EPCI."""
    ours = table("communes")
    far = pd.DataFrame(
        FAR, columns=["insee_code", "name", "departement", "lat", "lon", "population", "area_km2"]
    )
    far = far.assign(epci="CA d'ailleurs", share_0_14=0.17, share_65_plus=0.21, inside="")
    both = pd.concat([ours, far], ignore_index=True)
    siren = {name: str(200_000_000 + at) for at, name in enumerate(sorted(both["epci"].unique()))}
    return both.assign(siren=both["epci"].map(siren))


def inside() -> pd.DataFrame:
    ours = communes()
    return ours[ours["inside"] == "indicator"]


def write_all(folder: Path) -> Path:
    """Every file, each under its usual name."""
    folder.mkdir(parents=True, exist_ok=True)
    for write in (national, populations, names, federations, bands, establishments, carers, equipment, postcodes,
                  accessibility, zoning):  # fmt: skip
        write(folder)
    return folder


def national(folder: Path) -> None:
    """The table of another year: its populations are to be corrected by the legal ones."""
    rows = communes()
    gps = table("practitioners").query("role == 'gp'")["insee_code"].value_counts()
    pd.DataFrame(
        {
            "insee_code": rows["insee_code"], "name": rows["name"].str.upper(), "departement_code": rows["departement"],
            "epci_siren": rows["siren"], "bv2022": rows["insee_code"], "lat": rows["lat"], "lon": rows["lon"],
            "population": rows["population"] + 7, "area_km2": rows["area_km2"], "share_15_64": 0.6,
            "sirene2018_gp": rows["insee_code"].map(gps).fillna((rows["population"] > 10_000) * 20).astype(int),
            "sirene2018_nurse": 1, "sirene2018_dentist": 1, "sirene2018_physio_podo_speech": 1,
        }
    ).to_parquet(folder / "france_communes.parquet")  # fmt: skip


def populations(folder: Path) -> None:
    """An older geographic code: Thoiras-Corbès was still two communes."""
    lines = ["REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT"]
    for row in each(communes()):
        parts = [(row.insee_code, row.name, row.population)]
        if row.insee_code == "30329":
            parts = [("30329", "Thoiras", row.population - 150), ("30089", "Corbès", 150)]
        for code, name, people in parts:
            told = f"{people:,}".replace(",", " ")
            lines.append(
                f"76;Occitanie;{row.departement};3;15;{code[2:]};{code};{name};{told};2;{people + 2}"
            )
    (folder / "donnees_communes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def names(folder: Path) -> None:
    lines = ["TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT"]
    for row in each(communes()):
        lines.append(f"COM,{row.insee_code},76,{row.departement},30D,303,0,,,{row.name},3015,")
    lines += ["COMD,30329,,,,,0,,,Thoiras,,30329", "COMD,30089,,,,,0,,,Corbès,,30329",
              "ARM,75101,11,75,75C,751,0,,,Paris 1er Arrondissement,,75056"]  # fmt: skip
    (folder / "v_commune_2026.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def federations(folder: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append("dept siren raison_sociale nature_juridique insee nom_membre pmun_2025".split())
    for row in each(communes()):
        page.append([row.departement, row.siren, row.epci, "CC", row.insee_code, row.name, row.population])
    book.save(folder / "epcicom2025.xlsx")


def bands(folder: Path) -> None:
    """In the alphabet of Windows, as some copies are, with a hidden commune."""
    ages = ["0014", "1529", "3044", "4559", "6074", "7589", "90P"]
    lines = ["CODGEO;LIBGEO;P21_POP;" + ";".join(f"P21_POP{age}" for age in ages) + ";SUPERF"]
    for row in each(communes()):
        people, young, old = row.population, row.share_0_14, row.share_65_plus
        middle = people * (1 - young - old) / 3
        told = [young * people, middle, middle, middle, 0.0, old * people * 0.9, old * people * 0.1]
        cells = [f"{one:.6f}" for one in told]
        if row.insee_code == "12217":
            cells = ["S"] * len(cells)
        lines.append(f"{row.insee_code};{row.name};{people};{';'.join(cells)};{row.area_km2}")
    (folder / "base-cc-evol-struct-pop-2021.CSV").write_text("\n".join(lines) + "\n", encoding="cp1252")


def ages_by_year(folder: Path, codes: list[str]) -> None:
    """A person of each sex and age from 0 to 99."""
    lines = ["NIVGEO;CODGEO;LIBGEO;SEXE;AGED100;NB"]
    for code in codes:
        lines += [f"COM;{code};Nom;{sex};{age:03d};1.5" for sex in (1, 2) for age in range(100)]
    (folder / "TD_POP1B_2021.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def lambert_93(lat: float, lon: float) -> tuple[float, float]:
    """Metres of Lambert-93 (IGN, NTG 71), the way back of what the reader does."""
    n, c, xs, ys, e = 0.7256077650532670, 11_754_255.426096, 700_000.0, 12_655_612.049876, 0.08181919104281579
    phi = np.radians(lat)
    isometric = np.log(
        np.tan(np.pi / 4 + phi / 2) * ((1 - e * np.sin(phi)) / (1 + e * np.sin(phi))) ** (e / 2)
    )
    radius, angle = c * np.exp(-n * isometric), n * np.radians(lon - 3)
    return float(xs + radius * np.sin(angle)), float(ys - radius * np.cos(angle))


def establishments(folder: Path) -> None:
    """The layout without header; general hospitals are those with an ED, the others psychiatric."""
    lines, places = ["finess;etalab;93;2026-01-07"], []
    houses = [(f"3099999{at:02d}", row.name, "603", row.insee_code, row.lat, row.lon)
              for at, row in enumerate(each(table("structures")))]  # fmt: skip
    hospitals = [(row.finess_et, row.name, "355" if row.emergency == "yes" else "292", row.insee_code, row.lat, row.lon)
                 for row in each(table("hospitals"))]  # fmt: skip
    for number, name, category, code, lat, lon in houses + hospitals:
        cells = ["structureet", number, "", name, "", "", "", "1", "R", "", "", "", code[2:], code[:2], "", "30460 X",
                 "", "", category, "", "", "", "", "", "", "", "", "", "", "", "", ""]  # fmt: skip
        lines.append(";".join(cells))
        x, y = lambert_93(lat, lon)
        places.append(f"geolocalisation;{number};{x:.1f};{y:.1f};1,ATLASANTE,90,IGN,LAMBERT_93;2026-01-07")
    (folder / "etalab_finess.csv").write_text("\n".join(lines + places) + "\n", encoding="utf-8")


HEADER_OF_CARERS = (
    "Type d'identifiant PP|Identifiant PP|Nom d'exercice|Prénom d'exercice|Code profession|Code savoir-faire|"
    "Code mode exercice|Numéro FINESS site|Code postal (coord. structure)|Code commune (coord. structure)|"
    "Téléphone (coord. structure)|Adresse e-mail (coord. structure)|"
)


def carers(folder: Path) -> None:
    """Invented people: somebody salaried, a surgeon, somebody on two lines, and somebody without a commune."""
    lines = [HEADER_OF_CARERS]
    rows = table("practitioners")
    for at, row in enumerate(each(rows[rows["role"].isin(TRADES)])):
        skill = "SM54" if row.role == "gp" else ""
        who = f"8|{10_000_000_000 + at}|NOM{at}|PRENOM|{TRADES[row.role]}|{skill}"
        line = f"{who}|L||30000|{row.insee_code}|0400|a@b.c|"
        lines += [line] * (2 if at % 5 == 0 else 1)
    lines += [
        "8|20000000001|NOM|PRENOM|10|SM54|S||30000|30140|||",
        "8|20000000002|NOM|PRENOM|10|SM04|L||30000|30140|||",
        "8|20000000003|NOM|PRENOM|10|SM54|L|||||",
    ]
    lines[-1] += "|"
    (folder / "PS_LibreAcces_Personne_activite_202610080751.txt").write_text(
        "\n".join(lines) + "\n", encoding="utf-8"
    )


def equipment(folder: Path) -> None:
    """EDs only: the directory counts carers."""
    rows = table("hospitals").query("emergency == 'yes'")
    pd.DataFrame(
        {
            "AN": "2024", "NOMRS": "", "DEPCOM": rows["insee_code"], "TYPEQU": "D106", "LATITUDE": rows["lat"],
            "LONGITUDE": rows["lon"], "EPSG": "2154",
        }
    ).to_parquet(folder / "BPE24.parquet")  # fmt: skip


def postcodes(folder: Path) -> None:
    lines = ["#Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libellé_d_acheminement;Ligne_5"]
    posts = {"30010": "30140", "30140": "30460", "30322": "30460", "30269": "30270", "30311": "30610"}
    lines += [f"{code};X;{post};X;" for code, post in posts.items()]
    (folder / "laposte_hexasmal.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def accessibility(folder: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Lisez-moi"
    page = book.create_sheet("APL 2024")
    for text in ("Indicateur d'accessibilité potentielle localisée (APL) 2024", "", "Millésime : 2024"):
        page.append([text])
    page.append(["Code commune INSEE", "Commune", "APL aux médecins généralistes",
                 "APL aux médecins généralistes de 65 ans ou moins ",
                 "Population standardisée 2022 pour la médecine générale", "Population totale 2022"])  # fmt: skip
    page.append([None, None, "En nombre de consultations", None, None, None])
    for row in each(communes()):
        page.append(
            [row.insee_code, row.name, 3.0 if row.inside == "indicator" else 4.0, 2.5, row.population, 1]
        )
    book.save(folder / "apl_medecins_generalistes.xlsx")


def zoning(folder: Path) -> None:
    lines = ["CartoSanté; ; ", "Référentiel : France; ; ", "Code;Libellé;Zonage médecins"]
    lines += [f"{row.insee_code};{row.name};1_ZIP" for row in each(inside())]
    (folder / "cartosante_zonage.csv").write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
