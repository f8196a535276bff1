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
    from coach.curation.desk import Curation
    from coach.deals.match import Matcher, Matches, NewDeal
    from coach.exchange.intake import Intake
    from coach.jobs.work import Told
    from coach.jobs.worker import Worker
    from coach.library.library import Library
    from coach.practice.certificates import Kept as Certified
    from coach.practice.colleague import Seats
    from coach.practice.kept import Keeping
    from coach.practice.own import Made
    from coach.practice.session import Session
    from coach.practice.today import Suggestion
    from coach.reading.engine import Engine
    from coach.speech.recording import Heard
    from coach.store.database import Database
    from coach.store.deals import Deals
    from coach.store.jobs import Jobs
    from coach.store.practices import Practices
    from coach.store.visits import Visits
    from coach.visits.record import Record
    from coach.vocabulary import Language, ObjectionType
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
        from coach.reading.offline import ARTEFACT, OfflineEngine, own_artefact

        own = own_artefact(self.settings.home)
        offline = OfflineEngine(own if own.exists() else ARTEFACT)
        chosen = self.settings.engine
        if chosen == "offline" or (chosen == "auto" and not self.settings.llm_base_url):
            return offline
        from coach.reading.llm import LlmEngine
        from coach.reading.llm.endpoint import Endpoint

        return LlmEngine(Endpoint(self.settings), offline)

    @cached_property
    def shipped(self) -> dict[str, Scenario]:
        """The scenarios that ship, by id."""
        from scenarios.loader import load_scenarios

        return load_scenarios()

    @property
    def scenarios(self) -> dict[str, Scenario]:
        """All scenarios by id: those that ship, and those made here that this person may see."""
        return {**self.shipped, **self.own.all()} if self.database.is_there else self.shipped

    @cached_property
    def own(self) -> Made:
        """The scenarios that people made here."""
        from coach.practice.own import Made
        from coach.store.own_scenarios import OwnScenarios

        return Made(OwnScenarios(self.database, self.person))

    @property
    def certificates(self) -> dict[str, Certified]:
        """The kept certificates by scenario: those that ship, and those with which own scenarios were published."""
        from coach.practice.certificates import read_all

        return {**read_all(), **self.own.certificates()} if self.database.is_there else read_all()

    def scenario(self, scenario_id: str) -> Scenario:
        """One scenario by id (NotFound names the nearest ids)."""
        from scenarios.loader import find_scenario

        if scenario_id in self.shipped:
            return self.shipped[scenario_id]
        return find_scenario(self.scenarios, scenario_id)

    def start(self, scenario_id: str, *, seed: int | None = None, exam: bool = False) -> Session:
        """A practice of this scenario, not opened yet; the same seed and the same words give the same talk.

        An exam without a seed opens in a way that this person has not met in an exam.
        """
        import random

        from coach.practice.exam import exam_seed
        from coach.practice.session import Session

        scenario = self.scenario(scenario_id)
        if seed is None:
            seed = random.SystemRandom().randrange(1, 10**6)
            if exam and self.database.is_there:
                drawn = seed
                seed = exam_seed(scenario, self.practices.exams(scenario_id), lambda: drawn)
        return Session(scenario, self.engine, seed=seed, mode="exam" if exam else "practice")

    @cached_property
    def library(self) -> Library:
        """The battle bank and the handbooks; the index is made when first asked."""
        from coach.library.library import Library
        from coach.library.shelf import Shelf
        from coach.store.shelf import OwnShelf

        own = OwnShelf(self.database)
        shelf = Shelf((self.settings.home / "library",), own_cases=own.cases, own_stamp=own.stamp)
        return Library(self.settings, shelf=shelf, note=self.note)

    @cached_property
    def curation(self) -> Curation:
        """What this person may do with the cases that are written here."""
        from coach.curation.desk import Curation

        return Curation(self.database, self.person, self.library, self.note)

    @cached_property
    def intake(self) -> Intake:
        """Takes cases in from files, for review."""
        from coach.exchange.intake import Intake
        from coach.exchange.shipped import shipped_cases
        from coach.store.imported import ImportedCases

        trains = self.curation.trains
        return Intake(ImportedCases(self.database, self.person), shipped_cases(), trains=trains)

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
    def roles(self) -> frozenset[str]:
        """What this person is here: rep, trainer, manager, admin; in local mode all of them."""
        from coach.store.people import roles_of

        return roles_of(self.database, self.person)

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
    def keeping(self) -> Keeping:
        """This person's practices as they are gone on with: saved after every turn, resumed, branched."""
        from coach.practice.kept import Keeping

        return Keeping(self.practices, lambda: self.scenarios, lambda: self.engine)

    @cached_property
    def seats(self) -> Seats:
        """This person's practices in which a colleague plays the customer."""
        from coach.practice.colleague import Seats

        return Seats(self.practices, lambda: self.scenarios, lambda: self.engine)

    def drill(self, visit_id: str, number: int | None = None) -> Scenario:
        """The private scenario made from objection `number` (from 1) of a visit, else from the one left unanswered."""
        return self.own.drill(self.visits.load(visit_id), number)

    def due_today(self, language: Language) -> Suggestion | None:
        """What this person should practise today, and why; None when there is no scenario in this language."""
        from coach.practice.today import todays_drill

        now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
        visits, practices = self.visits.newest(1), self.practices.newest(200)
        return todays_drill(visits, practices, self.scenarios, language, now)

    def daily_round(self, language: Language) -> tuple[tuple[ObjectionType, str], ...]:
        """Today's round: (type of objection, scenario id), one for each type there is a scenario for."""
        from coach.practice.today import daily_round

        return daily_round(self.scenarios, language, self.person, dt.date.today())

    @cached_property
    def deals(self) -> Deals:
        """This person's deals and what became of the cases shown for them."""
        from coach.store.deals import Deals

        return Deals(self.database, self.person)


def open_coach(settings: Settings | None = None, note: Note | None = None) -> Coach:
    """A coach by these settings, by default those of the environment; opens nothing yet."""
    return Coach(settings or Settings(), note)
