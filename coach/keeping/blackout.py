"""Words blacked out wherever they stand in the store, letter by letter, so that every quote still points at its words.

A restored backup is made to forget words that nobody kept: what is kept of a word is its length and a keyed hash, and
every stretch of that length is compared with it. Whoever holds both can test a guess; nobody can read the word.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict

from coach.keeping.doomed import key_of
from coach.store.tables import Table

if TYPE_CHECKING:
    from sqlalchemy import Table as SqlTable
    from sqlalchemy.orm import Session

BLACK: Final = "█"
_UNTOUCHED: Final = frozenset(("audit", "forgotten"))
_AT_ONCE: Final = 200

Spans = Callable[[str], Iterable[tuple[int, int]]]
"""Gives the stretches of a text that are to go."""


class WordMark(BaseModel):
    """A word that was erased, without the word."""

    model_config = ConfigDict(frozen=True)

    length: int
    salt: str
    digest: str


def spans_of(words: Sequence[str]) -> Spans:
    """Where the words stand, whatever their case."""
    if not words:
        return lambda _: ()
    ordered = sorted(words, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(word) for word in ordered), re.IGNORECASE)
    return lambda text: ((match.start(), match.end()) for match in pattern.finditer(text))


def mark_of(word: str) -> WordMark:
    """What may be kept of a word."""
    salt = secrets.token_hex(16)
    return WordMark(length=len(word), salt=salt, digest=_digest(word, salt))


def spans_of_marks(marks: Sequence[WordMark]) -> Spans:
    """Where words of which only the marks are left stand."""

    def spans(text: str) -> Iterator[tuple[int, int]]:
        for mark in marks:
            for start in range(len(text) - mark.length + 1):
                if _digest(text[start : start + mark.length], mark.salt) == mark.digest:
                    yield start, start + mark.length

    return spans


def blacked(text: str, spans: Spans) -> str:
    """The text with those stretches black, as long as before."""
    letters: list[str] | None = None
    for start, end in spans(text):
        letters = list(text) if letters is None else letters
        letters[start:end] = BLACK * (end - start)
    return text if letters is None else "".join(letters)


def black_out(session: Session, spans: Spans) -> dict[str, set[str]]:
    """Black out every column of words and of JSON in every table; the rows that were touched, by table."""
    touched: dict[str, set[str]] = {}
    for table in Table.metadata.sorted_tables:
        if table.name not in _UNTOUCHED and (keys := set(_in_table(session, table, spans))):
            touched[table.name] = keys
    return touched


def _in_table(session: Session, table: SqlTable, spans: Spans) -> Iterator[str]:
    from sqlalchemy import JSON, String, select, update

    keys = {column.name for column in table.primary_key.columns} | {
        key.parent.name for key in table.foreign_keys
    }
    columns = [
        column
        for column in table.columns
        if isinstance(column.type, String | JSON) and column.name not in keys
    ]
    query = select(key_of(table), *columns).execution_options(yield_per=_AT_ONCE)
    changes: list[tuple[str, dict[str, Any]]] = []
    for key, *values in session.execute(query):
        changed = {
            column.name: after
            for column, before in zip(columns, values, strict=True)
            if (after := _black_in(before, spans)) != before
        }
        if changed:
            changes.append((key, changed))
    for key, changed in changes:
        session.execute(update(table).where(key_of(table) == key).values(changed))
        yield key


def _black_in(value: Any, spans: Spans) -> Any:
    """A value of JSON with its words blacked out, keys too."""
    if isinstance(value, str):
        return blacked(value, spans)
    if isinstance(value, dict):
        return {blacked(key, spans): _black_in(one, spans) for key, one in value.items()}
    if isinstance(value, list):
        return [_black_in(one, spans) for one in value]
    return value


def _digest(word: str, salt: str) -> str:
    return hmac.new(bytes.fromhex(salt), word.casefold().encode(), hashlib.sha256).hexdigest()[:32]
