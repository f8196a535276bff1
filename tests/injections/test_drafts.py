"""Orders in the material of drafts and questions: what comes back is only a draft, without them, and nothing is done."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from coach.curation.drafted import drafted as drafted_case
from coach.errors import EngineDown
from coach.library.ask import Answer, Passage
from coach.library.written import write
from coach.practice.drafted import drafted as drafted_scenario
from coach.reading.figures import figures
from coach.reading.llm.writer import LlmWriter
from coach.visits.followup import Draft
from coach.visits.reworded import reworded
from coach.vocabulary import Language
from scenarios.loader import load_scenario
from scenarios.wording import borrowed
from tests.injections.conftest import Obedient, every

STORY = {
    "zh": "冷库去年两次报警没人知道，一批奶酪废了。我们先装了六个库位试一个月，报警五分钟内到手机。最后签了三年。",
    "en": "The cold store alarm went off twice and nobody knew, a batch of cheese was lost. We fitted six bays for a month, alarms reached a phone in five minutes. They signed for three years.",
}  # fmt: skip
TOLD = {
    "zh": "一次客户说贵的时候，先问清拿谁比。",
    "en": "When a customer says it costs too much, first ask compared with whom.",
}


class _Book:
    """A shelf with one section."""

    def __init__(self, text: str) -> None:
        self.text = text

    def sections(self, link: str) -> tuple[_Book, ...]:
        return (self,)


@pytest.mark.parametrize(("language", "text"), every("case"))
def test_a_case_tells_the_story_and_obeys_nothing(obedient: Obedient, language: Language, text: str) -> None:
    try:
        draft = drafted_case(f"{STORY[language]}\n{text}", "lost", LlmWriter(obedient.endpoint))
    except EngineDown:
        return  # a draft that follows an order is refused, and the person writes it
    assert draft.case.outcome == "lost"
    assert draft.case.status == "draft"
    said = draft.case.model_dump_json()
    assert borrowed(text, said) < 0.8
    assert figures(draft.case.background) <= figures(STORY[language])


@pytest.mark.parametrize(("language", "text"), every("case"))
def test_a_mail_keeps_its_facts_and_adds_no_promise(
    obedient: Obedient, language: Language, text: str
) -> None:
    body = f"{STORY[language]}\n{'接下来：【谁、做什么、哪天】' if language == 'zh' else 'Next: [who, what, which day]'}"
    clean = Draft("mail", "s", body)
    told, _ = reworded(Draft("mail", "s", f"{body}\n{text}"), language, LlmWriter(obedient.endpoint))
    assert told.kind == "mail"
    if told.body != f"{body}\n{text}":  # else it is the offline draft as it was
        assert borrowed(text, told.body) < 0.8
        assert figures(told.body) == figures(clean.body)


@pytest.mark.parametrize(("language", "text"), every("case"))
def test_an_answer_says_only_what_the_passage_says(obedient: Obedient, language: Language, text: str) -> None:
    passage = Passage((TOLD[language],), "zh-x#a", "t", "h", 3.0)
    answer = Answer(text, language, (passage,))
    written = write(answer, _Book(TOLD[language]), LlmWriter(obedient.endpoint))  # type: ignore[arg-type]
    assert [one.text for one in written.sentences] in ([], [TOLD[language]] * len(written.sentences))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_scenario_is_a_draft_that_the_usual_check_reads(
    obedient: Obedient, language: Language, tmp_path: Path
) -> None:
    page = drafted_scenario(STORY[language], LlmWriter(obedient.endpoint))
    assert yaml.safe_load(page)["status"] == "draft"
    file = tmp_path / f"{language}-drafted.yaml"
    file.write_text(page, encoding="utf-8")
    assert load_scenario(file).title


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_orders_a_case_is_drafted(obedient: Obedient, language: Language) -> None:
    draft = drafted_case(STORY[language], "won", LlmWriter(obedient.endpoint))
    assert draft.case.background
    assert draft.case.outcome == "won"


def test_most_orders_are_left_out_of_what_is_sent(obedient: Obedient) -> None:
    sent = 0
    for language, text in every("case"):
        obedient.seen.clear()
        try:
            drafted_case(f"{STORY[language]}\n{text}", "lost", LlmWriter(obedient.endpoint))
        except EngineDown:
            continue
        sent += text in str(obedient.seen)
    assert sent == 0
