"""The home page: what is due today, what waits and until when, the last scores, and three doors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from markupsafe import Markup

from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor, going
from ui.icons import icon
from ui.pages.frame import frame
from ui.pages.help import TourDesk
from ui.parts.basics import NOTHING, joined, link_button, skeleton
from ui.parts.drills import due
from ui.parts.home import last_scores, month, trainer, waiting
from ui.parts.rows import recent_row
from ui.parts.tour import dialog, offer, steps
from ui.shell import other, path, top_bar
from ui.views.drills import Due
from ui.views.home import Standing
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks

_DOORS = (("practice", "practice"), ("visits", "visit"), ("deals", "deal"))


class HomeDesk(Protocol):
    """What the home page asks."""

    def standing(self, language: Language) -> Standing:
        """What waits for this person, their last scores, what was going on."""
        ...

    def due(self, language: Language) -> Due | None:
        """The one thing to practise today."""
        ...

    def drill(self, wanted: str) -> str:
        """Make the drill of a visit's objection and return its scenario."""
        ...


def build(blocks: Blocks, language: Language, desk: HomeDesk, guide: TourDesk) -> None:
    """Lay out the page and wire it."""
    with frame(blocks, language, "home", "") as board:
        board.html("tour")
        board.html("main", skeleton(language))

    def load(visitor: Visitor) -> Drawn:
        tour = steps(language) if guide.tour_due() else ()
        return {
            "tour": offer(language) + dialog(tour, language) if len(tour) > 1 else NOTHING,
            "top": top_bar(language, say("home", language), here=path(other(language))),
            "main": home(desk.standing(language), desk.due(language), language),
        }

    def press(press: Press, _: Visitor) -> Drawn:
        if press.act == "drill":
            return {"go": going(path(language, "practice", scenario=desk.drill(press.id)))}
        if press.act == "tour":
            guide.end_tour(press.id)
            return {"tour": NOTHING}
        return {}

    board.on_load(load)
    board.on_press(("main", "tour"), press)


def home(it: Standing, today: Due | None, language: Language) -> Markup:
    """The whole page below the top bar: what is due and what waits first, doors last once something was done."""
    parts = [
        Markup('<section class="pp-lede"><h2>{title}</h2><p>{lede}</p></section>').format(
            title=say("home_title", language), lede=say("home_lede", language)
        ),
        Markup('<div class="pp-now">{due}{waits}</div>').format(
            due=due(today, language) if today else NOTHING, waits=waiting(it.visits, language)
        ),
    ]
    reminder, doors = month(it.month, language), _doors(today, language)
    parts += [_going_on(it, language)] if it.recent else [doors, last_scores(it.last, language)]
    if it.trainer:
        parts.append(trainer(it.trainer, reminder, language))
    elif reminder:
        parts.append(reminder)
    if it.recent:
        parts.append(doors)
    parts.append(_foot(language))
    return Markup('<div class="pp-doc">{}</div>').format(joined(parts))


def _going_on(it: Standing, language: Language) -> Markup:
    """Last scores beside what was going on."""
    rows = Markup(
        '<section class="pp-card"><div class="pp-head pp-rows-head"><h2>{head}</h2></div>'
        '<ul class="pp-rows">{rows}</ul></section>'
    ).format(head=say("home_recent", language), rows=joined(recent_row(row) for row in it.recent))
    return Markup('<div class="pp-now">{}{}</div>').format(last_scores(it.last, language), rows)


def _doors(today: Due | None, language: Language) -> Markup:
    return Markup('<div class="pp-doors">{}</div>').format(
        joined(
            Markup(
                '<section class="pp-card pp-door">{sign}<h3>{head}</h3><p>{text}</p>{go}</section>'
            ).format(
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
    )


def _foot(language: Language) -> Markup:
    """The way to the help page for whoever does not look at the rail, phones first."""
    return Markup(
        '<p class="pp-small pp-foot-help"><span>{words}</span><a href="{href}">{help}</a>'
        '<button type="button" class="pp-textbtn pp-link" data-does="keys">{keys}</button></p>'
    ).format(
        words=say("help_foot", language),
        href=path(language, "help"),
        help=say("help", language),
        keys=say("help_foot_keys", language),
    )
