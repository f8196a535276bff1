"""What each head is taught: rows of features, what is true of them, whose they are, and which of them judge it.

Heads: `reply` sees a whole reply (sixteen acts), `rep` one clause of a rep (the same acts, found by asking which clause of
a labelled reply carries each, and the record's solution points and commitments), `customer` one clause of a customer;
`person` and `time` judge mentions; `objection`, `feedback`, `decision_role` tell the type; `hollow` sees a clause of a rep
by itself: does it say anything at all? `side` sees a whole turn of whoever speaks: is it the one who sells?
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from coach.reading.offline import features
from coach.reading.offline.clauses import Clause, pieces
from coach.reading.offline.evidence import words
from coach.reading.offline.hollow import by_itself
from coach.vocabulary import DECISION_ROLES, HARMFUL_ACTS, OBJECTION_TYPES, POLARITIES, REPLY_ACTS, Language
from evals.reading.examples import (
    MarkedCandidate,
    ReplyExample,
    VisitClause,
    VisitTurn,
    clauses_of_visit,
    marked_people,
    marked_times,
    reply_example,
    reply_examples,
    training_batches,
    turns_of_visit,
)
from evals.reading.logistic import STRENGTH, fit, matrix
from evals.reading.rough import fillers, idle, rough_reply, rough_visit, solid
from evals.sets.annotated import AnnotatedVisit, read_visits
from scenarios.loader import load_scenarios

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

CUSTOMER_LABELS: Final = ("need", "objection", "feedback", "concern", "commitment")
REP_LABELS: Final = (*REPLY_ACTS, "solution_point", "commitment")
FEW_STRENGTH: Final = 0.6
"""The same for the few hundred marked people, whose features are few and telling; chosen on held-out writers."""
DENSE: Final = ("writer-k", "writer-l", "writer-m", "writer-n", "writer-o")
"""Visits written to be full of people, reactions and worries. They teach; how often such things are said is judged on the
others, else twice as many reactions are read as there are."""
OWN_REACTIONS: Final = ("writer-l", "writer-m", "writer-n", "writer-o")
"""Writers who mark every joke as a reaction: with them the others' reactions are found worse (held-out average precision
0.50 to 0.47), so theirs stay unknown."""
FILLER_FOLDS: Final = 5
"""Fillers have no writer; they are held out in so many parts."""
TELLING_WORDS: Final = 3
"""Shorter pieces of what tells something (好，/ so,) tell nothing by themselves."""
FEW_PIECES: Final = 3
"""Of a telling reply of at most so many pieces the longest is taken to tell something."""
ROUNDS: Final = 2
"""How often the clauses that carry a reply's acts are looked for again with the model of the round before."""


Truth = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One head's material: `truth` is 1, 0 or -1 (unknown) per row and label; only rows in `judged` set thresholds.

    Labels in `careful` are harmful acts; `columns` are the features that take part (None: the telling ones), and
    `strength` is the inverse of the penalty.
    """

    labels: tuple[str, ...]
    rows: csr_matrix
    truth: Truth
    groups: list[str]
    judged: NDArray[np.bool_]
    careful: Sequence[int] = ()
    columns: NDArray[np.int64] | None = None
    strength: float = STRENGTH


@dataclass(frozen=True, slots=True)
class Examples:
    """Everything that heads are taught from: labelled replies, and marked visits clause by clause and turn by turn."""

    replies: list[ReplyExample]
    clauses: list[VisitClause]
    turns: list[VisitTurn]

    def add(self, group: str, visit: AnnotatedVisit, *, rough: bool = False) -> None:
        """One more marked visit."""
        self.clauses.extend(clauses_of_visit(group, visit, rough=rough))
        self.turns.extend(turns_of_visit(group, visit, rough=rough))


def examples() -> Examples:
    """The labelled sets that are not sealed, and a rough copy of each reply and visit."""
    replies = reply_examples()
    rough = [reply_example(rough_reply(one.reply), rough=True) for one in replies]
    found = Examples([*replies, *(one for one in rough if one.clauses)], [], [])
    for batch in training_batches():
        for visit in read_visits(batch):
            found.add(batch.name, visit)
            found.add(batch.name, rough_visit(visit), rough=True)
    return found


def lessons(taught: Examples) -> Iterator[tuple[str, Lesson]]:
    """Every head's lesson by name, made one at a time: the matrices are large."""
    replies, clauses = taught.replies, taught.clauses
    rep_clauses = [one for one in clauses if one.evidence.role == "rep"]
    customer_clauses = [one for one in clauses if one.evidence.role == "customer"]
    people = marked_people(clauses)
    yield "reply", _reply(replies)
    yield "rep", _rep(replies, rep_clauses)
    yield "customer", _customer(customer_clauses, replies)
    yield "objection", _type(customer_clauses, "objections", "type", OBJECTION_TYPES, replies)
    yield "feedback", _type(customer_clauses, "feedback", "polarity", POLARITIES)
    yield "person", _candidate("decision_role", people)
    yield "time", _candidate("time_point", marked_times(clauses))
    yield "decision_role", _role(people)
    yield "hollow", _hollow(replies, rep_clauses)
    yield "side", _side(taught.turns)


def _reply(replies: Sequence[ReplyExample]) -> Lesson:
    rows = matrix([features.reply_row(one.clauses) for one in replies])
    truth = np.array(
        [[act in (one.reply.acts or ()) for act in REPLY_ACTS] for one in replies], dtype=np.int8
    )
    careful = [REPLY_ACTS.index(act) for act in HARMFUL_ACTS]
    judged = np.array([not one.rough for one in replies])
    return Lesson(REPLY_ACTS, rows, truth, [one.group for one in replies], judged, careful)


def _rep(replies: Sequence[ReplyExample], visit: Sequence[VisitClause]) -> Lesson:
    evidence = [clause for one in replies for clause in one.clauses] + [one.evidence for one in visit]
    groups = [one.group for one in replies for _ in one.clauses] + [one.group for one in visit]
    rows = matrix([features.clause_row(one) for one in evidence])
    truth = np.full((len(evidence), len(REP_LABELS)), -1, dtype=np.int8)
    spans = _spans(replies)
    for label in ("solution_point", "commitment"):
        at = REP_LABELS.index(label)
        for offset, one in enumerate(visit, spans[-1][1] if spans else 0):
            truth[offset, at] = label in one.labels
    truth[:, : len(REPLY_ACTS)] = _carriers(rows, replies, spans, len(evidence))
    careful = [REP_LABELS.index(act) for act in HARMFUL_ACTS]
    judged = np.array(
        [not one.rough for one in replies for _ in one.clauses] + [_judges(one) for one in visit]
    )
    return Lesson(REP_LABELS, rows, truth, groups, judged, careful)


def _judges(one: VisitClause) -> bool:
    return not one.rough and one.group not in DENSE


def _spans(replies: Sequence[ReplyExample]) -> list[tuple[int, int]]:
    """First row and the row after the last of every reply's clauses."""
    ends = np.cumsum([0, *(len(one.clauses) for one in replies)])
    return [(int(a), int(b)) for a, b in itertools.pairwise(ends)]


def _carriers(
    rows: csr_matrix, replies: Sequence[ReplyExample], spans: Sequence[tuple[int, int]], count: int
) -> Truth:
    """Which clause of a reply carries each of its acts: the likeliest one, looked for again in every round.

    Clauses of a reply without the act are no; the other clauses of a reply with it stay unknown, unless nearly as likely.
    """
    names = features.dense_names()
    opinions = np.asarray(
        rows[:, [features.BUCKETS + names.index(f"rule:{act}") for act in REPLY_ACTS]].todense()
    )
    truth = np.full((count, len(REPLY_ACTS)), -1, dtype=np.int8)
    scores = opinions
    for _ in range(ROUNDS):
        for one, (begin, end) in zip(replies, spans, strict=True):
            for at, act in enumerate(REPLY_ACTS):
                if act not in (one.reply.acts or ()):
                    truth[begin:end, at] = 0
                    continue
                piece = scores[begin:end, at]
                best = float(piece.max())
                truth[begin:end, at] = np.where(piece >= best - 1e-9, 1, np.where(piece < best - 1.5, 0, -1))
        fitted = fit(rows[: spans[-1][1]], truth[: spans[-1][1]], strength=STRENGTH)
        scores = np.asarray(rows @ fitted.weights)
    return truth


def _customer(visit: Sequence[VisitClause], replies: Sequence[ReplyExample]) -> Lesson:
    said = [clause for one in replies if one.reply.objection_type for clause in one.said]
    said_groups = [one.group for one in replies if one.reply.objection_type for _ in one.said]
    evidence = [one.evidence for one in visit] + said
    truth = np.full((len(evidence), len(CUSTOMER_LABELS)), -1, dtype=np.int8)
    for at, label in enumerate(CUSTOMER_LABELS):
        truth[: len(visit), at] = [label in one.labels for one in visit]
    rows = matrix([features.clause_row(one) for one in evidence])
    truth[: len(visit), CUSTOMER_LABELS.index("feedback")][[one.group in OWN_REACTIONS for one in visit]] = -1
    judged = np.array([_judges(one) for one in visit] + [False] * len(said))
    return Lesson(CUSTOMER_LABELS, rows, truth, [one.group for one in visit] + said_groups, judged)


def _hollow(replies: Sequence[ReplyExample], visit: Sequence[VisitClause]) -> Lesson:
    """Clauses by themselves: fillers and small talk say nothing; a telling reply, what is marked and an expert's lines do."""
    said: list[tuple[str, str, Language, bool]] = []
    for scenario in load_scenarios().values():
        told = [piece for line in scenario.expert_script for piece in pieces(line.say)]
        said += [(scenario.id, piece.text, scenario.language, False) for piece in told]
    for listed, nothing in ((fillers(), True), (idle(), True), (solid(), False)):
        for language, texts in listed.items():
            for at, text in enumerate(texts):
                told = pieces(text) if nothing else _longest(pieces(text))
                said += [(f"list {at % FILLER_FOLDS}", piece.text, language, nothing) for piece in told]
    for one in replies:
        acts = set(one.reply.acts or ())
        nothing = acts == {"small_talk"}
        if one.rough or not (nothing or acts - {"small_talk", "evade"}):
            continue
        told = pieces(one.reply.reply)
        if nothing or len(told) <= FEW_PIECES:
            told = told if nothing else _longest(told)
            said += [(one.group, piece.text, one.reply.language, nothing) for piece in told]
    said += [
        (one.group, one.evidence.clause.text, one.evidence.language, False)
        for one in visit
        if one.labels and not one.rough
    ]
    alone = [(group, by_itself(text, language), nothing) for group, text, language, nothing in said]
    known = [
        (group, clause, nothing)
        for group, clause, nothing in alone
        if clause is not None and (nothing or len(words(clause.plain)) >= TELLING_WORDS)
    ]
    rows = matrix([features.clause_row(clause) for _, clause, _ in known])
    truth = np.array([[nothing] for _, _, nothing in known], dtype=np.int8)
    return Lesson(("hollow",), rows, truth, [group for group, _, _ in known], np.ones(len(known), dtype=bool))


def _side(turns: Sequence[VisitTurn]) -> Lesson:
    """Whole turns: does the one speak who sells?"""
    rows = matrix([features.clause_row(one.evidence) for one in turns])
    truth = np.array([[one.sells] for one in turns], dtype=np.int8)
    judged = np.array([not one.rough for one in turns])
    return Lesson(("sells",), rows, truth, [one.group for one in turns], judged)


def _longest(told: Sequence[Clause]) -> list[Clause]:
    return [max(told, key=lambda piece: piece.end - piece.start)] if told else []


def _type(
    visit: Sequence[VisitClause],
    field: str,
    key: str,
    kinds: Sequence[str],
    replies: Sequence[ReplyExample] = (),
) -> Lesson:
    """Which of `kinds` a marked clause is; for objections the customers' lines of the replies help."""
    marked = [(one.group, one.evidence, one.kind(field, key), one.rough) for one in visit]
    marked += [
        (one.group, clause, one.reply.objection_type, one.rough) for one in replies for clause in one.said
    ]
    known = [(group, evidence, kind, rough) for group, evidence, kind, rough in marked if kind]
    rows = matrix([features.clause_row(evidence) for _, evidence, _, _ in known])
    truth = np.array([[kind == one for one in kinds] for _, _, kind, _ in known], dtype=np.int8)
    judged = np.array([not rough for _, _, _, rough in known])
    return Lesson(tuple(kinds), rows, truth, [group for group, _, _, _ in known], judged)


def _candidate(label: str, found: Sequence[MarkedCandidate]) -> Lesson:
    """Whether a mention is one that people mark."""
    rows = matrix([one.candidate.row for one in found])
    truth = np.array([[one.item is not None] for one in found], dtype=np.int8)
    judged = np.array([one.group not in DENSE for one in found])
    return Lesson((label,), rows, truth, [one.group for one in found], judged)


def _role(found: Sequence[MarkedCandidate]) -> Lesson:
    """The buying role of a person or body; of those that nobody marked it is unknown, and asked all the same."""
    rows = matrix([one.candidate.row for one in found])
    truth = np.array(
        [
            [-1 if one.item is None else one.item.attributes["role"] == role for role in DECISION_ROLES]
            for one in found
        ],
        dtype=np.int8,
    )
    # Few are marked: of a mention's office, of what it does and of what it means more is learned than of its letters.
    telling = features.columns("bias", "own", "mention_", "who:", "does:", "next:", "meant:", "heard:")
    judged = np.array([one.item is not None for one in found])
    groups = [one.group for one in found]
    return Lesson(DECISION_ROLES, rows, truth, groups, judged, columns=telling, strength=FEW_STRENGTH)
