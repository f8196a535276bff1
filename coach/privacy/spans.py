"""What was found to be private: where it stands, of what kind, and which of two finds counts when they overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from coach.vocabulary import Language

PrivateKind = Literal[
    "email", "id", "card", "phone", "account", "plate", "address", "company", "name", "amount"
]
KINDS: Final[tuple[PrivateKind, ...]] = get_args(PrivateKind)
"""In the order in which an overlap is decided: the earlier kind counts."""
_NAMES: Final[dict[PrivateKind, tuple[str, str]]] = {
    "email": ("邮箱", "e-mail"),
    "id": ("证件号", "id number"),
    "card": ("卡号", "account number"),
    "phone": ("电话", "phone"),
    "account": ("社交账号", "handle"),
    "plate": ("车牌", "plate"),
    "address": ("地址", "address"),
    "company": ("公司名", "company"),
    "name": ("人名", "name"),
    "amount": ("金额", "amount"),
}


@dataclass(frozen=True, slots=True)
class Private:
    """Code points `start`..`end` of a text, and what they are."""

    start: int
    end: int
    kind: PrivateKind


def kind_name(kind: PrivateKind, language: Language) -> str:
    """What people call a kind."""
    return _NAMES[kind][0 if language == "zh" else 1]


def _joined(found: Iterable[Private]) -> list[Private]:
    """Finds of one kind that share words become one; of addresses also those that touch (路8号 + 大厦1205室)."""
    rows: list[Private] = []
    for one in sorted(found, key=lambda it: (it.kind, it.start, it.end)):
        last = rows[-1] if rows else None
        touch = one.kind == "address"
        if last and last.kind == one.kind and (one.start < last.end or (touch and one.start == last.end)):
            rows[-1] = Private(last.start, max(last.end, one.end), one.kind)
        else:
            rows.append(one)
    return rows


def settled(found: Iterable[Private]) -> list[Private]:
    """The finds without overlaps, in reading order: the stronger kind counts, of the same kind the longer."""
    kept: list[Private] = []
    taken: set[int] = set()
    for one in sorted(_joined(found), key=lambda it: (KINDS.index(it.kind), it.start - it.end, it.start)):
        if one.start < one.end and taken.isdisjoint(range(one.start, one.end)):
            kept.append(one)
            taken.update(range(one.start, one.end))
    return sorted(kept, key=lambda it: it.start)
