"""Erasing a customer, a user or a visit from everything that is kept here.

Rows go in one transaction with the note of what went; then recordings, exports, index builds and free pages follow.
Whoever is killed in between leaves a mark, and `finish` does the rest later. Backups keep what they hold until they
expire, and forget it again when they are restored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import BadInput, NotFound, Refused
from coach.exchange.tray import throw_all_away
from coach.keeping.archive import backups_folder
from coach.keeping.blackout import Spans, black_out, mark_of, spans_of, spans_of_marks
from coach.keeping.doomed import Rows, closure, delete
from coach.keeping.erasures import Erasure, Kind, erasures_in, keep_erasure, new_erasure, write_beside
from coach.keeping.loose_files import erase_exports, erase_recordings, in_handbooks, left_by_jobs
from coach.keeping.scrub import PENDING, mark_pending, rebuild_index, scrub_database, scrub_queue
from coach.keeping.seeds import hashes_that_go, more_of, of_customer, of_user, of_visit
from coach.settings import Settings
from coach.store.accounts import keep_an_administrator
from coach.store.audit import alone, audit
from coach.store.database import Database
from coach.store.people import roles_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from coach.library.library import Library


@dataclass(slots=True)
class Erased:
    """What went: rows and black-outs by table, files, and what nobody could erase from here."""

    rows: dict[str, int] = field(default_factory=dict)
    blacked: dict[str, int] = field(default_factory=dict)
    mentioned_in: list[str] = field(default_factory=list)
    recordings: int = 0
    exports: list[Path] = field(default_factory=list)
    exports_changed_since: list[Path] = field(default_factory=list)
    handbooks: list[str] = field(default_factory=list)
    reader: bool = False
    backups: list[str] = field(default_factory=list)
    pages_pending: bool = False

    @property
    def nothing(self) -> bool:
        """Whether nothing was found at all."""
        return not (self.rows or self.blacked or self.handbooks)


class _OnlyLooking(Exception):
    """Rolls a transaction back."""


class Forgetting:
    """Erases, under the name of one person, who must be allowed to."""

    def __init__(self, settings: Settings, database: Database, library: Library, person: str) -> None:
        self._settings = settings
        self._database = database
        self._library = library
        self._person = person

    def customer(self, names: Sequence[str], *, with_mentions: bool = False, dry_run: bool = False) -> Erased:
        """Erase a customer: its row, its deals and all that came of them; elsewhere its names are blacked out.

        With `with_mentions` visits go whole in which a name is said, with their sound. Raises Refused, NotFound,
        BadInput for a name so short that it would hit other words.
        """
        self._may("admin", "manager")
        words = [_long_enough(name) for name in names]
        spans = spans_of(words)
        done = Erased()
        try:
            with self._database.session() as session:
                alone(session)
                seeds, done.mentioned_in = of_customer(session, words, spans, whole=with_mentions)
                erasure = self._rows(session, "customer", seeds, words, done, dry_run=dry_run)
        except _OnlyLooking:
            return done
        if done.nothing:
            raise NotFound(
                (f"没有找到“{words[0]}”。", f"“{words[0]}” was not found."),
                ("换个写法，或用 --also 加上简称。", "Try another spelling, or add short names with --also."),
            )
        return self._after(erasure, spans, done)

    def visit(self, visit_id: str, *, dry_run: bool = False) -> Erased:
        """Erase one visit with its recording and everything made from it. Raises NotFound."""
        done = Erased()
        anybody = bool(self._roles() & {"admin", "manager"})
        try:
            with self._database.session() as session:
                alone(session)
                seeds = of_visit(session, visit_id, None if anybody else self._person)
                erasure = self._rows(session, "visit", seeds, [], done, dry_run=dry_run)
        except _OnlyLooking:
            return done
        return self._after(erasure, spans_of([]), done)

    def user(self, person: str, *, dry_run: bool = False) -> Erased:
        """Erase a person and all that is theirs; cases and scenarios that were published stay, without a name.

        Everybody may erase themselves, an admin anybody. Raises Refused, also for the last administrator, NotFound.
        """
        if person != self._person:
            self._may("admin")
        done = Erased()
        try:
            with self._database.session() as session:
                alone(session)
                seeds, words = of_user(session, person)
                keep_an_administrator(session, person)
                spans = spans_of(words)
                erasure = self._rows(session, "user", seeds, words, done, person, dry_run=dry_run)
        except _OnlyLooking:
            return done
        return self._after(erasure, spans, done)

    def _rows(
        self,
        session: Session,
        kind: Kind,
        seeds: Rows,
        words: Sequence[str],
        done: Erased,
        person: str = "",
        *,
        dry_run: bool,
    ) -> Erasure:
        doomed, hashes, blacked = erase_rows(session, seeds, spans_of(words))
        done.rows = {name: len(keys) for name, keys in sorted(doomed.items())}
        done.blacked = {name: len(keys) for name, keys in sorted(blacked.items())}
        if dry_run:
            raise _OnlyLooking
        erasure = new_erasure(kind, doomed, hashes, [mark_of(word) for word in words], person)
        if not done.nothing:
            mark_pending(self._settings.home)
            keep_erasure(session, erasure)
            counts = {**done.rows, **{f"{name} blacked": many for name, many in done.blacked.items()}}
            audit(session, self._person, "erased", person or erasure.id, {"kind": kind, **counts})
        return erasure

    def _after(self, erasure: Erasure, spans: Spans, done: Erased) -> Erased:
        """Everything outside the rows, as `finish` would do it."""
        follow(self._settings, self._database, self._library, [erasure], spans, done)
        return done

    def _roles(self) -> frozenset[str]:
        return roles_of(self._database, self._person)

    def _may(self, *roles: str) -> None:
        if not self._roles() & set(roles):
            raise Refused(
                ("只有管理员能删别人的东西。", "Only an administrator erases what is somebody else's."),
                (
                    "请管理员来做；自己的账号和拜访自己能删。",
                    "Ask one; your own account and visits you may erase.",
                ),
            )


def follow(
    settings: Settings,
    database: Database,
    library: Library,
    erasures: Sequence[Erasure],
    spans: Spans,
    done: Erased,
) -> None:
    """What must go after the rows went: files, exports, builds, free pages. May be done again at any time."""
    home = settings.home
    write_beside(backups_folder(settings), erasures)
    done.recordings = erase_recordings(settings, database, [one for e in erasures for one in e.sha256])
    left_by_jobs(settings, [one for e in erasures for one in e.rows.get("job", ())])
    throw_all_away(home)
    done.handbooks = in_handbooks(home / "library", spans)
    ids = [one for e in erasures for table in ("case", "visit", "deal") for one in e.rows.get(table, ())]
    erase_exports(database, spans, spans_of(ids), done.exports, done.exports_changed_since)
    if any("visit" in e.rows for e in erasures) and (home / "reading").exists():
        for file in (home / "reading").iterdir():
            file.unlink()
        done.reader = True
    if done.handbooks or {"case", "case_version"} & ({*done.rows} | {*done.blacked}):
        rebuild_index(settings, library)
    scrub_queue(home)
    done.pages_pending = not scrub_database(database, home)
    done.backups = sorted(
        file.name for file in backups_folder(settings).glob("*") if file.suffix in (".tar", ".db")
    )


def finish(settings: Settings, database: Database, library: Library) -> bool:
    """Do what an erasure that was cut off left undone; whether there was anything and it is done now."""
    if not (settings.home / PENDING).exists():
        return False
    with database.session() as session:
        known = erasures_in(session)
    marks = [mark for one in known for mark in one.words]
    done = Erased(rows={"case": 1})  # whether a case went is not known any more: the index is made anew
    follow(settings, database, library, known, spans_of_marks(marks), done)
    return not done.pages_pending


def forget_again(settings: Settings, database: Database, library: Library, known: Sequence[Erasure]) -> None:
    """Make a restored database forget what had been erased after its backup was taken."""
    if not known:
        return
    spans = spans_of_marks([mark for one in known for mark in one.words])
    mark_pending(settings.home)
    with database.session() as session:
        alone(session)
        for erasure in known:
            seeds: Rows = {name: set(keys) for name, keys in erasure.rows.items()}
            if erasure.person:
                seeds |= of_user(session, erasure.person, may_miss=True)[0]
            erase_rows(session, seeds, spans_of([]))
            keep_erasure(session, erasure)
        black_out(session, spans)
    finish(settings, database, library)


def erase_rows(session: Session, seeds: Rows, spans: Spans) -> tuple[Rows, set[str], Rows]:
    """Delete and black out; the rows that went, the recordings that go with them, the rows that were blacked."""
    doomed = closure(session, seeds)
    doomed = closure(session, more_of(session, doomed))
    hashes = hashes_that_go(session, doomed)
    delete(session, doomed)
    return doomed, hashes, black_out(session, spans)


def _long_enough(name: str) -> str:
    word = " ".join(name.split())
    if len(word) < (3 if word.isascii() else 2):
        raise BadInput(
            (f"“{word}”太短，会误伤别的字。", f"“{word}” is so short that it would hit other words."),
            ("写全称。", "Give the full name."),
        )
    return word
