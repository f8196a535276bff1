"""What every page shares: the frame around it and the way it is built."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from coach.vocabulary import Language
from ui.asking import asking
from ui.board import Board, Drawn
from ui.shell import other, path, rail, top_bar
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


@contextmanager
def frame(
    blocks: Blocks,
    language: Language,
    current: str,
    page: str,
    *,
    fills: bool = False,
    excuse_in: str = "main",
) -> Iterator[Board]:
    """Rail, top bar and an open `pp-place` to put regions in. `fills`: columns scroll, the page does not.

    `excuse_in` is the region where an action that failed says so; a page that cannot open does in `main`.
    """
    import gradio as gr

    here = path(other(language), page)
    name = "" if page == "home" else page
    board = Board(language, blocks, excuse_in, name, lambda: _whose_rail(language, current, here))
    classes = [
        "pp",
        f"pp-{language}",
        *(["pp-fills"] if fills else []),
        *(["pp-session-open"] if page == "session" else []),
    ]
    with gr.Column(elem_id="pp-frame", elem_classes=classes):
        board.html("rail", rail(language, current, here))
        board.html("top", top_bar(language, say(current, language), here=here))
        with gr.Column(elem_id="pp-place"):
            yield board
        board.html("go")


def _whose_rail(language: Language, current: str, here: str) -> Drawn:
    """With accounts the rail names who is signed in and shows what that role has; without, it stays as it is."""
    return {"rail": rail(language, current, here)} if asking() else {}
