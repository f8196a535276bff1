"""People's and models' words stay words: whatever is said, a page gains no element, no attribute, no script."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from tests.ui.reading_html import Read, read_html
from ui.parts.basics import act_button, chip, link_button, points, quote
from ui.parts.cases import case_card
from ui.parts.chat import bubble
from ui.parts.curation import beside, draft, form_taken, giving, waiting
from ui.parts.fields import record
from ui.parts.live import brief
from ui.parts.transcript import linked
from ui.parts.verdicts import verdict_row
from ui.shell import top_bar
from ui.views.curation import CaseRow, Form, Giver, Overview, Review, StepRow, TwinCard
from ui.views.deals import CaseCard, Passage
from ui.views.practice import Better, Brief, Line, VerdictRow
from ui.views.visits import Action, Entry, Highlight, Link, Visit

UI = Path(__file__).parents[2] / "ui"
ATTACKS = (
    "<img src=x onerror=alert(1)>",
    "</textarea><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "&lt;b&gt;",
    "${fetch('/x')} {{value}} {{#each value}}",
    "{0} {name} {",
)


def _visit(words: str) -> Visit:
    entry = Entry(words, words, 1, 1.0, headline=words, chips=((words, "line"), (words, "bad")))
    return Visit(
        id=words,
        title=words,
        day=None,
        seconds=None,
        people=(words, "b"),
        turns=(),
        actions=(Action("core_needs", words, (entry,)), Action("feedback", words, (), words)),
        objections=(Highlight(words, words, "bad"),),
        roles=(),
        times=(),
        warnings=(words,),
    )


def _verdict(words: str) -> VerdictRow:
    return VerdictRow(
        words, "no", words, words, words, 2, 3.0, words, Better(words, words, words), 2, True, words
    )


def _review(words: str) -> Review:
    passage = Passage(words, (words,), (words,), ((words, words),))
    twin = TwinCard(words, words, "won", words, words, words)
    step = StepRow(words, words, words)
    return Review(
        words, words, "won", words, words, "good", words, (passage,), (twin,), (step,), words, may_revise=True
    )


def _bank(words: str) -> Overview:
    row = CaseRow(words, words, "lost", words, words)
    return Overview(True, (row,), (row,), (Giver(words, 1, 1, 1, 1, 1, words),), words)


PARTS: dict[str, Callable[[str], Markup]] = {
    "bubble": lambda words: bubble(Line("customer", words, words, 3, words), "zh", several=True),
    "brief": lambda words: brief(Brief(words, words, words, words, (words,), (words,)), "zh"),
    "verdict": lambda words: verdict_row(_verdict(words), "zh"),
    "record": lambda words: record(_visit(words), "zh"),
    "case card": lambda words: case_card(
        CaseCard(words, words, "won", words, (words,), (words,), words), "zh"
    ),
    "transcript": lambda words: linked(words, (Link(0, len(words), words),)),
    "quote": lambda words: quote(words),
    "chip": lambda words: chip(words),
    "points": lambda words: points([words], "check"),
    "act button": lambda words: act_button(words, words, id=words),
    "link button": lambda words: link_button(words, words),
    "case draft": lambda words: draft(_review(words), "zh"),
    "twins and history": lambda words: beside(_review(words), "zh"),
    "case rows": lambda words: waiting(_bank(words), "zh"),
    "givers": lambda words: giving(_bank(words).givers, "zh"),
    "what a visit adds": lambda words: form_taken(Form(words, passages=_review(words).passages), "zh"),
    "top bar": lambda words: top_bar("zh", words, trail=((words, words),), here=words),
}


@pytest.mark.parametrize("name", PARTS)
@settings(deadline=None, max_examples=40)
@given(words=st.one_of(st.sampled_from(ATTACKS), st.text(min_size=1)))
def test_words_never_become_markup(name: str, words: str) -> None:
    plain, drawn = read_html(PARTS[name]("x")), read_html(PARTS[name](words))
    assert shapes(drawn) <= shapes(plain)


def shapes(read: Read) -> set[tuple[str, frozenset[str]]]:
    """Every element with the names of its attributes: what an attack would have to add to."""
    return {(tag, frozenset(attributes)) for tag, attributes in read.elements}


@settings(deadline=None)
@given(text=st.text(), cuts=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5))
def test_linked_words_are_exactly_the_words(text: str, cuts: list[tuple[int, int]]) -> None:
    links = [Link(min(a, b), max(a, b), f"f{n}") for n, (a, b) in enumerate(cuts)]
    drawn = read_html(linked(text, links))
    assert drawn.text == text.replace("\r\n", "\n").replace("\r", "\n") or drawn.text == text


def test_overlapping_links_share_their_words() -> None:
    text = "我😀要的是温度一不对，半小时内有人知道"
    start = text.index("温度")
    drawn = str(linked(text, (Link(start, start + 4, "need"), Link(start + 2, start + 6, "time"))))
    assert '<span class="pp-linked" data-fields="need">温度</span>' in drawn
    assert '<span class="pp-linked" data-fields="need time">一不</span>' in drawn
    assert '<span class="pp-linked" data-fields="time">对，</span>' in drawn


@pytest.mark.parametrize("file", sorted(UI.rglob("*.py")), ids=lambda file: str(file.relative_to(UI)))
def test_no_html_is_made_with_f_strings_or_percent(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            literal = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
            assert "<" not in literal or "</" not in literal, f"{file.name}:{node.lineno} builds HTML by hand"
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Markup" and node.args:
            assert isinstance(node.args[0], ast.Constant), (
                f"{file.name}:{node.lineno} trusts what it did not write"
            )
