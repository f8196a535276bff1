"""Practices: begun, talked turn by turn, ended, read; finished dialogues scored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Protocol

from fastapi import FastAPI, Path

from coach.errors import BadInput
from coach.vocabulary import name
from ui.api.caller import Caller, Here, laid_down
from ui.api.errors import RESPONSES
from ui.api.practice_shapes import (
    HintAnswer,
    HintGiven,
    PracticeAnswer,
    PracticeAsked,
    PracticeList,
    PracticeRow,
    Said,
    ScenarioList,
    ScenarioRow,
    ScoreAnswer,
    ScoreAsked,
    Spoken,
    TurnAnswer,
    TurnAsked,
)

if TYPE_CHECKING:
    from coach.practice.hints import Hint
    from coach.practice.kept import Kept
    from coach.practice.score import Score
    from scenarios.schema import Scenario

Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
_SHOWN = 200


class PracticeDesk(Protocol):
    """Who takes turns one by one, from pages and programs alike."""

    def answer(self, id: str, text: str) -> Iterator[object]:
        """The rep says a line; what comes on the way is for pages, the end means that it counted."""
        ...

    def hint(self, id: str) -> Hint:
        """Buy the next rung of the hint ladder; Refused in an exam, after the end, or with nothing to help with."""
        ...

    def end(self, id: str, *, time_up: bool = False) -> None:
        """The rep ends the session."""
        ...


def practice_routes(api: FastAPI, desk: PracticeDesk) -> None:
    """Add scenarios, practices and scores; `desk` is the pages' own."""

    @api.get("/scenarios", operation_id="scenarios", responses=RESPONSES)
    def scenarios(here: Here) -> ScenarioList:
        shown = (
            one
            for one in here.coach.scenarios.values()
            if one.status == "published" or (one.status == "draft" and one.id not in here.coach.shipped)
        )
        return ScenarioList(
            scenarios=[
                ScenarioRow(
                    id=one.id,
                    title=one.title,
                    language=one.language,
                    level=one.difficulty.level,
                    objection_types=list(dict.fromkeys(each.type for each in one.objections)),
                    minutes=one.time_limit_minutes,
                )
                for one in sorted(shown, key=lambda one: one.id)
            ]
        )

    @api.get("/practices", operation_id="practices", responses=RESPONSES)
    def practices(here: Here) -> PracticeList:
        return PracticeList(
            practices=[
                PracticeRow(
                    id=one.id,
                    scenario=one.scenario,
                    mode=one.mode,
                    outcome=one.outcome,
                    total=one.total,
                    ended_at=one.ended_at,
                )
                for one in here.coach.practices.newest(_SHOWN)
            ]
        )

    @api.post("/practices", operation_id="practice_start", status_code=201, responses=RESPONSES)
    def start(asked: PracticeAsked, here: Here) -> PracticeAnswer:
        coach = here.coach
        if asked.exam and asked.seed is not None:
            raise BadInput(
                ("考试的开场不能自己挑。", "The opening of an exam cannot be chosen."),
                ("去掉 seed。", "Leave seed out."),
            )
        session = coach.start(asked.scenario, seed=asked.seed, exam=asked.exam)
        return _practice(here, coach.keeping.begin(session))

    @api.get("/practices/{practice}", operation_id="practice", responses=RESPONSES)
    def practice(practice: Id, here: Here) -> PracticeAnswer:
        return _practice(here, practice)

    @api.post("/practices/{practice}/turns", operation_id="practice_turn", responses=RESPONSES)
    def turn(practice: Id, asked: TurnAsked, here: Here) -> TurnAnswer:
        for _ in desk.answer(practice, asked.text):
            pass
        return _turn(here, practice)

    @api.post("/practices/{practice}/hints", operation_id="practice_hint", responses=RESPONSES)
    def hint(practice: Id, here: Here) -> HintAnswer:
        bought = desk.hint(practice)
        return HintAnswer(hint=_given(bought), next_costs=_next_costs(here.coach.keeping.load(practice)))

    @api.post("/practices/{practice}/end", operation_id="practice_end", responses=RESPONSES)
    def end(practice: Id, here: Here) -> PracticeAnswer:
        desk.end(practice)
        return _practice(here, practice)

    @api.post("/score", operation_id="score", responses=RESPONSES)
    def score(asked: ScoreAsked, here: Here) -> ScoreAnswer:
        from coach.practice.finished import score_dialogue
        from scenarios.rubric import load_rubrics

        chosen = here.coach.scenario(asked.scenario)
        with laid_down(asked.text, ".txt") as path:
            talk = here.coach.hear(path, language=chosen.language).conversation
        made = score_dialogue(chosen, load_rubrics()[chosen.rubric], talk, here.coach.engine)
        return _told(here, made, chosen, asked.name)


def _turn(here: Caller, id: str) -> TurnAnswer:
    kept = here.coach.keeping.load(id)
    session, side = kept.session, 0 if here.language == "zh" else 1
    last = session.log.exchanges[-1]
    return TurnAnswer(
        said=[Said(speaker=one.name, text=one.text) for one in last.said],
        ended=session.ended,
        seconds_left=round(kept.left, 1),
        mood=session.live().mood.words,
        notes=[note[side] for note in last.notes],
        score=_score(here, kept),
    )


def _practice(here: Caller, id: str) -> PracticeAnswer:
    kept = here.coach.keeping.load(id)
    session = kept.session
    scenario, rep = session.scenario, name("rep", session.scenario.language)
    return PracticeAnswer(
        id=kept.id,
        scenario=scenario.id,
        title=scenario.title,
        language=scenario.language,
        mode=session.log.mode,
        brief=scenario.brief.text.strip(),
        transcript=[
            Spoken(
                turn=one.number,
                speaker=one.speaker,
                role="rep" if one.speaker == rep else "customer",
                text=one.text,
                time=one.start,
            )
            for one in session.talk.turns
        ],
        hints=[_given(one) for one in session.log.hints],
        next_hint_costs=_next_costs(kept),
        seconds_left=round(kept.left, 1),
        ended=session.ended,
        score=_score(here, kept),
    )


def _given(one: Hint) -> HintGiven:
    return HintGiven(rung=one.rung, text=one.text, cost=one.cost)


def _next_costs(kept: Kept) -> float | None:
    """What the next hint would take off; None where there is none to be had."""
    from coach.practice.hints import next_hint
    from coach.practice.session import scene

    session = kept.session
    if session.ended or session.log.mode == "exam":
        return None
    coming = next_hint(session.items, session.ledger, scene(session.state), session.rubric, session.log.hints)
    return coming.cost if coming else None


def _score(here: Caller, kept: Kept) -> ScoreAnswer | None:
    """The score, once the practice is over."""
    session = kept.session
    return _told(here, session.score(), session.scenario) if session.ended else None


def _told(here: Caller, made: Score, scenario: Scenario, file: str | None = None) -> ScoreAnswer:
    """A score, and which of its checks trainers made advice only."""
    from coach.practice.calibration.advice import advice_on

    advice = advice_on(made, scenario, here.coach.database, made.engine)
    return ScoreAnswer.model_validate(advice.on(made.as_json(file)))
