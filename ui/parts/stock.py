"""The stock of scenarios in HTML: the form to begin with, this trainer's texts, what can be copied."""

from __future__ import annotations

from markupsafe import Markup

from coach.vocabulary import Language
from ui.icons import icon
from ui.parts.basics import NOTHING, act_button, chip, empty, joined
from ui.parts.writing import outline_fields
from ui.shell import path
from ui.views.scenarios import Stock
from ui.words import say


def stock(it: Stock, language: Language) -> Markup:
    """This trainer's texts, then what can be copied."""
    begin = act_button(say("scenarios_begin", language), "begin", weight="primary")
    if it.mine:
        mine = Markup('<ul class="pp-rows">{}</ul>').format(
            joined(
                Markup(
                    '<li><a class="pp-row" href="{href}"><span class="pp-row__sign">{sign}</span><span><b>{title}</b>'
                    '<span class="pp-note pp-figures">{note}</span></span>{chip}{go}</a></li>'
                ).format(
                    href=path(language, "scenario", id=row.id),
                    sign=icon("edit"),
                    title=row.title,
                    note=row.note,
                    chip=chip(row.chip, row.tone),
                    go=icon("right"),
                )
                for row in it.mine
            )
        )
    else:
        mine = empty(say("scenarios_mine_none", language), begin)
    sources = joined(
        Markup('<li><span><b>{title}</b><span class="pp-note">{note}</span></span>{copy}</li>').format(
            title=one.title,
            note=one.note,
            copy=act_button(say("scenarios_copy", language), "copy", id=one.id, small=True),
        )
        for one in it.sources
    )
    return Markup(
        '<div class="pp-doc pp-stock"><p class="pp-small">{lede}</p>{form}<section class="pp-card"><div class="pp-head pp-rows-head">'
        '<h2>{mine_head}</h2>{begin}</div>{mine}</section><section class="pp-card"><div class="pp-head pp-rows-head"><h2>{head}'
        '</h2></div><ul class="pp-sources">{sources}</ul></section></div>'
    ).format(
        lede=say("scenarios_lede", language),
        form=_form(language),
        mine_head=say("scenarios_mine", language),
        begin=begin if it.mine else NOTHING,
        mine=mine,
        head=say("scenarios_sources", language),
        sources=sources,
    )


def _form(language: Language) -> Markup:
    """The usual fields of one page; what comes out is a text like any other."""
    return Markup(
        '<details class="pp-card pp-outline" data-key="scenario-form"><summary>{sign}<b>{head}</b><span class="pp-note">{note}</span>'
        '{down}</summary><div class="pp-outline__fields" data-form="outline">{fields}<div class="pp-acts-row">{go}</div></div></details>'
    ).format(
        sign=icon("edit"),
        head=say("scenario_form", language),
        note=say("scenario_form_note", language),
        down=icon("down", 15),
        fields=outline_fields(language),
        go=act_button(say("scenario_form_go", language), "fill", weight="primary"),
    )
