"""Answers: did the rep do this? A word list alone proves nothing; the act, the words and the nearness must agree.

Every rep turn from the check's `from_turn` on is cut into passages (a sentence, or some in a row). What speaks for and
against a passage (`signals`) is weighed by a small model trained on scenarios' examples, near-misses and played
dialogues; a verbatim near-miss, an echo of the customer, a dictation and talk to a grader never count. What can be seen
neither way is not scored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from coach.conversation import Conversation
from coach.reading.dictated import is_dictated
from coach.reading.engine import Check, Finding
from coach.reading.offline.deeds import SHOW
from coach.reading.offline.evidence import Evidence, gather
from coach.reading.offline.for_show import for_show
from coach.reading.offline.hollow import hushed
from coach.reading.offline.judge import Judge
from coach.reading.offline.nearness import nearest
from coach.reading.offline.roles import roles_of
from coach.reading.offline.signals import Passage, forbids, signals
from coach.reading.offline.trim import trimmed
from coach.reading.offline.verdicts import Weights, verdict_weights
from coach.vocabulary import Role

VERBATIM: Final = 0.86
"""Nearness from which a passage is taken to be the example (or the near-miss) itself."""
PARROT: Final = 0.75
"""Share of a passage's word pairs that stood in the customer's last turn, from which it merely echoes."""
SPECIFIC: Final = frozenset({"number", "money", "percent", "time_day", "title"})
ALL_SHOW: Final = -0.2
"""From here on (small log-odds) a rep has only talked for the marks: of 392 marks that held-out dialogues earned honestly
three lie above it, and three in four turns of those who play for marks.
"""
SENTENCES: Final = 3
"""At most so many sentences in a row make one passage."""
_CLOSED: Final = re.compile(r"[。！!?？;；\n…]$|\.$")
_NO_REP: Final = {"zh": "没有认出销售说的话", "en": "no words of a rep were found"}
_UNSURE: Final = {"zh": "说得含糊，离线引擎分不清", "en": "too close to call for the offline engine"}


@dataclass(frozen=True, slots=True)
class Try:
    """One passage as an answer to one check."""

    score: float
    passage: Passage


def findings(judge: Judge, checks: Sequence[Check], conversation: Conversation) -> list[Finding]:
    """One finding for each check, in order."""
    return judged(judge, checks, conversation)[0]


def judged(
    judge: Judge, checks: Sequence[Check], conversation: Conversation
) -> tuple[list[Finding], list[list[Try]]]:
    """The findings, and for each check every passage as an answer to it, best first."""
    if not checks:
        return [], []
    roles = roles_of(conversation, judge)
    if "rep" not in roles.values():
        none = [Finding(check.id, "not_scored", reason=_NO_REP[check.language]) for check in checks]
        return none, [[] for _ in checks]
    found = passages(judge, conversation, checks, min(check.from_turn for check in checks))
    verdicts = verdict_weights()
    tried = [tries(check, checks, found, verdicts.of(check.id)) for check in checks]
    result = [_finding(check, some, verdicts.of(check.id)) for check, some in zip(checks, tried, strict=True)]
    return [_in_full(finding, conversation) for finding in result], tried


def passages(
    judge: Judge, conversation: Conversation, checks: Sequence[Check], first: int = 1
) -> list[Passage]:
    """Every sentence, and up to three in a row, of the rep's turns; hollow words, grader talk and dictation left out."""
    roles = roles_of(conversation, judge)
    show = for_show(judge, conversation, roles)
    conversation = hushed(judge, conversation, first, checks)
    spoken = _read(judge, conversation, tuple(roles.items()), first)
    sentences: dict[int, list[list[tuple[Evidence, Mapping[str, float]]]]] = {}
    for clause, scores in spoken:
        text = conversation.turn(clause.clause.turn).text
        if clause.role != "rep" or "grader_talk" in clause.around:
            continue
        if is_dictated(text, clause.clause.start, clause.clause.end):
            continue
        of_turn = sentences.setdefault(clause.clause.turn, [[]])
        of_turn[-1].append((clause, scores))
        if _CLOSED.search(clause.clause.text):
            of_turn.append([])
    found = []
    told = judge.deeds([[clause for run in of_turn for clause, _ in run] for of_turn in sentences.values()])
    for (number, of_turn), deeds in zip(sentences.items(), told, strict=True):
        runs = [run for run in of_turn if run]
        text = conversation.turn(number).text
        for size in range(1, SENTENCES + 1):
            for at in range(len(runs) - size + 1):
                run = [pair for sentence in runs[at : at + size] for pair in sentence]
                found.append(_passage(run, text, {**deeds, SHOW: show[number]}))
    return found


@lru_cache(maxsize=64)
def _read(
    judge: Judge, conversation: Conversation, roles: tuple[tuple[str, Role | None], ...], first: int
) -> tuple[tuple[Evidence, Mapping[str, float]], ...]:
    """The clauses with their labels; a turn is asked about kind by kind, so the same conversation comes again at once."""
    clauses = gather(conversation.turns, dict(roles), conversation.language, first)
    return tuple(zip(clauses, judge.probabilities(clauses), strict=True))


def _passage(
    run: Sequence[tuple[Evidence, Mapping[str, float]]], text: str, deeds: Mapping[str, float]
) -> Passage:
    acts: dict[str, float] = {}
    for _, scores in run:
        for label, p in scores.items():
            acts[label] = max(acts.get(label, 0.0), p)
    start, end = trimmed(text, run[0][0].clause.start, run[-1][0].clause.end)
    return Passage(tuple(clause for clause, _ in run), acts, deeds, text, start, end)


def tries(check: Check, checks: Sequence[Check], found: Sequence[Passage], weights: Weights) -> list[Try]:
    """Every passage's score for a check, best first; of equal ones the shorter, then the earlier."""
    scored = [
        Try(score(check, checks, passage, weights), passage)
        for passage in found
        if passage.turn >= check.from_turn
    ]
    return sorted(
        scored, key=lambda t: (-round(t.score, 2), len(t.passage.words), t.passage.turn, t.passage.start)
    )


def score(check: Check, checks: Sequence[Check], passage: Passage, weights: Weights) -> float:
    """0..1: how surely this passage does what the check says."""
    if passage.deeds[SHOW] > ALL_SHOW and not forbids(check):
        return 0.0
    near = nearest(passage.words, check.examples)
    far = nearest(passage.words, tuple(miss.text for miss in check.near_misses))
    if far >= VERBATIM and far > near:
        return 0.0
    if near >= VERBATIM and near > far:
        return 1.0
    if "restate" not in check.acts and all(clause.overlap >= PARROT for clause in passage.clauses):
        return 0.0
    if check.specific and not any(clause.cues & SPECIFIC for clause in passage.clauses):
        return 0.0
    return weights.probability(signals(check, checks, passage))


def _finding(check: Check, found: Sequence[Try], weights: Weights) -> Finding:
    if not found:
        return Finding(check.id, "no")
    best = found[0]
    sure = weights.sure_harm if forbids(check) else weights.sure
    if best.score >= sure:
        passage = best.passage
        return Finding(check.id, "yes", passage.words, passage.turn, passage.start, passage.end)
    if best.score >= weights.doubt:
        return Finding(check.id, "not_scored", reason=_UNSURE[check.language])
    return Finding(check.id, "no")


def _in_full(finding: Finding, conversation: Conversation) -> Finding:
    """The finding with its words as they were said, hollow ones in between included."""
    if finding.turn is None or finding.start is None or finding.end is None:
        return finding
    return replace(finding, quote=conversation.turn(finding.turn).text[finding.start : finding.end])
