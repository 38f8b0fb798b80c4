"""`python -m calibration` writes docs/validation.md (validation): what is measured is measured anew.

`python -m calibration truth [SCENARIO]` only puts the default calibration to the proof, with more points if asked.
"""

import argparse
import sys
from concurrent.futures import Executor, ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from calibration import truth_told
from calibration.first_table import first_table, with_first_table
from calibration.nationally import MEASURED, write_bands
from calibration.natural import scenario
from calibration.validation import Found, document
from experiments.report.document import Document, Paragraph
from experiments.report.markdown import text
from texts import say

ROOT = Path(__file__).resolve().parent.parent
PAGE, FRONT = ROOT / "docs" / "validation.md", ROOT / "README.md"
HEAD = "<!-- Written by python -m calibration (make validate): measured, never typed. -->"


def main() -> None:
    """Measure, then write the page in both languages, or print the proof."""
    asked = _asked()
    with ProcessPoolExecutor(asked.workers, mp_context=get_context("spawn")) as pool:
        if asked.what == "truth":
            print(proof(asked, pool))
        else:
            page(pool)


def page(pool: Executor) -> None:
    """Write the page of validation, and the first table of the README."""
    found = Found(pool, lambda phase: print(phase, file=sys.stderr))
    write_bands(found.met, Path(__file__).with_name(MEASURED))
    front = with_first_table(FRONT.read_text(encoding="utf-8"), first_table(found.met))
    FRONT.write_text(front, encoding="utf-8")
    french, english = (text(document(found, lang, _stamp("make validate"))) for lang in ("fr", "en"))
    PAGE.write_text(
        f"{french.splitlines()[0]}\n\n{HEAD}\n{french.partition(chr(10))[2]}\n{english}", encoding="utf-8"
    )


def proof(asked: argparse.Namespace, pool: Executor) -> str:
    """Put the default calibration to the proof, in both languages."""
    found = truth_told.put(
        scenario(asked.scenario), asked.hidden, asked.budget, pool,
        lambda done, total: print(f"{done} / {total}", file=sys.stderr), seed=asked.seed,
    )  # fmt: skip
    told = []
    for lang in ("fr", "en"):
        blocks = (Paragraph(truth_told.words(found, lang)), truth_told.table(found, lang))
        told.append(text(Document(say("validation.truth", lang), lang, _stamp(asked.scenario), blocks)))
    return "\n".join(told)


def _asked() -> argparse.Namespace:
    typed = argparse.ArgumentParser(prog="python -m calibration", description=__doc__.splitlines()[0])
    typed.add_argument("what", nargs="?", choices=("page", "truth"), default="page")
    typed.add_argument("scenario", nargs="?", default="canton", help="a shipped scenario")
    typed.add_argument("--hidden", type=int, default=truth_told.HIDDEN, help="points that are hidden")
    typed.add_argument("--budget", type=int, default=truth_told.BUDGET, help="years simulated to find each")
    typed.add_argument("--seed", type=int, default=1, help="which points are hidden")
    typed.add_argument("--workers", type=int, default=cpu_count(), help="processes")
    return typed.parse_args()


def _stamp(how: str) -> str:
    return f"cpts-simulator {version('cpts-simulator')} · {how}"


if __name__ == "__main__":
    main()
