"""What is installed is pinned, fits together and may be used; and what is not is found out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from evals.dependencies import ROOT, faults, known_faults

PROJECT = """
[project]
dependencies = ["httpx>=99", "psycopg", "nobody-has-this"]
[project.optional-dependencies]
dev = []
"""


def test_everything_that_is_installed_is_pinned_and_free() -> None:
    assert faults() == []


def test_what_is_wrong_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text(PROJECT, "utf-8")
    pins = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    changed = [line if not line.startswith("httpx==") else "httpx==0.1" for line in pins]
    (tmp_path / "pins.txt").write_text("\n".join(one for one in changed if "idna==" not in one), "utf-8")
    monkeypatch.setattr("evals.dependencies._LEFT_ALONE", {})
    found = "\n".join(faults(tmp_path / "pyproject.toml", tmp_path / "pins.txt"))
    for words in (
        "nobody-has-this, which pyproject.toml asks for, is not installed",
        "pyproject.toml asks for httpx>=99",
        "httpx is pinned at 0.1",
        "idna",
        "psycopg: a person must look at its licence: LGPL",
    ):
        assert words in found


@pytest.mark.parametrize(("known", "audited"), [(2, True), (0, False)])
def test_who_could_not_be_asked_is_not_called_sound(tmp_path: Path, known: int, audited: bool) -> None:
    told = [{"name": f"a{n}", "skip_reason": "not found"} for n in range(2 - known)]
    hit = {"id": "CVE-1", "fix_versions": ["2"]}
    told += [{"name": f"b{n}", "version": "1", "vulns": [hit] * n} for n in range(known)]  # type: ignore[dict-item]
    answering = tmp_path / "pip-audit"
    answering.write_text(
        f"#!{sys.executable}\nprint({json.dumps(json.dumps({'dependencies': told}))})\n", "utf-8"
    )
    answering.chmod(0o755)
    found, unasked = known_faults(str(answering))
    assert (unasked == "") is audited
    assert found == (["b1 1: CVE-1, mended in 2"] if audited else [])
