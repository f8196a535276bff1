"""The API as an application of its own below `/api`: its routes, its errors, its description and the page that shows it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from coach.accounts.team import team_results
from coach.errors import Refused
from coach.vocabulary import Language
from ui.access import route
from ui.api.bounds import Bounded
from ui.api.caller import Here
from ui.api.cases import case_routes
from ui.api.errors import RESPONSES, error_answers, language_of
from ui.api.practices import PracticeDesk, practice_routes
from ui.api.shapes import Me, TeamAnswer
from ui.api.visits import visit_routes
from ui.words import WORDS, say

if TYPE_CHECKING:
    from coach.app import Coach

VERSION: Final = "1"


def build_api(house: Coach, practice: PracticeDesk, max_bytes: int, *, guarded: bool) -> FastAPI:
    """The application. `guarded` says that a doorkeeper stands in front of it and names who asks."""
    api = FastAPI(title="Peipao 陪跑", version=VERSION, docs_url=None, redoc_url=None, openapi_url=None)
    api.state.house, api.state.guarded = house, guarded
    api.add_middleware(Bounded, files=max_bytes)
    error_answers(api)
    visit_routes(api)
    case_routes(api)
    practice_routes(api, practice)
    own_routes(api)
    told: dict[str, Any] = {}

    def description(_: Request) -> Response:
        told.update(told or described(api))
        return JSONResponse(told)

    def page(request: Request) -> Response:
        from ui.parts.api_page import api_page

        asked = request.query_params.get("lang")
        language: Language = "en" if asked == "en" else "zh" if asked == "zh" else language_of(request)
        told.update(told or described(api))
        return HTMLResponse(str(api_page(told, language)))

    api.add_route("/openapi.json", description, include_in_schema=False)
    api.add_route("/docs", page, include_in_schema=False)
    return api


def own_routes(api: FastAPI) -> None:
    """Add who one is, and a manager's team."""

    @api.get("/me", operation_id="me", responses=RESPONSES)
    def me(here: Here) -> Me:
        if here.asker is None:
            return Me(login="", name="", roles=sorted(here.coach.roles), team="", scopes=None)
        who = here.asker.who
        scopes = None if who.scopes is None else sorted(who.scopes)
        return Me(login=who.login, name=who.name, roles=sorted(who.roles), team=who.team, scopes=scopes)

    @api.get("/team", operation_id="team", responses=RESPONSES)
    def team(here: Here) -> TeamAnswer:
        if here.asker is None:
            raise Refused(WORDS["api_no_team"], WORDS["api_no_team_next"])
        who = here.asker.who
        return TeamAnswer.model_validate(
            {"team": who.team, "people": [asdict(row) for row in team_results(here.coach.database, who)]}
        )


def described(api: FastAPI) -> dict[str, Any]:
    """OpenAPI: what FastAPI knows of the routes, our words for each, and the scope that a token needs."""
    from fastapi.openapi.utils import get_openapi

    told = get_openapi(
        title=api.title,
        version=api.version,
        description=_both("api_lede"),
        routes=api.routes,
        servers=[{"url": "/api"}],
    )
    told["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    told["security"] = [{"token": []}, {}]
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            operation["summary"] = _both(f"api_does_{operation['operationId']}")
            wanted = route(method.upper(), "/api" + path.replace("{", "").replace("}", ""))
            operation["x-scope"] = wanted.scope if wanted else None
    return told


def _both(key: str) -> str:
    return f"{say(key, 'zh')} · {say(key, 'en')}"
