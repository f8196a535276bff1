"""The door: who is let in, for how long, and how often somebody may try."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from coach.accounts.door import IDLE, LIMITS, LONGEST, WINDOW, Door
from coach.accounts.people import People
from coach.errors import Busy, CoachError, Refused
from coach.settings import Settings
from coach.store.database import Database
from coach.store.tables import SignIn, SignInTry, now

PASSWORD = "correct horse battery"


@pytest.fixture
def database(settings: Settings) -> Database:
    return Database(settings.database)


@pytest.fixture
def people(database: Database) -> People:
    people = People(database)
    people.add("anna", ("admin",), PASSWORD)
    people.add("bo", ("rep",), PASSWORD, name="Bo", team="east")
    return people


@pytest.fixture
def door(database: Database, people: People) -> Door:
    return Door(database)


def test_a_browser_is_known_until_it_signs_out(door: Door) -> None:
    key = door.sign_in(" BO ", PASSWORD, "10.0.0.1")
    who = door.who(key)
    assert who is not None
    assert (who.login, who.name, who.roles, who.team, who.scopes) == ("bo", "Bo", {"rep"}, "east", None)
    assert door.who(key + "x") is None
    door.sign_out(key)
    assert door.who(key) is None


def test_a_wrong_name_and_a_wrong_password_say_the_same(door: Door) -> None:
    said = set()
    for login, password in (("bo", "wrong password"), ("nobody", PASSWORD), ("", "")):
        with pytest.raises(Refused) as caught:
            door.sign_in(login, password, "10.0.0.1")
        said.add(caught.value.what)
    assert len(said) == 1


def test_guessing_is_stopped_for_that_place_and_not_for_others(door: Door, database: Database) -> None:
    for _ in range(LIMITS.both):
        with pytest.raises(Refused):
            door.sign_in("bo", "wrong password", "10.0.0.1")
    with pytest.raises(Busy):
        door.sign_in("bo", PASSWORD, "10.0.0.1")
    assert door.who(door.sign_in("bo", PASSWORD, "10.0.0.2"))
    assert door.who(door.sign_in("anna", PASSWORD, "10.0.0.1"))
    with database.session() as session:
        session.execute(update(SignInTry).values(at=now() - WINDOW - dt.timedelta(seconds=1)))
    assert door.who(door.sign_in("bo", PASSWORD, "10.0.0.1"))


def test_many_guesses_at_once_do_not_slip_through(door: Door) -> None:
    def guess(number: int) -> type[CoachError]:
        try:
            door.sign_in("bo", f"wrong password {number}", "10.0.0.1")
        except CoachError as error:
            return type(error)
        raise AssertionError

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(12)))
    assert answers.count(Refused) == LIMITS.both
    assert answers.count(Busy) == 12 - LIMITS.both


def test_one_place_cannot_try_every_name(door: Door) -> None:
    for number in range(LIMITS.address):
        with pytest.raises(Refused):
            door.sign_in(f"somebody{number}", "wrong password", "10.0.0.1")
    with pytest.raises(Busy):
        door.sign_in("bo", PASSWORD, "10.0.0.1")


@pytest.mark.parametrize(("column", "age"), [("seen_at", IDLE), ("created_at", LONGEST)])
def test_a_sign_in_ends(door: Door, database: Database, column: str, age: dt.timedelta) -> None:
    key = door.sign_in("bo", PASSWORD, "10.0.0.1")
    with database.session() as session:
        session.execute(update(SignIn).values({column: now() - age - dt.timedelta(seconds=1)}))
    assert door.who(key) is None


def test_a_new_password_signs_every_browser_out(door: Door, people: People) -> None:
    key = door.sign_in("bo", PASSWORD, "10.0.0.1")
    people.set_password("bo", "another long password")
    assert door.who(key) is None
    with pytest.raises(Refused):
        door.sign_in("bo", PASSWORD, "10.0.0.1")


def test_a_closed_account_opens_nothing(door: Door, people: People) -> None:
    key = door.sign_in("bo", PASSWORD, "10.0.0.1")
    token = people.token("bo", "crm", ["visits:read"], None)
    link = people.link("bo")
    people.remove("bo")
    assert door.who(key) is None
    assert door.who_by_token(token) is None
    for deed in (lambda: door.sign_in("bo", PASSWORD, "10.0.0.1"), lambda: people.accept(link, PASSWORD)):
        with pytest.raises(CoachError):
            deed()
    people.reopen("bo")
    assert door.who_by_token(token) is None


def test_roles_count_at_once_and_a_token_never_opens_more(door: Door, people: People) -> None:
    key = door.sign_in("bo", PASSWORD, "10.0.0.1")
    token = people.token("bo", "crm", ["visits:read", "practice:read"], 1)
    people.set_roles("bo", ("trainer",))
    who, program = door.who(key), door.who_by_token(token)
    assert who is not None
    assert program is not None
    assert who.roles == {"trainer"}
    assert program.scopes == {"practice:read"}
