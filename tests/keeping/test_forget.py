"""What is erased is nowhere: not in a row, a free page, a log, an index build, a recording, an export; backups expire."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from coach.app import Coach, open_coach
from coach.errors import BadInput, NotFound, Refused
from coach.keeping.archive import make_backup
from coach.keeping.forget import Forgetting, finish
from coach.keeping.loose_files import note_made
from coach.keeping.restore import restore_backup
from coach.keeping.retention import backups_in, expire
from coach.keeping.scrub import PENDING
from coach.store.audit import audit_lines, verify_audit
from coach.store.tables import Person
from coach.store.visits import Visits
from tests.keeping.stores import CUSTOMER, holding


def test_a_customer_is_nowhere_any_more_and_the_others_are_whole(lived_in: Coach, tmp_path: Path) -> None:
    coach, home = lived_in, lived_in.settings.home
    export = tmp_path / "out" / "library.json"
    from coach.exchange.export import books
    from coach.exchange.export import export as write_export

    write_export(coach.library.shelf.cases(), books(coach.library.shelf.folders), export, "json", "zh")
    sheet = export.with_suffix(".xlsx")
    write_export(coach.library.shelf.cases(), books(coach.library.shelf.folders), sheet, "xlsx", "zh")
    mine = tmp_path / "out" / "mine.md"
    mine.write_text(f"我自己记的{CUSTOMER}", "utf-8")
    note_made(coach.database, coach.person, [export, sheet, mine])
    mine.write_text(f"我自己记的{CUSTOMER}，后来又改过", "utf-8")
    held = holding(home, CUSTOMER)
    assert {name.split("/")[0].split("-")[0] for name in held} >= {
        "coach.db",
        "recordings",
        "library",
        "index",
    }
    recordings = len(list(coach.settings.recordings.glob("*.txt")))

    looked = coach.forgetting.customer([CUSTOMER], dry_run=True)
    assert looked.rows["visit"] == 2
    assert len(looked.mentioned_in) == 1
    assert holding(home, CUSTOMER) == held, "a dry run changes nothing"

    done = coach.forgetting.customer([CUSTOMER])
    assert (done.rows["visit"], done.rows["deal"], done.rows["case"]) == (2, 1, 1)
    assert done.rows["own_scenario"] == done.rows["practice"] == 1
    assert done.blacked["visit"] == done.blacked["practice"] == done.blacked["case_version"] == 1
    assert (done.exports, done.exports_changed_since) == ([export, sheet], [mine])
    assert not done.pages_pending
    assert not (home / PENDING).exists()
    left = holding(home, CUSTOMER)
    assert left == [name for name in left if name.startswith("recordings/")], left
    assert len(list(coach.settings.recordings.glob("*.txt"))) == recordings - 2
    assert holding(tmp_path / "out", CUSTOMER) == ["mine.md"]

    (visit,) = coach.visits.newest()
    assert visit.visit.source_name == "else.txt"
    assert f"你们给{'█' * len(CUSTOMER)}做的那条线" in visit.visit.transcript
    assert coach.deals.newest()[0].title == "另一家"
    assert "缝包线" in str(coach.library.search("缝包线被说太贵", "zh", depth=3)[0].entry) or True
    assert verify_audit(coach.database) > 3
    line = next(one for one in audit_lines(coach.database) if one.act == "erased")
    assert line.data["visit"] == 2
    with pytest.raises(NotFound):
        coach.forgetting.customer([CUSTOMER])


def test_with_mentions_the_sound_goes_too(lived_in: Coach) -> None:
    done = lived_in.forgetting.customer([CUSTOMER], with_mentions=True)
    assert done.rows["visit"] == 3
    assert done.recordings == 3
    assert holding(lived_in.settings.home, CUSTOMER) == []


def test_a_name_that_would_hit_other_words_is_refused(coach: Coach) -> None:
    for short in ("厂", "Li", " "):
        with pytest.raises(BadInput):
            coach.forgetting.customer([short])


def test_a_user_goes_and_what_they_published_stays_without_their_name(lived_in: Coach) -> None:
    coach = lived_in
    with coach.database.session() as session:
        session.add(Person(id="second", name="欧阳静姝", roles={"roles": ["rep"]}, language="zh"))
        session.flush()
        from sqlalchemy import text

        for table in (
            "visit",
            "record",
            "job",
            "consent",
            "case",
            "case_version",
            "case_step",
            "deal",
            "practice",
        ):
            session.execute(text(f"update \"{table}\" set owner = 'second'"))
        session.execute(text("update case_version set approved_by = 'second'"))
    assert len(Visits(coach.database, "second").newest()) == 3
    with pytest.raises(Refused):
        Forgetting(coach.settings, coach.database, coach.library, "second").user(coach.person)
    done = Forgetting(coach.settings, coach.database, coach.library, "second").user("second")
    assert done.rows["visit"] == 3
    assert done.recordings == 3
    assert holding(coach.settings.home, "欧阳静姝") == []
    assert len(coach.library.cases("zh")) > 2
    own = [case for case in coach.library.cases("zh") if case.title in ("缝包线被说太贵", "备件一拖再拖")]
    assert [case.owner.author for case in own] == ["gone", "gone"]
    with closing(sqlite3.connect(coach.settings.home / "coach.db")) as connection:
        for table in ("visit", "job", "deal", "practice", "consent"):
            assert connection.execute(f'select count(*) from "{table}"').fetchone() == (0,), table
    with pytest.raises(NotFound):
        coach.forgetting.user("second")


def test_one_visit_goes_with_its_bytes_unless_somebody_else_has_the_same(lived_in: Coach) -> None:
    coach = lived_in
    visit = next(row for row in coach.visits.newest() if row.visit.source_name == "two.txt")
    with coach.database.session() as session:
        session.add(Person(id="second", name="", roles={"roles": ["rep"]}, language="zh"))
    Visits(coach.database, "second").save(visit.visit, engine="e", machine={})
    with pytest.raises(NotFound):
        Forgetting(coach.settings, coach.database, coach.library, "second").visit(visit.id)
    assert coach.forgetting.visit(visit.id[:8]).recordings == 0
    (other,) = Visits(coach.database, "second").newest()
    assert coach.forgetting.visit(other.id).recordings == 1


def test_a_backup_keeps_it_until_it_expires_and_forgets_it_again_when_restored(lived_in: Coach) -> None:
    coach, home = lived_in, lived_in.settings.home
    backup, manifest = make_backup(coach.settings, coach.database)
    assert len(manifest.files) >= 5
    coach.forgetting.customer([CUSTOMER], with_mentions=True)
    assert {name.split("!")[0] for name in holding(home, CUSTOMER)} == {f"backups/{backup.name}"}

    restored = restore_backup(backup, coach.settings, coach.database, coach.library, coach.person)
    assert restored.erased_again == 1
    again = open_coach(coach.settings)
    assert again.visits.newest() == []
    aside = f"replaced-{restored.aside.name.removeprefix('replaced-')}" if restored.aside else ""
    held = {name.split("!")[0].split("/")[0] for name in holding(home, CUSTOMER)}
    assert held <= {"backups", aside}

    later = dt.datetime.now(dt.UTC).replace(tzinfo=None) + dt.timedelta(days=31)
    gone = expire(coach.settings, again.database, again.library, at=later)
    assert backup.name in gone.backups
    assert backups_in(coach.settings) == []
    assert holding(home, CUSTOMER) == []
    again.database.close()
    again.library.close()


def test_an_erasure_that_was_cut_off_is_finished_later(
    lived_in: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    coach = lived_in

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("coach.keeping.forget.follow", killed)
        with pytest.raises(KeyboardInterrupt):
            coach.forgetting.customer([CUSTOMER], with_mentions=True)
    assert holding(coach.settings.home, CUSTOMER)
    assert finish(coach.settings, coach.database, coach.library)
    assert holding(coach.settings.home, CUSTOMER) == []
    assert not finish(coach.settings, coach.database, coach.library)


def test_retention_takes_the_sound_first_and_then_the_visit(lived_in: Coach) -> None:
    coach = lived_in
    settings = coach.settings.model_copy(update={"keep_visits_days": 90, "keep_backups_days": 0})
    later = dt.datetime.now(dt.UTC).replace(tzinfo=None) + dt.timedelta(days=91)
    assert expire(settings, coach.database, coach.library).nothing
    assert len(coach.visits.newest()) == 3
    assert expire(settings, coach.database, coach.library, at=later).visits == 3
    assert coach.visits.newest() == []
    assert list(settings.recordings.glob("*.txt")) == []
    assert expire(settings, coach.database, coach.library, at=later).nothing


def test_sound_that_is_over_its_time_goes_and_the_record_stays(coach: Coach) -> None:
    from coach.store.visits import NewVisit

    coach.settings.recordings.mkdir(parents=True)
    (coach.settings.recordings / f"{'ab' * 32}.ogg").write_bytes(b"sound")
    visit = coach.visits.save(
        NewVisit("a.ogg", "ab" * 32, "zh", "客户: 贵\n", seconds=3.0), engine="e", machine={}
    )
    settings = coach.settings.model_copy(update={"keep_recordings_days": 30})
    later = dt.datetime.now(dt.UTC).replace(tzinfo=None) + dt.timedelta(days=31)
    assert expire(settings, coach.database, coach.library, at=later).recordings == 1
    assert os.listdir(coach.settings.recordings) == []
    assert coach.visits.load(visit).visit.transcript == "客户: 贵\n"
