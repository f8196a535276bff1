"""What was erased, kept without its words: in the database, and beside the backups, which outlive the database.

A backup from before an erasure still holds what was erased until it expires; whoever restores it has these lists
applied again.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.keeping.blackout import WordMark
from coach.store.disk import writing
from coach.store.tables import Forgotten, new_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LIST: Final = "forgotten.jsonl"
Kind = Literal["customer", "user", "visit", "expired"]


class Erasure(BaseModel):
    """One erasure: the ids of rows, the hashes of recordings, the marks of words; `person` when a user went."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: Kind
    rows: dict[str, list[str]] = {}
    sha256: list[str] = []
    words: list[WordMark] = []
    person: str = ""


def new_erasure(
    kind: Kind,
    rows: dict[str, set[str]],
    sha256: Iterable[str],
    words: list[WordMark],
    person: str = "",
) -> Erasure:
    """An erasure that has just been done."""
    listed = {name: sorted(keys) for name, keys in sorted(rows.items())}
    return Erasure(id=new_id(), kind=kind, rows=listed, sha256=sorted(sha256), words=words, person=person)


def keep_erasure(session: Session, erasure: Erasure) -> None:
    """Write an erasure down as part of the transaction that does it; one that is there already stays."""
    if session.get(Forgotten, erasure.id) is None:
        session.add(Forgotten(id=erasure.id, what=erasure.model_dump(mode="json")))


def erasures_in(session: Session) -> list[Erasure]:
    """Every erasure that the database knows of, oldest first."""
    from sqlalchemy import select

    rows = session.scalars(select(Forgotten).order_by(Forgotten.at, Forgotten.id))
    return [Erasure.model_validate(row.what) for row in rows]


def write_beside(folder: Path, erasures: Iterable[Erasure]) -> None:
    """Add erasures to the list in a folder of backups, each once."""
    known = {one.id for one in read_beside(folder)}
    lines = [one.model_dump_json() + "\n" for one in erasures if one.id not in known]
    if lines:
        with writing():
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / LIST).open("a", encoding="utf-8") as file:
                file.writelines(lines)


def read_beside(folder: Path) -> list[Erasure]:
    """The list in a folder of backups; a line that was cut off is passed over."""
    found = []
    try:
        text = (folder / LIST).read_text("utf-8")
    except OSError:
        return []
    for line in text.splitlines():
        try:
            found.append(Erasure.model_validate_json(line))
        except ValidationError:
            continue
    return found
