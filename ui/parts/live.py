"""The columns beside the chat: brief and clock; score, composure, points and hints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from coach.practice.composure import CANNOT, WORDS
from coach.practice.composure import Word as Steadiness
from coach.vocabulary import InformationKind, Language, name
from ui.icons import icon
from ui.parts.basics import NOTHING, chip, clock, joined, points
from ui.views.practice import Brief, Live, Point, Rung, Session, Step
from ui.views.tone import Tone
from ui.words import say

_STEADY: Final[dict[Steadiness, Tone]] = {"steady": "accent", "shaken": "warn", "lost": "bad", "unknown": ""}


def signed(n: int) -> str:
    """+6 or −2 with a real minus sign."""
    return f"+{n}" if n > 0 else f"−{-n}" if n < 0 else "±0"


def timer(session: Session, language: Language) -> Markup:
    """The clock: it ticks in the browser towards a moment that the server named."""
    return Markup(
        '<div class="pp-clock"><b class="pp-figures" role="timer" aria-label="{label}" '
        'data-left="{left}" data-limit="{limit}" '
        'data-two="{two}" data-half="{half}" data-zero="{zero}"{over}>{shown}</b><span>{of}</span></div>'
        '<div class="pp-bar pp-clock__bar"><i data-clock-bar style="width:{part}%"></i></div>'
    ).format(
        label=say("clock_label", language),
        left=round(session.left, 1),
        limit=round(session.limit),
        two=say("clock_two_minutes", language),
        half=say("clock_half_minute", language),
        zero=say("clock_zero", language),
        over=Markup(" data-stopped") if session.over or session.paused else NOTHING,
        shown=clock(session.left),
        of=say("left_of", language, total=clock(session.limit)),
        part=round(100 * (1 - session.left / session.limit)) if session.limit else 100,
    )


def brief(it: Brief, language: Language) -> Markup:
    """The situation, the goal, the red lines and what is known, in that order."""
    return joined(
        (
            _section(say("brief", language), _paragraphs(it.situation)),
            _section(say("brief_you", language), _paragraphs(it.you)) if it.you else NOTHING,
            _section(say("brief_goal", language), _paragraphs(it.goal)) if it.goal else NOTHING,
            _section(say("brief_red", language), points(it.red_lines, "flag", "pp-list--red"))
            if it.red_lines
            else NOTHING,
            _section(say("brief_authority", language), _paragraphs(it.authority))
            if it.authority
            else NOTHING,
            _section(say("brief_known", language), points(it.known)) if it.known else NOTHING,
        )
    )


def _section(head: str, body: Markup, aside: Markup = NOTHING) -> Markup:
    return Markup(
        '<section class="pp-side__part"><div class="pp-head pp-head--low"><h2 class="pp-label">{head}'
        "</h2>{aside}</div>{body}</section>"
    ).format(head=head, body=body, aside=aside)


def _paragraphs(text: str) -> Markup:
    return joined(Markup("<p>{}</p>").format(part.strip()) for part in text.splitlines() if part.strip())


def four_steps(steps: Sequence[Step]) -> Markup:
    """The bar acknowledge, explore, respond, advance: done, current, open."""
    cells = joined(
        Markup('<li class="pp-step pp-step--{state}"{now}><span>{name}</span></li>').format(
            state=step.state,
            name=step.name,
            now=Markup(' aria-current="step"') if step.state == "current" else NOTHING,
        )
        for step in steps
    )
    return Markup('<ol class="pp-steps">{}</ol>').format(cells)


def score(live: Live, language: Language) -> Markup:
    """The score beside why it moved; before anything can be scored it says so instead of showing 0."""
    shown = (
        Markup('<b class="pp-score pp-figures">{n}</b><span class="pp-small">{of}</span>').format(
            n=live.score, of=say("out_of", language)
        )
        if live.score is not None
        else Markup('<span class="pp-small">{}</span>').format(say("not_yet", language))
    )
    moved = NOTHING
    if live.delta:
        moved = chip(say("last_line", language, n=signed(live.delta)), "good" if live.delta > 0 else "bad")
    return _section(
        say("score", language),
        Markup('<p class="pp-score-row">{shown}</p>{why}{steps}').format(
            shown=shown,
            why=Markup('<p class="pp-small">{}</p>').format(live.why) if live.why else NOTHING,
            steps=four_steps(live.steps),
        ),
        moved,
    )


def composure(live: Live, language: Language) -> Markup:
    """One word for how steady the rep is, and what text cannot measure."""
    between = "" if language == "zh" else " "
    note = between.join(part for part in (live.steadiness_note, CANNOT[0 if language == "zh" else 1]) if part)
    word = WORDS[live.steadiness][0 if language == "zh" else 1]
    return _section(
        say("composure", language),
        Markup('<p class="pp-note">{}</p>').format(note),
        chip(word, _STEADY[live.steadiness]),
    )


def information(live: Live, language: Language) -> Markup:
    """Found points with what was learned; an open one shows only its kind, in an exam not even that."""
    count = Markup('<span class="pp-small pp-figures">{}</span>').format(
        say("points_count", language, **counted(live))
    )
    found = joined(_found(point) for point in live.points if point.found)
    kinds = Counter(point.kind for point in live.points if not point.found)
    rows = found + joined(_open(kind, many, language) for kind, many in kinds.items())
    return _section(say("points", language), Markup('<ul class="pp-points">{}</ul>').format(rows), count)


def counted(live: Live) -> dict[str, int]:
    """How many points were found, of how many."""
    found = sum(point.found for point in live.points)
    return {"n": found, "all": found + live.open_count}


def _found(point: Point) -> Markup:
    return Markup(
        '<li class="pp-point pp-point--found"><span class="pp-tick">{sign}</span><span>{words}</span></li>'
    ).format(sign=icon("check", 12), words=point.learned)


def _open(kind: InformationKind, many: int, language: Language) -> Markup:
    """How many points of one kind are still open, and nothing more."""
    return Markup(
        '<li class="pp-point"><span class="pp-ring" aria-hidden="true"></span><span>{words}{many}</span></li>'
    ).format(
        words=name(kind, language),
        many=Markup(' <span class="pp-figures">× {}</span>').format(many) if many > 1 else NOTHING,
    )


def hints(live: Live, language: Language) -> Markup:
    """The ladder of three rungs: opened, next with its price, locked."""
    if live.exam:
        return _section(
            say("hints", language), Markup('<p class="pp-note">{}</p>').format(say("hints_exam", language))
        )
    return _section(
        say("hints", language),
        Markup('<ul class="pp-ladder">{}</ul>').format(joined(_rung(rung, language) for rung in live.rungs)),
    )


def _rung(rung: Rung, language: Language) -> Markup:
    price = say("hint_used" if rung.state == "used" else "hint_price", language, n=rung.price)
    head = Markup('{sign}<b>{name}</b><span class="pp-figures">{price}</span>').format(
        sign=icon("lock" if rung.state == "locked" else "bulb", 15), name=rung.name, price=price
    )
    if rung.state == "used":
        return Markup(
            '<li class="pp-rung pp-rung--used"><div class="pp-rung__head">{head}</div><p>{text}</p></li>'
        ).format(head=head, text=rung.text)
    if rung.state == "next":
        return Markup(
            '<li class="pp-rung">'
            '<button type="button" class="pp-rung__head" data-act="hint" data-id="{id}">{head}'
            "</button></li>"
        ).format(id=rung.id, head=head)
    return Markup('<li class="pp-rung pp-rung--locked"><div class="pp-rung__head">{head}</div></li>').format(
        head=head
    )


def left_column(session: Session, language: Language) -> Markup:
    """Clock and brief."""
    opener = Markup(
        '<button type="button" class="pp-btn pp-btn--small pp-brief-opener" data-does="brief" '
        'aria-expanded="false">{words}{sign}</button>'
    ).format(words=say("brief", language), sign=icon("down", 15))
    return Markup(
        '<aside class="pp-side pp-scroll" aria-label="{label}" tabindex="0">{clock}{opener}'
        '<div class="pp-side__brief">{brief}</div></aside>'
    ).format(
        label=say("brief", language),
        clock=timer(session, language),
        opener=opener,
        brief=brief(session.brief, language),
    )


def right_column(live: Live, language: Language) -> Markup:
    """Score, composure, points, hints."""
    return Markup('<aside class="pp-side pp-scroll" aria-label="{label}" tabindex="0">{body}</aside>').format(
        label=say("score", language),
        body=joined(
            (
                score(live, language),
                composure(live, language),
                information(live, language),
                hints(live, language),
            )
        ),
    )


def strip(session: Session, language: Language) -> Markup:
    """The phone's strip of four figures; it opens brief, points and hints."""
    live = session.live
    cells = (
        (
            say("left", language),
            Markup('<b class="pp-figures" data-clock-copy>{}</b>').format(clock(session.left)),
        ),
        (say("score", language), _bold("–" if live.score is None else str(live.score))),
        (say("points", language), _bold("{n}/{all}".format(**counted(live)))),
        (say("hints", language), _bold(str(live.hints_used))),
    )
    return Markup(
        '<button type="button" class="pp-strip" data-does="sheet" aria-expanded="false">{cells}'
        '<span class="pp-sr">{label}</span>{sign}</button>'
    ).format(
        label=say("strip_open", language),
        cells=joined(
            Markup("<span>{head}{figure}</span>").format(head=head, figure=figure) for head, figure in cells
        ),
        sign=icon("down"),
    )


def _bold(words: str) -> Markup:
    return Markup('<b class="pp-figures">{}</b>').format(words)
