"""A real PostgreSQL of one's own for trials and tests: in a temporary folder, on a free port of this machine, gone after.

PostgreSQL refuses to be run by root: then it runs as the user `postgres`, which Debian's package brings along.
Nothing is forced onto the disk there (fsync off): what a trial kills are workers, not the machine.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import Final

_USER: Final = "postgres"
_PATIENCE: Final = 30.0
_SETTINGS: Final = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "shared_buffers": "64MB",
}


def postgres_tool(name: str) -> Path | None:
    """Where a program of PostgreSQL lies (`initdb`, `postgres`, `pg_dump`): the newest; None when there is none."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_version, reverse=True)
    on_path = shutil.which(name)
    return versions[0] if versions else Path(on_path) if on_path else None


@cache
def why_not() -> str:
    """Why no PostgreSQL can be started here; empty when one can."""
    if missing := [name for name in ("initdb", "postgres") if postgres_tool(name) is None]:
        return f"no {' and no '.join(missing)} of PostgreSQL on this machine (Debian: postgresql)"
    if os.geteuid() == 0:
        import pwd

        try:
            pwd.getpwnam(_USER)
        except KeyError:
            return f"PostgreSQL does not run as root, and there is no user {_USER}"
    return ""


class OwnPostgres:
    """A running server; `fresh` makes databases in it."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self._port = port
        self.process = process
        self._numbers = count(1)

    @property
    def host(self) -> str:
        """Where it listens, as address:port."""
        return f"127.0.0.1:{self._port}"

    def url(self, name: str) -> str:
        """The address of one of its databases, as people write it."""
        return f"postgresql://{_USER}@127.0.0.1:{self._port}/{name}"

    def fresh(self, template: str = "template0") -> str:
        """The address of a new database, empty or a copy of another one that nobody has open."""
        name = f"trial_{next(self._numbers)}"
        self._say(f"create database {name} template {template}")
        return self.url(name)

    def empty(self, url: str) -> None:
        """Delete every row of the product in a database, those of the audit log too; the schema stays."""
        import psycopg
        from psycopg import sql

        tables = (
            "select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'"
        )
        with psycopg.connect(url) as connection:
            connection.execute("set session_replication_role = replica")  # no triggers, no order among keys
            for (name,) in connection.execute(tables).fetchall():
                connection.execute(sql.SQL("delete from {}").format(sql.Identifier(name)))

    def cut(self, url: str) -> None:
        """Break every connection to a database, as a server does that is started anew."""
        name = url.rpartition("/")[2]
        self._say(f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'")

    def drop(self, url: str) -> None:
        """Throw a database away, whoever has it open."""
        self._say(f"drop database if exists {url.rpartition('/')[2]} with (force)")

    def _say(self, words: str) -> None:
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(words.encode())


@contextmanager
def own_postgres(settings: Mapping[str, str] | None = None) -> Iterator[OwnPostgres]:
    """A server until the block ends. Raises RuntimeError where `why_not` says why."""
    if reason := why_not():
        raise RuntimeError(reason)
    folder = Path(tempfile.mkdtemp(prefix="peipao-postgres-"))
    runs_as: dict[str, str] = {}
    if os.geteuid() == 0:
        runs_as = {"user": _USER, "group": _USER}
        shutil.chown(folder, _USER, _USER)
    data = folder / "data"
    started: subprocess.Popen[bytes] | None = None
    try:
        made = subprocess.run(
            [
                str(postgres_tool("initdb")),
                "-D",
                data,
                "-U",
                _USER,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-locale",
                "-N",
            ],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            **runs_as,  # type: ignore[call-overload]
        )
        if made.returncode:
            raise RuntimeError(f"initdb: {made.stderr.strip()[-500:]}")
        port = _free_port()
        told = {**_SETTINGS, "port": str(port), "unix_socket_directories": str(folder), **(settings or {})}
        words = [word for name, value in told.items() for word in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            started = subprocess.Popen(
                [str(postgres_tool("postgres")), "-D", str(data), *words],
                cwd=folder,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl+C is for the trial, not for its database
                **runs_as,  # type: ignore[call-overload]
            )
        server = OwnPostgres(port, started)
        _wait_for(server, folder / "log")
        yield server
    finally:
        if started is not None:
            started.send_signal(signal.SIGINT)  # fast: whoever is connected is thrown out
            with suppress(subprocess.TimeoutExpired):
                started.wait(_PATIENCE)
            if started.poll() is None:
                started.kill()
                started.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(server: OwnPostgres, log: Path) -> None:
    import psycopg

    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with psycopg.connect(server.url("postgres")):
                return
        except psycopg.OperationalError as error:
            if server.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL does not come up: {log.read_text('utf-8')[-500:]}") from error
            time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _version(tool: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in tool.parts[-3].split(".") if part.isdecimal())
