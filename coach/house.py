"""What all people of one coach share: settings, engines, the library, the store. Every part is made when first used.

With `coach.app` this is the only place that chooses adapters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import Words
from coach.settings import Settings

if TYPE_CHECKING:
    from coach.conversation import Conversation
    from coach.deals.match import Matcher, Matches, NewDeal
    from coach.library.library import Library
    from coach.reading.engine import Engine
    from coach.reading.llm.endpoint import Endpoint
    from coach.reading.offline import OfflineEngine
    from coach.reading.writer import Writer
    from coach.speech.recording import Heard
    from coach.store.database import Database
    from coach.visits.record import Record
    from coach.vocabulary import Language
    from knowledge.glossary import Glossary
    from scenarios.schema import Scenario

Progress = Callable[[float, float], None]
"""Called with (seconds done, seconds in all)."""
Note = Callable[[Words], None]
"""Called with a (zh, en) sentence on the way."""


class House:
    """Everything that is not any one person's."""

    def __init__(self, settings: Settings, note: Note | None = None) -> None:
        """`note` hears what long work has to say, as (zh, en) sentences."""
        self.settings = settings
        self.note: Note = note or (lambda _: None)

    @cached_property
    def engine(self) -> Engine:
        """The offline engine, or the llm engine in front of it where an endpoint is configured.

        Either knows the rivals of the team's glossary by name.
        """
        from coach.reading.rivals import RivalsByName

        return RivalsByName(self._leading, lambda: self.glossary.rivals)

    @property
    def _leading(self) -> Engine:
        if not self.endpoint_leads:
            return self.offline
        from coach.reading.llm import LlmEngine

        return LlmEngine(self.endpoint, self.offline)

    @cached_property
    def offline(self) -> OfflineEngine:
        """The reader on this machine; certificates are earned with it, whoever leads in a practice."""
        from coach.reading.offline import ARTEFACT, OfflineEngine, own_artefact

        own = own_artefact(self.settings.home)
        return OfflineEngine(own if own.exists() else ARTEFACT)

    @cached_property
    def endpoint(self) -> Endpoint:
        """The configured model; its breaker and its day's tokens are one for everything that asks it."""
        from coach.reading.llm.endpoint import Endpoint

        return Endpoint(self.settings)

    @property
    def endpoint_leads(self) -> bool:
        """Whether a model is asked at all."""
        chosen = self.settings.engine
        return chosen == "llm" or (chosen == "auto" and bool(self.settings.llm_base_url))

    @cached_property
    def writer(self) -> Writer | None:
        """What drafts and cites where a model is configured; None where everything stays offline."""
        if self.settings.engine == "offline" or not self.settings.llm_base_url:
            return None
        from coach.reading.llm.writer import LlmWriter

        return LlmWriter(self.endpoint)

    def must_write(self) -> Writer:
        """The writer (Unavailable where no model is configured)."""
        from coach.errors import Unavailable

        if self.writer is None:
            raise Unavailable(
                ("起草要有模型，这里没有配置。", "Drafts need a model, and none is configured."),
                ("设 COACH_LLM_BASE_URL 和 COACH_LLM_MODEL，见 docs/models.zh-CN.md。",
                 "Set COACH_LLM_BASE_URL and COACH_LLM_MODEL; see docs/models.md."),
            )  # fmt: skip
        return self.writer

    @cached_property
    def shipped(self) -> dict[str, Scenario]:
        """The scenarios that ship, by id."""
        from scenarios.loader import load_scenarios

        return load_scenarios()

    @cached_property
    def library(self) -> Library:
        """The battle bank and the handbooks; the index is made when first asked."""
        from coach.library.library import Library
        from coach.library.shelf import Shelf
        from coach.store.reviews import Reviews
        from coach.store.shelf import OwnShelf

        own, reviews = OwnShelf(self.database), Reviews(self.database)
        folders = (self.settings.home / "library",)
        shelf = Shelf(folders, own_cases=own.cases, own_stamp=own.stamp, looks=reviews.newest)
        return Library(self.settings, shelf=shelf, note=self.note)

    @cached_property
    def matcher(self) -> Matcher:
        """Finds the cases that fit a deal."""
        from coach.deals.match import Matcher

        return Matcher(self.library, self.engine)

    def match(self, deal: NewDeal, k: int = 3) -> Matches:
        """The cases that fit a deal, with reasons, or an honest none."""
        return self.matcher.match(deal, k)

    def hear(
        self,
        path: Path,
        *,
        language: Language | None = None,
        date: dt.date | None = None,
        on_progress: Progress | None = None,
    ) -> Heard:
        """A recording or transcript file as a conversation."""
        from coach.speech.door import open_conversation

        return open_conversation(
            path, settings=self.settings, language=language, date=date, on_progress=on_progress
        )

    def record(self, talk: Conversation) -> Record:
        """The five-action record of a conversation."""
        from coach.visits.assemble import assemble

        return assemble(talk, self.engine.read(talk))

    @cached_property
    def database(self) -> Database:
        """The store, migrated when first used."""
        from coach.store.database import Database

        return Database(self.settings.database)

    @property
    def glossary(self) -> Glossary:
        """The trade's words and the team's own, as they are now."""
        from knowledge.glossary import load_glossary

        return load_glossary((self.settings.home / "library",))
