import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
CODE = ("simulation", "cpts", "experiments", "calibration", "scenarios")
LONGEST = {"file": 300, "class": 150, "function": 50}

# Written so that these lines do not accuse themselves.
REGISTRY = re.compile("|".join((r"py[p]i\.", r"python[h]osted", r"art[i]factory", r"index[-]url[\s=]")))
MACHINE = re.compile(r"(?<![\w.~/-])/(?:root|work|home|Users|mnt)/")
VAGUE = re.compile(r"_?(?:utils?|utilities|help\w*|commons?|bases?|misc)")


@cache
def kept_files() -> tuple[Path, ...]:
    """Files that are, or would be, under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    if listed.returncode or not listed.stdout:
        pytest.skip("not a clone: no list of the files kept")
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def code_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def lines_matching(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in kept_files():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode(errors="replace").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    return found


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_no_file_names_a_package_registry():
    assert lines_matching(REGISTRY) == []


def test_no_file_names_a_folder_of_one_machine():
    assert lines_matching(MACHINE) == []


def test_the_two_searches_find_what_they_seek():
    assert REGISTRY.search("https://py" + "pi.org/simple")
    assert MACHINE.search('open("/' + 'home/someone/data.csv")')
    assert not MACHINE.search("https://example.org/" + "work/page")


def test_pinned_versions_carry_fingerprints_and_no_address():
    pins = (ROOT / "constraints.txt").read_text()
    assert "://" not in pins
    packages = re.findall(r"^[a-z0-9-]+==", pins, flags=re.MULTILINE)
    assert len(packages) > 20
    assert len(re.findall(r"==[^\\\n]+\\\n +--hash=sha256:", pins)) == len(packages)


def test_every_package_asked_for_is_pinned():
    asked = [*project()["dependencies"], *project()["optional-dependencies"]["dev"]]
    names = {re.split(r"[^\w-]", one)[0].lower() for one in asked} - {project()["name"]}
    pinned = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "constraints.txt").read_text(), flags=re.MULTILINE))
    assert names <= pinned


def test_no_lock_file_is_kept():
    assert [path.name for path in kept_files() if path.name in {"uv.lock", "poetry.lock", "pdm.lock"}] == []


def test_files_classes_and_functions_stay_short_enough_to_read():
    too_long = []
    for path in code_files(*CODE):
        text = path.read_text()
        where = path.relative_to(ROOT)
        if len(text.splitlines()) > LONGEST["file"]:
            too_long.append(f"{where}: {len(text.splitlines())} lines")
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            kind = "class" if isinstance(node, ast.ClassDef) else "function"
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST[kind]:
                too_long.append(f"{where}:{node.lineno}: {kind} {node.name}, {length} lines")
    assert too_long == []


def test_the_model_prints_nothing():
    printing = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in code_files("simulation")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []


def test_modules_are_named_after_what_they_are_about():
    modules = code_files(*CODE, "texts", "tests")
    assert [str(path.relative_to(ROOT)) for path in modules if VAGUE.fullmatch(path.stem)] == []


def test_one_version_is_told_everywhere():
    version = project()["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert str(citation["version"]) == version
    assert citation["license"] == project()["license"]
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), flags=re.MULTILINE)
    assert any(version in heading for heading in headings)


def test_the_latest_change_is_written_down():
    latest = re.split(r"^## .+$", (ROOT / "CHANGELOG.md").read_text(), flags=re.MULTILINE)[1]
    assert re.search(r"^- .+", latest, flags=re.MULTILINE)


def test_the_package_shows_the_readme_it_has():
    assert project().get("readme") == ("README.md" if (ROOT / "README.md").exists() else None)


def test_the_citation_can_be_read_by_machines():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    assert citation["cff-version"] == "1.2.0"


@pytest.mark.parametrize("target", ["run", "test"])
def test_the_two_commands_of_the_readme_exist(target):
    makefile = (ROOT / "Makefile").read_text()
    assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE)
    readme = ROOT / "README.md"
    if readme.exists():
        assert f"make {target}" in readme.read_text()


def test_checking_on_a_server_runs_the_command_of_the_readme():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "make test" in script.read_text().splitlines()
