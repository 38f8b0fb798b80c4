"""A dashboard in a process of its own, for as long as somebody looks at it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20
"""Seconds that a server is given to close."""


def free_port() -> int:
    """A port that nobody listens to."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def served(data: Path, *asked: str) -> Iterator[str]:
    """The address of a dashboard that keeps votes in `data`, and answers to whoever is on this machine."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "cpts", "dashboard", "--port", str(port), *asked],
        cwd=ROOT, env={**os.environ, "XDG_DATA_HOME": str(data)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    said = ""
    for text in server.stdout or ():
        said += text
        if f"127.0.0.1:{port}" in text:
            break
    try:
        assert f"127.0.0.1:{port}" in said, said
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
