"""What meeting tools and chat programs export: a line of name and time, the words below it or behind a colon.

    张伟  00:12                 [00:00:03] John Smith           Karen Lee
    我们现在最头疼的是盘点        Thanks for taking the time.     So the belts keep snapping.

Names may stand in Markdown stars, times in any bracket, with a date before them or "AM" behind.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from coach.conversation import UNNAMED, known_role
from coach.speech.recording import Segment

_DAY: Final = r"(?P<year>20\d\d)[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?,?"
_CLOCK: Final = r"(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d)(?:[.,]\d{1,3})?(?:\s*(?P<half>[APap])\.?[Mm]\.?)?"
_STAMP: Final = rf"(?:{_DAY}\s*)?{_CLOCK}(?:\s*(?:-+>?|–|~|至)\s*[\d:.,]+)?"
_NAME: Final = r"(?P<name>[^\s:：，。？！、；,;?!…][^:：，。？！；;?!…]{0,31}?)"
_HEADS: Final = tuple(
    re.compile(rf"^\s*{form}\s*$")
    for form in (
        rf"\[?{_NAME}\]?\s+[(（\[【]?{_STAMP}[)）\]】]?\s*[:：]?",
        rf"{_NAME}\s*[(（\[【]{_STAMP}[)）\]】]\s*[:：]?",
        rf"[(（\[【]?{_STAMP}[)）\]】]?\s+\[?{_NAME}\]?\s*[:：]?",
    )
)
_INLINE: Final = tuple(
    re.compile(rf"^\s*{form}\s*(?P<words>\S.*)$")
    for form in (
        rf"{_NAME}\s*[(（\[【]{_STAMP}[)）\]】]\s*[:：]",
        rf"{_NAME}\s+{_STAMP}\s*[:：]",
        rf"{_STAMP}\s+\[?{_NAME}\]?\s*[:：]",
        rf"[(（\[【]{_STAMP}[)）\]】]\s*\[{_NAME}\]\s*[:：]?",
    )
)
_ONLY_STAMP: Final = re.compile(rf"^\s*[(（\[【]?{_STAMP}[)）\]】]?\s*$")
_SHORT_NAME: Final = re.compile(r"[^\s:：，。？！、；,.;?!…][^:：，。？！；;?!…]{0,23}")
_STARS: Final = re.compile(
    r"^\s*(?:[-*•>]\s+)*(\*\*|__)\s*(?P<name>[^*_\n]{1,32}?)\s*[:：]?\s*\1\s*[:：]?\s*"
)
_BULLET: Final = re.compile(r"^\s*(?:[-•>]|\d{1,3}[.)、])\s+(?=[^:：]{1,24}[:：])")
_MOST_ABOVE: Final = 12
"""So many lines of title and summary may stand above the first name."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The utterances of an export, and the day when it names one."""

    segments: tuple[Segment, ...]
    day: dt.date | None = None


@dataclass(slots=True)
class _Block:
    name: str
    at: float
    day: dt.date | None
    lines: list[str]


def exported(text: str) -> Exported | None:
    """The utterances of a text in which names and times stand above or before the words; None for any other text."""
    lines = [line for line in text.splitlines() if line.strip()]
    blocks = _timed(lines) or _paragraphs(text)
    if blocks is None:
        return None
    days = {block.day for block in blocks}
    # A wall clock counts from the first words; a recorder's clock begins near nought anyway.
    first = blocks[0].at if days != {None} or blocks[0].at >= 3600 else 0.0
    starts = [max(0.0, block.at - first) for block in blocks]
    ends = [*starts[1:], starts[-1]]
    segments = (
        Segment(start, max(start, end), joined(block.lines), block.name)
        for block, start, end in zip(blocks, starts, ends, strict=True)
        if block.lines
    )
    return Exported(tuple(segments), days.pop() if len(days) == 1 else None)


def joined(lines: Sequence[str]) -> str:
    """Lines of one utterance as one: English needs a blank between them, Chinese does not."""
    whole = ""
    for line in lines:
        whole += (" " if whole and whole[-1].isascii() and line[0].isascii() else "") + line
    return whole


def without_marks(text: str) -> str:
    """The text without the stars and bullets that Markdown puts around labels; any other line as it was."""
    lines = text.split("\n")
    starred = [_STARS.match(line) for line in lines]
    if sum(match is not None for match in starred) >= 2:
        lines = [
            f"{match['name']}: {line[match.end() :]}" if match and line[match.end() :].strip() else line
            for line, match in zip(lines, starred, strict=True)
        ]
    listed = [_BULLET.sub("", line) for line in lines]
    changed = sum(a != b for a, b in zip(lines, listed, strict=True))
    return "\n".join(listed if changed >= 2 else lines)


def _timed(lines: Sequence[str]) -> list[_Block] | None:
    """Blocks that a line of name and time opens, or a name above a line of time."""
    blocks: list[_Block] = []
    heads = 0
    above = 0
    for at, line in enumerate(lines):
        after = lines[at + 1] if at + 1 < len(lines) else ""
        match = _first(_HEADS, line)
        inline = None if match else _first(_INLINE, line)
        if opened := match or inline:
            heads += 1
            words = [inline["words"].strip()] if inline else []
            blocks.append(_Block(_cleaned(opened["name"]), _seconds(opened), _day(opened), words))
        elif (stamp := _ONLY_STAMP.match(after)) and _SHORT_NAME.fullmatch(line.strip()):
            heads += 1
            blocks.append(_Block(_cleaned(line), _seconds(stamp), _day(stamp), []))
        elif blocks:
            if not _ONLY_STAMP.match(line):
                blocks[-1].lines.append(line.strip())
        elif not line.lstrip().startswith("#"):
            above += 1
    spoken = [block for block in blocks if block.lines]
    names = Counter(block.name for block in spoken)
    if heads < 2 or len(spoken) < 2 or above > _MOST_ABOVE or len(names) > max(2, heads // 2 + 1):
        return None
    return spoken


def _paragraphs(text: str) -> list[_Block] | None:
    """Blocks of a name on a line of its own above its words, blank lines between; no times."""
    parts = [
        [line.strip() for line in part.splitlines() if line.strip()]
        for part in re.split(r"\n\s*\n", text.strip())
    ]
    parts = [part for part in parts if part and not part[0].startswith("#")]
    names = Counter(part[0].rstrip(":：") for part in parts if len(part) > 1)
    if len(parts) < 3 or any(len(part) < 2 for part in parts) or len(names) > max(2, len(parts) // 2):
        return None
    for name, times in names.items():
        sure = known_role(name) or UNNAMED.fullmatch(name)
        if not _SHORT_NAME.fullmatch(name) or not (sure or times > 1 or len(names) == 2):
            return None
    return [_Block(part[0].rstrip(":："), 0.0, None, part[1:]) for part in parts]


def _first(patterns: Sequence[re.Pattern[str]], line: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := pattern.match(line))), None)


def _cleaned(name: str) -> str:
    return name.strip().strip("*_[]【】").strip()


def _seconds(match: re.Match[str]) -> float:
    hours = int(match["hours"] or 0)
    if half := match["half"]:
        hours = hours % 12 + 12 * (half in "Pp")
    return float(hours * 3600 + int(match["minutes"]) * 60 + int(match["seconds"]))


def _day(match: re.Match[str]) -> dt.date | None:
    if match["year"] is None:
        return None
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
