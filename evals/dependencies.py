"""`python -m evals.dependencies`: what is installed is what is pinned, fits together, and may be used; offline, in `make check`.

With `--known PIP_AUDIT` the pins are compared with what is known of faults in them, by pip-audit, which asks the network;
when it could not ask, that is said and nothing is taken for sound.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parents[1]
_FREE: Final = re.compile(
    r"\b(?:MIT|MIT-0|MIT-CMU|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla Public|Zlib|CC0|BSL-1\.0|"
    r"Unlicense|Public[ -]Domain|CNRI-Python|HPND)",
    re.IGNORECASE,
)
_BOUND: Final = re.compile(r"\b(?:AGPL|GPL|SSPL|BUSL|Commons Clause|Proprietary|GNU)", re.IGNORECASE)
_TOOLS: Final = frozenset(("pip", "setuptools", "wheel"))
"""They install the others and come with Python."""
_LEFT_ALONE: Final = {"psycopg": "LGPL-3.0-only", "psycopg-binary": "LGPL-3.0-only"}
"""Licences that ask for more, of what is only called as a library and shipped by nobody here."""


def faults(pyproject: Path = ROOT / "pyproject.toml", pins: Path = ROOT / "constraints.txt") -> list[str]:
    """What is wrong with what is installed here, a sentence each."""
    return list(_faults(tomllib.loads(pyproject.read_text("utf-8"))["project"], _pinned(pins)))


def _faults(project: dict[str, object], pinned: dict[str, str]) -> Iterator[str]:
    found, missing, misfits = _installed(project)
    yield from missing
    yield from misfits
    for name, one in sorted(found.items()):
        if name in _TOOLS:
            continue
        version = one.version.partition("+")[0]
        if name not in pinned:
            yield f"{name} {version} is installed and not pinned: make pins"
        elif pinned[name] != version:
            yield f"{name} is pinned at {pinned[name]} and installed as {version}"
        licence = licence_of(one)
        if _LEFT_ALONE.get(name) != licence and (_BOUND.search(licence) or not _FREE.search(licence)):
            yield f"{name}: a person must look at its licence: {licence or 'none is named'}"


def licence_of(one: Distribution) -> str:
    """What a distribution says of its licence, in one line."""
    told = one.metadata
    classes = told.get_all("Classifier") or []
    named = [line.rpartition("::")[2].strip() for line in classes if "License ::" in line]
    long = [line for words in told.get_all("License") or [] for line in words.strip().splitlines()]
    return "; ".join(told.get_all("License-Expression") or named or long[:1])


def _pinned(file: Path) -> dict[str, str]:
    lines = [line.partition("#")[0].strip() for line in file.read_text("utf-8").splitlines()]
    return {
        canonicalize_name(name): version
        for name, _, version in (line.partition("==") for line in lines if line)
    }


def _installed(project: dict[str, object]) -> tuple[dict[str, Distribution], list[str], list[str]]:
    """Everything that the project asks for, and what that asks for in turn; what is missing; what does not fit."""
    extras: dict[str, list[str]] = project["optional-dependencies"]  # type: ignore[assignment]
    asked: list[str] = [*project["dependencies"], *(one for more in extras.values() for one in more)]  # type: ignore[misc]
    open_ = [(Requirement(one), "pyproject.toml") for one in asked]
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    missing: list[str] = []
    misfits: list[str] = []
    while open_:
        wanted, by = open_.pop()
        name = canonicalize_name(wanted.name)
        try:
            one = found.get(name) or distribution(name)
        except PackageNotFoundError:
            missing.append(f"{name}, which {by} asks for, is not installed")
            continue
        found[name] = one
        if not wanted.specifier.contains(one.version, prereleases=True):
            misfits.append(f"{by} asks for {wanted} and {one.version} is installed")
        if (name, frozenset(wanted.extras)) in seen:
            continue
        seen.add((name, frozenset(wanted.extras)))
        for line in one.requires or []:
            need = Requirement(line)
            if need.marker is None or any(
                need.marker.evaluate({"extra": extra}) for extra in ("", *wanted.extras)
            ):
                open_.append((need, name))
    return found, missing, misfits


def known_faults(pip_audit: str, pins: Path = ROOT / "constraints.txt") -> tuple[list[str], str]:
    """Faults that are known of the pins, and why nobody could be asked; empty when somebody was."""
    call = [pip_audit, "--no-deps", "--disable-pip", "--format", "json", "-r", str(pins)]
    try:
        done = subprocess.run(call, capture_output=True, text=True, check=False, timeout=600)
        told = json.loads(done.stdout)["dependencies"]
    except (OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
        return [], f"pip-audit gave no answer ({type(error).__name__})"
    asked = [one for one in told if "skip_reason" not in one]
    if len(asked) * 2 < len(told):
        return [], f"of {len(told)} packages its source knew {len(asked)}"
    return [
        f"{one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version'}"
        for one in asked
        for fault in one["vulns"]
    ], ""


def main(words: list[str]) -> int:
    """0 when nothing is wrong, 1 when something is, 3 when nobody could be asked."""
    if words[:1] == ["--known"]:
        wrong, unasked = known_faults(words[1])
        if unasked:
            print(f"NOT AUDITED: {unasked}. Try again where its source can be reached.", file=sys.stderr)
            return 3
    else:
        wrong = faults()
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
