"""How many people work there, as a rep writes it into a form or tells it in passing: always a band."""

from __future__ import annotations

import re
from typing import Final

from coach.vocabulary import Size, size_of

_FIGURE: Final = re.compile(r"\d+(?:\.\d+)?\s*[万千k]?", re.IGNORECASE)
_TIMES: Final = {"万": 10_000, "千": 1_000, "k": 1_000}
_BANDS: Final[tuple[tuple[Size, re.Pattern[str]], ...]] = (
    ("enterprise", re.compile("enterprise|集团|特大|超大")),
    ("micro", re.compile("micro|微|个体|夫妻")),
    ("medium", re.compile("medium|mid|中")),
    ("small", re.compile("small|小")),
    ("large", re.compile("large|big|大")),
)
_PEOPLE: Final = re.compile(
    r"(?<![\d.])(\d[\d,]*)\s*(?:多|来|余)?\s*(?:个|号|名)?(?:人|员工|职工)(?!次|天|日|均)"
    r"|(?<![\d.$])(\d[\d,]*)[\s-]*(?:people|employees|staff|person)\b",
    re.IGNORECASE,
)


def size_said(value: object) -> object:
    """A size as people give it: a band (large, 中型), a number of people (340, "350人", "1,200 staff", "50-80", 1.2万).

    Of several numbers the largest counts; empty means not known. What is none of these stays as it is and is refused.
    """
    text = str(value if value is not None else "").strip().replace(",", "").casefold()
    if not text:
        return None
    counts = [_count(found) for found in _FIGURE.findall(text)]
    if counts:
        return size_of(max(counts))
    return next((band for band, said in _BANDS if said.search(text)), text)


def _count(figure: str) -> int:
    times = _TIMES.get(figure[-1], 1)
    return int(float(figure.rstrip("万千k ")) * times)


def size_in(text: str) -> Size | None:
    """The size band that the text states as a number of people; the largest number counts."""
    counts = [int((zh or en).replace(",", "")) for zh, en in _PEOPLE.findall(text)]
    return size_of(max(counts)) if counts else None
