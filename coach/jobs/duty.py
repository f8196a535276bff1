"""Who is on duty: one worker a home where the store is a file, as many as one likes where it is a PostgreSQL.

Either way a worker that dies is off duty at once, however it dies: the kernel lets go of a lock on a file, and
PostgreSQL of an advisory lock when the connection breaks. Nobody has to be asked for signs of life.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from coach.errors import CoachError, Words
from coach.settings import Settings
from coach.store.database import Database
from coach.store.disk import writing
from coach.store.postgres import KEYS, UPKEEP, open_engine, postgres_error

if TYPE_CHECKING:
    from filelock import BaseFileLock
    from sqlalchemy import Connection, Engine

LOCK_EVERY: Final = 1.0
"""Seconds between two looks of a worker that stands by."""
_FIRST: Final = 1000
_LAST: Final = 0x7FFFFFFF
_PRESENT: Final = (
    "select objid from pg_locks where locktype = 'advisory' and granted and objsubid = 2 and classid = :keys "
    "and database = (select oid from pg_database where datname = current_database())"
)


class Duty(Protocol):
    """A worker's place among the workers of one store; `name` is what its runs in the queue are held under."""

    name: str

    def on(self, end: threading.Event, note: Callable[[Words], None]) -> AbstractContextManager[None]:
        """On duty inside the block, which begins when there is a place, or when `end` is set."""
        ...

    def still(self) -> None:
        """Make sure that the others see us: a database that was started anew has forgotten who was there."""
        ...

    def gone(self, names: Iterable[str]) -> frozenset[str]:
        """Which of these workers are off duty, so that nobody will go on with what they held."""
        ...

    def upkeep(self) -> AbstractContextManager[bool]:
        """Whether what one does for all is ours to do now; nobody else begins it before the block ends."""
        ...


def duty_of(settings: Settings, database: Database) -> Duty:
    """The place of a new worker."""
    return SharedDuty(database.url) if database.shared else HomeDuty(settings.home)


def at_work(settings: Settings) -> bool:
    """Whether some process works on the jobs of this store just now."""
    database = Database(settings.database)
    if database.shared:
        duty = SharedDuty(database.url)
        try:
            return bool(duty.present())
        finally:
            duty.close()
    file = settings.home / "worker.lock"
    if not file.exists():
        return False
    from filelock import FileLock

    lock = FileLock(file)
    if not _taken(lock):
        return True
    lock.release()
    return False


class HomeDuty:
    """The one place of a home: a second worker stands by and takes over, with all that the first one held."""

    name = "worker"

    def __init__(self, home: Path) -> None:
        self._home = home

    @contextmanager
    def on(self, end: threading.Event, note: Callable[[Words], None]) -> Iterator[None]:
        """Raises DiskFull and DiskReadOnly."""
        from filelock import FileLock

        with writing():
            self._home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._home / "worker.lock")
        if not _taken(lock):
            note(("另一个进程在做后台工作，这里候着。", "Another process does the work; standing by."))
            while not end.wait(LOCK_EVERY) and not _taken(lock):
                pass
        try:
            yield
        finally:
            lock.release()

    def still(self) -> None:
        return

    def gone(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset()

    @contextmanager
    def upkeep(self) -> Iterator[bool]:
        yield True


class SharedDuty:
    """A place among many: an advisory lock with a number drawn by lot, held as long as the connection lives."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._number = random.SystemRandom().randrange(_FIRST, _LAST)
        self._engine: Engine | None = None
        self._connection: Connection | None = None
        self.name = _name(self._number)

    @contextmanager
    def on(self, end: threading.Event, note: Callable[[Words], None]) -> Iterator[None]:
        """Raises Unavailable when the database does not answer."""
        self.still()
        try:
            yield
        finally:
            self.close()

    def still(self) -> None:
        from sqlalchemy import text

        ours = {"keys": KEYS, "number": self._number}
        with self._asking() as connection:
            if self._number not in _numbers(connection):
                connection.execute(text("select pg_advisory_lock(:keys, :number)"), ours)

    def gone(self, names: Iterable[str]) -> frozenset[str]:
        """Ask only about runs that were seen before: who comes on duty later is not in the list, and not gone."""
        there = {_name(number) for number in self.present()}
        return frozenset(names) - there

    def present(self) -> frozenset[int]:
        """The numbers of all who are on duty."""
        with self._asking() as connection:
            return frozenset(number for number in _numbers(connection) if number >= _FIRST)

    @contextmanager
    def upkeep(self) -> Iterator[bool]:
        from sqlalchemy import text

        mark = {"keys": KEYS, "upkeep": UPKEEP}
        with self._asking() as connection:
            ours = bool(connection.scalar(text("select pg_try_advisory_lock(:keys, :upkeep)"), mark))
        try:
            yield ours
        finally:
            if ours:
                with suppress(CoachError), self._asking() as connection:
                    connection.execute(text("select pg_advisory_unlock(:keys, :upkeep)"), mark)

    def close(self) -> None:
        """Off duty, at once: the server would let go only when it noticed that we have hung up."""
        from sqlalchemy.exc import SQLAlchemyError

        connection, engine = self._connection, self._engine
        self._connection = self._engine = None
        if connection is not None:
            with suppress(SQLAlchemyError):  # a broken one has let go of everything already
                connection.exec_driver_sql("select pg_advisory_unlock_all()")
            with suppress(SQLAlchemyError):
                connection.close()
        if engine is not None:
            engine.dispose()

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        """The one connection, opened anew when it broke; nothing is ever under way on it between two questions."""
        from sqlalchemy import NullPool
        from sqlalchemy.exc import DBAPIError

        try:
            if self._connection is None or self._connection.closed or self._connection.invalidated:
                self.close()
                self._engine = open_engine(self._url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
                self._connection = self._engine.connect()
            yield self._connection
        except DBAPIError as error:
            self.close()
            if known := postgres_error(error.orig):
                raise known from error
            raise


def _name(number: int) -> str:
    return f"worker-{number}"


def _numbers(connection: Connection) -> frozenset[int]:
    from sqlalchemy import text

    return frozenset(int(number) for number in connection.scalars(text(_PRESENT), {"keys": KEYS}))


def _taken(lock: BaseFileLock) -> bool:
    """Whether the lock is ours now. Raises DiskFull and DiskReadOnly."""
    from filelock import Timeout

    with writing():
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
    return True
