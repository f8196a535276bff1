"""The pages behind FastAPI: one mount a language, own files, recordings by range, headers that guard.

Gradio builds one Blocks a language with a route a page: measured against one mount a page that starts in half
the time, and a mount at /zh would swallow /zh/practice anyway.
"""

from __future__ import annotations

import hashlib
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from coach.vocabulary import Language
from ui.words import say

if TYPE_CHECKING:
    from fastapi import FastAPI

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

    with gr.Blocks(title=say("product", language), fill_width=True, analytics_enabled=False) as blocks:
        home.build(blocks, language, desks.home, desks.help)
    with blocks.route("help", "help", show_in_navbar=False):
        help.build(blocks, language, desks.help)
    with blocks.route("practice", "practice", show_in_navbar=False):
        practice.build(blocks, language, desks.practice, desks.colleague)
    with blocks.route("session", "session", show_in_navbar=False):
        session.build(blocks, language, desks.practice)
    with blocks.route("report", "report", show_in_navbar=False):
        report.build(blocks, language, desks.practice)
    with blocks.route("compare", "compare", show_in_navbar=False):
        compare.build(blocks, language, desks.practice)
    with blocks.route("colleague", "colleague", show_in_navbar=False):
        colleague.build(blocks, language, desks.colleague)
    with blocks.route("visits", "visits", show_in_navbar=False):
        visits.build(blocks, language, desks.visits)
    with blocks.route("visit", "visit", show_in_navbar=False):
        visit.build(blocks, language, desks.visits)
    with blocks.route("form", "form", show_in_navbar=False):
        form.build(blocks, language, desks.form)
    with blocks.route("deals", "deals", show_in_navbar=False):
        deals.build(blocks, language, desks.deals)
    with blocks.route("sheet", "sheet", show_in_navbar=False):
        sheet.build(blocks, language, desks.deals)
    with blocks.route("case", "case", show_in_navbar=False):
        case.build(blocks, language, desks.deals)
    with blocks.route("trainer", "trainer", show_in_navbar=False):
        trainer.build(blocks, language, desks.curation)
    with blocks.route("handbook", "handbook", show_in_navbar=False):
        handbook.build(blocks, language, desks.handbook)
    with blocks.route("coverage", "coverage", show_in_navbar=False):
        coverage.build(blocks, language, desks.coverage)
    with blocks.route("imports", "imports", show_in_navbar=False):
        imports.build(blocks, language, desks.imports)
    with blocks.route("glossary", "glossary", show_in_navbar=False):
        glossary.build(blocks, language, desks.glossary)
    with blocks.route("shelf", "shelf", show_in_navbar=False):
        shelf.build(blocks, language, desks.shelf)
    with blocks.route("calibration", "calibration", show_in_navbar=False):
        calibration.build(blocks, language, desks.calibration)
    with blocks.route("scenarios", "scenarios", show_in_navbar=False):
        scenarios.build(blocks, language, desks.scenarios)
    with blocks.route("scenario", "scenario", show_in_navbar=False):
        scenario.build(blocks, language, desks.scenarios)
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
