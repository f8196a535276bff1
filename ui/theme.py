"""Gradio's theme, pointed at our tokens; literal colours are only those it needs before our stylesheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gradio.themes.base import Base

PAGE_LIGHT: Final = "#F6F7F7"
PAGE_DARK: Final = "#0F1415"
INK_LIGHT: Final = "#17211F"
INK_DARK: Final = "#E9EFEE"


def peipao_theme() -> Base:
    """The theme for every mount."""
    from gradio.themes import Base

    return Base(font=["Inter Latin", "sans-serif"], font_mono=["ui-monospace", "monospace"]).set(
        body_background_fill=PAGE_LIGHT,
        body_background_fill_dark=PAGE_DARK,
        body_text_color=INK_LIGHT,
        body_text_color_dark=INK_DARK,
        input_placeholder_color="var(--pp-ink-3)",
        input_placeholder_color_dark="var(--pp-ink-3)",
        input_background_fill="var(--pp-surface)",
        input_background_fill_dark="var(--pp-surface)",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        link_text_color="var(--pp-accent)",
        link_text_color_dark="var(--pp-accent)",
        button_transition="background-color .12s",
    )
