"""One page (page à emporter): everything is inside, and its own policy forbids it to speak to any network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from html import escape
from importlib import resources
from string import Template
from typing import Any

from texts import LANGUAGES

STYLES = ("paper.css", "parts.css")
SCRIPTS = (
    "state.js",
    "nodes.js",
    "levers.js",
    "result.js",
    "ranges.js",
    "map.js",
    "tables.js",
    "study.js",
    "leave.js",
    "start.js",
)
"""In the order in which they are run."""
SITS_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""What a reader of HTML could take for its own."""


def page(content: Mapping[str, Any]) -> str:
    """Write the page that holds this content."""
    style = "".join(_read(name) for name in STYLES)
    script = '"use strict";\n(() => {\n' + "".join(_read(name) for name in SCRIPTS) + "})();\n"
    words = content["interface"][LANGUAGES[0]]
    return Template(_read("page.html")).substitute(
        lang=LANGUAGES[0],
        policy=policy(style, script),
        title=escape(_said(content, content["title"])),
        description=escape(words["stamp"]),
        style=style,
        data=embedded(content),
        script=script,
        without=_without_script(content),
    )


def policy(style: str, script: str) -> str:
    """Nothing but this very style and this very script; pictures are made on the page."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_mark(script)}'",
            f"style-src '{_mark(style)}'",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def embedded(content: Mapping[str, Any]) -> str:
    """The content as text that no reader of HTML takes for a tag."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return "".join(SITS_IN_SCRIPT.get(letter, letter) for letter in text)


def _mark(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _read(name: str) -> str:
    return (resources.files(__package__) / "page" / name).read_text(encoding="utf-8")


def _said(content: Mapping[str, Any], rank: int) -> str:
    return str(content["words"][LANGUAGES[0]][rank])


def _without_script(content: Mapping[str, Any]) -> str:
    """The answer at each point, for a reader that runs nothing, as some do with what comes by e-mail."""
    words = content["interface"][LANGUAGES[0]]
    rows = []
    for point in content["points"]:
        told = (point["said"].get(name, 0) for name in ("scenario", "headline", "price"))
        said = [_said(content, rank) for rank in told]
        first, *rest = (escape(each) for each in said)
        rows.append(f'<tr><th scope="row">{first}</th><td>{" ".join(rest)}</td></tr>')
    heads = "".join(f'<th scope="col">{escape(words[name])}</th>' for name in ("done", "result"))
    asked = "".join(
        f"<p>{escape(_said(content, content[name]))}</p>"
        for name in ("question", "frozen")
        if name in content
    )
    return (
        f'<h1>{escape(_said(content, content["title"]))}</h1>{asked}<p>{escape(words["stamp"])}</p>'
        f"<p>{escape(words['no_script'])}</p><table><thead><tr>{heads}</tr></thead><tbody>"
        + "".join(rows)
        + "</tbody></table>"
    )  # fmt: skip
