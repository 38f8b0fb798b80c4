"""The targets of a fiche action are read from the futures of the very comparison, year by year."""

import io
import re
import zipfile

import numpy as np
import pandas as pd
import pytest

from experiments.reading import read
from experiments.report.contents import fiche
from experiments.report.document import Document, Paragraph, Table
from experiments.report.docx import WRITTEN_HERE, write
from experiments.report.targets import Levels, targets_of, told
from experiments.wording import Voice
from tests.test_reading import ANSWERED, BANNED, UNSERVED, plain
from tests.test_reading import told as made_by_hand

GAINS = np.array([-5.0, 1.0, 2.04, *np.linspace(3, 11.5, 17)])


def by_year(*gains, **given):
    """A comparison from a contract: the period, then each year as a group of its own."""
    comparison = made_by_hand({ANSWERED: GAINS}, **given)
    whole = comparison.pairs.query("indicator == @ANSWERED")
    years = []
    for year, gain in enumerate(gains, start=1):
        for kind, rows in whole.groupby("kind"):
            change = gain if kind == "world" else np.zeros(len(rows))
            told = rows["baseline"].to_numpy() + change
            years.append(rows.assign(group=f"year:{year}", alternative_value=told))
    return comparison.with_(pairs=pd.concat([comparison.pairs, *years], ignore_index=True))


def voice(comparison, lang="fr", indicator=ANSWERED):
    return Voice(comparison, lang, indicator)


def summary(comparison, lang="fr"):
    blocks = list(fiche(comparison, read(comparison, lang), lang))
    return next(one for one in blocks if isinstance(one, Table) and one.editable), blocks


def test_the_prudent_level_is_passed_by_nine_futures_of_ten_and_the_ambitious_by_five():
    levels = targets_of(voice(by_year(GAINS)), ANSWERED).years[0]
    assert (levels.prudent <= GAINS).sum() == 18
    assert (levels.ambitious <= GAINS).sum() >= 10
    assert (levels.ambitious + 0.1 <= GAINS).sum() < 10
    assert levels.prudent == 2.0  # 2.04, cut and never rounded up


def test_less_is_better_where_the_indicator_says_so():
    comparison = made_by_hand({UNSERVED: -GAINS})
    levels = targets_of(voice(comparison, indicator=UNSERVED), UNSERVED).full
    assert levels.prudent == 2.0
    assert "−2,0" in plain(told(voice(comparison, indicator=UNSERVED), UNSERVED, levels))


def test_each_year_of_a_contract_has_its_own_targets():
    table, blocks = summary(by_year(GAINS - 20, GAINS, GAINS + 10))
    row = [plain(cell) for cell in table.rows[0]]
    assert len(table.heads) == 8
    assert row[4] == "aucune cible"
    assert row[5].startswith("prudente +2,0")
    assert row[6].startswith("prudente +12,0")
    assert row[7] == ""
    assert any(isinstance(one, Paragraph) and "9 futurs sur 10" in plain(one.text) for one in blocks)


def test_a_year_alone_from_the_contract_is_the_first():
    comparison = made_by_hand({ANSWERED: GAINS})
    action = comparison.action._replace(ramp=0.4)
    table, _ = summary(comparison.with_(actions={"A": action}))
    assert plain(table.rows[0][4]).startswith("prudente +2,0")
    assert table.rows[0][5:] == ("", "", "")


@pytest.mark.parametrize("ramp", [None, 1.0])
def test_full_deployment_is_no_year_of_a_contract(ramp):
    comparison = made_by_hand({ANSWERED: GAINS})
    table, _ = summary(comparison.with_(actions={"A": comparison.action._replace(ramp=ramp)}), "en")
    assert table.heads[4] == "Target, all in place"
    assert table.rows[0][4].startswith("prudent +2.0")
    assert table.rows[0][5:] == ("", "", "", "")


def test_nothing_is_proposed_from_too_few_futures_nor_for_a_price():
    few = made_by_hand(worlds=19)
    table, _ = summary(few)
    assert len(table.heads) == 8
    assert {cell for row in table.rows for cell in row[4:]} == {""}
    enough = made_by_hand({ANSWERED: GAINS})
    assert targets_of(voice(enough), "money_eur").full is None
    assert targets_of(voice(enough), "carer_hours").full is None


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_cell_says_more_than_it_knows(lang):
    about = voice(made_by_hand(), lang)
    cells = [told(about, ANSWERED, one) for one in (Levels(1, 2), Levels(None, 2), Levels(None, None), None)]
    assert len(set(cells)) == 4
    assert cells[-1] == ""
    assert not any(re.search(BANNED[lang], cell) for cell in cells)


def test_the_text_can_be_written_in_where_it_should_be_and_lies_where_it_is_wide(tmp_path):
    import docx

    wide = Table("wide", "Wide", tuple("abcdefghijkl"), (tuple("abcdefghijkl"),))
    blocks = (summary(by_year(GAINS))[0], wide, Paragraph("after"))
    write(Document("T", "fr", "S", blocks), tmp_path / "t.docx")
    with zipfile.ZipFile(tmp_path / "t.docx") as file:
        xml = file.read("word/document.xml").decode()
    made = docx.Document(io.BytesIO((tmp_path / "t.docx").read_bytes()))
    first, second = made.tables
    shaded = [WRITTEN_HERE in cell._tc.xml for cell in first.rows[1].cells]
    assert shaded == [True, False, False, False, True, True, True, True]
    assert [one.page_width > one.page_height for one in made.sections] == [False, True]
    assert abs(sum(column.width.cm for column in first.columns) - 17) < 0.1
    assert abs(sum(column.width.cm for column in second.columns) - 25.7) < 0.1
    assert xml.count("w:tblHeader") == 2
