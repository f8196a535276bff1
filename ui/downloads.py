"""Files to fetch, made when they are asked for and kept nowhere: records of visits, reports of practices.

The two addresses stand in ui/addresses.py; whoever guards routes guards `download_routes`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import quote

from coach.errors import CoachError, NotFound
from coach.visits.export import MEDIA
from coach.vocabulary import Language
from ui.addresses import PackForm, ReportForm, VisitFileForm, VoteForm

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

PDF: Final = {"pdf": "application/pdf"}
REPORT_MEDIA: Final = {"html": "text/html; charset=utf-8", "md": "text/markdown; charset=utf-8", **PDF}
VISIT_MEDIA: Final[Mapping[str, str]] = {**{str(form): media for form, media in MEDIA.items()}, **PDF}
VOTE_MEDIA: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
PACK_MEDIA: Final = {"html": "text/html; charset=utf-8", "zip": "application/zip"}
Made = tuple[str, bytes]
"""A file's name without its ending, and its bytes."""


class VisitFiles(Protocol):
    """Who makes a visit's files (NotFound for an id that is not this person's)."""

    def file(self, id: str, form: VisitFileForm, language: Language) -> Made:
        """The record as a file."""
        ...


class ReportFiles(Protocol):
    """Who makes a report's files (NotFound for an id that is not this person's, or a session that still runs)."""

    def file(self, id: str, form: ReportForm, language: Language) -> Made:
        """The report as a file."""
        ...


class VoteFiles(Protocol):
    """Who makes the files of trainers' votes (Refused for whoever is no trainer)."""

    def votes(self, form: VoteForm) -> Made:
        """Every vote as a file."""
        ...


class FaultFiles(Protocol):
    """Who makes the list of what an import did not take (NotFound for a tray that is not this person's)."""

    def faults(self, tray_id: str, language: Language) -> Made:
        """Row by row, as CSV."""
        ...


class PackFiles(Protocol):
    """Who makes the newcomers' pack."""

    def pack(self, form: PackForm, language: Language) -> Made:
        """The pack of one language as a file."""
        ...


def download_routes(
    app: FastAPI,
    visits: VisitFiles,
    reports: ReportFiles,
    votes: VoteFiles,
    imports: FaultFiles,
    packs: PackFiles,
) -> None:
    """Add `GET /downloads/visits/{id}.{form}` and `GET /downloads/reports/{id}.{form}`, both with `?lang=zh|en`.

    And `GET /downloads/votes/votes.{form}`, the same in any language, `GET /downloads/imports/{id}.csv`
    and `GET /downloads/packs/newcomer.{form}`.
    """

    def visit(request: Request) -> Response:
        form = request.path_params["form"]
        if form not in VISIT_MEDIA:
            return _missing()
        made = VISIT_MEDIA[form]
        return _answer(lambda: visits.file(request.path_params["id"], form, _language(request)), form, made)

    def report(request: Request) -> Response:
        form = request.path_params["form"]
        if form not in REPORT_MEDIA:
            return _missing()
        made = REPORT_MEDIA[form]
        return _answer(lambda: reports.file(request.path_params["id"], form, _language(request)), form, made)

    def vote(request: Request) -> Response:
        form = request.path_params["form"]
        if form not in VOTE_MEDIA:
            return _missing()
        return _answer(lambda: votes.votes(form), form, VOTE_MEDIA[form])

    def fault_list(request: Request) -> Response:
        made = VOTE_MEDIA["csv"]
        return _answer(lambda: imports.faults(request.path_params["id"], _language(request)), "csv", made)

    def pack(request: Request) -> Response:
        form = request.path_params["form"]
        if form not in PACK_MEDIA:
            return _missing()
        return _answer(lambda: packs.pack(form, _language(request)), form, PACK_MEDIA[form])

    app.add_route("/downloads/packs/newcomer.{form}", pack)
    app.add_route("/downloads/imports/{id}.csv", fault_list)
    app.add_route("/downloads/votes/votes.{form}", vote)
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
