"""The newcomers' pack as files: Markdown with an index in a ZIP, or one HTML page that needs nothing else.

Both are made from the same Markdown; the page holds no script and asks nothing of any machine.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, Literal

from coach.exchange.fields import BY_PATH
from coach.exchange.newcomer import NewcomerPack
from coach.vocabulary import Language, name
from knowledge.handbook import Handbook
from knowledge.schema import Case

PackForm = Literal["html", "zip"]
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("新人包", "Newcomers' pack"),
    "lede": (
        "先读三本手册，再看一打战例：每一类异议怎么碰上、怎么接、后来怎样。看完一类，就去练对应的那一场。",
        "Read the three handbooks first, then a dozen cases: how each kind of objection came up, how it was met, and how"
        " it ended. After each kind, play the drill for it.",
    ),
    "books": ("先读这三本", "Read these first"),
    "cases": ("一打战例", "A dozen cases"),
    "drills": ("练这几场", "Drills to play"),
    "terms": ("词表", "Glossary"),
    "play": ("在“练习”里找，或者运行", "Find it under Practice, or run"),
    "term": ("词", "Word"),
    "aliases": ("别的叫法", "Other names"),
    "note": ("说明", "Note"),
    "obstacle": ("异议", "Objection"),
    "drill": ("场景", "Scenario"),
    "how": ("怎么开始", "How to begin"),
    "sample": ("自带样例，人和公司都是编的。", "Shipped samples; people and companies are made up."),
}
_TOLD: Final = (
    "background",
    "core_conflict",
    "turning_point.what",
    "result.summary",
    "why",
    "transfers_when",
    "does_not_transfer",
)
_STYLE: Final = """
:root{color-scheme:light dark;--ink:#17211f;--soft:#465250;--line:#e0e5e5;--page:#f6f7f7;--card:#fff;--accent:#0b6074}
@media(prefers-color-scheme:dark){:root{--ink:#e9efee;--soft:#b7c3c1;--line:#2d3739;--page:#0f1415;--card:#171d1f;--accent:#6cc6da}}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.75 -apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:760px;margin:0 auto;padding:32px 16px 80px}
h1{font-size:28px;line-height:1.35;margin:0 0 8px}h2{font-size:22px;margin:56px 0 12px;padding-top:16px;border-top:1px solid var(--line)}
h3{font-size:18px;margin:36px 0 8px}h4{font-size:15px;margin:24px 0 4px}h5,h6{font-size:14px;margin:16px 0 4px;color:var(--soft)}
a{color:var(--accent)}p{margin:8px 0}li{margin:4px 0}
table{width:100%;border-collapse:collapse;font-size:14px;margin:12px 0}th,td{padding:8px 12px 8px 0;border-top:1px solid var(--line);text-align:left;vertical-align:top}
blockquote{margin:12px 0;padding:2px 0 2px 14px;border-left:2px solid var(--accent);color:var(--soft)}
code{font:13px/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
@media(max-width:600px){table{display:block;overflow-x:auto}}
@media print{main{max-width:none}h3{break-before:auto;break-after:avoid}}
"""


def as_zip(pack: NewcomerPack) -> bytes:
    """Markdown files with an index; the same pack gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for file, text in files_of(pack):
            member = zipfile.ZipInfo(file, (2026, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            packed.writestr(member, text)
    return out.getvalue()


def files_of(pack: NewcomerPack) -> Iterator[tuple[str, str]]:
    """(name, Markdown) of every file of the pack, the index first."""
    language = pack.language
    books = [(f"handbooks/{one.id}.md", one) for one in pack.handbooks]
    cases = [(f"cases/{one.id}.md", one) for one in pack.cases]
    index = [
        f"# {_say('title', language)}",
        _say("lede", language),
        f"## {_say('books', language)}",
        "\n".join(f"{n}. [{_plain(one.title)}]({file})" for n, (file, one) in enumerate(books, 1)),
        f"## {_say('cases', language)}",
        "\n".join(f"- [{_plain(one.title)}]({file}) · {_facts(one)}" for file, one in cases),
        f"## {_say('drills', language)}",
        f"[{_say('drills', language)}](drills.md)",
        f"## {_say('terms', language)}",
        f"[{_say('terms', language)}](glossary.md)",
    ]
    if any(one.sample for one in pack.cases):
        index.append(_say("sample", language))
    yield "README.md", "\n\n".join(index) + "\n"
    for file, book in books:
        yield file, f"# {_plain(book.title)}\n\n" + "\n\n".join(_sections(book, 2, "")) + "\n"
    for file, case in cases:
        yield file, f"# {_plain(case.title)}\n\n" + "\n\n".join(_told(case, 2)) + "\n"
    yield "drills.md", f"# {_say('drills', language)}\n\n{_drills(pack)}\n"
    yield "glossary.md", f"# {_say('terms', language)}\n\n{_terms(pack)}\n"


def as_html(pack: NewcomerPack) -> str:
    """The whole pack as one page."""
    language = pack.language
    lines = [
        f"# {_say('title', language)}",
        _say("lede", language),
        "\n".join(
            [f"- [{_plain(one.title)}](#{one.id})" for one in pack.handbooks]
            + [f"- [{_say(part, language)}](#{part})" for part in ("cases", "drills", "terms")]
        ),
    ]
    for book in pack.handbooks:
        lines += [f"## {_plain(book.title)} {{#{book.id}}}", *_sections(book, 3, f"{book.id}--")]
    lines.append(f"## {_say('cases', language)} {{#cases}}")
    if any(one.sample for one in pack.cases):
        lines.append(_say("sample", language))
    for case in pack.cases:
        lines += [f"### {_plain(case.title)} {{#{case.id}}}", *_told(case, 4)]
    lines += [f"## {_say('drills', language)} {{#drills}}", _drills(pack)]
    lines += [f"## {_say('terms', language)} {{#terms}}", _terms(pack)]
    return _page(_say("title", language), "\n\n".join(lines), language)


def _sections(book: Handbook, level: int, prefix: str) -> Iterator[str]:
    """The sections of a handbook with their anchors; links inside it lead to them."""
    last = ""
    for section in book.sections:
        if section.anchor != last:
            last = section.anchor
            yield f"{'#' * level} {section.title} {{#{prefix}{section.anchor}}}"
        if section.heading:
            yield f"{'#' * (level + 1)} {section.heading}"
        yield re.sub(r"\]\(#([\w.-]+)\)", rf"](#{prefix}\1)", section.text)


def _told(case: Case, level: int) -> Iterator[str]:
    """A case to read: what it was about, how it went, why, and the words to borrow."""
    mark, language = "#" * level, case.language
    yield f"**{_facts(case)}**"
    if case.one_line:
        yield f"> {_flat(case.one_line)}"
    for path in _TOLD:
        field = BY_PATH[path]
        value: object = case
        for key in field.place:
            value = getattr(value, key)
        if isinstance(value, tuple) and value:
            yield f"{mark} {field.name(language)}\n\n" + "\n".join(f"- {_flat(str(one))}" for one in value)
        elif isinstance(value, str) and value.strip():
            yield f"{mark} {field.name(language)}\n\n{value.strip()}"
        if path == "core_conflict" and case.actions:
            acts = (": ".join(part for part in (one.when, one.did) if part) for one in case.actions)
            yield f"{mark} {BY_PATH['actions'].name(language)}\n\n" + "\n".join(
                f"- {_flat(one)}" for one in acts
            )
    if case.reusable_phrases:
        said = (
            f"“{_flat(one.say)}”" + (f" ({_flat(one.when)})" if one.when else "")
            for one in case.reusable_phrases
        )
        yield f"{mark} {BY_PATH['reusable_phrases'].name(language)}\n\n" + "\n".join(
            f"- {one}" for one in said
        )


def _facts(case: Case) -> str:
    kinds = [name(kind, case.language) for kind in case.objection_types]
    joint = "、" if case.language == "zh" else ", "
    return " · ".join(
        part for part in (name(case.outcome, case.language), joint.join(kinds), case.segment) if part
    )


def _drills(pack: NewcomerPack) -> str:
    language = pack.language
    heads = [_say(key, language) for key in ("obstacle", "drill", "how")]
    rows = [
        [
            name(one.obstacle, language),
            f"**{_cell(one.scenario.title)}** {_cell(one.scenario.teaser)}",
            f"{_say('play', language)} `coach practice {one.scenario.id}`",
        ]
        for one in pack.drills
    ]
    return _table(heads, rows)


def _terms(pack: NewcomerPack) -> str:
    language = pack.language
    joint = "、" if language == "zh" else ", "
    rows = [[_cell(one.term), _cell(joint.join(one.aliases)), _cell(one.note)] for one in pack.terms]
    return _table([_say(key, language) for key in ("term", "aliases", "note")], rows)


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _page(title: str, markdown: str, language: Language) -> str:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(markdown)
    for here, after in pairwise(tokens):
        if here.type == "heading_open" and (found := re.search(r"\s*\{#([\w.-]+)\}$", after.content)):
            here.attrSet("id", found.group(1))
            last = after.children[-1] if after.children else None
            if last is not None:
                last.content = re.sub(r"\s*\{#[\w.-]+\}$", "", last.content)
        for child in after.children or ():
            if child.type == "link_open" and not str(child.attrGet("href") or "").startswith("#"):
                child.attrSet("href", "#")  # the page asks nothing of any machine
    body = parser.renderer.render(tokens, parser.options, {})
    spoken = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html><html lang="{spoken}"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<style>{_STYLE}</style></head><body><main>{body}</main></body></html>\n"
    )


def _say(key: str, language: Language) -> str:
    return _WORDS[key][0 if language == "zh" else 1]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """A title as the words of a link or heading."""
    return re.sub(r"([\\\[\]`*_<>])", r"\\\1", _flat(text))


def _cell(text: str) -> str:
    return _plain(text).replace("|", r"\|")
