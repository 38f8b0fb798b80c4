"""The document as a text to be gone on with (Word): titles, sentences and tables that anybody can edit."""

from io import BytesIO
from pathlib import Path

from experiments.report.document import Document, Figure, Heading, Paragraph, Table

GREY = "EEF1F4"
WRITTEN_HERE = "FFF4D6"
"""Colour of a cell that the reader is expected to write in."""
LONGEST_WORD, LONGEST_TEXT = 24, 110
"""Letters beyond which a word (an address) is cut, and a text gets no more room."""
_LETTER_CM, _PADDING_CM = 0.18, 0.4
"""A letter of small size, and the two sides of a cell."""
SMALL = 8
"""Points of what is written in a table."""
_WIDE_CM, _ACROSS_CM = 17.0, 25.7
"""Room between the margins of a page upright, and lying."""
_A4_CM, _MARGIN_CM = (21.0, 29.7), 2.0
MOST_TOGETHER = 8
"""Rows of a table that is not cut by the end of a page."""
MOST_UPRIGHT = 9
"""Columns beyond which a table lies across its page."""


def write(document: Document, target: Path) -> None:
    """Write the document as .docx."""
    import docx
    from docx.shared import Cm, Pt

    made = docx.Document()
    made.core_properties.title, made.core_properties.author = document.title, ""
    made.styles["Normal"].font.size = Pt(11)
    _laid(made.sections[0], across=False)
    made.add_heading(document.title, 0)
    made.add_paragraph(document.stamp).runs[0].italic = True
    for block in document.blocks:
        match block:
            case Heading(text, level):
                _turned(made, across=False)
                made.add_heading(text, level - 1)
            case Paragraph(text, strong):
                made.add_paragraph().add_run(text).bold = strong
            case Figure(_, caption, _, png, _):
                made.add_picture(BytesIO(png), width=Cm(_WIDE_CM))
                made.paragraphs[-1].paragraph_format.keep_with_next = True
                made.add_paragraph(caption).runs[0].italic = True
            case Table():
                _turned(made, across=len(block.heads) > MOST_UPRIGHT)
                _table(made, block)
    made.sections[0].footer.paragraphs[0].text = document.stamp
    made.save(str(target))


def _turned(made, *, across: bool) -> None:
    """Go on with a page that lies, or stands, if the last does not."""
    section = made.sections[-1]
    if (section.page_width > section.page_height) != across:
        _laid(made.add_section(), across=across)


def _laid(section, *, across: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    narrow, long = (Cm(side) for side in _A4_CM)
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, narrow) if across else (narrow, long)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(_MARGIN_CM))


def _table(made, table: Table) -> None:
    caption = made.add_paragraph()
    caption.add_run(table.caption).bold = True
    caption.paragraph_format.keep_with_next = True
    laid = made.add_table(rows=1, cols=len(table.heads), style="Table Grid")
    laid.autofit = False
    _repeated(laid.rows[0])
    for cell, head in zip(laid.rows[0].cells, table.heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
        _shaded(cell, GREY)
    targets = range(len(table.heads) - table.written, len(table.heads)) if table.editable else ()
    for row in table.rows:
        for at, (cell, text) in enumerate(zip(_whole(laid.add_row()).cells, row, strict=True)):
            cell.text = text
            if table.editable and (at == 0 or at in targets or not text):
                _shaded(cell, WRITTEN_HERE)
    _sized(laid, widths(table))
    if len(table.rows) <= MOST_TOGETHER:
        for line in laid.rows[:-1]:
            for cell in line.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
    made.add_paragraph()


def widths(table: Table) -> list[float]:
    """Centimetres of each column: its longest word whole, then room shared by how much there is to say."""
    room = _ACROSS_CM if len(table.heads) > MOST_UPRIGHT else _WIDE_CM
    least, more = [], []
    for at, column in enumerate(zip(table.heads, *table.rows, strict=True)):
        word = min(max((len(one) for cell in column for one in cell.split()), default=1), LONGEST_WORD)
        least.append(_PADDING_CM + _LETTER_CM * word)
        is_written = at >= len(table.heads) - table.written
        text = max(map(len, column))
        more.append(max(min(text, LONGEST_TEXT) - word, LONGEST_WORD if is_written else 0))
    spare = room - sum(least)
    if spare <= 0:
        return [room * one / sum(least) for one in least]
    told = sum(more)
    return [
        one + spare * (share / told if told else 1 / len(least))
        for one, share in zip(least, more, strict=True)
    ]


def _sized(laid, centimetres: list[float]) -> None:
    from docx.shared import Cm, Pt

    for column, width in zip(laid.columns, centimetres, strict=True):
        column.width = Cm(width)  # some programs look at the columns, others at the cells
    for row in laid.rows:
        for cell, width in zip(row.cells, centimetres, strict=True):
            cell.width = Cm(width)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(SMALL)


def _repeated(row) -> None:
    """Say the heads again on each page."""
    _marked(row, "w:tblHeader")
    _whole(row)


def _whole(row):
    """Keep a row on one page."""
    _marked(row, "w:cantSplit")
    return row


def _marked(row, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _shaded(cell, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)
