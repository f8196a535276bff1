"""`coach practice --colleague`: two people at one terminal, one types the customer's lines; the same score at the end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from coach.app import Coach
    from coach.practice.colleague import TwoSeats
    from coach.vocabulary import EndReason, Role

_HOW: Final = (
    "轮流打字，客户先说。:s 换人，:c 看客户的底，:ok 客户答应下一步，:q 谁打谁走，:p 先放下。",
    "Take turns, the customer first. :s swaps, :c shows the customer's card, :ok the customer agrees, :q leaves,"
    " :p puts it aside.",
)

_ENDS: Final[dict[str, EndReason]] = {":q": "rep_left", ":ok": "advanced"}


def talk_with_colleague(
    coach: Coach, chosen: str | None, *, resume: bool, script: Path | None, as_json: bool
) -> None:
    """Play it to an end or put it aside; a transcript given as script is played at once and not kept."""
    from coach.practice.colleague import TwoSeats

    if script is not None:
        seats = _played(TwoSeats.begin(coach.scenario(_named(chosen)), coach.engine), coach, script)
        _come_to(coach, seats, None, str(script), as_json=as_json)
        return
    id = (
        coach.practices.find(chosen or "").id if resume else coach.seats.begin(coach.scenario(_named(chosen)))
    )
    seats = _typed(coach, id, coach.seats.load(id), err=as_json)
    if seats.dialogue.ended is None and not as_json:
        zh = coach.settings.language == "zh"
        go_on = f"coach practice --colleague --resume {id[:8]}"
        typer.echo(f"存好了。接着练：{go_on}" if zh else f"Kept. Go on with {go_on}", err=True)
        return
    _come_to(coach, seats, id, None, as_json=as_json)


def _named(scenario: str | None) -> str:
    if scenario is None:
        raise typer.BadParameter(
            "没有说练哪个剧本，见 coach scenarios list · name a scenario, see coach scenarios list",
            param_hint="SCENARIO",
        )
    return scenario


def _played(seats: TwoSeats, coach: Coach, script: Path) -> TwoSeats:
    """A whole transcript, line by line, each said by the side that its label names."""
    heard = coach.hear(script, language=seats.scenario.language).conversation
    roles = coach.engine.read(heard).roles
    for turn in heard.turns:
        seats = seats.said("rep" if roles.get(turn.speaker) == "rep" else "customer", turn.text)
    return seats.left("rep_left")


def _typed(coach: Coach, id: str, seats: TwoSeats, *, err: bool) -> TwoSeats:
    """Lines from the keyboard, kept after each."""
    from rich.console import Console

    from coach.vocabulary import name

    console = Console(highlight=False, stderr=err, soft_wrap=True)
    zh = seats.scenario.language == "zh"
    console.print(seats.scenario.title, style="bold")
    console.print(seats.scenario.brief.situation.strip(), markup=False)
    console.print(_HOW[0 if zh else 1], style="dim")
    for line in seats.dialogue.lines:
        console.print(f"{name(line.role, seats.scenario.language)} {line.text}", style="dim", markup=False)
    turn: Role = "rep" if seats.dialogue.lines and seats.dialogue.lines[-1].role == "customer" else "customer"
    while seats.dialogue.ended is None:
        words = _read(console, name(turn, seats.scenario.language))
        if words == ":p":
            return seats
        if words == ":s":
            turn = "customer" if turn == "rep" else "rep"
        elif words == ":c":
            _card(console, seats, zh=zh)
        elif words in _ENDS:
            seats = seats.left(_ENDS[words] if words == ":ok" or turn == "rep" else "walked_away")
            coach.seats.save(id, seats)
        elif words.strip():
            seats = seats.said(turn, words)
            coach.seats.save(id, seats)
            if turn == "rep":
                _beside(console, seats, zh=zh)
            turn = "customer" if turn == "rep" else "rep"
    return seats


def _read(console: Console, who: str) -> str:
    import sys

    console.print(f"[bold]{who}[/bold] ", end="")
    console.file.flush()
    try:
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        return ":p"
    return line.rstrip("\n") if line else ":q"


def _card(console: Console, seats: TwoSeats, *, zh: bool) -> None:
    """What the one who plays the customer must know."""
    from coach.practice.card import customer_card

    for head, lines in customer_card(seats.scenario):
        console.print(head[0 if zh else 1], style="bold")
        for line in lines:
            console.print(f"· {line}", markup=False, style="dim")


def _beside(console: Console, seats: TwoSeats, *, zh: bool) -> None:
    score = seats.score()
    total = "–" if score.total is None else str(score.total)
    console.print(f"  {'话术分' if zh else 'score'} {total}", style="dim", markup=False)


def _come_to(coach: Coach, seats: TwoSeats, id: str | None, file: str | None, *, as_json: bool) -> None:
    from coach.commands.score_page import page
    from coach.practice.calibration.advice import advice_on

    result = seats.score()
    advice = advice_on(result, seats.scenario, coach.database, result.engine)
    if not as_json:
        page(result, seats.scenario, seats.dialogue.ended, result.pass_mark, advice)
        return
    transcript = [
        {"turn": turn.number, "speaker": turn.speaker, "role": line.role, "text": turn.text}
        for turn, line in zip(seats.talk.turns, seats.dialogue.lines, strict=True)
    ]
    body: dict[str, Any] = {
        **advice.on(result.as_json(file)),
        "id": id,
        "mode": "colleague",
        "end_reason": seats.dialogue.ended,
        "transcript": transcript,
    }
    typer.echo(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
