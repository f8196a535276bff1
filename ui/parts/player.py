"""The player at the foot of a visit: our own face on a native audio element that asks for ranges."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from coach.vocabulary import Language
from ui.icons import icon
from ui.parts.basics import NOTHING, clock, joined
from ui.words import say

_BAR = 3.0
_GAP = 1.6
_HIGH = 28.0


def player(address: str, seconds: float, wave: Sequence[float], language: Language) -> Markup:
    """Play, time, the wave as a slider, speed. `wave` holds loudness 0..1, one value a bar."""
    return Markup(
        '<div class="pp-player" data-player><audio src="{src}" preload="metadata"></audio>'
        '<button type="button" class="pp-player__go" data-does="play" aria-label="{play}" '
        'data-pause="{pause}">'
        '<span class="pp-when-stopped">{sign}</span><span class="pp-when-playing">{other}</span></button>'
        '<span class="pp-player__time pp-figures">'
        "<b data-player-now>0:00</b> / <span data-player-all>{all}</span></span>"
        '<div class="pp-wave" data-player-bar>{wave}'
        '<input type="range" min="0" max="{max}" step="1" value="0" aria-label="{slider}"></div>'
        '<button type="button" class="pp-textbtn pp-small pp-figures" data-does="speed" '
        'title="{speed}">1.0×</button></div>'
    ).format(
        src=address,
        play=say("play", language),
        pause=say("pause", language),
        sign=icon("play"),
        other=icon("pause"),
        all=clock(seconds),
        wave=_wave(wave),
        max=round(seconds),
        slider=say("seek", language),
        speed=say("speed", language),
    )


def _wave(wave: Sequence[float]) -> Markup:
    if not wave:
        return NOTHING
    width = len(wave) * (_BAR + _GAP)
    bars = "".join(
        f"M{k * (_BAR + _GAP) + 1:.1f} {(_HIGH - h) / 2:.1f}v{h:.1f}"
        for k, level in enumerate(wave)
        for h in [max(2.0, _HIGH * min(1.0, level))]
    )
    drawing = Markup('<path d="{}"/>').format(bars)
    return joined(
        Markup(
            '<svg class="{css}" viewBox="0 0 {w} {h}" preserveAspectRatio="none" aria-hidden="true">'
            "{drawing}</svg>"
        ).format(css=css, w=f"{width:.0f}", h=f"{_HIGH:.0f}", drawing=drawing)
        for css in ("pp-wave__all", "pp-wave__done")
    )
