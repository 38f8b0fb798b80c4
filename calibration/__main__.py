"""`python -m calibration` writes docs/validation.md (validation): what is measured is measured anew."""

import sys
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from calibration.validation import Found, document
from experiments.report.markdown import text

PAGE = Path(__file__).resolve().parent.parent / "docs" / "validation.md"
HEAD = "<!-- Written by python -m calibration (make validate): measured, never typed. -->"


def main() -> None:
    """Measure, then write the page in both languages."""
    pool = ProcessPoolExecutor(cpu_count(), mp_context=get_context("spawn"))
    with pool:
        found = Found(pool, lambda phase: print(phase, file=sys.stderr))
    stamp = f"cpts-simulator {version('cpts-simulator')} · make validate"
    french, english = (text(document(found, lang, stamp)) for lang in ("fr", "en"))
    PAGE.write_text(
        f"{french.splitlines()[0]}\n\n{HEAD}\n{french.partition(chr(10))[2]}\n{english}", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
