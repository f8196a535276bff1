"""What every engine promises, whoever made it: exact words, known labels, three verdicts, the same answer twice."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache

import pytest

from coach.conversation import Conversation, conversation
from coach.reading.engine import Check, Engine, Move, NearMiss, Persona
from coach.vocabulary import LABELS, TYPES_OF


def offline() -> Engine:
    """The shipped engine."""
    from coach.reading.offline import OfflineEngine

    return OfflineEngine()


@cache
def llm() -> Engine:
    """The llm engine before a real server that lives as long as the tests."""
    from coach.reading.llm import LlmEngine
    from coach.reading.llm.endpoint import Endpoint
    from coach.reading.offline import OfflineEngine
    from coach.settings import Settings
    from tests.loopback.server import serving

    opened = ExitStack()
    atexit.register(opened.close)
    url, _ = opened.enter_context(serving())
    settings = Settings(llm_base_url=url, llm_model="good", llm_tokens_per_day=0)
    return LlmEngine(Endpoint(settings), OfflineEngine())


ENGINES: list[Callable[[], Engine]] = [offline, llm]
"""Every adapter; one more is one more line."""


@pytest.fixture(params=ENGINES, ids=lambda make: make.__name__)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn."""
    made: Engine = request.param()
    return made


def talks() -> list[Conversation]:
    """Short talks in both languages, with the oddities of real files."""
    return [
        conversation([("销售", "上次您说冷库报警，后来怎么样了？"), ("客户", "四点十分就超了。我要的是温度一不对，半小时内有人知道，这价我接不住😅。"), ("销售", "明白。我下周三之前给您六个库位的方案。")]),
        conversation([("Rep", "What broke?"), ("Dave", "Number three trips every afternoon, and my boss signs anything over ten grand."), ("Rep", "I'll send the quote by Friday.")]),
        conversation([("说话人1", ""), ("说话人2", "　Ｆｕｌｌ　ｗｉｄｔｈ，三十八万六！"), ("说话人1", "   ")]),
        Conversation(()),
    ]  # fmt: skip


def checks() -> list[Check]:
    """One question about each of two things."""
    return [
        Check(
            "asks", "销售问了后来怎么样。", "zh", acts=("explore",), examples=("后来怎么样了？", "那次之后情况如何？"),
            near_misses=(NearMiss("后来肯定没事了。"),),
        ),
        Check("quote-by-friday", "The rep promised the quote by Friday.", "en", acts=("advance",), concepts=(("quote",), ("friday",)), examples=("I'll send the quote by Friday.",)),
    ]  # fmt: skip


def test_it_is_an_engine_with_a_versioned_name(engine: Engine) -> None:
    assert isinstance(engine, Engine)
    assert "/" in engine.name


def test_every_reading_points_at_its_words(engine: Engine) -> None:
    for talk in talks():
        for reading in engine.read(talk).items:
            assert talk.turn(reading.turn).text[reading.start : reading.end] == reading.quote
            assert reading.quote.strip()
            assert 0 <= reading.p <= 1


def test_labels_and_types_are_the_vocabularys(engine: Engine) -> None:
    for talk in talks():
        for reading in engine.read(talk).items:
            assert reading.label in LABELS
            assert (
                (reading.type is None)
                if reading.label not in TYPES_OF
                else reading.type in TYPES_OF[reading.label]
            )


def test_readings_come_in_order_and_every_speaker_has_a_side(engine: Engine) -> None:
    for talk in talks():
        readings = engine.read(talk)
        places = [(reading.turn, reading.start) for reading in readings.items]
        assert places == sorted(places)
        assert set(readings.roles) == set(talk.speakers)


def test_first_turn_leaves_the_earlier_turns_out(engine: Engine) -> None:
    talk = talks()[0]
    assert all(reading.turn >= 3 for reading in engine.read(talk, first_turn=3).items)


def test_reading_twice_gives_the_same(engine: Engine) -> None:
    for talk in talks():
        assert engine.read(talk) == engine.read(talk)


def test_one_finding_a_check_in_order_with_exact_words(engine: Engine) -> None:
    for talk in talks():
        findings = engine.answer(checks(), talk)
        assert [finding.check for finding in findings] == [check.id for check in checks()]
        for finding in findings:
            if finding.verdict == "yes":
                assert finding.turn is not None
                assert talk.turn(finding.turn).text[finding.start : finding.end] == finding.quote != ""
            elif finding.verdict == "not_scored":
                assert finding.reason


def test_no_checks_no_findings(engine: Engine) -> None:
    assert engine.answer([], talks()[0]) == []


def test_an_example_said_by_the_rep_is_a_yes_and_a_near_miss_is_a_no(engine: Engine) -> None:
    check = checks()[0]
    said = conversation([("客户", "冷库报警了。"), ("销售", check.examples[0])])
    missed = conversation([("客户", "冷库报警了。"), ("销售", check.near_misses[0].text)])
    assert engine.answer([check], said)[0].verdict == "yes"
    assert engine.answer([check], missed)[0].verdict == "no"


def test_the_customers_words_never_count(engine: Engine) -> None:
    check = checks()[0]
    talk = conversation([("客户", check.examples[0]), ("销售", "嗯。")])
    assert engine.answer([check], talk)[0].verdict != "yes"


def test_words_before_from_turn_never_count(engine: Engine) -> None:
    check = checks()[0]
    late = Check(
        check.id,
        check.statement,
        check.language,
        acts=check.acts,
        examples=check.examples,
        near_misses=check.near_misses,
        from_turn=3,
    )
    talk = conversation(
        [("客户", "坐。"), ("销售", check.examples[0]), ("客户", "没怎么样。"), ("销售", "哦。")]
    )
    assert engine.answer([late], talk)[0].verdict != "yes"


def test_a_move_is_worded_without_its_secrets(engine: Engine) -> None:
    move = Move("raise", "30 万以内，能做就谈。", secrets=("招采会",))
    words = "".join(engine.word(move, Persona("p", "鲁经理", "zh"), ()))
    assert words.strip()
    assert "招采会" not in words
