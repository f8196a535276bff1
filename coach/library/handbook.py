"""What the handbooks tell to do about one kind of objection: a line of an action standard, with its section."""

from __future__ import annotations

import datetime as dt
from typing import Final

from coach.library.ask import Passage
from coach.library.library import Library
from coach.library.sayings import sayings
from coach.library.tokens import tokens
from coach.vocabulary import Language, ObjectionType

ACTION_STANDARD: Final = ("动作标准", "Action standard")
"""The part of a module that says what to do, as something a third person can see or hear."""


def advice(library: Library, kind: ObjectionType, said: str, language: Language) -> Passage | None:
    """What the handbooks tell to do about one kind of objection, as near as they come to what was said."""
    used = library.sections_in_use(language, dt.date.today())
    sections = [library.section(entry) for entry in used]
    about = [section for section in sections if section.anchor in (kind, kind.replace("_", "-"))]
    about = about or [section for section in sections if section.objection_types == (kind,)]
    standards = [section for section in about if section.heading in ACTION_STANDARD] or about
    candidates = [(unit, section) for section in standards for unit in sayings(section.text)]
    if not candidates:
        return None
    near = library.similarity([said], [unit for unit, _ in candidates])[0]
    asked = set(tokens(said))
    shares = [len(asked & set(tokens(unit))) / (1 + len(asked)) for unit, _ in candidates]
    order = sorted(range(len(candidates)), key=lambda n: (-(near[n] + 2 * shares[n]), n))
    unit, section = candidates[order[0]]
    return Passage((unit,), section.link, section.title, section.heading, near[order[0]])
