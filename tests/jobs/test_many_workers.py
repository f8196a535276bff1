"""Two workers on one PostgreSQL: order, cancel, retry, kill -9; `make soak` does the killing two hundred times."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from coach.jobs.duty import SharedDuty, at_work
from coach.settings import Settings
from coach.store.postgres import spelled
from tests.databases import ON_POSTGRES

ROOT = Path(__file__).parents[2]
COACH = [sys.executable, "-c", "from coach.cli import main; main()"]


@pytest.mark.postgres
def test_what_a_killed_worker_held_another_finishes_once(command_environment: dict[str, str]) -> None:
    # A process of its own: it forks, and this one may have started threads that a fork would not survive.
    done = subprocess.run(
        [*COACH, "eval", "soak", "workers", "--rounds", "0", "--seed", "7"],
        cwd=ROOT,
        env=command_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "## passed" in done.stdout
    assert "| finished by another after a death at a step | 1 |" in done.stdout


@pytest.mark.parametrize("settings", [ON_POSTGRES], indirect=True)
def test_who_is_on_duty_is_seen_by_all_and_by_nobody_after_it_is_gone(settings: Settings) -> None:
    import threading

    url = spelled(settings.database_url)
    here, there = SharedDuty(url), SharedDuty(url)
    assert not at_work(settings)
    with here.on(threading.Event(), print):
        assert at_work(settings)
        assert there.gone([here.name, "worker-1"]) == {"worker-1"}
        with here.upkeep() as ours, there.upkeep() as theirs:
            assert (ours, theirs) == (True, False)
        with there.upkeep() as theirs:
            assert theirs
        _break(here)
        assert there.gone([here.name]) == {here.name}
        with pytest.raises(Exception, match="cannot be reached"):
            here.still()
        here.still()
        assert there.gone([here.name]) == set()
    assert there.gone([here.name]) == {here.name}
    there.close()
    assert not at_work(settings)


def _break(duty: SharedDuty) -> None:
    """Its connection breaks, as when its machine is cut off."""
    import psycopg

    with duty._asking() as connection, psycopg.connect(duty._url.replace("+psycopg", "")) as other:
        number = connection.exec_driver_sql("select pg_backend_pid()").scalar()
        other.execute("select pg_terminate_backend(%s, 5000)", (number,))
