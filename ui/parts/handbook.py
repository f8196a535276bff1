"""The handbook page in HTML: sentences with what they cite, a section beside them, the shelf, a handbook to read."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from coach.vocabulary import Language
from ui.parts.basics import NOTHING, act_button, chip, empty, joined, link_button
from ui.parts.prose import Follow, prose
from ui.shell import path
from ui.views.handbook import AnswerView, BookCard, BookView, Cited, SectionView
from ui.words import say


def tries(language: Language) -> Markup:
    """Three questions to begin with."""
    return Markup('<div class="pp-chips pp-tries"><span class="pp-note">{head}</span>{asks}</div>').format(
        head=say("book_try", language),
        asks=joined(
            act_button(words, "ask", id=words, weight="plain", small=True)
            for words in (
                say("book_try_1", language),
                say("book_try_2", language),
                say("book_try_3", language),
            )
        ),
    )


def answer(it: AnswerView, language: Language) -> Markup:
    """The sentences that answer, each with its section; or that there is none."""
    if not it.cited:
        more = Markup("<p>{}</p>{}").format(say("book_none_more", language), _nearest(it.nearest, language))
        return Markup('<section class="pp-card" aria-live="polite">{}</section>').format(
            empty(say("book_none", language), more)
        )
    return Markup(
        '<section class="pp-card pp-answer" aria-live="polite"><div class="pp-head"><h2>{head}</h2>'
        '<span class="pp-note">{note}</span></div>{written}<ol>{rows}</ol></section>'
    ).format(
        written=_written(it, language),
        head=say("book_answers", language),
        note=say("book_own_words", language),
        rows=joined(_cited(one, n, it.opened, language) for n, one in enumerate(it.cited, 1)),
    )


def _written(it: AnswerView, language: Language) -> Markup:
    """A model's answer, each sentence with the number of the section that bears it out."""
    if not it.written:
        return NOTHING
    rows = joined(Markup("<p>{} <sup>{}</sup></p>").format(words, number) for words, number in it.written)
    return Markup('<div class="pp-written">{}<p class="pp-note">{}</p></div>').format(
        rows, say("book_written", language)
    )


def _nearest(near: Sequence[Cited], language: Language) -> Markup:
    """Sections that do not answer, but are about the same thing."""
    if not near:
        return NOTHING
    rows = joined(
        Markup('<li><a href="{}">{}</a></li>').format(book_path(one.link, language), one.section)
        for one in near
    )
    return Markup('<p class="pp-note">{}</p><ul>{}</ul>').format(say("book_nearest", language), rows)


def _cited(one: Cited, number: int, opened: SectionView | None, language: Language) -> Markup:
    here = opened is not None and opened.link == one.link
    return Markup(
        '<li class="pp-cited"{now}><span class="pp-tile">{n}</span><div>{said}<p class="pp-cited__from"><b>{section}</b>'
        '<span class="pp-note">{book}</span></p>{beside}{whole}</div></li>'
    ).format(
        now=Markup(' data-open=""') if here else NOTHING,
        n=number,
        said=joined(
            Markup('<p class="pp-cited__said">{}</p>').format(sentence) for sentence in one.sentences
        ),
        section=one.section,
        book=say("book_in", language, title=one.book),
        beside=act_button(
            say("book_open", language), "section", id=one.link, small=True, classes="pp-wide-only"
        ),
        whole=link_button(
            say("book_open", language), book_path(one.link, language), small=True, classes="pp-narrow-only"
        ),
    )


def beside(it: SectionView | None, language: Language) -> Markup:
    """One section beside the answer."""
    if it is None:
        return NOTHING
    return Markup(
        '<section class="pp-card pp-read pp-read--beside" aria-label="{title}"><p class="pp-note">{book}</p><h2>{title}</h2>{text}'
        '<p class="pp-read__foot">{whole}</p></section>'
    ).format(
        book=it.book,
        title=it.title,
        text=_pieces(it, language),
        whole=link_button(say("book_whole", language), book_path(it.link, language), small=True),
    )


def shelf(cards: Sequence[BookCard], language: Language) -> Markup:
    """Every handbook with its contents."""
    if not cards:
        return Markup('<section class="pp-card">{}</section>').format(empty(say("book_shelf_none", language)))
    return Markup(
        '<section><div class="pp-head"><h2>{head}</h2></div><div class="pp-books">{cards}</div></section>'
    ).format(head=say("book_shelf", language), cards=joined(_card(card, language) for card in cards))


def _card(card: BookCard, language: Language) -> Markup:
    href = path(language, "handbook", book=card.id)
    return Markup(
        '<article class="pp-card pp-book"><h3><a href="{href}">{title}</a></h3><ol>{rows}</ol>'
        '<p class="pp-book__foot"><span class="pp-note">{many}{day}</span>{sample}</p></article>'
    ).format(
        href=href,
        title=card.title,
        rows=joined(
            Markup('<li><a href="{href}#{anchor}">{words}</a></li>').format(
                href=href, anchor=anchor, words=words
            )
            for anchor, words in card.sections
        ),
        many=say("book_sections", language, n=len(card.sections)),
        day=Markup("{}{}").format(say("dot", language), say("book_reviewed", language, day=card.reviewed))
        if card.reviewed
        else NOTHING,
        sample=chip(say("fresh_sample", language), "line") if card.sample else NOTHING,
    )


def book(it: BookView, language: Language) -> Markup:
    """A whole handbook: contents on the left, the text on the right, every section with its anchor."""
    href = path(language, "handbook", book=it.card.id)
    contents = joined(
        Markup('<li><a href="{href}#{anchor}">{words}</a></li>').format(
            href=href, anchor=one.anchor, words=one.title
        )
        for one in it.sections
    )
    sections = joined(
        Markup('<section class="pp-card pp-read" id="{anchor}"><h2>{title}</h2>{text}</section>').format(
            anchor=one.anchor, title=one.title, text=_pieces(one, language)
        )
        for one in it.sections
    )
    sample = (
        Markup('<p class="pp-note">{}</p>').format(say("sample_note", language))
        if it.card.sample
        else NOTHING
    )
    return Markup(
        '<div class="pp-doc pp-reading"><nav class="pp-contents" aria-label="{head}"><h2>{head}</h2><ol>{contents}</ol></nav>'
        '<div class="pp-reading__text">{sections}{sample}</div></div>'
    ).format(head=say("book_contents", language), contents=contents, sections=sections, sample=sample)


def book_path(link: str, language: Language) -> str:
    """Where a section is read: `/zh/handbook?book=zh-price#swap`."""
    id, _, anchor = link.partition("#")
    return path(language, "handbook", book=id) + (f"#{anchor}" if anchor else "")


def _pieces(it: SectionView, language: Language) -> Markup:
    follow = _follow(it, language)
    return joined(
        Markup("{head}{text}").format(
            head=Markup("<h3>{}</h3>").format(piece.heading) if piece.heading else NOTHING,
            text=prose(piece.markdown, follow),
        )
        for piece in it.pieces
    )


def _follow(it: SectionView, language: Language) -> Follow:
    id = it.link.partition("#")[0]

    def follow(target: str) -> str:
        if target.startswith("case:"):
            return path(language, "case", id=target.removeprefix("case:"))
        if target.startswith("#"):
            return book_path(f"{id}{target}", language)
        return ""

    return follow
