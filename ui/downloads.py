"""Files to fetch, made when they are asked for and kept nowhere: records of visits, reports of practices.

The two addresses stand in ui/addresses.py; whoever guards routes guards `download_routes`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import quote

from coach.errors import CoachError, NotFound
from coach.visits.export import FORMS, MEDIA
from coach.visits.export import Form as VisitForm
from coach.vocabulary import Language
from ui.addresses import ReportForm

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

REPORT_MEDIA: Final = {"html": "text/html; charset=utf-8", "md": "text/markdown; charset=utf-8"}
Made = tuple[str, bytes]
"""A file's name without its ending, and its bytes."""


class VisitFiles(Protocol):
    """Who makes a visit's files (NotFound for an id that is not this person's)."""

    def file(self, id: str, form: VisitForm, language: Language) -> Made:
        """The record as a file."""
        ...


class ReportFiles(Protocol):
    """Who makes a report's files (NotFound for an id that is not this person's, or a session that still runs)."""

    def file(self, id: str, form: ReportForm, language: Language) -> Made:
        """The report as a file."""
        ...


def download_routes(app: FastAPI, visits: VisitFiles, reports: ReportFiles) -> None:
    """Add `GET /downloads/visits/{id}.{form}` and `GET /downloads/reports/{id}.{form}`, both with `?lang=zh|en`."""

    def visit(request: Request) -> Response:
        form = request.path_params["form"]
        if form not in FORMS:
            return _missing()
        return _answer(
            lambda: visits.file(request.path_params["id"], form, _language(request)), form, MEDIA[form]
        )

    def report(request: Request) -> Response:
        form = request.path_params["form"]
        if form not in REPORT_MEDIA:
            return _missing()
        made = REPORT_MEDIA[form]
        return _answer(lambda: reports.file(request.path_params["id"], form, _language(request)), form, made)

    app.add_route("/downloads/visits/{id}.{form}", visit)
    app.add_route("/downloads/reports/{id}.{form}", report)


def _answer(make: Callable[[], Made], form: str, media: str) -> Response:
    from starlette.responses import PlainTextResponse, Response

    try:
        name, body = make()
    except NotFound:
        return _missing()
    except CoachError as error:
        return PlainTextResponse(f"{error.what[0]}\n{error.what[1]}\n", status_code=409)
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") if name.isascii() else "peipao"
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}.{form}\"; filename*=UTF-8''{quote(f'{name}.{form}')}",
        "Cache-Control": "private, no-store",
    }
    return Response(body, media_type=media, headers=headers)


def _missing() -> Response:
    from starlette.responses import PlainTextResponse

    return PlainTextResponse("no such file", status_code=404)


def _language(request: Request) -> Language:
    return "en" if request.query_params.get("lang") == "en" else "zh"
