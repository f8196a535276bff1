"""A visit with its post-visit form as a page of its own, drawn from the same document as the Markdown file."""

from __future__ import annotations

from typing import Final

from coach.visits.export import markdown
from coach.visits.standing import Standing
from coach.vocabulary import Language
from ui.report_file import kept_page


def visit_html(standing: Standing, language: Language) -> str:
    """One page with its styles and its letters inside; nothing that was said is ever markup."""
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).render(markdown(standing, language))
    return kept_page(standing.title, language, body.join(_AROUND))


_AROUND: Final = ('<div class="pp-doc pp-written">', "</div>")
