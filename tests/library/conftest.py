"""One built library of the shipped content, shared by the tests that only read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coach.library.library import Library
from coach.settings import Settings


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The shipped content, indexed."""
    made = Library(Settings(home=tmp_path_factory.mktemp("library")))
    made.build()
    yield made
    made.close()
