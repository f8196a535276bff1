"""The rows of accounts: added, listed, changed, closed; with them go invitations and tokens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.errors import NotFound, Refused
from coach.store.database import Database
from coach.store.only_writer import only_writer
from coach.store.tables import Account, ApiToken, Invitation, Json, Person, SignIn, new_id, now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class KeptAccount:
    """Somebody with an account; `roles` as they stand in the store, `password` the hash or None."""

    person: str
    login: str
    name: str
    roles: tuple[str, ...]
    language: str
    team: str
    password: str | None
    created_at: dt.datetime
    closed_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class KeptToken:
    """A token without its secret."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: dt.datetime
    used_at: dt.datetime | None
    ends_at: dt.datetime | None


class Accounts:
    """All accounts of this house."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def any(self) -> bool:
        """Whether anybody has an open account: then nobody comes in without one."""
        from sqlalchemy import select

        if not self._database.is_there:
            return False
        with self._database.session() as session:
            query = select(Account.person_id).where(Account.closed_at.is_(None)).limit(1)
            return session.scalar(query) is not None

    def add(
        self,
        login: str,
        name: str,
        roles: tuple[str, ...],
        password: str | None,
        *,
        team: str,
        language: str,
        person: str | None = None,
    ) -> KeptAccount:
        """A new account with the hash of a password, for a new person or for `person`, who is here already.

        Raises Refused when the name, or that person, has an account.
        """
        from sqlalchemy.exc import IntegrityError

        try:
            with self._database.session() as session:
                there = session.get(Person, person) if person else None
                if there is None:
                    there = Person(id=person or new_id(), name=name, roles=_json(roles), language=language)
                    session.add(there)
                    session.flush()
                else:
                    there.name, there.roles = name, _json(roles)
                session.add(Account(person_id=there.id, login=login, team=team, password=password))
        except IntegrityError as error:
            raise Refused(
                (f"已经有 {login} 这个账号了。", f"There is an account {login} already."),
                ("换一个登录名；看全部用 coach users list。", "Take another name; see coach users list."),
            ) from error
        return self.load(login)

    def load(self, login: str) -> KeptAccount:
        """One account, closed ones too (NotFound)."""
        with self._database.session() as session:
            return kept_account(*_row(session, login))

    def of(self, person: str) -> KeptAccount | None:
        """The account of a person, None for somebody without."""
        with self._database.session() as session:
            row, whose = session.get(Account, person), session.get(Person, person)
            return kept_account(row, whose) if row and whose else None

    def listed(self) -> list[KeptAccount]:
        """Every account, the first one first."""
        from sqlalchemy import select

        query = select(Account, Person).join(Person, Person.id == Account.person_id)
        with self._database.session() as session:
            return [
                kept_account(*row)
                for row in session.execute(query.order_by(Account.created_at, Account.login))
            ]

    def change(
        self,
        login: str,
        *,
        roles: tuple[str, ...] | None = None,
        team: str | None = None,
        password: str | None = None,
        name: str | None = None,
    ) -> None:
        """Change what is given. A new password signs every browser out and ends what links there are.

        Raises Refused when nobody could administrate any more.
        """
        with self._database.session() as session:
            row, whose = _row(session, login)
            if roles is not None:
                if "admin" not in roles:
                    keep_an_administrator(session, whose.id)
                whose.roles = _json(roles)
            if team is not None:
                row.team = team
            if name is not None:
                whose.name = name
            if password is not None:
                row.password = password
                _end(session, whose.id, SignIn, Invitation)

    def close(self, login: str) -> None:
        """Nobody comes in with it any more; browsers, links and tokens end. What the person made stays.

        Raises Refused when nobody could administrate any more.
        """
        with self._database.session() as session:
            row, _ = _row(session, login)
            keep_an_administrator(session, row.person_id)
            row.closed_at, row.password = now(), None
            _end(session, row.person_id, SignIn, Invitation, ApiToken)

    def reopen(self, login: str) -> None:
        """A closed account opens again, without a password."""
        with self._database.session() as session:
            _row(session, login)[0].closed_at = None

    def rehash(self, person: str, password: str) -> None:
        """The same password at a higher cost: nobody is signed out."""
        with self._database.session() as session:
            if row := session.get(Account, person):
                row.password = password

    def invite(self, login: str, digest: str, ends_at: dt.datetime) -> None:
        """A link for this account; earlier ones end."""
        with self._database.session() as session:
            row, _ = _row(session, login)
            _end(session, row.person_id, Invitation)
            session.add(Invitation(digest=digest, person_id=row.person_id, ends_at=ends_at))

    def invited(self, digest: str) -> KeptAccount | None:
        """Whose link this is, None when it is used, over or never was."""
        with self._database.session() as session:
            link = session.get(Invitation, digest)
            if link is None or link.ends_at < now():
                return None
            row, whose = session.get(Account, link.person_id), session.get(Person, link.person_id)
            return kept_account(row, whose) if row and whose and row.closed_at is None else None

    def add_token(
        self, person: str, name: str, digest: str, scopes: tuple[str, ...], ends_at: dt.datetime | None
    ) -> None:
        """A token of this person."""
        with self._database.session() as session:
            session.add(
                ApiToken(
                    person_id=person,
                    name=name,
                    digest=digest,
                    scopes={"scopes": list(scopes)},
                    ends_at=ends_at,
                )
            )

    def tokens(self, person: str) -> list[KeptToken]:
        """This person's tokens, newest first."""
        from sqlalchemy import select

        query = select(ApiToken).where(ApiToken.person_id == person).order_by(ApiToken.created_at.desc())
        with self._database.session() as session:
            return [
                KeptToken(
                    row.id, row.name, texts(row.scopes, "scopes"), row.created_at, row.used_at, row.ends_at
                )
                for row in session.scalars(query)
            ]

    def revoke(self, person: str, token_id: str) -> None:
        """End one of this person's tokens (NotFound for anybody else's)."""
        with self._database.session() as session:
            row = session.get(ApiToken, token_id)
            if row is None or row.person_id != person:
                raise NotFound(("没有这个令牌。", "There is no such token."))
            session.delete(row)


def keep_an_administrator(session: Session, person: str) -> None:
    """Raises Refused when, without this person, no open account could administrate: not even two who go at once can.

    Who holds no open account may always go; a house without accounts has nobody to lose.
    """
    from sqlalchemy import select

    only_writer(session, Account)
    query = select(Person).join(Account, Account.person_id == Person.id).where(Account.closed_at.is_(None))
    admins = {one.id for one in session.scalars(query) if "admin" in texts(one.roles, "roles")}
    if admins == {person}:
        raise Refused(
            (
                "这是最后一个管理员，不能删、停用或降级。",
                "This is the last administrator: it cannot be erased, closed or demoted.",
            ),
            (
                "先让另一个人当管理员：coach users role 登录名 admin，再来一次。",
                "Make somebody else one first: coach users role LOGIN admin. Then try again.",
            ),
        )


def _row(session: Session, login: str) -> tuple[Account, Person]:
    from sqlalchemy import select

    row = session.scalars(select(Account).where(Account.login == login)).first()
    whose = session.get(Person, row.person_id) if row else None
    if row is None or whose is None:
        raise NotFound(
            (f"没有 {login} 这个账号。", f"There is no account {login}."),
            ("看全部用 coach users list。", "See coach users list."),
        )
    return row, whose


def _end(session: Session, person: str, *tables: type[SignIn] | type[Invitation] | type[ApiToken]) -> None:
    from sqlalchemy import delete

    for table in tables:
        session.execute(delete(table).where(table.person_id == person))


def kept_account(row: Account, whose: Person) -> KeptAccount:
    """Both rows as one."""
    return KeptAccount(
        person=whose.id,
        login=row.login,
        name=whose.name,
        roles=texts(whose.roles, "roles"),
        language=whose.language,
        team=row.team,
        password=row.password,
        created_at=row.created_at,
        closed_at=row.closed_at,
    )


def texts(kept: Json, key: str) -> tuple[str, ...]:
    """The words under a key of a JSON column."""
    return tuple(str(one) for one in kept.get(key, ()))


def _json(roles: tuple[str, ...]) -> Json:
    return {"roles": list(roles)}
