"""The page of a manager: how the team is getting on, in figures of finished and confirmed work only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.accounts.team import team_results
from ui.asking import on
from ui.doorkeeper import language_of
from ui.parts.account import team

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

    from coach.app import Coach


def team_routes(app: FastAPI, coach: Coach) -> None:
    """Add `GET /{language}/team`."""
    from starlette.responses import HTMLResponse, RedirectResponse

    def answer(request: Request) -> Response:
        asker, language = on(request.scope), language_of(request.url.path)
        if asker is None:
            return RedirectResponse(f"/{language}/sign-in", status_code=303)
        return HTMLResponse(str(team(asker.who, team_results(coach.database, asker.who), language)))

    for language in ("zh", "en"):
        app.add_route(f"/{language}/team", answer)
