"""A handbook section as single sayings: paragraphs, list items, table rows, without the signs of Markdown."""

from __future__ import annotations

import re
from typing import Final

_ROW: Final = re.compile(r"\s*\|(.+)\|\s*")
_RULE: Final = re.compile(r"\s*\|[\s|:-]+\|\s*")


def sayings(text: str) -> list[str]:
    """Every saying of a section's Markdown in order; the head of a table and the rule below it say nothing."""
    found = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if _RULE.fullmatch(line) or _RULE.fullmatch(following):
            continue
        row = _ROW.fullmatch(line)
        cells = [cell.strip() for cell in row.group(1).split("|")] if row else [line]
        words = " · ".join(_plain(cell) for cell in cells if cell.strip())
        if len(words) > 1:
            found.append(words)
    return found


def _plain(cell: str) -> str:
    flat = re.sub(r"^\s*(?:[-*+]|\d+\.|>)\s+", "", cell.strip())
    flat = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", flat)
    return re.sub(r"\*\*|`", "", flat).strip()
