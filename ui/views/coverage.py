"""What the coverage page shows: the map, one place of it, and the freshness board."""

from __future__ import annotations

from dataclasses import dataclass

from ui.views.curation import CaseRow
from ui.views.tone import Tone


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the map: `heat` 0 (empty) to 4 (as full as any), `asked` by so many deals."""

    key: str
    many: int
    heat: int
    asked: int
    label: str


@dataclass(frozen=True, slots=True)
class MapRow:
    """One trade with its places, and how many cases it has in all."""

    name: str
    spots: tuple[Spot, ...]
    many: int


@dataclass(frozen=True, slots=True)
class MapView:
    """The map over all stages or over one; `stages` are (id, name) with the empty id for all."""

    heads: tuple[str, ...]
    rows: tuple[MapRow, ...]
    stages: tuple[tuple[str, str], ...]
    stage: str
    counted: int
    filled: int
    places: int
    wanted: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class SpotView:
    """One place opened: its cases, or the cases of other trades to look at before one is written."""

    title: str
    cases: tuple[CaseRow, ...]
    near: tuple[CaseRow, ...]
    asked: int


@dataclass(frozen=True, slots=True)
class FreshRow:
    """One item of the board; `href` opens it. `next` is the day it would be due after a look today, `kept_by` its owner."""

    id: str
    next: str
    soonest: str
    kept_by: str
    title: str
    href: str
    owner: str
    due: str
    state: str
    tone: Tone
    sample: bool


@dataclass(frozen=True, slots=True)
class LaneView:
    """One tier: its name, how often it is looked at, how much of it is not late, and its items, late ones first."""

    name: str
    days: int
    kept: int
    dated: int
    rows: tuple[FreshRow, ...]
    more: int
