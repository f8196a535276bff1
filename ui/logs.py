"""Requests in the log: one line each, told by the route in the table of access, never by the address.

So ids, searches and links stay out; how a line is written is in `coach.commands.logs`.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

from ui.access import route
from ui.asking import on

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG: Final = logging.getLogger("peipao.requests")


class RequestLog:
    """ASGI middleware: one line a request, when its answer is complete."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; note status and time."""
        wanted = route(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if scope["type"] != "http" or (wanted is not None and wanted.path.endswith("{file:path}")):
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            asker = on(scope)
            told = {
                "event": "request",
                "method": scope["method"] if wanted else "",
                "route": wanted.path if wanted else "",
                "status": status,
                "ms": round((time.perf_counter() - began) * 1000),
                "person": asker.who.person if asker else "",
            }
            LOG.log(logging.INFO if status < 500 else logging.ERROR, "request", extra={"told": told})
