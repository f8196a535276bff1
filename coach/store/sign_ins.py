"""The rows of who is signed in, and of tries that failed. Everything secret comes here as a digest."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from coach.store.accounts import KeptAccount, kept_account, texts
from coach.store.database import Database
from coach.store.only_writer import only_writer
from coach.store.tables import Account, ApiToken, Person, SignIn, SignInTry, now

_NOTED_EVERY: Final = dt.timedelta(minutes=5)
"""So often a sign of life is written down; in between, reading is enough."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many failures are too many: for one name from one address, for one name, from one address."""

    both: int
    login: int
    address: int


class SignIns:
    """Browsers that are signed in, tokens in use, tries that failed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, digest: str, person: str, longest: dt.timedelta) -> None:
        """A browser signs in; those that have been over for long are swept out on the way."""
        from sqlalchemy import delete

        with self._database.session() as session:
            session.execute(delete(SignIn).where(SignIn.created_at < now() - longest))
            session.add(SignIn(digest=digest, person_id=person))

    def whose(self, digest: str, idle: dt.timedelta, longest: dt.timedelta) -> KeptAccount | None:
        """Who signed in with this, None when nobody did, it is over, or the account is closed."""
        with self._database.session() as session:
            row = session.get(SignIn, digest)
            if row is None:
                return None
            moment = now()
            if moment - row.seen_at > idle or moment - row.created_at > longest:
                session.delete(row)
                return None
            if moment - row.seen_at > _NOTED_EVERY:
                row.seen_at = moment
            account, whose = session.get(Account, row.person_id), session.get(Person, row.person_id)
            return kept_account(account, whose) if account and whose and account.closed_at is None else None

    def whose_token(self, digest: str) -> tuple[KeptAccount, tuple[str, ...]] | None:
        """Whose token this is and what it is for, None when there is none, it is over, or the account is closed."""
        from sqlalchemy import select

        with self._database.session() as session:
            row = session.scalars(select(ApiToken).where(ApiToken.digest == digest)).first()
            if row is None or (row.ends_at is not None and row.ends_at < now()):
                return None
            if row.used_at is None or now() - row.used_at > _NOTED_EVERY:
                row.used_at = now()
            account, whose = session.get(Account, row.person_id), session.get(Person, row.person_id)
            if account is None or whose is None or account.closed_at is not None:
                return None
            return kept_account(account, whose), texts(row.scopes, "scopes")

    def end(self, digest: str) -> None:
        """A browser signs out."""
        from sqlalchemy import delete

        with self._database.session() as session:
            session.execute(delete(SignIn).where(SignIn.digest == digest))

    def end_all(self, person: str, *, but: str = "") -> None:
        """All browsers of a person sign out, except the one with this digest."""
        from sqlalchemy import delete

        with self._database.session() as session:
            session.execute(delete(SignIn).where(SignIn.person_id == person, SignIn.digest != but))

    def many(self, person: str) -> int:
        """How many browsers are signed in."""
        from sqlalchemy import func, select

        with self._database.session() as session:
            return session.scalar(select(func.count()).where(SignIn.person_id == person)) or 0

    def may_try(self, login: str, address: str, window: dt.timedelta, limits: Limits) -> bool:
        """Note a try before it is looked at, so that many at once do not slip through; False when there were too many.

        What is refused here is not noted: whoever waits a window may try again.
        """
        from sqlalchemy import delete, func, select

        with self._database.session() as session:
            only_writer(session, SignInTry)
            session.execute(delete(SignInTry).where(SignInTry.at < now() - window))
            name, place = SignInTry.login == login, SignInTry.address == address
            for most, which in ((limits.both, name & place), (limits.login, name), (limits.address, place)):
                if (session.scalar(select(func.count()).where(which)) or 0) >= most:
                    return False
            session.add(SignInTry(login=login, address=address))
            return True

    def forgive(self, login: str, address: str) -> None:
        """It succeeded: what failed for this name from this address no longer counts."""
        from sqlalchemy import delete

        with self._database.session() as session:
            session.execute(delete(SignInTry).where(SignInTry.login == login, SignInTry.address == address))
