"""What an administrator does with accounts, and what everybody does with their own."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from coach.accounts import passwords
from coach.accounts.door import TOKEN_PREFIX, folded
from coach.accounts.keys import digest_of, new_key
from coach.accounts.roles import ROLES, Role, parse_roles, parse_scopes
from coach.errors import BadInput, NotFound, Refused
from coach.store.accounts import Accounts, KeptAccount, KeptToken
from coach.store.audit import write_audit
from coach.store.database import Database
from coach.store.people import LOCAL, local_person
from coach.store.tables import Json, now
from coach.vocabulary import Language

LINK_LASTS: Final = dt.timedelta(days=3)
_LOGIN: Final = re.compile(r"[\w.@+-]{2,64}")


class People:
    """The accounts of the house. Every change is a line of the audit log: `by` is who does it, the command line else."""

    def __init__(self, database: Database, by: str = LOCAL) -> None:
        self._database = database
        self._by = by
        self._accounts = Accounts(database)

    def by(self, person: str) -> People:
        """The same accounts, changed by this person."""
        return People(self._database, person)

    def any(self) -> bool:
        """Whether there are accounts; without any this is one person's own machine."""
        return self._accounts.any()

    def add(
        self,
        login: str,
        roles: tuple[Role, ...],
        password: str | None = None,
        *,
        name: str = "",
        team: str = "",
        language: Language = "zh",
        local: bool = False,
    ) -> KeptAccount:
        """A new account; without a password it waits for a link. `local`: it is whoever worked here alone until now.

        Raises BadInput for a strange name or a weak password, Refused when the name is taken or the very first
        account is no administrator.
        """
        key = folded(login)
        if not _LOGIN.fullmatch(key):
            raise BadInput(
                (f"登录名 {login!r} 不行。", f"{login!r} cannot be a login name."),
                ("2 到 64 个字母、汉字、数字或 . @ + - _。", "2 to 64 letters, digits or . @ + - _."),
            )
        if not self.any() and "admin" not in roles:
            raise Refused(
                ("第一个账号要有管理员角色。", "The first account must be an administrator."),
                (
                    "加上 --role admin，可以和别的角色一起。",
                    "Add --role admin; it goes with other roles too.",
                ),
            )
        hashed = None if password is None else passwords.hash_password(password, key)
        person = local_person(self._database, language) if local else None
        everything = ROLES if local else roles
        added = self._accounts.add(
            key,
            name or login.strip(),
            everything,
            hashed,
            team=team.strip(),
            language=language,
            person=person,
        )
        self._audit("account_added", added, {"roles": list(added.roles)})
        return added

    def listed(self) -> list[KeptAccount]:
        """Every account."""
        return self._accounts.listed() if self._database.is_there else []

    def load(self, login: str) -> KeptAccount:
        """One account by its login name (NotFound)."""
        return self._accounts.load(folded(login))

    def set_roles(self, login: str, roles: tuple[Role, ...]) -> KeptAccount:
        """New roles, at once. Raises Refused when nobody could administrate any more."""
        account = self.load(login)
        if account.person == LOCAL and set(roles) != set(ROLES):
            raise Refused(
                (
                    "命令行用的就是这个人，角色不能少。",
                    "The command line works as this person, who keeps every role.",
                ),
                ("给日常使用另开一个账号。", "Add another account for daily use."),
            )
        self._accounts.change(account.login, roles=roles)
        self._audit("roles_changed", account, {"roles": list(roles), "before": list(account.roles)})
        return self.load(login)

    def set_team(self, login: str, team: str) -> KeptAccount:
        """The team whose manager sees this person's results; empty for none."""
        account = self.load(login)
        self._accounts.change(account.login, team=team.strip())
        self._audit("team_changed", account)
        return self.load(login)

    def set_password(self, login: str, password: str) -> None:
        """A new password; every browser of this person is signed out. Raises BadInput for one that is easy to guess."""
        account = self._open(login)
        self._accounts.change(account.login, password=passwords.hash_password(password, account.login))
        self._audit("password_changed", account)

    def change_own(self, login: str, old: str, new: str) -> None:
        """A person's own change of password. Raises Refused when the old one is wrong."""
        account = self._open(login)
        if not passwords.fits(account.password, old):
            raise Refused(
                ("现在的密码不对。", "The present password is wrong."),
                ("再看一眼，或找管理员要一条链接。", "Check it, or ask an administrator for a link."),
            )
        self.set_password(login, new)

    def link(self, login: str) -> str:
        """The secret of a link with which this person chooses a password, once, within three days."""
        key, account = new_key(), self._open(login)
        self._accounts.invite(account.login, digest_of(key), now() + LINK_LASTS)
        self._audit("link_made", account)
        return key

    def invited(self, key: str) -> KeptAccount:
        """Whose link this is (NotFound when it is used or over)."""
        account = self._accounts.invited(digest_of(key))
        if account is None:
            raise NotFound(
                ("这条链接用过了，或者过期了。", "This link was used, or it is over."),
                ("找管理员再要一条。", "Ask an administrator for another one."),
            )
        return account

    def accept(self, key: str, password: str) -> KeptAccount:
        """Choose a password with a link; the link is then used."""
        account = self.invited(key)
        self.set_password(account.login, password)
        return account

    def remove(self, login: str) -> None:
        """Close an account at once. What the person made stays. Raises Refused for the last administrator."""
        account = self._open(login)
        self._accounts.close(account.login)
        self._audit("account_closed", account)

    def reopen(self, login: str) -> None:
        """Open a closed account again; it needs a new password."""
        account = self.load(login)
        self._accounts.reopen(account.login)
        self._audit("account_opened", account)

    def token(self, login: str, name: str, scopes: list[str], days: int | None) -> str:
        """A token for programs: shown once, kept as a digest. Raises BadInput for scopes beyond this person's roles."""
        account = self._open(login)
        allowed = parse_scopes(scopes, frozenset(parse_roles(account.roles)))
        key = new_key(TOKEN_PREFIX)
        ends = now() + dt.timedelta(days=days) if days else None
        self._accounts.add_token(account.person, name.strip()[:100] or "token", digest_of(key), allowed, ends)
        self._audit("token_made", account, {"scopes": list(allowed)})
        return key

    def tokens(self, person: str) -> list[KeptToken]:
        """A person's tokens without their secrets."""
        return self._accounts.tokens(person)

    def revoke(self, person: str, token_id: str) -> None:
        """End one of this person's tokens."""
        self._accounts.revoke(person, token_id)
        write_audit(self._database, self._by, "token_revoked", person)

    def _audit(self, act: str, account: KeptAccount, data: Json | None = None) -> None:
        write_audit(self._database, self._by, act, account.person, data)

    def _open(self, login: str) -> KeptAccount:
        account = self.load(login)
        if account.closed_at is not None:
            raise Refused(
                (f"账号 {account.login} 已停用。", f"The account {account.login} is closed."),
                (
                    f"重新启用：coach users open {account.login}",
                    f"Open it again: coach users open {account.login}",
                ),
            )
        return account
