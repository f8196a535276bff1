"""Scenarios that people made here: drafts are their owner's alone, published ones everybody's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coach.errors import NotFound
from coach.store.database import Database
from coach.store.tables import Json, OwnScenario

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

OwnStatus = Literal["draft", "published", "retired"]


@dataclass(frozen=True, slots=True)
class StoredScenario:
    """A scenario as the store gives it back; `body` is what its file would hold."""

    scenario_id: str
    owner: str
    version: str
    language: str
    status: str
    body: Json
    visit_id: str | None
    certificate: Json | None
    text: str | None
    updated_at: dt.datetime


class OwnScenarios:
    """The scenarios that one person may see and change."""

    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner

    def keep(
        self,
        scenario_id: str,
        body: Json,
        *,
        version: str,
        language: str,
        visit_id: str | None = None,
        text: str | None = None,
    ) -> None:
        """Keep a draft under this id; one of this person's that is there already is replaced and loses its certificate.

        Raises NotFound when the id is somebody else's.
        """
        with self._database.session() as session:
            row = _row(session, scenario_id)
            if row is None:
                row = OwnScenario(owner=self._owner, scenario_id=scenario_id)
                session.add(row)
            elif row.owner != self._owner:
                raise _unknown(scenario_id)
            row.body, row.version, row.language, row.visit_id = body, version, language, visit_id
            row.status, row.certificate, row.text = "draft", None, text

    def load(self, scenario_id: str) -> StoredScenario:
        """One scenario that this person may see (NotFound)."""
        with self._database.session() as session:
            row = _row(session, scenario_id)
            if row is None or not self._sees(row):
                raise _unknown(scenario_id)
            return _stored(row)

    def visible(self) -> list[StoredScenario]:
        """Everything this person may see: own ones of any state, and what others published."""
        from sqlalchemy import or_, select

        seen = or_(OwnScenario.owner == self._owner, OwnScenario.status == "published")
        with self._database.session() as session:
            query = select(OwnScenario).where(seen).order_by(OwnScenario.created_at)
            return [_stored(row) for row in session.scalars(query)]

    def certify(self, scenario_id: str, certificate: Json, body: Json) -> None:
        """Keep what bots made of it; of a text that was changed meanwhile nothing is kept."""
        with self._database.session() as session:
            row = _row(session, scenario_id)
            if row is not None and row.owner == self._owner and row.body == body:
                row.certificate = certificate

    def retire(self, scenario_id: str) -> None:
        """Take it off everybody's shelf; it stays its owner's (NotFound)."""
        with self._database.session() as session:
            row = _row(session, scenario_id)
            if row is None or row.owner != self._owner:
                raise _unknown(scenario_id)
            row.status = "retired"

    def publish(self, scenario_id: str, certificate: Json) -> None:
        """Show it to everybody, with the certificate that allows it; from then on it no longer hangs on the visit."""
        with self._database.session() as session:
            row = _row(session, scenario_id)
            if row is None or row.owner != self._owner:
                raise _unknown(scenario_id)
            row.status, row.certificate, row.visit_id = "published", certificate, None

    def _sees(self, row: OwnScenario) -> bool:
        return row.owner == self._owner or row.status == "published"


def _row(session: Session, scenario_id: str) -> OwnScenario | None:
    from sqlalchemy import select

    return session.scalars(select(OwnScenario).where(OwnScenario.scenario_id == scenario_id)).first()


def _stored(row: OwnScenario) -> StoredScenario:
    return StoredScenario(**{name: getattr(row, name) for name in StoredScenario.__slots__})


def _unknown(scenario_id: str) -> NotFound:
    return NotFound(
        (f"没有叫 {scenario_id} 的剧本。", f"There is no scenario called {scenario_id}."),
        ("全部剧本见 coach scenarios list。", "See coach scenarios list."),
    )
