"""What every page shares: the frame around it and the way it is built."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from coach.vocabulary import Language
from ui.board import Board
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

    board = Board(language, blocks, excuse_in)
    here = path(other(language), page)
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
