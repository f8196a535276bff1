"""One practice, from the opening line to the end: say, hint, look at the score, save, resume, branch.

Everything is folded from a log of exchanges. An exchange keeps what was typed, how the engine read it and
what the customer said; so a saved practice resumes without asking the engine again, and a branch is the log
cut short. Scenario, rubric, seed and engine are frozen when the practice begins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Final

from coach.conversation import Conversation
from coach.errors import BadInput, Refused
from coach.practice.checks import Ledger, Scene, items_of
from coach.practice.composure import composure
from coach.practice.customer import Step, farewell, open_talk, respond
from coach.practice.hints import Hint, next_hint
from coach.practice.judging import Before, entered, judge
from coach.practice.live import Live, TurnResult, live
from coach.practice.score import Score, score
from coach.practice.state import Heard, State, opening_state
from coach.practice.transcript import Exchange, Log, Mode, Said, digest
from coach.practice.wording import worded
from coach.reading.engine import Engine, Finding
from coach.reading.fallback import fallbacks
from coach.vocabulary import EndReason, name
from scenarios.piece import Line
from scenarios.rubric import Rubric, load_rubrics
from scenarios.schema import ExamVariant, Scenario
from scenarios.wording import length

WEIGHT_A_SECOND: Final = 4.5
"""How fast people talk: Chinese characters count one, English words two."""
Shown = Callable[[str, str], None]
"""Called with a customer's name and a sentence that may be shown."""
PAUSE: Final = 1.5
"""Seconds between one person's last word and the next one's first."""


@dataclass(frozen=True, slots=True)
class Point:
    """Tempers of the main person after a moment of the talk, for the report's curve; `seconds` from the
    start.
    """

    turn: int
    seconds: float
    trust: float
    patience: float
    willingness: float


class Session:
    """A practice in progress. One person, one thread; `say` either counts wholly or, when the engine fails,
    not at all.
    """

    def __init__(
        self,
        scenario: Scenario,
        engine: Engine,
        *,
        seed: int = 0,
        mode: Mode = "practice",
        rubric: Rubric | None = None,
        log: Log | None = None,
    ) -> None:
        self.scenario = scenario
        self.rubric = rubric or _rubric(scenario)
        self.engine = engine
        self.items = items_of(scenario, self.rubric)
        self.log = log or Log(
            scenario=scenario.id,
            scenario_version=scenario.version,
            rubric_version=self.rubric.version,
            digest=digest(scenario, self.rubric),
            engine=engine.name,
            seed=seed,
            mode=mode,
        )
        self.state = State({}, {})
        self.ledger = Ledger()
        self.talk = Conversation((), scenario.language, source=scenario.id)
        self.curve: list[Point] = []
        self._fold()

    # -- the talk
    # ---------------------------------------------------------------------------------------------

    def open(self) -> TurnResult:
        """The customer's first line; opening twice gives the same line."""
        if not self.log.opening:
            _, steps = open_talk(self.scenario, self._start(), self.log.seed, self._openings())
            self.log = replace(self.log, opening=tuple(self._word(steps, self.talk)))
            self._fold()
        return TurnResult(self.log.opening, self.live())

    def say(self, text: str, seconds: float | None = None, shown: Shown | None = None) -> TurnResult:
        """The rep speaks, the customer answers. `seconds` is how long the rep took; None estimates it from
        the words. `shown` hears (name, sentence) of every customer sentence as soon as it passed the guard.

        Raises Refused after the end, BadInput before the opening; an engine's error leaves the session as
        it was.
        """
        if not self.log.opening:
            raise BadInput(("还没开场。", "The talk has not been opened."))
        if self.state.ended:
            raise Refused(
                ("这一场已经结束了。", "This practice is over."), ("再开一场。", "Begin another one.")
            )
        before = self.live()
        took = _spoken_seconds(text) if seconds is None else max(0.0, seconds)
        with fallbacks() as told:
            heard, findings = self._hear(text)
            state = self._elapse(took)
            after, steps = respond(self.scenario, state, heard, self.log.seed)
            exchange = Exchange(text, took, seconds is None, heard, findings)
            talk = self._without_orders().said(self._rep, text, at=round(self.state.elapsed, 1))
            said = self._word(steps, talk, shown, by_hand="out_of_role" in heard.slips)
        exchange = replace(exchange, said=tuple(said), notes=tuple(told))
        self.log = replace(self.log, exchanges=(*self.log.exchanges, exchange))
        self._take(exchange, after)
        return TurnResult(exchange.said, self.live(before), exchange.notes)

    def hint(self) -> Hint:
        """Buy the next hint. Raises Refused in an exam, after the end, or when there is nothing to help
        with.
        """
        if self.log.mode == "exam":
            raise Refused(("考试里没有提示。", "There are no hints in an exam."))
        found = None
        if not self.state.ended:
            found = next_hint(self.items, self.ledger, scene(self.state), self.rubric, self.log.hints)
        if found is None:
            raise Refused(("现在没有可给的提示。", "There is no hint to give now."))
        self.log = replace(self.log, hints=(*self.log.hints, found))
        return found

    def end(self, reason: EndReason = "rep_left") -> TurnResult:
        """The rep leaves (or the page's clock ran out: time_up). Ending twice changes nothing."""
        if self.state.ended is None:
            _, steps = farewell(self.scenario, self.state, self.log.seed, reason)
            self.log = replace(self.log, ended=reason, closing=tuple(self._word(steps, self.talk)))
            self._fold()
        return TurnResult(self.log.closing, self.live())

    # -- what it comes to
    # -------------------------------------------------------------------------------------

    def score(self) -> Score:
        """The score of what was said so far; the report is the same count after the end."""
        return score(
            self.scenario,
            self.rubric,
            self.items,
            self.ledger,
            composure(self.scenario, self.state, self.rubric.composure),
            facts=self.state.facts,
            hint_cost=sum(hint.cost for hint in self.log.hints),
            engine=self._who_judged(),
            rep_turns=self.state.turns,
        )

    def live(self, before: Live | None = None) -> Live:
        """What the page shows beside the talk."""
        return live(self.scenario, self.state, self.ledger, self.items, self.score(), self.log.mode, before)

    @property
    def ended(self) -> EndReason | None:
        """The reason the talk ended, None while it goes on."""
        return self.state.ended

    # -- saving
    # -----------------------------------------------------------------------------------------------

    def to_json(self) -> str:
        """Everything needed to go on, as one JSON text."""
        return self.log.to_json()

    @classmethod
    def from_json(cls, text: str, scenarios: Mapping[str, Scenario], engine: Engine) -> Session:
        """The session as it was saved. Raises Refused when its scenario is gone or was changed since."""
        log = Log.from_json(text)
        scenario = scenarios.get(log.scenario)
        if scenario is None or digest(scenario, _rubric(scenario)) != log.digest:
            raise Refused(
                (
                    "这个剧本后来改过版，这一场不能接着练。",
                    "The scenario was changed since, so this practice cannot go on.",
                ),
                ("报告还在；要练就重新开一场。", "Its report is kept; begin a new practice."),
            )
        return cls(scenario, engine, log=log)

    def copy(self) -> Session:
        """The same practice, going its own way from here."""
        twin = copy(self)
        twin.curve = list(self.curve)
        return twin

    def branch(self, from_turn: int) -> Session:
        """A new session that goes back to just before the rep turn with this number in the conversation.

        Raises BadInput when that turn is not one of the rep's.
        """
        numbers = [exchange.heard.turn for exchange in self.log.exchanges]
        if from_turn not in numbers:
            raise BadInput(
                (
                    f"第 {from_turn} 句不是你说的，不能从那里重来。",
                    f"Turn {from_turn} is not yours, so it cannot be redone.",
                )
            )
        log = replace(
            self.log,
            exchanges=self.log.exchanges[: numbers.index(from_turn)],
            hints=(),
            ended=None,
            closing=(),
        )
        return Session(self.scenario, self.engine, rubric=self.rubric, log=log)

    # -- inside
    # -----------------------------------------------------------------------------------------------

    @property
    def _rep(self) -> str:
        return name("rep", self.scenario.language)

    def _variant(self) -> ExamVariant | None:
        variants = self.scenario.exam_variants
        return variants[self.log.seed % len(variants)] if self.log.mode == "exam" and variants else None

    def _openings(self) -> Sequence[Line]:
        variant = self._variant()
        return variant.opening if variant else self.scenario.opening

    def _start(self) -> State:
        variant = self._variant()
        return opening_state(self.scenario, trust_extra=variant.trust_thresholds if variant else 0)

    def _who_judged(self) -> str:
        """The engine, with the rep turns at which it had to let the offline one answer."""
        numbers = [str(n) for n, one in enumerate(self.log.exchanges, 1) if one.notes]
        return f"{self.log.engine} (offline: {','.join(numbers)})" if numbers else self.log.engine

    def _elapse(self, seconds: float) -> State:
        return replace(self.state, elapsed=self.state.elapsed + seconds)

    def _hear(self, text: str) -> tuple[Heard, tuple[Finding, ...]]:
        """The newest rep turn as it counts, and its findings."""
        own = [exchange.text for exchange in self.log.exchanges]
        before = Before(self.talk, self.ledger, scene(self.state), self._last_lines(), own)
        at = round(self.state.elapsed, 1)
        heard, findings, _ = judge(self.engine, self.scenario, self.items, before, self._rep, text, at)
        return heard, findings

    def _without_orders(self) -> Conversation:
        """The talk as a model may hear it: lines of the rep that gave it orders are blank."""
        void = {one.heard.turn: one.heard for one in self.log.exchanges if "out_of_role" in one.heard.slips}
        if not void:
            return self.talk
        turns = (
            replace(turn, text=void[turn.number].text.strip() or "…") if turn.number in void else turn
            for turn in self.talk.turns
        )
        return replace(self.talk, turns=tuple(turns))

    def _last_lines(self) -> list[str]:
        said = self.log.exchanges[-1].said if self.log.exchanges else self.log.opening
        return [one.text for one in said]

    def _word(
        self,
        steps: Sequence[Step],
        talk: Conversation,
        shown: Shown | None = None,
        *,
        by_hand: bool = False,
    ) -> list[Said]:
        """The customer's lines, each worded by the engine and let through by the guard; `by_hand` as authored.

        A line that gave orders to a model is answered by hand: no model is asked about it.
        """
        lines = []
        for step in steps:
            person = self.scenario.person(step.who)
            hear = partial(shown, person.called) if shown else None
            if by_hand:
                text = step.move.line
                if hear:
                    hear(text)
            else:
                text = worded(self.engine, self.scenario, step, talk, hear)
            lines.append(Said(person.id, person.called, text, step.move.kind, step.move.line, step.fact))
            talk = talk.said(person.called, text)
        return lines

    def _fold(self) -> None:
        """State, ledger, conversation and curve from the log; asks no engine."""
        self.ledger, self.curve = Ledger(), []
        self.talk = Conversation((), self.scenario.language, source=self.scenario.id)
        self.state = self._start()
        if not self.log.opening:
            return
        self.state, _ = open_talk(self.scenario, self.state, self.log.seed, self._openings())
        self._hear_customer(self.log.opening)
        for exchange in self.log.exchanges:
            moved, _ = respond(self.scenario, self._elapse(exchange.seconds), exchange.heard, self.log.seed)
            self._take(exchange, moved)
        if self.log.ended and self.state.ended is None:
            self.state, _ = farewell(self.scenario, self.state, self.log.seed, self.log.ended)
            self._hear_customer(self.log.closing)

    def _take(self, exchange: Exchange, moved: State) -> None:
        """One exchange more; `moved` is the state that the rep's turn led to."""
        self.talk = self.talk.said(self._rep, exchange.text, at=round(self.state.elapsed, 1))
        self.ledger = entered(self.ledger, exchange.findings)
        self.state = moved
        self._hear_customer(exchange.said, timed=exchange.estimated)

    def _hear_customer(self, said: Sequence[Said], *, timed: bool = True) -> None:
        """Add the customer's lines to the talk; where the rep's time is only estimated, theirs is too."""
        for one in said:
            self.talk = self.talk.said(one.name, one.text, at=round(self.state.elapsed, 1))
            if timed:
                self.state = self._elapse(_spoken_seconds(one.text))
        temper = self.state.people[self.scenario.main.id]
        number = self.talk.turns[-1].number if self.talk.turns else 0
        self.curve.append(
            Point(number, round(self.state.elapsed, 1), temper.trust, temper.patience, temper.willingness)
        )


def scene(state: State) -> Scene:
    """What the coming rep turn meets."""
    raised = any(now.state != "latent" for now in state.objections.values())
    return Scene(frozenset(state.facts), raised)


def _spoken_seconds(text: str) -> float:
    return round(PAUSE + length(text) / WEIGHT_A_SECOND, 1)


def _rubric(scenario: Scenario) -> Rubric:
    return _rubrics()[scenario.rubric]


@cache
def _rubrics() -> dict[str, Rubric]:
    """Those that ship, read once: every turn of everybody asks for one."""
    return load_rubrics()
