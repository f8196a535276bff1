"""The coverage map: how many cases there are for each trade, obstacle and stage; what is empty is work to do.

A case counts in every obstacle it holds. Trades are counted by sector, the upper of the two levels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from coach.vocabulary import OBJECTION_TYPES, STAGES, ObjectionType, Stage
from knowledge.industries import Industries
from knowledge.schema import Case

OTHER: Final = "other"
"""The sector of cases whose trade is not in the tree."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the map; `stage` None stands for all stages together."""

    sector: str
    objection: ObjectionType
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty place: how many deals asked for it, and the cases nearest to it (same obstacle, other trades)."""

    cell: Cell
    asked: int
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole map: case ids by place, the sectors that it has rows for, and how many cases were counted."""

    sectors: tuple[str, ...]
    cases: Mapping[Cell, tuple[str, ...]]
    counted: int

    def at(self, cell: Cell) -> tuple[str, ...]:
        """The cases of one place, in the order of ids."""
        return self.cases.get(cell, ())

    def many(self, sector: str, objection: ObjectionType, stage: Stage | None = None) -> int:
        """How many cases stand at one place."""
        return len(self.at(Cell(sector, objection, stage)))

    @property
    def most(self) -> int:
        """The fullest place of the map over all stages."""
        return max((len(ids) for cell, ids in self.cases.items() if cell.stage is None), default=0)

    @property
    def filled(self) -> tuple[int, int]:
        """(places with a case, places) of trade and obstacle over all stages."""
        places = [(sector, kind) for sector in self.sectors for kind in OBJECTION_TYPES]
        return sum(self.many(*place) > 0 for place in places), len(places)


def coverage(cases: Iterable[Case], industries: Industries) -> Coverage:
    """The map of these cases; its rows are all sectors of the tree, and `other` when some case needs it."""
    found: dict[Cell, list[str]] = {}
    counted = 0
    for case in sorted(cases, key=lambda one: one.id):
        counted += 1
        sector = sector_of(case.industry, industries)
        for kind in case.objection_types:
            found.setdefault(Cell(sector, kind), []).append(case.id)
            if case.stage is not None:
                found.setdefault(Cell(sector, kind, case.stage), []).append(case.id)
    sectors = [place.id for place in industries if "/" not in place.id]
    if any(cell.sector == OTHER for cell in found):
        sectors.append(OTHER)
    return Coverage(tuple(dict.fromkeys(sectors)), {cell: tuple(ids) for cell, ids in found.items()}, counted)


def gaps(
    the_map: Coverage,
    asked: Mapping[tuple[str, ObjectionType], int] | None = None,
    *,
    stages: bool = False,
    most: int = 200,
) -> list[Gap]:
    """The empty places, the most wanted first: by deals that asked, then where most other cases of the row stand.

    With `stages` a trade and obstacle that has cases still shows the stages it has none for.
    """
    wanted = asked or {}
    by_sector: Counter[str] = Counter()
    by_kind: Counter[str] = Counter()
    for cell, ids in the_map.cases.items():
        if cell.stage is None:
            by_sector[cell.sector] += len(ids)
            by_kind[cell.objection] += len(ids)
    kinds: tuple[Stage | None, ...] = STAGES if stages else (None,)
    empty = [
        Cell(sector, kind, stage)
        for sector in the_map.sectors
        if sector != OTHER
        for kind in OBJECTION_TYPES
        for stage in kinds
        if not the_map.many(sector, kind, stage)
    ]
    empty.sort(
        key=lambda cell: (
            -wanted.get((cell.sector, cell.objection), 0),
            -by_sector[cell.sector] - by_kind[cell.objection],
        )
    )
    return [
        Gap(cell, wanted.get((cell.sector, cell.objection), 0), _near(the_map, cell)) for cell in empty[:most]
    ]


def sector_of(industry: str, industries: Industries) -> str:
    """The sector of a trade or of free words; `other` when the tree knows neither."""
    place = industries.place(industry) if industry else None
    return place.sector if place is not None and place.known else OTHER


def _near(the_map: Coverage, cell: Cell) -> tuple[str, ...]:
    """Cases of the same obstacle in the sectors that have most of it: what one may look at before writing."""
    others = sorted(the_map.sectors, key=lambda sector: -the_map.many(sector, cell.objection, cell.stage))
    return tuple(
        case for sector in others[:3] for case in the_map.at(Cell(sector, cell.objection, cell.stage))[:1]
    )
