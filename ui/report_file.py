"""A practice's report as a file that one keeps: one HTML page that needs nothing else, or Markdown. PDF: ui/pdf.py.

The page is drawn by the same parts as the report on screen; what could be pressed there is words here. It holds no
script and asks nothing of any machine; the browser's print makes a PDF of it.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from coach.vocabulary import Language, name
from ui.parts.basics import clock
from ui.parts.verdicts import report
from ui.views.practice import Report, VerdictRow
from ui.words import say

_STATIC: Final = Path(__file__).parent / "static"
_PAGE: Final = """<html><head><meta charset="utf-8"><title></title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:">
<style></style></head><body><main><h1></h1></main></body></html>"""
_SHEETS: Final = ("peipao", "controls", "practice", "report", "deals", "keep")
_DROPPED: Final = "//*[@data-act or @data-does='table' or self::a[contains(@class,'pp-btn')]]"
_ORDER: Final = {"no": 0, "not_scored": 1, "yes": 2}


def report_html(it: Report, language: Language) -> str:
    """One page with its styles and its letters inside."""
    title = f"{it.title} - {say('report', language)}"
    return kept_page(title, language, str(report(it, language)), headed=True)


def kept_page(title: str, language: Language, body: str, *, headed: bool = False) -> str:
    """Any HTML of ours as one page that needs nothing else; `headed` writes the title above it."""
    from lxml import html  # type: ignore[import-untyped]

    page = html.document_fromstring(_PAGE)
    page.set("lang", "zh-CN" if language == "zh" else "en")
    page.body.set("class", f"pp pp-{language} pp-kept")
    page.find(".//title").text = page.find(".//h1").text = title
    if not headed:
        page.find(".//h1").drop_tree()
    page.find(".//style").text = _styles()
    main = page.find(".//main")
    main.append(_still(html.fragment_fromstring(body, create_parent="div")))
    return str(html.tostring(page, encoding="unicode", doctype="<!doctype html>"))


def report_markdown(it: Report, language: Language) -> str:
    """The report as a document in the order in which it is read on screen."""
    total = name("not_scored", language) if it.total is None else str(it.total)
    lines = [
        f"# {_md(it.title)}",
        "",
        f"**{_md(it.headline)}**",
        "",
        _md(it.summary),
        "",
        f"- {say('score', language)}: {total} / 100, {say('pass_mark', language, n=it.pass_mark)}",
        f"- {name(it.outcome, language)}, {_md(it.end_reason)}",
    ]
    lines += [f"- {_md(note)}" for note in (it.hints_note, it.exam, it.branch, it.advice) if note]
    lines += [f"- {say('crossed', language)}: {_md(one)}" for one in it.red_lines]
    lines += ["", f"## {say('dimensions', language)}", ""]
    for spoke in it.spokes:
        value = name("not_scored", language) if spoke.value is None else str(round(spoke.value))
        lines.append(f"- {_md(spoke.name)}: {value}")
    if it.turnings:
        lines += ["", f"## {say('curves', language)}", ""]
        lines += [f"- {clock(one.at)} {_md(one.what)}: {_md(one.effect)}" for one in it.turnings]
    lines += ["", f"## {say('evidence', language)}", ""]
    for row in sorted(it.rows, key=lambda row: _ORDER[row.verdict]):
        lines += _row(row, language)
    for head, items in (
        (say("unsaid", language), it.unsaid),
        (say("missed", language), tuple(f"{name(kind, language)}: {words}" for kind, words in it.missed)),
    ):
        if items:
            lines += [f"## {head}", "", *(f"- {_md(one)}" for one in items), ""]
    lines += [f"## {say('transcript', language)}", ""]
    for line in it.lines:
        who = say("you", language) if line.side == "rep" else line.name
        at = f"[{clock(line.at)}] " if line.at is not None else ""
        lines.append(
            f"- *{_md(line.text)}*" if line.side == "stage" else f"- {at}**{_md(who)}**: {_md(line.text)}"
        )
    lines += ["", _md(it.machine_note or say("unrated", language))]
    return "\n".join(lines) + "\n"


def _row(row: VerdictRow, language: Language) -> list[str]:
    lines = [f"### {_md(row.word or name(row.verdict, language))}: {_md(row.name)}", ""]
    if row.quote:
        at = f" ({clock(row.at)})" if row.at is not None else ""
        said = f"{say('said_then', language)} " if row.could_have else ""
        lines += [f"> {_md(said)}“{_md(row.quote)}”{at}", ""]
    if row.advice:
        lines += [f"{say('advice_only', language)}: {_md(row.advice)}", ""]
    if row.why:
        lines += [_md(row.why), ""]
    if row.better:
        source = f" ({_md(row.better.source)})" if row.better.source else ""
        lines += [f"{say('better', language)}: “{_md(row.better.text)}”{source}", ""]
    return lines


def _still(root: Any) -> Any:
    """The page without anything to press: buttons that act are gone, times are words, everything folded is open."""
    for element in root.xpath(_DROPPED):
        element.drop_tree()
    for button in root.xpath("//button"):
        button.tag = "span"
        for key in [key for key in button.attrib if key != "class"]:
            del button.attrib[key]
    for details in root.xpath("//details"):
        details.set("open", "open")
    return root


@cache
def _styles() -> str:
    """The sheets one after another, without the pages' frame, with the Latin letters inside."""
    letters = base64.b64encode((_STATIC / "fonts" / "inter-latin.woff2").read_bytes()).decode()
    whole = "\n".join((_STATIC / "css" / f"{sheet}.css").read_text("utf-8") for sheet in _SHEETS)
    whole = re.sub(r"/\*.*?\*/", "", whole, flags=re.DOTALL)
    return whole.replace("../fonts/inter-latin.woff2", f"data:font/woff2;base64,{letters}")


def _md(words: str) -> str:
    """Words that Markdown shows as they are."""
    for sign in "\\`*_{}[]<>#|":
        words = words.replace(sign, f"\\{sign}")
    return " ".join(words.split())
