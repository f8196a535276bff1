"""The doorkeeper: every request is looked up in the table of access, and whoever asks must be let in first.

It stands in front of everything, Gradio's own routes too; what is in no table is not there. It never buffers an
answer, because pages are redrawn over open streams; only the small events of pages are read before they go on.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, quote

from coach.accounts.door import Door
from coach.accounts.roles import Who
from ui.access import Route, route
from ui.asking import Asker, asked_by, put_on
from ui.session_hashes import SessionHashes, again, whole

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from coach.vocabulary import Language

_WHO_AM_I: Final = "/api/me"
"""Every token may ask whose it is and what it is for."""
_NONE: Final = "?"
_EVENTS: Final = ("queue/join", "run/predict", "cancel", "reset")


def cookie_name(scheme: str) -> str:
    """The cookie that holds a browser's secret; over TLS the browser itself keeps it from other hosts."""
    return "__Host-peipao" if scheme == "https" else "peipao"


class Doorkeeper:
    """ASGI middleware for a server with accounts."""

    def __init__(self, app: ASGIApp, *, door: Door, uploads: Path) -> None:
        self.app = app
        self._door = door
        self._uploads = uploads
        self._hashes = SessionHashes()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request on, or answer it here: 303 to the sign-in page, 401, 403, 404."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # no page of ours opens a socket
            await send({"type": "websocket.close", "code": 1008})
            return
        wanted = route(scope["method"], scope["path"])
        if wanted is None:
            await _say(404, "not here", scope, receive, send)
            return
        if wanted.roles is None:
            await self.app(scope, receive, _strict(scope, send) if "static" not in scope["path"] else send)
            return
        from starlette.concurrency import run_in_threadpool

        who = await run_in_threadpool(self._who, scope, wanted)
        if who is None:
            await _ask_to_sign_in(scope, receive, send)
            return
        beyond = who.scopes is not None and wanted.path != _WHO_AM_I and wanted.scope not in who.scopes
        if beyond or not wanted.roles & who.roles:
            await _refuse(who, scope, receive, send)
            return
        if scope["method"] == "POST" and scope["path"].endswith(_EVENTS):
            body = await whole(receive)
            if body is None or not self._own_hashes(who, _named_in(scope, body)):
                await _say(403, "not your session", scope, receive, send)
                return
            receive = again(body, receive)
        elif not self._own_hashes(who, _named_by(scope)):
            await _say(403, "not your session", scope, receive, send)
            return
        asker = Asker(who, self._uploads / who.person)
        put_on(scope, asker)
        with asked_by(asker):
            await self.app(scope, receive, _private(scope, send))

    def _who(self, scope: Scope, wanted: Route) -> Who | None:
        """Somebody by a token, where tokens open anything, else by the browser's cookie."""
        from starlette.requests import HTTPConnection

        asked = HTTPConnection(scope)
        kind, _, token = asked.headers.get("authorization", "").partition(" ")
        if kind:
            found = self._door.who_by_token(token.strip()) if kind.casefold() == "bearer" else None
            return found if wanted.scope is not None or wanted.path == _WHO_AM_I else None
        key = asked.cookies.get(cookie_name(scope["scheme"]), "")
        return self._door.who(key) if key else None

    def _own_hashes(self, who: Who, named: list[str]) -> bool:
        """Whether every session hash that a request names belongs to this person."""
        return all(self._hashes.belongs(one, who.person) for one in named)


def _named_by(scope: Scope) -> list[str]:
    """The session hashes in address and query."""
    query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    path = str(scope["path"])
    return query.get("session_hash", []) + ([path.rpartition("/")[2]] if "/heartbeat/" in path else [])


def _named_in(scope: Scope, body: bytes) -> list[str]:
    """The session hashes in query and body; what is no event of a page names one that nobody has."""
    try:
        sent = json.loads(body)
    except ValueError:
        return [_NONE]
    if not isinstance(sent, dict):
        return [_NONE]
    named = sent.get("session_hash")
    if named is None and not str(scope["path"]).endswith("queue/join"):
        return _named_by(scope)
    return [*_named_by(scope), named if isinstance(named, str) else _NONE]


def language_of(path: str) -> Language:
    """The language that an address asks for."""
    return "en" if path.startswith("/en/") else "zh"


def _is_page(scope: Scope) -> bool:
    return (
        scope["method"] in ("GET", "HEAD")
        and scope["path"].startswith(("/zh/", "/en/"))
        and "/gradio_api/" not in scope["path"]
        and not scope["path"].endswith("/config")
    )


async def _ask_to_sign_in(scope: Scope, receive: Receive, send: Send) -> None:
    from starlette.responses import RedirectResponse

    if not _is_page(scope):
        await _say(401, "sign in first", scope, receive, send)
        return
    query = scope["query_string"].decode("latin-1")
    wanted = quote(scope["path"] + (f"?{query}" if query else ""), safe="")
    to = f"/{language_of(scope['path'])}/sign-in?next={wanted}"
    await RedirectResponse(to, status_code=303)(scope, receive, _strict(scope, send))


async def _refuse(who: Who, scope: Scope, receive: Receive, send: Send) -> None:
    from starlette.responses import HTMLResponse

    from ui.parts.account import refusal

    if not _is_page(scope) or who.scopes is not None:
        await _say(403, "not for your role", scope, receive, send)
        return
    page = refusal(language_of(scope["path"]))
    await HTMLResponse(str(page), status_code=403)(scope, receive, _strict(scope, send))


async def _say(status: int, words: str, scope: Scope, receive: Receive, send: Send) -> None:
    from starlette.responses import JSONResponse

    if scope["path"].startswith("/api/"):
        from starlette.requests import Request

        from ui.api.errors import answer as for_programs

        told = for_programs(Request(scope), status, words.replace(" ", "_"))
        await told(scope, receive, _strict(scope, send))
        return
    headers = {"www-authenticate": "Bearer"} if status == 401 else None
    answer = JSONResponse({"error": {"code": words.replace(" ", "_")}}, status_code=status, headers=headers)
    await answer(scope, receive, _strict(scope, send))


def _strict(scope: Scope, send: Send) -> Send:
    """Nobody keeps this answer; a browser that came over TLS keeps coming so."""
    return _with(send, scope, {"cache-control": "no-store"})


def _private(scope: Scope, send: Send) -> Send:
    return _with(send, scope, {"cache-control": "private, no-store"})


def _with(send: Send, scope: Scope, more: dict[str, str]) -> Send:
    from starlette.datastructures import MutableHeaders

    if scope["scheme"] == "https":
        more = {**more, "strict-transport-security": "max-age=31536000"}

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in more.items():
                headers[name] = value
        await send(message)

    return with_headers
