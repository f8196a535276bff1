"""Fallbacks, told to whoever listens: an engine that had to let the offline one answer says so here.

Engines give findings and sentences, which have no room for a note; a session listens while a turn is judged and worded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from coach.errors import Words

_listening: ContextVar[list[Words] | None] = ContextVar("_listening", default=None)


@contextmanager
def fallbacks() -> Iterator[list[Words]]:
    """The (zh, en) sentences of the fallbacks that happen inside the block, each once, in order."""
    told: list[Words] = []
    token = _listening.set(told)
    try:
        yield told
    finally:
        _listening.reset(token)


def fell_back(why: Words) -> None:
    """Say that the offline engine answered, and why."""
    told = _listening.get()
    if told is not None and why not in told:
        told.append(why)
