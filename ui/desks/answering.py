"""A customer's answer while it comes: what passed the guard so far, sentence by sentence, until the turn is over."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextvars import copy_context
from queue import SimpleQueue

from ui.views.practice import Line

Shown = Callable[[str, str], None]
"""Called with a customer's name and a sentence that may be shown."""


def answering(turn: Callable[[Shown], None]) -> Iterator[tuple[Line, ...]]:
    """The customer's lines so far, each time a sentence is added; errors of the turn are raised at its end."""
    heard: SimpleQueue[tuple[str, str] | None] = SimpleQueue()
    failed: list[BaseException] = []

    def work() -> None:
        try:
            turn(lambda name, sentence: heard.put((name, sentence)))
        except BaseException as error:  # raised again where the page waits
            failed.append(error)
        finally:
            heard.put(None)

    worker = threading.Thread(target=copy_context().run, args=(work,), daemon=True)
    worker.start()
    lines: list[Line] = []
    while (said := heard.get()) is not None:
        name, sentence = said
        if lines and lines[-1].name == name:
            lines[-1] = Line("customer", lines[-1].text + sentence, name)
        else:
            lines.append(Line("customer", sentence, name))
        yield tuple(lines)
    worker.join()
    if failed:
        raise failed[0]
