"""Help tells the truth about the running settings, and nobody is offered the same tour twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.app import OneOfMany, open_coach
from coach.settings import Settings
from ui.desks.help import HelpRoom, words_leave


def test_the_tour_is_due_until_it_was_taken_or_skipped_each_for_themselves(tmp_path: Path) -> None:
    from coach.accounts.people import People

    coach = open_coach(Settings(home=tmp_path, engine="offline"))
    people = People(coach.database)
    people.add("chen", ("admin",), "correct horse battery")
    for login in ("li", "zhou"):
        people.add(login, ("rep",), "correct horse battery")
    li, zhou = (HelpRoom(OneOfMany(coach, people.load(login).person)) for login in ("li", "zhou"))
    assert li.tour_due()
    li.end_tour("skipped")
    assert not li.tour_due()
    assert zhou.tour_due()
    zhou.end_tour("taken")
    assert not HelpRoom(OneOfMany(open_coach(coach.settings), people.load("zhou").person)).tour_due()


@pytest.mark.parametrize(
    ("settings", "out"),
    [
        ({}, ()),
        ({"llm_base_url": "https://llm.example/v1", "engine": "offline"}, ()),
        ({"llm_base_url": "http://127.0.0.1:11434/v1"}, ()),
        ({"llm_base_url": "https://llm.example/v1"}, ("llm.example",)),
        ({"llm_base_url": "https://llm.example/v1", "embedder": "endpoint"}, ("llm.example", "llm.example")),
        ({"transcribe_base_url": "https://ears.example/v1"}, ("ears.example",)),
    ],
)
def test_what_leaves_is_what_the_settings_send(
    tmp_path: Path, settings: dict[str, str], out: tuple[str, ...]
) -> None:
    coach = open_coach(Settings(home=tmp_path, **settings))  # type: ignore[arg-type]
    for language in ("zh", "en"):
        told = HelpRoom(coach).leaves(language)
        sent = [row.how for row in told.rows if row.out]
        assert len(sent) == told.count == len(out)
        assert all(host in how for host, how in zip(out, sent, strict=True))
    assert words_leave(coach.settings) is bool(out)


def test_it_says_when_names_go_out_unmasked(tmp_path: Path) -> None:
    def told(mask: str) -> str:
        settings = Settings(home=tmp_path, llm_base_url="https://llm.example/v1", llm_mask=mask)  # type: ignore[arg-type]
        return " ".join(row.how for row in HelpRoom(open_coach(settings)).leaves("en").rows)

    assert "masked first" in told("auto")
    assert "Nothing is masked" in told("never")
