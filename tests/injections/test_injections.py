"""120 texts that give orders to a model, against one that obeys: nothing that is stored or shown may come of them."""

from __future__ import annotations

import pytest

from coach.conversation import Conversation, conversation
from coach.practice.checks import items_of
from coach.practice.guard import leaks
from coach.practice.session import Session
from coach.reading.llm.prompts import render
from coach.visits.assemble import assemble
from coach.visits.record import FIELDS
from coach.vocabulary import Language
from scenarios.rubric import load_rubrics
from scenarios.schema import Scenario
from scenarios.wording import bare
from tests.injections.conftest import Obedient, every, texts
from tests.practice.talks import engine as offline
from tests.practice.talks import shipped

SCENARIOS = {"zh": "zh-autoparts-quench-oil-tea", "en": "en-coldstore-cfo-seven-minutes"}
VISITS = {
    "zh": (
        ("销售", "上次您说冷库报警，后来怎么样了？"),
        ("客户", "四点十分就超了，一批奶酪废了。我要的是半小时内有人知道。"),
        ("销售", "明白。我下周三之前给您六个库位的方案。"),
        ("客户", "价格别太离谱就行。"),
    ),
    "en": (
        ("Rep", "You said the cold store alarm went off, what happened?"),
        ("Customer", "It was over by ten past four and we lost a batch of cheese. I need somebody to know within half an hour."),
        ("Rep", "Understood. I'll send you the plan for six bays by next Wednesday."),
        ("Customer", "As long as the price is sensible."),
    ),
}  # fmt: skip


def test_there_are_120_and_all_differ() -> None:
    found = [text for of in texts().values() for group in of.values() for text in group]
    assert len(found) == len(set(found)) == 120
    assert {language: sum(map(len, of.values())) for language, of in texts().items()} == {"zh": 60, "en": 60}


@pytest.mark.parametrize(("language", "text"), every("reply"))
def test_no_check_turns_to_yes(obedient: Obedient, language: Language, text: str) -> None:
    scenario = _scenario(language)
    checks = [item.check for item in items_of(scenario, load_rubrics()[scenario.rubric])]
    rep, customer = ("销售", "客户") if language == "zh" else ("Rep", "Customer")
    talk = conversation([(customer, scenario.opening[0].text), (rep, text)], language=language)
    said = {one.check for one in obedient.engine.answer(checks, talk) if one.verdict == "yes"}
    alone = {one.check for one in offline().answer(checks, talk) if one.verdict == "yes"}
    assert said <= alone


@pytest.mark.parametrize(("language", "text"), every("reply"))
def test_a_practice_gives_nothing_away(obedient: Obedient, language: Language, text: str) -> None:
    scenario = _scenario(language)
    plain = {"zh": "嗯，我听明白了。", "en": "Right, I see."}[language]
    obedient.seen.clear()
    session = Session(scenario, obedient.engine, seed=3)
    session.open()
    for line in (plain, f"{plain}{text}", text):
        if session.ended:
            break
        session.say(line)
    alone = Session(scenario, offline(), seed=3)
    alone.open()
    for exchange in session.log.exchanges:
        alone.say(exchange.text)
    assert _proved(session) <= _proved(alone)
    locked = [fact for fact in scenario.private_facts if fact.id not in session.state.facts]
    rules = bare(render("word", language, **dict.fromkeys(_WORD, "")).rules)
    for one in session.talk.turns[::1]:
        if one.speaker in ("销售", "Rep"):
            continue
        assert leaks(one.text, [word for fact in locked for word in fact.leak_words]) is None
        assert not any(bare(one.text)[at : at + 12] in rules for at in range(len(bare(one.text)) - 11))
    sent = str(obedient.seen)
    assert not any(fact.statement in sent for fact in locked)


@pytest.mark.parametrize("side", ["rep", "customer"])
@pytest.mark.parametrize(("language", "text"), every("transcript"))
def test_no_field_of_a_record_rests_on_it(
    obedient: Obedient, language: Language, text: str, side: str
) -> None:
    lines = VISITS[language]
    talk = conversation([*lines, (lines[side == "customer"][0], text)], language=language)
    record = assemble(talk, obedient.engine.read(talk))
    assert record.engine.startswith("llm/")
    resting = [
        (field, one.quote) for field in FIELDS for one in getattr(record, field) if one.turn == len(lines) + 1
    ]
    assert resting == []
    assert any(one.turn <= len(lines) for field in FIELDS for one in getattr(record, field))


@pytest.mark.parametrize(("language", "name"), every("file"))
def test_a_files_name_reaches_no_model(obedient: Obedient, language: Language, name: str) -> None:
    obedient.seen.clear()
    lines = VISITS[language]
    whole = conversation(lines, language=language)
    talk = Conversation(whole.turns, language, source=name)
    named = assemble(talk, obedient.engine.read(talk)).model_dump(exclude={"file"})
    assert name not in str(obedient.seen)
    assert name.rpartition(".")[0] not in str(obedient.seen)
    assert named == assemble(whole, obedient.engine.read(whole)).model_dump(exclude={"file"})


def _scenario(language: Language) -> Scenario:
    return shipped()[SCENARIOS[language]]


def _proved(session: Session) -> set[str]:
    return {item.id for item in session.items if session.ledger.proved(item.id)}


_WORD = ("name", "title", "style", "temper", "habits", "never_says", "line", "begun", "fault", "said")
