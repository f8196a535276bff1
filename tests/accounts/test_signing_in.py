"""Signing in, choosing a password and one's own account, over HTTP as a browser does it."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest

from coach.accounts.people import People
from tests.accounts.house import PASSWORD, House
from tests.ui.serving import Answer


@pytest.fixture
def newcomer(house: House, request: pytest.FixtureRequest) -> str:
    """A person of this test alone."""
    login = f"new{abs(hash(request.node.name)) % 10**9}"
    People(house.coach.database).add(login, ("rep",), PASSWORD)
    return login


def _key(answer: Answer) -> str:
    return SimpleCookie(answer.headers["set-cookie"])["peipao"].value


def _sign_in(house: House, login: str, password: str = PASSWORD, wanted: str = "", **more: str) -> Answer:
    return house.post("/zh/sign-in", "", login=login, password=password, next=wanted, **more)


def test_signing_in_leads_where_one_wanted_to_go(house: House, newcomer: str) -> None:
    away = house.ask("/zh/visit?id=7")
    assert (away.status, away.headers["location"]) == (303, "/zh/sign-in?next=%2Fzh%2Fvisit%3Fid%3D7")
    answer = _sign_in(house, newcomer, wanted="/zh/visit?id=7")
    assert (answer.status, answer.headers["location"]) == (303, "/zh/visit?id=7")
    cookie = answer.headers["set-cookie"].casefold()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    house.keys[newcomer] = _key(answer)
    assert house.ask("/zh/visits", newcomer).status == 200


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "/zh/../x",
    ],
)
def test_signing_in_leads_nowhere_else(house: House, newcomer: str, wanted: str) -> None:
    assert _sign_in(house, newcomer, wanted=wanted).headers["location"] == "/zh/"


def test_guessing_is_told_to_wait(house: House, newcomer: str) -> None:
    answers = [_sign_in(house, newcomer, "wrong password").status for _ in range(6)]
    assert answers == [401] * 5 + [429]
    waiting = _sign_in(house, newcomer)
    assert waiting.status == 429
    assert "15 分钟后再试" in waiting.text
    assert "set-cookie" not in waiting.headers


def test_what_was_typed_is_escaped_and_the_password_never_comes_back(house: House) -> None:
    answer = _sign_in(house, '"><script>alert(1)</script>', "my secret password")
    assert "<script>alert" not in answer.text
    assert "my secret password" not in answer.text


def test_another_site_cannot_sign_anybody_in_or_out(house: House) -> None:
    for path in ("/zh/sign-in", "/zh/sign-out", "/zh/me"):
        answer = house.ask(path, "rep", method="POST", headers={"origin": "https://elsewhere.example"})
        assert answer.status == 403, path
    assert house.ask("/zh/", "rep").status == 200


def test_signing_out_ends_it_on_the_server(house: House, newcomer: str) -> None:
    house.keys[newcomer] = _key(_sign_in(house, newcomer))
    assert house.ask("/zh/me", newcomer).status == 200
    assert house.post("/zh/sign-out", newcomer).status == 303
    assert house.ask("/zh/me", newcomer).status == 303


def test_a_link_chooses_a_password_once(house: House, newcomer: str) -> None:
    link = f"/en/welcome/{People(house.coach.database).link(newcomer)}"
    assert newcomer in house.ask(link).text
    different = house.post(link, "", password="one long password", again="another one here")
    assert different.status == 400
    assert "not the same" in different.text
    weak = house.post(link, "", password="short", again="short")
    assert weak.status == 400
    done = house.post(link, "", password="one long password", again="one long password")
    assert (done.status, done.headers["location"]) == (303, "/en/")
    house.keys[newcomer] = _key(done)
    assert house.ask("/en/", newcomer).status == 200
    assert house.ask(link).status == 404
    assert house.post(link, "", password="yet another one", again="yet another one").status == 404


def test_ones_own_account(house: House, newcomer: str) -> None:
    first = house.keys[newcomer] = _key(_sign_in(house, newcomer))
    house.keys["second"] = _key(_sign_in(house, newcomer))
    assert "退出其他浏览器" in house.ask("/zh/me", newcomer).text
    wrong = house.post(
        "/zh/me",
        newcomer,
        act="password",
        now="not it at all",
        password="a new long one",
        again="a new long one",
    )
    assert wrong.status == 400
    changed = house.post(
        "/zh/me", newcomer, act="password", now=PASSWORD, password="a new long one", again="a new long one"
    )
    assert changed.status == 200
    assert _key(changed) != first
    assert house.ask("/zh/me", "second").status == 303
    house.keys[newcomer] = _key(changed)
    made = house.post(
        "/zh/me", newcomer, act="token", name="<b>crm</b>", scope=["visits:read", "practice:read"]
    )
    assert "peipao_" in made.text
    assert "<b>crm</b>" not in made.text
    assert "peipao_" not in house.ask("/zh/me", newcomer).text
    (token,) = People(house.coach.database).tokens(People(house.coach.database).load(newcomer).person)
    assert token.scopes == ("visits:read", "practice:read")
    assert house.post("/zh/me", newcomer, act="token", name="x", scope=["team:read"]).status == 400
    house.post("/zh/me", "rep", act="revoke", token=token.id)
    assert People(house.coach.database).tokens(People(house.coach.database).load(newcomer).person)
    house.post("/zh/me", newcomer, act="revoke", token=token.id)
    assert not People(house.coach.database).tokens(People(house.coach.database).load(newcomer).person)


def test_over_tls_the_cookie_is_the_hosts_alone(house: House, newcomer: str) -> None:
    answer = house.ask(
        "/zh/sign-in",
        method="POST",
        body=f"login={newcomer}&password={PASSWORD}".encode().replace(b" ", b"+"),
        kind="application/x-www-form-urlencoded",
        headers={"x-forwarded-proto": "https"},
    )
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-peipao=")
    assert "secure" in cookie.casefold()
    assert "strict-transport-security" in house.ask("/zh/", headers={"x-forwarded-proto": "https"}).headers


def test_no_page_of_a_signed_in_person_is_kept(house: House) -> None:
    for path in ("/zh/", "/zh/me", "/zh/config", "/api/me"):
        assert "no-store" in house.ask(path, "rep").headers["cache-control"], path
