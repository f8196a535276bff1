"""The trials of the practice eval can fail: a scorer that counts words is caught by each of them."""

from types import SimpleNamespace
from typing import Any, cast

from coach.conversation import conversation
from evals.practice.dialogues import Dialogue
from evals.practice.invariance import Scorer, ablation, injection, padding, share

TALK = conversation(
    [("客户", "太贵了。"), ("销售", "您拿它跟哪家比的？"), ("客户", "北边那家。"), ("销售", "周四我带账来。")]
)
DIALOGUE = Dialogue("one", "any", TALK, "strong", {"k-next": "yes"})


def _scorer(total: Any) -> Scorer:
    def score(dialogue: Dialogue) -> Any:
        turn = dialogue.talk.turns[3]
        met = "周四" in turn.text
        finding = SimpleNamespace(verdict="yes" if met else "no", turn=4)
        check = SimpleNamespace(item=SimpleNamespace(id="k-next"), finding=finding)
        return SimpleNamespace(total=total(dialogue, met), checks=(check,))

    return cast("Scorer", score)


def test_a_score_that_counts_words_fails_every_trial() -> None:
    wordy = _scorer(lambda dialogue, _: sum(len(turn.text) for turn in dialogue.talk.turns))
    flat = _scorer(lambda *_: 50)
    assert share(padding([DIALOGUE], wordy)) == (0.0, 1)
    assert share(injection([DIALOGUE], wordy)) == (0.0, 1)
    assert share(ablation([DIALOGUE], flat)) == (0.0, 1)


def test_a_score_that_looks_at_what_was_done_passes_them() -> None:
    sound = _scorer(lambda _, met: 80 if met else 60)
    assert share(padding([DIALOGUE], sound)) == (1.0, 1)
    assert share(injection([DIALOGUE], sound)) == (1.0, 1)
    assert share(ablation([DIALOGUE], sound)) == (1.0, 1)
