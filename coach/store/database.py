"""Opening the database: SQLite by default, PostgreSQL by URL, always migrated to the newest schema first."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.errors import Broken, CoachError
from coach.store.disk import disk_error, writing
from coach.store.postgres import MIGRATING, is_postgres, one_at_a_time, open_engine, postgres_error, spelled
from coach.store.snapshot import snapshot, stamp

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.orm import Session

NEWEST: Final = "0007"
"""The schema revision that this code works with: the last of the migrations."""


class Database:
    """One database, opened on first use. Every unit of work is one `session()`, all or nothing."""

    def __init__(self, url: str) -> None:
        self.url = spelled(url)
        self._engine: Engine | None = None

    @property
    def shared(self) -> bool:
        """Whether it is a PostgreSQL, which several processes and machines work with; else it is a file here."""
        return is_postgres(self.url)

    @property
    def engine(self) -> Engine:
        """The SQLAlchemy engine; the first use creates the file's folder and migrates the schema."""
        if self._engine is None:
            self._engine = self._open()
        return self._engine

    @property
    def is_there(self) -> bool:
        """Whether anything was ever kept: False only for an SQLite file that has not been made yet."""
        from sqlalchemy import make_url

        url = make_url(self.url)
        return url.get_backend_name() != "sqlite" or bool(url.database and Path(url.database).exists())

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction: committed when the block ends, rolled back when it raises.

        Raises DiskFull or DiskReadOnly when the disk is why it cannot be committed; of PostgreSQL also Unavailable
        when it does not answer, Busy when two transactions waited for each other, BadInput for what fits no column.
        """
        from sqlalchemy.exc import DBAPIError
        from sqlalchemy.orm import Session

        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
        except DBAPIError as error:
            if known := _known(error.orig):
                raise known from error
            raise

    def revision(self) -> str | None:
        """The schema revision in the database as it is now, None before the first migration; changes nothing."""
        from alembic.runtime.migration import MigrationContext
        from sqlalchemy import create_engine
        from sqlalchemy.exc import DBAPIError

        engine = open_engine(self.url) if self.shared else create_engine(self.url)
        try:
            with engine.connect() as connection:
                return MigrationContext.configure(connection).get_current_revision()
        except DBAPIError as error:
            if known := postgres_error(error.orig):
                raise known from error
            raise
        finally:
            engine.dispose()

    def close(self) -> None:
        """Give all connections back."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def _open(self) -> Engine:
        from sqlalchemy import create_engine, event, make_url
        from sqlalchemy.exc import DatabaseError

        url = make_url(self.url)
        if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
            with writing():
                Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = open_engine(self.url) if self.shared else create_engine(url)
        if url.get_backend_name() == "sqlite":
            event.listen(engine, "connect", _set_up_sqlite)
        try:
            migrate(engine)
        except CoachError:
            engine.dispose()
            raise
        except DatabaseError as error:
            engine.dispose()
            if known := _known(error.orig):
                raise known from error
            raise Broken(
                (f"数据库打不开：{error.orig}", f"The database cannot be opened: {error.orig}"),
                (
                    "用备份恢复，或把文件挪开后重来。",
                    "Restore a backup, or move the file away and start again.",
                ),
            ) from error
        weakref.finalize(self, engine.dispose)  # whoever forgets to close it leaves no open connections
        return engine


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest revision; safe when several processes start at once.

    A SQLite file of an earlier schema is copied into the folder `backups` beside it first. Raises Broken for a schema
    that is newer than this code.
    """
    if _stands_at(engine) == NEWEST:
        return  # as nearly always: neither Alembic's quarter of a second nor a lock
    from alembic import command
    from alembic.runtime.migration import MigrationContext
    from sqlalchemy import text

    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(
                text("BEGIN IMMEDIATE")
            )  # two first starts: the second waits and finds it done
        else:
            one_at_a_time(connection, MIGRATING)
        before = MigrationContext.configure(connection).get_current_revision()
        if before is not None and before != NEWEST:
            if before not in revisions():
                raise _too_new(before)
            if engine.url.get_backend_name() == "sqlite" and engine.url.database:
                file = Path(engine.url.database)
                snapshot(file, file.parent / "backups" / f"before-{NEWEST}-{stamp()}.db")
        command.upgrade(_alembic(connection), "head")
        connection.commit()


def _stands_at(engine: Engine) -> str | None:
    """The revision that the database says it has; None where it says nothing, for whatever reason."""
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    try:
        with engine.connect() as connection:
            found: str | None = connection.execute(text("select version_num from alembic_version")).scalar()
            return found
    except DBAPIError:
        return None


def revisions() -> frozenset[str]:
    """Every schema revision that this code can bring to the newest."""
    from alembic.script import ScriptDirectory

    return frozenset(one.revision for one in ScriptDirectory.from_config(_alembic(None)).walk_revisions())


def _known(error: BaseException | None) -> CoachError | None:
    """The words for what the disk or PostgreSQL refused."""
    return disk_error(error) or postgres_error(error)


def _too_new(revision: str) -> Broken:
    return Broken(
        (
            f"数据库的结构是 {revision}，比这个版本的陪跑新。",
            f"The database has schema {revision}, newer than this version of Peipao.",
        ),
        (
            "升级陪跑，或用升级前的备份：coach restore。",
            "Upgrade Peipao, or go back to a backup from before: coach restore.",
        ),
    )


def _alembic(connection: object) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    return config


def _set_up_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """Readers do not wait for the writer, foreign keys hold, a busy file is waited for, what is deleted is zeroed."""
    cursor = connection.cursor()
    for pragma in (
        *("busy_timeout=10000", "journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"),
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
