"""Erasing, expiring and the audit log where the store is a PostgreSQL; its backups are not ours, and that is said."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import text

from coach.app import open_coach
from coach.errors import Unavailable
from coach.health import _backups, _database, _jobs, _privacy
from coach.jobs.intake import take_in
from coach.keeping.archive import make_backup
from coach.keeping.retention import expire
from coach.keeping.upkeep import mend
from coach.settings import Settings
from coach.store.audit import audit_lines, verify_audit
from coach.store.tables import Table, now
from coach.store.visits import NewVisit
from evals.postgres import OwnPostgres
from tests.databases import ON_POSTGRES
from tests.keeping.stores import CUSTOMER

pytestmark = pytest.mark.parametrize("settings", [ON_POSTGRES], indirect=True)
TALK = "客户: {}嫌贵。\n销售: 贵在哪？\n"


@pytest.fixture
def settings(request: pytest.FixtureRequest, home: Path) -> Settings:
    """The store of the whole run, emptied, with a home that nobody has made yet."""
    server, url = request.getfixturevalue("postgres"), request.getfixturevalue("migrated")
    server.empty(url)
    return Settings(home=home, database_url=url, engine="offline")


def test_a_customer_is_in_no_row_any_more(settings: Settings, tmp_path: Path) -> None:
    coach = open_coach(settings)
    deal = coach.deals.save(CUSTOMER, f"{CUSTOMER}要换供应商")
    other = coach.deals.save("另一家", "没事")
    file = tmp_path / "talk.txt"
    file.write_text(TALK.format(CUSTOMER), "utf-8")
    job, _ = take_in(coach.jobs, settings, file, consent=f"{CUSTOMER}的王敏口头同意", deal_id=deal)
    visit = NewVisit("a.txt", "cd" * 32, "zh", TALK.format(CUSTOMER), deal_id=deal)
    coach.visits.save(visit, engine="offline", machine={"core_needs": [{"quote": f"{CUSTOMER}嫌贵"}]})
    assert len(_held(coach.database.url)) >= 5

    done = coach.forgetting.customer([CUSTOMER])
    assert (done.rows["visit"], done.rows["job"], done.rows["deal"]) == (1, 1, 1)
    assert not done.pages_pending
    assert _held(coach.database.url) == []
    assert [one.id for one in coach.deals.newest()] == [other]
    assert not list(settings.recordings.glob(f"{job.asked.sha256}*"))
    assert "erased" in {line.act for line in audit_lines(coach.database)}
    assert verify_audit(coach.database) >= 2
    coach.database.close()


def test_what_is_over_its_time_goes(settings: Settings) -> None:
    coach = open_coach(settings.model_copy(update={"keep_visits_days": 10}))
    coach.visits.save(NewVisit("a.txt", "cd" * 32, "zh", TALK.format("某家")), engine="e", machine={})
    assert expire(coach.settings, coach.database, coach.library).nothing
    later = now() + dt.timedelta(days=11)
    assert expire(coach.settings, coach.database, coach.library, at=later).visits == 1
    assert coach.visits.newest() == []
    coach.database.close()


def test_the_guides_own_lines_make_a_dump_and_bring_it_back(
    settings: Settings, postgres: OwnPostgres, tmp_path: Path
) -> None:
    """Every line of docs/scaling.md on a database of a user who is no superuser; what was erased since stays erased."""
    made, dumped, restored = (_lines(one, postgres) for one in _blocks("createdb", "pg_dump", "pg_restore"))
    address = _sh(f"{made}\necho $COACH_DATABASE_URL", settings.home, tmp_path, postgres).split()[-1]
    coach = open_coach(settings.model_copy(update={"database_url": address}))
    sound = tmp_path / "a.wav"
    sound.write_bytes(b"RIFF\xff\xff\xff\x00WAVE" + b"sound" * 500)
    job, _ = take_in(coach.jobs, coach.settings, sound, consent="双方")
    for name, who in (("a.txt", "某家"), ("b.txt", CUSTOMER)):
        coach.visits.save(NewVisit(name, name * 8, "zh", TALK.format(who)), engine="e", machine={})
    lines = verify_audit(coach.database)
    _sh(dumped, settings.home, tmp_path, postgres, address)
    coach.forgetting.customer([CUSTOMER], with_mentions=True)
    shutil.rmtree(settings.home / "recordings")
    coach.database.close()

    back = f"{restored}\necho $COACH_DATABASE_URL"
    coach = open_coach(
        settings.model_copy(
            update={"database_url": _sh(back, settings.home, tmp_path, postgres, address).split()[-1]}
        )
    )
    assert coach.database.url != address
    assert verify_audit(coach.database) == lines
    assert len(coach.visits.newest()) == 2
    assert [row.state for row in coach.jobs.newest()] == ["queued"]
    assert (settings.home / "recordings" / f"{job.asked.sha256}.wav").read_bytes() == sound.read_bytes()
    assert any("done again" in said[1] for said in mend(coach.settings, coach.database, coach.library))
    assert [one.visit.source_name for one in coach.visits.newest()] == ["a.txt"]
    assert _held(coach.database.url) == []
    with pytest.raises(Exception, match="only grows"), coach.database.session() as session:
        session.execute(text("delete from audit"))
    coach.database.close()


def _blocks(*having: str) -> list[str]:
    """The blocks of commands in the guide that have these words, in this order."""
    guide = (Path(__file__).parents[2] / "docs" / "scaling.md").read_text("utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", guide, re.DOTALL)
    return [next(one for one in blocks if words in one) for words in having]


def _lines(block: str, postgres: OwnPostgres) -> str:
    """A block as it is, on the server of the tests and without its calls of `coach`, which the test makes itself."""
    ours = block.replace("--pwprompt", "").replace(
        "peipao:PASSWORD@db.example.com", f"peipao@{postgres.host}"
    )
    return "\n".join(line for line in ours.splitlines() if not line.startswith("coach "))


def _sh(lines: str, home: Path, folder: Path, postgres: OwnPostgres, address: str = "") -> str:
    host, port = postgres.host.split(":")
    here = {
        "PGHOST": host,
        "PGPORT": port,
        "PGUSER": "postgres",
        "COACH_HOME": str(home),
        "COACH_DATABASE_URL": address,
    }
    done = subprocess.run(
        ["bash", "-euc", lines],
        cwd=folder,
        env={**os.environ, **here},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_backups_are_the_databases_own_and_the_doctor_says_so(settings: Settings) -> None:
    coach = open_coach(settings)
    with pytest.raises(Unavailable) as caught:
        make_backup(settings, coach.database)
    assert all("pg_dump" in words and "docs/scaling" in words for words in caught.value.next)
    looked = {check.name: check for check in (look(coach) for look in (_backups, _database, _jobs, _privacy))}
    assert {name: one.status for name, one in looked.items() if one.status != "ok"} == {"backups": "note"}
    assert "pg_dump" in looked["backups"].fix[1]
    assert "no worker runs" in looked["jobs"].message[1]
    coach.database.close()


def _held(url: str) -> list[str]:
    """The tables in which the customer still stands, whatever the column."""
    from coach.store.postgres import open_engine

    engine = open_engine(url)
    held = "select count(*) from {} as t where strpos(cast(to_jsonb(t) as text), :name) > 0"
    with engine.connect() as connection:
        found = [
            name
            for name in (*Table.metadata.tables, "dbos.workflow_status")
            if _is_there(connection, name)
            and connection.scalar(text(held.format(_quoted(name))), {"name": CUSTOMER})
        ]
    engine.dispose()
    return found


def _is_there(connection: object, name: str) -> bool:
    return "." not in name or bool(
        connection.scalar(text("select to_regclass(:name)"), {"name": name})  # type: ignore[attr-defined]
    )


def _quoted(name: str) -> str:
    return ".".join(f'"{part}"' for part in name.split("."))
