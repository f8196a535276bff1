"""A build that begins as a copy of the one before answers like one made from nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from coach.library.build import Build, IndexBuilds
from coach.library.carry import MOST_COPIES, carried
from coach.library.embedding import StaticTable
from coach.library.entries import Entry
from coach.library.search import Hit, Index
from tests.library.many_cases import made_up, own_word


@pytest.fixture(scope="module")
def embedder() -> StaticTable:
    return StaticTable()


def _written(folder: Path, entries: Sequence[Entry], embedder: StaticTable, mark: str) -> Build:
    return IndexBuilds(folder).write(mark, lambda: entries, embedder)


def _asked(build: Build, embedder: StaticTable, text: str) -> list[Hit]:
    index = Index(build, embedder)
    try:
        return index.search("cases-zh", text, 10)
    finally:
        index.close()


def test_a_copy_with_changes_answers_like_a_build_from_nothing(tmp_path: Path, embedder: StaticTable) -> None:
    before = list(made_up(60))
    # Three go, two come, one is told otherwise.
    after = [*before[3:58], *list(made_up(64))[62:]]
    after[0] = replace(after[0], passages=("换了一种说法",))
    _written(tmp_path / "one", before, embedder, "before")
    copied = _written(tmp_path / "one", after, embedder, "after")
    fresh = _written(tmp_path / "two", after, embedder, "after")
    assert copied.manifest.copies == 1
    assert fresh.manifest.copies == 0
    assert copied.manifest.entries == fresh.manifest.entries
    for text in (own_word(5), own_word(63), own_word(1), "客户嫌贵的电子价签", "换了一种说法"):
        one, two = _asked(copied, embedder, text), _asked(fresh, embedder, text)
        assert {(h.entry, round(h.dense, 4), round(h.keyword, 4)) for h in one} == {
            (h.entry, round(h.dense, 4), round(h.keyword, 4)) for h in two
        }


def test_much_change_another_form_or_many_copies_begin_from_nothing(
    tmp_path: Path, embedder: StaticTable
) -> None:
    entries = list(made_up(20))
    build = _written(tmp_path, entries, embedder, "a")
    name, form = build.manifest.embedder, build.manifest.form
    assert carried(build, entries[1:], name, form) is not None
    assert carried(build, entries[:10], name, form) is None
    assert carried(build, entries, name, form + " other") is None
    assert carried(build, entries, "another embedder", form) is None
    tired = Build(build.folder, build.manifest.model_copy(update={"copies": MOST_COPIES}))
    assert carried(tired, entries, name, form) is None
    (build.folder / "tokens" / "cases-zh.json").unlink()
    assert carried(build, entries, name, form) is None
