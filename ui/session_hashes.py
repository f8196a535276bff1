"""Gradio knows a page by a hash that the browser made up; here each hash belongs to whoever used it first.

Events and their answers travel under that hash: without this, whoever guessed or saw somebody's hash could listen.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import Message, Receive

_MOST: Final = 20_000
LARGEST: Final = 1 << 20
"""Bytes of an event; our pages send words, files go another way."""
_HASH: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class SessionHashes:
    """Which hash is whose. The oldest are forgotten first."""

    def __init__(self) -> None:
        self._whose: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def belongs(self, session_hash: str, person: str) -> bool:
        """Whether this person may use the hash; one that nobody used yet is theirs from now on."""
        if not _HASH.fullmatch(session_hash):
            return False
        with self._lock:
            if self._whose.setdefault(session_hash, person) != person:
                return False
            self._whose.move_to_end(session_hash)
            while len(self._whose) > _MOST:
                self._whose.popitem(last=False)
            return True


async def whole(receive: Receive) -> bytes | None:
    """The body of an event; None when it is larger than events are, or the browser went away."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += bytes(message.get("body", b""))
        if len(body) > LARGEST:
            return None
        if not message.get("more_body", False):
            return body


def again(body: bytes, receive: Receive) -> Receive:
    """The same body for whoever reads next; after it the connection itself is listened to."""
    told = False

    async def replay() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
