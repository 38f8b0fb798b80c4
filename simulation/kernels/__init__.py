"""The compiled day (noyaux): numpy and numba only, integers only, chance only through `draw`."""

import hashlib
from functools import cache
from pathlib import Path

import numba
import platformdirs

KERNELS = Path(__file__).parent


@cache
def mark_of(folder: Path) -> str:
    """Tell code apart: sha256 of every module below a folder and the version of Numba."""
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def code_mark() -> str:
    """Tell which code gave a result: that of the whole model."""
    return mark_of(KERNELS.parent)


# An edit in one file of inlined kernels is not noticed by Numba's own cache: each state of the kernels has a
# folder of its own.
numba.config.CACHE_DIR = str(  # type: ignore[attr-defined]
    Path(platformdirs.user_cache_dir("cpts-simulator")) / f"numba-{mark_of(KERNELS)}"
)
