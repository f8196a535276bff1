"""What every test shares: a quiet environment, an own home, no way off this machine, and honesty about what did not run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.quiet import keep_quiet
from coach.settings import Settings
from evals.postgres import OwnPostgres, own_postgres, postgres_tool, why_not
from tests.network import LoopbackOnly

keep_quiet()
_TOOLS = {"audio": ("espeak-ng", "sox"), "browser": ("chromium",), "postgres": ("initdb", "postgres")}
_guard = LoopbackOnly()


def pytest_configure() -> None:
    """Cut the network before anything is imported that could use it; child processes inherit the cut."""
    for variable in [
        name for name in os.environ if name.startswith("COACH_") and name != "COACH_SCREENSHOTS"
    ]:
        del os.environ[variable]
    _guard.install()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Groups whose tools are missing are skipped by name, so that the summary can say so."""
    missing = {group: [tool for tool in tools if not _there(tool)] for group, tools in _TOOLS.items()}
    for item in items:
        for group, tools in missing.items():
            if tools and item.get_closest_marker(group):
                item.add_marker(
                    pytest.mark.skip(reason=f"the group `{group}` did not run: no {', '.join(tools)}")
                )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the groups that did not run."""
    for group in _not_run():
        terminalreporter.write_line(
            f"NOT RUN: the group `{group}` ({', '.join(_TOOLS[group])} missing)", red=True
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a group that did not run is a failure."""
    if os.environ.get("CI") == "true" and _not_run() and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _not_run() -> list[str]:
    return [group for group, tools in _TOOLS.items() if any(not _there(tool) for tool in tools)]


def _there(tool: str) -> bool:
    """Debian keeps PostgreSQL's programs off the path."""
    return bool(shutil.which(tool) or (tool in _TOOLS["postgres"] and postgres_tool(tool)))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A fresh COACH_HOME."""
    return tmp_path / "home"


@pytest.fixture
def settings(home: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """Default settings with a fresh home; a test marked with `ON_BOTH_DATABASES` gets them once for each database."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield Settings(home=home)
        return
    url: str = request.getfixturevalue("migrated")
    server: OwnPostgres = request.getfixturevalue("postgres")
    server.empty(url)
    yield Settings(home=home, database_url=url)


@pytest.fixture(scope="session")
def postgres() -> Iterator[OwnPostgres]:
    """A real PostgreSQL on a free port of this machine."""
    if reason := why_not():
        pytest.skip(reason)
    with own_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated(postgres: OwnPostgres) -> str:
    """A database there that has the newest schema; who takes it empties it first."""
    from coach.store.database import Database

    url = postgres.fresh()
    database = Database(url)
    _ = database.engine
    database.close()
    return url


@pytest.fixture
def command_environment(home: Path) -> dict[str, str]:
    """The environment for a `coach` process of its own, cut off from the network."""
    return {**os.environ, "COACH_HOME": str(home), "NO_COLOR": "1", "COLUMNS": "100"}
