"""Labelled practice dialogues: who said what in which scenario, how good it was, and which key points it met."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from coach.conversation import Conversation, conversation
from coach.errors import BadContent

SHIPPED: Final = Path(__file__).parents[1] / "sets" / "practice"
Level = Literal["strong", "medium", "weak", "gaming"]
_LABELS: Final = {"zh": {"rep": "销售", "customer": "客户"}, "en": {"rep": "Rep", "customer": "Customer"}}


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One dialogue; `level` and `checks` are None and empty where nobody labelled them; `batch` is its file.

    `generic` has the rep turns that do what a check of the rubric says, `doubt` those about which a labeller was in
    doubt, by check; None where nobody marked them.
    """

    id: str
    scenario: str
    talk: Conversation
    level: Level | None
    checks: dict[str, str]
    batch: str = ""
    generic: dict[str, tuple[int, ...]] | None = None
    doubt: dict[str, tuple[int, ...]] = field(default_factory=dict)


def read_dialogues(path: Path) -> list[Dialogue]:
    """The dialogues of a JSONL file or of every one in a folder; a faulty line is named with its number."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    return [dialogue for file in files for dialogue in _read(file)]


def _read(path: Path) -> list[Dialogue]:
    dialogues = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            language: Literal["zh", "en"] = "en" if raw.get("lang") == "en" else "zh"
            turns = [(_LABELS[language][turn["role"]], str(turn["text"])) for turn in raw["turns"]]
            talk = conversation(turns, language=language)
            checks = {str(key): str(value) for key, value in (raw.get("checks") or {}).items()}
            generic = _turns(raw["generic"]) if "generic" in raw else None
            one = Dialogue(str(raw["id"]), str(raw["scenario"]), talk, raw.get("level"), checks, path.stem)
            dialogues.append(replace(one, generic=generic, doubt=_turns(raw.get("doubt", {}))))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadContent(
                (f"{path.name} 第 {number} 行：{error!r}", f"{path.name} line {number}: {error!r}")
            ) from error
    return dialogues


def _turns(raw: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, ...]]:
    return {str(check): tuple(int(turn) for turn in turns) for check, turns in raw.items()}
