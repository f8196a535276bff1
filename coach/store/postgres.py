"""What is different where PostgreSQL keeps the store: how its address is written, and what its refusals mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from coach.errors import BadInput, Busy, CoachError, DiskFull, DiskReadOnly, Unavailable

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

KEYS: Final = 0x70656970
"""First half of all our advisory locks, so that they meet nobody else's in the same database."""
MIGRATING: Final = 1
UPKEEP: Final = 2
"""Second halves; a worker's own is any number above."""

_LIVES: Final = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
"""The server notices within half a minute that a machine is gone, and lets go of what its sessions held."""


def spelled(url: str) -> str:
    """The address as SQLAlchemy wants it; `postgres://` and `postgresql://` are what people write."""
    for written in ("postgres://", "postgresql://"):
        if url.startswith(written):
            return f"postgresql+psycopg://{url.removeprefix(written)}"
    return url


def is_postgres(url: str) -> bool:
    """Whether this address names a PostgreSQL."""
    return spelled(url).startswith("postgresql")


def open_engine(url: str, **more: Any) -> Engine:
    """An engine that notices when the server was started anew, and when this machine is cut off from it."""
    from sqlalchemy import create_engine, make_url

    address = make_url(spelled(url))
    given: dict[str, Any] = {"connect_timeout": 10, "options": _LIVES}
    asked = {name: value for name, value in given.items() if name not in address.query}
    return create_engine(address, pool_pre_ping=True, connect_args=asked, **more)


def one_at_a_time(connection: Connection, what: int) -> None:
    """Wait for the advisory lock with this second half; it is held until the transaction ends."""
    from sqlalchemy import text

    connection.execute(text("select pg_advisory_xact_lock(:keys, :what)"), {"keys": KEYS, "what": what})


def away(error: BaseException) -> bool:
    """Whether it is the database that did not answer: then nothing can be written down there either."""
    from sqlalchemy.exc import DBAPIError

    return isinstance(error, Unavailable) and isinstance(error.__cause__, DBAPIError)


def postgres_error(error: BaseException | None) -> CoachError | None:
    """The words for what PostgreSQL refused; None when it is not the server, or the fault is ours.

    A fault without a code of the server's is a connection that broke or never came about.
    """
    if not type(error).__module__.startswith("psycopg"):  # whoever keeps to SQLite never loads it
        return None
    import psycopg

    if not isinstance(error, psycopg.Error):
        return None
    code = error.sqlstate or ""
    if code == "53100":
        return _disk_full()
    if code == "25006":
        return _read_only()
    if code in ("40P01", "40001", "55P03"):
        return Busy(
            ("有人同时在改同一样东西。", "Somebody else was changing the same thing."),
            ("再试一次。", "Try again."),
        )
    if code in ("22001", "22003") or (isinstance(error, psycopg.DataError) and "NUL" in str(error)):
        return BadInput(
            (
                "有一项太长，或者带有不能存的字符。",
                "Something is too long, or holds characters that cannot be stored.",
            ),
            (
                "写短一点，去掉不可见的字符，再试一次。",
                "Make it shorter, leave out invisible characters, and try again.",
            ),
        )
    if isinstance(error, psycopg.OperationalError) and (not code or code[:2] in ("08", "53", "57")):
        return Unavailable(
            ("连不上 PostgreSQL 数据库。", "The PostgreSQL database cannot be reached."),
            (
                "看看数据库开着没有，COACH_DATABASE_URL 的地址、用户和密码对不对；通了就接着做。",
                "See whether it runs and whether the address, user and password in COACH_DATABASE_URL are right; "
                "work goes on by itself when it answers.",
            ),
        )
    if code.startswith("28") or code == "3D000":
        return Unavailable(
            (
                "PostgreSQL 不让进：用户、密码或库名不对。",
                "PostgreSQL refuses the user, the password or the database's name.",
            ),
            ("改 COACH_DATABASE_URL。", "Change COACH_DATABASE_URL."),
        )
    return None


def _disk_full() -> DiskFull:
    return DiskFull(
        ("数据库那边的磁盘满了，没有存进去。", "The database's disk is full; nothing was stored."),
        ("在数据库的机器上腾出空间再试。", "Free some space on the database's machine and try again."),
    )


def _read_only() -> DiskReadOnly:
    return DiskReadOnly(
        ("数据库只让读，没有存进去。", "The database takes no writing; nothing was stored."),
        (
            "确认 COACH_DATABASE_URL 指的是主库，不是只读副本。",
            "Make sure that COACH_DATABASE_URL names the primary, not a read-only copy.",
        ),
    )
