"""What programs may ask, by a person's token: JSON, the same rows as on that person's pages and no others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from coach.accounts.team import team_results
from coach.app import OneOfMany
from coach.errors import CoachError, NotFound, Refused
from ui.asking import Asker, on
from ui.uploads import TooLarge, done_with, take

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

    from coach.app import Coach

_SHOWN = 200


def api_routes(app: FastAPI, coach: Coach, max_bytes: int) -> None:
    """Add `/api/…`; the doorkeeper has let only those in whose token is for it."""
    from starlette.concurrency import run_in_threadpool
    from starlette.formparsers import MultiPartException
    from starlette.responses import JSONResponse

    def answered(do: Callable[[Coach, Asker, Request], Any]) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            asker = on(request.scope)
            if asker is None:
                return JSONResponse({"error": {"code": "sign_in_first"}}, status_code=401)
            try:
                return JSONResponse(do(OneOfMany(coach, asker.who.person), asker, request))
            except CoachError as error:
                return _trouble(error, asker)

        return answer

    async def hand_in(request: Request) -> Response:
        asker = on(request.scope)
        if asker is None:
            return JSONResponse({"error": {"code": "sign_in_first"}}, status_code=401)
        try:
            files = await take(request, asker, max_bytes)
        except TooLarge:
            return JSONResponse({"error": {"code": "too_large"}}, status_code=413)
        except (MultiPartException, KeyError):
            return JSONResponse({"error": {"code": "bad_input"}}, status_code=400)
        asked, mine = request.query_params, OneOfMany(coach, asker.who.person)
        try:
            jobs = [
                await run_in_threadpool(
                    _queued,
                    mine,
                    file,
                    asked.get("name", ""),
                    asked.get("date", ""),
                    asked.get("consent", ""),
                )
                for file in files
            ]
        except CoachError as error:
            return _trouble(error, asker)
        finally:
            done_with(asker, [str(file) for file in files])
        return JSONResponse({"jobs": jobs}, status_code=202)

    app.add_route("/api/me", answered(_me))
    app.add_route("/api/visits", answered(_visits), methods=["GET"])
    app.add_route("/api/visits", hand_in, methods=["POST"])
    app.add_route("/api/visits/{visit}", answered(_visit))
    app.add_route("/api/practices", answered(_practices))
    app.add_route("/api/team", answered(_team))


def _me(_: Coach, asker: Asker, __: Request) -> Any:
    who = asker.who
    scopes = None if who.scopes is None else sorted(who.scopes)
    return {
        "login": who.login,
        "name": who.name,
        "roles": sorted(who.roles),
        "team": who.team,
        "scopes": scopes,
    }


def _visits(coach: Coach, _: Asker, __: Request) -> Any:
    return {
        "visits": [
            {
                "id": one.id,
                "source_name": one.visit.source_name,
                "visited_on": one.visit.visited_on.isoformat() if one.visit.visited_on else None,
                "confirmed": one.confirmed_at is not None,
            }
            for one in coach.visits.newest(_SHOWN)
        ]
    }


def _visit(coach: Coach, _: Asker, request: Request) -> Any:
    one = coach.visits.load(str(request.path_params["visit"]))
    return {
        "id": one.id,
        "record": one.machine,
        "human": one.human,
        "confirmed": one.confirmed_at is not None,
    }


def _practices(coach: Coach, _: Asker, __: Request) -> Any:
    return {
        "practices": [
            {
                "id": one.id,
                "scenario": one.scenario,
                "mode": one.mode,
                "outcome": one.outcome,
                "total": one.total,
                "ended_at": one.ended_at.isoformat(timespec="seconds") if one.ended_at else None,
            }
            for one in coach.practices.newest(_SHOWN)
        ]
    }


def _team(coach: Coach, asker: Asker, _: Request) -> Any:
    return {
        "team": asker.who.team,
        "people": [asdict(row) for row in team_results(coach.database, asker.who)],
    }


def _queued(coach: Coach, file: Any, name: str, date: str, consent: str) -> str:
    from coach.jobs.intake import take_in

    try:
        day = dt.date.fromisoformat(date) if date else None
    except ValueError:
        day = None
    job, _ = take_in(coach.jobs, coach.settings, file, name=name[:200], visited_on=day, consent=consent)
    return job.id


def _trouble(error: CoachError, asker: Asker) -> Response:
    from starlette.responses import JSONResponse

    status = 404 if isinstance(error, NotFound) else 403 if isinstance(error, Refused) else 400
    return JSONResponse({"error": error.as_json(asker.who.language)}, status_code=status)
