"""A sentence is printed on any screen (encodage): old consoles lack thin spaces and true minus signs."""

import codecs
import sys
import unicodedata

_SIMPLER = {
    "\N{NARROW NO-BREAK SPACE}": " ",
    "\N{NO-BREAK SPACE}": " ",
    "\N{MINUS SIGN}": "-",
    "\N{EM DASH}": "-",
    "\N{EN DASH}": "-",
    "\N{RIGHTWARDS ARROW}": "->",
    "\N{BALLOT X}": "x",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}": '"',
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}": '"',
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{EURO SIGN}": "EUR",
    "\N{GREATER-THAN OR EQUAL TO}": ">=",
    "\N{LATIN SMALL LIGATURE OE}": "oe",
}


def readable_everywhere() -> None:
    """Have both outputs write something near to what they cannot write, instead of failing."""
    codecs.register_error("simpler", simpler)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="simpler")


def simpler(fault: UnicodeError) -> tuple[str, int]:
    """Give what stands for the characters that an encoding lacks."""
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    lacking = fault.object[fault.start : fault.end]
    return "".join(_plain(letter) for letter in lacking), fault.end


def _plain(letter: str) -> str:
    if letter in _SIMPLER:
        return _SIMPLER[letter]
    bare = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    return bare or "?"
