"""Tens of thousands of cases masked as the curation desk masks one: what was looked through once is remembered.

A sheet says the same words again and again; the words of a cell are looked through once. A test holds this equal to the desk's own
masking.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from coach.curation.told import retold, texts_of
from coach.privacy.masking import Looked, Masked, Masker, Taken, known_throughout, looked_through
from coach.privacy.spans import Private, PrivateKind, kind_name
from coach.store.tables import Json
from coach.vocabulary import Language
from knowledge.schema import Case

_REMEMBERED: Final = 20_000
"""So many texts are remembered."""


def masked_all(
    cases: Sequence[Case], customers: tuple[str, ...] = ()
) -> Iterator[tuple[Json, Mapping[PrivateKind, int]]]:
    """What the store keeps of each case, masked throughout, and how much of each kind was taken out.

    A name that is told in one field of a case is known in all of its fields; names of `customers` are private wherever
    they stand.
    """
    bodies: list[Json] = [
        case.model_dump(mode="json", exclude_defaults=True) | {"language": case.language} for case in cases
    ]
    texts = [list(dict.fromkeys(texts_of(body))) for body in bodies]
    looked = _SEEN.through(list(dict.fromkeys(chain.from_iterable(texts))))
    for case, body, told in zip(cases, bodies, texts, strict=True):
        found = _found({text: looked[text] for text in told}, customers)
        yield _hidden(case, body, found) if found else (body, {})


def _found(looked: Mapping[str, Looked], customers: tuple[str, ...]) -> dict[str, Sequence[Private]]:
    """What is private in those texts of one case that hold something private."""
    names = tuple(
        known_throughout(
            text[find.start : find.end]
            for text, one in looked.items()
            for find in one.private
            if find.kind == "name"
        )
    )
    found: dict[str, Sequence[Private]] = {}
    for text, one in looked.items():
        about, firms = _about(text, names), [name for name in customers if name in text]
        if finds := one.about(about, firms) if about or firms else one.private:
            found[text] = finds
    return found


def _hidden(
    case: Case, body: Json, found: Mapping[str, Sequence[Private]]
) -> tuple[Json, Mapping[PrivateKind, int]]:
    """The body without what was found, and how much of each kind that was."""
    counts: dict[PrivateKind, int] = {}
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
    """Texts that were looked through; when too many are held, all are forgotten."""

    def __init__(self) -> None:
        self._looked: dict[str, Looked] = {}

    def through(self, texts: Sequence[str]) -> dict[str, Looked]:
        """These texts, each looked through."""
        if len(self._looked) > _REMEMBERED:
            self._looked = {}
        held = self._looked
        new = [text for text in texts if text not in held]
        held.update(zip(new, looked_through(new), strict=True))
        return {text: held[text] for text in texts}


_SEEN: Final = _Remembered()
