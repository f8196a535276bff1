"""A server with accounts in a process of its own: it lists its routes and handlers, then it is asked as browsers do."""

from __future__ import annotations

import http.client
import inspect
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from coach.accounts.people import People
from coach.accounts.roles import ROLES
from coach.app import Coach, OneOfMany, open_coach
from coach.settings import Settings
from tests.ui.serving import Answer

PASSWORD = "correct horse battery"
LOGINS = (*ROLES, "other")


@dataclass
class House:
    """A running server, and one signed-in browser for a person of each role and for `other`, a rep of another team.

    `routes` are our own (method, path); `brought` are those of one of Gradio's mounts, below the language; `handlers`
    are (page, number, "press", an event's action or "open", values to send) of everything that pages send to the server.
    """

    coach: Coach
    port: int
    keys: dict[str, str]
    routes: list[tuple[str, str]]
    brought: list[tuple[str, str]]
    handlers: list[tuple[str, int, str, list[Any]]]

    def of(self, login: str) -> Coach:
        """The coach of one person."""
        return OneOfMany(self.coach, People(self.coach.database).load(login).person)

    def ask(
        self,
        path: str,
        who: str = "",
        *,
        method: str = "GET",
        body: bytes = b"",
        kind: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One question as `who` (a login name with a browser here); an open stream is not waited for."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"content-type": kind, **(headers or {})}
        if who:
            sent["cookie"] = f"peipao={self.keys[who]}"
        try:
            connection.request(method, path, body=body or None, headers=sent)
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            stream = named.get("content-type", "").startswith("text/event-stream")
            return Answer(answer.status, named, b"" if stream else answer.read())
        finally:
            connection.close()

    def post(self, path: str, who: str, **fields: Any) -> Answer:
        """A form, as a browser sends it."""
        kind = "application/x-www-form-urlencoded"
        return self.ask(path, who, method="POST", body=urlencode(fields, doseq=True).encode(), kind=kind)

    def event(self, who: str, *, at: str = "", **body: Any) -> Answer:
        """One event of a page at that query, as Gradio's script sends it."""
        sent = json.dumps({"session_hash": f"hash{who}", **body}).encode()
        return self.ask(f"/zh/gradio_api/run/predict{at}", who, method="POST", body=sent)

    def upload(
        self, who: str, words: bytes, name: str = "a.txt", path: str = "/zh/gradio_api/upload"
    ) -> Answer:
        """A file, as a browser sends it."""
        body = (
            b'--x\r\nContent-Disposition: form-data; name="files"; filename="' + name.encode() + b'"\r\n'
            b"Content-Type: application/octet-stream\r\n\r\n" + words + b"\r\n--x--\r\n"
        )
        return self.ask(path, who, method="POST", body=body, kind="multipart/form-data; boundary=x")


@contextmanager
def opened(home: Path) -> Iterator[House]:
    """The house until the block ends."""
    coach = open_coach(Settings(home=home, engine="offline"))
    people = People(coach.database)
    for role in reversed(ROLES):
        people.add(role, (role,), PASSWORD, team="east")
    people.add("other", ("rep",), PASSWORD, team="west")
    environment = {**os.environ, "COACH_HOME": str(home), "COACH_ENGINE": "offline", "PYTHONUNBUFFERED": "1"}
    log = home / "serve.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", "from tests.accounts.house import serve; serve()"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=Path(__file__).parents[2],
        )
        try:
            assert process.stdout is not None
            told = json.loads(process.stdout.readline() or "null")
            assert told, log.read_text("utf-8")
            lists = {key: [tuple(row) for row in told[key]] for key in ("routes", "brought", "handlers")}
            yield House(coach, told["port"], told["keys"], **lists)
        finally:
            process.terminate()
            process.wait(30)
            if process.stdout is not None:
                process.stdout.close()
            coach.database.close()


def serve() -> None:
    """In the process of its own: say what there is in one line of JSON, then serve."""
    import uvicorn

    from coach.commands.logs import log_lines
    from coach.quiet import keep_quiet
    from ui.asking import coach_of_whoever_asks
    from ui.entrance import entrance_of
    from ui.running import desks_of
    from ui.server import build_app

    keep_quiet()
    coach = open_coach()
    entrance = entrance_of(coach)
    assert entrance is not None
    people = People(coach.database)
    app = build_app(desks_of(coach_of_whoever_asks(coach)), "zh", entrance)
    mount = next(one for one in app.routes if getattr(one, "path", "") == "/zh")
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    told = {
        "port": listening.getsockname()[1],
        "keys": {login: entrance.door.let_in(people.load(login).person) for login in LOGINS},
        "routes": _ours(app),
        "brought": sorted(set(_routes(mount.app))),  # type: ignore[attr-defined]
        "handlers": list(_handlers(mount.app.get_blocks())),  # type: ignore[attr-defined]
    }
    print(json.dumps(told), flush=True)
    log_lines()
    uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)).run(sockets=[listening])


def _ours(app: Any) -> list[tuple[str, str]]:
    """Our own routes; a language stands for both, a folder of files for itself."""
    found: set[tuple[str, str]] = set()
    programs = next(one.app for one in app.routes if one.path == "/api")
    below = [(one.path, one.methods) for one in programs.routes]
    found |= {(method, f"/api{path}") for path, methods in below for method in methods - {"HEAD"}}
    for one in app.routes:
        path = one.path.replace("/zh/", "/{language}/").replace("/en/", "/{language}/")
        if not hasattr(one, "methods"):
            if path not in ("/zh", "/en", "/api"):
                found.add(("GET", path))
            continue
        found |= {(method, path) for method in set(one.methods or ("?",)) - {"HEAD"}}
    return sorted(found)


def _routes(app: Any, before: str = "") -> Iterator[tuple[str, str]]:
    for one in app.routes:
        inside = getattr(one, "path", "")
        if hasattr(one, "methods"):
            for method in sorted(set(one.methods or ()) - {"HEAD", "OPTIONS"}):
                yield method, before + inside
        elif hasattr(one, "original_router"):  # FastAPI puts an included router in as one
            yield from _routes(one.original_router, before + one.include_context.prefix)
        elif hasattr(one, "routes"):
            yield from _routes(one, before + inside)


def _handlers(blocks: Any) -> Iterator[tuple[str, int, str, list[Any]]]:
    for page, parts in blocks.config["page"].items():
        for number in parts["dependencies"]:
            fn = blocks.fns[number]
            if fn.fn is None:
                continue
            held = inspect.getclosurevars(fn.fn).nonlocals
            if "ask" in held:
                yield page, number, "press", []
            elif "action" in held:
                yield page, number, held["action"] or held["answer"].__name__, _values(fn)
            else:
                yield page, number, "open", []


def _values(fn: Any) -> list[Any]:
    """What an untouched form sends: each component's own first value."""
    return [
        getattr(one, "value", None) or ([] if "Group" in type(one).__name__ else None) for one in fn.inputs
    ]
