"""Rows of a list that lead somewhere."""

from __future__ import annotations

from markupsafe import Markup

from ui.icons import icon
from ui.parts.basics import NOTHING, chip
from ui.views.home import Recent


def recent_row(row: Recent) -> Markup:
    """One row: what it is, when, how it stands."""
    return Markup(
        '<li><a class="pp-row" href="{href}"><span class="pp-row__sign">{sign}</span><span><b>{title}'
        '</b><span class="pp-note">{note}</span></span>'
        "<span>{chip}</span>{go}</a></li>"
    ).format(
        href=row.href,
        sign=icon(row.kind),
        title=row.title,
        note=row.note,
        chip=chip(row.chip, row.tone) if row.chip else NOTHING,
        go=icon("right"),
    )
