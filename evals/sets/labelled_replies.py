"""Replies in context: what a rep answered to a customer, which acts that was, and how good (annotation guide)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from coach.errors import BadContent
from coach.vocabulary import OBJECTION_TYPES, REPLY_ACTS, Language


@dataclass(frozen=True, slots=True)
class LabelledReply:
    """One reply; `context` is (role, text) pairs, the customer's line last; `batch` names its writer."""

    id: str
    batch: str
    language: Language
    objection_type: str | None
    context: tuple[tuple[str, str], ...]
    reply: str
    acts: frozenset[str] | None
    quality: int | None


def read_replies(path: Path) -> list[LabelledReply]:
    """All replies of a JSONL file or of every one in a folder; a faulty line is named with its number."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    return [reply for file in files for reply in _read(file)]


def _read(path: Path) -> list[LabelledReply]:
    replies = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            acts = frozenset(raw["acts"]) if raw.get("acts") is not None else None
            if acts is not None and not acts <= set(REPLY_ACTS):
                raise ValueError(f"unknown acts {sorted(acts - set(REPLY_ACTS))}")
            objection = raw.get("objection_type")
            if objection is not None and objection not in OBJECTION_TYPES:
                raise ValueError(f"unknown objection type {objection}")
            context = tuple((str(turn["role"]), str(turn["text"])) for turn in raw.get("context", ()))
            replies.append(
                LabelledReply(
                    str(raw["id"]),
                    path.stem,
                    "en" if raw.get("lang") == "en" else "zh",
                    objection,
                    context,
                    str(raw["reply"]),
                    acts,
                    raw.get("quality"),
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise BadContent(
                (f"{path.name} 第 {number} 行：{error}", f"{path.name} line {number}: {error}")
            ) from error
    return replies
