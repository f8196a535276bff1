"""Who sells is told from what is said, with three people and without any names too."""

from __future__ import annotations

import pytest

from coach.conversation import conversation
from coach.reading.offline.heads import ARTEFACT
from coach.reading.offline.judge import Judge
from coach.reading.offline.roles import roles_of

JUDGE = Judge(ARTEFACT)
THREE = [
    ("Aneta", "Morning. You're the fella about the crane, are you."),
    ("Keith", "I am. Siobhan asked me to come out and look at the radius before I price anything."),
    ("Siobhan", "The last lot sent us a short jib and we lost four days on the east core."),
    ("Keith", "Four days. What did that cost you, roughly? And who'd be signing off the hire now?"),
    ("Aneta", "I hold the budget, she shouts at me if it doesn't lift."),
    (
        "Keith",
        "Right. We can put a longer jib in for the same weekly and I'll send the lift plan by Thursday.",
    ),
    ("Siobhan", "I'll believe that when I see it, to be honest."),
]
UNNAMED = [
    ("说话人1", "老板娘 上回那个冰柜还滴水不"),
    ("说话人2", "滴 天天滴 地上一滩 客人差点摔了"),
    ("说话人3", "妈你别说了 人家来推销的"),
    ("说话人1", "没事没事 我先看下是不是门封条老了 换一根也就八十块钱"),
    ("说话人2", "八十 上回那个人要我两百"),
    ("说话人1", "我周四带条新的过来 给您换上试一个礼拜 不滴了再算钱"),
]


@pytest.mark.parametrize(("lines", "rep"), [(THREE, "Keith"), (UNNAMED, "说话人1")])
def test_the_one_who_sells_is_found(lines: list[tuple[str, str]], rep: str) -> None:
    roles = roles_of(conversation(lines), JUDGE)
    assert [label for label, role in roles.items() if role == "rep"] == [rep]


def test_labels_that_name_a_side_go_before_what_is_said() -> None:
    swapped = [("客户（老周）" if name == "Keith" else "销售（小李）", text) for name, text in THREE]
    assert roles_of(conversation(swapped), JUDGE) == {"销售（小李）": "rep", "客户（老周）": "customer"}
