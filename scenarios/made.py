"""Scenarios that did not come from a file: their data completed and checked as a file's would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from coach.located import Fault
from scenarios.check import check_file
from scenarios.loader import BUILT_IN, EXPERT, load_personas, read_source
from scenarios.schema import Scenario


def made_scenario(body: Mapping[str, Any], *, status: str = "draft") -> Scenario:
    """A whole scenario from what its file would hold. Raises BadContent with every fault of the schema."""
    with TemporaryDirectory() as folder:
        source = read_source(_written(body, Path(folder)), load_personas(BUILT_IN))
        return source.located.parse(Scenario, {**source.data, "status": status})


def made_faults(body: Mapping[str, Any]) -> list[Fault]:
    """Every fault and note of it, with the line where it would stand in its file."""
    with TemporaryDirectory() as folder:
        found = check_file(_written(body, Path(folder)), load_personas(BUILT_IN))
    return [replace(fault, path=Path(fault.path.name)) for fault in found]


def _written(body: Mapping[str, Any], folder: Path) -> Path:
    path = folder / f"{body['id']}.yaml"
    plain = {key: value for key, value in body.items() if key != "expert_script"}
    path.write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
    if script := body.get("expert_script"):
        beside = path.with_name(path.stem + EXPERT)
        beside.write_text(yaml.safe_dump({"expert_script": script}, allow_unicode=True), encoding="utf-8")
    return path
