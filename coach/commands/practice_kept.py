"""Kept practices in the terminal: saved after every turn, gone on with, redone from a turn, begun from a visit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from coach.errors import NotFound

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.practice.kept import Kept


def talk(coach: Coach, id: str, script: Path | None, *, as_json: bool) -> None:
    """Go on with a kept practice until it is over or put aside, saving after every turn; then its score."""
    from coach.commands.practice import outcome_json
    from coach.commands.practice_page import play_script, talk_in_terminal
    from coach.commands.score_page import page
    from coach.practice.calibration.advice import advice_on
    from coach.practice.kept import Clock

    kept = coach.keeping.load(id)
    session = kept.session

    def save() -> None:
        coach.keeping.save(id, session, Clock(elapsed=session.state.elapsed))

    if session.ended is None:
        save()  # a practice that is talked in a terminal has no clock that runs by itself
        if script is not None:
            play_script(session, script, quiet=as_json, after=save)
        else:
            talk_in_terminal(session, err=as_json, after=save)
    result = session.score()
    advice = advice_on(result, session.scenario, coach.database, session.log.engine)
    if as_json:
        body: dict[str, Any] = {**advice.on(outcome_json(session, script)), **_where(coach, kept)}
        typer.echo(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
        return
    zh = coach.settings.language == "zh"
    if session.ended is None:
        words = f"存好了。接着练：coach practice --resume {id[:8]}"
        typer.echo(words if zh else f"Kept. Go on with coach practice --resume {id[:8]}", err=True)
        return
    page(result, session.scenario, session.ended, session.rubric.pass_mark, advice)
    typer.echo(_standing(coach, kept, zh=zh), err=True)
    if kept.parent_id and kept.from_turn:
        from coach.commands.practice_history import page_of_fork

        page_of_fork(coach, coach.keeping.load(kept.parent_id).session, session, kept.from_turn)


def go_on(coach: Coach, start: str, script: Path | None, *, as_json: bool) -> None:
    """Go on with the practice whose id begins so, or with the newest that still runs."""
    stored = coach.practices.find(start)
    if stored.mode == "colleague":
        from coach.commands.colleague import talk_with_colleague

        talk_with_colleague(coach, stored.id, resume=True, script=None, as_json=as_json)
    else:
        talk(coach, stored.id, script, as_json=as_json)


def redo(coach: Coach, start: str, turn: int, script: Path | None, *, as_json: bool) -> None:
    """A new practice that stands just before a turn of a kept one."""
    talk(coach, coach.keeping.branch(coach.practices.find(start).id, turn), script, as_json=as_json)


def drill(coach: Coach, visit: str, number: int | None) -> str:
    """The private scenario that opens with an objection of a visit; its id."""
    found = [one.id for one in coach.visits.newest(500) if one.id.startswith(visit)]
    one = coach.drill(found[0] if len(found) == 1 else visit, number)
    typer.echo(f"… {one.title} ({one.id})", err=True)
    return one.id


def due_today(coach: Coach) -> str:
    """The scenario that is due today (NotFound when there are none at all)."""
    found = coach.due_today(coach.settings.language)
    if found is None:
        raise NotFound(("还没有能练的剧本。", "There is no scenario to practise."))
    return coach.drill(found.visit_id, found.number).id if found.visit_id else found.scenario


def _where(coach: Coach, kept: Kept) -> dict[str, Any]:
    """What a kept practice's object has more than a script's."""
    from coach.practice.exam import attempt

    stored = coach.practices.load(kept.id)
    exam = stored.mode == "exam"
    place = attempt(stored, coach.practices.exams(stored.scenario)) if exam else None
    return {
        "id": kept.id,
        "mode": stored.mode,
        "attempt": place,
        "counts": place == 1 if exam else None,
        "parent": kept.parent_id,
        "from_turn": kept.from_turn,
    }


def _standing(coach: Coach, kept: Kept, *, zh: bool) -> str:
    """Where it was kept, and whether an exam counts."""
    where = _where(coach, kept)
    short = kept.id[:8]
    words = f"存在 {short}。" if zh else f"Kept as {short}."
    if where["mode"] != "exam":
        return words
    if where["counts"]:
        return words + ("考试第 1 次，算数。" if zh else " First exam here: it counts.")
    if not where["attempt"]:
        return words + ("从考试里重来的，不算考试。" if zh else " Redone from an exam: it does not count.")
    place = where["attempt"]
    return words + (f"考试第 {place} 次，不算数。" if zh else f" Exam attempt {place}: it does not count.")
