"""One table of who may do what: every route, every page, every action of a page. What is not in it, nobody may.

A route is method and path; `{language}` is zh or en, `{name}` one piece, `{name:path}` the rest. With accounts the
doorkeeper asks `route`, the board asks `may_act`; without accounts nobody asks, the machine is one person's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from coach.accounts.roles import ROLES, Role, Scope

Roles = frozenset[Role]
EVERYBODY: Final[Roles] = frozenset(ROLES)
SELLS: Final[Roles] = frozenset({"rep"})
LEARNS: Final[Roles] = frozenset({"rep", "trainer", "manager"})
WRITES: Final[Roles] = frozenset({"rep", "trainer"})
CURATES: Final[Roles] = frozenset({"trainer"})
LEADS: Final[Roles] = frozenset({"manager"})

OPEN: Final = "open"
"""The action of drawing a page."""


def _all(roles: Roles, *actions: str) -> dict[str, Roles]:
    return dict.fromkeys((OPEN, *actions), roles)


PAGES: Final[Mapping[str, Mapping[str, Roles]]] = {
    "": _all(EVERYBODY, "tour") | {"drill": SELLS},
    "help": _all(EVERYBODY, "tour"),
    "practice": _all(LEARNS, "pick", "start", "exam", "colleague") | {"drill": SELLS},
    "session": _all(LEARNS, "spoke", "alive", "end", "time_up", "pause", "go_on", "hint", "talk"),
    "report": _all(LEARNS, "again", "branch"),
    "compare": _all(LEARNS, "rewind"),
    "colleague": _all(LEARNS, "spoke", "look", "agree", "leave"),
    "visits": _all(SELLS, "files", "sample", "sample-text", "cancel", "retry", "look"),
    "visit": _all(
        SELLS,
        "confirm",
        "remove",
        "restore",
        "rep",
        "drill",
        "edit",
        "edit-save",
        "line",
        "line-save",
        "consent",
        "consent-save",
        "close",
    ),
    "form": _all(SELLS, "keep", "hand-in"),
    "deals": _all(LEARNS, "search", "case", "drill", "example", "useful"),
    "sheet": _all(LEARNS),
    "case": _all(LEARNS),
    "handbook": _all(LEARNS, "ask", "section"),
    "trainer": _all(WRITES, "find", "submit", "comment")
    | dict.fromkeys(("approve", "send_back", "publish", "retire"), CURATES),
    "coverage": _all(LEARNS, "stage", "spot") | {"looked": CURATES},
    "imports": _all(CURATES, "files", "map", "look", "go", "away"),
    "glossary": _all(CURATES, "edit", "save", "remove", "close"),
    "shelf": _all(CURATES, "files", "check", "keep", "close", "restore", "remove"),
    "scenarios": _all(CURATES, "begin", "fill", "copy"),
    "scenario": _all(
        CURATES, "keep", "form", "look", "copy", "try", "speak", "certify", "stop", "publish", "retire"
    ),
    "calibration": _all(CURATES, "accept", "adjust", "reject", "skip", "show"),
}
"""Page (its path below the language) -> action -> who may. An action is what a button sends, or the handler's name."""


@dataclass(frozen=True, slots=True)
class Route:
    """What a request may reach: `roles` None is everybody on the network, signed in or not.

    `scope` is what a token must be for; None: no token opens it, only a browser that is signed in.
    """

    methods: str
    path: str
    roles: Roles | None
    scope: Scope | None = None


_READ: Final = "GET HEAD"
_OWN: Final = (
    Route(_READ, "/", None),
    Route(_READ, "/healthz", None),
    Route(_READ, "/favicon.ico", None),
    Route(_READ, "/static/{file:path}", None),
    Route("GET HEAD POST", "/{language}/sign-in", None),
    Route("GET HEAD POST", "/{language}/welcome/{key}", None),
    Route("POST", "/{language}/sign-out", EVERYBODY),
    Route("GET HEAD POST", "/{language}/me", EVERYBODY),
    Route(_READ, "/{language}/team", LEADS),
    Route(_READ, "/recordings/{visit}", SELLS, "visits:read"),
    Route(_READ, "/downloads/visits/{file}", SELLS, "visits:read"),
    Route(_READ, "/downloads/reports/{file}", LEARNS, "practice:read"),
    Route(_READ, "/downloads/imports/{file}", CURATES),
    Route(_READ, "/downloads/packs/{file}", LEARNS),
    # The same description for everybody; no word of anybody's is in it.
    Route(_READ, "/api/openapi.json", None),
    Route(_READ, "/api/docs", None),
    Route(_READ, "/downloads/votes/{file}", CURATES),
    Route(_READ, "/api/me", EVERYBODY),
    Route("POST", "/api/record", SELLS, "visits:write"),
    Route(_READ, "/api/jobs", SELLS, "visits:read"),
    Route(_READ, "/api/jobs/{job}", SELLS, "visits:read"),
    Route(_READ, "/api/visits", SELLS, "visits:read"),
    Route(_READ, "/api/visits/{visit}", SELLS, "visits:read"),
    Route("POST", "/api/visits", SELLS, "visits:write"),
    Route("POST", "/api/match", LEARNS, "cases:read"),
    Route(_READ, "/api/cases", LEARNS, "cases:read"),
    Route(_READ, "/api/cases/{case}", LEARNS, "cases:read"),
    Route("POST", "/api/cases", WRITES, "cases:write"),
    Route(_READ, "/api/scenarios", LEARNS, "practice:read"),
    Route(_READ, "/api/practices", LEARNS, "practice:read"),
    Route("POST", "/api/practices", LEARNS, "practice:write"),
    Route(_READ, "/api/practices/{practice}", LEARNS, "practice:read"),
    Route("POST", "/api/practices/{practice}/turns", LEARNS, "practice:write"),
    Route("POST", "/api/practices/{practice}/hints", LEARNS, "practice:write"),
    Route("POST", "/api/practices/{practice}/end", LEARNS, "practice:write"),
    Route("POST", "/api/score", LEARNS, "practice:write"),
    Route(_READ, "/api/team", LEADS, "team:read"),
)
_PAGES: Final = tuple(Route(_READ, f"/{{language}}/{page}", acts[OPEN]) for page, acts in PAGES.items())
_GRADIO: Final = (
    # The same files of the package for everybody; no word of anybody's is in them.
    Route(_READ, "/{language}/assets/{file:path}", None),
    Route(_READ, "/{language}/static/{file:path}", None),
    Route(_READ, "/{language}/svelte/{file:path}", None),
    Route(_READ, "/{language}/theme.css", None),
    Route(_READ, "/{language}/gradio_api/theme.css", None),
    Route(_READ, "/{language}/manifest.json", None),
    # What its pages ask; who may do what there is decided by page and action.
    Route(_READ, "/{language}/config", EVERYBODY),
    Route(_READ, "/{language}/gradio_api/startup-events", EVERYBODY),
    Route(_READ, "/{language}/gradio_api/heartbeat/{session_hash}", EVERYBODY),
    Route(_READ, "/{language}/gradio_api/queue/data", EVERYBODY),
    Route("POST", "/{language}/gradio_api/queue/join", EVERYBODY),
    Route("POST", "/{language}/gradio_api/run/predict", EVERYBODY),
    Route("POST", "/{language}/gradio_api/upload", LEARNS),
    Route("POST", "/{language}/gradio_api/cancel", EVERYBODY),
    Route("POST", "/{language}/gradio_api/reset", EVERYBODY),
)
ROUTES: Final = (*_OWN, *_PAGES, *_GRADIO)


def route(method: str, path: str) -> Route | None:
    """What this request wants to reach, None for what is in no table: nobody may."""
    if ".." in path or "//" in path or "\\" in path:
        return None
    return next(
        (one for one in ROUTES if method in one.methods.split() and _pattern(one.path).fullmatch(path)), None
    )


def may_act(page: str, action: str, roles: Roles) -> bool:
    """Whether somebody with these roles may do this on that page; what is in no table nobody may."""
    return bool(PAGES.get(page, {}).get(action, frozenset()) & roles)


@cache
def _pattern(path: str) -> re.Pattern[str]:
    pattern = ""
    for piece in re.split(r"(\{[^}]+\})", path):
        if piece == "{language}":
            pattern += "(?:zh|en)"
        elif piece.endswith(":path}"):
            pattern += ".+"
        elif piece.startswith("{"):
            pattern += "[^/]+"
        else:
            pattern += re.escape(piece)
    return re.compile(pattern)
