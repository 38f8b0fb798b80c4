"""A text file is UTF-8, with or without the mark that Excel puts first; nothing else is guessed."""

from __future__ import annotations

from simulation.faults import Fault


def decoded(content: bytes, label: str) -> tuple[str, Fault | None]:
    """Decode the bytes of a file, or say why they are not a text that can be read."""
    if not content.strip():
        return "", Fault("empty_file", label)
    if b"\0" in content:
        return "", Fault("binary_file", label)
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        if _is_binary(content[:4096]):
            return "", Fault("binary_file", label)
        return "", Fault("bad_encoding", label, content.count(b"\n", 0, error.start) + 1)


def _is_binary(beginning: bytes) -> bool:
    control = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in beginning)
    return control > len(beginning) / 20
