"""The compiled day (noyaux): numpy and numba only, integers only, chance only through `draw`."""

import hashlib
from functools import cache
from pathlib import Path

import numba
import platformdirs


@cache
def code_mark() -> str:
    """Tell which code gave a result: sha256 of every module of the model and the version of Numba."""
    digest = hashlib.sha256(numba.__version__.encode())
    root = Path(__file__).parent.parent
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


# An edit in one file of inlined kernels is not noticed by Numba's own cache: each code has a folder of its own.
numba.config.CACHE_DIR = str(  # type: ignore[attr-defined]
    Path(platformdirs.user_cache_dir("cpts-simulator")) / f"numba-{code_mark()}"
)
