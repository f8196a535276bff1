"""What somebody told in a case: its words, apart from the ids, days and terms that stand between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

AS_THEY_ARE: Final = frozenset(
    "id language outcome version status industry stage size role act objection_types owner reviewed_by tier links"
    " handbooks scenarios similar contributed_on reviewed_on review_due next_check stance met sample".split()
)
"""Keys whose values are ids, days or terms of the vocabulary, never anybody's words."""


def texts_of(value: object, key: str = "") -> Iterator[str]:
    """Every text in a case's JSON, in order."""
    if key in AS_THEY_ARE:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from texts_of(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part)


def retold(value: Any, change: Callable[[str], str], key: str = "") -> Any:
    """The same JSON with every text changed."""
    if key in AS_THEY_ARE:
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: retold(part, change, name) for name, part in value.items()}
    if isinstance(value, list):
        return [retold(part, change) for part in value]
    return value
