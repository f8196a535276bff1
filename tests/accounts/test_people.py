"""Accounts through the command line: the first one, roles, links, tokens, and what each refusal says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.accounts.people import People
from coach.cli import build
from coach.errors import CoachError, Refused
from coach.settings import Settings
from coach.store.database import Database

PASSWORD = "correct horse battery"


@pytest.fixture
def people(settings: Settings) -> People:
    return People(Database(settings.database))


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("COACH_HOME", str(home))
    monkeypatch.setenv("COACH_LANGUAGE", "en")

    def command(*words: str, typed: str = "") -> str:
        done = CliRunner().invoke(build(), ["users", *words], input=typed)
        if done.exception:
            raise done.exception
        return done.stdout

    return command


def test_the_first_account_is_an_administrator(run) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused):
        run("add", "bo", "--role", "rep", typed=PASSWORD + "\n")
    assert run("list") == ""
    run("add", "Anna", "--role", "admin,rep", "--team", "east", typed=PASSWORD + "\n")
    run("add", "bo", typed=PASSWORD + "\n")
    rows = [json.loads(line) for line in run("list", "--json").splitlines()]
    assert [(row["login"], row["roles"], row["team"]) for row in rows] == [
        ("anna", ["rep", "admin"], "east"),
        ("bo", ["rep"], ""),
    ]


@pytest.mark.parametrize("weak", ["short", "aaaaaaaaaaaa", "anna-anna-anna", "x" * 300])
def test_a_weak_password_makes_no_account(run, weak: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CoachError):
        run("add", "anna", "--role", "admin", typed=weak + "\n")
    assert run("list") == ""


def test_a_link_works_once(run, people: People) -> None:  # type: ignore[no-untyped-def]
    link = run("add", "anna", "--role", "admin", "--link", "--site", "https://coach.example.com/").strip()
    assert link.startswith("https://coach.example.com/en/welcome/")
    key = link.rpartition("/")[2]
    people.accept(key, PASSWORD)
    with pytest.raises(CoachError):
        people.accept(key, PASSWORD)


def test_there_is_always_an_administrator(people: People) -> None:
    people.add("anna", ("admin",), PASSWORD)
    for deed in (lambda: people.remove("anna"), lambda: people.set_roles("anna", ("rep",))):
        with pytest.raises(Refused):
            deed()
    people.add("bo", ("admin", "rep"), PASSWORD)
    people.remove("anna")
    with pytest.raises(Refused):
        people.remove("bo")


@pytest.mark.parametrize("who", ["anna", "local"])
def test_the_last_administrator_cannot_be_erased(people: People, settings: Settings, who: str) -> None:
    """Not by themselves and not on the command line: an empty house would let everybody in."""
    from coach.app import OneOfMany, open_coach

    coach = open_coach(settings)
    anna = people.add("anna", ("admin",), PASSWORD).person
    bo = people.add("bo", ("rep",), PASSWORD).person
    assert coach.person == "local"
    forgetting = OneOfMany(coach, anna if who == "anna" else who).forgetting
    for dry_run in (True, False):
        with pytest.raises(Refused) as caught:
            forgetting.user(anna, dry_run=dry_run)
    assert "coach users role" in caught.value.next[0]
    assert people.load("anna").closed_at is None
    people.set_roles("bo", ("admin", "rep"))
    forgetting.user(anna)
    assert [one.person for one in people.listed()] == [bo]


def test_whoever_worked_here_alone_keeps_everything(people: People, settings: Settings) -> None:
    from coach.store.people import LOCAL, local_person, roles_of

    database = Database(settings.database)
    assert local_person(database, "zh") == LOCAL
    account = people.add("anna", ("admin",), PASSWORD, local=True)
    assert account.person == LOCAL
    assert roles_of(database, LOCAL) == {"rep", "trainer", "manager", "admin"}


def test_a_name_is_one_name_however_it_is_written(people: People) -> None:
    people.add("Anna", ("admin",), PASSWORD)
    with pytest.raises(Refused):
        people.add("ＡＮＮＡ", ("rep",), PASSWORD)
    for strange in ("", "a", "a b", "../x", "a\x00b", "x" * 65):
        with pytest.raises(CoachError):
            people.add(strange, ("rep",), PASSWORD)


def test_a_token_is_shown_once_and_no_secret_is_kept(run, home: Path) -> None:  # type: ignore[no-untyped-def]
    run("add", "anna", "--role", "admin,rep", typed=PASSWORD + "\n")
    token = run("token", "anna", "--scope", "visits:read").strip()
    assert token.startswith("peipao_")
    assert token not in run("token", "anna", "--list")
    with pytest.raises(CoachError):
        run("token", "anna", "--scope", "team:read")
    kept = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    assert token.encode() not in kept
    assert PASSWORD.encode() not in kept
    id = run("token", "anna", "--list").split()[0]
    run("token", "anna", "--revoke", id)
    assert run("token", "anna", "--list") == ""


def test_what_is_refused_says_cause_and_next_step_in_both_languages(people: People) -> None:
    people.add("anna", ("admin",), PASSWORD)
    deeds = (
        lambda: people.add("anna", ("rep",), PASSWORD),
        lambda: people.add("b o", ("rep",), PASSWORD),
        lambda: people.add("bo", ("rep",), "short"),
        lambda: people.load("nobody"),
        lambda: people.invited("x"),
        lambda: people.token("anna", "", ["visits:read"], None),
        lambda: people.change_own("anna", "not the password", PASSWORD),
        lambda: people.remove("anna"),
    )
    for deed in deeds:
        with pytest.raises(CoachError) as caught:
            deed()
        assert all(caught.value.what)
        assert all(caught.value.next)


def test_every_change_is_in_the_audit_log_and_no_secret_is(people: People, settings: Settings) -> None:
    from coach.store.audit import audit_lines, verify_audit
    from coach.store.tables import Json

    database = Database(settings.database)
    people.add("anna", ("admin", "rep"), PASSWORD)
    bo = people.add("bo", ("rep",), PASSWORD)
    link = people.link("bo")
    people.by(bo.person).accept(link, "another long password")
    token = people.by(bo.person).token("bo", "crm", ["visits:read"], 1)
    people.set_roles("bo", ("trainer",))
    people.remove("bo")
    lines = list(reversed(audit_lines(database)))
    assert [line.act for line in lines] == [
        *("account_added", "account_added", "link_made", "password_changed", "token_made", "roles_changed"),
        "account_closed",
    ]
    assert {line.subject for line in lines[1:]} == {bo.person}
    assert [line.person for line in lines[3:5]] == [bo.person, bo.person]
    kept: list[Json] = [line.data for line in lines]
    assert not any(secret in json.dumps(kept) for secret in (link, token, PASSWORD))
    assert verify_audit(database) == len(lines)


def test_who_is_erased_has_no_account_left(people: People, settings: Settings) -> None:
    from sqlalchemy import func, select

    from coach.accounts.door import Door
    from coach.app import OneOfMany, open_coach
    from coach.store.tables import Account, ApiToken, Invitation, SignIn

    coach = open_coach(settings)
    anna = people.add("anna", ("admin",), PASSWORD)
    bo = people.add("bo", ("rep",), PASSWORD)
    people.link("bo")
    token = people.token("bo", "crm", ["visits:read"], 1)
    key = Door(coach.database).let_in(bo.person)
    OneOfMany(coach, anna.person).forgetting.user(bo.person)
    with coach.database.session() as session:
        for table in (Account, SignIn, Invitation, ApiToken):
            query = select(func.count()).where(table.person_id == bo.person)
            assert session.scalar(query) == 0, table
    assert Door(coach.database).who(key) is None
    assert Door(coach.database).who_by_token(token) is None


def test_people_of_one_house_share_what_costs_memory(people: People, settings: Settings) -> None:
    from coach.app import OneOfMany, open_coach

    house = open_coach(settings)
    people.add("anna", ("admin",), PASSWORD)
    one = OneOfMany(house, people.load("anna").person)
    for name in ("engine", "endpoint", "shipped", "library", "matcher", "database"):
        assert getattr(one, name) is getattr(house, name), name
    assert (one.person, one.roles) == (people.load("anna").person, {"admin"})
