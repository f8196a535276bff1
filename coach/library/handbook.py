"""Ask the handbooks: the passages that answer, in the handbook's own words, each with the section to cite.

Extractive only: nothing is summarised, nothing made up. When no section shares enough with the question the
answer is empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from coach.library.library import Library
from coach.library.search import Hit
from coach.library.tokens import tokens
from coach.vocabulary import Language, ObjectionType
from knowledge.handbook import Section

ANSWERS: Final = 0.30
"""Share of the question's words (rare ones count more) that a section must hold."""
_LONGEST: Final = 220
_ROW: Final = re.compile(r"\s*\|(.+)\|\s*")
_RULE: Final = re.compile(r"\s*\|[\s|:-]+\|\s*")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a handbook; `link` cites the section (`handbook#anchor`), `score` is 0..1."""

    text: str
    link: str
    title: str
    heading: str
    score: float


def ask(library: Library, question: str, language: Language, k: int = 3) -> list[Passage]:
    """The `k` best passages for a question, best first; none when nothing answers."""
    hits = library.search(question, language, kind="sections", depth=12)
    found: dict[str, Passage] = {}
    for hit in sorted(hits, key=_worth, reverse=True):
        if hit.covered < ANSWERS:
            continue
        section = library.section(hit.entry)
        if section.link not in found:
            found[section.link] = _passage(section, question, _worth(hit))
    return list(found.values())[:k]


def advice(library: Library, kind: ObjectionType, said: str, language: Language) -> Passage | None:
    """What the handbooks tell to do about one kind of objection, as near as they come to what was said."""
    sections = [library.section(entry) for entry in library.section_ids(language)]
    about = [section for section in sections if section.anchor in (kind, kind.replace("_", "-"))]
    about = about or [section for section in sections if section.objection_types == (kind,)]
    standards = [section for section in about if section.heading in ACTION_STANDARD] or about
    candidates = [(unit, section) for section in standards for unit in units(section.text)]
    if not candidates:
        return None
    near = library.similarity([said], [unit for unit, _ in candidates])[0]
    asked = set(tokens(said))
    shares = [len(asked & set(tokens(unit))) / (1 + len(asked)) for unit, _ in candidates]
    order = sorted(range(len(candidates)), key=lambda n: (-(near[n] + 2 * shares[n]), n))
    unit, section = candidates[order[0]]
    return Passage(unit, section.link, section.title, section.heading, near[order[0]])


ACTION_STANDARD: Final = ("动作标准", "Action standard")
"""The part of a module that says what to do, as something a third person can see or hear."""


def units(text: str) -> list[str]:
    """A section's text as single sayings: paragraphs, list items, table rows; Markdown signs are dropped."""
    found = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if _RULE.fullmatch(line) or _RULE.fullmatch(following):
            continue  # the rule below a table's head, and the head itself
        row = _ROW.fullmatch(line)
        cells = [cell.strip() for cell in row.group(1).split("|")] if row else [line]
        words = " · ".join(_plain(cell) for cell in cells if cell.strip())
        if len(words) > 1:
            found.append(words)
    return found


def _passage(section: Section, question: str, score: float) -> Passage:
    """The one or two sayings of a section that share most with the question, in their order."""
    asked = set(tokens(question))
    sayings = units(section.text) or [section.title]
    shares = [_share(asked, saying) for saying in sayings]
    best = max(range(len(sayings)), key=lambda n: (shares[n], -n))
    text = sayings[best]
    after = sayings[best + 1] if best + 1 < len(sayings) else ""
    if after and len(text) + len(after) < _LONGEST and shares[best + 1] > 0:
        text = f"{text}\n{after}"
    return Passage(text, section.link, section.title, section.heading, round(min(1.0, score), 3))


def _share(asked: set[str], saying: str) -> float:
    own: Sequence[str] = tokens(saying)
    return len(asked & set(own)) / (4 + len(set(own))) ** 0.5 if own else 0.0


def _worth(hit: Hit) -> float:
    return 0.8 * hit.covered + 0.2 * max(0.0, hit.dense)


def _plain(cell: str) -> str:
    flat = re.sub(r"^\s*(?:[-*+]|\d+\.|>)\s+", "", cell.strip())
    flat = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", flat)
    return re.sub(r"\*\*|`", "", flat).strip()
