"""The routes of accounts: signing in and out, one-time links, one's own account. Only a server with accounts has them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar
from urllib.parse import unquote, urlsplit

from coach.accounts.door import LONGEST, Door
from coach.accounts.people import People
from coach.errors import BadInput, Busy, CoachError
from coach.vocabulary import Language
from ui.access import route
from ui.asking import on
from ui.doorkeeper import cookie_name, language_of
from ui.parts import account
from ui.shell import path
from ui.words import WORDS, say

if TYPE_CHECKING:
    from fastapi import FastAPI
    from markupsafe import Markup
    from starlette.requests import Request
    from starlette.responses import Response

    from coach.store.accounts import KeptToken

Route = Callable[["Request"], Awaitable["Response"]]
P = ParamSpec("P")
R = TypeVar("R")
_LONGEST_FORM: Final = 16 << 10
_DAYS: Final = 90
"""A token made on the page lasts so long; `coach users token` makes longer ones."""


def account_routes(app: FastAPI, door: Door, people: People) -> None:
    """Add the routes to `app`, before Gradio's mounts swallow what is below a language."""
    for language in ("zh", "en"):
        for name, answer in (
            ("sign-in", _sign_in(door)),
            ("welcome/{key}", _welcome(door, people)),
            ("me", _me(door, people)),
        ):
            app.add_route(f"/{language}/{name}", answer, methods=["GET", "POST"])
        app.add_route(f"/{language}/sign-out", _sign_out(door), methods=["POST"])


def _sign_in(door: Door) -> Route:
    async def answer(request: Request) -> Response:
        language = language_of(request.url.path)
        if request.method != "POST":
            key = _key(request)
            if key and await _aside(door.who, key) is not None:
                return _to(_wanted(request.query_params.get("next", ""), language))
            return _page(account.sign_in(language, wanted=request.query_params.get("next", "")))
        sent = await _form(request)
        wanted = sent.get("next", "")
        try:
            client = request.client.host if request.client else ""
            key = await _aside(door.sign_in, sent.get("login", ""), sent.get("password", ""), client)
        except CoachError as error:
            status = 429 if isinstance(error, Busy) else 401
            page = account.sign_in(language, wanted=wanted, login=sent.get("login", "")[:100], error=error)
            return _page(page, status)
        if old := _key(request):
            await _aside(door.sign_out, old)
        return _keeping(_to(_wanted(wanted, language)), request, key)

    return answer


def _welcome(door: Door, people: People) -> Route:
    async def answer(request: Request) -> Response:
        language, link = language_of(request.url.path), str(request.path_params["key"])
        try:
            whose = await _aside(people.invited, link)
        except CoachError as error:
            return _page(account.shut(language, error), 404)
        if request.method != "POST":
            return _page(account.welcome(language, link, whose.name, whose.login))
        sent = await _form(request)
        try:
            _same(sent)
            await _aside(people.by(whose.person).accept, link, sent.get("password", ""))
        except CoachError as error:
            return _page(account.welcome(language, link, whose.name, whose.login, error), 400)
        return _keeping(_to(path(language)), request, await _aside(door.let_in, whose.person))

    return answer


def _sign_out(door: Door) -> Route:
    async def answer(request: Request) -> Response:
        if key := _key(request):
            await _aside(door.sign_out, key)
        leaving = _to(path(language_of(request.url.path), "sign-in"))
        leaving.delete_cookie(cookie_name(request.url.scheme), path="/", secure=request.url.scheme == "https")
        return leaving

    return answer


def _me(door: Door, people: People) -> Route:
    async def answer(request: Request) -> Response:
        language, asker = language_of(request.url.path), on(request.scope)
        if asker is None:
            return _to(path(language, "sign-in"))
        who, made, done, failed, key = asker.who, "", "", None, ""
        mine = people.by(who.person)
        if request.method == "POST":
            sent = await _form(request)
            try:
                match sent.get("act"):
                    case "password":
                        _same(sent)
                        await _aside(
                            mine.change_own, who.login, sent.get("now", ""), sent.get("password", "")
                        )
                        key, done = await _aside(door.let_in, who.person), say("password_changed", language)
                    case "others":
                        await _aside(door.sign_out_others, who.person, _key(request))
                        done = say("me_others_done", language)
                    case "token":
                        scopes = sent.get("scope", "").split(",")
                        made = await _aside(mine.token, who.login, sent.get("name", ""), scopes, _DAYS)
                    case "revoke":
                        await _aside(mine.revoke, who.person, sent.get("token", ""))
                    case _:
                        pass
            except CoachError as error:
                failed = error
        rows = [_row(one, language) for one in await _aside(people.tokens, who.person)]
        browsers = await _aside(door.browsers, who.person)
        page = account.me(who, language, browsers=browsers, tokens=rows, made=made, done=done, error=failed)
        drawn = _page(page, 400 if failed else 200)
        return _keeping(drawn, request, key) if key else drawn

    return answer


def _row(one: KeptToken, language: Language) -> account.TokenRow:
    between = say("list_comma", language)
    scopes = between.join(say(f"scope_{scope.replace(':', '_')}", language) for scope in one.scopes)
    return account.TokenRow(one.id, one.name, scopes, one.ends_at.date().isoformat() if one.ends_at else "")


def _same(sent: dict[str, str]) -> None:
    if sent.get("password", "") != sent.get("again", ""):
        raise BadInput(WORDS["password_differ"], WORDS["password_differ_next"])


def _wanted(address: str, language: Language) -> str:
    """Where somebody wanted to go, when it is a page of ours; else the home page."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path.startswith(("/zh/", "/en/")):
        return path(language)
    known = route("GET", unquote(parts.path))
    return address if known is not None and known.roles is not None else path(language)


def _key(request: Request) -> str:
    return str(request.cookies.get(cookie_name(request.url.scheme), ""))


def _keeping(answer: Response, request: Request, key: str) -> Response:
    """The answer, and the browser keeps the secret: no script reads it, no other site sends it along."""
    answer.set_cookie(
        cookie_name(request.url.scheme),
        key,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return answer


def _to(address: str) -> Response:
    from starlette.responses import RedirectResponse

    return RedirectResponse(address, status_code=303)


def _page(drawn: Markup, status: int = 200) -> Response:
    from starlette.responses import HTMLResponse

    return HTMLResponse(str(drawn), status_code=status)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a small form; several of one name are joined with commas. Too much is nothing."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _LONGEST_FORM:
        return {}
    sent = await request.form(max_files=0, max_fields=20)
    return {key: ",".join(str(one) for one in sent.getlist(key)) for key in sent}


async def _aside(do: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
    """Work that waits for the disk or hashes does not hold up everybody's requests."""
    from starlette.concurrency import run_in_threadpool

    return await run_in_threadpool(do, *args, **named)
