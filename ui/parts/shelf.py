"""The shelf of scenarios, and one scenario's brief before the start."""

from __future__ import annotations

from markupsafe import Markup

from coach.vocabulary import Language
from ui.parts.basics import NOTHING, act_button, chip, empty, joined, link_button
from ui.parts.live import brief
from ui.parts.picking import filters
from ui.shell import path
from ui.views.drills import ExamStanding
from ui.views.picking import Shelf
from ui.views.practice import Brief, ScenarioCard
from ui.words import say


def shelf(it: Shelf, language: Language, head: Markup = NOTHING) -> Markup:
    """The filters, and every scenario that they leave as a card; `head` stands above them."""
    if not it.cards and not it.picked.any:
        return Markup('<div class="pp-doc"><div class="pp-card">{}</div></div>').format(
            empty(say("shelf_none", language))
        )
    return Markup(
        '<div class="pp-doc">{head}<section class="pp-lede"><h2>{title}</h2><p>{lede}</p></section>'
        "{filters}{cards}"
        '<p class="pp-note">{sample}</p></div>'
    ).format(
        head=head,
        title=say("shelf_title", language),
        lede=say("shelf_lede", language),
        filters=filters(it, language),
        cards=Markup('<div class="pp-shelf">{}</div>').format(
            joined(_card(card, language) for card in it.cards)
        )
        if it.cards
        else Markup('<div class="pp-card">{}</div>').format(empty(say("pick_none", language))),
        sample=say("sample_note", language),
    )


def _card(card: ScenarioCard, language: Language) -> Markup:
    return Markup(
        '<article class="pp-card pp-scene"><div class="pp-chips pp-chips--tight">{chips}</div><h3>'
        '{title}</h3><p class="pp-scene__teaser">{teaser}</p>'
        '<p class="pp-scene__who">{who}</p><div class="pp-scene__foot">'
        '<span class="pp-note pp-figures">{facts}</span>{go}</div></article>'
    ).format(
        chips=_chips(card, language),
        title=card.title,
        teaser=card.teaser,
        who=card.customer,
        facts=say("dot", language).join(_facts(card, language)),
        go=link_button(say("shelf_open", language), path(language, "practice", scenario=card.id), small=True),
    )


def _chips(card: ScenarioCard, language: Language) -> Markup:
    room = chip(say("people_room", language, n=card.people), "customer") if card.people > 1 else NOTHING
    own = chip(card.note, "accent") if card.note else NOTHING
    why = chip(card.why, "accent", "flag") if card.why else NOTHING
    return joined((why, joined(chip(word) for word in card.objections), room, own))


def _facts(card: ScenarioCard, language: Language) -> list[str]:
    facts = [card.level, say("minutes", language, n=card.minutes)]
    if card.last_score is not None:
        facts.append(say("last_score", language, n=card.last_score))
    if card.certificate:
        facts.append(card.certificate)
    return facts


def before_start(card: ScenarioCard, it: Brief, exam: ExamStanding, language: Language) -> Markup:
    """The brief on its own page, with the one button that starts the clock, the exam, and the colleague's seat."""
    words = say("exam_go_on" if exam.running else "exam_start", language)
    sit = (
        link_button(words, path(language, "session", id=exam.running))
        if exam.running
        else act_button(words, "exam", id=card.id)
    )
    ways = (
        act_button(say("colleague_start", language), "colleague", id=card.id, weight="quiet")
        + sit
        + act_button(say("shelf_start", language), "start", id=card.id, weight="primary")
    )
    return Markup(
        '<div class="pp-doc pp-doc--narrow"><section class="pp-card pp-before"><div class="pp-chips">'
        "{chips}</div><h2>{title}</h2>"
        '<p class="pp-scene__teaser">{teaser}</p><p class="pp-scene__who">{who}</p>'
        '<div class="pp-before__brief">{brief}</div>'
        '<div class="pp-before__foot"><span class="pp-small pp-figures">{facts}</span>'
        '<div class="pp-before__ways">{ways}</div></div><p class="pp-note pp-before__exam">{exam}</p>'
        "</section></div>"
    ).format(
        chips=_chips(card, language),
        title=card.title,
        teaser=card.teaser,
        who=card.customer,
        brief=brief(it, language),
        facts=say("dot", language).join(_facts(card, language)),
        ways=ways,
        exam=exam.words,
    )
