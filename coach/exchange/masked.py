"""Tens of thousands of cases masked as the curation desk masks one: what was looked through once is remembered.

A sheet says the same words again and again; the words of a cell are looked through once. A test holds this equal to the desk's own
masking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from coach.curation.told import retold, texts_of
from coach.privacy.masking import Masked, Masker, Taken, known_throughout, private_in, private_in_all
from coach.privacy.spans import Private, PrivateKind, kind_name
from coach.store.tables import Json
from coach.vocabulary import Language
from knowledge.schema import Case

_REMEMBERED: Final = 200_000


def masked(case: Case, customers: tuple[str, ...] = ()) -> tuple[Json, Mapping[PrivateKind, int]]:
    """What the store keeps of a case, masked throughout, and how much of each kind was taken out.

    A name that is told in one field is known in all of them; names of `customers` are private wherever they stand.
    """
    body: Json = case.model_dump(mode="json", exclude_defaults=True) | {"language": case.language}
    seen = _SEEN.through(list(dict.fromkeys(texts_of(body))))
    names = tuple(
        known_throughout(
            text[one.start : one.end] for text, finds in seen.items() for one in finds if one.kind == "name"
        )
    )
    found: dict[str, Sequence[Private]] = {}
    for text, finds in seen.items():
        about, firms = _about(text, names), [one for one in customers if one in text]
        if about or firms:
            finds = private_in(text, about, firms)
        if finds:
            found[text] = finds
    counts: dict[PrivateKind, int] = {}
    if not found:
        return body, counts
    masker = _Found(found, case.language)

    def hide(text: str) -> str:
        told = masker.mask(text)
        for kind, many in told.kinds.items():
            counts[kind] = counts.get(kind, 0) + many
        return told.text

    hidden: Json = retold(body, hide)
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


class _Remembered:
    """What was found in texts; when too many are held, all are forgotten."""

    def __init__(self) -> None:
        self._finds: dict[str, Sequence[Private]] = {}

    def through(self, texts: Sequence[str]) -> dict[str, Sequence[Private]]:
        """What is private in each text."""
        if len(self._finds) > _REMEMBERED:
            self._finds = {}
        held = self._finds
        new = [text for text in texts if text not in held]
        held.update(zip(new, private_in_all(new), strict=True))
        return {text: held[text] for text in texts}


_SEEN: Final = _Remembered()
