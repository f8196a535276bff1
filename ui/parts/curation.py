"""The trainer's page in HTML: lists, the bars of who gives, one case with its twins and its history."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from coach.vocabulary import Language
from ui.icons import icon
from ui.parts.basics import NOTHING, chip, empty, joined, link_button
from ui.parts.cases import outcome_chip, passage
from ui.shell import path
from ui.views.curation import CaseRow, Form, Giver, Overview, Review, StepRow, TwinCard
from ui.words import say


def waiting(it: Overview, language: Language) -> Markup:
    """What waits, and a reminder when this month's own case is missing."""
    heading = say("trainer_waiting" if it.trains else "trainer_waiting_own", language)
    due = Markup('<p class="pp-advice">{}</p>').format(it.due) if it.due else NOTHING
    write = link_button(say("trainer_new", language), path(language, "trainer", new="1"), weight="primary")
    rows = _rows(it.waiting, language) if it.waiting else empty(say("trainer_waiting_none", language), write)
    return Markup('{due}<section class="pp-card pp-bank"><div class="pp-head pp-rows-head"><h2>{heading}</h2></div>{rows}</section>').format(
        due=due, heading=heading, rows=rows
    )  # fmt: skip


def shelf(rows: Sequence[CaseRow], language: Language, sought: str = "") -> Markup:
    """The published cases, or why there are none."""
    none = say("trainer_shelf_no_hit" if sought else "trainer_shelf_none", language)
    return _rows(rows, language) if rows else empty(none)


def _rows(rows: Sequence[CaseRow], language: Language) -> Markup:
    return Markup('<ul class="pp-rows">{}</ul>').format(
        joined(
            Markup(
                '<li><a class="pp-row" href="{href}"><span class="pp-row__sign">{sign}</span><span><b>{title}</b>'
                '<span class="pp-note">{note}</span></span><span class="pp-chips pp-chips--tight">{outcome}{chip}</span>{go}</a></li>'
            ).format(
                href=path(language, "trainer", id=row.id),
                sign=icon("document"),
                title=row.title,
                note=row.note,
                outcome=outcome_chip(row.outcome, language),
                chip=chip(row.chip, row.tone) if row.chip else NOTHING,
                go=icon("right"),
            )
            for row in rows
        )
    )


def giving(givers: Sequence[Giver], language: Language) -> Markup:
    """Who gives, as a table whose numbers are bars too: shown, of it opened, of it adopted."""
    most = max([1, *(giver.shown for giver in givers)])
    heads = ("trainer_who", "trainer_published", "trainer_month", "trainer_shown", "trainer_rate")
    return Markup(
        '<section class="pp-card pp-card--pad pp-giving"><div class="pp-head"><h2>{head}</h2></div><table><thead><tr>{heads}</tr></thead>'
        '<tbody>{rows}</tbody></table><p class="pp-legend">{legend}</p><p class="pp-note">{note}</p></section>'
    ).format(
        head=say("trainer_giving", language),
        heads=joined(Markup('<th scope="col">{}</th>').format(say(key, language)) for key in heads),
        rows=joined(_giver(giver, most, language) for giver in givers),
        legend=joined(
            Markup('<span><i class="pp-giving__{kind}"></i>{word}</span>').format(
                kind=kind, word=say(f"trainer_{kind}", language)
            )
            for kind in ("shown", "opened", "adopted")
        ),
        note=say("trainer_giving_note", language),
    )


def _giver(giver: Giver, most: int, language: Language) -> Markup:
    figures = say("dot", language).join(
        f"{say(f'trainer_{kind}', language)} {number}"
        for kind, number in (("shown", giver.shown), ("opened", giver.opened), ("adopted", giver.adopted))
    )
    bars = joined(
        Markup('<i class="pp-giving__{kind}" style="width:{part}%"></i>').format(
            kind=kind, part=round(100 * number / most, 1)
        )
        for kind, number in (("shown", giver.shown), ("opened", giver.opened), ("adopted", giver.adopted))
    )
    return Markup(
        '<tr><th scope="row">{name}</th><td>{published}</td><td>{month}</td>'
        '<td class="pp-giving__use"><span class="pp-giving__bars" aria-hidden="true">{bars}</span><span class="pp-note">{figures}</span></td>'
        "<td>{rate}</td></tr>"
    ).format(
        name=giver.name,
        published=giver.published,
        month=giver.this_month,
        bars=bars,
        figures=figures,
        rate=giver.rate,
    )


def draft(it: Review, language: Language) -> Markup:
    """The case as a document, with what was masked at its head. `data-can` tells the sheet which buttons there are."""
    can = " ".join(
        word
        for word, may in (
            ("decide", it.may_decide),
            ("publish", it.may_publish),
            ("retire", it.may_retire),
            ("revise", it.may_revise),
        )
        if may
    )
    live = Markup('<span class="pp-small">{}</span>').format(it.live) if it.live else NOTHING
    return Markup(
        '<article class="pp-card pp-story" data-can="{can}"><div class="pp-chips">{state}{outcome}<span class="pp-small">{facts}</span>{live}</div>'
        '<h2>{title}</h2><p class="pp-small pp-bank__masked">{masked}</p>{passages}</article>'
    ).format(
        can=can,
        state=chip(it.state, it.tone),
        outcome=outcome_chip(it.outcome, language),
        facts=it.facts,
        live=live,
        title=it.title,
        masked=it.masked,
        passages=joined(passage(one) for one in it.passages),
    )


def beside(it: Review, language: Language) -> Markup:
    """What to compare it with, and what happened to it so far."""
    alike = (
        joined(_twin(twin, language) for twin in it.twins)
        if it.twins
        else Markup('<p class="pp-small">{}</p>').format(say("trainer_alike_none", language))
    )
    revise = (
        link_button(say("trainer_revise", language), path(language, "trainer", revise=it.id), sign="edit")
        if it.may_revise
        else NOTHING
    )
    return Markup(
        '<section class="pp-card pp-card--pad"><div class="pp-head"><h2>{alike_head}</h2></div>{alike}</section>'
        '<section class="pp-card pp-card--pad"><div class="pp-head"><h2>{history}</h2>{revise}</div><ol class="pp-trail">{steps}</ol></section>'
    ).format(
        alike_head=say("trainer_alike", language),
        alike=alike,
        history=say("trainer_history", language),
        revise=revise,
        steps=joined(_step(step) for step in it.steps),
    )


def _twin(twin: TwinCard, language: Language) -> Markup:
    waits = chip(twin.waits, "line") if twin.waits else NOTHING
    return Markup(
        '<details class="pp-twin" data-key="{id}"><summary><b>{title}</b><span class="pp-chips pp-chips--tight">{how}{outcome}{waits}</span></summary>'
        '<p class="pp-small">{story}</p></details>'
    ).format(
        id=twin.id,
        title=twin.title,
        how=chip(twin.how, "warn"),
        outcome=outcome_chip(twin.outcome, language),
        waits=waits,
        story=twin.story,
    )


def _step(step: StepRow) -> Markup:
    said = Markup('<p class="pp-small">“{}”</p>').format(step.said) if step.said else NOTHING
    return Markup('<li>{chip}<span class="pp-note pp-figures">{note}</span>{said}</li>').format(
        chip=chip(step.what, step.tone), note=step.note, said=said
    )


def form_head(it: Form, language: Language) -> Markup:
    """What the form is for, and what will be masked."""
    masked = Markup('<p class="pp-small pp-bank__masked">{}</p>').format(it.masked) if it.masked else NOTHING
    return Markup('<h2>{head}</h2><p class="pp-small">{note}</p>{masked}').format(
        head=it.heading, note=say("form_masks", language), masked=masked
    )


def form_taken(it: Form, language: Language) -> Markup:
    """What a visit's record adds by itself."""
    if not it.passages:
        return NOTHING
    return Markup(
        '<section class="pp-card pp-story"><p class="pp-small">{note}</p>{passages}</section>'
    ).format(note=say("form_from_visit_note", language), passages=joined(passage(one) for one in it.passages))
