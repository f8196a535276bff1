"""`coach users`: accounts for a team on one server: who there is, what each may do, links, passwords, tokens."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from coach.accounts.people import People
    from coach.errors import Words
    from coach.settings import Settings
    from coach.store.accounts import KeptAccount
    from coach.vocabulary import Language

Login = Annotated[str, typer.Argument(metavar="LOGIN", help="登录名。Login name.")]
Json = Annotated[bool, typer.Option("--json", help="一行一个 JSON。One JSON object a line.")]
Link = Annotated[
    bool, typer.Option("--link", help="不设密码，给一条一次性的链接。A one-time link instead of a password.")
]
Site = Annotated[
    str, typer.Option("--site", help="网页的地址，链接以它开头。Address of the pages, for the link.")
]


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    group = typer.Typer(
        no_args_is_help=True, help="账号：一台服务器给一个团队用。Accounts: one server for a team."
    )
    for command in (add, role, team, password, remove, token):
        group.command(command.__name__)(command)
    group.command("list")(list_users)
    group.command("open")(open_again)
    app.add_typer(group, name="users")


def add(
    login: Login,
    role: Annotated[
        str, typer.Option(help="rep,trainer,manager,admin，逗号隔开。Roles, with commas.")
    ] = "rep",
    name: Annotated[str, typer.Option(help="显示的名字。Name to show.")] = "",
    team: Annotated[str, typer.Option(help="哪个团队，主管看本团队的结果。Team.")] = "",
    lang: Annotated[str, typer.Option(help="zh | en")] = "",
    local: Annotated[
        bool,
        typer.Option(
            "--local", help="接着用没有账号时存下的东西。Keeps what was made here before there were accounts."
        ),
    ] = False,
    link: Link = False,
    site: Site = "",
) -> None:
    """加一个账号；第一个要是管理员。Add an account; the first one must be an administrator."""
    from coach.accounts.roles import parse_roles

    people, settings = _people()
    first = not people.any()
    language: Language = "en" if (lang or settings.language) == "en" else "zh"
    account = people.add(
        login,
        parse_roles(role.split(",")),
        None if link else _new_password(),
        name=name,
        team=team,
        language=language,
        local=local,
    )
    if link:
        _print_link(people, account, site)
    _note(
        settings,
        (f"{account.login} 加好了。", f"{account.login} was added."),
    )
    if first:
        _note(
            settings,
            (
                "从现在起打开网页要登录；开着的 coach serve 要重开。",
                "From now on the pages ask for a sign-in; a running coach serve must be started again.",
            ),
        )


def list_users(as_json: Json = False) -> None:
    """看全部账号。List every account."""
    from coach.accounts.roles import ROLES, roles_words

    people, settings = _people()
    side = 0 if settings.language == "zh" else 1
    for one in people.listed():
        state = (
            ("停用", "closed")
            if one.closed_at
            else ("没有密码", "no password yet")
            if one.password is None
            else ("在用", "open")
        )
        if as_json:
            told = {
                "person": one.person,
                "login": one.login,
                "name": one.name,
                "roles": list(one.roles),
                "team": one.team,
                "state": state[1].replace(" ", "_"),
                "created_at": one.created_at.isoformat(timespec="seconds"),
            }
            typer.echo(json.dumps(told, ensure_ascii=False, separators=(",", ":")))
        else:
            roles = roles_words((role for role in ROLES if role in one.roles), settings.language)
            typer.echo("  ".join(filter(None, (one.login, one.name, roles, one.team, state[side]))))


def role(login: Login, roles: Annotated[str, typer.Argument(metavar="ROLES")]) -> None:
    """换角色，立刻生效。Change the roles, at once."""
    from coach.accounts.roles import ROLES, parse_roles, roles_words

    people, settings = _people()
    account = people.set_roles(login, parse_roles(roles.split(",")))
    held = [role for role in ROLES if role in account.roles]
    _note(
        settings,
        (f"{account.login}：{roles_words(held, 'zh')}", f"{account.login}: {roles_words(held, 'en')}"),
    )


def team(login: Login, team: Annotated[str, typer.Argument(metavar="TEAM")] = "") -> None:
    """换团队，不写就是不属于任何团队。Change the team; empty for none."""
    people, settings = _people()
    account = people.set_team(login, team)
    _note(
        settings,
        (f"{account.login}：{account.team or '无团队'}", f"{account.login}: {account.team or 'no team'}"),
    )


def password(login: Login, link: Link = False, site: Site = "") -> None:
    """换密码，已登录的浏览器都退出。A new password; every browser is signed out."""
    people, settings = _people()
    if link:
        _print_link(people, people.load(login), site)
        return
    people.load(login)
    people.set_password(login, _new_password())
    _note(settings, ("密码换好了。", "The password was changed."))


def remove(login: Login) -> None:
    """停用账号，做过的东西都留着。Close an account; what the person made stays."""
    people, settings = _people()
    person = people.load(login).person
    people.remove(login)
    _note(
        settings,
        (
            f"{login} 停用了，令牌和登录都失效。做过的东西还在，要删：coach forget user {person}",
            f"{login} is closed; its tokens and sign-ins are over. To erase the work too: coach forget user {person}",
        ),
    )


def open_again(login: Login) -> None:
    """重新启用账号，要设新密码。Open a closed account again; it needs a new password."""
    people, settings = _people()
    people.reopen(login)
    _note(settings, (f"设密码：coach users password {login}", f"Next: coach users password {login}"))


def token(
    login: Login,
    scope: Annotated[str, typer.Option(help="用途，逗号隔开。Scopes, with commas.")] = "",
    name: Annotated[str, typer.Option(help="给谁用的。What uses it.")] = "",
    days: Annotated[int, typer.Option(min=0, help="几天后失效，0 不失效。Days it lasts; 0: no end.")] = 90,
    revoke: Annotated[str, typer.Option(help="作废，写编号开头。Revoke one, by its id.")] = "",
    list_them: Annotated[bool, typer.Option("--list", help="看现有的。List them.")] = False,
) -> None:
    """给程序用的令牌，只显示这一次。A token for programs, shown once."""
    from coach.errors import NotFound

    people, settings = _people()
    person = people.load(login).person
    if list_them:
        for one in people.tokens(person):
            ends = one.ends_at.date().isoformat() if one.ends_at else "-"
            typer.echo("  ".join((one.id[:8], one.name, ",".join(one.scopes), ends)))
        return
    if revoke:
        found = [one for one in people.tokens(person) if one.id.startswith(revoke)]
        if len(found) != 1:
            raise NotFound(
                (f"{revoke} 对不上一个令牌。", f"{revoke} names no single token."),
                (f"看编号：coach users token {login} --list", f"See coach users token {login} --list."),
            )
        people.revoke(person, found[0].id)
        _note(settings, ("作废了。", "Revoked."))
        return
    typer.echo(people.token(login, name, scope.split(","), days or None))
    _note(settings, ("只显示这一次，存好。", "It is shown this once: keep it safe."))


def _people() -> tuple[People, Settings]:
    from coach.accounts.people import People
    from coach.app import open_coach

    coach = open_coach()
    return People(coach.database), coach.settings


def _new_password() -> str:
    """Asked for twice without showing it; from a pipe, its first line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("密码 Password", hide_input=True, confirmation_prompt="再输一次 Again", err=True))


def _print_link(people: People, account: KeptAccount, site: str) -> None:
    address = site.rstrip("/")
    typer.echo(f"{address}/{account.language}/welcome/{people.link(account.login)}")


def _note(settings: Settings, words: Words) -> None:
    typer.echo(words[0 if settings.language == "zh" else 1], err=True)
