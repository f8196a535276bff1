"""What is due today, the round, the trend and exams, as the pages show them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from coach.vocabulary import Language, name
from ui.views.drills import Due, ExamStanding, RoundItem, Today, Trend
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach

_HISTORY = 500


def today_view(coach: Coach, language: Language) -> Today:
    """The head of the practice page."""
    rows = coach.practices.newest(_HISTORY)
    scenarios = coach.scenarios
    start = dt.datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    done = {
        one.scenario
        for one in rows
        if one.ended_at is not None and one.ended_at.replace(tzinfo=dt.UTC) >= start
    }
    return Today(
        due=due_view(coach, language),
        round=tuple(
            RoundItem(name(type, language), scenarios[id].title, id, id in done)
            for type, id in coach.daily_round(language)
        ),
        trends=trend_views(coach, language),
    )


def trend_views(coach: Coach, language: Language) -> tuple[Trend, ...]:
    """How each type of objection is going."""
    from coach.practice.history import trends

    return tuple(
        Trend(
            name(one.type, language),
            one.totals,
            len(one.attempts),
            sum(attempt.held for attempt in one.attempts),
            one.change,
        )
        for one in trends(coach.practices.newest(_HISTORY), coach.scenarios)
    )


def due_view(coach: Coach, language: Language) -> Due | None:
    """The one thing to practise, with its reason; None when there is no scenario in this language."""
    found = coach.due_today(language)
    if found is None:
        return None
    drill = f"{found.visit_id}/{found.number}" if found.visit_id else ""
    return Due(
        objection=name(found.objection, language),
        why=say(f"due_{found.why}", language, n=found.times)
        if found.why == "least"
        else say(f"due_{found.why}", language),
        title="" if drill else coach.scenario(found.scenario).title,
        said=found.said,
        scenario_id=found.scenario,
        drill=drill,
    )


def exam_view(coach: Coach, scenario_id: str, language: Language) -> ExamStanding:
    """How this person stands with the exam of one scenario."""
    from coach.practice.exam import unfinished

    sat = [one for one in coach.practices.exams(scenario_id) if one.parent_id is None]
    running = unfinished(coach.scenario(scenario_id), sat)
    if running is not None:
        return ExamStanding(say("exam_running", language), running.id)
    if not sat:
        return ExamStanding(say("exam_note", language))
    first = sat[0].total
    score = name("not_scored", language) if first is None else str(round(first))
    return ExamStanding(say("exam_sat", language, n=len(sat), score=score))


def exam_words(coach: Coach, id: str, language: Language) -> str:
    """Whether a practice is an exam, and whether it counts; empty for any other."""
    from coach.practice.exam import attempt

    stored = coach.practices.load(id)
    if stored.mode != "exam":
        return ""
    place = attempt(stored, coach.practices.exams(stored.scenario))
    if place == 1:
        return say("exam_counts", language)
    return say("exam_again", language, n=place) if place else say("exam", language)
