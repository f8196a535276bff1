"""Reads HTML back, to see what a browser would make of it: which elements, which attributes, which words."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Read:
    """Elements as (tag, attributes) in order, and all text joined."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""

    @property
    def tags(self) -> list[str]:
        """The tags in order."""
        return [tag for tag, _ in self.elements]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read = Read()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.read.text += str(data)


def read_html(html: str) -> Read:
    """What is in this piece of HTML."""
    reader = _Reader()
    reader.feed(str(html))
    reader.close()
    return reader.read
