"""The practice room in a terminal: brief, talk, hints. Where stdout is for data the talk goes to stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import Refused

if TYPE_CHECKING:
    from rich.console import Console

    from coach.practice.live import TurnResult
    from coach.practice.session import Session

_WORDS = {
    "how": (
        "直接打字说话。:h 要提示，:p 先放下，:q 结束。",
        "Type what you say. :h buys a hint, :p puts it aside, :q ends.",
    ),
    "how_exam": (
        "考试：没有提示，一口气说完。:q 结束。",
        "An exam: no hints, in one go. :q ends.",
    ),
    "no_pause": ("考试不能放下，说完或者 :q。", "An exam cannot be put aside; finish it or :q."),
    "known": ("你已经知道", "You know"),
    "goal": ("这一场要做到", "Your goal"),
    "may": ("你手里有什么", "What you may do"),
    "left": ("剩", "left"),
    "score": ("话术分", "score"),
    "cost": ("扣 {} 分", "−{} points"),
}


def _nothing() -> None:
    """What happens after a turn of a practice that is not kept."""


def play_script(session: Session, script: Path, *, quiet: bool, after: Callable[[], None] = _nothing) -> None:
    """Play a file, one rep line a line; an empty line is silence. The rep leaves when the lines run out.

    `after` is called after every turn.
    """
    from rich.console import Console

    console = Console(highlight=False, stderr=quiet, soft_wrap=True)
    _lines(console, session.open(), quiet)
    for line in script.read_text(encoding="utf-8-sig").splitlines():
        if session.ended:
            break
        if not quiet:
            _rep(console, session, line)
        result = session.say(line)
        _lines(console, result, quiet)
        _notes(console, session, result)
        after()
    if not session.ended:
        _lines(console, session.end(), quiet)
        after()


def talk_in_terminal(session: Session, *, err: bool, after: Callable[[], None] = _nothing) -> None:
    """Talk with the customer until somebody ends it or puts it aside; the clock is the real one.

    `after` is called after every turn. One that was put aside begins with what was said so far.
    """
    from rich.console import Console

    console = Console(highlight=False, stderr=err, soft_wrap=True)
    _brief(console, session)
    if session.log.exchanges:
        _so_far(console, session)
    else:
        _lines(console, session.open(), quiet=False)
    while not session.ended:
        began = time.monotonic()
        try:
            text = _read(console, session)
        except EOFError:
            text = ":q"
        except KeyboardInterrupt:
            return
        if text.strip() == ":p":
            if session.log.mode != "exam":
                return
            console.print(f"[yellow]{_word(session, 'no_pause')}[/yellow]")
            continue
        if text.strip() == ":q":
            _lines(console, session.end(), quiet=False)
        elif text.strip() == ":h":
            _hint(console, session)
        else:
            printing = _Printing(console)
            result = session.say(text, time.monotonic() - began, printing.sentence)
            printing.end()
            _notes(console, session, result)
            _beside(console, session, result)
        after()


def _so_far(console: Console, session: Session) -> None:
    for turn in session.talk.turns:
        console.print(f"{turn.speaker} {turn.text}", style="dim", markup=False)


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
    how = "how_exam" if session.log.mode == "exam" else "how"
    console.print(f"[dim]{_word(session, how)}[/dim]\n")


def _lines(console: Console, result: TurnResult, quiet: bool) -> None:
    if quiet:
        return
    for line in result.lines:
        console.print(f"[cyan]{line.name}[/cyan] ", end="")
        console.print(line.text, markup=False)


class _Printing:
    """Prints the customer's sentences as they pass."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._who = ""

    def sentence(self, who: str, words: str) -> None:
        if who != self._who:
            self.end()
            self._console.print(f"[cyan]{who}[/cyan] ", end="")
            self._who = who
        self._console.print(words, markup=False, end="")
        self._console.file.flush()

    def end(self) -> None:
        if self._who:
            self._console.print()
        self._who = ""


def _notes(console: Console, session: Session, result: TurnResult) -> None:
    """One sentence where a model did not deliver."""
    if result.notes:
        said = result.notes[0][0 if session.scenario.language == "zh" else 1]
        console.print(said, style="yellow", markup=False)


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
