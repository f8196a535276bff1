"""The tones of a chip; each has its colours in the stylesheet and always words beside them."""

from __future__ import annotations

from typing import Literal

Tone = Literal["", "good", "warn", "bad", "accent", "customer", "line"]
