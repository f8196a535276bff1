"""Examples: the labelled sets as rows of features with what a person said about them, grouped by writer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coach.conversation import conversation
from coach.reading.offline.candidates import Candidate, people, times
from coach.reading.offline.evidence import Evidence, gather, whole_turns
from coach.vocabulary import Role
from evals.sets.annotated import AnnotatedVisit, GoldItem
from evals.sets.labelled_replies import LabelledReply, read_replies

SETS: Final = Path(__file__).parents[1] / "sets"
LABEL_OF: Final = {
    "core_needs": "need",
    "solution_points": "solution_point",
    "feedback": "feedback",
    "next_steps": "commitment",
    "hidden_concerns": "concern",
    "objections": "objection",
    "decision_roles": "decision_role",
    "time_points": "time_point",
}


@dataclass(frozen=True, slots=True)
class VisitClause:
    """One clause of a marked visit, and the marks that lie on it."""

    group: str
    visit: str
    evidence: Evidence
    items: tuple[GoldItem, ...]
    items_of_turn: tuple[GoldItem, ...]
    rough: bool = False

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(LABEL_OF[item.field] for item in self.items)

    def kind(self, field: str, key: str) -> str | None:
        """The type of the first mark of a field on this clause."""
        return next((item.attributes.get(key) for item in self.items if item.field == field), None)


@dataclass(frozen=True, slots=True)
class MarkedCandidate:
    """A mention that was found in a clause, and the mark that lies on it, if any."""

    group: str
    evidence: Evidence
    candidate: Candidate
    item: GoldItem | None


@dataclass(frozen=True, slots=True)
class VisitTurn:
    """One whole turn of a visit and whether its speaker is the one who sells."""

    group: str
    evidence: Evidence
    sells: bool
    rough: bool = False


@dataclass(frozen=True, slots=True)
class ReplyExample:
    """One reply as clauses, with its acts; `said` are the clauses of the customer's last line."""

    group: str
    reply: LabelledReply
    clauses: tuple[Evidence, ...]
    said: tuple[Evidence, ...]
    rough: bool = False


SEALED: Final = "sealed"
"""Batches whose name begins so are never trained on: they only measure."""


def training_batches(folder: Path = SETS / "visits") -> list[Path]:
    """The folders of visits that may be trained on, one a writer."""
    folders = sorted(path for path in folder.iterdir() if path.is_dir())
    return [path for path in folders if not path.name.startswith(SEALED)]


def clauses_of_visit(group: str, visit: AnnotatedVisit, *, rough: bool = False) -> list[VisitClause]:
    """Every clause of one visit with its marks; a `rough` one only helps to train."""
    talk = visit.conversation
    roles: dict[str, Role | None] = {
        label: "rep" if label == visit.rep else "customer" for label in talk.speakers
    }
    return [
        VisitClause(
            group,
            visit.id,
            one,
            tuple(item for item in visit.items if _lies_on(item, one)),
            tuple(item for item in visit.items if item.turn == one.clause.turn),
            rough,
        )
        for one in gather(talk.turns, roles, talk.language)
    ]


def turns_of_visit(group: str, visit: AnnotatedVisit, *, rough: bool = False) -> list[VisitTurn]:
    """Every turn of one visit; a `rough` one only helps to train."""
    talk = visit.conversation
    seen = whole_turns(talk.turns, talk.language)
    return [
        VisitTurn(group, evidence, turn.speaker == visit.rep, rough)
        for turn, evidence in zip(talk.turns, seen, strict=True)
    ]


def marked_people(clauses: Sequence[VisitClause]) -> list[MarkedCandidate]:
    """Every person or body mentioned on the customer's side, with its mark; rough copies left out."""
    return [
        MarkedCandidate(one.group, one.evidence, found, _mark(one, found, "decision_roles"))
        for one in clauses
        if one.evidence.role != "rep" and not one.rough
        for found in people(one.evidence)
    ]


def marked_times(clauses: Sequence[VisitClause]) -> list[MarkedCandidate]:
    """Every time named by either side, with its mark; rough copies left out."""
    return [
        MarkedCandidate(one.group, one.evidence, found, _mark(one, found, "time_points"))
        for one in clauses
        if not one.rough
        for found in times(one.evidence)
    ]


def _mark(one: VisitClause, found: Candidate, field: str) -> GoldItem | None:
    start, end = one.evidence.clause.start + found.start, one.evidence.clause.start + found.end
    for item in one.items_of_turn:
        shared = min(end, item.end) - max(start, item.start)
        if item.field == field and 2 * shared >= min(end - start, item.end - item.start):
            return item
    return None


def _lies_on(item: GoldItem, one: Evidence) -> bool:
    """Whether a mark covers half of the clause, or half of the mark lies in it."""
    clause = one.clause
    if item.turn != clause.turn:
        return False
    shared = min(clause.end, item.end) - max(clause.start, item.start)
    return shared > 0 and (2 * shared >= item.end - item.start or 2 * shared >= clause.end - clause.start)


def reply_examples(folder: Path = SETS / "replies") -> list[ReplyExample]:
    """Every labelled reply that is not sealed, read in its context."""
    found = [reply_example(reply) for reply in read_replies(folder) if not reply.batch.startswith(SEALED)]
    return [example for example in found if example.clauses]


def reply_example(reply: LabelledReply, *, rough: bool = False) -> ReplyExample:
    """One reply read in its context; a `rough` one only helps to train."""
    roles: dict[str, Role | None] = {"customer": "customer", "rep": "rep"}
    lines = [*reply.context, ("rep", reply.reply)]
    talk = conversation(lines, language=reply.language)
    found = gather(talk.turns, roles, reply.language)
    own = tuple(one for one in found if one.clause.turn == len(lines))
    said = tuple(one for one in found if one.role == "customer" and one.clause.turn == len(lines) - 1)
    return ReplyExample(reply.batch, reply, own, said, rough)


def groups_of(names: Sequence[str]) -> list[str]:
    """Writers in order of first appearance."""
    return list(dict.fromkeys(names))
