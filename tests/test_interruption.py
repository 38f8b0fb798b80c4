"""Ctrl-C is heard at once, but for the few milliseconds in which LLVM hands code over."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")

LISTENING = """
import signal, sys, time
from cpts.cli.interruption import heard
heard()
inside = {"__name__": "llvmlite.binding.executionengine", "signal": signal}
"""


def ended(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LISTENING + code], capture_output=True, text=True, timeout=30
    )


def test_an_interruption_during_the_hand_over_waits_for_its_end():
    done = ended("""
exec("def hand_over():\\n    signal.raise_signal(signal.SIGINT)\\n    return 'handed over'", inside)
print(inside["hand_over"]())
try:
    time.sleep(20)
except KeyboardInterrupt:
    print("interrupted")
""")
    assert done.stdout.split("\n") == ["handed over", "interrupted", ""]


def test_an_interruption_anywhere_else_is_heard_at_once():
    done = ended("""
try:
    signal.raise_signal(signal.SIGINT)
    print("went on")
except KeyboardInterrupt:
    print("interrupted")
""")
    assert done.stdout == "interrupted\n"


def test_an_interruption_that_a_destructor_swallows_is_heard_after_it():
    done = ended("""
class Left:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)
try:
    Left()
    time.sleep(20)
except KeyboardInterrupt:
    print("interrupted")
""")
    assert done.stdout == "interrupted\n"
    assert done.stderr == ""


def test_other_faults_of_a_destructor_are_still_told():
    done = ended("""
class Left:
    def __del__(self):
        raise ValueError("a fault")
Left()
""")
    assert "ValueError: a fault" in done.stderr


def test_a_process_told_not_to_listen_does_not_begin_to():
    done = ended("""
signal.signal(signal.SIGINT, signal.SIG_IGN)
heard()
signal.raise_signal(signal.SIGINT)
print("went on")
""")
    assert done.stdout == "went on\n"
