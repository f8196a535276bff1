"""What a deal is stuck on, read from a rep's own telling of it.

The engine reads the text as if the customer spoke it; beside it stand the words by which reps name an
obstacle in other people's mouths (老板嫌贵, "they keep pushing it back"): groups of the library's synonyms.
"""

from __future__ import annotations

import re
from typing import Final

from coach.conversation import conversation
from coach.errors import Unavailable
from coach.library.tokens import concepts
from coach.reading.engine import Engine
from coach.vocabulary import OBJECTION_TYPES, Language, ObjectionType

TOLD_AS: Final[dict[ObjectionType, frozenset[str]]] = {
    "price": frozenset({"price_high", "discount", "budget", "payment"}),
    "technical": frozenset({"accuracy", "integration", "data_security", "validation", "defect_escape"}),
    "decision_chain": frozenset({"who_decides", "gatekeeper", "veto", "politics", "champion_left"}),
    "timing": frozenset({"not_now", "freeze", "silent"}),
    "competitor": frozenset({"rival", "incumbent", "cheaper_rival", "tender"}),
    "trust": frozenset({"distrust", "burned_before"}),
}
"""Groups of synonyms.yaml that name an obstacle when a rep tells it."""

_CLAUSE: Final = re.compile(r"[。！？；，,;!?\n]+|(?<=[a-z])\.\s")


def obstacles(text: str, language: Language, engine: Engine) -> dict[ObjectionType, str]:
    """Objection type -> the words that show it, the engine's first; an engine that is down reads nothing."""
    found: dict[ObjectionType, str] = {}
    try:
        readings = engine.read(
            conversation([("客户" if language == "zh" else "Customer", text)], language=language)
        )
    except Unavailable:
        readings = None
    for reading in readings.items if readings else ():
        kind = next((kind for kind in OBJECTION_TYPES if kind == reading.type), None)
        if reading.label == "objection" and kind:
            found.setdefault(kind, reading.quote)
    for clause in filter(None, (part.strip() for part in _CLAUSE.split(text))):
        meant = concepts(clause)
        for kind, groups in TOLD_AS.items():
            if meant & groups:
                found.setdefault(kind, clause)
    return found
