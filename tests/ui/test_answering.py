"""An answer while it comes: sentences join into lines by speaker, and a turn's error reaches the page."""

from __future__ import annotations

import pytest

from coach.app import Coach
from coach.errors import EngineDown
from coach.settings import Settings
from tests.loopback.server import serving
from ui.desks.answering import Shown, answering
from ui.desks.practice import PracticeRoom


def test_sentences_join_by_speaker() -> None:
    def turn(shown: Shown) -> None:
        for name, words in (("周敏", "嗯。"), ("周敏", "太贵了。"), ("老丁", "我不签。")):
            shown(name, words)

    seen = [[(line.name, line.text) for line in lines] for lines in answering(turn)]
    assert seen[0] == [("周敏", "嗯。")]
    assert seen[1] == [("周敏", "嗯。太贵了。")]
    assert seen[2] == [("周敏", "嗯。太贵了。"), ("老丁", "我不签。")]


def test_an_error_of_the_turn_is_raised_where_the_page_waits() -> None:
    def turn(shown: Shown) -> None:
        shown("周敏", "嗯。")
        raise EngineDown(("连不上。", "No answer."))

    with pytest.raises(EngineDown):
        list(answering(turn))


@pytest.mark.parametrize("model", ["good", "fail-500"])
def test_the_desk_shows_the_models_words_as_they_pass_and_says_when_it_failed(
    settings: Settings, model: str
) -> None:
    with serving() as (url, _):
        chosen = {"llm_base_url": url, "llm_model": model, "llm_retries": 0}
        coach = Coach(settings.model_copy(update=chosen))
        desk = PracticeRoom(coach)
        id = desk.start("zh-autoparts-quench-oil-tea")
        shown = list(desk.answer(id, "您嫌贵，是拿哪一家在比？"))
        after = desk.session(id, "zh")
        coach.database.close()
    assert shown
    assert "".join(line.text for line in shown[-1]) == "".join(
        line.text for line in after.lines[-len(shown[-1]) :]
    )
    assert bool(after.note) == (model == "fail-500")
