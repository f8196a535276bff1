"""Composition: settings become a ready coach. Every part is made when first used.

What all share stands in `coach.house`; here is what one person has and may do.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING

from coach.house import House, Note
from coach.settings import Settings

if TYPE_CHECKING:
    from coach.curation.desk import Curation
    from coach.curation.looking import Looking
    from coach.curation.terms import TeamTerms
    from coach.deals.match import Matcher
    from coach.exchange.bookcase import Bookcase
    from coach.exchange.intake import Intake
    from coach.exchange.newcomer import NewcomerPack
    from coach.jobs.work import Told
    from coach.jobs.worker import Worker
    from coach.keeping.forget import Forgetting
    from coach.library.library import Library
    from coach.practice.calibration.desk import Calibration
    from coach.practice.certificates import Kept as Certified
    from coach.practice.colleague import Seats
    from coach.practice.editing import Editing
    from coach.practice.kept import AtHand, Keeping
    from coach.practice.own import Made
    from coach.practice.session import Session
    from coach.practice.today import Suggestion
    from coach.reading.engine import Engine
    from coach.reading.llm.endpoint import Endpoint
    from coach.reading.offline import OfflineEngine
    from coach.store.consents import Consents
    from coach.store.database import Database
    from coach.store.deals import Deals
    from coach.store.jobs import Jobs
    from coach.store.practices import Practices
    from coach.store.visits import StoredVisit, Visits
    from coach.vocabulary import Language, ObjectionType
    from scenarios.schema import Scenario


class Coach(House):
    """Everything the coach can do for one person, on one machine."""

    @cached_property
    def terms(self) -> TeamTerms:
        """What this person may do with the team's own words."""
        from coach.curation.terms import TeamTerms

        trains = "trainer" in self.roles
        return TeamTerms(self.settings.home / "library", may_edit=trains)

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
    def curation(self) -> Curation:
        """What this person may do with the cases that are written here."""
        from coach.curation.desk import Curation

        return Curation(self.database, self.person, self.library, self.note)

    @cached_property
    def bookcase(self) -> Bookcase:
        """The handbooks as trainers keep them."""
        from coach.exchange.bookcase import Bookcase

        return Bookcase(self.library.shelf, self.settings.home / "library", may_edit="trainer" in self.roles)

    def newcomer_pack(self, language: Language) -> NewcomerPack:
        """What somebody new reads and plays first."""
        from coach.exchange.newcomer import newcomer_pack
        from coach.library.freshness import case_item, handbook_item
        from knowledge.loader import load_industries

        shelf = self.library.shelf
        today, looks = dt.date.today(), self.library.looks()
        cases = [one for one in shelf.cases() if case_item(one, looks).state(today) != "aside"]
        books = [one for one in shelf.handbooks() if handbook_item(one, looks).state(today) != "aside"]
        scenarios = self.scenarios.values()
        return newcomer_pack(language, books, cases, scenarios, self.glossary, load_industries())

    @cached_property
    def looking(self) -> Looking:
        """What this person may say about the freshness of cases and handbooks."""
        from coach.curation.looking import Looking

        return Looking(self.database, self.person, self.library)

    @cached_property
    def intake(self) -> Intake:
        """Takes cases in from files, for review."""
        from coach.exchange.intake import Intake
        from coach.exchange.shipped import shipped_cases
        from coach.store.imported import ImportedCases

        trains = self.curation.trains
        return Intake(
            ImportedCases(self.database, self.person),
            shipped_cases(),
            trains=trains,
            customers=lambda: self.glossary.customers,
        )

    def reread(self, stored: StoredVisit, *, rep: str | None = None) -> None:
        """Read a kept visit anew as it stands, with `rep` as our side; what people changed stays beside it."""
        from coach.visits.assemble import assemble
        from coach.visits.sides import read_sides
        from coach.visits.standing import talk_of

        talk = talk_of(stored)
        made = assemble(talk, read_sides(self.engine, talk, rep))
        machine = made.model_copy(update={"file": stored.visit.source_name}).model_dump(mode="json")
        self.visits.save(stored.visit, engine=made.engine, machine=machine)

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
        from coach.keeping.upkeep import keep_up

        return Worker(
            self.settings,
            self.database,
            lambda: self.engine,
            note=self.note,
            told=told,
            upkeep=lambda: keep_up(self.settings, self.database, self.library),
        )

    @cached_property
    def forgetting(self) -> Forgetting:
        """Erases customers, users and visits, in this person's name."""
        from coach.keeping.forget import Forgetting

        return Forgetting(self.settings, self.database, self.library, self.person)

    @property
    def consents(self) -> Consents:
        """What was agreed to for this person's recordings."""
        return self.jobs.consents

    @cached_property
    def practices(self) -> Practices:
        """This person's practice sessions."""
        from coach.store.practices import Practices

        return Practices(self.database, self.person)

    @cached_property
    def keeping(self) -> Keeping:
        """This person's practices as they are gone on with: saved after every turn, resumed, branched."""
        from coach.practice.kept import Keeping

        return Keeping(self.practices, lambda: self.scenarios, lambda: self.engine, self.at_hand)

    @cached_property
    def at_hand(self) -> AtHand:
        """The sessions that need not be folded again, of everybody here."""
        from coach.practice.kept import AtHand

        return AtHand()

    @cached_property
    def seats(self) -> Seats:
        """This person's practices in which a colleague plays the customer."""
        from coach.practice.colleague import Seats

        return Seats(self.practices, lambda: self.scenarios, lambda: self.engine)

    @cached_property
    def editing(self) -> Editing:
        """This person's own scenarios as texts, for a trainer to write."""
        from coach.practice.editing import Editing

        return Editing(self.own, lambda: self.shipped, lambda: self.roles, self.person)

    @cached_property
    def calibration(self) -> Calibration:
        """What this person may say to the verdicts of finished practices."""
        from coach.practice.calibration.desk import Calibration

        return Calibration(self.database, self.person, lambda: self.scenarios, lambda: self.offline)

    def drill(self, visit_id: str, number: int | None = None) -> Scenario:
        """The private scenario made from objection `number` (from 1) of a visit, else from the one left unanswered.

        Raises Refused when nobody agreed to its being made into a drill.
        """
        from coach.store.consents import demand

        stored = self.visits.load(visit_id)
        demand(self.database, stored.id, "coaching")
        return self.own.drill(stored, number)

    def due_today(self, language: Language) -> Suggestion | None:
        """What this person should practise today, and why; None when there is no scenario in this language."""
        from coach.practice.today import todays_drill

        now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
        visits = self.consents.usable(self.visits.newest(1), "coaching")
        practices = self.practices.newest(200)
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


class OneOfMany(Coach):
    """The coach of one person of a team: rows and roles are that person's, what costs memory is the house's."""

    def __init__(self, house: Coach, person: str) -> None:
        super().__init__(house.settings, house.note)
        self._house, self._person = house, person

    @cached_property
    def person(self) -> str:
        """Whose coach this is."""
        return self._person

    @cached_property
    def engine(self) -> Engine:
        """The house's engine."""
        return self._house.engine

    @cached_property
    def offline(self) -> OfflineEngine:
        """The house's reader."""
        return self._house.offline

    @cached_property
    def endpoint(self) -> Endpoint:
        """The house's endpoint: one breaker, one day's tokens."""
        return self._house.endpoint

    @cached_property
    def shipped(self) -> dict[str, Scenario]:
        """The scenarios that ship."""
        return self._house.shipped

    @cached_property
    def library(self) -> Library:
        """The house's library."""
        return self._house.library

    @cached_property
    def matcher(self) -> Matcher:
        """The house's matcher."""
        return self._house.matcher

    @cached_property
    def at_hand(self) -> AtHand:
        """The house's sessions at hand; whose a practice is was asked before."""
        return self._house.at_hand

    @cached_property
    def database(self) -> Database:
        """The house's store."""
        return self._house.database


def open_coach(settings: Settings | None = None, note: Note | None = None) -> Coach:
    """A coach by these settings, by default those of the environment; opens nothing yet."""
    return Coach(settings or Settings(), note)
