"""Index builds: whole or not there, one writer at a time, readable whatever happens to the writer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coach.errors import Broken, Busy
from coach.library.build import Build, IndexBuilds, verify
from coach.library.embedding import StaticTable
from coach.library.search import Index
from tests.library.many_cases import made_up, own_word

EMBEDDER = StaticTable()
ROOT = Path(__file__).parents[2]


def built(folder: Path, how_many: int = 12, kept: int = 2, again: bool = False) -> Build:
    return IndexBuilds(folder, kept).write(
        f"made-up-{how_many}", lambda: made_up(how_many), EMBEDDER, wait=60, again=again
    )


def found(build: Build, text: str) -> str:
    index = Index(build, EMBEDDER)
    try:
        return index.search("cases-zh", text)[0].entry
    finally:
        index.close()


def start_builder(folder: Path, how_many: int, wait: float) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.library.many_cases", str(folder), str(how_many), str(wait)],
        cwd=ROOT,
        env=os.environ,
        stdout=subprocess.PIPE,
        text=True,
    )


def unfinished(folder: Path) -> list[Path]:
    builds = folder / "builds"
    return (
        [path for path in builds.iterdir() if not (path / "manifest.json").exists()]
        if builds.is_dir()
        else []
    )


def until_writing(folder: Path, process: subprocess.Popen[str]) -> None:
    """Wait until the builder has begun to write vectors, which is in the middle of its work."""
    for _ in range(1200):
        if any((path / "chroma" / "chroma.sqlite3").exists() for path in unfinished(folder)):
            return
        assert process.poll() is None, "the builder ended before it was seen writing"
        time.sleep(0.05)
    raise AssertionError("the builder never began to write")


def test_a_build_holds_exactly_what_was_put_in(tmp_path: Path) -> None:
    build = built(tmp_path)
    assert set(build.manifest.entries["cases-zh"]) == {f"case-{n}" for n in range(12)}
    assert list(verify(build.folder, build.manifest, EMBEDDER)) == []
    assert IndexBuilds(tmp_path).newest() == build
    assert (tmp_path / "CURRENT").read_text(encoding="utf-8").strip() == build.folder.name


def test_verify_sees_a_missing_and_a_changed_entry(tmp_path: Path) -> None:
    build = built(tmp_path)
    entries = dict(build.manifest.entries)
    entries["cases-zh"] = {**entries["cases-zh"], "case-99": ("0" * 16, 2)}
    entries["cases-zh"]["case-3"] = ("f" * 16, entries["cases-zh"]["case-3"][1])
    faults = list(verify(build.folder, build.manifest.model_copy(update={"entries": entries}), EMBEDDER))
    assert any("chroma/cases-zh: 2 missing" in fault for fault in faults)
    assert any("keyword/cases-zh: 1 missing" in fault for fault in faults)
    assert any("case-3 differs" in fault for fault in faults)


def test_a_build_that_does_not_verify_is_never_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = built(tmp_path)
    monkeypatch.setattr(
        "coach.library.build.verify", lambda *_: iter(["chroma/cases-zh: 1 missing, 0 extra"])
    )
    with pytest.raises(Broken):
        built(tmp_path, 13)
    assert IndexBuilds(tmp_path).newest() == good
    assert unfinished(tmp_path) == []


def test_the_same_content_is_not_built_twice_and_old_builds_go(tmp_path: Path) -> None:
    first = built(tmp_path)
    assert built(tmp_path) == first
    second, third = built(tmp_path, again=True), built(tmp_path, 13)
    names = sorted(path.name for path in (tmp_path / "builds").iterdir())
    assert names == [second.folder.name, third.folder.name]
    assert not first.folder.exists()


def test_a_damaged_pointer_falls_back_to_the_newest_complete_build(tmp_path: Path) -> None:
    built(tmp_path)
    second = built(tmp_path, 13)
    (tmp_path / "CURRENT").write_text("gone\n", encoding="utf-8")
    (tmp_path / "builds" / "99999999T000000").mkdir()  # newer, but never finished
    assert IndexBuilds(tmp_path).newest() == second


def test_killing_the_builder_leaves_the_old_build_readable(tmp_path: Path) -> None:
    old = built(tmp_path)
    process = start_builder(tmp_path, 1200, 0)
    try:
        until_writing(tmp_path, process)
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)
    assert unfinished(tmp_path), "the builder was killed in the middle"
    assert IndexBuilds(tmp_path).newest() == old
    assert found(old, own_word(7)) == "case-7"
    new = built(tmp_path, 13)  # the dead writer's lock is gone, and so is what it left
    assert unfinished(tmp_path) == []
    assert found(new, own_word(12)) == "case-12"


def test_a_second_writer_says_so_or_waits_and_takes_over(tmp_path: Path) -> None:
    process = start_builder(tmp_path, 1200, 0)
    until_writing(tmp_path, process)
    notes: list[str] = []
    with pytest.raises(Busy):
        IndexBuilds(tmp_path).write("other", lambda: made_up(3), EMBEDDER, note=lambda w: notes.append(w[1]))
    assert notes == ["Another process is building the index; waiting…"]
    taken = IndexBuilds(tmp_path).write("made-up-1200", lambda: made_up(3), EMBEDDER, wait=120)
    assert process.communicate(timeout=60)[0].strip() == "built"
    assert len(taken.manifest.entries["cases-zh"]) == 1200  # the first one's work, not three cases of ours
    assert len(list((tmp_path / "builds").iterdir())) == 1


def test_a_reader_keeps_its_build_while_a_new_one_is_made(tmp_path: Path) -> None:
    index = Index(built(tmp_path), EMBEDDER)
    assert index.search("cases-zh", own_word(7))[0].entry == "case-7"
    built(tmp_path, 13)
    assert index.search("cases-zh", own_word(3))[0].entry == "case-3"
    index.close()
