"""What the scenario pages show: a trainer's own texts and what can be copied; one text with its faults, trial and certificate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ui.views.practice import Line
from ui.views.tone import Tone


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One text of this trainer's."""

    id: str
    title: str
    note: str
    chip: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Source:
    """A scenario that can be copied."""

    id: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Stock:
    """The page as it opens."""

    mine: tuple[OwnRow, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """One fault or note: where, and what to do."""

    line: int
    field: str
    words: str
    fault: bool


@dataclass(frozen=True, slots=True)
class BotRow:
    """What one bot got out of it: shares 0..1; `bad` marks what speaks against publishing."""

    name: str
    passed: float
    walked_away: float
    total: str
    bad: bool


CertificateState = Literal["none", "running", "certified", "refused", "stale"]


@dataclass(frozen=True, slots=True)
class CertificateView:
    """How the draft stands with its certificate; `note` says what went wrong or what changed, `part` is 0..100."""

    state: CertificateState
    word: str
    tone: Tone
    note: str = ""
    part: int = 0
    progress: str = ""
    reasons: tuple[str, ...] = ()
    rows: tuple[BotRow, ...] = ()
    may_start: bool = False
    may_publish: bool = False
    may_retire: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """One text as it stands. `locked` when it is published: then it is read and copied, not changed.

    `answers` are the form's fields for this text; None while it is not readable.
    """

    id: str
    title: str
    text: str
    remarks: tuple[Remark, ...]
    faults: int
    whole: bool
    locked: bool
    status: str
    tone: Tone
    kept: str
    answers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """A talk with the draft's customer that is kept nowhere; `gauges` are (name, value in words)."""

    customer: str
    gauges: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    over: str = ""
