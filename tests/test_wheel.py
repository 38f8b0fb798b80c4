"""What a person gets who installs the package without the repository."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("simulation", "scenarios", "experiments", "calibration", "cpts", "texts")
TO_READ = {".yaml", ".csv", ".json", ".md", ".typed", ".py"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    # The build backend itself, which is installed here: nothing is fetched.
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return next(folder.glob("cpts_simulator-*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel, tmp_path_factory):
    """A new environment where only the wheel is installed; it borrows the libraries, not the repository."""
    folder = tmp_path_factory.mktemp("elsewhere")
    uv = shutil.which("uv") or shutil.which("uv", path=ROOT / ".uv" / "bin")
    venv.create(folder / "venv", with_pip=uv is None, symlinks=os.name != "nt")
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = str(scripts / "python")
    install = [uv, "pip", "install", "--python", python] if uv else [python, "-m", "pip", "install"]
    subprocess.run([*install, "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    own = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    Path(own, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return scripts


def told(command, folder):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE"))}
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_the_code_and_all_that_it_reads(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    needed = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in TO_READ and "__pycache__" not in path.parts
    }
    assert "simulation/py.typed" in needed
    assert sorted(needed - inside) == []


def test_the_wheel_holds_nothing_else(wheel):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} <= set(PACKAGES)


def test_installed_packages_come_from_the_wheel(elsewhere, tmp_path):
    code = "import simulation, sys; print(simulation.__file__)"
    assert str(ROOT) not in told([elsewhere / "python", "-c", code], tmp_path)


@pytest.mark.skipif(
    not any((ROOT / "cpts" / name).exists() for name in ("cli", "cli.py")), reason="no command line yet"
)
@pytest.mark.parametrize("arguments", [["--help"], ["scenarios"]])
def test_the_command_answers_from_another_folder(elsewhere, tmp_path, arguments):
    assert told([elsewhere / "cpts", *arguments], tmp_path).strip()
