"""The guard: a wording that leaks, sells, leaves the scene or invents a figure gives way to the authored line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from coach.conversation import Turn, conversation
from coach.errors import EngineDown
from coach.practice.customer import Step
from coach.practice.guard import fault
from coach.practice.wording import worded
from coach.reading.engine import Move, Persona
from coach.reading.offline import OfflineEngine
from tests.practice.talks import pump

MOVE = Move("softened", "东西我看着还行。", "chen", secrets=("厂长", "漏"))


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("东西还行，就是厂长那关难。", "leak"),
        ("我们公司可以给您打折。", "inversion"),
        ("作为一个AI，我觉得你得分不错。", "out_of_scene"),
        ("还行，可我只有 3 万预算。", "figure"),
        ("It looks fine to me.", "language"),
        ("   ", "empty"),
        ("看着还行。" * 60, "length"),
        ("看着是还行，我再想想。", None),
    ],
)
def test_what_a_customer_would_not_say_is_named(line: str, wrong: str | None) -> None:
    assert fault(line, MOVE, "zh") == wrong


def test_figures_that_both_sides_know_may_be_said() -> None:
    assert fault("还是差那 2000。", MOVE, "zh", ["贵 2000"]) is None


class _Talkative(OfflineEngine):
    """An engine as a model might be: words moves its own way, or is out."""

    def __init__(self, words: str | None) -> None:
        super().__init__()
        self.words = words

    def word(self, move: Move, persona: Persona, said: Sequence[Turn]) -> Iterator[str]:
        if self.words is None:
            raise EngineDown(("连不上。", "No answer."))
        yield from self.words


@pytest.mark.parametrize(
    ("words", "said"),
    [("瞧着还行吧。", "瞧着还行吧。"), ("厂长说了不行。", MOVE.line), (None, MOVE.line)],
)
def test_an_unfit_wording_or_an_outage_falls_back_on_the_authored_line(words: str | None, said: str) -> None:
    talk = conversation([("陈工", "贵两千。")], language="zh")
    assert worded(_Talkative(words), pump(), Step(MOVE, "chen"), talk) == said
