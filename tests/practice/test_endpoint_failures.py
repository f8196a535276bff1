"""An endpoint that fails in the middle of a practice, in every way it can: the talk goes on, whole and labelled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.app import Coach
from coach.practice.session import Session
from coach.reading.llm import LlmEngine
from coach.reading.llm.endpoint import Endpoint
from coach.settings import Settings
from coach.visits.assemble import assemble
from tests.loopback.server import FAILURES, WORKS_STREAMED, WORKS_UNSTREAMED, serving
from tests.practice.talks import engine as offline
from tests.practice.talks import shipped

SCENARIO = "zh-autoparts-quench-oil-tea"
LINES = [line.say for line in shipped()[SCENARIO].expert_script][:10]
VISIT = "# date: 2026-11-18\n客户: 我要的是温度一不对，半小时内有人知道。你们这个价太高了。\n销售: 明白，我下周三之前给您六个库位的方案。\n"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The loopback model's address."""
    with serving() as (address, _):
        yield address


def _engine(url: str, model: str, home: Path) -> LlmEngine:
    settings = Settings(home=home, llm_base_url=url, llm_model=model, llm_timeout=1, llm_retries=0)
    return LlmEngine(Endpoint(settings), offline())


@pytest.mark.parametrize("model", FAILURES)
def test_ten_turns_end_normally_with_the_failure_in_the_middle(url: str, home: Path, model: str) -> None:
    assert len(LINES) >= 8
    works, fails = _engine(url, "good", home), _engine(url, model, home)
    session = Session(shipped()[SCENARIO], works, seed=1)
    session.open()
    failed_at = []
    for number, line in enumerate([*LINES, *LINES][:10], 1):
        if session.ended:
            break
        session.engine = fails if 3 <= number <= 7 else works
        result = session.say(line)
        assert result.lines
        assert all(one.text.strip() for one in result.lines)
        if result.notes:
            failed_at.append(number)
            assert len(result.notes[0]) == 2
            assert all(result.notes[0])
    assert set(failed_at) <= {3, 4, 5, 6, 7}
    assert failed_at or model in WORKS_STREAMED or model in WORKS_UNSTREAMED
    session.end()
    score = session.score()
    assert score.outcome in ("pass", "fail", "not_scored")
    assert ("offline: " in score.engine) == bool(failed_at)
    again = Session.from_json(session.to_json(), {SCENARIO: shipped()[SCENARIO]}, offline())
    assert again.log == session.log
    assert again.score() == score


@pytest.mark.parametrize("model", FAILURES)
def test_a_visit_is_recorded_offline_and_says_so(url: str, home: Path, tmp_path: Path, model: str) -> None:
    file = tmp_path / "visit.txt"
    file.write_text(VISIT, encoding="utf-8")
    broken = Coach(Settings(home=home, llm_base_url=url, llm_model=model, llm_timeout=1, llm_retries=0))
    record = broken.record(broken.hear(file).conversation)
    talk = broken.hear(file).conversation
    plain = assemble(talk, offline().read(talk))
    if model in WORKS_UNSTREAMED:
        assert record.engine.startswith("llm/")
        return
    assert record.engine == plain.engine
    assert record.model_copy(update={"warnings": plain.warnings}) == plain
    assert set(record.warnings) - set(plain.warnings)


def test_words_that_broke_off_after_a_sentence_are_finished_as_authored(url: str, home: Path) -> None:
    shown: list[str] = []
    session = Session(shipped()[SCENARIO], _engine(url, "fail-dropped-stream", home), seed=1)
    session.open()
    result = session.say(LINES[0], shown=lambda _, words: shown.append(words))
    assert "".join(shown) == "".join(one.text for one in result.lines)
    assert [one.text for one in result.lines] == [one.authored for one in result.lines]
    assert result.notes
