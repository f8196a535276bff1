"""A scenario as somebody is typing it: one YAML text, checked like a file, every fault with its line and its field.

The text may hold the expert's script too. It may be broken in any way: then there are faults and no scenario.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from coach.located import Fault, FaultyContent, Located, read_mapping
from coach.vocabulary import Language
from scenarios.check import check_file
from scenarios.loader import BUILT_IN, EXPERT, WAYS, load_personas

LONGEST: Final = 120_000
"""Characters of a text; the longest scenario that ships has a quarter of it."""
TEMPLATES: Final = Path(__file__).parent / "template"


@dataclass(frozen=True, slots=True)
class Typed:
    """A text and what is to be said to it. `body` is what its file would hold, None where it is no YAML mapping."""

    text: str
    body: dict[str, Any] | None
    faults: tuple[tuple[Fault, str], ...]
    """Each fault or note with the name of its field, as key.key.index; empty where it has none."""

    @property
    def whole(self) -> bool:
        """Whether it can be played: no fault, only notes at most."""
        return self.body is not None and all(fault.grade == "note" for fault, _ in self.faults)


def typed(text: str, id: str) -> Typed:
    """A text checked as the file of the scenario `id`; whatever id stands in it, this one counts."""
    if len(text) > LONGEST:
        fault = Fault(
            Path(f"{id}.yaml"), 1, f"太长，最多 {LONGEST} 字", f"too long, {LONGEST} characters at most"
        )
        return Typed(text[:LONGEST], None, ((fault, ""),))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{id}.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            located = read_mapping(path)
        except FaultyContent as error:
            return Typed(text, None, ((error.faults[0], ""),))
        faults = check_file(path, _personas())
    ordered = sorted(dict.fromkeys(faults), key=lambda fault: (fault.grade == "note", fault.line))
    return Typed(text, {**located.data, "id": id}, tuple((one, _field(located, one)) for one in ordered))


def template(language: Language) -> str:
    """The page to begin with."""
    return (TEMPLATES / f"{language}.yaml").read_text("utf-8")


def file_text(id: str, language: str) -> str:
    """The text of a scenario that ships, its expert's script and its further ways at the end."""
    path = BUILT_IN / language / f"{id}.yaml"
    files = (path, *(path.with_name(path.stem + ending) for ending in (EXPERT, WAYS)))
    parts = [file.read_text("utf-8") for file in files if file.exists()]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def body_text(body: Mapping[str, Any]) -> str:
    """The text of a scenario of which only the data are kept."""
    import yaml

    return str(yaml.safe_dump(dict(body), allow_unicode=True, sort_keys=False, width=110))


def renamed(text: str, id: str, title: str) -> str:
    """The same text under another id and title; a line that is not there is put on top."""
    import json

    for key, value in (("title", json.dumps(title, ensure_ascii=False)), ("id", id)):
        line = f"{key}: {value}"
        found = re.search(rf"(?m)^{key}:.*$", text)
        text = text[: found.start()] + line + text[found.end() :] if found else f"{line}\n{text}"
    return text


def _field(located: Located, fault: Fault) -> str:
    """The field that a fault names itself, else the deepest part that begins on its line."""
    if named := re.match(r"([\w-]+(?:\.[\w-]+)*): ", fault.zh, re.ASCII):
        return named[1]
    here = [spot for spot, at in located.lines.items() if at == fault.line and spot]
    return ".".join(str(part) for part in max(here, key=len, default=()))


@cache
def _personas() -> dict[str, dict[str, object]]:
    return load_personas(BUILT_IN)
