"""The deals desk: a new deal and its cases, one case from start to end, what helped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.errors import NotFound
from coach.vocabulary import OBJECTION_TYPES, SIZES, Language, name
from ui.desks.case import case_facts, case_view
from ui.desks.help import words_leave
from ui.desks.sources import source_words
from ui.desks.visit import fitting
from ui.views.deals import Asked, Case, CaseCard, Matches, Tip
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.deals.match import MatchedCase
    from coach.deals.match import Matches as Found

_KEPT = 500
"""So many deals back can be opened again by their address."""
_TOLD = 3
"""So many reasons and differences stand on a card; the whole case has the rest."""
_TITLE = 40
"""So many characters of a deal's text name it in lists."""


class DealRoom:
    """Asks the coach for everything around deals."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    @property
    def stays_here(self) -> bool:
        """True when no setting sends anything to another machine."""
        return not words_leave(self._coach.settings)

    def industries(self, language: Language) -> list[tuple[str, str]]:
        """Trades as (sector and trade, id)."""
        from knowledge.loader import load_industries

        tree = list(load_industries())
        sectors = {place.id: place.name(language) for place in tree}
        dot = say("dot", language)
        return [
            (f"{sectors[place.sector]}{dot}{place.name(language)}", place.id)
            for place in tree
            if "/" in place.id
        ]

    def pains(self, language: Language) -> list[tuple[str, str]]:
        """Obstacles in a rep's words, each with the objection type it stands for."""
        return [(say(f"pain_{kind}", language), kind) for kind in OBJECTION_TYPES]

    def example(self, language: Language) -> Asked:
        """A deal to try the page with."""
        return Asked(say("example_deal", language), "", "medium", ("price",))

    def match(self, asked: Asked, language: Language) -> tuple[str, Matches]:
        """Keep the deal, find its cases: the deal's id and the answer."""
        title = " ".join(asked.text.split())[:_TITLE] or say("dot", language).join(
            name(p, language) for p in asked.pains
        )
        id = self._coach.deals.save(
            title, asked.text, industry=asked.industry or None, size=asked.size or None, pain=asked.pains
        )
        answer = self._found(asked, language)
        for card in answer.cards:
            self._coach.deals.note("case_shown", card.id, {"deal": id})
        return id, answer

    def again(self, deal_id: str, language: Language) -> tuple[Asked, Matches]:
        """A kept deal with its cases (NotFound)."""
        deal = next((one for one in self._coach.deals.newest(_KEPT) if one.id == deal_id), None)
        if deal is None:
            raise NotFound((f"没有这个商机：{deal_id}", f"No such deal: {deal_id}"))
        asked = Asked(deal.text, deal.industry or "", deal.size or "", deal.pain)
        return asked, self._found(asked, language)

    def useful(self, case_id: str, deal_id: str) -> None:
        """Note that a case helped."""
        self._coach.deals.note("case_adopted", self._coach.library.case(case_id).id, {"deal": deal_id})

    def case(self, case_id: str, deal_id: str, language: Language) -> Case:
        """A published case; that it was opened is noted."""
        found = self._coach.library.case(case_id)
        self._coach.deals.note("case_opened", found.id, {"deal": deal_id})
        return case_view(found, language)

    def _found(self, asked: Asked, language: Language) -> Matches:
        from coach.deals.match import NewDeal

        size = next((size for size in SIZES if size == asked.size), None)
        told = None if asked.text else language
        deal = NewDeal(
            text=asked.text, industry=asked.industry or None, size=size, pain=asked.pains, language=told
        )
        return self._answer(self._coach.match(deal), language)

    def _answer(self, found: Found, language: Language) -> Matches:
        kind, words = next(iter(found.obstacles.items()), ("", ""))
        return Matches(
            cards=tuple(_card(one, language) for one in found.cases),
            tips=tuple(
                self._tip(one.head, one.words or one.text, one.source, language) for one in found.tips
            ),
            searched=found.searched,
            abstained=found.abstained,
            how=" ".join(found.notes),
            drill_words=name(kind, language) if kind else words,
            drill_scenario=fitting(self._coach, kind, found.language) if kind else "",
        )

    def _tip(self, head: str, words: str, source: str, language: Language) -> Tip:
        cited = source_words(self._coach, source, language)
        return Tip(head, words, cited.words or source, cited.case_id)


def _card(one: MatchedCase, language: Language) -> CaseCard:
    phrases = one.case.reusable_phrases
    return CaseCard(
        id=one.case_id,
        facts=case_facts(one.case, language),
        outcome=one.case.outcome,
        title=one.title,
        why=one.why[:_TOLD],
        differs=one.differs[:_TOLD],
        phrase=phrases[0].say if phrases else "",
    )
