"""Two people at one table: who answers, who is forgotten, what one hears of the other."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from scenarios.loader import load_scenario
from scenarios.schema import Scenario
from tests.practice.talks import Table


@lru_cache(maxsize=1)
def room() -> Scenario:
    """The small room."""
    return load_scenario(Path(__file__).parent / "room.yaml")


def _speakers(table: Table) -> list[str]:
    return [step.who for step in table.steps]


def test_the_one_who_is_named_answers() -> None:
    table = Table(room())
    assert _speakers(table) == ["dana"]
    table.hear("Pete, that's a fair thing to worry about.", "acknowledge")
    assert table.state.heard[-1].to == "pete"
    assert _speakers(table)[0] == "pete"
    assert table.state.objections["o-write"].state == "acknowledged"


def test_a_question_finds_its_owner_without_a_name() -> None:
    table = Table(room())
    table.hear("How many hours of overtime do you run?", "explore")
    assert (table.kinds[0], _speakers(table)[0]) == ("fact", "dana")
    table.hear("What did the last vendor write to your database?", "explore")
    assert (table.kinds[0], _speakers(table)[0]) == ("fact", "pete")
    assert table.state.facts == ("f-hours", "f-night")


def test_kind_words_to_one_do_not_soften_the_other() -> None:
    table = Table(room())
    table.hear("Dana, that must have been a hard month.", "acknowledge")
    assert table.state.objections["o-write"].state == "raised"


def test_whoever_is_left_out_says_so_and_loses_patience() -> None:
    table = Table(room())
    for text in ("Dana, how was the launch?", "Dana, what would June bring you?", "Dana, and in autumn?"):
        table.hear(text, "explore")
        if "Should I come back when it's my turn?" in [step.move.line for step in table.steps]:
            break
    else:
        raise AssertionError("Pete never spoke up")
    assert table.state.people["pete"].patience < table.state.people["dana"].patience + 1


def test_cross_talk_is_heard_once() -> None:
    table = Table(room())
    heard = []
    for text in (
        "Pete, go ahead.",
        "Dana, go ahead.",
        "Pete, what else?",
        "Dana, what else?",
        "Pete, and you?",
    ):
        heard += [step.move.line for step in table.hear(text, "explore")]
    assert heard.count("Do we?") == 1
    assert heard.index("Do we?") == heard.index("We want it by June.") + 1


def test_siding_with_one_turns_the_other_away() -> None:
    table = Table(room())
    before = table.state.people["pete"].trust
    table.hear("We don't need Pete for this.", "dismiss", crossed=("r-sides",))
    assert table.kinds[0] == "red_line"
    assert table.state.people["pete"].trust <= before - 20
