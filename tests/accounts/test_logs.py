"""What a server logs: one line of JSON each, and never a secret or anybody's words."""

from __future__ import annotations

import json
import logging
import sys
import time
from pathlib import Path

import pytest

from coach.commands.logs import OneLine
from tests.accounts.house import PASSWORD, House


def _line(record: logging.LogRecord) -> dict[str, object]:
    line: dict[str, object] = json.loads(OneLine().format(record))
    return line


def _routes(file: Path) -> list[tuple[str, int]]:
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.startswith("{")]
    return [(line["route"], line["status"]) for line in lines if line.get("event") == "request"]


def test_a_fault_is_told_by_where_it_happened_and_not_by_what_was_said() -> None:
    try:
        raise ValueError("客户说：我们只有三百万")
    except ValueError:
        record = logging.LogRecord(
            "peipao.ui", logging.ERROR, __file__, 1, "job %s: %s", ("7", "三百万"), sys.exc_info()
        )
    line = _line(record)
    assert line["fault"] == "ValueError"
    assert "test_logs.py" in str(line["where"])
    assert "三百万" not in json.dumps(line, ensure_ascii=False)


@pytest.mark.parametrize("words", ['quote " and \n newline', "\x1b[31mred", "{}"])
def test_a_line_is_one_line(words: str) -> None:
    told = OneLine().format(logging.LogRecord("peipao", logging.INFO, __file__, 1, words, (), None))
    assert "\n" not in told
    assert json.loads(told)["message"] == words


def test_requests_are_told_by_their_route(house: House) -> None:
    secret = "geheim4711"
    house.ask(f"/recordings/{secret}", "rep")
    house.ask(f"/zh/visit?id={secret}", "rep")
    house.ask(f"/zh/welcome/{secret}")
    house.ask(f"/{secret}")
    house.post("/zh/sign-in", "", login=secret, password=PASSWORD)
    wanted = [
        ("/recordings/{visit}", 404),
        ("/{language}/visit", 200),
        ("/{language}/welcome/{key}", 404),
        ("", 404),
        ("/{language}/sign-in", 401),
    ]
    file = house.coach.settings.home / "serve.log"
    until = time.monotonic() + 20
    # A line is written after its answer went out: the last may still be on its way.
    while (missing := [one for one in wanted if one not in _routes(file)]) and time.monotonic() < until:
        time.sleep(0.1)
    assert not missing
    log = file.read_text("utf-8")
    for word in (secret, PASSWORD, house.keys["rep"]):
        assert word not in log
