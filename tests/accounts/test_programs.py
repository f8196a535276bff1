"""What programs ask: every story of the guide, every body out of shape, and nobody else's rows."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape

from coach.accounts.door import Door
from coach.accounts.people import People
from coach.accounts.roles import SCOPES
from tests.accounts.house import PASSWORD, House
from tests.ui.serving import Answer
from ui.words import WORDS

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "knowledge" / "samples" / "visits"
TALK = (SAMPLES / "zh-cold-chain.txt").read_text("utf-8")
DIALOGUE = ROOT / "docs" / "examples" / "dialogue.txt"
SCENARIO = "zh-autoparts-quench-oil-tea"


@pytest.fixture(autouse=True, scope="module")
def people(house: House) -> None:
    """Two reps of their own, so that nobody else's tests find rows of these."""
    people, door = People(house.coach.database), Door(house.coach.database)
    for login in ("program", "stranger"):
        people.add(login, ("rep",), PASSWORD, team="north")
        house.keys[login] = door.let_in(people.load(login).person)


def _json(
    house: House, method: str, path: str, body: object = None, who: str = "program", **headers: str
) -> Answer:
    sent = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    return house.ask(f"/api{path}", who, method=method, body=sent, headers=headers)


def _form(house: House, path: str, name: str, words: bytes, who: str = "program", **fields: str) -> Answer:
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    body = b"".join([*parts, head, words, b"\r\n--x--\r\n"])
    return house.ask(f"/api{path}", who, method="POST", body=body, kind="multipart/form-data; boundary=x")


@pytest.fixture(scope="module")
def described(house: House) -> dict[str, Any]:
    """The OpenAPI description, as anybody on the network reads it."""
    told: dict[str, Any] = json.loads(house.ask("/api/openapi.json").text)
    return told


def test_a_transcript_becomes_the_record_that_the_command_prints(house: House) -> None:
    as_json = _json(house, "POST", "/record", {"text": TALK, "name": "a.txt"})
    as_file = _form(house, "/record", "a.txt", TALK.encode(), date="2026-11-12")
    assert as_json.status == as_file.status == 200, as_json.text
    record = json.loads(as_json.text)
    assert record == json.loads(as_file.text)
    assert record["file"] == "a.txt"
    assert record["core_needs"]
    turns = [line.partition(": ")[2] for line in TALK.splitlines()[1:]]
    for one in record["next_steps"]:
        assert turns[one["turn"] - 1][one["start"] : one["end"]] == one["quote"]
    assert "engine" not in record
    assert house.of("program").visits.newest() == [], "nothing was stored"


def test_a_recording_becomes_a_job_that_says_how_it_stands(house: House) -> None:
    sound = (SAMPLES / "zh-cold-chain.ogg").read_bytes()
    refused = _form(house, "/record", "a.ogg", sound)
    assert refused.status == 403
    assert "谁" in json.loads(refused.text)["error"]["message"]
    answer = _form(house, "/record", "a.ogg", sound, consent="方经理和司机")
    assert answer.status == 202, answer.text
    job = json.loads(answer.text)["job"]
    assert (job["kind"], job["state"], job["visit"]) == ("recording", "queued", None)
    assert answer.headers["location"] == f"/api/jobs/{job['id']}"
    assert json.loads(_json(house, "GET", f"/jobs/{job['id']}").text)["job"] == job
    assert job["id"] in [one["id"] for one in json.loads(_json(house, "GET", "/jobs").text)["jobs"]]
    assert _json(house, "GET", f"/jobs/{job['id']}", who="stranger").status == 404


def test_a_practice_is_begun_talked_and_scored(house: House) -> None:
    begun = _json(house, "POST", "/practices", {"scenario": SCENARIO, "seed": 7})
    assert begun.status == 201, begun.text
    practice = json.loads(begun.text)
    id = practice["id"]
    assert practice["brief"]
    assert [one["role"] for one in practice["transcript"]] == ["customer"]
    assert practice["score"] is None
    told = json.loads(_json(house, "POST", f"/practices/{id}/turns", {"text": "您以前买贵过哪一台？"}).text)
    assert told["said"]
    assert told["ended"] is told["score"] is None
    price = json.loads(_json(house, "GET", f"/practices/{id}").text)["next_hint_costs"]
    bought = [json.loads(_json(house, "POST", f"/practices/{id}/hints").text) for _ in range(3)]
    assert [one["hint"]["rung"] for one in bought] == [1, 2, 3]
    assert [one["hint"]["cost"] for one in bought] == [price, *(one["next_costs"] for one in bought[:2])]
    for who, status in (("stranger", 404), ("trainer", 404), ("admin", 403)):
        assert _json(house, "POST", f"/practices/{id}/hints", who=who).status == status
        assert _json(house, "POST", f"/practices/{id}/turns", {"text": "x"}, who=who).status == status
        assert _json(house, "GET", f"/practices/{id}", who=who).status == status
    over = json.loads(_json(house, "POST", f"/practices/{id}/end").text)
    assert [one["text"] for one in over["hints"]] == [one["hint"]["text"] for one in bought]
    assert over["next_hint_costs"] is None
    assert _json(house, "POST", f"/practices/{id}/hints").status == 403
    assert over["ended"] == "rep_left"
    assert over["score"]["scenario"] == SCENARIO
    assert over == json.loads(_json(house, "GET", f"/practices/{id}").text)
    late = _json(house, "POST", f"/practices/{id}/turns", {"text": "还有一句"}, **{"accept-language": "en"})
    assert late.status == 403
    assert json.loads(late.text)["error"]["message"] == "This practice is over."
    assert id in [one["id"] for one in json.loads(_json(house, "GET", "/practices").text)["practices"]]


def test_a_dialogue_is_scored_as_the_command_scores_it(house: House) -> None:
    from coach.practice.finished import score_dialogue
    from scenarios.rubric import load_rubrics

    asked = {"scenario": SCENARIO, "text": DIALOGUE.read_text("utf-8"), "name": "dialogue.txt"}
    answer = _json(house, "POST", "/score", asked)
    assert answer.status == 200, answer.text
    coach = house.of("program")
    scenario, talk = coach.scenario(SCENARIO), coach.hear(DIALOGUE, language="zh").conversation
    made = score_dialogue(scenario, load_rubrics()[scenario.rubric], talk, coach.engine)
    told = json.loads(answer.text)
    assert told.pop("total_without_advice_only") == made.total
    assert not any(one.pop("advice_only") for one in told["checks"])
    assert told == json.loads(json.dumps(made.as_json("dialogue.txt")))


def test_a_deal_finds_cases_and_a_case_is_read_and_handed_in(house: House) -> None:
    house.of("program").library.cases()  # the index is made here: on a busy machine that may take a minute
    deal = {"text": "冷链车队，老板嫌年费贵，说司机记个表也行，财务没表态", "size": "80人", "k": 2}
    found = json.loads(_json(house, "POST", "/match", deal).text)
    assert len(found["cases"]) <= 2
    assert found["abstained"] is (not found["cases"])
    rows = json.loads(_json(house, "GET", "/cases?language=zh&limit=3").text)
    assert len(rows["cases"]) == 3 < rows["total"]
    whole = json.loads(_json(house, "GET", f"/cases/{rows['cases'][0]['id']}").text)
    assert whole["case"]["title"] == rows["cases"][0]["title"]
    assert not {"owner", "reviewed_by"} & set(whole["case"])
    assert all("source" not in one for one in whole["case"]["evidence"])
    story = "客户王建国早班才发现报警，电话 13800138000。我们先问一车货坏了赔多少，再拿方案。"
    made = _json(house, "POST", "/cases", {"title": "夜里报警的一单", "outcome": "won", "happened": story})
    assert made.status == 201, made.text
    kept = json.loads(made.text)
    assert kept["state"] == "draft"
    assert kept["masked"]["phone"] == 1
    mine = json.loads(_json(house, "GET", "/cases?mine=true").text)["cases"]
    assert kept["id"] in [one["id"] for one in mine]
    assert "13800138000" not in _json(house, "GET", f"/cases/{kept['id']}").text
    assert _json(house, "GET", f"/cases/{kept['id']}", who="stranger").status in (403, 404)
    faulty = _json(house, "POST", "/cases", {"yaml": "title: 一单\noutcome: maybe\n"})
    assert faulty.status == 400
    assert ":2" in json.loads(faulty.text)["error"]["message"]


def test_a_token_opens_its_scope_alone(house: House) -> None:
    token = People(house.coach.database).token("program", "crm", ["cases:read"], 1)
    bearer = {"authorization": f"Bearer {token}"}
    assert _json(house, "POST", "/match", {"text": "嫌贵"}, who="", **bearer).status == 200
    for method, path in (("POST", "/record"), ("POST", "/cases"), ("POST", "/score"), ("GET", "/visits")):
        answer = _json(house, method, path, {}, who="", **bearer)
        assert answer.status == 403, path
        assert json.loads(answer.text)["error"]["next"]
    nobody = _json(house, "POST", "/match", {"text": "嫌贵"}, who="", **{"accept-language": "en-GB"})
    assert nobody.status == 401
    assert json.loads(nobody.text)["error"]["message"] == WORDS["api_sign_in_first"][1]


def _bodies(told: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(path, properties) of every operation that takes JSON."""
    for path, methods in told["paths"].items():
        for operation in methods.values():
            schema = (
                operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            )
            if schema is not None:
                name = schema.get("$ref", "").rpartition("/")[2]
                yield path, (told["components"]["schemas"][name] if name else schema)["properties"]


def test_no_body_however_wrong_breaks_anything(house: House, described: dict[str, Any]) -> None:
    """By hand what a tool for this would send: every field of every body with what it is not."""
    wrong: list[Any] = [-1, True, 1.5, [], [{}], {"x": 1}, "\x00", "\ud800", "x" * 500_000, 10**400]
    bodies = list(_bodies(described))
    assert {path for path, _ in bodies} >= {"/record", "/match", "/practices", "/score", "/cases"}
    found = []
    for path, fields in bodies:
        where = path.replace("{practice}", "0" * 32)
        raw = [b"", b"null", b"[]", b'"x"', b"{", b"\xff\xfe", b"[" * 50_000, b'{"text": 1e999}']
        made = [{name: value} for name in fields for value in wrong]
        for body in (*raw, *made):
            answer = _json(house, "POST", where, body)
            error = json.loads(answer.text).get("error", {})
            if not (400 <= answer.status < 500 and error.get("message") and error.get("next")):
                found.append((path, str(body)[:60], answer.status))
    assert found == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/visits/%00", 422),
        ("GET", "/visits/" + "x" * 300, 422),
        ("GET", "/jobs/..", 404),
        ("GET", "/cases/%01", 422),
        ("GET", "/cases/no-such-case", 404),
        ("GET", "/cases?limit=0", 422),
        ("GET", "/cases?language=fr", 422),
        ("GET", "/cases?offset=99999999999999999999", 422),
        ("GET", "/practices/no-such", 404),
        ("POST", "/visits?date=tomorrow", 422),
        ("POST", "/practices/no-such/end", 404),
        ("DELETE", "/cases/x", 404),
        ("POST", "/me", 404),
    ],
)
def test_addresses_out_of_shape_are_told_so(house: House, method: str, path: str, status: int) -> None:
    answer = _json(house, method, path)
    assert answer.status == status, answer.text
    error = json.loads(answer.text)["error"]
    assert error["message"]
    assert error["next"]


def test_what_is_too_large_is_not_read(house: House) -> None:
    try:
        answer = _json(house, "POST", "/score", b'{"text": "' + b"x" * (3 << 20) + b'"}')
    except (BrokenPipeError, ConnectionResetError):
        return  # the door was shut while we still spoke
    assert answer.status == 413
    assert json.loads(answer.text)["error"]["code"] == "too_large"


def test_the_description_names_every_operation_and_the_page_shows_it_from_here_alone(
    house: House, described: dict[str, Any]
) -> None:
    operations = {
        operation["operationId"]: f"{method.upper()} /api{path}"
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }
    assert set(operations.values()) | {"GET /api/openapi.json", "GET /api/docs"} == {
        f"{method} {path}" for method, path in house.routes if path.startswith("/api/")
    }
    scopes = {one["x-scope"] for methods in described["paths"].values() for one in methods.values()}
    assert scopes == {None, *SCOPES}
    for language, side in (("zh", 0), ("en", 1)):
        page = house.ask(f"/api/docs?lang={language}").text
        for id, called in operations.items():
            assert called in page
            assert escape(WORDS[f"api_does_{id}"][side]) in page
        assert not re.search(r"(?:src|href)=\"?(?:https?:)?//|url\(|@import", page)


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not on this machine")
@pytest.mark.parametrize("guide", ["api.md", "api.zh-CN.md"])
def test_the_guides_examples_run_as_they_stand(house: House, tmp_path: Path, guide: str) -> None:
    for name, source in (
        ("visit.txt", SAMPLES / "zh-cold-chain.txt"),
        ("visit.ogg", SAMPLES / "zh-bakery-chain.ogg"),
        ("dialogue.txt", DIALOGUE),
    ):
        shutil.copy(source, tmp_path / name)
    text = (ROOT / "docs" / guide).read_text("utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    assert len(blocks) > 8
    script = "\n".join(blocks).replace("http://127.0.0.1:7860", f"http://127.0.0.1:{house.port}")
    strict = 'set -euo pipefail\ncurl() { command curl --fail-with-body "$@"; echo; }\n'
    token = People(house.coach.database).token("program", guide, SCOPES[:-1], 1)
    done = subprocess.run(
        ["bash", "-c", strict + script],
        cwd=tmp_path,
        env={**os.environ, "TOKEN": token},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert len(answers) >= len(blocks) - 1
    assert any(one.get("score") for one in answers)
