"""`coach practice [SCENARIO]`: a simulated customer in the terminal, or a script played to the end.

A talk in the terminal is kept after every turn and can be gone on with; a script is kept only with --save.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.practice.session import Session


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("practice")(practice)


def practice(
    scenario: Annotated[
        str | None,
        typer.Argument(
            metavar="[SCENARIO|ID]",
            help="剧本编号；接着练时是那一场的编号。Scenario id; with --resume the practice's id.",
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="同一个数，同样的话，同样的客户。Same seed, same talk.")
    ] = None,
    script: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="照文件练，一行一句。Play FILE, one rep line a line."),
    ] = None,
    exam: Annotated[
        bool,
        typer.Option(
            "--exam",
            help="考试：没有提示，没见过的开场，第一次算数。Exam: no hints, an unseen opening, the first counts.",
        ),
    ] = False,
    save: Annotated[
        bool, typer.Option("--save", help="照文件练的也存下来。Keep a scripted practice too.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="接着练 ID，不写就接最近那场。Go on with ID, or with the newest.")
    ] = False,
    branch: Annotated[
        str | None,
        typer.Option(metavar="ID", help="从这一场的 --from 那句重来。Redo this practice from --from on."),
    ] = None,
    turn: Annotated[
        int | None,
        typer.Option("--from", metavar="TURN", help="你的第几句（对话里的序号）。Your turn's number."),
    ] = None,
    from_visit: Annotated[
        str | None,
        typer.Option(metavar="ID", help="练这次拜访里的异议。Practise an objection of this visit."),
    ] = None,
    objection: Annotated[
        int | None,
        typer.Option(min=1, help="第几条异议；不写就挑没接住的。Which one; else the unanswered one."),
    ] = None,
    colleague: Annotated[
        bool, typer.Option("--colleague", help="同事来演客户。A colleague plays the customer.")
    ] = False,
    today: Annotated[bool, typer.Option("--today", help="练今天该练的。Practise what is due today.")] = False,
    list_kept: Annotated[
        bool, typer.Option("--list", help="列出存下来的练习和今天的六场。Kept practices, today's round.")
    ] = False,
    history: Annotated[
        bool, typer.Option("--history", help="每类异议练得怎么样了。Scores per type of objection.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="只印一个 JSON。One JSON object.")] = False,
) -> None:
    """跟客户练一场，结束出分。Practise with a simulated customer; the score comes at the end."""
    from coach.app import open_coach
    from coach.commands import practice_history, practice_kept

    _one_of(resume=resume, branch=branch, from_visit=from_visit, today=today, list=list_kept, history=history)
    if (branch is None) != (turn is None):
        raise typer.BadParameter("--branch ID --from TURN", param_hint="--from")
    coach = open_coach()
    if list_kept:
        practice_history.page_of_kept(coach, as_json=as_json)
    elif history:
        practice_history.page_of_trends(coach, as_json=as_json)
    elif colleague:
        from coach.commands.colleague import talk_with_colleague

        talk_with_colleague(coach, scenario, resume=resume, script=script, as_json=as_json)
    elif resume:
        practice_kept.go_on(coach, scenario or "", script, as_json=as_json)
    elif branch is not None and turn is not None:
        practice_kept.redo(coach, branch, turn, script, as_json=as_json)
    else:
        if from_visit is not None:
            scenario = practice_kept.drill(coach, from_visit, objection)
        elif today:
            scenario = practice_kept.due_today(coach)
        if script is not None and not save:
            _play(coach, _chosen(coach, scenario), script, seed=seed, exam=exam, as_json=as_json)
        else:
            session = coach.start(_chosen(coach, scenario), seed=seed, exam=exam)
            practice_kept.talk(coach, coach.keeping.begin(session), script, as_json=as_json)


def _one_of(**ways: object) -> None:
    """Two ways to begin at once are a wrong call."""
    named = [f"--{way.replace('_', '-')}" for way, given in ways.items() if given]
    if len(named) > 1:
        raise typer.BadParameter(
            f"只能选一个：{'、'.join(named)} · only one of {', '.join(named)}", param_hint=named[1]
        )


def _play(coach: Coach, scenario: str, script: Path, *, seed: int | None, exam: bool, as_json: bool) -> None:
    """Play a script without keeping anything."""
    from coach.commands.practice_page import play_script
    from coach.commands.score_page import page
    from coach.practice.calibration.advice import advice_on
    from coach.practice.session import Session

    session = coach.start(scenario, seed=seed)
    if exam:
        session = Session(session.scenario, coach.engine, seed=session.log.seed, mode="exam")
    play_script(session, script, quiet=as_json)
    result = session.score()
    advice = advice_on(result, session.scenario, coach.database, session.log.engine)
    if as_json:
        body = advice.on(outcome_json(session, script))
        typer.echo(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
    else:
        page(result, session.scenario, session.ended, session.rubric.pass_mark, advice)


def _chosen(coach: Coach, scenario: str | None) -> str:
    """The scenario's id; asks when none was named and somebody is there to answer."""
    if scenario is not None:
        return scenario
    language = coach.settings.language
    offered = sorted(coach.scenarios.values(), key=lambda one: (one.language != language, one.id))
    if not sys.stdin.isatty():
        raise typer.BadParameter(
            "没有说练哪个剧本，见 coach scenarios list · name a scenario, see coach scenarios list",
            param_hint="SCENARIO",
        )
    for place, one in enumerate(offered, 1):
        typer.echo(f"{place:>3}  {one.title}  ({one.id})", err=True)
    number: int = typer.prompt("练哪一个 · which one", type=int, err=True)
    if not 1 <= number <= len(offered):
        raise typer.BadParameter(f"1–{len(offered)}", param_hint="SCENARIO")
    return offered[number - 1].id


def outcome_json(session: Session, script: Path | None) -> dict[str, Any]:
    """Transcript, end reason and the score object."""
    from coach.vocabulary import name

    rep = name("rep", session.scenario.language)
    transcript = [
        {
            "turn": turn.number,
            "speaker": turn.speaker,
            "role": "rep" if turn.speaker == rep else "customer",
            "text": turn.text,
            "time": turn.start,
        }
        for turn in session.talk.turns
    ]
    return {
        **session.score().as_json(str(script) if script else None),
        "seed": session.log.seed,
        "end_reason": session.ended,
        "transcript": transcript,
    }
