"""The practice room in a terminal: brief, talk, hints. Where stdout is for data the talk goes to stderr."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import Refused

if TYPE_CHECKING:
    from rich.console import Console

    from coach.practice.live import TurnResult
    from coach.practice.session import Session

_WORDS = {
    "how": ("直接打字说话。:h 要提示，:q 结束。", "Type what you say. :h buys a hint, :q ends."),
    "known": ("你已经知道", "You know"),
    "goal": ("这一场要做到", "Your goal"),
    "may": ("你手里有什么", "What you may do"),
    "left": ("剩", "left"),
    "score": ("话术分", "score"),
    "cost": ("扣 {} 分", "−{} points"),
}


def play_script(session: Session, script: Path, *, quiet: bool) -> None:
    """Play a file, one rep line a line; an empty line is silence. The rep leaves when the lines run out."""
    from rich.console import Console

    console = Console(highlight=False, stderr=quiet, soft_wrap=True)
    _lines(console, session.open(), quiet)
    for line in script.read_text(encoding="utf-8-sig").splitlines():
        if session.ended:
            break
        if not quiet:
            _rep(console, session, line)
        _lines(console, session.say(line), quiet)
    if not session.ended:
        _lines(console, session.end(), quiet)


def talk_in_terminal(session: Session, *, err: bool) -> None:
    """Talk with the customer until somebody ends it; the clock is the real one."""
    from rich.console import Console

    console = Console(highlight=False, stderr=err, soft_wrap=True)
    _brief(console, session)
    _lines(console, session.open(), quiet=False)
    while not session.ended:
        began = time.monotonic()
        try:
            text = _read(console, session)
        except (EOFError, KeyboardInterrupt):
            text = ":q"
        if text.strip() == ":q":
            _lines(console, session.end(), quiet=False)
        elif text.strip() == ":h":
            _hint(console, session)
        else:
            result = session.say(text, time.monotonic() - began)
            _lines(console, result, quiet=False)
            _beside(console, session, result)


def _read(console: Console, session: Session) -> str:
    from coach.vocabulary import name

    console.print(f"[bold]{name('rep', session.scenario.language)}[/bold] ", end="")
    console.file.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\n")


def _brief(console: Console, session: Session) -> None:
    scenario, brief = session.scenario, session.scenario.brief
    console.print(f"[bold]{scenario.title}[/bold]")
    for text in (brief.you, brief.situation.strip()):
        if text:
            console.print(text, markup=False)
    for key, texts in (("known", brief.known), ("goal", (brief.goal,)), ("may", (brief.your_authority,))):
        if any(texts):
            console.print(f"[bold]{_word(session, key)}[/bold]")
            for text in texts:
                console.print(f"· {text}", markup=False)
    console.print(f"[dim]{_word(session, 'how')}[/dim]\n")


def _lines(console: Console, result: TurnResult, quiet: bool) -> None:
    if quiet:
        return
    for line in result.lines:
        console.print(f"[cyan]{line.name}[/cyan] ", end="")
        console.print(line.text, markup=False)


def _rep(console: Console, session: Session, text: str) -> None:
    from coach.vocabulary import name

    console.print(f"[bold]{name('rep', session.scenario.language)}[/bold] ", end="")
    console.print(text or "……", markup=False)


def _beside(console: Console, session: Session, result: TurnResult) -> None:
    live = result.live
    parts = [live.mood.words, f"{_word(session, 'score')} {live.score if live.score is not None else '–'}"]
    if live.change:
        parts.append(f"{live.change:+d} {live.why}".strip())
    parts.append(f"{_word(session, 'left')} {int(live.seconds_left) // 60}:{int(live.seconds_left) % 60:02d}")
    console.print(f"[dim]  {' · '.join(parts)}[/dim]", markup=True)


def _hint(console: Console, session: Session) -> None:
    try:
        hint = session.hint()
    except Refused as error:
        console.print(f"[yellow]{error.message(session.scenario.language)}[/yellow]")
        return
    console.print(
        f"[yellow]{hint.text}[/yellow] [dim]{_word(session, 'cost').format(f'{hint.cost:g}')}[/dim]"
    )


def _word(session: Session, key: str) -> str:
    return _WORDS[key][0 if session.scenario.language == "zh" else 1]
