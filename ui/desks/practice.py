"""The practice desk: the shelf, a session from start to end, its report."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import NotFound, Refused
from coach.vocabulary import Language, name
from ui.addresses import ReportForm
from ui.desks.answering import Shown, answering
from ui.desks.compare import fork_view
from ui.desks.picking import shelf_view
from ui.desks.report import report_view
from ui.desks.session import brief_view, session_view
from ui.desks.today import exam_view, exam_words, today_view
from ui.views.drills import ExamStanding, Fork, Today
from ui.views.picking import Picked, Shelf
from ui.views.practice import Brief, Line, Report, ScenarioCard, Session
from ui.words import WORDS, say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.practice.certificates import Kept as Certified
    from coach.practice.certificates import Standing
    from coach.practice.hints import Hint
    from scenarios.schema import Scenario

_ZERO_GRACE = 2.0
"""Seconds by which a browser's clock may run ahead of ours when it says that time is up."""


class PracticeRoom:
    """Asks the coach for everything around a practice; one lock a session, so that lines come one by one."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._stands: dict[object, Standing] = {}

    def shelf(self, language: Language) -> list[ScenarioCard]:
        """The published scenarios of one language and this person's own drafts: own ones first, then easiest first."""
        last = self._last_totals()
        order = ("easy", "normal", "hard")
        chosen = [
            one
            for one in self._coach.scenarios.values()
            if one.language == language
            and (one.status == "published" or (one.status == "draft" and one.id not in self._coach.shipped))
        ]
        chosen.sort(
            key=lambda one: (one.id in self._coach.shipped, order.index(one.difficulty.level), one.id)
        )
        kept = self._certificates()
        return [self._card(one, language, last.get(one.id), kept) for one in chosen]

    def picked(self, picked: Picked, language: Language) -> Shelf:
        """The shelf as the filters leave it."""
        return shelf_view(self._coach, self.shelf(language), picked, language)

    def today(self, language: Language) -> Today:
        """What is due, the round of the day, and how each objection is going."""
        return today_view(self._coach, language)

    def exam_standing(self, scenario_id: str, language: Language) -> ExamStanding:
        """How this person stands with a scenario's exam."""
        return exam_view(self._coach, scenario_id, language)

    def exam(self, scenario_id: str) -> str:
        """Sit the exam of a scenario; its id (Refused while another one in it runs)."""
        return self._coach.keeping.begin(self._coach.start(scenario_id, exam=True))

    def drill(self, wanted: str) -> str:
        """The scenario made from a visit's objection, named "visit/number" or by the visit alone; its id."""
        visit, _, number = wanted.partition("/")
        return self._coach.drill(visit, int(number) if number.isdecimal() else None).id

    def brief(self, scenario_id: str, language: Language) -> tuple[ScenarioCard, Brief]:
        """One scenario before its start (NotFound)."""
        scenario = self._coach.scenario(scenario_id)
        last = self._last_totals().get(scenario.id)
        return self._card(scenario, language, last, self._certificates()), brief_view(scenario)

    def start(self, scenario_id: str) -> str:
        """Open a session and return its id."""
        return self._coach.keeping.begin(self._coach.start(scenario_id))

    def session(self, id: str, language: Language) -> Session:
        """The session as it stands."""
        now = self._coach.keeping.load(id)
        return replace(
            session_view(now, language),
            exam=exam_words(self._coach, id, language),
            branch=say("branch_of", language, n=now.from_turn) if now.from_turn else "",
        )

    def alive(self, id: str) -> bool:
        """A sign of life from the page: whether the clock still runs. One that had stopped stays so."""
        with self._locks[id]:
            now = self._coach.keeping.load(id)
            if now.clock.at is not None:
                self._coach.keeping.save(id, now.session, now.clock.running())
            return now.clock.at is not None

    def answer(self, id: str, text: str) -> Iterator[tuple[Line, ...]]:
        """`say`, with the answer's lines so far while a model words them."""
        if self._coach.endpoint_leads:
            yield from answering(lambda shown: self.say(id, text, shown))
        else:
            self.say(id, text)

    def say(self, id: str, text: str, shown: Shown | None = None) -> None:
        """The rep says a line; the time it took is what the clock says."""
        with self._locks[id]:
            now = self._coach.keeping.load(id)
            clock = now.clock.running()
            now.session.say(text, max(0.5, clock.elapsed - now.session.state.elapsed), shown)
            self._coach.keeping.save(id, now.session, clock)

    def hint(self, id: str) -> Hint:
        """Buy the next rung of the ladder."""
        with self._locks[id]:
            now = self._coach.keeping.load(id)
            bought = now.session.hint()
            self._coach.keeping.save(id, now.session, now.clock)
            return bought

    def pause(self, id: str, *, stop: bool) -> None:
        """Stop the clock, or let it go on."""
        with self._locks[id]:
            now = self._coach.keeping.load(id)
            if stop and now.session.log.mode == "exam":
                raise Refused(WORDS["exam_no_pause"], WORDS["exam_no_pause_next"])
            self._coach.keeping.save(id, now.session, now.clock.stopped() if stop else now.clock.running())

    def end(self, id: str, *, time_up: bool = False) -> None:
        """The rep ends the session; `time_up` counts only when our clock agrees with the browser's."""
        with self._locks[id]:
            now = self._coach.keeping.load(id)
            if time_up and now.left > _ZERO_GRACE:
                return
            now.session.end("time_up" if time_up else "rep_left")
            self._coach.keeping.save(id, now.session, now.clock)

    def talk_off(self, language: Language) -> str:
        """Why a line cannot be spoken here: nothing listens, or only the demo and nobody set it by name."""
        from coach.errors import ModelMissing
        from coach.speech.models import find

        settings = self._coach.settings
        if settings.transcribe_base_url:
            return ""
        try:
            model = find(settings)
        except ModelMissing as error:
            return f"{error.message(language)} {error.way_on(language)}"
        return say("talk_off_demo", language) if model.demo and not settings.whisper_model else ""

    def listen(self, path: Path, language: Language) -> str:
        """A recorded line as text; empty when no words could be made out."""
        heard = self._coach.hear(path, language=language)
        between = "" if heard.conversation.language == "zh" else " "
        return between.join(turn.text for turn in heard.conversation.turns).strip()

    def report(self, id: str, language: Language) -> Report | None:
        """The report; None while the session is still running."""
        now = self._coach.keeping.load(id)
        if now.session.ended is None:
            return None
        return report_view(self._coach, now, language)

    def file(self, id: str, form: ReportForm, language: Language) -> tuple[str, bytes]:
        """The report as a file: its name without an ending, and its bytes (NotFound while the session still runs)."""
        from ui.report_file import report_html, report_markdown

        it = self.report(id, language)
        if it is None:
            raise NotFound(WORDS["not_over"])
        title = f"{it.title} {say('report', language)}"
        if form == "pdf":
            from ui.pdf import printed

            return title, printed(report_html(it, language))
        made = report_html(it, language) if form == "html" else report_markdown(it, language)
        return title, made.encode("utf-8")

    def branch(self, id: str, turn: int) -> str:
        """A new session that stands just before the rep's turn `turn` of this one."""
        return self._coach.keeping.branch(id, turn)

    def compare(self, id: str, language: Language) -> Fork:
        """A branch beside what it came from (NotFound for a practice that is no branch)."""
        return fork_view(self._coach, id, language)

    def rewind(self, id: str) -> str:
        """The turn that a branch began at, once more; the new session's id (NotFound for one that is no branch)."""
        stored = self._coach.practices.load(id)
        if stored.parent_id is None or stored.from_turn is None:
            raise NotFound(WORDS["compare_no_parent"], WORDS["compare_no_parent_next"])
        return self._coach.keeping.branch(stored.parent_id, stored.from_turn)

    def _certificates(self) -> Mapping[str, Certified] | None:
        """The kept certificates for trainers, None for everybody else."""
        return self._coach.certificates if "trainer" in self._coach.roles else None

    def _card(
        self,
        scenario: Scenario,
        language: Language,
        last: int | None,
        kept: Mapping[str, Certified] | None,
    ) -> ScenarioCard:
        """A card; whose it is when it was made here, and for trainers how it stands with its certificate."""
        card = _card(scenario, language, last)
        if scenario.id not in self._coach.shipped:
            card = replace(
                card, note=say("own_draft" if scenario.status == "draft" else "own_shared", language)
            )
        if kept is None:
            return card
        stands = self._standing(scenario, kept.get(scenario.id))
        return replace(card, certificate=say(f"cert_{stands}", language))

    def _standing(self, scenario: Scenario, kept: Certified | None) -> Standing:
        """How it stands with its certificate; hashed once for each scenario as it is loaded."""
        from coach.practice.certificates import standing

        key = (
            id(scenario),
            scenario.id,
            scenario.version,
            kept.made if kept else None,
            kept.passed if kept else None,
        )
        if key not in self._stands:
            self._stands[key] = standing(scenario, kept)
        return self._stands[key]

    def _last_totals(self) -> dict[str, int]:
        totals: dict[str, int] = {}
        for one in self._coach.practices.newest(200):
            if one.ended_at is not None and one.total is not None:
                totals.setdefault(one.scenario, round(one.total))
        return totals


def _card(scenario: Scenario, language: Language, last: int | None) -> ScenarioCard:
    main = scenario.main
    who = say("dot", language).join(part for part in (main.title, scenario.segment) if part)
    return ScenarioCard(
        id=scenario.id,
        title=scenario.title,
        teaser=scenario.teaser,
        customer=say("who_and_role", language, name=main.name, role=who) if who else main.name,
        level=say(f"level_{scenario.difficulty.level}", language),
        minutes=round(scenario.time_limit_minutes),
        objections=tuple(name(kind, language) for kind in scenario.objection_types),
        people=len(scenario.cast),
        last_score=last,
        types=scenario.objection_types,
        trade=scenario.industry.partition("/")[0],
        level_id=scenario.difficulty.level,
    )
