"""What the queue shows: one row for each recording or transcript on its way to a visit."""

from __future__ import annotations

from dataclasses import dataclass

from ui.views.tone import Tone


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One job: where it stands, how much of the listening is done (0..1 or None), and what it can be told.

    `note` holds clocks and the time left; `trouble` what went wrong and `way_on` what to do about it; `heard` what
    was heard until now, each with its second. `moving` says that it will change by itself.
    """

    id: str
    name: str
    state: str
    tone: Tone = ""
    part: float | None = None
    note: str = ""
    trouble: str = ""
    way_on: str = ""
    heard: tuple[tuple[float, str], ...] = ()
    moving: bool = True
    may_retry: bool = False
