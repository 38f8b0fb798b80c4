"""What a public archive asks for (dépôt): a description for machines, who made it, and with what it was run.

RO-Crate 1.1, the deposit metadata of Zenodo, a citation file (CFF 1.2), every version installed, a container recipe.
"""

from __future__ import annotations

import json
import platform
import re
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import yaml

if TYPE_CHECKING:
    from experiments.protocol_parts import Author
    from experiments.study import Study

CRATE, ZENODO, CITATION = "ro-crate-metadata.json", ".zenodo.json", "CITATION.cff"
VERSIONS, RECIPE = "environment/constraints.txt", "environment/Dockerfile"
PACKAGE = "cpts-simulator"
LICENCE, LICENCE_URL = "Apache-2.0", "https://spdx.org/licenses/Apache-2.0"
_EXTRA = re.compile(r";.*extra\s*==")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def described(study: Study, names: list[str]) -> dict[str, str]:
    """Every file that describes an archive, by name; without `doi_ready`, the RO-Crate alone."""
    if not study.protocol.archive.doi_ready:
        return {CRATE: _json(crate(study, names))}
    own = {
        ZENODO: _json(zenodo(study)), CITATION: citation(study),
        VERSIONS: "".join(f"{name}=={version}\n" for name, version in sorted(installed().items())),
        RECIPE: recipe(),
    }  # fmt: skip
    return {**own, CRATE: _json(crate(study, [*names, *own]))}


def crate(study: Study, names: list[str]) -> dict[str, Any]:
    """Describe the archive for machines (RO-Crate 1.1)."""
    protocol = study.protocol
    authors = [
        {"@id": _identity(one), "@type": "Person", "name": one.name}
        | ({"affiliation": one.affiliation} if one.affiliation else {})
        for one in protocol.authors
    ]
    root = {
        "@id": "./", "@type": "Dataset", "name": _title(study), "description": _question(study),
        "datePublished": _day(study), "license": {"@id": LICENCE_URL}, "identifier": protocol.digest,
        "author": [{"@id": one["@id"]} for one in authors], "hasPart": [{"@id": name} for name in names],
    }  # fmt: skip
    about = {
        "@id": CRATE, "@type": "CreativeWork", "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    }  # fmt: skip
    licence = {"@id": LICENCE_URL, "@type": "CreativeWork", "name": LICENCE}
    parts = [{"@id": name, "@type": "File", "name": name} for name in names]
    context = "https://w3id.org/ro/crate/1.1/context"
    return {"@context": context, "@graph": [about, root, licence, *authors, *parts]}


def zenodo(study: Study) -> dict[str, Any]:
    """The metadata of a deposit: what Zenodo reads from `.zenodo.json`."""
    creators = [
        {"name": one.name}
        | ({"orcid": one.orcid} if one.orcid else {})
        | ({"affiliation": one.affiliation} if one.affiliation else {})
        for one in study.protocol.authors
    ]
    return {
        "title": _title(study), "upload_type": "dataset", "description": _question(study), "creators": creators,
        "license": LICENCE, "access_right": "open", "publication_date": _day(study),
        "keywords": ["simulation", "primary care", "CPTS", study.protocol.study],
        "notes": f"Simulated with {PACKAGE} {installed().get(PACKAGE, '')}; protocol {study.protocol.digest}.",
    }  # fmt: skip


def citation(study: Study) -> str:
    """How to cite the study (CFF 1.2)."""
    authors = [
        {"name": one.name}
        | ({"orcid": f"https://orcid.org/{one.orcid}"} if one.orcid else {})
        | ({"affiliation": one.affiliation} if one.affiliation else {})
        for one in study.protocol.authors
    ]
    told = {
        "cff-version": "1.2.0", "type": "dataset", "message": "If you use these results, please cite them.",
        "title": _title(study), "authors": authors or [{"name": "anonymous"}],
        "date-released": _day(study), "license": LICENCE,
    }  # fmt: skip
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True)


def recipe() -> str:
    """A container in which the archive is run again: `docker build`, then `docker run`."""
    return f"""# From the folder of the unpacked archive: docker build -f {RECIPE} -t study . && docker run study
FROM python:{platform.python_version()}-slim
COPY . /study
# Put the wheel of {PACKAGE} beside this file if no index has it.
RUN pip install --find-links /study/environment -c /study/{VERSIONS} {PACKAGE}=={installed().get(PACKAGE, "")}
RUN cd /study && python -m zipfile -c /study.zip .
CMD ["cpts", "reproduce", "/study.zip"]
"""


def installed(package: str = PACKAGE) -> dict[str, str]:
    """The version of a package and of all that it needs, as installed here; what only an extra needs is left out."""
    found: dict[str, str] = {}
    waiting = [package]
    while waiting:
        name = waiting.pop()
        if _folded(name) in found:
            continue
        try:
            one = distribution(name)
        except PackageNotFoundError:  # needed on another system, or by an extra that is not here
            continue
        found[_folded(name)] = one.version
        for needed in one.requires or ():
            match = _NAME.match(needed)
            if match and not _EXTRA.search(needed):
                waiting.append(match[0])
    return found


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _identity(author: Author) -> str:
    return f"https://orcid.org/{author.orcid}" if author.orcid else f"#{quote(author.name)}"


def _title(study: Study) -> str:
    told = study.protocol.title
    return told.get("en") or told.get("fr") or study.protocol.study


def _question(study: Study) -> str:
    told = study.protocol.question
    return told.get("en") or told.get("fr") or ""


def _day(study: Study) -> str:
    """The day on which it was frozen; nothing was known before."""
    from experiments.freezing import FROZEN, frozen

    return str(frozen(study)["date"]) if (study.folder / FROZEN).exists() else ""


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
