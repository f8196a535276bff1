"""What the home page and the lists show of something that was done before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.views.tone import Tone


@dataclass(frozen=True, slots=True)
class Recent:
    """One thing to carry on with: where it leads, what it is, and a chip that says how it stands."""

    href: str
    kind: Literal["practice", "visits", "deals"]
    title: str
    note: str
    chip: str = ""
    tone: Tone = ""
