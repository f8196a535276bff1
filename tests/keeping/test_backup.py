"""Backups taken while others write are of one moment and whole; restored, everything is as it was; bad ones are refused."""

from __future__ import annotations

import io
import json
import multiprocessing
import shutil
import sqlite3
import tarfile
import time
from contextlib import closing
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from coach.app import Coach, open_coach
from coach.errors import Broken, Busy, NotFound, Unavailable
from coach.jobs.intake import take_in
from coach.keeping.archive import DATABASE, MANIFEST, make_backup
from coach.keeping.restore import check_backup, restore_backup
from coach.settings import Settings
from coach.store.audit import audit_lines, verify_audit
from coach.store.recordings import sha256_of
from tests.store.test_migrations import EARLIER, at_schema


def _write_without_end(home: Path, folder: Path, end: Event, number: int) -> None:
    """What a busy office does: files come in, visits are stored, practices go on."""
    from coach.jobs.intake import take_in

    coach = open_coach(Settings(home=home, engine="offline"))
    done = 0
    while not end.is_set():
        file = folder / f"{number}-{done}.txt"
        file.write_text(f"客户: 第 {number} 个人的第 {done} 件\n" * 40, "utf-8")
        job, _ = take_in(coach.jobs, coach.settings, file, consent="双方")
        practice = coach.practices.begin(
            scenario=job.id, scenario_version="1", rubric_version="1", engine="e", seed=done, state={"n": 0}
        )
        coach.practices.save(practice, {"n": 1})
        done += 1
    coach.database.close()


def _counts(file: Path) -> dict[str, int]:
    with closing(sqlite3.connect(file)) as connection:
        return {
            table: connection.execute(f"select count(*) from {table}").fetchone()[0]
            for table in ("job", "practice", "consent", "audit")
        }


def test_a_restore_drill_under_write_load(tmp_path: Path) -> None:
    home, files = tmp_path / "home", tmp_path / "files"
    files.mkdir()
    coach = open_coach(Settings(home=home, engine="offline"))
    assert coach.person
    context = multiprocessing.get_context("spawn")
    end = context.Event()
    writers = [context.Process(target=_write_without_end, args=(home, files, end, n)) for n in range(2)]
    for one in writers:
        one.start()
    made: list[tuple[Path, dict[str, int]]] = []
    try:
        while _counts(home / DATABASE)["practice"] < 5:
            time.sleep(0.2)
        for _ in range(3):
            before = _counts(home / DATABASE)
            backup, _ = make_backup(coach.settings, coach.database, tmp_path / "elsewhere")
            made.append((backup, before))
    finally:
        end.set()
        for one in writers:
            one.join(60)
    assert [one.exitcode for one in writers] == [0, 0]
    after = _counts(home / DATABASE)
    assert after["job"] > made[0][1]["job"], "they wrote all along"

    for backup, before in made:
        drill = Settings(home=tmp_path / f"drill-{backup.stem}", engine="offline")
        other = open_coach(drill)
        restored = restore_backup(backup, drill, other.database, other.library, "local")
        assert restored.aside is None or not any(restored.aside.glob("recordings"))
        now = _counts(drill.home / DATABASE)
        for table in ("job", "practice", "consent"):
            assert before[table] <= now[table] <= after[table]
        assert verify_audit(other.database) == now["audit"]
        assert now["job"] <= now["consent"] <= now["job"] + 2, "a consent comes before its recording"
        for job in other.jobs.newest(10_000):
            (recording,) = drill.recordings.glob(f"{job.asked.sha256}*")
            assert sha256_of(recording) == job.asked.sha256
        half = [row.state["n"] for row in other.practices.newest(10_000)]
        assert half.count(0) <= 2, "at most one a writer stood between two saves"
        other.database.close()
    coach.database.close()


def test_a_lived_in_home_comes_back_as_it_was(lived_in: Coach, tmp_path: Path) -> None:
    coach, home = lived_in, lived_in.settings.home
    (home / "secret.key").write_text("a file of some room above")
    was = {row.id: (row.visit, row.machine) for row in coach.visits.newest()}
    files = {
        file.relative_to(home): file.read_bytes()
        for file in (home / "recordings").rglob("*")
        if file.is_file()
    }
    backup, manifest = make_backup(coach.settings, coach.database)
    assert backup.stat().st_mode & 0o077 == 0
    assert {"secret.key", "library/handbooks/zh-own.md", DATABASE} <= set(manifest.files)
    assert not any(name.startswith(("index", "backups", "queue")) for name in manifest.files)
    assert check_backup(backup, coach.settings) == manifest

    for visit in was:
        coach.forgetting.visit(visit)
    assert coach.visits.newest() == []
    (home / "backups" / "forgotten.jsonl").unlink()
    with coach.database.session() as session:
        from sqlalchemy import text

        session.execute(text("delete from forgotten"))
    shutil.rmtree(home / "library")
    restored = restore_backup(backup, coach.settings, coach.database, coach.library, coach.person)
    again = open_coach(coach.settings)
    assert restored.erased_again == 0
    assert {row.id: (row.visit, row.machine) for row in again.visits.newest()} == was
    for name, content in files.items():
        assert (home / name).read_bytes() == content
    assert again.library.search("缝包线被说太贵", "zh", depth=1)
    assert audit_lines(again.database, 1)[0].act == "restored"
    assert restored.aside is not None
    assert (restored.aside / DATABASE).exists(), "what was there is kept aside"
    assert not list(home.glob(".restoring-*"))
    again.library.close()
    again.database.close()


def _spoil(backup: Path, target: Path, how: str) -> Path:
    content = backup.read_bytes()
    if how == "cut off":
        target.write_bytes(content[: len(content) // 2])
    elif how == "no backup":
        target.write_bytes(b"something else" * 1000)
    elif how == "a flipped letter":
        at = content.index("客户".encode())
        target.write_bytes(content[:at] + b"X" + content[at + 1 :])
    elif how in ("leaves the folder", "a link"):
        shutil.copy(backup, target)
        with tarfile.open(target, "a") as tar:
            member = tarfile.TarInfo("../../outside" if how == "leaves the folder" else "recordings/link")
            if how == "a link":
                member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
            member.size = 0 if how == "a link" else 4
            tar.addfile(member, io.BytesIO(b"evil") if how != "a link" else None)
    else:
        with tarfile.open(backup) as tar, tarfile.open(target, "w") as out:
            for member in tar:
                opened = tar.extractfile(member)
                assert opened is not None
                body = opened.read()
                if member.name == MANIFEST:
                    told = json.loads(body)
                    told["revision"] = "9999"
                    body = json.dumps(told).encode()
                    member.size = len(body)
                out.addfile(member, io.BytesIO(body))
    return target


@pytest.mark.parametrize(
    "how", ["cut off", "no backup", "a flipped letter", "leaves the folder", "a link", "of a newer version"]
)
def test_a_spoiled_backup_is_refused_and_nothing_is_touched(
    lived_in: Coach, tmp_path: Path, how: str
) -> None:
    backup, _ = make_backup(lived_in.settings, lived_in.database, tmp_path / "whole.tar")
    bad = _spoil(backup, tmp_path / "bad.tar", how)
    with pytest.raises(Broken) as caught:
        restore_backup(bad, lived_in.settings, lived_in.database, lived_in.library, lived_in.person)
    assert all(caught.value.what)
    assert len(lived_in.visits.newest()) == 3
    assert not (tmp_path / "outside").exists()
    assert not list(lived_in.settings.home.glob(".restoring-*"))


def test_nothing_is_restored_while_somebody_works_there(lived_in: Coach, tmp_path: Path) -> None:
    from filelock import FileLock

    backup, _ = make_backup(lived_in.settings, lived_in.database, tmp_path)
    with FileLock(lived_in.settings.home / "worker.lock"), pytest.raises(Busy):
        restore_backup(backup, lived_in.settings, lived_in.database, lived_in.library, lived_in.person)


def test_the_backup_from_before_a_migration_can_be_gone_back_to(settings: Settings) -> None:
    at_schema(settings, EARLIER[0])
    coach = open_coach(settings)
    coach.visits.edit("v", {"core_needs": {"0": "rejected"}})
    (before,) = (settings.home / "backups").iterdir()
    restored = restore_backup(before, settings, coach.database, coach.library, "local")
    assert restored.revision == EARLIER[0]
    again = open_coach(settings)
    assert again.visits.load("v").human == {}
    again.database.close()


def test_where_there_is_nothing_to_back_up_it_says_so(coach: Coach, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        make_backup(coach.settings, coach.database)
    with pytest.raises(NotFound):
        restore_backup(tmp_path / "no.tar", coach.settings, coach.database, coach.library, "local")
    far = coach.settings.model_copy(update={"database_url": "postgresql://localhost/x"})
    with pytest.raises(Unavailable, match="PostgreSQL") as caught:
        make_backup(far, coach.database)
    assert "pg_dump" in caught.value.next[0]


def test_recordings_that_lie_elsewhere_are_backed_up_and_put_back_there(tmp_path: Path) -> None:
    elsewhere = tmp_path / "big disk" / "sound"
    settings = Settings(home=tmp_path / "home", engine="offline", recordings_folder=str(elsewhere))
    coach = open_coach(settings)
    file = tmp_path / "talk.txt"
    file.write_text("客户: 贵\n", "utf-8")
    job, _ = take_in(coach.jobs, settings, file)
    (kept,) = elsewhere.glob("*.txt")
    assert not (settings.home / "recordings").exists()
    backup, manifest = make_backup(settings, coach.database, tmp_path)
    assert f"recordings/{kept.name}" in manifest.files
    shutil.rmtree(elsewhere)
    restore_backup(backup, settings, coach.database, coach.library, coach.person)
    assert kept.read_bytes() == file.read_bytes()
    assert not (settings.home / "recordings").exists()
    assert coach.jobs.load(job.id).asked.sha256 == kept.stem
    coach.database.close()
