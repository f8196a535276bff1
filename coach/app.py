"""Composition: settings become a ready coach. The only place that chooses adapters; every part is made when first used."""

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
    from coach.jobs.work import Told
    from coach.jobs.worker import Worker
    from coach.library.library import Library
    from coach.practice.session import Session
    from coach.reading.engine import Engine
    from coach.speech.recording import Heard
    from coach.store.database import Database
    from coach.store.deals import Deals
    from coach.store.jobs import Jobs
    from coach.store.practices import Practices
    from coach.store.visits import Visits
    from coach.visits.record import Record
    from coach.vocabulary import Language
    from scenarios.schema import Scenario

Progress = Callable[[float, float], None]
"""Called with (seconds done, seconds in all)."""
Note = Callable[[Words], None]
"""Called with a (zh, en) sentence on the way."""


class Coach:
    """Everything the coach can do for one person, on one machine."""

    def __init__(self, settings: Settings, note: Note | None = None) -> None:
        """`note` hears what long work has to say, as (zh, en) sentences."""
        self.settings = settings
        self.note: Note = note or (lambda _: None)

    @cached_property
    def engine(self) -> Engine:
        """The offline engine, or the llm engine in front of it where an endpoint is configured."""
        from coach.reading.offline import OfflineEngine

        offline = OfflineEngine()
        chosen = self.settings.engine
        if chosen == "offline" or (chosen == "auto" and not self.settings.llm_base_url):
            return offline
        from coach.reading.llm import LlmEngine
        from coach.reading.llm.endpoint import Endpoint

        return LlmEngine(Endpoint(self.settings), offline)

    @cached_property
    def scenarios(self) -> dict[str, Scenario]:
        """All scenarios by id."""
        from scenarios.loader import load_scenarios

        return load_scenarios()

    def scenario(self, scenario_id: str) -> Scenario:
        """One scenario by id (NotFound names the nearest ids)."""
        from scenarios.loader import find_scenario

        return find_scenario(self.scenarios, scenario_id)

    def start(self, scenario_id: str, *, seed: int | None = None) -> Session:
        """A practice of this scenario, not opened yet; the same seed and the same words give the same talk."""
        import random

        from coach.practice.session import Session

        chosen = random.SystemRandom().randrange(1, 10**6) if seed is None else seed
        return Session(self.scenario(scenario_id), self.engine, seed=chosen)

    @cached_property
    def library(self) -> Library:
        """The battle bank and the handbooks; the index is made when first asked."""
        from coach.library.library import Library

        return Library(self.settings, note=self.note)

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

    @cached_property
    def person(self) -> str:
        """Whose data this is; in local mode always the same person."""
        from coach.store.people import local_person

        return local_person(self.database, self.settings.language)

    @cached_property
    def visits(self) -> Visits:
        """This person's visits."""
        from coach.store.visits import Visits

        return Visits(self.database, self.person)

    @cached_property
    def jobs(self) -> Jobs:
        """This person's recordings and transcripts on their way to visits."""
        from coach.store.jobs import Jobs

        return Jobs(self.database, self.person)

    def worker(self, told: Told | None = None) -> Worker:
        """What works on jobs; only `coach serve` and `coach worker` let it run."""
        from coach.jobs.worker import Worker

        return Worker(self.settings, self.database, lambda: self.engine, note=self.note, told=told)

    @cached_property
    def practices(self) -> Practices:
        """This person's practice sessions."""
        from coach.store.practices import Practices

        return Practices(self.database, self.person)

    @cached_property
    def deals(self) -> Deals:
        """This person's deals and what became of the cases shown for them."""
        from coach.store.deals import Deals

        return Deals(self.database, self.person)


def open_coach(settings: Settings | None = None, note: Note | None = None) -> Coach:
    """A coach by these settings, by default those of the environment; opens nothing yet."""
    return Coach(settings or Settings(), note)
