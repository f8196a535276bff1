"""The filters above the shelf: objection, difficulty and trade as choices with their counts, and what is recommended."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from markupsafe import Markup

from coach.vocabulary import Language
from ui.parts.basics import NOTHING, act_button, joined
from ui.shell import path
from ui.views.picking import Choice, Picked, Shelf
from ui.words import say


def filters(it: Shelf, language: Language) -> Markup:
    """All filters, how many scenarios they leave, and the page's address with them."""
    picked = it.picked
    all_of_them = _chip(
        say("pick_all", language), replace(picked, recommended=False), on=not picked.recommended
    )
    chosen = _chip(
        say("pick_recommended", language),
        replace(picked, recommended=True),
        on=picked.recommended,
        count=it.recommended,
    )
    clear = (
        act_button(say("pick_clear", language), "pick", id="", weight="quiet", small=True)
        if picked.any
        else NOTHING
    )
    return Markup(
        '<div class="pp-picks" role="group" aria-label="{label}">'
        '<div class="pp-picks__row">{all}{chosen}</div>{types}{levels}{trades}'
        '<div class="pp-picks__foot"><span class="pp-small" role="status">{found}</span>{clear}</div>'
        '<span hidden data-here="{here}"></span></div>'
    ).format(
        label=say("shelf_title", language),
        all=all_of_them,
        chosen=chosen,
        types=_row(say("pick_type", language), "type", it.types, picked),
        levels=_row(say("pick_level", language), "level", it.levels, picked),
        trades=_select(it, language),
        found=say("pick_found", language, n=len(it.cards)),
        clear=clear,
        here=path(language, "practice", **picked.query()),
    )


def _row(label: str, key: str, choices: tuple[Choice, ...], picked: Picked) -> Markup:
    """A second press on the chosen one drops it."""
    now = picked.query()[key]
    return Markup('<div class="pp-picks__row"><span class="pp-small">{label}</span>{chips}</div>').format(
        label=label,
        chips=joined(
            _chip(
                one.words,
                replace(picked, **{key: "" if one.id == now else one.id}),  # type: ignore[arg-type]
                on=one.id == now,
                count=one.count,
            )
            for one in choices
        ),
    )


def _chip(words: str, to: Picked, *, on: bool, count: int | None = None) -> Markup:
    number = Markup(' <b class="pp-figures">{}</b>').format(count) if count is not None else NOTHING
    return Markup(
        '<button type="button" class="pp-choice" data-act="pick" data-id="{to}" aria-pressed="{on}"{off}>'
        "{words}{number}</button>"
    ).format(
        to=urlencode({key: value for key, value in to.query().items() if value}),
        on="true" if on else "false",
        off=Markup(" disabled") if count == 0 and not on else NOTHING,
        words=words,
        number=number,
    )


def _select(it: Shelf, language: Language) -> Markup:
    """Trades are many: a list that opens."""
    rest = replace(it.picked, trade="").query()
    options = joined(
        Markup('<option value="{id}"{on}>{words} ({n})</option>').format(
            id=one.id,
            words=one.words,
            n=one.count,
            on=Markup(" selected") if one.id == it.picked.trade else NOTHING,
        )
        for one in it.trades
        if one.count or one.id == it.picked.trade
    )
    return Markup(
        '<label class="pp-picks__row"><span class="pp-small">{label}</span>'
        '<select class="pp-choice" data-picks="{rest}" name="trade"><option value="">{all}</option>{options}'
        "</select></label>"
    ).format(
        label=say("pick_trade", language),
        rest=urlencode({key: value for key, value in rest.items() if value}),
        all=say("pick_all", language),
        options=options,
    )
