"""Drills from the field: the customer opens with the real words, masked; every type can be won by an expert and by no bad bot."""

from __future__ import annotations

import pytest

from coach.app import Coach
from coach.errors import NotFound, Refused
from coach.practice.bots import play
from coach.practice.certificate import certify
from coach.practice.field import drill, drill_id
from coach.practice.session import Session
from coach.settings import Settings
from coach.store.visits import NewVisit, StoredVisit
from coach.visits.record import Objection, Record
from coach.vocabulary import OBJECTION_TYPES, Language, ObjectionType
from scenarios.made import made_faults, made_scenario
from tests.practice.talks import engine, shipped
from tests.practice.visiting import stored_visit

WORDS: dict[Language, str] = {
    "zh": "这件事我得再想想，没那么急。",
    "en": "I would have to think about that one.",
}


def _visit(language: Language, type: ObjectionType) -> tuple[StoredVisit, Objection]:
    words = WORDS[language]
    one = Objection(quote=words, turn=1, start=0, end=len(words), type=type)
    record = Record(language=language, objections=(one,)).model_dump(mode="json")
    visit = NewVisit("v.txt", "0" * 64, language, f"客户: {words}\n")
    return StoredVisit("v", None, visit, "offline", record, {}, None), one  # type: ignore[arg-type]


def _coach(settings: Settings) -> Coach:
    """A coach that need not read the scenarios and the reader again."""
    coach = Coach(settings)
    coach.shipped, coach.engine = shipped(), engine()
    return coach


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("type", OBJECTION_TYPES)
def test_every_type_has_parts_without_a_fault_that_an_expert_can_win(
    language: Language, type: ObjectionType
) -> None:
    body = drill(*_visit(language, type))
    assert [fault.text("en") for fault in made_faults(body) if fault.grade == "fault"] == []
    scenario = made_scenario(body)
    assert scenario.objection_types == (type,)
    expert = play(Session(scenario, engine(), seed=1), "expert")
    assert expert.log.opening[0].text == WORDS[language]
    assert expert.ended == "advanced"
    assert expert.score().outcome == "pass"


def test_a_drill_may_be_certified() -> None:
    result = certify(made_scenario(drill(*_visit("zh", "timing"))), engine(), seeds=[1])
    assert result.passed, result.reasons


def test_the_words_are_the_customers_own_and_masked(settings: Settings) -> None:
    coach = _coach(settings)
    visit = stored_visit(coach)
    one = coach.drill(visit, 1)
    opening = one.opening[0].text
    assert "太贵了" in opening
    for private in ("13812345678", "王总", "罗志强", "8000"):
        assert private not in one.model_dump_json()
    assert one.status == "draft"
    assert coach.drill(visit, 1) == one
    assert coach.scenario(one.id) == one
    assert coach.scenarios[one.id] == one
    stored = coach.own.store.load(one.id)
    assert stored.visit_id == visit


def test_without_a_number_it_is_the_one_left_unanswered(settings: Settings) -> None:
    coach = _coach(settings)
    visit = stored_visit(coach)
    record = Record.model_validate(coach.visits.load(visit).machine)
    last = record.objections[-1]
    assert last.type == "decision_chain"
    assert coach.drill(visit).id == drill_id(visit, last)
    with pytest.raises(NotFound):
        coach.drill(visit, 9)


def test_a_published_drill_no_longer_hangs_on_its_visit(settings: Settings) -> None:
    coach = _coach(settings)
    one = coach.drill(stored_visit(coach), 1)
    coach.own.store.publish(one.id, {"any": "thing"})
    assert coach.scenario(one.id).status == "published"
    assert coach.own.store.load(one.id).visit_id is None


def test_a_file_cannot_take_the_name_of_a_shipped_scenario(settings: Settings) -> None:
    from scenarios.loader import BUILT_IN, scenario_files

    coach = _coach(settings)
    with pytest.raises(Refused):
        coach.own.add(next(scenario_files(BUILT_IN)))
