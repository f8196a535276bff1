"""The home page: three doors, and what was going on last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from markupsafe import Markup

from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor, going
from ui.icons import icon
from ui.pages.frame import frame
from ui.parts.basics import NOTHING, empty, joined, link_button, skeleton
from ui.parts.drills import due
from ui.parts.rows import recent_row
from ui.shell import other, path, top_bar
from ui.views.drills import Due
from ui.views.home import Recent
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks

_DOORS = (("practice", "practice"), ("visits", "visit"), ("deals", "deal"))


class HomeDesk(Protocol):
    """What the home page asks."""

    def recent(self, language: Language) -> Sequence[Recent]:
        """The latest practices and visits, newest first."""
        ...

    def due(self, language: Language) -> Due | None:
        """The one thing to practise today."""
        ...

    def drill(self, wanted: str) -> str:
        """Make the drill of a visit's objection and return its scenario."""
        ...


def build(blocks: Blocks, language: Language, desk: HomeDesk) -> None:
    """Lay out the page and wire it."""
    with frame(blocks, language, "home", "") as board:
        board.html("main", skeleton(language))

    def load(visitor: Visitor) -> Drawn:
        return {
            "top": top_bar(language, say("home", language), here=path(other(language))),
            "main": home(desk.recent(language), desk.due(language), language),
        }

    def press(press: Press, _: Visitor) -> Drawn:
        if press.act == "drill":
            return {"go": going(path(language, "practice", scenario=desk.drill(press.id)))}
        return {}

    board.on_load(load)
    board.on_press(("main",), press)


def home(recent: Sequence[Recent], today: Due | None, language: Language) -> Markup:
    """The whole page below the top bar: what is due today stands first."""
    doors = joined(
        Markup('<section class="pp-card pp-door">{sign}<h3>{head}</h3><p>{text}</p>{go}</section>').format(
            sign=icon(page, 24),
            head=say(f"home_{key}", language),
            text=say(f"home_{key}_text", language),
            go=link_button(
                say(f"home_{key}_go", language),
                path(language, page),
                weight="primary" if key == "practice" and today is None else "plain",
            ),
        )
        for page, key in _DOORS
    )
    if recent:
        rows = Markup('<ul class="pp-rows">{}</ul>').format(joined(recent_row(row) for row in recent))
    else:
        rows = empty(
            say("home_recent_none", language),
            link_button(say("home_practice_go", language), path(language, "practice")),
        )
    return Markup(
        '<div class="pp-doc"><section class="pp-lede"><h2>{title}</h2><p>{lede}</p></section>'
        '{due}<div class="pp-doors">{doors}</div>'
        '<section class="pp-card"><div class="pp-head pp-rows-head"><h2>{head}</h2></div>{rows}'
        "</section></div>"
    ).format(
        title=say("home_title", language),
        lede=say("home_lede", language),
        due=due(today, language) if today else NOTHING,
        doors=doors,
        head=say("home_recent", language),
        rows=rows,
    )
