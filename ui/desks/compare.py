"""A branch beside the practice it came from, as its page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.errors import NotFound
from coach.practice.calibration.advice import advice_on
from coach.vocabulary import Language, name
from ui.desks.report import advice_words, deed
from ui.shell import path
from ui.views.drills import Fork, ForkChange, ForkLine, ForkSide
from ui.views.tone import Tone
from ui.words import WORDS, say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.practice.branches import Change, Line, Side


def fork_view(coach: Coach, id: str, language: Language) -> Fork:
    """Both sides. Raises NotFound for a practice that is no branch."""
    from coach.practice.branches import fork

    new = coach.keeping.load(id)
    if new.parent_id is None or new.from_turn is None:
        raise NotFound(WORDS["compare_no_parent"], WORDS["compare_no_parent_next"])
    old = coach.keeping.load(new.parent_id)
    both = fork(old.session, new.session, new.from_turn)
    talk = new.session
    advice = advice_on(talk.score(), talk.scenario, coach.database, talk.log.engine)
    return Fork(
        title=new.session.scenario.title,
        scenario_id=new.session.scenario.id,
        turn=both.turn,
        lead=tuple(_line(line) for line in both.lead),
        old=_side("compare_old", old.id, both.old, language),
        new=_side("compare_new", new.id, both.new, language),
        changes=tuple(
            _change(change, advice_words(advice, change.id, language), language) for change in both.changes
        ),
    )


def _line(line: Line) -> ForkLine:
    return ForkLine(line.role, line.name, line.text)


def _side(head: str, id: str, side: Side, language: Language) -> ForkSide:
    tone: Tone = "good" if side.outcome == "pass" else "bad" if side.outcome == "fail" else ""
    over = side.ended is not None
    return ForkSide(
        head=say("compare_old", language) if head == "compare_old" else say("compare_new", language),
        href=path(language, "report" if over else "session", id=id),
        lines=tuple(_line(line) for line in side.lines),
        total=side.total,
        outcome=name(side.outcome, language) if over else "",
        tone=tone if over else "",
        ended=name(side.ended, language) if side.ended else say("compare_running", language),
        temper=say("compare_trust", language, trust=round(side.trust), patience=round(side.patience)),
    )


def _change(change: Change, advice: str, language: Language) -> ForkChange:
    if change.red_line:
        word = "compare_spared" if change.better else "compare_crossed"
    else:
        word = "compare_better" if change.better else "compare_worse"
    return ForkChange(deed(change.name), say(word, language), change.better, change.quote, advice)
