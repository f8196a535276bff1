"""Tens of thousands of cases masked as the curation desk masks one: what was looked through once is remembered.

A sheet says the same words again and again; the words of a cell are looked through once. A test holds this equal to the desk's own
masking.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from coach.privacy.masking import Masked, Masker, Taken, private_in
from coach.privacy.spans import Private, PrivateKind, kind_name
from coach.store.tables import Json
from coach.vocabulary import Language
from knowledge.schema import Case

_TERMS: Final = frozenset(
    "id language outcome version status industry stage size role act objection_types owner reviewed_by tier links"
    " handbooks scenarios similar contributed_on reviewed_on review_due next_check stance met sample".split()
)
"""Keys whose values are ids, days or terms, never anybody's words."""
_REMEMBERED: Final = 200_000


def masked(case: Case) -> tuple[Json, Mapping[PrivateKind, int]]:
    """What the store keeps of a case, masked throughout, and how much of each kind was taken out.

    A name that is told in one field is known in all of them.
    """
    body: Json = case.model_dump(mode="json", exclude_defaults=True) | {"language": case.language}
    texts = dict.fromkeys(_texts(body))
    names = tuple(
        dict.fromkeys(
            text[one.start : one.end] for text in texts for one in _private(text, ()) if one.kind == "name"
        )
    )
    found = {text: finds for text in texts if (finds := _private(text, _about(text, names)))}
    counts: dict[PrivateKind, int] = {}
    if not found:
        return body, counts
    hidden: Json = _masked(body, _Found(found, case.language), counts)
    kinds = (kind_name(kind, case.language) for kind in counts)
    hidden["masked"] = list(dict.fromkeys([*case.masked, *kinds]))
    return hidden, counts


class _Found(Masker):
    """A masker for texts that have been looked through."""

    def __init__(self, found: Mapping[str, Sequence[Private]], language: Language) -> None:
        super().__init__(language=language)
        self._finds = found
        self._said_in = language

    def mask(self, text: str) -> Masked:
        """The text without what was found in it."""
        pieces: list[str] = []
        taken: list[Taken] = []
        at = 0
        for one in self._finds.get(text, ()):
            stand_in = self._stand_in(text, one, self._said_in)
            pieces += [text[at : one.start], stand_in]
            taken.append(Taken(one.start, one.end, one.kind, stand_in))
            at = one.end
        return Masked("".join([*pieces, text[at:]]), tuple(taken))


def _about(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names that a text could be about: it holds a character or a word of the name."""
    return tuple(
        name for name in names if any(piece in text for piece in (name.split() if name.isascii() else name))
    )


@lru_cache(maxsize=_REMEMBERED)
def _private(text: str, known: tuple[str, ...]) -> tuple[Private, ...]:
    return tuple(private_in(text, known))


def _texts(value: Any, key: str = "") -> Iterator[str]:
    if key in _TERMS:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _masked(value: Any, masker: Masker, counts: dict[PrivateKind, int], key: str = "") -> Any:
    if key in _TERMS:
        return value
    if isinstance(value, str):
        hidden = masker.mask(value)
        for kind, many in hidden.kinds.items():
            counts[kind] = counts.get(kind, 0) + many
        return hidden.text
    if isinstance(value, dict):
        return {name: _masked(part, masker, counts, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_masked(part, masker, counts) for part in value]
    return value
