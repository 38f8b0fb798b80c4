"""Interruption (Ctrl-C): heard at once, but never in the middle of what cannot be left half done.

While LLVM hands compiled code over, Python is called back from C: an exception raised there is printed and lost, and
the kernel stays half loaded. An interruption that falls there waits until the hand-over is done, a few milliseconds.
"""

from __future__ import annotations

import signal
import sys
import threading
from types import FrameType

__all__ = ["heard"]

UNBREAKABLE = "llvmlite"
AGAIN_S = 0.02


def heard() -> None:
    """Hear Ctrl-C where it can be acted on; a process told not to listen (`nohup`, a worker) goes on not listening."""
    on_main = threading.current_thread() is threading.main_thread()
    if on_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
        sys.unraisablehook = _lost


def _interrupt(number: int, frame: FrameType | None) -> None:
    if _within(frame, UNBREAKABLE):
        _ask_again(number)
    else:
        raise KeyboardInterrupt


def _within(frame: FrameType | None, package: str) -> bool:
    while frame is not None:
        if frame.f_globals.get("__name__", "").partition(".")[0] == package:
            return True
        frame = frame.f_back
    return False


def _ask_again(number: int) -> None:
    later = threading.Timer(AGAIN_S, signal.raise_signal, (number,))
    later.daemon = True
    later.start()


def _lost(unraisable: sys.UnraisableHookArgs) -> None:
    # Swallowed elsewhere, in a destructor or a callback: asked again.
    if isinstance(unraisable.exc_value, KeyboardInterrupt):
        _ask_again(signal.SIGINT)
    else:
        sys.__unraisablehook__(unraisable)
