"""Files brought in: cases go through the intake, handbooks onto the team's shelf; a file that cannot be used is named.

The command and the page bring files in by this one way, so that both say the same of the same file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coach.errors import BadInput, CoachError
from coach.exchange.handbooks import Placed, place
from coach.exchange.intake import Intake, Outcome, Progress, Told
from coach.exchange.reading import As, HandbookTold, Heard, failed, files_below, told_by
from coach.exchange.rows import RowFault
from coach.store.imported import HandedInAs


@dataclass(frozen=True, slots=True)
class Manner:
    """How files are brought in: columns as they were `said` (head -> field), what documents are, to which state."""

    said: Mapping[str, str] = field(default_factory=dict)
    as_: As | None = None
    state: HandedInAs = "in_review"
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of the cases, with everything that was not taken, and of each handbook."""

    outcome: Outcome
    handbooks: tuple[Placed, ...]


def bring(
    files: Sequence[Path],
    intake: Intake,
    shelf: Path,
    manner: Manner,
    *,
    heard: Heard = lambda _: None,
    progress: Progress = lambda _: None,
) -> Brought:
    """Take in everything that the files tell; `shelf` is the folder of the team's own handbooks."""
    books: list[HandbookTold] = []
    failures: list[Told] = []
    told = _cases(files, manner, books, failures, heard)
    outcome = intake.take(told, dry_run=manner.dry_run, state=manner.state, progress=progress)
    placed = tuple(_placed(books, shelf, failures, dry_run=manner.dry_run))
    outcome.bad += failures
    return Brought(outcome, placed)


def _cases(
    files: Sequence[Path], manner: Manner, books: list[HandbookTold], failures: list[Told], heard: Heard
) -> Iterator[Told]:
    """The cases of all files one after another; handbooks and files that cannot be used are put aside."""
    for path in (file for given in files for file in files_below(given)):
        try:
            for one in told_by(path, said=manner.said, as_=manner.as_, heard=heard):
                if isinstance(one, Told):
                    yield one
                else:
                    books.append(one)
        except CoachError as error:
            failures.append(failed(path, error))


def _placed(
    books: Sequence[HandbookTold], shelf: Path, failures: list[Told], *, dry_run: bool
) -> Iterator[Placed]:
    for book in books:
        try:
            yield place(book.text, shelf, dry_run=dry_run)
        except BadInput as error:
            failures.append(Told(book.place, None, (RowFault("", "", "", error.what, error.next),)))
