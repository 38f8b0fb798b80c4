import re
from datetime import datetime

import pytest
import yaml
from openpyxl import load_workbook

from scenarios.workbook import communes_written, corrected_copy
from scenarios.workbook.layout import README, by_word, choices, columns, folded, words
from scenarios.workbook.places import Gazetteer
from tests.workbooks import CEVENNES, FIRST, GOOD, filled, put, read, template, told
from texts import LANGUAGES


def spread(sheet, *rows):
    return {**GOOD, sheet: list(rows)}


PRO, FIGURES, SLOTS, MONEY = (
    "Professionnels",
    "Chiffres du territoire",
    "Soins non programmés",
    "Budget et temps",
)
ALD = "Patients en ALD sans médecin traitant (%)"

# What really comes: sheet, cell, heading, what is written there, what must be said of it.
FAULTS = {
    "a role in free text": (PRO, "A7", "Profession", "kiné libérale", "choisir masseur-kinésithérapeute"),
    "a role that means nothing": (PRO, "A7", "Profession", "Zorglub", "Choisir dans la liste"),
    "a commune misspelt": (PRO, "B7", "Commune du cabinet", "Lassalle", "Écrire Lasalle (30140)"),
    "two communes of one beginning": (PRO, "B7", "Commune du cabinet", "Ste-Croix", "Sainte-Croix-de-Caderle (30246)"),
    "two communes of one name": (PRO, "B7", "Commune du cabinet", "Vabres", "Vabres (30283), Vabres (12293)"),
    "a commune from elsewhere": (PRO, "B7", "Commune du cabinet", "Saint-Malo", "cpts territory build"),
    "no commune": (PRO, "B7", "Commune du cabinet", " ", "La remplir, ou effacer toute la ligne"),
    "neither yes nor no": (PRO, "C7", "Membre de la CPTS", "peut-être", "Écrire : oui, non"),
    "days for half-days": (PRO, "E7", "Demi-journées par semaine", "4 jours", "Écrire des demi-journées : 8"),
    "too many half-days": (PRO, "E7", "Demi-journées par semaine", 40, "Écrire un nombre de 0 à 14"),
    "a point between thousands": (PRO, "F7", "Consultations par an", "4.500", "Écrire 4500"),
    "a comma between thousands": (SLOTS, "C6", "Créneaux offerts", "1,200", "Écrire 1200"),
    "half a call": (SLOTS, "B6", "Appels reçus", 12.5, "sans virgule"),
    "a département for a commune": (PRO, "B7", "Commune du cabinet", "Gard", "Corriger le nom"),
    "an age that is none": (PRO, "G7", "Tranche d’âge", "proche retraite", "Choisir une tranche"),
    "new patients, who knows": (PRO, "H7", "Prend de nouveaux patients", "bientôt", "sous conditions"),
    "a departure without year": (PRO, "I7", "Départ prévu (mois)", "fin juin", "juin 2030"),
    "a month before its day": (PRO, "I7", "Départ prévu (mois)", "06/30/2030", "jour/mois/année"),
    "a departure that is past": (PRO, "I7", "Départ prévu (mois)", datetime(2026, 6, 30), "retirer la ligne"),
    "more used than offered": (SLOTS, "D6", "Créneaux utilisés", 200, "200 créneaux utilisés pour 96 offerts"),
    "a month told twice": (SLOTS, "A7", "Mois", datetime(2025, 1, 31), "déjà dit en A6"),
    "a month to come": (SLOTS, "A7", "Mois", "décembre 2026", "pas encore passée"),
    "a month without its year": (SLOTS, "A7", "Mois", "août", "mois avec son année"),
    "a formula": (SLOTS, "B6", "Appels reçus", "=SUM(B7:B9)", "collage spécial, valeurs"),
    "an error of the spreadsheet": (SLOTS, "B6", "Appels reçus", "#REF!", "NC"),
    "a word for a number": (SLOTS, "C6", "Créneaux offerts", "beaucoup", "NC si la valeur est inconnue"),
    "a negative number": (SLOTS, "C6", "Créneaux offerts", -4, "de 0 à"),
    "an indicator that is none": (FIGURES, "A6", "Indicateur", "ALD sans MT en %", "choisir"),
    "a share or a percentage": (FIGURES, "B6", "Valeur", 0.112, "Écrire 11,2"),
    "a percentage above hundred": (FIGURES, "B6", "Valeur", "112 %", "de 0 à 100"),
    "an interval backwards": (FIGURES, "B6", "Valeur", "20 à 10", "plus petite borne d’abord"),
    "a year of two figures": (FIGURES, "C6", "Année", "25", "quatre chiffres"),
    "a source unknown": (FIGURES, "D6", "Source", "un collègue", "Choisir dans la liste"),
    "a mission unknown": (MONEY, "A6", "Mission", "réunions", "Choisir dans la liste"),
    "thousands in a letter": (MONEY, "C6", "Euros prévus", "12 k€", "en entier"),
    "a code that is none": ("Communes", "B7", "Code INSEE", "3014", "n’est pas une commune du territoire"),
    "a code of another commune": ("Communes", "B7", "Code INSEE", "30010", "Corriger l’un des deux"),
    "a commune told twice": ("Communes", "A7", "Commune", "St Jean du Gard", "déjà dit en A6"),
    "neither in nor around": ("Communes", "C7", "Territoire ou couronne", "à voir", "territoire, couronne"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_by_sheet_cell_field_and_remedy(tmp_path, name):
    sheet, cell, heading, value, remedy = FAULTS[name]
    sheets = GOOD
    if name == "a commune told twice":
        sheets = spread("Communes", ["Saint-Jean-du-Gard"], ["Saint-Jean-du-Gard"])
    faults = read(filled(tmp_path / "t.xlsx", sheets, put(sheet, cell, value))).faults
    assert [(one.sheet, one.cell, one.field) for one in faults] == [(sheet, cell, heading)]
    sentence = re.sub(r"\s", " ", faults[0].told("fr"))
    assert sentence.startswith(f"feuille {sheet}, cellule {cell} ({heading}) : ")
    assert remedy in sentence
    assert f"sheet {sheet}, cell {cell} ({heading}): " in faults[0].told("en")


def test_every_fault_is_told_at_once_and_in_order(tmp_path):
    def change(book):
        for sheet, cell, _, value, _ in (
            FAULTS[one] for one in ("a mission unknown", "a role in free text", "a formula")
        ):
            book[sheet][cell] = value

    faults = read(filled(tmp_path / "t.xlsx", GOOD, change)).faults
    assert [(one.sheet, one.cell) for one in faults] == [(PRO, "A7"), (SLOTS, "B6"), (MONEY, "A6")]


def test_a_free_word_is_told_as_the_coordinator_wrote_it(tmp_path):
    [sentence] = told(filled(tmp_path / "t.xlsx", GOOD, put(PRO, "A7", "kiné libérale")))
    thin = "\N{NARROW NO-BREAK SPACE}"
    assert sentence == (
        f"feuille Professionnels, cellule A7 (Profession){thin}: «{thin}kiné libérale{thin}» n’est pas reconnu{thin}; "
        "choisir masseur-kinésithérapeute."
    )


def test_a_good_workbook_says_what_it_says(tmp_path):
    reading = read(filled(tmp_path / "t.xlsx"))
    assert reading.faults == ()
    first, second, nurse, physio = reading.workbook.carers
    assert (first.role, first.code, first.member, first.age, first.accepts, first.leaving) == (
        "gp", "30140", True, 55.0, "yes", "2030-06")  # fmt: skip
    assert (second.code, second.half_days, second.slots, second.accepts) == ("30269", 7.5, None, "no")
    assert (nurse.role, nurse.member, physio.role, physio.house) == ("nurse", None, "physiotherapist", "yes")
    assert [(one.code, one.inside) for one in reading.workbook.communes] == [
        ("30269", True),
        ("30140", True),
        ("30010", False),
    ]
    assert reading.workbook.figures[0].amount.value == 0.112
    assert reading.workbook.spending[0].spent.value == 41250.5
    assert reading.workbook.months[1].calls.value is None


def test_the_empty_template_holds_nothing_but_examples(tmp_path):
    [sentence] = told(filled(tmp_path / "t.xlsx", {}, book=template(tmp_path / "empty.xlsx")))
    assert "n’est pas rempli" in sentence


@pytest.mark.parametrize("role", [one for one in words("roles") if one.key])
def test_every_way_of_naming_a_role_is_understood(tmp_path, role):
    for text in (role.label, *role.also, role.label.upper()):
        assert by_word("roles")[folded(text)].key == role.key, text


@pytest.mark.parametrize("name", ["roles", "missions", "sources"])
def test_no_way_of_naming_means_two_things(name):
    for one in words(name):
        assert all(by_word(name)[folded(text)] == one for text in (one.label, *one.also)), one


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("St-Jean du Gard", "30269"),
        ("SAINT JEAN DU GARD", "30269"),
        ("Saint Jean Gard", "30269"),
        ("30460 Lasalle", "30140"),
        ("Lasalle (30)", "30140"),
        ("Vabres (12)", "12293"),
        ("Vabres (30)", "30283"),
        ("Ste Croix Vallée Francaise", "48144"),
        ("cadiere et cambo", "30058"),
        ("30140", "30140"),
    ],
)
def test_a_commune_is_found_under_the_names_people_give_it(written, code):
    found = CEVENNES.named(written)
    assert (found.commune.code, found.assumed) == (code, False)


@pytest.mark.parametrize(("written", "code"), [("Corbès", "30329"), ("Thoiras", "30329"), ("Cambo", "30058")])
def test_a_part_of_a_merged_commune_is_read_as_the_whole_and_said_so(tmp_path, written, code):
    reading = read(filled(tmp_path / "t.xlsx", spread(PRO, ["MG", written, "oui"])))
    assert reading.workbook.carers[0].code == code
    assert [one.code for one in reading.notes] == ["commune_assumed"]
    assert "B6" in reading.notes[0].told("fr")


def test_the_communes_written_are_known_before_any_territory_is(tmp_path):
    assert communes_written(filled(tmp_path / "t.xlsx")) == ("Saint-Jean-du-Gard", "30140")
    assert communes_written(tmp_path / "absent.xlsx") == ()


def test_both_parts_of_a_merged_commune_may_be_listed(tmp_path):
    reading = read(filled(tmp_path / "t.xlsx", {"Communes": [["Thoiras"], ["Corbès"], ["Lasalle"]]}))
    assert reading.faults == ()
    assert [one.code for one in reading.workbook.communes] == ["30329", "30140"]


@pytest.mark.parametrize(
    ("label", "written", "value", "low", "high"),
    [
        (ALD, "4,5 %", 0.045, None, None),
        (ALD, "4,5", 0.045, None, None),
        (ALD, 4.5, 0.045, None, None),
        (ALD, "<6", None, None, None),
        (ALD, "< 6 %", None, 0.0, 0.06),
        (ALD, "NC", None, None, None),
        (ALD, "s.s.", None, None, None),
        (ALD, "entre 4 et 6 %", None, 0.04, 0.06),
        (ALD, 0, 0.0, None, None),
        ("Habitants (nombre)", "20 355", 20355.0, None, None),
        ("Habitants (nombre)", "20\u202f355 habitants", 20355.0, None, None),
        ("Passages aux urgences (pour 1 000 habitants par an)", "290-320", None, 290.0, 320.0),
        ("Passages aux urgences (pour 1 000 habitants par an)", "environ 307,5", 307.5, None, None),
        ("Patients en ALD sans médecin traitant (nombre)", "<6", None, 0.0, 6.0),
    ],
)
def test_a_figure_is_read_as_it_is_written_and_what_is_hidden_is_never_zero(
    tmp_path, label, written, value, low, high
):
    reading = read(filled(tmp_path / "t.xlsx", {FIGURES: [[label, written, 2025, "CPAM"]]}))
    assert reading.faults == ()
    amount = reading.workbook.figures[0].amount
    assert (amount.value, amount.low, amount.high) == (value, low, high)


def test_a_cell_shown_as_a_percentage_is_one(tmp_path):
    def change(book):
        book[FIGURES]["B6"] = 0.112
        book[FIGURES]["B6"].number_format = "0.0%"

    reading = read(filled(tmp_path / "t.xlsx", GOOD, change))
    assert reading.workbook.figures[0].amount.value == 0.112


@pytest.mark.parametrize(
    ("written", "month"),
    [
        (datetime(2030, 6, 30), "2030-06"),
        ("30/06/2030", "2030-06"),
        ("06/2030", "2030-06"),
        ("2030-06", "2030-06"),
        ("juin 2030", "2030-06"),
        ("fin août 2031", "2031-08"),
        ("Févr. 2031", "2031-02"),
        ("30/06/30", "2030-06"),
    ],
)
def test_a_month_is_read_however_it_is_written(tmp_path, written, month):
    reading = read(filled(tmp_path / "t.xlsx", spread(PRO, ["MG", "Lasalle", *[None] * 6, written])))
    assert reading.faults == ()
    assert reading.workbook.carers[0].leaving == month


def test_lines_left_empty_totals_and_cells_merged_downwards_do_no_harm(tmp_path):
    def change(book):
        page = book[PRO]
        page["A8"], page["A12"], page["B12"] = "SF", "IPA", None
        page.merge_cells("B8:B9")
        page["B8"], page["A9"], page["B12"] = "Lasalle", "dentiste", "Anduze"
        book[SLOTS]["A30"], book[SLOTS]["B30"] = "Total", "=SUM(B6:B29)"

    reading = read(filled(tmp_path / "t.xlsx", spread(PRO, ["MG", "Lasalle"]), change))
    assert reading.faults == ()
    assert [(one.role, one.code) for one in reading.workbook.carers] == [
        ("gp", "30140"), ("midwife", "30140"), ("dentist", "30140"), ("advanced_nurse", "30010")]  # fmt: skip
    assert {one.code for one in reading.notes} >= {"spread", "totals"}


def test_columns_may_be_moved_renamed_and_preceded_by_titles(tmp_path):
    def change(book):
        page = book[MONEY]
        page.delete_rows(1, 40)
        page["B3"], page["C3"], page["D3"], page["A3"] = "Exercice", "Axe", "Dépensé", "N°"
        page["A5"], page["B5"], page["C5"], page["D5"] = 1, 2025, "prévention", "1 200 €"
        page.title = "budget 2025"

    reading = read(filled(tmp_path / "t.xlsx", {MONEY: []}, change))
    assert reading.faults == ()
    assert [(one.mission, one.year, one.spent.value) for one in reading.workbook.spending] == [
        ("Prévention", 2025, 1200.0)
    ]


def renamed(book):
    book["Communes"].title = "Feuil7"


def headless(book):
    book["Communes"].delete_rows(1, 5)


def stranger(book):
    book[MONEY]["F4"], book[MONEY]["F6"] = "Avis", "très bien"


def without(book):
    book[PRO].delete_cols(2)


def twice(book):
    book[SLOTS]["E4"] = "Mois"


def across(book):
    book[SLOTS].merge_cells("B6:D6")


@pytest.mark.parametrize(
    ("change", "sheet", "column", "remedy"),
    [
        (renamed, "n° 2", 0, "la renommer : Communes"),
        (headless, "Communes", 0, "Remettre ceux du modèle : Commune, Code INSEE"),
        (stranger, MONEY, 6, "La supprimer, ou corriger son titre"),
        (without, PRO, 0, "La remettre, avec ce titre"),
        (twice, SLOTS, 5, "N’en garder qu’un"),
        (across, SLOTS, 2, "Les défusionner"),
    ],
)
def test_a_sheet_out_of_shape_is_told(tmp_path, change, sheet, column, remedy):
    faults = read(filled(tmp_path / "t.xlsx", GOOD, change)).faults
    assert [(one.sheet, one.column) for one in faults] == [(sheet, column)]
    assert remedy in re.sub(r"\s", " ", faults[0].told("fr"))


def test_when_no_commune_is_known_the_territory_is_the_wrong_one_and_it_is_said_once(tmp_path):
    faults = read(filled(tmp_path / "t.xlsx"), Gazetteer([], "ailleurs")).faults
    assert [one.code for one in faults] == ["no_commune_known"]
    assert "cpts territory build" in faults[0].told("fr")


def test_professions_that_are_not_simulated_are_set_aside_and_counted(tmp_path):
    reading = read(
        filled(
            tmp_path / "t.xlsx", spread(PRO, ["MG", "Lasalle", "oui"], ["orthophoniste", "Lasalle", "oui"])
        )
    )
    assert [one.role for one in reading.workbook.carers] == ["gp"]
    assert "orthophoniste (1)" in reading.notes[0].told("fr")


def test_months_that_lack_are_told_and_stay_unknown(tmp_path):
    reading = read(
        filled(tmp_path / "t.xlsx", {SLOTS: [["juin 2025", 1, 2, 1], ["septembre 2025", 1, 2, 1]]})
    )
    assert "07/2025, 08/2025" in reading.notes[0].told("fr")
    assert [one.month for one in reading.workbook.months] == ["2025-06", "2025-09"]


# ---------------------------------------------------------------- the template and the copy handed back


def test_the_template_is_laid_out_to_be_filled_in(tmp_path):
    book = template(tmp_path / "t.xlsx")
    assert book.sheetnames == [README, *columns(), "Listes"]
    for sheet, some in columns().items():
        page = book[sheet]
        assert page.freeze_panes == "A5"
        assert page.page_setup.orientation == "landscape"
        assert [page.cell(4, at).value.rstrip(" *") for at in range(1, len(some) + 1)] == [
            one.heading for one in some
        ]
        lists = {str(one.sqref).split(":")[0]: one for one in page.data_validations.dataValidation}
        for at, one in enumerate(some, start=1):
            drop_down = lists[f"{page.cell(5, at).column_letter}5"]
            assert drop_down.prompt == one.note
            assert (drop_down.type == "list") == bool(one.choices)
            if choices(one) and not one.choices.startswith("@"):
                assert drop_down.formula1 == f'"{",".join(choices(one))}"'
        assert all(page.cell(5, at).font.italic for at in range(1, len(some) + 1))
    assert book["Listes"].sheet_state == "hidden"


def test_the_copy_handed_back_has_its_cells_coloured_and_explained(tmp_path):
    reading = read(filled(tmp_path / "t.xlsx", GOOD, put(PRO, "A7", "kiné libérale")))
    corrected_copy(reading, tmp_path / "copy.xlsx")
    book = load_workbook(tmp_path / "copy.xlsx")
    cell = book[PRO]["A7"]
    assert cell.value == "kiné libérale"
    assert "masseur-kinésithérapeute" in cell.comment.text
    assert cell.fill.fgColor.rgb.endswith("F6B8A8")
    assert book[PRO]["A6"].fill.fill_type is None
    assert book["À corriger"]["B5"].value == "A7"


def test_the_copy_once_corrected_reads_as_the_workbook_would(tmp_path):
    right = read(filled(tmp_path / "right.xlsx"))
    corrected_copy(
        read(filled(tmp_path / "t.xlsx", GOOD, put(PRO, "A7", "kiné libérale"))), tmp_path / "copy.xlsx"
    )
    book = load_workbook(tmp_path / "copy.xlsx")
    book[PRO]["A7"] = "MG"
    book.save(tmp_path / "copy.xlsx")
    again = read(tmp_path / "copy.xlsx")
    assert again.faults == ()
    assert again.workbook.carers == right.workbook.carers
    assert (again.workbook.months, again.workbook.figures, again.workbook.spending) == (
        right.workbook.months, right.workbook.figures, right.workbook.spending)  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_of_the_workbook_is_used(lang):
    from pathlib import Path

    root = Path(__file__).resolve().parent.parent
    code = "".join(path.read_text() for path in (root / "scenarios" / "workbook").glob("*.py"))
    for name in yaml.safe_load((root / "texts" / lang / "workbook.yaml").read_text()):
        bare = re.sub(r"^(note|readme|intro|summary|kind|role)_", "", name)
        assert f'"{bare}"' in code or name in ("place", "quoted", "this_cell", "readme_how", "readme_never",
                                               "readme_write", "readme_after") or f".{name}" in code, name  # fmt: skip


assert FIRST == 6  # the cells above are those of the first line written
