"""The coverage map as a table whose cells are buttons, one place of it, and the freshness board in three lanes."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from coach.vocabulary import Language
from ui.icons import icon
from ui.parts.basics import NOTHING, act_button, chip, joined, link_button
from ui.parts.cases import outcome_chip
from ui.shell import path
from ui.views.coverage import FreshRow, LaneView, MapRow, MapView, Spot, SpotView
from ui.views.curation import CaseRow
from ui.words import say


def heat_map(it: MapView, language: Language) -> Markup:
    """Trades down, obstacles across, the number in every cell; darker is fuller, an empty cell asks to be filled."""
    lede = say("map_lede", language, n=it.counted, filled=it.filled, places=it.places)
    return Markup(
        '<section class="pp-card pp-map"><div class="pp-head"><h2>{head}</h2></div><p class="pp-small">{lede}</p>{stages}'
        '<div class="pp-map__scroll" tabindex="0"><table><thead><tr><th scope="col">{trade}</th>{heads}<th scope="col">{sum}</th></tr></thead>'
        "<tbody>{rows}</tbody></table></div></section>"
    ).format(
        head=say("map_head", language),
        lede=lede,
        stages=_stages(it, language),
        trade=say("map_trade", language),
        heads=joined(Markup('<th scope="col">{}</th>').format(head) for head in it.heads),
        sum=say("map_sum", language),
        rows=joined(_row(row) for row in it.rows),
    )


def _stages(it: MapView, language: Language) -> Markup:
    return Markup('<div class="pp-stages" role="group" aria-label="{label}">{all}</div>').format(
        label=say("map_stage", language),
        all=joined(
            Markup(
                '<button type="button" data-act="stage" data-id="{id}" aria-pressed="{on}">{name}</button>'
            ).format(id=id, on="true" if id == it.stage else "false", name=name)
            for id, name in it.stages
        ),
    )


def _row(row: MapRow) -> Markup:
    cells = joined(Markup("<td>{}</td>").format(_spot(spot)) for spot in row.spots)
    return Markup('<tr><th scope="row">{name}</th>{cells}<td class="pp-map__sum">{many}</td></tr>').format(
        name=row.name, cells=cells, many=row.many or "–"
    )


def _spot(spot: Spot) -> Markup:
    sign = spot.many if spot.many else Markup('<span aria-hidden="true">+</span>')
    return Markup(
        '<button type="button" class="pp-spot pp-spot--{heat}" data-act="spot" data-id="{key}" aria-label="{label}"'
        ' title="{label}">{sign}{asked}</button>'
    ).format(
        heat=spot.heat,
        key=spot.key,
        label=spot.label,
        sign=sign,
        asked=Markup('<i class="pp-spot__asked">{}</i>').format(spot.asked) if spot.asked else NOTHING,
    )


def one_spot(it: SpotView | None, wanted: Sequence[Spot], language: Language) -> Markup:
    """The place that was picked, or what is most worth writing when none was."""
    if it is None:
        rows = joined(
            Markup(
                '<li><button type="button" class="pp-textbtn" data-act="spot" data-id="{key}">{label}</button>{asked}</li>'
            ).format(
                key=one.key,
                label=one.label,
                asked=chip(say("map_asked", language, n=one.asked), "accent") if one.asked else NOTHING,
            )
            for one in wanted
        )
        return Markup(
            '<section class="pp-card pp-card--pad pp-spot-view"><h2>{head}</h2><ul class="pp-wanted">{rows}</ul>'
            '<p class="pp-note">{pick}</p></section>'
        ).format(head=say("map_next", language), rows=rows, pick=say("map_pick", language))
    if it.cases:
        body = _cases(it.cases, language)
    else:
        write = link_button(say("map_write", language), path(language, "trainer", new="1"), weight="primary")
        asked = chip(say("map_asked", language, n=it.asked), "accent") if it.asked else NOTHING
        near = (
            Markup("<h3>{}</h3>{}").format(say("map_near", language), _cases(it.near, language))
            if it.near
            else NOTHING
        )
        body = Markup('{asked}<p class="pp-small">{text}</p><p>{write}</p>{near}').format(
            asked=asked, text=say("map_write_text", language), write=write, near=near
        )
    return Markup(
        '<section class="pp-card pp-card--pad pp-spot-view" aria-live="polite"><h2>{head}</h2>{body}</section>'
    ).format(head=it.title, body=body)


def _cases(rows: Sequence[CaseRow], language: Language) -> Markup:
    return Markup('<ul class="pp-spot-cases">{}</ul>').format(
        joined(
            Markup(
                '<li><a href="{href}">{title}</a><span class="pp-chips pp-chips--tight">{outcome}'
                '<span class="pp-note">{note}</span></span></li>'
            ).format(
                href=path(language, "case", id=row.id),
                title=row.title,
                outcome=outcome_chip(row.outcome, language),
                note=row.note,
            )
            for row in rows
        )
    )


def kept(words: str) -> Markup:
    """That something was kept, said once."""
    return Markup('<div class="pp-toast" role="status">{}</div>').format(words)


def lanes(all_of: Sequence[LaneView], language: Language, *, may_look: bool = False) -> Markup:
    """The three tiers side by side; whoever may look things through has a button beside each."""
    return Markup(
        '<section class="pp-lanes-all"><div class="pp-head"><h2>{head}</h2></div><p class="pp-small">{lede}</p>'
        '<div class="pp-lanes">{lanes}</div></section>'
    ).format(
        head=say("fresh_head", language),
        lede=say("fresh_lede", language),
        lanes=joined(_lane(lane, language, may_look) for lane in all_of),
    )


def _lane(lane: LaneView, language: Language, may_look: bool) -> Markup:
    share = round(100 * lane.kept / lane.dated) if lane.dated else 0
    rows = (
        Markup("<ul>{}</ul>").format(joined(_fresh(row, language, may_look) for row in lane.rows))
        if lane.rows
        else Markup('<p class="pp-note">{}</p>').format(say("tier_none", language))
    )
    return Markup(
        '<section class="pp-card pp-lane"><div class="pp-lane__head"><h3>{name}</h3><span class="pp-note">{days}</span></div>'
        '<div class="pp-bar" aria-hidden="true"><i style="width:{share}%"></i></div><p class="pp-note pp-figures">{kept}</p>{rows}{more}</section>'
    ).format(
        name=lane.name,
        days=say("tier_days", language, n=lane.days),
        share=share,
        kept=say("tier_kept", language, n=lane.kept, all=lane.dated),
        rows=rows,
        more=Markup('<p class="pp-note pp-lane__more">{}</p>').format(say("tier_more", language, n=lane.more))
        if lane.more
        else NOTHING,
    )


def _fresh(row: FreshRow, language: Language, may_look: bool) -> Markup:
    sample = chip(say("fresh_sample", language), "line") if row.sample else NOTHING
    return Markup(
        '<li><a href="{href}">{title}</a><span class="pp-chips pp-chips--tight">{state}{sample}</span>'
        '<span class="pp-note">{sign}{owner}{due}</span>{look}</li>'
    ).format(
        href=row.href,
        title=row.title,
        state=chip(row.state, row.tone),
        sample=sample,
        sign=icon("person", 14),
        owner=row.owner,
        due=Markup('<span class="pp-figures">{}</span>').format(row.due) if row.due else NOTHING,
        look=_look(row, language) if may_look else NOTHING,
    )


def _look(row: FreshRow, language: Language) -> Markup:
    """Opens a short form: it was looked at; whose it is, and when it is due next."""
    return Markup(
        '<details class="pp-look" data-key="look-{id}"><summary class="pp-textbtn">{open}</summary>'
        '<div class="pp-look__form pp-fill" data-form><label><span class="pp-label">{owner}</span>'
        '<input type="text" name="owner" maxlength="100" autocomplete="off" value="{kept_by}"></label>'
        '<label><span class="pp-label">{due}</span><input type="date" name="due" min="{soonest}" value="{next}"></label>'
        "{save}</div></details>"
    ).format(
        id=row.id,
        open=say("fresh_look", language),
        owner=say("fresh_owner", language),
        kept_by=row.kept_by,
        due=say("fresh_next", language),
        soonest=row.soonest,
        next=row.next,
        save=act_button(say("fresh_save", language), "looked", id=row.id, weight="primary", small=True),
    )
