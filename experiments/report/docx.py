"""The document as a text to be gone on with (Word): titles, sentences and tables that anybody can edit."""

from io import BytesIO
from pathlib import Path

from experiments.report.document import Document, Figure, Heading, Paragraph, Table

GREY = "EEF1F4"
WRITTEN_HERE = "FFF4D6"
"""Colour of a cell that the reader is expected to write in."""
LONGEST_LINE = 26
"""Letters beyond which a cell is rather told on two lines."""
SMALL = 8
"""Points of what is written in a table."""
_WIDE_CM = 16


def write(document: Document, target: Path) -> None:
    """Write the document as .docx."""
    import docx
    from docx.shared import Cm, Pt

    made = docx.Document()
    made.core_properties.title, made.core_properties.author = document.title, ""
    made.styles["Normal"].font.size = Pt(11)
    made.add_heading(document.title, 0)
    made.add_paragraph(document.stamp).runs[0].italic = True
    for block in document.blocks:
        match block:
            case Heading(text, level):
                made.add_heading(text, level - 1)
            case Paragraph(text, strong):
                made.add_paragraph().add_run(text).bold = strong
            case Figure(_, caption, _, png, _):
                made.add_picture(BytesIO(png), width=Cm(_WIDE_CM))
                made.add_paragraph(caption).runs[0].italic = True
            case Table():
                _table(made, block)
    made.sections[0].footer.paragraphs[0].text = document.stamp
    made.save(str(target))


def _table(made, table: Table) -> None:
    made.add_paragraph().add_run(table.caption).bold = True
    laid = made.add_table(rows=1, cols=len(table.heads), style="Table Grid")
    laid.autofit = False
    for cell, head in zip(laid.rows[0].cells, table.heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
        _shaded(cell, GREY)
    for row in table.rows:
        for at, (cell, text) in enumerate(zip(laid.add_row().cells, row, strict=True)):
            cell.text = text
            if table.editable and at > 0 and not text:
                _shaded(cell, WRITTEN_HERE)
    _sized(laid, widths(table))
    made.add_paragraph()


def widths(table: Table) -> list[float]:
    """Centimetres of each column: as wide as its text asks for, a word never cut where there is room."""
    asked = []
    for column in zip(table.heads, *table.rows, strict=True):
        longest_word = max((len(word) for cell in column for word in cell.split()), default=1)
        asked.append(max(min(max(map(len, column)), LONGEST_LINE), longest_word))
    return [_WIDE_CM * one / sum(asked) for one in asked]


def _sized(laid, centimetres: list[float]) -> None:
    from docx.shared import Cm, Pt

    for row in laid.rows:
        for cell, width in zip(row.cells, centimetres, strict=True):
            cell.width = Cm(width)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(SMALL)


def _shaded(cell, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)
