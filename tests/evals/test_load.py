"""The load run in small: real people's steps against a real server, and how growth is told from warming up."""

from __future__ import annotations

import pytest

from evals.bench.browsing import linked
from evals.bench.load import grown


def test_growth_is_what_comes_after_warming_up() -> None:
    rising = [(float(at), 100.0 + at) for at in range(91)]
    assert grown(rising, 90) == (pytest.approx(137.0, abs=1), pytest.approx(183.0, abs=1))
    warm = [(float(at), min(500.0, 100.0 + 40 * at)) for at in range(91)]
    assert grown(warm, 90) == (500.0, 500.0)
    assert grown([], 90) == (0.0, 0.0)


def test_links_are_read_in_their_order() -> None:
    assert linked('<a href="/zh/visit?id=b2"> <a href="/zh/visit?id=a1"> /zh/visit?id=b2', "visit") == [
        "b2",
        "a1",
    ]
