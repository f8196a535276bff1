"""What the pages outside Gradio are made of: the whole document, cards, forms that need no script."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from coach.accounts.passwords import LONGEST, SHORTEST
from coach.errors import CoachError
from coach.vocabulary import Language
from ui.icons import LOGO, icon
from ui.parts.basics import NOTHING, joined, link_button, trouble
from ui.shell import other, path
from ui.words import say


def document(language: Language, title: str, body: Markup, *, wide: bool = False) -> Markup:
    """A whole page of ours without Gradio; language and theme as everywhere."""
    from ui.server import head

    return Markup(
        '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} - {product}</title>'
        '{head}<script>(()=>{{const k=localStorage.getItem("peipao-theme");'
        'if(k?k==="dark":matchMedia("(prefers-color-scheme: dark)").matches)'
        'document.documentElement.classList.add("dark");}})()</script></head>'
        '<body class="pp pp-{language} pp-outside"><main class="pp-outside__in{wide}">{body}</main></body></html>'
    ).format(
        lang="zh-CN" if language == "zh" else "en",
        language=language,
        title=title,
        product=say("product", language),
        head=head(),
        body=body,
        wide=" pp-outside__in--wide" if wide else "",
    )


def card(
    language: Language,
    title: str,
    lede: str,
    inside: Markup,
    error: CoachError | None,
    foot: str,
    here: str,
    wanted: str = "",
) -> Markup:
    """The mark, a card with title, lede, trouble and what is inside, and a note below; `here` is the page to switch."""
    return Markup(
        '<div class="pp-outside__brand">{logo}<span>{product}</span>{to}</div>'
        '<section class="pp-card pp-outside__card">{title}{lede}{error}{inside}</section>{foot}'
    ).format(
        logo=LOGO,
        product=say("product", language),
        to=to_other_language(language, here, wanted),
        title=Markup("<h1>{}</h1>").format(title) if title else NOTHING,
        lede=Markup('<p class="pp-small">{}</p>').format(lede) if lede else NOTHING,
        error=trouble(error, language) if error else NOTHING,
        inside=inside,
        foot=Markup('<p class="pp-note pp-outside__foot">{}</p>').format(foot) if foot else NOTHING,
    )


def to_other_language(language: Language, here: str, wanted: str) -> Markup:
    """The switch of language on a page of ours; `wanted` goes along."""
    to = other(language)
    return Markup(
        '<a class="pp-btn pp-btn--quiet pp-btn--small" href="{href}" lang="{to}">{sign}{word}</a>'
    ).format(
        href=path(to, here, next=wanted),
        to=to,
        sign=icon("language", 15),
        word=say("other_language", language),
    )


def field(name: str, label: str, *, value: str = "", complete: str = "off", kind: str = "password") -> Markup:
    """A labelled field of a form; a new password says its limits to the browser."""
    limits = (
        Markup(' minlength="{}" maxlength="{}"').format(SHORTEST, LONGEST)
        if complete == "new-password"
        else NOTHING
    )
    return Markup(
        '<label class="pp-outside__field"><span>{label}</span>'
        '<input type="{kind}" name="{name}" value="{value}" autocomplete="{complete}" required'
        ' autocapitalize="none" spellcheck="false"{limits}></label>'
    ).format(label=label, kind=kind, name=name, value=value, complete=complete, limits=limits)


def hidden_act(act: str) -> Markup:
    """What a form asks for."""
    return Markup('<input type="hidden" name="act" value="{}">').format(act)


def form(to: str, fields: Markup, words: str, *, plain: bool = False) -> Markup:
    """A form that posts to `to`; `plain` is a small button by itself."""
    weight = "pp-btn pp-btn--small" if plain else "pp-btn pp-btn--primary pp-btn--tall"
    return Markup(
        '<form method="post" action="{to}" class="pp-outside__form{plain}">{fields}'
        '<button type="submit" class="{weight}">{words}</button></form>'
    ).format(
        to=to, fields=fields, words=words, weight=weight, plain=" pp-outside__form--plain" if plain else ""
    )


def facts(pairs: Sequence[tuple[str, str]]) -> Markup:
    """Names and values, one a line."""
    rows = joined(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(*pair) for pair in pairs)
    return Markup('<dl class="pp-outside__facts">{}</dl>').format(rows)


def section(title: str, inside: Markup) -> Markup:
    """A card with a heading."""
    return Markup('<section class="pp-card pp-outside__card"><h2>{}</h2>{}</section>').format(title, inside)


def top(language: Language, page: str) -> Markup:
    """The way back, the title, the switch of language."""
    return Markup('<header class="pp-outside__top">{back}<h1>{title}</h1>{to}</header>').format(
        back=link_button(say("back_home", language), path(language), sign="home", weight="quiet"),
        title=say(page, language),
        to=to_other_language(language, page, ""),
    )
