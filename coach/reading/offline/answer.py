"""Answers: did the rep do this? A word list alone proves nothing; the act, the words and the nearness must agree.

Every rep turn from the check's `from_turn` on is cut into passages (a sentence, or two in a row). A passage counts when
the concept groups stand in its turn undenied, one of the wanted acts is in it, and it is nearer to the check's
examples than to its near-misses. What can be seen neither way is not scored. Talk to a grader gains nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from coach.conversation import Conversation
from coach.reading.dictated import is_dictated
from coach.reading.engine import Check, Finding
from coach.reading.offline import concepts
from coach.reading.offline.evidence import Evidence, gather
from coach.reading.offline.judge import Judge
from coach.reading.offline.nearness import nearest
from coach.reading.offline.roles import roles_of
from coach.reading.offline.trim import trimmed
from coach.vocabulary import HARMFUL_ACTS

SURE: Final = 0.6
"""Score from which a passage is a yes; harmful acts need more (`SURE_HARM`)."""
DOUBT: Final = 0.45
"""Between this and sure a check is not scored."""
SURE_HARM: Final = 0.65
A_TURN: Final = 2
"""At most so many key points count in one turn: reciting the answer sheet is not selling."""
VERBATIM: Final = 0.86
"""Nearness from which a passage is taken to be the example (or the near-miss) itself."""
PARROT: Final = 0.75
"""Share of a passage's word pairs that stood in the customer's last turn, from which it merely echoes."""
_SPECIFIC: Final = frozenset({"number", "money", "percent", "time_day", "title"})
_CLOSED: Final = re.compile(r"[。！!?？;；\n…]$|\.$")


@dataclass(frozen=True, slots=True)
class _Passage:
    """Neighbouring clauses of one rep turn, and what they were judged to be."""

    clauses: tuple[Evidence, ...]
    acts: Mapping[str, float]
    text: str
    turn_text: str
    start: int
    end: int

    @property
    def turn(self) -> int:
        return self.clauses[0].clause.turn

    @property
    def words(self) -> str:
        return self.turn_text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Try:
    score: float
    passage: _Passage


def findings(judge: Judge, checks: Sequence[Check], conversation: Conversation) -> list[Finding]:
    """One finding for each check, in order."""
    roles = roles_of(conversation)
    rep_turns = [turn.number for turn in conversation.turns if roles.get(turn.speaker) == "rep"]
    if not rep_turns:
        return [Finding(check.id, "not_scored", reason=_NO_REP[check.language]) for check in checks]
    first = min((check.from_turn for check in checks), default=1)
    clauses = gather(conversation.turns, roles, conversation.language, first)
    passages = _passages(conversation, clauses, judge.probabilities(clauses))
    tries = {check.id: _tries(check, passages) for check in checks}
    return _spread(checks, tries)


_NO_REP: Final = {"zh": "没有认出销售说的话", "en": "no words of a rep were found"}
_UNSURE: Final = {"zh": "说得含糊，离线引擎分不清", "en": "too close to call for the offline engine"}


def _passages(
    conversation: Conversation, clauses: Sequence[Evidence], judged: Sequence[Mapping[str, float]]
) -> list[_Passage]:
    """Every sentence and every two sentences in a row of the rep's turns, grader talk and dictation left out."""
    sentences: dict[int, list[list[tuple[Evidence, Mapping[str, float]]]]] = {}
    for clause, scores in zip(clauses, judged, strict=True):
        if clause.role != "rep" or "grader_talk" in clause.around:
            continue
        text = conversation.turn(clause.clause.turn).text
        if is_dictated(text, clause.clause.start, clause.clause.end):
            continue
        of_turn = sentences.setdefault(clause.clause.turn, [[]])
        of_turn[-1].append((clause, scores))
        if _CLOSED.search(clause.clause.text):
            of_turn.append([])
    found = []
    for number, of_turn in sentences.items():
        runs = [run for run in of_turn if run]
        text = conversation.turn(number).text
        found.extend(_passage(run, text) for run in runs)
        found.extend(_passage([*a, *b], text) for a, b in zip(runs, runs[1:], strict=False))
        if len(runs) > 2:
            found.append(_passage([pair for run in runs[:4] for pair in run], text))
    return found


def _passage(run: Sequence[tuple[Evidence, Mapping[str, float]]], text: str) -> _Passage:
    acts: dict[str, float] = {}
    for _, scores in run:
        for label, p in scores.items():
            acts[label] = max(acts.get(label, 0.0), p)
    start, end = trimmed(text, run[0][0].clause.start, run[-1][0].clause.end)
    return _Passage(tuple(clause for clause, _ in run), acts, text[start:end], text, start, end)


def _tries(check: Check, passages: Sequence[_Passage]) -> list[_Try]:
    """Every passage's score for a check, best first; shorter passages before longer ones of equal score."""
    scored = [_Try(_score(check, passage), passage) for passage in passages if passage.turn >= check.from_turn]
    return sorted(scored, key=lambda t: (-round(t.score, 3), len(t.passage.words), t.passage.turn, t.passage.start))


def _score(check: Check, passage: _Passage) -> float:
    """0..1: how surely this passage does what the check says."""
    near = nearest(passage.words, check.examples)
    far = nearest(passage.words, tuple(miss.text for miss in check.near_misses))
    if far >= VERBATIM and far > near:
        return 0.0
    if near >= VERBATIM and near > far:
        return 1.0
    if _parrots(check, passage):
        return 0.0
    if check.specific and not any(clause.cues & _SPECIFIC for clause in passage.clauses):
        return 0.0
    act = max((passage.acts.get(label, 0.0) for label in check.acts), default=1.0 if check.concepts else 0.0)
    margin = near - far
    if not check.concepts:
        return _clip(act + (0.5 * margin if check.examples else 0.0)) if check.acts else _clip(near + margin)
    covered = _covered(check, passage)
    if covered == 0.0:
        return 0.0
    asked = _mode(check, passage)
    score = 0.45 * min(1.0, act / 0.5) + 0.55 * covered + 0.9 * margin + asked
    if covered < 1.0 and near < 0.45:
        score = min(score, DOUBT + 0.1 if covered >= 0.5 and act >= 0.5 and margin > 0.1 else 0.0)
    if check.acts and act < 0.15:
        score = min(score, DOUBT - 0.01 if margin < 0.15 else DOUBT + 0.05)
    return _clip(score - 0.25)


def _covered(check: Check, passage: _Passage) -> float:
    """The share of concept groups that stand undenied in the turn; 0 when none stands in the passage itself."""
    found = concepts.hits(check.concepts, passage.turn_text)
    firm = [hit for hit in found if not hit.denied]
    if not any(passage.start <= hit.start < passage.end for hit in firm):
        return 0.0
    return len({hit.group for hit in firm}) / len(check.concepts)


def _mode(check: Check, passage: _Passage) -> float:
    """Whether the passage asks where the examples ask, and tells where they tell."""
    if not check.examples:
        return 0.0
    asking = sum("?" in example or "？" in example for example in check.examples) / len(check.examples)
    asks = any({"question_mark", "question_wh", "question_a_not_a", "question_ask"} & clause.cues for clause in passage.clauses)
    if asking == 1.0 and not asks:
        return -0.4
    if asking == 0.0 and all("question_mark" in clause.cues for clause in passage.clauses):
        return -0.3
    return 0.0


def _parrots(check: Check, passage: _Passage) -> bool:
    """Whether the passage only gives the customer's last words back."""
    if "restate" in check.acts:
        return False
    return all(clause.overlap >= PARROT for clause in passage.clauses)


def _spread(checks: Sequence[Check], tries: Mapping[str, list[_Try]]) -> list[Finding]:
    """Findings in the checks' order, with at most `A_TURN` key points (checks with concepts) in one turn, surest first."""
    used: Counter[int] = Counter()
    found: dict[str, Finding] = {}
    order = sorted(checks, key=lambda check: -(tries[check.id][0].score if tries[check.id] else 0.0))
    for check in order:
        sure = SURE_HARM if check.acts and set(check.acts) <= set(HARMFUL_ACTS) else SURE
        best = next(
            (t for t in tries[check.id] if t.score >= sure and (not check.concepts or used[t.passage.turn] < A_TURN)),
            None,
        )
        if best is not None:
            used[best.passage.turn] += bool(check.concepts)
            passage = best.passage
            found[check.id] = Finding(
                check.id, "yes", passage.words, passage.turn, passage.start, passage.end
            )
        elif tries[check.id] and DOUBT <= tries[check.id][0].score < sure:
            found[check.id] = Finding(check.id, "not_scored", reason=_UNSURE[check.language])
        else:
            found[check.id] = Finding(check.id, "no")
    return [found[check.id] for check in checks]


def _clip(value: float) -> float:
    return max(0.0, min(1.0, value))
