"""The glossary desk: the words of a team and of the trade as rows, one of them as a form, kept and removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from coach.errors import NotFound
from coach.vocabulary import Language
from ui.views.glossary import GlossaryView, TermForm, TermRow
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from knowledge.glossary import Term


class GlossaryRoom:
    """Asks the coach for the words of the team."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    def glossary(self, language: Language) -> GlossaryView:
        """The team's words in both languages, and the shipped ones of this language."""
        every = self._coach.terms.glossary().entries
        own = sorted(
            (one for one in every if one.team), key=lambda one: (one.language != language, one.kind, one.term)
        )
        shipped = [one for one in every if not one.team and one.language == language]
        return GlossaryView(
            tuple(_row(one, language) for one in own), tuple(_row(one, language) for one in shipped)
        )

    def form(self, key: str, language: Language) -> TermForm:
        """The form for a word of the list, or for a new one (NotFound)."""
        from knowledge.glossary import TERM_KINDS

        kinds = tuple((kind, say(f"gloss_kind_{kind}", language)) for kind in TERM_KINDS)
        languages = (("zh", say("gloss_zh", language)), ("en", say("gloss_en", language)))
        if not key:
            return TermForm("", "", "rival", language, "", "", kinds, languages)
        one = self._term(key)
        glue = "，" if one.language == "zh" else ", "
        aliases = glue.join(one.aliases)
        return TermForm(_key(one), one.term, one.kind, one.language, aliases, one.note, kinds, languages)

    def save(self, key: str, fields: Mapping[str, str]) -> None:
        """Keep a word as the form says, in the place of the one it was (BadInput, Refused)."""
        from coach.curation.terms import term_of

        told: Language = "en" if fields.get("language") == "en" else "zh"
        before = self._term(key) if key else None
        term = term_of(
            fields.get("word", ""),
            fields.get("kind", ""),
            told,
            fields.get("aliases", ""),
            fields.get("note", ""),
        )
        moved = before is not None and before.language != told
        self._coach.terms.put(term, before.term if before and not moved else "")
        if before is not None and before.team and moved:
            self._coach.terms.remove(before.language, before.term)

    def remove(self, key: str) -> None:
        """Take a word of the team's out (NotFound, Refused)."""
        one = self._term(key)
        self._coach.terms.remove(one.language, one.term)

    def _term(self, key: str) -> Term:
        for one in self._coach.terms.glossary().entries:
            if _key(one) == key:
                return one
        raise NotFound(
            ("词表里没有这个词了。", "The glossary no longer holds this word."),
            ("刷新这一页。", "Reload the page."),
        )


def _key(one: Term) -> str:
    return f"{one.language}|{one.term}"


def _row(one: Term, language: Language) -> TermRow:
    return TermRow(
        _key(one), one.term, one.aliases, say(f"gloss_kind_{one.kind}", language), one.note, one.language
    )
