"""The trainer's desk: cases are handed in, looked through, put on the shelf and taken off it.

SQL holds the truth; the index follows it. Publishing is done when the database says so: should the index fail to
follow at once (another process builds, the disk is full), the next search renews it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from coach.curation import steps
from coach.curation.contributions import Contribution, contributions, reminder
from coach.curation.drafts import Draft
from coach.curation.likeness import Twin, twins
from coach.errors import CoachError, Refused, Words
from coach.library.library import Library
from coach.privacy.spans import PrivateKind
from coach.store import consents
from coach.store.case_use import case_use
from coach.store.cases import Cases, KeptCase, KeptStep, KeptVersion
from coach.store.database import Database
from coach.store.disk import writing
from coach.store.people import everybody, roles_of
from knowledge.check import Shelf
from knowledge.schema import Case

Note = Callable[[Words], None]
_WAITING: Final = ("in_review", "sent_back", "draft")


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What came of handing a case in: its id and state, what was masked, what looks like it, and what is still due."""

    kept: KeptCase
    masked: Mapping[PrivateKind, int]
    twins: tuple[Twin, ...]
    reminder: Words | None


class Curation:
    """Everything that one person may do with the cases of the house."""

    def __init__(
        self, database: Database, person: str, library: Library, note: Note = lambda _: None
    ) -> None:
        self._database = database
        self._person = person
        self._library = library
        self._note = note
        self._cases = Cases(database, person)

    @property
    def trains(self) -> bool:
        """Whether this person may review, publish and retire."""
        return "trainer" in roles_of(self._database, self._person)

    def may_tell(self, visit_id: str) -> None:
        """Raises Refused when nobody agreed to this visit being made into a case."""
        consents.demand(self._database, visit_id, "coaching")

    def submit(self, draft: Draft, *, visit_id: str | None = None, keep: bool = False) -> HandedIn:
        """Hand a new case in for review; with `keep` it stays a draft.

        Raises Refused when its id is taken, or the visit it comes from may not be made into a case.
        """
        case = draft.case
        if visit_id is not None:
            self.may_tell(visit_id)
        if case.id in self._shipped():
            raise Refused(
                (f"编号 {case.id} 是自带样例的，换一个。", f"The id {case.id} belongs to a shipped sample."),
                ("删掉 id 这一行，会自动给一个。", "Leave the id out and it gets one of its own."),
            )
        masked = {str(kind): many for kind, many in draft.masked.items()}
        self._cases.add(
            case.id,
            case.language,
            draft.as_json(),
            masked,
            "draft" if keep else "in_review",
            visit_id=visit_id,
        )
        return self._handed_in(self._cases.load(case.id), draft)

    def submit_draft(self, case_id: str) -> KeptCase:
        """Hand a kept draft in."""
        if (visit := self._own(case_id).visit_id) is not None:
            self.may_tell(visit)
        return self._cases.change(case_id, steps.submit)

    def revise(self, case_id: str, draft: Draft, comment: str = "", *, keep: bool = False) -> HandedIn:
        """A new wording of a case, for review; the published one stays on the shelf until this one is published."""
        self._own(case_id)
        body = {**draft.as_json(), "id": case_id}
        masked = {str(kind): many for kind, many in draft.masked.items()}
        kept = self._cases.change(case_id, steps.revise(body, masked, comment, draft=keep))
        return self._handed_in(kept, draft)

    def comment(self, case_id: str, words: str) -> KeptCase:
        """A remark, for author and trainers."""
        self._own(case_id)
        return self._cases.change(case_id, steps.comment(words))

    def approve(self, case_id: str, words: str = "") -> KeptCase:
        """This wording is fit to be published."""
        self._trainers_only()
        return self._cases.change(case_id, steps.approve(words))

    def send_back(self, case_id: str, words: str) -> KeptCase:
        """Back to the author, saying why."""
        self._trainers_only()
        return self._cases.change(case_id, steps.send_back(words))

    def publish(self, case_id: str) -> KeptCase:
        """Onto the shelf; when this returns, a search finds it."""
        self._trainers_only()
        if (visit := self._own(case_id).visit_id) is not None:
            self.may_tell(visit)  # what was agreed to may have been narrowed since it was handed in
        kept = self._cases.change(case_id, steps.publish)
        self._index()
        return kept

    def retire(self, case_id: str, words: str = "") -> KeptCase:
        """Off the shelf; when this returns, no search finds it."""
        self._trainers_only()
        kept = self._cases.change(case_id, steps.retire(words))
        self._index()
        return kept

    def pending(self) -> list[KeptCase]:
        """What waits: for the trainer first, then what was sent back and drafts. Reps see their own."""
        rows = self._cases.listed(_WAITING, author=None if self.trains else self._person)
        return sorted(rows, key=lambda row: _WAITING.index(row.state))

    def all(self) -> list[KeptCase]:
        """Every case that was written here; reps see their own."""
        return self._cases.listed(author=None if self.trains else self._person)

    def published(self) -> list[KeptCase]:
        """The own cases on the shelf, latest change first."""
        return self._cases.listed(live=True)

    def load(self, case_id: str) -> KeptCase:
        """One case (NotFound, also for somebody else's when this person trains nobody)."""
        return self._own(case_id)

    def history(self, case_id: str) -> list[KeptStep]:
        """Every step with who and when."""
        self._own(case_id)
        return self._cases.history(case_id)

    def versions(self, case_id: str) -> list[KeptVersion]:
        """Every wording."""
        self._own(case_id)
        return self._cases.versions(case_id)

    def linkable(self) -> Shelf:
        """What a case may link to: every case, shipped or written here, and every section of the handbooks."""
        cases = self._cases.ids() | self._library.case_ids()
        sections = (*self._library.section_ids("zh"), *self._library.section_ids("en"))
        anchors = frozenset(section.partition("/")[0] for section in sections)
        return Shelf(cases, anchors, None, None)

    def twins(self, case: Case) -> list[Twin]:
        """Cases nearly the same, on the shelf or waiting."""
        waiting = [case_of(one) for one in self._cases.listed(_WAITING) if one.case_id != case.id]
        return twins(case, self._library, waiting)

    def contributions(self, today: dt.date | None = None) -> list[Contribution]:
        """Everybody's cases and how they were used; reps see themselves."""
        people = everybody(self._database)
        if not self.trains:
            people = {self._person: people.get(self._person, "")}
        written = self._cases.listed()
        use = case_use(self._database, {one.case_id: one.author for one in written})
        shipped = self._shipped()
        return contributions(people, written, use, shipped, today or dt.date.today())

    def still_due(self, today: dt.date | None = None) -> Words | None:
        """What this person still owes this month, in a sentence; None when nothing."""
        day = today or dt.date.today()
        began = dt.datetime(day.year, day.month, 1).astimezone(dt.UTC).replace(tzinfo=None)
        return reminder(self._cases.count(self._person, began), day)

    def _handed_in(self, kept: KeptCase, draft: Draft) -> HandedIn:
        return HandedIn(kept, dict(draft.masked), tuple(self.twins(case_of(kept))), self.still_due())

    def _shipped(self) -> frozenset[str]:
        return self._library.case_ids() - self._cases.ids()

    def _own(self, case_id: str) -> KeptCase:
        kept = self._cases.load(case_id)
        if kept.author != self._person and not self.trains:
            raise Refused(
                ("别人的战例只有培训师能动。", "Only a trainer may touch somebody else's case."),
                ("找培训师。", "Ask a trainer."),
            )
        return kept

    def _trainers_only(self) -> None:
        if not self.trains:
            raise Refused(
                ("审核、发布和下架要培训师来做。", "Reviewing, publishing and retiring are for trainers."),
                ("找培训师，或请管理员给你这个角色。", "Ask a trainer, or an administrator for the role."),
            )

    def _index(self) -> None:
        """Let the index follow; what keeps it from following does not undo what the database holds."""
        try:
            with writing():
                self._library.renew()
        except CoachError as error:
            self._note(
                (
                    f"已经存好，索引下次查的时候再跟上：{error.what[0]}",
                    f"It is kept; the index will follow at the next search: {error.what[1]}",
                )
            )


def case_of(kept: KeptCase) -> Case:
    """The newest wording as a case."""
    return Case.model_validate({**kept.body, "id": kept.case_id, "language": kept.language})
