"""Kept certificates: they say for what they were given, notice what changed, and a few are played again every day."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.app import open_coach
from coach.cli import build
from coach.errors import BadContent, Refused
from coach.practice.bots import BOTS
from coach.practice.certificate import certify
from coach.practice.certificates import (
    Kept,
    Made,
    changed,
    due_again,
    kept_from,
    made_of,
    read_all,
    standing,
    write,
)
from scenarios.check import check_folders
from tests.loopback.server import serving
from tests.practice.talks import engine, pump, shipped

DAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def given() -> Kept:
    """A certificate of the small scenario; it is a refusal, for want of an expert."""
    return kept_from(certify(pump(), engine(), seeds=[1]), pump(), engine().name, [1], DAY)


def test_a_certificate_is_read_as_it_was_written(given: Kept, tmp_path: Path) -> None:
    path = write(given, tmp_path)
    assert read_all(tmp_path) == {pump().id: given}
    assert not given.passed
    assert given.reasons
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(BadContent):
        read_all(tmp_path)


def test_what_changed_since_makes_it_stale(given: Kept) -> None:
    assert standing(pump(), given) == "refused"
    assert standing(pump(), None) == "none"
    assert standing(pump(), given.model_copy(update={"passed": True})) == "certified"
    other = pump().model_copy(update={"title": "三千块"})
    assert standing(other, given) == "stale"
    assert changed(other, given) == ("scenario",)
    older = given.model_copy(update={"made": given.made.model_copy(update={"reader": "0" * 16})})
    assert changed(pump(), older) == ("reader",)


def test_publishing_a_draft_does_not_make_its_certificate_stale() -> None:
    assert made_of(pump()) == made_of(pump().model_copy(update={"status": "draft"}))


def test_what_a_model_judged_is_not_stored() -> None:
    result = certify(pump(), engine(), seeds=[1])
    with pytest.raises(Refused):
        kept_from(result, pump(), "llm/some-model", [1], DAY)


def test_where_a_model_leads_it_is_not_asked_for_a_certificate(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as (url, seen):
        for name, value in (("HOME", str(home)), ("LLM_BASE_URL", url), ("LLM_MODEL", "good")):
            monkeypatch.setenv(f"COACH_{name}", value)
        assert open_coach().engine.name.startswith("llm/")
        words = ["certify", "en-storage-pencil-in-fall", "--seeds", "1", "--json"]
        done = CliRunner().invoke(build(), words)
    assert set(json.loads(done.stdout)["rates"]) >= set(BOTS)
    assert seen == []


def test_a_day_plays_again_what_changed_and_one_of_the_rest(given: Kept) -> None:
    ids = sorted(shipped())[:6]
    some = {id: shipped()[id] for id in ids}
    fresh = {id: given.model_copy(update={"scenario": id, "made": made_of(some[id])}) for id in ids}
    assert len(due_again(some, fresh, DAY)) == 1
    assert due_again(some, fresh, DAY) == due_again(some, fresh, DAY)
    drawn = {due_again(some, fresh, DAY + dt.timedelta(days=n))[0] for n in range(40)}
    assert len(drawn) > 3, "over the days the sample goes round"
    old = Made(scenario="x", rubric="x", reader="x", rules="x")
    for id in ids[:2]:
        fresh[id] = fresh[id].model_copy(update={"made": old})
    chosen = due_again(some, fresh, DAY)
    assert set(chosen[:2]) == set(ids[:2])
    assert len(chosen) == 3


def test_the_stored_certificates_hold_when_they_are_played_again() -> None:
    kept = read_all()
    if not kept:
        pytest.skip("no certificate is stored yet: coach certify --store")
    assert set(kept) <= set(shipped()), "a certificate without its scenario"
    faults = [fault for fault in check_folders() if fault.grade == "fault"]
    for id in due_again(shipped(), kept, dt.datetime.now(dt.UTC).date()):
        own = sum(fault.path.stem.partition(".")[0] == id for fault in faults)
        again = certify(shipped()[id], engine(), seeds=kept[id].seeds, faults=own)
        what = (
            f"{id} ({', '.join(changed(shipped()[id], kept[id])) or 'unchanged'}): coach certify {id} --store"
        )
        assert again.passed == kept[id].passed, f"{what}: {[en for _, en in again.reasons]}"
        assert (again.leak, again.inversion) <= (kept[id].leak, kept[id].inversion), what
