"""A coach of its own for the curation tests, with one index made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coach.app import Coach, open_coach
from coach.curation.drafts import Draft, ShortWords, from_words
from coach.settings import Settings


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds the index of the shipped content and nothing else."""
    home = tmp_path_factory.mktemp("indexed")
    coach = open_coach(Settings(home=home, engine="offline"))
    coach.library.build()
    coach.library.close()
    return home


@pytest.fixture
def home(indexed: Path, tmp_path: Path) -> Path:
    """A fresh home with a ready index."""
    return Path(shutil.copytree(indexed, tmp_path / "home"))


@pytest.fixture
def coach(home: Path) -> Iterator[Coach]:
    """A coach in that home."""
    made = open_coach(Settings(home=home, engine="offline"))
    yield made
    made.library.close()
    made.database.close()


STORY = "客户嫌换膜三年一次太勤，我把两家厂的清洗记录摆在一起，他答应先换一半。后来按季度换。"


@pytest.fixture
def draft() -> Callable[..., Draft]:
    """A short case in a rep's words."""

    def make(
        title: str = "海水淡化膜被说换得太勤", story: str = STORY, words: str = "您先看这两家的记录。"
    ) -> Draft:
        return from_words(ShortWords(title, "won", story, words), "zh")

    return make
