"""The pages behind FastAPI: one mount a language, own files, recordings by range, headers that guard.

Gradio builds one Blocks a language with a route a page: measured against one mount a page that starts in half
the time, and a mount at /zh would swallow /zh/practice anyway.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from coach.vocabulary import Language
from ui.words import say

if TYPE_CHECKING:
    from fastapi import FastAPI
    from gradio.blocks import Blocks

    from coach.app import Coach
    from ui.desks.all import Desks
    from ui.entrance import Entrance
    from ui.vitals import Vitals

STATIC: Final = Path(__file__).parent / "static"
SHEETS: Final = (
    "peipao",
    "gradio",
    "shell",
    "controls",
    "practice",
    "report",
    "visits",
    "queue",
    "deals",
    "trainer",
    "drills",
    "handbook",
    "coverage",
    "account",
    "form",
    "calibration",
    "knowledge",
    "scenarios",
    "help",
)
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
OPEN_PAGES: Final = 200
"""Pages in one language of which Gradio remembers how they stand: each takes 0.4 MB, and its own limit is 10,000.

Whoever acts on a page that is forgotten waits a moment longer, and nothing else: what counts is in the store.
"""
LOOPBACK: Final = ("127.0.0.1", "localhost")
"""The names by which people reach their own machine; without accounts there are no others."""


def build_app(
    desks: Desks,
    language: Language,
    entrance: Entrance | None = None,
    vitals: Vitals | None = None,
    house: Coach | None = None,
) -> FastAPI:
    """The whole application; `language` is where `/` leads, `entrance` who may come in, None for one person alone.

    `vitals` is what `/healthz` looks at; without it that says only that the server answers. `house` is whom programs
    ask below `/api` where there are no accounts.
    """
    from fastapi import FastAPI
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.requests import Request
    from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
    from starlette.staticfiles import StaticFiles

    from ui.api.app import build_api
    from ui.downloads import download_routes
    from ui.guard import Guard
    from ui.recordings import recording_routes

    app = FastAPI(title=say("product", "en"), docs_url=None, redoc_url=None, openapi_url=None)
    if entrance is None:
        # A strange Host header is another page's trick with DNS.
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(LOOPBACK), www_redirect=False)
    else:
        # What was signed in under one name is not under another: here the cookie guards, and names are many.
        entrance.guard(app)
    app.add_middleware(Guard)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    recording_routes(app, desks.visits)
    if entrance is not None:
        entrance.open(app, desks.visits.max_bytes)
    download_routes(app, desks.form, desks.practice, desks.calibration, desks.imports, desks.shelf)
    asked = entrance.coach if entrance else house
    if asked is not None:
        guarded = entrance is not None
        app.mount("/api", build_api(asked, desks.practice, desks.visits.max_bytes, guarded=guarded))

    def start(_: Request) -> Response:
        return RedirectResponse(f"/{language}/")

    def health(_: Request) -> Response:
        found = vitals.look() if vitals else {"status": "ok"}
        return JSONResponse(found, status_code=200 if found["status"] == "ok" else 503)

    def favicon(_: Request) -> Response:
        return FileResponse(STATIC / "favicon.svg", media_type="image/svg+xml")

    for address, answer in (("/", start), ("/healthz", health), ("/favicon.ico", favicon)):
        app.add_route(address, answer)
    for each in LANGUAGES:
        _mount(app, each, desks, entrance)
    return app


def _mount(app: FastAPI, language: Language, desks: Desks, entrance: Entrance | None) -> None:
    import gradio as gr

    from ui.pages import (
        calibration,
        case,
        colleague,
        compare,
        coverage,
        deals,
        form,
        glossary,
        handbook,
        help,
        home,
        imports,
        practice,
        report,
        scenario,
        scenarios,
        session,
        sheet,
        shelf,
        trainer,
        visit,
        visits,
    )
    from ui.theme import peipao_theme

    rooms: tuple[tuple[str, Callable[[Blocks], object]], ...] = (
        ("", lambda blocks: home.build(blocks, language, desks.home, desks.help)),
        ("help", lambda blocks: help.build(blocks, language, desks.help)),
        ("practice", lambda blocks: practice.build(blocks, language, desks.practice, desks.colleague)),
        ("session", lambda blocks: session.build(blocks, language, desks.practice)),
        ("report", lambda blocks: report.build(blocks, language, desks.practice)),
        ("compare", lambda blocks: compare.build(blocks, language, desks.practice)),
        ("colleague", lambda blocks: colleague.build(blocks, language, desks.colleague)),
        ("visits", lambda blocks: visits.build(blocks, language, desks.visits)),
        ("visit", lambda blocks: visit.build(blocks, language, desks.visits)),
        ("form", lambda blocks: form.build(blocks, language, desks.form)),
        ("deals", lambda blocks: deals.build(blocks, language, desks.deals)),
        ("sheet", lambda blocks: sheet.build(blocks, language, desks.deals)),
        ("case", lambda blocks: case.build(blocks, language, desks.deals)),
        ("trainer", lambda blocks: trainer.build(blocks, language, desks.curation)),
        ("handbook", lambda blocks: handbook.build(blocks, language, desks.handbook)),
        ("coverage", lambda blocks: coverage.build(blocks, language, desks.coverage)),
        ("imports", lambda blocks: imports.build(blocks, language, desks.imports)),
        ("glossary", lambda blocks: glossary.build(blocks, language, desks.glossary)),
        ("shelf", lambda blocks: shelf.build(blocks, language, desks.shelf)),
        ("calibration", lambda blocks: calibration.build(blocks, language, desks.calibration)),
        ("scenarios", lambda blocks: scenarios.build(blocks, language, desks.scenarios)),
        ("scenario", lambda blocks: scenario.build(blocks, language, desks.scenarios)),
    )
    blocks = gr.Blocks(title=say("product", language), fill_width=True, analytics_enabled=False)
    with _open(blocks):
        for path, build in rooms:
            if path:  # what `blocks.route(path)` does, without closing the Blocks after every page
                blocks.pages.append((path, path, False))
                blocks.current_page = path
            build(blocks)
    blocks.state_session_capacity = OPEN_PAGES
    with warnings.catch_warnings():
        # Gradio says so for every mount with several pages, even when server-side rendering was not asked for.
        warnings.filterwarnings(
            "ignore", message="SSR mode is not supported with multi-page apps", category=UserWarning
        )
        gr.mount_gradio_app(
            app,
            blocks,
            f"/{language}",
            theme=peipao_theme(),
            head=str(head()),
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            mcp_server=False,
            show_error=False,
            max_file_size=desks.visits.max_bytes,
            favicon_path=None,
            auth_dependency=entrance.person if entrance else None,
        )


@contextmanager
def _open(blocks: Blocks) -> Iterator[None]:
    """What `with blocks` does, but for the application that Gradio makes at every closing: mounting makes the one that serves.

    With a closing a page those were half of a cold start.
    """
    from gradio.context import Context

    blocks.__enter__()
    try:
        yield
        blocks.fill_expected_parents()
        blocks.default_config.attach_load_events()
        blocks.progress_tracking = any(each.tracks_progress for each in blocks.fns.values())
        blocks.page = ""
        blocks.exited = True
    finally:
        Context.root_block = Context.block = None


@cache
def head() -> Markup:
    """Links to our own files, each with the hash of its content, so that browsers may keep them."""
    sheets = Markup("").join(
        Markup('<link rel="stylesheet" href="{}">').format(_versioned(f"css/{sheet}.css")) for sheet in SHEETS
    )
    return Markup(
        '{sheets}<link rel="icon" type="image/svg+xml" href="/static/favicon.svg">'
        '<link rel="preload" as="font" type="font/woff2" href="/static/fonts/inter-latin.woff2" crossorigin>'
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">'
        '<script src="{script}"></script><script src="{editor}" defer></script><script src="{help}" defer></script>'
        '<script src="{voice}" defer></script>'
    ).format(
        sheets=sheets,
        script=_versioned("peipao.js"),
        editor=_versioned("editor.js"),
        help=_versioned("help.js"),
        voice=_versioned("voice.js"),
    )


def _versioned(name: str) -> str:
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"
