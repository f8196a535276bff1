"""`coach practice [SCENARIO]`: a simulated customer in the terminal, or a script played to the end."""

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
        str | None, typer.Argument(help="剧本编号。Scenario id; see coach scenarios list.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="同一个数，同样的话，同样的客户。Same seed, same talk.")
    ] = None,
    script: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="照文件练，一行一句。Play FILE, one rep line a line."),
    ] = None,
    exam: Annotated[
        bool, typer.Option("--exam", help="考试：没有提示。Exam: no hints, an unseen opening.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="只印一个 JSON。One JSON object.")] = False,
) -> None:
    """跟客户练一场，结束出分。Practise with a simulated customer; the score comes at the end."""
    from coach.app import open_coach
    from coach.commands.practice_page import play_script, talk_in_terminal
    from coach.practice.session import Session

    coach = open_coach()
    session = coach.start(_chosen(coach, scenario), seed=seed)
    if exam:
        session = Session(session.scenario, coach.engine, seed=session.log.seed, mode="exam")
    if script is not None:
        play_script(session, script, quiet=as_json)
    else:
        talk_in_terminal(session, err=as_json)
    if as_json:
        body = _json(session, script)
        typer.echo(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
    else:
        from coach.commands.score_page import page

        page(session.score(), session.scenario, session.ended, session.rubric.pass_mark)


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


def _json(session: Session, script: Path | None) -> dict[str, Any]:
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
