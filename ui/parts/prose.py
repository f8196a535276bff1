"""Markdown as a document to read. A library parses it; what is drawn are our own few elements, everything escaped.

Links lead to sections and cases; links out of the product stay words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from ui.parts.basics import NOTHING, joined

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Follow = Callable[[str], str]
"""From the target of a link to a path of ours; empty for one that leads nowhere here."""

_OPENS: Final = {
    "paragraph_open": Markup("<p>"),
    "bullet_list_open": Markup('<ul class="pp-said">'),
    "ordered_list_open": Markup('<ol class="pp-said pp-said--numbers">'),
    "list_item_open": Markup("<li>"),
    "blockquote_open": Markup('<blockquote class="pp-aside">'),
    "table_open": Markup('<div class="pp-sheet" tabindex="0"><table>'),
    "thead_open": Markup("<thead>"),
    "tbody_open": Markup("<tbody>"),
    "tr_open": Markup("<tr>"),
    "th_open": Markup('<th scope="col">'),
    "td_open": Markup("<td>"),
    "heading_open": Markup("<h4>"),
    "strong_open": Markup("<b>"),
    "em_open": Markup("<em>"),
}
_CLOSES: Final = {
    "paragraph_close": Markup("</p>"),
    "bullet_list_close": Markup("</ul>"),
    "ordered_list_close": Markup("</ol>"),
    "list_item_close": Markup("</li>"),
    "blockquote_close": Markup("</blockquote>"),
    "table_close": Markup("</table></div>"),
    "thead_close": Markup("</thead>"),
    "tbody_close": Markup("</tbody>"),
    "tr_close": Markup("</tr>"),
    "th_close": Markup("</th>"),
    "td_close": Markup("</td>"),
    "heading_close": Markup("</h4>"),
    "strong_close": Markup("</b>"),
    "em_close": Markup("</em>"),
}


def prose(markdown: str, follow: Follow) -> Markup:
    """The text as HTML of ours; `follow` says where links lead."""
    return _drawn(_parser().parse(markdown), follow)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _drawn(tokens: Sequence[Token], follow: Follow) -> Markup:
    pieces: list[Markup] = []
    linked: list[bool] = []
    for token in tokens:
        if token.type == "inline":
            pieces.append(_drawn(token.children or [], follow))
        elif token.hidden:
            continue  # the only paragraph of a list item is none
        elif token.type in _OPENS or token.type in _CLOSES:
            pieces.append(_OPENS.get(token.type) or _CLOSES[token.type])
        elif token.type == "link_open":
            href = follow(str(token.attrGet("href") or ""))
            linked.append(bool(href))
            pieces.append(Markup('<a href="{}">').format(href) if href else NOTHING)
        elif token.type == "link_close":
            pieces.append(Markup("</a>") if linked.pop() else NOTHING)
        elif token.type in ("softbreak", "hardbreak"):
            pieces.append(Markup("<br>"))
        elif token.type == "hr":
            continue
        else:
            pieces.append(Markup("{}").format(token.content))
    return joined(pieces)
