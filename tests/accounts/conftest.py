"""One house with accounts for the tests of its doors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.accounts.house import House, opened


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server with one account a role."""
    with opened(tmp_path_factory.mktemp("house")) as house:
        yield house
