"""A lever written elsewhere is used, told apart, refused when it is wrong, and known to workers started later."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulation import Refused, run
from simulation.plugins import NAMED, add_lever, load_plugin
from simulation.policies import LEVERS, UnscheduledCare
from tests.territories import scenario

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "levers.md"
BRIEF = {"days": 91, "warm_up_days": 60}


@pytest.fixture
def saturday(tmp_path, monkeypatch):
    """The very example of the guide, as a file."""
    monkeypatch.setenv(NAMED, "")
    file = tmp_path / "saturday.py"
    file.write_text(re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)[0])
    known = dict(LEVERS)
    yield file
    LEVERS.clear()
    LEVERS.update(known)
    for name in [name for name in sys.modules if name.startswith("cpts_plugin_")]:
        del sys.modules[name]


def test_the_lever_of_the_guide_acts_and_is_paid(saturday):
    load_plugin(saturday)
    plain = run(scenario("canton", **BRIEF))
    opened = run(
        scenario("canton", policies={"saturday_mornings": {"gps": 1, "slots": 9}}, **BRIEF), verify=True
    )
    assert opened.value("money_eur") == pytest.approx(3.5 * 52 / 12 * 75 * 3, rel=0.02)
    zero = run(scenario("canton", policies={"saturday_mornings": {"gps": 0}}, **BRIEF))
    assert zero.table.equals(plain.table)


def test_its_text_is_part_of_the_identity_of_results(saturday):
    load_plugin(saturday)
    before = scenario("canton", policies={"saturday_mornings": {"gps": 1}}).content_hash
    del LEVERS["saturday_mornings"]
    saturday.write_text(saturday.read_text() + "\n# another text\n")
    load_plugin(saturday)
    assert scenario("canton", policies={"saturday_mornings": {"gps": 1}}).content_hash != before


@pytest.mark.parametrize(
    ("text", "code"),
    [("x = 1\n", "plugin_without_lever"), ("def (\n", "plugin_broken"), ("\n1 / 0\n", "plugin_broken")],
)
def test_a_wrong_file_is_refused_with_its_place(saturday, text, code):
    saturday.write_text(text)
    with pytest.raises(Refused) as told:
        load_plugin(saturday)
    fault = told.value.faults[0]
    assert fault.code == code
    assert fault.file.endswith("saturday.py")
    assert fault.line == (0 if code == "plugin_without_lever" else text.count("\n") if "/" in text else 1)


def test_a_file_that_is_not_there_is_refused(saturday):
    with pytest.raises(Refused) as told:
        load_plugin(saturday.with_name("nothing.py"))
    assert told.value.faults[0].code == "plugin_missing"


def test_a_name_that_is_taken_is_refused():
    class Other(UnscheduledCare):
        """Another lever."""

    with pytest.raises(ValueError, match="unscheduled_care"):
        add_lever("unscheduled_care", Other)


def test_workers_know_it_too(saturday, tmp_path):
    asked = tmp_path / "asked.yaml"
    asked.write_text("extends: canton.yaml\npolicies: {saturday_mornings: {gps: 1}}\n")
    line = [
        sys.executable,
        "-m",
        "cpts",
        "--lang",
        "en",
        "--plugin",
        str(saturday),
        "compare",
        "canton.yaml",
        str(asked),
    ]
    told = subprocess.run(
        [*line, "--worlds", "2", "--workers", "2", "--days", "28", "--json"],
        capture_output=True, text=True, env={**os.environ, NAMED: ""}, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert '"money_eur"' in told.stdout
