"""The document as text (Markdown): what stands in the documentation, tables included."""

from experiments.report.document import Block, Document, Figure, Heading, Paragraph, Table


def text(document: Document, level: int = 1) -> str:
    """Write the document under a heading of some level; figures are told by their caption."""
    parts = [f"{'#' * level} {document.title}", *(_block(block, level - 1) for block in document.blocks)]
    return "\n\n".join([*parts, f"*{document.stamp}*"]) + "\n"


def _block(block: Block, deeper: int) -> str:
    match block:
        case Heading(told, level):
            return f"{'#' * (level + deeper)} {told}"
        case Paragraph(told, strong):
            return f"**{told}**" if strong else told
        case Figure(_, caption, _, _, _):
            return caption
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    rows = [_row(table.heads), _row(["---"] * len(table.heads)), *map(_row, table.rows)]
    return "\n".join([f"{table.caption}:", "", *rows])


def _row(cells: tuple[str, ...] | list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
