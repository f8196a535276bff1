"""The sheet for the minutes before a meeting: the customer, likely objections with what to say, the cases in a line each.

It fits one side of A4; on screen it is the same sheet.
"""

from __future__ import annotations

from markupsafe import Markup

from coach.vocabulary import Language
from ui.parts.basics import NOTHING, joined
from ui.parts.cases import outcome_chip
from ui.views.deals import Asked, CaseCard, Matches, Tip
from ui.words import say


def sheet(asked: Asked, it: Matches, language: Language) -> Markup:
    """The whole sheet."""
    tips = joined(_tip(tip) for tip in it.tips)
    cases = joined(_case(card, language) for card in it.cards)
    return Markup(
        '<div class="pp-doc pp-doc--narrow"><article class="pp-card pp-sheet"><h2>{head}</h2>'
        '<p class="pp-sheet__asked">{asked}</p>{tips}{cases}<section><h3>{own}</h3>'
        '<div class="pp-sheet__lines" aria-hidden="true"><i></i><i></i><i></i></div></section></article></div>'
    ).format(
        head=say("tips", language),
        asked=asked.text,
        tips=Markup('<section><h3>{head}</h3><ol class="pp-sheet__tips">{rows}</ol></section>').format(
            head=say("sheet_tips", language), rows=tips
        )
        if it.tips
        else NOTHING,
        cases=Markup('<section><h3>{head}</h3><ul class="pp-sheet__cases">{rows}</ul></section>').format(
            head=say("deal_three", language), rows=cases
        )
        if it.cards
        else NOTHING,
        own=say("sheet_own", language),
    )


def _tip(tip: Tip) -> Markup:
    return Markup('<li>{head}<p>{text}</p><p class="pp-note">{source}</p></li>').format(
        head=Markup("<b>{}</b>").format(tip.head) if tip.head else NOTHING, text=tip.text, source=tip.source
    )


def _case(card: CaseCard, language: Language) -> Markup:
    phrase = Markup("<p>“{}”</p>").format(card.phrase.strip("“”")) if card.phrase else NOTHING
    return Markup(
        '<li>{outcome}<div><b>{title}</b> <span class="pp-note">{facts}</span>{phrase}</div></li>'
    ).format(outcome=outcome_chip(card.outcome, language), title=card.title, facts=card.facts, phrase=phrase)
