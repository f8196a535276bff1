"""The report of a finished session: headline, charts, verdicts with their words, what was left unsaid."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.errors import CoachError
from coach.practice.calibration.advice import Advice, advice_on
from coach.vocabulary import Dimension, Language, name
from ui.desks.curves import moments, turnings
from ui.desks.retry import redo_turn
from ui.desks.session import lines_of, moves_of, sent_at
from ui.desks.sources import source_words
from ui.desks.today import exam_words
from ui.parts.basics import clock
from ui.views.practice import Better, Report, Spoke, Turning, VerdictRow
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.practice.checks import Item
    from coach.practice.kept import Kept
    from coach.practice.score import CheckResult, Score
    from coach.practice.session import Session as Talk


def report_view(coach: Coach, now: Kept, language: Language) -> Report:
    """The whole report of a session that has ended."""
    talk = now.session
    result = talk.score()
    reason = talk.ended or "rep_left"
    turning = turnings(talk, language)
    last_total, last_score = _last(coach, now)
    advice = advice_on(result, talk.scenario, coach.database, talk.log.engine)
    return Report(
        id=now.id,
        title=talk.scenario.title,
        scenario_id=talk.scenario.id,
        outcome=result.outcome,
        headline=say(f"head_{reason}", language, name=talk.scenario.main.called),
        summary=_summary(talk, result, turning, language),
        total=result.total,
        pass_mark=round(result.pass_mark),
        last_total=last_total,
        red_lines=tuple(_item(talk, one.check).name for one in result.red_lines),
        hints_note=_hints(talk, language),
        end_reason=name(reason, language),
        spokes=_spokes(result, last_score, language),
        moments=moments(talk),
        turnings=turning,
        rows=(
            *_red_rows(talk, result, language),
            *(
                replace(_row(coach, talk, one, language), advice=advice_words(advice, one.item.id, language))
                for one in result.checks
            ),
        ),
        lines=tuple(lines_of(talk, language)),
        unsaid=_unsaid(talk),
        missed=tuple((one.kind, one.statement) for one in result.missing),
        exam=exam_words(coach, now.id, language),
        branch=say("branch_of", language, n=now.from_turn) if now.from_turn else "",
        advice=_advice(talk, advice, language),
        machine_note=say("unrated", language)
        + say("judged_by", language, rubric=result.rubric_version, engine=result.engine),
    )


def _advice(talk: Talk, advice: Advice, language: Language) -> str:
    """Which checks are advice only, and the total without them; empty when there are none."""
    if not advice:
        return ""
    total = name("not_scored", language) if advice.total is None else advice.total
    what = say("list_comma", language).join(deed(_item(talk, one).name) for one in advice.figures)
    return say("advice_told", language, n=len(advice.figures), what=what, total=total)


def advice_words(advice: Advice, check: str, language: Language) -> str:
    """How trainers stand to a check that is advice only; empty for any other."""
    figure = advice.figures.get(check)
    if figure is None or figure.rate is None:
        return ""
    return say("advice_check", language, rate=f"{100 * figure.rate:.0f}%", n=figure.n)


def _summary(talk: Talk, result: Score, turning: Sequence[Turning], language: Language) -> str:
    last = talk.curve[-1].seconds if talk.curve else 0.0
    parts = [say("sum_took", language, time=clock(last), n=talk.state.turns)]
    moves = moves_of(talk)
    if moves:
        best = max(moves, key=lambda turn: sum(points for _, points in moves[turn]))
        parts.append(say("sum_best", language, at=clock(sent_at(talk)[best])))
    worst = [one for one in turning if one.tone == "bad"]
    if worst:
        parts.append(say("sum_worst", language, at=clock(worst[0].at)))
    missed = [one.item for one in result.checks if one.verdict == "no"]
    if missed:
        first = max(missed, key=lambda item: item.weight)
        parts.append(say("sum_next", language, what=deed(first.name)))
    return ("" if language == "zh" else " ").join(parts)


def _hints(talk: Talk, language: Language) -> str:
    hints = talk.log.hints
    return say("hints_note", language, n=len(hints), cost=round(sum(h.cost for h in hints))) if hints else ""


def _last(coach: Coach, now: Kept) -> tuple[int | None, Score | None]:
    """Total and score of the attempt before this one; a score only while its scenario is unchanged."""
    from coach.practice.session import Session as Talk

    here = coach.practices.load(now.id)
    for one in coach.practices.newest(200):
        earlier = (
            one.scenario == here.scenario
            and one.mode != "colleague"
            and one.ended_at is not None
            and one.created_at < here.created_at
        )
        if not earlier or one.total is None:
            continue
        try:
            score = Talk.from_json(json.dumps(one.state), coach.scenarios, coach.engine).score()
        except CoachError:
            score = None
        return round(one.total), score
    return None, None


def _spokes(result: Score, last: Score | None, language: Language) -> tuple[Spoke, ...]:
    def value(dimension: Dimension) -> float | None:
        return result.dimensions[dimension]

    spokes = [
        Spoke(name(dimension, language), value(dimension), last.dimensions[dimension] if last else None)
        for dimension in result.dimensions
    ]
    spokes.append(
        Spoke(say("composure_axis", language), result.composure.index, last.composure.index if last else None)
    )
    return tuple(spokes)


def _red_rows(talk: Talk, result: Score, language: Language) -> list[VerdictRow]:
    """A crossed red line is a row of its own, with the words that crossed it."""
    return [
        VerdictRow(
            id=one.check,
            verdict="no",
            word=say("crossed", language),
            dimension=say("red_line", language),
            name=deed(_item(talk, one.check).name),
            quote=one.quote,
            turn=one.turn,
            at=sent_at(talk)[one.turn] if one.turn else None,
            why=say("red_why", language),
            retry=one.turn,
        )
        for one in result.red_lines
    ]


def _row(coach: Coach, talk: Talk, one: CheckResult, language: Language) -> VerdictRow:
    item, finding = one.item, one.finding
    missed = redo_turn(talk, item) if one.verdict == "no" else None
    turn = finding.turn if one.verdict == "yes" else missed
    said = talk.talk.turn(turn).text if turn and one.verdict == "no" else finding.quote
    source = source_words(coach, _source(talk, item), language)
    better = None
    if one.verdict == "no" and item.check.examples:
        better = Better(item.check.examples[0], source.words, source.outcome, source.tone)
    return VerdictRow(
        id=item.id,
        verdict=one.verdict,
        dimension=name(item.dimension, language) if item.dimension else "",
        name=deed(item.name),
        quote=said,
        turn=turn,
        at=sent_at(talk)[turn] if turn else None,
        why=finding.reason if one.verdict == "not_scored" else item.tip if one.verdict == "no" else "",
        better=better,
        retry=missed,
        could_have=one.verdict == "no",
    )


def deed(statement: str) -> str:
    """A check's statement as the name of what was to be done: without its subject and its full stop."""
    deed = statement.strip().rstrip("。.").removeprefix("销售").removeprefix("The rep ")
    return deed[:1].upper() + deed[1:]


def _item(talk: Talk, id: str) -> Item:
    return next(item for item in talk.items if item.id == id)


def _source(talk: Talk, item: Item) -> str:
    return next((point.source for point in talk.scenario.key_points if point.id == item.id), "")


def _unsaid(talk: Talk) -> tuple[str, ...]:
    unsaid = talk.scenario.debrief.unsaid
    if isinstance(unsaid, str):
        return tuple(part.strip() for part in unsaid.splitlines() if part.strip())
    people = talk.scenario
    return tuple(f"{people.person(id).called}：{words.strip()}" for id, words in unsaid.items())
