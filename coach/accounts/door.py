"""The door: a name and a password become a secret for a browser, a secret becomes somebody, tries are counted.

A browser's secret ends after half a day without use or after a week, at once when its row goes: on signing out, with
a new password, when the account is closed.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Final

from coach.accounts import passwords
from coach.accounts.keys import digest_of, new_key
from coach.accounts.roles import ROLES, SCOPE_ROLES, SCOPES, Who
from coach.errors import Busy, NotFound, Refused
from coach.store.accounts import Accounts, KeptAccount
from coach.store.audit import write_audit
from coach.store.database import Database
from coach.store.sign_ins import Limits, SignIns

IDLE: Final = dt.timedelta(hours=12)
LONGEST: Final = dt.timedelta(days=7)
WINDOW: Final = dt.timedelta(minutes=15)
LIMITS: Final = Limits(both=5, login=50, address=30)
"""After so many failures in a window the next try waits."""
TOKEN_PREFIX: Final = "peipao_"


def folded(login: str) -> str:
    """A login name as it is compared: NFKC, case and outer blanks do not matter."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


class Door:
    """Lets people in, knows them again, lets them out."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._accounts = Accounts(database)
        self._sign_ins = SignIns(database)

    def sign_in(self, login: str, password: str, address: str) -> str:
        """The secret for a browser. Raises Refused, the same for a wrong name and a wrong password, Busy after too many."""
        name = folded(login)[:100]
        keys = digest_of(name), digest_of(address)
        if not self._sign_ins.may_try(*keys, WINDOW, LIMITS):
            raise Busy(
                ("试的次数太多，先停一停。", "Too many tries."),
                (
                    f"{WINDOW.seconds // 60} 分钟后再试；忘了密码找管理员要一条链接。",
                    f"Wait {WINDOW.seconds // 60} minutes; if the password is gone, ask an administrator for a link.",
                ),
            )
        account = self._account(name)
        kept = account.password if account else None
        if not passwords.fits(kept, password) or account is None or kept is None:
            write_audit(self._database, account.person if account else "", "sign_in_refused")
            raise Refused(
                ("登录名或密码不对。", "The name or the password is wrong."),
                (
                    "再看一眼；忘了就找管理员要一条链接。",
                    "Check both; if it is forgotten, ask an administrator for a link.",
                ),
            )
        self._sign_ins.forgive(*keys)
        if passwords.outdated(kept):
            self._accounts.rehash(account.person, passwords.rehashed(password))
        return self.let_in(account.person)

    def let_in(self, person: str) -> str:
        """The secret for a browser of somebody who has shown who they are."""
        key = new_key()
        self._sign_ins.begin(digest_of(key), person, LONGEST)
        write_audit(self._database, person, "signed_in")
        return key

    def who(self, key: str) -> Who | None:
        """Who this browser is, None when it is not signed in."""
        account = self._sign_ins.whose(digest_of(key), IDLE, LONGEST)
        return _who(account) if account else None

    def who_by_token(self, token: str) -> Who | None:
        """Whose token this is; its scopes are what its owner's roles still allow."""
        found = self._sign_ins.whose_token(digest_of(token)) if token.startswith(TOKEN_PREFIX) else None
        if found is None:
            return None
        who = _who(found[0])
        still = frozenset(scope for scope in SCOPES if scope in found[1] and SCOPE_ROLES[scope] & who.roles)
        return Who(who.person, who.login, who.name, who.roles, who.team, who.language, still)

    def sign_out(self, key: str) -> None:
        """This browser is signed out."""
        self._sign_ins.end(digest_of(key))

    def sign_out_others(self, person: str, key: str) -> None:
        """Every other browser of this person is signed out."""
        self._sign_ins.end_all(person, but=digest_of(key))

    def browsers(self, person: str) -> int:
        """How many browsers this person is signed in with."""
        return self._sign_ins.many(person)

    def _account(self, name: str) -> KeptAccount | None:
        try:
            account = self._accounts.load(name)
        except NotFound:
            return None
        return account if account.closed_at is None else None


def _who(account: KeptAccount) -> Who:
    return Who(
        person=account.person,
        login=account.login,
        name=account.name or account.login,
        roles=frozenset(role for role in ROLES if role in account.roles),
        team=account.team,
        language="en" if account.language == "en" else "zh",
    )
