"""How much may be sent: words in a body of JSON, a file in a form; what is longer is not read to its end."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

WORDS: Final = 2 << 20
"""Bytes of a body that is no form."""
_AROUND: Final = 1 << 16
"""Bytes that a form has around its files."""


class TooLarge(Exception):
    """More bytes than a body may have."""


class Bounded:
    """ASGI middleware in front of the API: counts what comes, and answers 413 in place of everything else."""

    def __init__(self, app: ASGIApp, *, files: int) -> None:
        """`files` is the largest form in bytes."""
        self.app = app
        self._files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on while it is short enough."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        from starlette.datastructures import Headers

        headers = Headers(scope=scope)
        form = headers.get("content-type", "").casefold().startswith("multipart/")
        limit = self._files + _AROUND if form else WORDS
        told = headers.get("content-length", "0")
        taken, over, begun = int(told) if told.isdecimal() and len(told) < 20 else 0, False, False
        if taken > limit:
            await _refuse(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken, over
            message = await receive()
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                if taken > limit:
                    over = True
                    raise TooLarge
            return message

        async def first(message: Message) -> None:
            nonlocal begun
            if over and not begun:
                return  # the answer to half a body
            begun = True
            await send(message)

        with suppress(TooLarge):
            await self.app(scope, counted, first)
        if over and not begun:
            await _refuse(scope, receive, send)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    from starlette.requests import Request

    from ui.api.errors import answer

    await answer(Request(scope), 413, "too_large")(scope, receive, send)
