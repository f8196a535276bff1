"""The coverage desk: the map of all published cases, one place of it, and what must be looked at again."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from coach.errors import BadInput
from coach.vocabulary import OBJECTION_TYPES, STAGES, Language, ObjectionType, Stage, name
from ui.desks.case import case_facts
from ui.shell import path
from ui.views.coverage import FreshRow, LaneView, MapRow, MapView, Spot, SpotView
from ui.views.curation import CaseRow
from ui.views.tone import Tone
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.library.coverage import Coverage, Gap
    from coach.library.freshness import Item, Lane, State
    from knowledge.industries import Industries

_SHOWN: Final = 8
"""Items of a lane that stand on the board; the rest is a number."""
_WANTED: Final = 6
_TONES: Final[dict[str, Tone]] = {
    "fresh": "good",
    "soon": "warn",
    "late": "bad",
    "aside": "bad",
    "undated": "line",
}


class CoverageRoom:
    """Asks the coach where cases are missing and what ages."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    def the_map(self, stage: str, language: Language) -> MapView:
        """The map of the cases of one language, over all stages or over one."""
        chosen = _stage(stage)
        counted, tree, asked = self._counted(language), self._tree, self._asked()
        names = {place.id: place.name(language) for place in tree} | {"other": say("map_other", language)}
        most = max(
            (counted.many(sector, kind, chosen) for sector in counted.sectors for kind in OBJECTION_TYPES),
            default=0,
        )

        def spot(sector: str, kind: ObjectionType) -> Spot:
            many = counted.many(sector, kind, chosen)
            words = say(
                "map_cell" if many else "map_empty",
                language,
                sector=names[sector],
                kind=name(kind, language),
                n=many,
            )
            heat = 0 if not many else 1 + min(3, (4 * (many - 1)) // max(1, most))
            return Spot(
                f"{sector}|{kind}|{stage if chosen else ''}",
                many,
                heat,
                asked.get((sector, kind), 0) if not many else 0,
                words,
            )

        rows = [
            MapRow(
                names[sector],
                tuple(spot(sector, kind) for kind in OBJECTION_TYPES),
                self._held(counted, sector, chosen),
            )
            for sector in counted.sectors
        ]
        filled = sum(one.many > 0 for row in rows for one in row.spots)
        return MapView(
            heads=tuple(name(kind, language) for kind in OBJECTION_TYPES),
            rows=tuple(rows),
            stages=(("", say("map_all", language)), *((one, name(one, language)) for one in STAGES)),
            stage=stage if chosen else "",
            counted=counted.counted,
            filled=filled,
            places=sum(len(row.spots) for row in rows),
            wanted=tuple(spot(gap.cell.sector, gap.cell.objection) for gap in self._gaps(counted, asked)),
        )

    def spot(self, key: str, language: Language) -> SpotView | None:
        """One place of the map; None for a key that names none."""
        from coach.library.coverage import Cell, gaps

        sector, _, rest = key.partition("|")
        words, _, stage = rest.partition("|")
        kind = next((one for one in OBJECTION_TYPES if one == words), None)
        counted, asked = self._counted(language), self._asked()
        if kind is None or sector not in counted.sectors:
            return None
        cell = Cell(sector, kind, _stage(stage))
        names = {place.id: place.name(language) for place in self._tree} | {
            "other": say("map_other", language)
        }
        parts = [names[sector], name(kind, language), *([name(cell.stage, language)] if cell.stage else [])]
        near = next(
            (
                gap.near
                for gap in gaps(counted, asked, stages=cell.stage is not None, most=10_000)
                if gap.cell == cell
            ),
            (),
        )
        return SpotView(
            say("dot", language).join(parts),
            tuple(self._case_row(one, language) for one in counted.at(cell)),
            tuple(self._case_row(one, language) for one in near),
            asked.get((sector, kind), 0),
        )

    def lanes(self, language: Language) -> tuple[LaneView, ...]:
        """The freshness board."""
        from coach.library.freshness import board, items

        library = self._coach.library
        books = [book for book in library.shelf.handbooks() if book.language == language]
        found = items(library.cases(language), books, library.looks())
        found = [dataclasses.replace(one, owner=self._name(one.owner, language)) for one in found]
        return tuple(_lane(lane, dt.date.today(), language) for lane in board(found, dt.date.today()))

    def _name(self, owner: str, language: Language) -> str:
        """Who keeps it, by name: cases that were written here say who wrote them by an id."""
        from coach.store.people import everybody

        known = (
            everybody(self._coach.database).get(owner) if owner and self._coach.database.is_there else None
        )
        return say("trainer_me", language) if known == "local" else known or owner

    def looked(self, item_id: str, owner: str, due: str, language: Language) -> str:
        """It was looked at and still holds: a sentence that says until when (NotFound, Refused, BadInput)."""
        try:
            day = dt.date.fromisoformat(due) if due else None
        except ValueError:
            raise BadInput(
                ("这个日子看不懂。", "This day makes no sense."), ("重新选。", "Choose again.")
            ) from None
        now = self._coach.looking.looked(item_id, owner=owner, due=day)
        return say("fresh_kept", language, title=now.title, due=now.due.isoformat() if now.due else "")

    @property
    def may_look(self) -> bool:
        """Whether who asks may say that something still holds."""
        return "trainer" in self._coach.roles

    @property
    def _tree(self) -> Industries:
        from knowledge.loader import load_industries

        return load_industries()

    def _counted(self, language: Language) -> Coverage:
        from coach.library.coverage import coverage

        return coverage(self._coach.library.cases(language), self._tree)

    def _asked(self) -> Mapping[tuple[str, ObjectionType], int]:
        from coach.library.demand import asked_for

        deals = self._coach.deals.newest(500) if self._coach.database.is_there else []
        told = [
            (deal.industry or "", tuple(kind for kind in OBJECTION_TYPES if kind in deal.pain))
            for deal in deals
        ]
        return asked_for(told, self._tree)

    def _gaps(self, counted: Coverage, asked: Mapping[tuple[str, ObjectionType], int]) -> list[Gap]:
        from coach.library.coverage import gaps

        return gaps(counted, asked, most=_WANTED)

    def _held(self, counted: Coverage, sector: str, stage: Stage | None) -> int:
        """Cases of one row; one that holds several obstacles counts once."""
        from coach.library.coverage import Cell

        return len({case for kind in OBJECTION_TYPES for case in counted.at(Cell(sector, kind, stage))})

    def _case_row(self, case_id: str, language: Language) -> CaseRow:
        case = self._coach.library.case(case_id)
        return CaseRow(case.id, case.title, case.outcome, case_facts(case, language))


def _stage(words: str) -> Stage | None:
    return next((one for one in STAGES if one == words), None)


def _lane(lane: Lane, today: dt.date, language: Language) -> LaneView:
    from knowledge.schema import DAYS_FRESH

    return LaneView(
        say(f"tier_{lane.tier}", language),
        DAYS_FRESH[lane.tier],
        lane.kept,
        lane.dated,
        tuple(_row(one, today, language) for one in lane.items[:_SHOWN]),
        max(0, len(lane.items) - _SHOWN),
    )


def _row(one: Item, today: dt.date, language: Language) -> FreshRow:
    from knowledge.schema import DAYS_FRESH

    state = one.state(today)
    return FreshRow(
        id=one.id,
        next=(today + dt.timedelta(DAYS_FRESH[one.tier])).isoformat(),
        soonest=(today + dt.timedelta(1)).isoformat(),
        kept_by=one.owner,
        title=one.title,
        href=path(language, "case", id=one.id)
        if one.kind == "case"
        else path(language, "handbook", book=one.id),
        owner=one.owner or say("fresh_owner_none", language),
        due=one.due.isoformat() if one.due else "",
        state=_state_words(one, state, today, language),
        tone="line" if one.sample else _TONES[state],
        sample=one.sample,
    )


def _state_words(one: Item, state: State, today: dt.date, language: Language) -> str:
    left = (one.due - today).days if one.due else 0
    if state == "soon" and not left:
        return say("fresh_today", language)
    return say(f"fresh_{state}", language, n=left if state == "soon" else one.late_by(today))
