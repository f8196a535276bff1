"""Cases from files into the battle bank: looked at first (a dry run keeps nothing), then kept, for review.

A case is known by its id, or by its title when it came without one: the same row twice is the same case, a changed
row is a new wording of it. A row that cannot be used is named with its number and what is wrong, and the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, Literal

from coach.exchange.masked import masked_all
from coach.exchange.rows import RowFault
from coach.privacy.spans import PrivateKind
from coach.store.imported import HandedInAs, ImportedCases, Standing, Wording
from coach.store.tables import Json
from knowledge.schema import Case

CHUNK: Final = 1000
FIRST: Final = 60
"""Rows that are named one by one before they are only counted."""
_NOT_THEIRS: Final = frozenset(("owner", "reviewed_by", "reviewed_on", "status", "sample", "version"))
"""Who wrote and reviewed a case, and whether it is published, no file may say."""
_ADDED: Final = _NOT_THEIRS | {"masked", "contributed_on"}
Fate = Literal["new", "changed", "same"]
Progress = Callable[[int], None]
"""Called with the number of rows done."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stood: file, sheet (may be empty) and row; row 0 is a whole file."""

    file: str
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """One row or file as it was read: a case, or what is wrong with it; `cells` is the row as it stood."""

    place: Place
    case: Case | None
    faults: tuple[RowFault, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fated:
    """What becomes, or became, of one row."""

    place: Place
    title: str
    fate: Fate


@dataclass(slots=True)
class Outcome:
    """What an import came to. `bad` are the rows that were not taken, `private` counts what was masked.

    `first` are the first rows that were taken, each with what becomes of it.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    bad: list[Told] = field(default_factory=list)
    private: dict[str, int] = field(default_factory=dict)
    first: list[Fated] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """How many cases are in the bank because of this import, or were already."""
        return self.new + self.changed + self.same


@dataclass(frozen=True, slots=True)
class _Read:
    told: Told
    case: Case


class Intake:
    """Takes cases in. `shipped` gives a shipped case by its id, whose id nobody else may use.

    `customers` gives names that are masked wherever they stand, as the glossary has them now.
    """

    def __init__(
        self,
        cases: ImportedCases,
        shipped: Callable[[str], Case | None],
        *,
        trains: bool = True,
        customers: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        self._cases = cases
        self._shipped = shipped
        self._trains = trains
        self._customers = customers

    def take(
        self,
        told: Iterable[Told],
        *,
        dry_run: bool = False,
        state: HandedInAs = "in_review",
        progress: Progress = lambda _: None,
    ) -> Outcome:
        """Keep what can be kept, a thousand rows a transaction; with `dry_run` only say what would be kept.

        When something stops it on the way (no disk, a killed process), what was kept stays, and the next run goes on.
        """
        outcome = Outcome()
        seen: dict[str, tuple[Place, int]] = {}
        rows = iter(told)
        done = 0
        while part := list(islice(rows, CHUNK)):
            good = [_Read(one, one.case) for one in part if one.case is not None]
            outcome.bad += [one for one in part if one.case is None]
            self._keep(list(self._once(good, seen, outcome)), outcome, dry_run, state)
            done += len(part)
            progress(done)
        return outcome

    def _once(
        self, read: Iterable[_Read], seen: dict[str, tuple[Place, int]], outcome: Outcome
    ) -> Iterator[_Read]:
        """Those whose id did not occur before; the same again counts as the same, another under its id is a fault."""
        for one in read:
            before = seen.setdefault(one.case.id, (one.told.place, hash(one.case)))
            if before[0] is one.told.place:
                if (fault := self._taken(one.case)) is not None:
                    outcome.bad.append(_with(one.told, fault))
                elif self._shipped(one.case.id) is not None:
                    outcome.same += 1
                else:
                    yield one
            elif before[1] == hash(one.case):
                outcome.same += 1
            else:
                outcome.bad.append(_with(one.told, _twice(one.case, before[0])))

    def _keep(self, read: list[_Read], outcome: Outcome, dry_run: bool, state: HandedInAs) -> None:
        standing = self._cases.standing(one.case.id for one in read)
        wordings: list[Wording] = []
        bodies = masked_all([one.case for one in read], tuple(self._customers()))
        for one, (body, private) in zip(read, bodies, strict=True):
            wording = _wording(one.case, body, private, standing.get(one.case.id))
            fate = _fate(wording)
            if (
                fate == "changed"
                and not self._trains
                and wording.standing
                and wording.standing.author != self._cases.person
            ):
                outcome.bad.append(_with(one.told, _FOREIGN))
                continue
            _count(outcome, fate, private)
            if len(outcome.first) < FIRST:
                outcome.first.append(Fated(one.told.place, one.case.title, fate))
            if fate != "same":
                wordings.append(wording)
        if not dry_run:
            self._cases.keep(wordings, state, "")

    def _taken(self, case: Case) -> RowFault | None:
        """An id of a shipped sample under which the file tells something else."""
        shipped = self._shipped(case.id)
        if shipped is None or shipped == case:
            return None
        return RowFault(
            "id",
            "",
            case.id,
            (
                f"编号 {case.id} 是自带样例的，内容却不一样",
                f"{case.id} is a shipped sample, and this says something else",
            ),
            ("编号改掉或者留空。", "Give it another id, or none."),
        )


def _wording(
    case: Case, body: Json, private: Mapping[PrivateKind, int], standing: Standing | None
) -> Wording:
    """What is to be kept of a case that was masked."""
    counts = {str(kind): many for kind, many in private.items()}
    kept = {key: value for key, value in body.items() if key not in _NOT_THEIRS}
    return Wording(case.id, case.language, kept, counts, standing)


def _fate(wording: Wording) -> Fate:
    if wording.standing is None:
        return "new"
    return "same" if _said(wording.standing.body) == _said(wording.body) else "changed"


def _said(body: Mapping[str, object]) -> dict[str, object]:
    """What a wording says, without what the house adds to it."""
    return {key: value for key, value in body.items() if key not in _ADDED}


def _count(outcome: Outcome, fate: Fate, private: Mapping[PrivateKind, int]) -> None:
    setattr(outcome, fate, getattr(outcome, fate) + 1)
    for kind, many in private.items():
        outcome.private[str(kind)] = outcome.private.get(str(kind), 0) + many


def _with(told: Told, fault: RowFault) -> Told:
    return Told(told.place, None, (fault,), told.cells)


def _twice(case: Case, first: Place) -> RowFault:
    return RowFault(
        "title",
        "",
        case.title,
        (
            f"和第 {first.row} 行是同一个标题（或编号），内容不一样",
            f"the same title (or id) as row {first.row}, but it says something else",
        ),
        ("各给一个编号，或改掉一个标题。", "Give each its own id, or change one title."),
    )


_FOREIGN: Final = RowFault(
    "id",
    "",
    "",
    ("这是别人的战例", "this is somebody else's case"),
    ("请培训师来导，或另给一个编号。", "Ask a trainer to import it, or give it another id."),
)
