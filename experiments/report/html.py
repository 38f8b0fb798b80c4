"""The document as one page (HTML): no network, no script; it prints well and can be read aloud by a machine."""

from html import escape

from experiments.report.document import Block, Document, Figure, Heading, Paragraph, Table

STYLE = """
:root{color-scheme:light}body{font:17px/1.55 system-ui,sans-serif;color:#1d2733;background:#fff;margin:0 auto;
max-width:56rem;padding:1.5rem}h1{font-size:1.7rem;line-height:1.2}h2{margin-top:2.4rem;border-bottom:2px solid #d5dce3;
padding-bottom:.2rem}h3{margin-top:1.8rem}.strong{font-size:1.2rem;font-weight:600}.stamp{background:#fff4d6;
border-left:4px solid #b97a00;padding:.5rem .8rem}.wide{overflow-x:auto}table{border-collapse:collapse;margin:.6rem 0;
font-size:.92rem;width:100%}caption{text-align:left;font-weight:600;padding:.3rem 0}th,td{padding:.3rem .6rem;
border-bottom:1px solid #d5dce3;text-align:left;vertical-align:top}figure{margin:1rem 0}figure svg{max-width:100%;
height:auto}figcaption{color:#44515e;font-size:.92rem}
@media print{body{font-size:11pt;max-width:none;padding:0}h2{break-after:avoid}table,figure{break-inside:avoid}
.stamp{position:static}}
"""


def page(document: Document) -> str:
    """Write the document as a page that needs nothing else."""
    title = escape(document.title)
    parts = [
        f'<!doctype html><html lang="{document.lang}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{title}</title><style>{STYLE}</style></head><body><main>",
        f'<h1>{title}</h1><p class="stamp">{escape(document.stamp)}</p>',
        *map(_block, document.blocks),
        f'<p class="stamp">{escape(document.stamp)}</p></main></body></html>',
    ]
    return "\n".join([*parts, ""])


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Paragraph(text, strong):
            return f"<p{' class=strong' if strong else ''}>{escape(text)}</p>"
        case Figure(_, caption, svg, _, _):
            label = f'role="img" aria-label="{escape(caption)}"'
            drawn = svg.replace("<svg", f"<svg {label}", 1)
            return f"<figure>{drawn}<figcaption>{escape(caption)}</figcaption></figure>"
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    rows = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in table.rows
    )
    body = f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>"
    named = f"<table><caption>{escape(table.caption)}</caption>{body}</table>"
    return f'<div class="wide" tabindex="0" role="region" aria-label="{escape(table.caption)}">{named}</div>'
