"""One person's recordings, records, practices, files and events are unreachable to another, by any door."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from coach.accounts.people import People
from coach.store.recordings import keep, sha256_of
from coach.store.visits import NewVisit
from coach.visits.record import FIVE_ACTIONS, Record
from tests.accounts.house import House
from ui.uploads import folder_of
from ui.words import WORDS

SAMPLE = Path(__file__).parents[2] / "knowledge" / "samples" / "visits" / "zh-cold-chain.ogg"
SECRET = "三百二十八万的暗号"


@pytest.fixture(scope="module")
def visit(house: House) -> str:
    """A visit of `rep` with a recording."""
    coach = house.of("rep")
    kept = keep(SAMPLE, coach.settings.recordings)
    words = f"[00:00] 客户: {SECRET}，太贵了。\n"
    record = Record(file="a.ogg", language="zh", missing=FIVE_ACTIONS, engine="offline")
    new = NewVisit("a.ogg", sha256_of(kept), "zh", words, seconds=9.0, consent="王敏同意")
    return coach.visits.save(new, engine=record.engine, machine=record.model_dump(mode="json"))


@pytest.fixture(scope="module")
def practice(house: House) -> str:
    """A practice of `rep` that was left at once."""
    coach = house.of("rep")
    id = coach.keeping.begin(coach.start(next(iter(coach.shipped)), seed=7))
    now = coach.keeping.load(id)
    now.session.end("rep_left")
    coach.keeping.save(id, now.session, now.clock)
    return id


def _open(house: House, page: str) -> int:
    return next(number for where, number, kind, _ in house.handlers if where == page and kind == "open")


def test_a_recording_is_heard_by_its_owner_alone(house: House, visit: str) -> None:
    part = house.ask(f"/recordings/{visit}", "rep", headers={"range": "bytes=4-11"})
    assert (part.status, part.body) == (206, SAMPLE.read_bytes()[4:12])
    assert "no-store" in part.headers["cache-control"]
    for who, status in (("other", 404), ("manager", 403), ("trainer", 403), ("admin", 403), ("", 401)):
        assert house.ask(f"/recordings/{visit}", who).status == status, who


@pytest.mark.parametrize("page", ["visit", "form", "session", "report"])
def test_a_page_shows_its_owner_alone(house: House, visit: str, practice: str, page: str) -> None:
    id = visit if page in ("visit", "form") else practice
    for who in ("rep", "other", "manager", "trainer", "admin"):
        answer = house.event(who, at=f"?id={id}", fn_index=_open(house, page), data=[])
        assert answer.status == 200
        if who != "rep":
            assert SECRET not in answer.text, who
            assert "pp-trouble" in answer.text, who
    answer = house.event("rep", at=f"?id={id}", fn_index=_open(house, page), data=[])
    assert WORDS["trouble_unknown"][0] not in answer.text
    assert "pp-trouble" not in answer.text


def test_files_of_records_and_reports_are_fetched_by_their_owner_alone(
    house: House, visit: str, practice: str
) -> None:
    for path in (f"/downloads/visits/{visit}.md", f"/downloads/reports/{practice}.md"):
        own = house.ask(path, "rep")
        assert own.status == 200, own.text
        assert "no-store" in own.headers["cache-control"]
        assert house.ask(path, "other").status == 404
        for who in ("manager", "trainer", "admin", ""):
            assert house.ask(path, who).status in (401, 403, 404), who


def test_lists_hold_ones_own_alone(house: House, visit: str, practice: str) -> None:
    for who, seen in (("rep", True), ("other", False)):
        visits = json.loads(house.ask("/api/visits", who).text)["visits"]
        practices = json.loads(house.ask("/api/practices", who).text)["practices"]
        assert (visit in [one["id"] for one in visits]) is seen
        assert (practice in [one["id"] for one in practices]) is seen
        assert house.ask(f"/api/visits/{visit}", who).status == (200 if seen else 404)


def test_what_one_uploads_another_can_neither_use_nor_fetch(house: House) -> None:
    number = next(n for page, n, kind, _ in house.handlers if page == "visits" and kind == "press")
    words = f"[00:00] 销售: 您好\n[00:03] 客户: {SECRET}\n".encode()
    (path,) = json.loads(house.upload("rep", words).text)
    assert Path(path).is_relative_to(folder_of(house.coach.settings.home))
    for who in ("", "rep", "other", "admin"):
        for door in ("file=", "file/"):
            assert house.ask(f"/zh/gradio_api/{door}{path}", who).status in (401, 404)
    press = {"act": "files", "files": [{"path": path, "name": "a.txt"}]}
    for other in ("other",):
        answer = house.event(other, fn_index=number, data=[], event_data=press)
        assert "没有传上来" in answer.text
        assert house.of(other).jobs.unfinished() == []
    assert Path(path).is_file()
    waiting = {job.asked.source_name for job in house.of("rep").jobs.unfinished()}
    house.event("rep", fn_index=number, data=[], event_data=press)
    assert {job.asked.source_name for job in house.of("rep").jobs.unfinished()} - waiting == {"a.txt"}
    assert not Path(path).exists(), "what was taken in does not lie about"


@pytest.mark.parametrize(
    "name", ["../../../x.txt", "..", "", "a/b.txt", "C:\\x.txt", "x" * 400 + ".txt", "a\x00.txt"]
)
def test_no_name_leads_out_of_ones_own_folder(house: House, name: str) -> None:
    own = folder_of(house.coach.settings.home) / People(house.coach.database).load("rep").person
    answer = house.upload("rep", b"x", name)
    assert answer.status in (200, 400)
    for path in json.loads(answer.text) if answer.status == 200 else ():
        assert Path(path).resolve().is_relative_to(own)
        assert Path(path).name.startswith("upload")


def test_one_cannot_listen_under_anothers_hash(house: House) -> None:
    mine = json.dumps({"session_hash": "ahash123", "fn_index": -1, "data": [], "event_id": "e"}).encode()
    first = house.ask("/zh/gradio_api/queue/join", "rep", method="POST", body=mine)
    assert "not_your_session" not in first.text
    for who in ("other", "admin"):
        for path in ("queue/data?session_hash=ahash123", "heartbeat/ahash123"):
            assert house.ask(f"/zh/gradio_api/{path}", who).status == 403, path
        for path in ("queue/join", "run/predict", "cancel", "reset"):
            assert house.ask(f"/zh/gradio_api/{path}", who, method="POST", body=mine).status == 403, path
    assert house.ask("/en/gradio_api/heartbeat/ahash123", "other").status == 403


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"session_hash": 7}', b'{"session_hash": "../x"}', b"\xff"]
)
def test_events_that_make_no_sense_stop_at_the_door(house: House, body: bytes) -> None:
    assert house.ask("/zh/gradio_api/queue/join", "rep", method="POST", body=body).status in (403, 422)


def test_an_event_larger_than_events_are_is_not_read(house: House) -> None:
    body = b'{"session_hash": "big", "data": ["' + b"x" * (2 << 20) + b'"]}'
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the door is shut while we still speak
        assert house.ask("/zh/gradio_api/run/predict", "rep", method="POST", body=body).status == 403


def test_a_token_opens_what_it_is_for_and_nothing_else(house: House, visit: str) -> None:
    token = People(house.coach.database).token("rep", "crm", ["visits:read"], 1)
    bearer = {"authorization": f"Bearer {token}"}

    def ask(path: str, method: str = "GET") -> int:
        return house.ask(path, method=method, headers=bearer).status

    assert ask("/api/visits") == ask(f"/api/visits/{visit}") == ask(f"/recordings/{visit}") == 200
    assert ask("/api/me") == 200
    assert ask("/api/practices") == ask("/api/team") == 403
    assert ask("/api/visits", "POST") == 403
    for path in ("/zh/", "/zh/me", "/zh/config", "/zh/visits"):
        assert ask(path) in (303, 401), path
    assert house.ask("/api/visits", headers={"authorization": "Bearer peipao_x"}).status == 401
    assert house.ask("/api/visits", "rep", headers={"authorization": "Bearer peipao_x"}).status == 401


def test_a_program_hands_a_transcript_in(house: House) -> None:
    token = People(house.coach.database).token("other", "crm", ["visits:write"], 1)
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="b.txt"\r\n\r\n[00:01] A: hello there\r\n--x--\r\n'
    answer = house.ask(
        "/api/visits?name=b.txt&date=2026-11-20",
        method="POST",
        body=body,
        kind="multipart/form-data; boundary=x",
        headers={"authorization": f"Bearer {token}"},
    )
    assert answer.status == 202, answer.text
    (job,) = json.loads(answer.text)["jobs"]
    assert house.of("other").jobs.load(job).asked.source_name == "b.txt"
    assert job not in [one.id for one in house.of("rep").jobs.unfinished()]


def test_a_manager_sees_figures_of_the_own_team_and_no_words(house: House, visit: str, practice: str) -> None:
    house.of("rep").visits.edit(visit, {}, confirmed=True)
    told = json.loads(house.ask("/api/team", "manager").text)
    assert [(one["name"], one["practices"], one["confirmed"]) for one in told["people"]] == [("rep", 1, 1)]
    page = house.ask("/zh/team", "manager").text
    assert "rep" in page
    for word in (SECRET, "other", "a.ogg", visit):
        assert word not in page + json.dumps(told)


def test_cases_go_from_the_author_to_the_trainer_and_to_nobody_else(house: House) -> None:
    from coach.curation.drafts import ShortWords, from_words
    from coach.errors import CoachError

    draft = from_words(
        ShortWords("冷库报警的一单", "won", "客户早班才发现报警，我们先问清楚再报方案。", "先问清楚"),
        "zh",
        amounts=False,
    )
    kept = house.of("rep").curation.submit(draft).kept
    assert house.of("trainer").curation.load(kept.case_id).case_id == kept.case_id
    assert kept.case_id in [one.case_id for one in house.of("trainer").curation.pending()]
    assert house.of("other").curation.pending() == []
    with pytest.raises(CoachError):
        house.of("other").curation.load(kept.case_id)
    with pytest.raises(CoachError):
        house.of("rep").curation.approve(kept.case_id)


def test_without_anybody_asking_no_rows_are_given(house: House) -> None:
    from coach.errors import Refused
    from ui.asking import coach_of_whoever_asks

    with pytest.raises(Refused):
        _ = coach_of_whoever_asks(house.coach).visits
