"""A matcher over the shipped content with the shipped engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coach.deals.match import Matcher
from coach.library.library import Library
from coach.reading.offline import OfflineEngine
from coach.settings import Settings


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The shipped content, indexed."""
    made = Library(Settings(home=tmp_path_factory.mktemp("deals")))
    yield made
    made.close()


@pytest.fixture(scope="session")
def matcher(library: Library) -> Matcher:
    """The product's own matcher."""
    return Matcher(library, OfflineEngine())
