"""The server as the system starts and stops it."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="children are counted where Linux tells them"
)
def test_a_server_that_is_told_to_stop_takes_its_workers_with_it():
    line = [
        sys.executable,
        "-m",
        "cpts",
        "dashboard",
        "--scenario",
        "village",
        "--workers",
        "1",
        "--port",
        "0",
    ]
    server = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert any("127.0.0.1" in text for text in server.stdout)
        tasks = Path(f"/proc/{server.pid}/task").glob("*/children")
        children = [int(one) for task in tasks for one in task.read_text().split()]
        assert children
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    finally:
        server.kill()
    until = time.monotonic() + 5
    while any(map(is_alive, children)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(is_alive, children))
