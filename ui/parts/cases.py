"""Case cards, the tip sheet, and one case from start to end."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from coach.vocabulary import Language, Outcome, name
from ui.icons import icon
from ui.parts.basics import NOTHING, act_button, chip, empty, joined, link_button, points
from ui.views.deals import Case, CaseCard, Matches, Passage, Tip
from ui.views.tone import Tone
from ui.words import say

_TONE: Final[dict[Outcome, Tone]] = {"won": "good", "lost": "bad", "stalled": "warn"}


def outcome_chip(outcome: Outcome, language: Language) -> Markup:
    """Won, lost or stalled, in its colour and its word."""
    return chip(name(outcome, language), _TONE[outcome])


def matches(it: Matches, language: Language) -> Markup:
    """Three cards in one row, then the tip sheet; or what to add when nothing is near."""
    if it.abstained or not it.cards:
        body = empty(
            it.note or say("deal_none", language), Markup("<p>{}</p>").format(say("deal_none_more", language))
        )
        cards = Markup('<div class="pp-card">{}</div>').format(body)
    else:
        cards = Markup('<div class="pp-cards pp-cards--{n}">{cards}</div>').format(
            n=len(it.cards), cards=joined(case_card(card, language) for card in it.cards)
        )
    return Markup(
        '<section aria-live="polite"><div class="pp-head"><h2>{head}</h2><span class="pp-small">'
        "{searched}</span></div>{how}{cards}</section>{tips}"
    ).format(
        head=say("deal_three", language),
        searched=say("deal_searched", language, n=it.searched),
        how=Markup('<p class="pp-note" role="status">{}</p>').format(it.how) if it.how else NOTHING,
        cards=cards,
        tips=tip_sheet(it, language) if it.tips else NOTHING,
    )


def case_card(card: CaseCard, language: Language) -> Markup:
    """Facts and outcome, the conflict as title, why, where it differs, the words; no percentage."""
    differs = (
        points(card.differs, "differs", "pp-list--differs")
        if card.differs
        else Markup('<p class="pp-small">{}</p>').format(say("differs_unknown", language))
    )
    phrase = (
        Markup('<div class="pp-borrow"><h4>{head}</h4><p>“{words}”</p></div>').format(
            head=say("borrow", language), words=card.phrase
        )
        if card.phrase
        else Markup("<div></div>")
    )
    return Markup(
        '<article class="pp-card pp-case"><div class="pp-case__top"><div class="pp-case__facts">'
        "<span>{facts}</span>{outcome}</div><h3>{title}</h3></div>"
        '<div class="pp-case__why"><h4>{why_head}</h4>{why}</div><div class="pp-case__differs"><h4>'
        "{differs_head}</h4>{differs}</div>{phrase}"
        '<div class="pp-case__foot">{all}{useful}</div></article>'
    ).format(
        facts=card.facts,
        outcome=outcome_chip(card.outcome, language),
        title=card.title,
        why_head=say("why_this", language),
        why=points(card.why, "check", "pp-list--why"),
        differs_head=say("differs", language),
        differs=differs,
        phrase=phrase,
        all=act_button(say("see_all", language), "case", id=card.id, small=True),
        useful=act_button(
            say("useful", language), "useful", id=card.id, sign="useful", weight="quiet", small=True
        ),
    )


def tip_sheet(it: Matches, language: Language) -> Markup:
    """What to look at before the meeting: numbered lines with their sources, and the drill that fits."""
    drill = (
        act_button(
            say("drill_words", language, words=it.drill_words), "drill", id=it.drill_scenario, small=True
        )
        if it.drill_scenario
        else NOTHING
    )
    rows = joined(_tip(tip, n) for n, tip in enumerate(it.tips, 1))
    return Markup(
        '<section class="pp-card pp-tips"><div class="pp-head"><h2>{head}</h2>{drill}</div>'
        '<ol class="pp-tips__list">{rows}</ol></section>'
    ).format(head=say("tips", language), drill=drill, rows=rows)


def _tip(tip: Tip, number: int) -> Markup:
    source: Markup | str = tip.source
    if tip.case_id:
        source = Markup(
            '<button type="button" class="pp-textbtn" data-act="case" data-id="{id}">{words}</button>'
        ).format(id=tip.case_id, words=tip.source)
    head = Markup("<b>{}</b>").format(tip.head) if tip.head else NOTHING
    return Markup(
        '<li class="pp-tip"><span class="pp-tile">{n}</span><div>{head}<p>{text}</p>'
        '<p class="pp-note">{source}</p></div></li>'
    ).format(n=number, head=head, text=tip.text, source=source)


def case(it: Case, language: Language) -> Markup:
    """One case as a document to read."""
    sample = (
        Markup('<p class="pp-note">{}</p>').format(say("sample_note", language)) if it.sample else NOTHING
    )
    return Markup(
        '<article class="pp-card pp-story"><div class="pp-chips">{outcome}<span class="pp-small">'
        "{facts}</span></div><h2>{title}</h2>{passages}{sample}</article>"
    ).format(
        outcome=outcome_chip(it.outcome, language),
        facts=it.facts,
        title=it.title,
        passages=joined(passage(one) for one in it.passages),
        sample=sample,
    )


def passage(passage: Passage) -> Markup:
    """One headed part of a case."""
    paragraphs = joined(Markup("<p>{}</p>").format(text) for text in passage.paragraphs)
    listed = points(passage.points) if passage.points else NOTHING
    return Markup("<section><h3>{head}</h3>{paragraphs}{dialogue}{listed}</section>").format(
        head=passage.head,
        paragraphs=paragraphs,
        listed=listed,
        dialogue=joined(_step(head, text) for head, text in passage.dialogue),
    )


def _step(head: str, text: str) -> Markup:
    return Markup('<div class="pp-story__step"><b>{head}</b><p>{text}</p></div>').format(head=head, text=text)


def back_button(language: Language, href: str) -> Markup:
    """Back from one case to the cards."""
    return link_button(say("case_back", language), href, weight="quiet")


def empty_results(language: Language) -> Markup:
    """Before anything was asked."""
    action = act_button(say("deal_try", language), "example")
    return Markup('<div class="pp-card">{}</div>').format(empty(say("deal_empty", language), action))


def caution(words: str) -> Markup:
    """A line that asks for something before the search can start."""
    return Markup('<p class="pp-advice" role="alert">{sign}{words}</p>').format(
        sign=icon("warning", 15), words=words
    )
