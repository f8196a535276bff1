"""The benchmark of turns measures what it says, on the real path; how fast it is stands in no test."""

from __future__ import annotations

from pathlib import Path

from coach.app import Coach
from coach.settings import Settings
from evals.bench.turns import INSIDE, one_at_a_time, same_instant
from tests.practice.talks import engine, shipped


def test_a_turns_parts_add_up_and_every_session_is_served(home: Path) -> None:
    coach = Coach(Settings(home=home))
    coach.shipped, coach.engine = shipped(), engine()
    one = next(one for one in shipped().values() if one.expert_script)
    lines = {one.id: [line.say for line in one.expert_script][:3]}
    spent = one_at_a_time(coach, lines).spent
    assert len(spent["turn"]) == 3
    for turn, *parts in zip(*(spent[what] for what in ("turn", *INSIDE, "rest")), strict=True):
        assert abs(turn - sum(parts)) < 1e-6
        assert min(parts) >= 0
    assert len(same_instant(coach, lines, 3).spent["turn"]) == 3
    assert [len(row.state["exchanges"]) for row in coach.practices.newest()] == [1, 1, 1]
