"""Consent, audit, backup, restore, erasing and mending, as people call them; the page asks for consent once."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from coach.app import Coach
from coach.cli import build
from coach.errors import Broken, CoachError, Refused
from coach.jobs.intake import take_in
from coach.privacy.consent import Agreed, agreed
from coach.settings import Settings
from coach.store.audit import audit_lines, verify_audit, write_audit
from coach.store.consents import covered
from coach.store.database import Database
from coach.store.people import local_person
from tests.keeping.stores import CUSTOMER

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A call of `coach` in the home: exit code, JSON lines, what it said."""
    monkeypatch.setenv("COACH_HOME", str(home))
    monkeypatch.setenv("COACH_ENGINE", "offline")
    monkeypatch.setenv("COACH_LANGUAGE", "en")

    def call(*words: str, typed: str = "") -> tuple[int, list[dict[str, Any]], str]:
        result = CliRunner().invoke(build(), list(words), input=typed)
        error = result.exception
        if error is not None and not isinstance(error, CoachError | SystemExit):
            raise error
        told = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
        said = result.output + (f"{error.what[1]} {error.next[1]}" if isinstance(error, CoachError) else "")
        return (result.exit_code, told, said)

    return call


def _sound(folder: Path, name: str = "a.wav") -> Path:
    file = folder / name
    file.write_bytes(b"RIFF\xff\xff\xff\x00WAVE" + name.encode() * 500)
    return file


def test_one_flag_says_it_as_last_time(run: Run, tmp_path: Path, home: Path) -> None:
    code, [refused], _ = run("jobs", "add", str(_sound(tmp_path)), "--json")
    assert code == 1
    assert "--agreed" in refused["error"]["next"]
    assert not (home / "recordings").exists(), "nothing is stored without it"
    assert run("jobs", "add", str(_sound(tmp_path)), "--agreed")[0] == 0
    one = ("--consent", "both sides, by mail", "--consent-how", "written", "--consent-scope", "record")
    assert run("jobs", "add", str(_sound(tmp_path, "b.wav")), *one)[0] == 0
    assert run("jobs", "add", str(_sound(tmp_path, "c.wav")), "--agreed")[0] == 0
    _, told, _ = run("consents", "--json")
    assert [(row["who"], row["how"], row["scope"]) for row in told] == [
        ("both sides, by mail", "written", "record"),
        ("both sides, by mail", "written", "record"),
        ("everybody in the recording", "spoken", "coaching"),
    ]
    assert run("jobs", "add", str(_sound(tmp_path)), "--agreed", "--consent-how", "guessed")[0] == 2
    _, lines, _ = run("audit", "--json")
    assert [line["act"] for line in lines] == ["consent"] * 3
    assert run("audit", "--verify")[2].startswith("3 lines")


def test_every_stored_recording_has_its_entry_even_when_killed_in_between(
    coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("coach.jobs.intake.keep", killed)
    with pytest.raises(KeyboardInterrupt):
        take_in(coach.jobs, coach.settings, _sound(tmp_path), consent="双方")
    monkeypatch.undo()
    take_in(coach.jobs, coach.settings, _sound(tmp_path), consent="双方")
    take_in(
        coach.jobs, coach.settings, _sound(tmp_path, "b.wav"), consent=Agreed("客户", "written", "training")
    )
    stored = {file.stem for file in coach.settings.recordings.glob("*.wav")}
    assert stored == covered(coach.database)
    newest = coach.consents.newest()[0].agreed
    assert newest.allows("coaching")
    assert not Agreed("x", scope="record").allows("coaching")
    assert agreed("  ") is None


def test_the_audit_log_only_grows_and_shows_when_it_was_tampered_with(settings: Settings) -> None:
    database = Database(settings.database)
    person = local_person(database, "zh")
    for n in range(5):
        write_audit(database, person, "tried", str(n))
    file = settings.home / "coach.db"
    with closing(sqlite3.connect(file)) as connection:
        for change in ("update audit set act = 'x' where number = 2", "delete from audit where number = 2"):
            with pytest.raises(sqlite3.IntegrityError, match="only grows"):
                connection.execute(change)
        assert verify_audit(database) == 5
        connection.execute("drop trigger audit_no_delete")
        connection.execute("delete from audit where number = 2")
        connection.commit()
    with pytest.raises(Broken, match="Line 2"):
        verify_audit(database)
    assert [line.number for line in audit_lines(database)] == [5, 4, 3, 1]


def test_erasing_asks_first_and_backups_are_listed_checked_and_restored(lived_in: Coach, run: Run) -> None:
    lived_in.database.close()
    code, [made], _ = run("backup", "--json")
    assert code == 0
    name = Path(made["file"]).name
    assert made["expires"]
    _, [listed], _ = run("backup", "list", "--json")
    assert listed["file"] == made["file"]
    assert run("backup", "check", name)[0] == 0
    code, [looked], _ = run("forget", "customer", CUSTOMER, "--dry-run", "--json")
    assert looked["rows"]["visit"] == 2
    assert len(looked["mentioned_in"]) == 1
    code, _, said = run("forget", "customer", CUSTOMER, typed="n\n")
    assert code == 1
    assert "cannot be undone" in said
    assert len(lived_in.visits.newest()) == 3
    code, _, said = run("forget", "customer", CUSTOMER, typed="y\n")
    assert code == 0
    assert name in said
    assert len(lived_in.visits.newest()) == 1
    lived_in.database.close()
    code, [back], _ = run("restore", name, "--yes", "--json")
    assert (code, back["erased_again"]) == (0, 1)
    assert len(lived_in.visits.newest()) == 1
    _, lines, _ = run("audit", "--json")
    acts = [line["act"] for line in lines]
    assert acts[:3] == ["restored", "erased", "backed_up"], "going back undoes no line of the log"
    assert run("audit", "--verify")[0] == 0


def test_doctor_mends_what_can_be_mended(lived_in: Coach, run: Run, home: Path) -> None:
    lived_in.library.close()
    lived_in.database.close()
    home.chmod(0o755)
    half = home / "recordings" / ".arriving-x"
    half.write_bytes(b"half")
    os.utime(half, (time.time() - 7200,) * 2)
    pointer = next((home / "index" / "builds").glob("*/manifest.json"))
    for manifest in (home / "index" / "builds").glob("*/manifest.json"):
        manifest.unlink()
    _, [before], _ = run("doctor", "--json")
    states = {check["name"]: check["status"] for check in before["checks"]}
    assert (states["privacy"], states["backups"]) == ("note", "note")
    _, told, said = run("doctor", "--fix", "--json")
    states = {check["name"]: check["status"] for check in told[-1]["checks"]}
    assert (states["privacy"], states["index"]) == ("ok", "ok")
    assert not half.exists()
    assert not pointer.exists()
    assert home.stat().st_mode & 0o077 == 0
    assert "made anew" in said
    _, _, said = run("doctor", "--fix", "--json")
    assert "made anew" not in said, "a second time there is nothing to do"


def test_a_recording_without_an_entry_is_a_fault(lived_in: Coach, run: Run, home: Path) -> None:
    _sound(home / "recordings", "ab" * 32 + ".wav")
    code, [told], _ = run("doctor", "--json")
    check = next(one for one in told["checks"] if one["name"] == "privacy")
    assert (code, check["status"]) == (1, "broken")


def test_who_is_no_manager_erases_nothing_that_is_not_theirs(lived_in: Coach) -> None:
    from coach.keeping.forget import Forgetting
    from coach.store.tables import Person

    with lived_in.database.session() as session:
        session.add(Person(id="rep", name="", roles={"roles": ["rep"]}, language="zh"))
    rep = Forgetting(lived_in.settings, lived_in.database, lived_in.library, "rep")
    with pytest.raises(Refused):
        rep.customer([CUSTOMER])
    with pytest.raises(Refused):
        rep.user("local")
    rep.user("rep")
    assert len(lived_in.visits.newest()) == 3


def test_the_help_of_these_commands_is_light() -> None:
    code = "import sys\nfrom coach.cli import build\nbuild()\nprint('sqlalchemy' in sys.modules, 'pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
