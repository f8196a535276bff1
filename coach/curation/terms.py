"""The team's own words, edited: products, rivals, customers and what else they are called. Each counts at once.

They stand in `glossary.yaml` of the team's content folder, in one piece: a reader sees the old file or the new one.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from coach.errors import BadInput, NotFound, Refused
from coach.store.disk import writing
from coach.vocabulary import Language
from knowledge.glossary import NAME, NAMED, Glossary, Term, folded, load_glossary, read_glossary

MOST: Final = 2000
"""Words of one team."""
MOST_ALIASES: Final = 20
LONGEST: Final = 80
_SHORTEST_NAME: Final = 2
"""A name of one character would be found in everybody's words."""


class TeamTerms:
    """The words of one team's folder; only those who may edit put and remove."""

    def __init__(self, folder: Path, *, may_edit: bool) -> None:
        self._folder = folder
        self._file = folder / NAME
        self.may_edit = may_edit

    def glossary(self) -> Glossary:
        """The team's words and the shipped ones, the team's first."""
        return load_glossary((self._folder,))

    def own(self) -> tuple[Term, ...]:
        """The team's words as its file has them."""
        return read_glossary(self._file).entries if self._file.is_file() else ()

    def put(self, term: Term, instead_of: str = "") -> Term:
        """Add a word, or put it in the place of the team's word `instead_of`. Raises BadInput that says what is wrong."""
        self._editors_only()
        clean = _cleaned(term)
        old = (clean.language, folded(instead_of))
        with self._alone():
            kept = [one for one in self.own() if one.key not in (clean.key, old)]
            self._check(clean, instead_of, kept)
            self._write([*kept, clean])
        return clean

    def remove(self, language: Language, word: str) -> None:
        """Take a word of the team's out; a shipped one that it stood for counts again (NotFound)."""
        self._editors_only()
        with self._alone():
            own = self.own()
            kept = [one for one in own if one.key != (language, folded(word))]
            if len(kept) == len(own):
                raise NotFound(
                    (f"你们的词表里没有“{word}”。", f"Your glossary does not hold “{word}”."),
                    (
                        "自带的词删不掉，可以用同名的词盖过它。",
                        "A shipped word cannot be removed; put your own in its place.",
                    ),
                )
            self._write(kept)

    def _check(self, term: Term, instead_of: str, kept: Sequence[Term]) -> None:
        if not folded(instead_of) and term.key in {one.key for one in self.own()}:
            raise BadInput(
                (f"“{term.term}”已经有了。", f"“{term.term}” is there already."),
                ("点它后面的“改”。", "Press “Edit” beside it."),
            )
        if len(kept) >= MOST:
            raise BadInput(
                (f"词表最多 {MOST} 个词。", f"A glossary holds {MOST} words at most."),
                ("先删掉不用的。", "Remove what nobody needs."),
            )
        taken = {
            folded(name): one.term for one in kept if one.language == term.language for name in one.names
        }
        for name in term.names:
            if (whose := taken.get(folded(name))) is not None:
                raise BadInput(
                    (f"“{name}”已经是“{whose}”的叫法。", f"“{name}” is a name of “{whose}” already."),
                    ("一个叫法只能属于一个词：去掉一边。", "A name belongs to one word: take it out of one."),
                )
            if term.kind in NAMED and len(folded(name)) < _SHORTEST_NAME:
                raise BadInput(
                    (
                        f"“{name}”太短，到处都会碰上。",
                        f"“{name}” is too short and would be found everywhere.",
                    ),
                    ("公司名至少写两个字。", "Write a firm's name with two characters at least."),
                )

    def _write(self, terms: Sequence[Term]) -> None:
        import yaml

        rows = [one.model_dump(mode="json") for one in sorted(terms, key=lambda one: (one.kind, one.key))]
        text = yaml.safe_dump(
            {"schema": "glossary/1", "entries": rows}, allow_unicode=True, sort_keys=False, width=110
        )
        with writing():
            beside = self._file.with_name(f".{NAME}.{secrets.token_hex(3)}")
            with beside.open("w", encoding="utf-8") as handle:
                handle.write(text)
                handle.flush()
                os.fsync(handle.fileno())
            beside.replace(self._file)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two people who edit at once do so one after the other."""
        from filelock import FileLock

        with writing():
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / ".glossary.lock", timeout=10):
                yield

    def _editors_only(self) -> None:
        if not self.may_edit:
            raise Refused(
                ("词表由培训师来改。", "The glossary is edited by trainers."),
                ("把词告诉他们。", "Tell one of them the word."),
            )


def term_of(word: str, kind: str, language: Language, aliases: str, note: str) -> Term:
    """A term as somebody typed it; aliases stand between commas or on lines. Raises BadInput."""
    import re

    from pydantic import ValidationError

    names = [one.strip() for one in re.split(r"[,，、;；\n]+", aliases) if one.strip()]
    try:
        return Term.model_validate(
            {"term": word.strip(), "kind": kind, "language": language, "aliases": names, "note": note.strip()}
        )
    except ValidationError as error:
        raise BadInput(
            ("词和类别都要有。", "The word and its kind are both needed."),
            ("补上再存。", "Fill them in and save again."),
        ) from error


def _cleaned(term: Term) -> Term:
    """Without aliases that say the word again; raises BadInput for what is too long."""
    aliases = {folded(name): name for name in term.aliases if folded(name) != folded(term.term)}
    if any(len(name) > LONGEST for name in term.names) or len(aliases) > MOST_ALIASES:
        raise BadInput(
            (
                f"一个词最多 {LONGEST} 字，别名最多 {MOST_ALIASES} 个。",
                f"A word has {LONGEST} characters and {MOST_ALIASES} aliases at most.",
            ),
            ("写短一点。", "Write less."),
        )
    return term.model_copy(update={"aliases": tuple(aliases.values()), "team": False})
