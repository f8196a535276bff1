"""The certificate: bots play to an end, a scenario that a bad bot wins is refused, so is one without an expert."""

from __future__ import annotations

import pytest

from coach.practice.bots import BOTS, BotName, play
from coach.practice.certificate import Rates, _reasons, certify
from coach.practice.session import Session
from tests.practice.talks import engine, pump, shipped


@pytest.mark.parametrize("bot", [bot for bot in BOTS if bot != "expert"])
def test_every_bad_bot_comes_to_an_end_and_wins_nothing(bot: BotName) -> None:
    scenario = sorted(shipped().values(), key=lambda one: one.id)[0]
    session = play(Session(scenario, engine(), seed=1), bot)
    assert session.ended not in (None, "advanced")
    assert session.score().outcome != "pass"


def test_without_an_expert_script_nothing_shows_that_it_can_be_done() -> None:
    result = certify(pump(), engine(), seeds=[1])
    assert not result.passed
    assert "There is no expert script, so nothing shows it can be done." in [en for _, en in result.reasons]
    assert "expert" not in result.rates
    assert (result.leak, result.inversion) == (0, 0)
    body = result.as_json("en")
    assert set(body) == {"scenario", "version", "passed", "rates", "reasons"}


def _rates(win: float, passed: float) -> Rates:
    return Rates(win=win, passed=passed, walked_away=0, total=50, turns=9)


def test_a_scenario_that_a_lazy_bot_wins_or_an_expert_cannot_is_refused() -> None:
    good: dict[BotName, Rates] = {"lazy": _rates(0, 0), "expert": _rates(1, 1)}
    assert list(_reasons(pump(), good, 0)) == []
    assert len(_reasons(pump(), {**good, "lazy": _rates(0.2, 0)}, 0)) == 1
    assert len(_reasons(pump(), {**good, "lazy": _rates(0, 0.2)}, 0)) == 1
    assert len(_reasons(pump(), {**good, "expert": _rates(0.6, 1)}, 0)) == 1
    assert len(_reasons(pump(), good, 2)) == 1
