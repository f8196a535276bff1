"""Twenty people at once on one real server: everybody gets back their own words and nobody else's, by any door."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from coach.accounts.door import Door
from coach.accounts.people import People
from tests.accounts.house import House

USERS = 20
SCENARIO = "zh-autoparts-quench-oil-tea"


def _secret(number: int) -> str:
    return f"暗号{number:02d}号"


SECRETS = [_secret(number) for number in range(USERS)]


@pytest.fixture(scope="module")
def crowd(house: House) -> list[str]:
    """Twenty reps, each with a browser that is signed in."""
    people, door = People(house.coach.database), Door(house.coach.database)
    logins = [f"crowd{number}" for number in range(USERS)]
    for number, login in enumerate(logins):
        house.keys[login] = door.let_in(people.add(login, ("rep",), team=f"crowd{number % 3}").person)
    return logins


def _at_once(doing: Callable[[int], str]) -> list[str]:
    """Everybody does it at the same moment."""
    start = threading.Barrier(USERS)

    def one(number: int) -> str:
        start.wait(60)
        return doing(number)

    with ThreadPoolExecutor(USERS) as pool:
        return list(pool.map(one, range(USERS)))


def test_nobody_sees_anothers_session_files_or_exports(house: House, crowd: list[str]) -> None:
    opens = {page: number for page, number, kind, _ in house.handlers if kind == "open"}
    files = next(number for page, number, kind, _ in house.handlers if (page, kind) == ("visits", "press"))

    def api(number: int, method: str, path: str, body: object = None) -> str:
        sent = b"" if body is None else json.dumps(body).encode()
        answer = house.ask(f"/api{path}", crowd[number], method=method, body=sent)
        assert answer.status < 300, answer.text
        return answer.text

    def page(number: int, name: str, id: str = "") -> str:
        at = f"?id={id}" if id else ""
        answer = house.event(crowd[number], at=at, fn_index=opens[name], data=[])
        assert answer.status == 200
        return answer.text

    def practise(number: int) -> str:
        id = str(json.loads(api(number, "POST", "/practices", {"scenario": SCENARIO, "seed": 7}))["id"])
        api(number, "POST", f"/practices/{id}/turns", {"text": f"{_secret(number)}，您以前买贵过哪一台？"})
        return id

    def hand_in(number: int) -> str:
        words = f"[00:00] 销售: 您好\n[00:03] 客户: {_secret(number)}，太贵了。\n".encode()
        (path,) = json.loads(house.upload(crowd[number], words, f"{_secret(number)}.txt").text)
        press = {"act": "files", "files": [{"path": path, "name": f"{_secret(number)}.txt"}]}
        answer = house.event(crowd[number], fn_index=files, data=[], event_data=press)
        assert answer.status == 200
        return api(number, "GET", "/jobs") + page(number, "visits")

    def look(number: int) -> str:
        id = practices[number]
        seen = page(number, "session", id) + api(number, "GET", f"/practices/{id}")
        api(number, "POST", f"/practices/{id}/end")
        report = house.ask(f"/downloads/reports/{id}.md", crowd[number])
        assert report.status == 200
        return seen + page(number, "report", id) + page(number, "") + report.text

    def try_others(number: int) -> str:
        seen = ""
        for step in (1, 7):
            id = practices[(number + step) % USERS]
            for path in (
                f"/downloads/reports/{id}.md",
                f"/downloads/reports/{id}.html",
                f"/api/practices/{id}",
            ):
                answer = house.ask(path, crowd[number])
                assert answer.status == 404, path
                seen += answer.text
            for name in ("session", "report"):
                drawn = page(number, name, id)
                assert "pp-trouble" in drawn
                seen += drawn
        return seen

    practices = _at_once(practise)
    assert len(set(practices)) == USERS
    for doing in (hand_in, look):
        for number, seen in enumerate(_at_once(doing)):
            assert [secret for secret in SECRETS if secret in seen] == [_secret(number)]
    for seen in _at_once(try_others):
        assert [secret for secret in SECRETS if secret in seen] == []
