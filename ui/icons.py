"""Our own line icons: 24 grid, stroke 1.7, round caps, the colour of the text beside them."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

_SHAPES: Final[dict[str, str]] = {
    "home": "M4 11.2 12 4.5l8 6.7M6 9.8V19h4.2v-5h3.6v5H18V9.8",
    "practice": "M4.5 5.5h15v10.8H12l-4.2 3.4v-3.4H4.5zM8.3 9.3h7.4M8.3 12.5h4.6",
    "visits": "M12 3.8a2.8 2.8 0 0 1 2.8 2.8v5a2.8 2.8 0 0 1-5.6 0v-5A2.8 2.8 0 0 1 12 3.8zM5.8 11.4a6.2 6.2 0 0 0 12.4 0M12 17.6v2.8",
    "deals": "M4.5 8.2h15V19h-15zM9 8.2V5.4h6v2.8M4.5 13h15M12 11.8v2.4",
    "trainer": "M6.5 5.5h11v14h-11zM9.5 5.5V4h5v1.5M9.3 13l2 2 3.6-4",
    "handbook": "M5 5.5h5.2c1 0 1.8.7 1.8 1.7v12c0-.9-.8-1.5-1.8-1.5H5zM19 5.5h-5.2c-1 0-1.8.7-1.8 1.7v12c0-.9.8-1.5 1.8-1.5H19z",
    "check": "m5.5 12.5 4.3 4.3 8.7-9.3",
    "cross": "m6.5 6.5 11 11m0-11-11 11",
    "dash": "M6 12h12",
    "flag": "M6.5 20V4.8h10.6l-2.1 3.9 2.1 3.9H6.5",
    "bulb": "M9.3 16.2c-.2-1.7-2.6-2.9-2.6-6a5.3 5.3 0 0 1 10.6 0c0 3.1-2.4 4.3-2.6 6zM9.8 19.3h4.4",
    "lock": "M6.5 11h11v8.5h-11zM9 11V8.2a3 3 0 0 1 6 0V11",
    "retry": "M5 9.2A7.4 7.4 0 1 1 4.7 14M4.8 4.8v4.6h4.6",
    "print": "M7.5 8.5V4.5h9v4M7.5 16H4.8V8.5h14.4V16h-2.7M7.5 13.5h9v6h-9z",
    "download": "M12 4.5v10.3M7.8 10.9 12 15l4.2-4.1M5 19.3h14",
    "upload": "M12 15.2V4.8M7.8 8.9 12 4.8l4.2 4.1M5 19.3h14",
    "play": "M8.5 6v12l9.5-6z",
    "pause": "M8.8 6v12M15.2 6v12",
    "swap": "M5 8.5h13.2M15 5.2l3.3 3.3L15 11.8M19 15.5H5.8M9 12.2l-3.3 3.3L9 18.8",
    "edit": "m5 19 .8-3.8L15.6 5.4l3 3L8.8 18.2zM13.5 7.5l3 3",
    "differs": "M8 19V5.5M4.8 8.7 8 5.5l3.2 3.2M16 5v13.5M12.8 15.3l3.2 3.2 3.2-3.2",
    "useful": "M7.5 11v8.5H4.5V11zM7.5 11l3.3-6.2c1.5 0 2.4 1 2.2 2.5L12.6 10h6c.9 0 1.5.8 1.3 1.7l-1.5 6.3c-.2.9-.9 1.5-1.8 1.5H7.5",
    "help": "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM9.6 9.7a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.2.9-1.2 1.8v.3M12 16.6v.2",
    "sound": "M5 9.8v4.4h3.2l4.3 3.6V6.2L8.2 9.8zM15.6 9.3a4 4 0 0 1 0 5.4M18 7a7.2 7.2 0 0 1 0 10",
    "mute": "M5 9.8v4.4h3.2l4.3 3.6V6.2L8.2 9.8zM16 9.8l4.4 4.4m0-4.4L16 14.2",
    "down": "m6.5 9.5 5.5 5.5 5.5-5.5",
    "right": "m9.5 6.5 5.5 5.5-5.5 5.5",
    "sun": "M12 8.3a3.7 3.7 0 1 1 0 7.4 3.7 3.7 0 0 1 0-7.4zM12 3.5v1.6M12 18.9v1.6M3.5 12h1.6M18.9 12h1.6M6 6l1.1 1.1M16.9 16.9 18 18M6 18l1.1-1.1M16.9 7.1 18 6",
    "moon": "M19 14.2A7.6 7.6 0 0 1 9.8 5a7.6 7.6 0 1 0 9.2 9.2z",
    "language": "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM4.3 12h15.4M12 4c2.3 2.3 3.4 5 3.4 8s-1.1 5.7-3.4 8c-2.3-2.3-3.4-5-3.4-8S9.7 6.3 12 4z",
    "warning": "M12 5 3.8 19h16.4zM12 10.5v3.8M12 16.6v.2",
    "clock": "M12 4.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM12 8.3V12l2.6 1.8",
    "document": "M6.5 4.5h7.8l3.2 3.3v11.7h-11zM9.3 11.5h5.4M9.3 15h5.4",
    "team": "M9 6a2.9 2.9 0 1 1 0 5.8A2.9 2.9 0 0 1 9 6zM3.6 18.8c.5-3 2.7-4.6 5.4-4.6s4.9 1.6 5.4 4.6M15.2 6.4a2.6 2.6 0 0 1 0 5M16.6 14.4c2 .4 3.4 1.9 3.8 4.4",
    "person": "M12 5a3.4 3.4 0 1 1 0 6.8A3.4 3.4 0 0 1 12 5zM5.5 19.3c.6-3.4 3.2-5.2 6.5-5.2s5.9 1.8 6.5 5.2",
}

LOGO: Final = Markup(
    '<svg class="pp-mark" viewBox="0 0 36 36" aria-hidden="true">'
    '<rect width="36" height="36" rx="9" fill="var(--pp-accent)"/>'
    '<g fill="none" stroke="var(--pp-on-accent)" stroke-width="2.6" stroke-linecap="round">'
    '<path d="M10 25.5c4.2.6 4.6-3 5.5-7.3s1.5-8.4 5.3-7.9"/>'
    '<path d="M16.2 25.5c4.2.6 4.6-3 5.5-7.3s1.5-8.4 5.3-7.9" opacity=".72"/></g></svg>'
)
"""The mark: two runners' tracks, one half a step behind the other."""


def icon(name: str, size: int = 18) -> Markup:
    """The named icon as an inline SVG that screen readers skip (KeyError for an unknown name)."""
    return Markup(
        '<svg width="{size}" height="{size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="1.7" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="{shape}"/></svg>'
    ).format(size=size, shape=_SHAPES[name])


def names() -> tuple[str, ...]:
    """Every icon there is."""
    return tuple(_SHAPES)
