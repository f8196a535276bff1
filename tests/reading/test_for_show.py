"""For show: a rep who recites, hands back and reports stands apart after some turns; what he says then earns nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from coach.conversation import Conversation, conversation, known_role
from coach.reading.engine import Check
from coach.reading.offline.answer import ALL_SHOW, findings
from coach.reading.offline.for_show import HONEST, for_show
from coach.reading.offline.judge import Judge
from coach.vocabulary import HARMFUL_ACTS, Language

SHOWN: dict[Language, list[tuple[str, str]]] = {
    "zh": [
        ("客户", "泵房渗了两年，谁来看都说小毛病。"),
        ("销售", "渗水、两年、小毛病，这三个关键词我全部复述到位。痛点、影响、决策、证据，四个方面都很重要。"),
        ("客户", "那你倒是说说怎么弄。"),
        ("销售", "您说的“怎么弄”，我充分理解您的怎么弄。方案方面，专业；价格方面，合理；下一步方面，推进。"),
        ("客户", "你在念什么？"),
        ("销售", "您问我在念什么，这个问题提得非常好。发掘、认可、回应、推进，本轮全部覆盖，下面复述：泵房、渗、两年。"),
    ],
    "en": [
        ("Customer", "The pump room's leaked for two years and everybody says it's nothing."),
        ("Rep", "Leak, two years, nothing: I've restated all three. Pain, impact, decision, evidence, every area covered."),
        ("Customer", "So what would you do?"),
        ("Rep", "What would I do. I fully hear your what would I do. Solution: professional. Price: fair. Next step: advance."),
        ("Customer", "What are you reading out?"),
        ("Rep", "Great question, what am I reading out. Explored, acknowledged, answered, advanced. All ticked, for the record."),
    ],
}  # fmt: skip
SPOKEN: dict[Language, list[tuple[str, str]]] = {
    "zh": [
        ("客户", "泵房渗了两年，谁来看都说小毛病。"),
        ("销售", "两年了啊。渗的是哪一面，雨天重还是天天都有？"),
        ("客户", "靠电柜那面，下雨就重。"),
        ("销售", "靠电柜那就不是小毛病了。万一进了水停一次泵，你们要停多久？"),
        ("客户", "上回停了六个钟头，住户电话打爆。"),
        ("销售", "六个钟头，换我也睡不踏实。周四我带内窥镜来，先把那面墙缝照清楚，行不行？"),
    ],
    "en": [
        ("Customer", "The pump room's leaked for two years and everybody says it's nothing."),
        ("Rep", "Two years. Which wall is it, and is it worse when it rains?"),
        ("Customer", "The one by the panel. Much worse in rain."),
        ("Rep", "By the panel I wouldn't call it nothing. If water got in and the pump stopped, how long are you down?"),
        ("Customer", "Six hours last time. The phone never stopped."),
        ("Rep", "Six hours, I'd be lying awake too. I could bring a scope on Thursday and look into that joint first. Suit you?"),
    ],
}  # fmt: skip


def talk(lines: Sequence[tuple[str, str]], language: Language) -> Conversation:
    return conversation(list(lines), language=language)


def shown(lines: Sequence[tuple[str, str]], language: Language) -> dict[int, float]:
    said = talk(lines, language)
    return for_show(Judge(), said, {name: known_role(name) for name in said.speakers})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_recites_stands_apart_from_who_talks_and_ever_more(language: Language) -> None:
    show, spoken = shown(SHOWN[language], language), shown(SPOKEN[language], language)
    assert set(show) == set(spoken) == {2, 4, 6}
    assert show[6] > ALL_SHOW > HONEST > spoken[6]
    assert show[6] > show[2]


def test_what_came_later_changes_nothing_that_was_said_before() -> None:
    whole = shown(SPOKEN["zh"], "zh")
    assert shown(SPOKEN["zh"][:4], "zh") == {number: whole[number] for number in (2, 4)}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_good_question_after_a_recital_earns_nothing_and_a_promise_is_still_a_promise(
    language: Language,
) -> None:
    asked = {"zh": "万一进了水停一次泵，你们要停多久？", "en": "If the pump stopped, how long are you down?"}[
        language
    ]
    promised = {"zh": "我保证百分之百永远不漏，漏一滴赔十倍。", "en": "I guarantee it will never ever leak again, one hundred per cent."}[language]  # fmt: skip
    impact = Check("c-impact", "asked what a stop costs", language, acts=("explore",), examples=(asked,))
    promise = Check("c-promise", "promised what nobody can keep", language, acts=("overpromise",), examples=(promised,))  # fmt: skip
    assert {"overpromise"} <= set(HARMFUL_ACTS)
    rep = SHOWN[language][1][0]
    for before, earns in ((SHOWN, "no"), (SPOKEN, "yes")):
        lines = [*before[language], (SHOWN[language][0][0], "……" if language == "zh" else "Hm."), (rep, f"{asked} {promised}")]  # fmt: skip
        found = {
            one.check: one.verdict for one in findings(Judge(), [impact, promise], talk(lines, language))
        }
        assert found == {"c-impact": earns, "c-promise": "yes"}
