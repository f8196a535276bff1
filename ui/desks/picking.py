"""Picking through the shelf: which scenarios the filters leave, and how many each other choice would."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from coach.practice.recommended import Pick, recommended
from coach.vocabulary import OBJECTION_TYPES, Language, name
from ui.views.picking import Choice, Picked, Shelf
from ui.views.practice import ScenarioCard
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach

_LEVELS: Final = ("easy", "normal", "hard")
_HISTORY: Final = 500


def shelf_view(coach: Coach, cards: Sequence[ScenarioCard], picked: Picked, language: Language) -> Shelf:
    """The shelf as the filters leave it; recommended ones in the order of their reasons."""
    picks = picks_of(coach, cards, language)
    shown = {card.id: card for card in cards}
    chosen = [
        replace(shown[id], why=_why(pick, language)) if picked.recommended else shown[id]
        for id, pick in picks.items()
    ]
    pool = chosen if picked.recommended else list(cards)

    def left(**other: str) -> int:
        asked = replace(picked, **other)  # type: ignore[arg-type]
        return sum(_fits(card, asked) for card in pool)

    def choices(key: str, ids: Sequence[str], called: Callable[[str], str]) -> tuple[Choice, ...]:
        return tuple(Choice(id, called(id), left(**{key: id})) for id in ids)

    sectors = _sectors(language)
    there = [id for id in sectors if any(card.trade == id for card in cards)]
    return Shelf(
        cards=tuple(card for card in pool if _fits(card, picked)),
        picked=picked,
        types=choices("type", OBJECTION_TYPES, lambda id: name(id, language)),
        trades=choices("trade", there, lambda id: sectors[id]),
        levels=choices("level", _LEVELS, lambda id: say(f"level_{id}", language)),
        recommended=len(picks),
    )


def picks_of(coach: Coach, cards: Sequence[ScenarioCard], language: Language) -> Mapping[str, Pick]:
    """What the coach would choose among these cards, by scenario, in its order."""
    ids = {card.id for card in cards}
    scenarios = {id: one for id, one in coach.scenarios.items() if id in ids}
    found = recommended(scenarios, coach.practices.newest(_HISTORY), coach.due_today(language))
    return {pick.scenario: pick for pick in found}


def _fits(card: ScenarioCard, picked: Picked) -> bool:
    return (
        (not picked.type or picked.type in card.types)
        and (not picked.trade or picked.trade == card.trade)
        and (not picked.level or picked.level == card.level_id)
    )


def _sectors(language: Language) -> dict[str, str]:
    from knowledge.loader import load_industries

    return {place.id: place.name(language) for place in load_industries() if "/" not in place.id}


def _why(pick: Pick, language: Language) -> str:
    return (
        say(f"why_{pick.why}", language, n=pick.score)
        if pick.why == "low"
        else say(f"why_{pick.why}", language)
    )
