"""The entrance of a server with accounts: what guards the routes, and the routes that accounts add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.accounts.door import Door
from coach.accounts.people import People
from ui.asking import on

if TYPE_CHECKING:
    from fastapi import FastAPI
    from fastapi import Request as HttpRequest

    from coach.app import Coach


@dataclass(frozen=True, slots=True)
class Entrance:
    """Who may come in, and whose the house is."""

    coach: Coach
    door: Door
    people: People

    def guard(self, app: FastAPI) -> None:
        """Nobody reaches a route of `app` unless the table of access says so."""
        from ui.doorkeeper import Doorkeeper
        from ui.logs import RequestLog
        from ui.uploads import folder_of

        app.add_middleware(Doorkeeper, door=self.door, uploads=folder_of(self.coach.settings.home))
        app.add_middleware(RequestLog)

    def open(self, app: FastAPI, max_bytes: int) -> None:
        """Add the routes of accounts and uploads, before Gradio's mounts swallow what is below a language."""
        from ui.signing_in import account_routes
        from ui.team import team_routes
        from ui.uploads import upload_routes

        account_routes(app, self.door, self.people)
        upload_routes(app, max_bytes)
        team_routes(app, self.coach)

    @staticmethod
    def person(request: HttpRequest) -> str | None:
        """Whom Gradio takes for signed in: only whom the doorkeeper let in."""
        asker = on(request.scope)
        return asker.who.person if asker else None


def entrance_of(coach: Coach) -> Entrance | None:
    """The entrance where there are accounts; None on one person's own machine."""
    people = People(coach.database)
    return Entrance(coach, Door(coach.database), people) if people.any() else None
