"""Every fault of the content at once, with file and line: what `coach library check` prints.

A team's own cases must only be readable, safe and linked to what exists; what ships as a sample must also
keep the promises of good content: what stays open, where it does not fit, phrases to say, ways of telling.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from coach.located import Fault, FaultyContent, Located, read_located
from knowledge.glossary import FILE as GLOSSARY
from knowledge.glossary import read_glossary
from knowledge.handbook import Handbook, read_handbook
from knowledge.industries import FILE as INDUSTRIES
from knowledge.industries import Industries, read_tree
from knowledge.loader import case_files, handbook_files, read_case
from knowledge.schema import Case

ASKED: Final = 5
"""Ways of telling that a sample case carries."""
_SHARED_ZH, _SHARED_EN = 8, 5
"""Runs of characters or words that a telling may not share with the case itself."""
_PRIVATE: Final = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|[\w.+-]+@[\w-]+\.\w{2,}|(?<!\d)\d{17}[\dXx](?!\d)")
_PARTS: Final = (
    ("动作标准", "Action standard"),
    ("工具模板", "Tool template"),
    ("考核指标", "Assessment metric"),
)
_SOURCE: Final = re.compile(r"handbook:([\w.-]+#[\w.-]*\w)")
_CITED: Final = re.compile(r"(?<![\w:/#-])(?:handbook:)?((?:zh|en)-[a-z0-9-]+#[\w.-]*\w)")
"""How files cite a section of a handbook: as a source, or in a list of links."""
_LINK: Final = re.compile(r"\]\(#([\w.-]+)\)")
_SAMPLE_RULES: Final = {
    "one_line": ("缺少一句话梗概", "one_line is missing"),
    "masked": ("没有写脱敏了什么", "masked is empty"),
    "freshness": ("缺少复核日 review_due", "review_due is missing"),
    "result": ("still_open 不能为空：赢单也留着疤", "still_open is empty: a won deal keeps a bruise too"),
    "does_not_transfer": ("不适用的条件要三条", "three conditions against it are needed"),
    "pain_keywords": ("痛点词至少三个", "at least three pain keywords are needed"),
    "reusable_phrases": ("可复用的话要二到五句", "two to five phrases are needed"),
    "restart": ("停滞的要写重启条件", "a stalled deal needs restart conditions"),
    "attribution": ("没成的要写归因四问", "a deal that was not won needs its attribution"),
}
_Path = tuple[int | str, ...]
_Read = TypeVar("_Read")


class Found(NamedTuple):
    """One fault inside a document."""

    path: _Path
    zh: str
    en: str


class Shelf(NamedTuple):
    """What links may point at."""

    cases: frozenset[str]
    anchors: frozenset[str]
    scenarios: frozenset[str] | None
    industries: Industries | None


def check(
    extra: Sequence[Path] = (), scenarios: frozenset[str] | None = None, citing: Sequence[Path] = ()
) -> list[Fault]:
    """Every fault in the shipped content and in the `extra` folders, in the order of files and lines.

    `scenarios` are the ids that cases may link to; None leaves those links unchecked. `citing` are other files that
    cite sections of handbooks.
    """
    faults: list[Fault] = []
    cases = [(file, case) for file in case_files(extra) if (case := _tried(read_case, file, faults))]
    books = [(file, book) for file in handbook_files(extra) if (book := _tried(read_handbook, file, faults))]
    tree = _tried(read_tree, INDUSTRIES, faults)
    _tried(read_glossary, GLOSSARY, faults)
    shelf = Shelf(
        frozenset(case.id for _, case in cases),
        frozenset(f"{book.id}#{anchor}" for _, book in books for anchor in book.anchors),
        scenarios,
        Industries(tree) if tree else None,
    )
    for file, case in cases:
        document = read_located(file)
        rules = [*_any_case(case, shelf), *(_sample_case(case, file, shelf) if case.sample else ())]
        faults += [document.fault(found.path, found.zh, found.en) for found in rules]
        faults += [*document.doubled, *_private(file), *_cited(file, shelf, _SOURCE)]
    for file in citing:
        faults += _cited(file, shelf, _CITED)
    for file, book in books:
        faults += _cited(file, shelf, _SOURCE)
        faults += check_handbook(book, file, shelf.cases)
    return sorted(faults)


def check_case(case: Case, document: Located, shelf: Shelf) -> list[Fault]:
    """Every fault of one case that somebody hands in, with its line: links that lead nowhere."""
    return [document.fault(found.path, found.zh, found.en) for found in _any_case(case, shelf)]


def check_handbook(book: Handbook, file: Path, cases: frozenset[str]) -> list[Fault]:
    """Every fault of one handbook that somebody puts on the shelf, with its line, in the order of lines."""
    return sorted([*_book(book, file, cases), *_private(file)])


def _tried(read: Callable[[Path], _Read], file: Path, faults: list[Fault]) -> _Read | None:
    try:
        return read(file)
    except FaultyContent as error:
        faults.extend(error.faults)
    except (OSError, UnicodeError) as error:
        faults.append(Fault(file, 1, f"读不出来：{error}", f"cannot be read: {error}"))
    return None


def _any_case(case: Case, shelf: Shelf) -> Iterator[Found]:
    """What even a rep's short case must keep."""
    for kind, ids, known in (
        ("similar", case.links.similar, shelf.cases),
        ("handbooks", case.links.handbooks, shelf.anchors),
        ("scenarios", case.links.scenarios, shelf.scenarios),
    ):
        for n, target in enumerate(ids):
            if known is not None and target not in known:
                yield Found(("links", kind, n), f"没有这个链接目标：{target}", f"there is no {target}")


def _sample_case(case: Case, file: Path, shelf: Shelf) -> Iterator[Found]:
    """What a case that ships must keep besides."""
    if shelf.industries and not shelf.industries.place(case.industry).known:
        yield Found(
            ("industry",), f"行业表里没有 {case.industry}", f"{case.industry} is not in industries.yaml"
        )
    if case.id != file.stem:
        yield Found(
            ("id",), f"编号应当与文件名一致：{file.stem}", f"the id must be the file's name, {file.stem}"
        )
    if not case.id.startswith(f"{case.language}-"):
        yield Found(("id",), f"编号应当以 {case.language}- 开头", f"the id must begin with {case.language}-")
    wrong = {
        "one_line": not case.one_line,
        "masked": not case.masked,
        "freshness": case.freshness.review_due is None,
        "result": not case.result.still_open,
        "does_not_transfer": len(case.does_not_transfer) < 3,
        "pain_keywords": len(case.pain_keywords) < 3,
        "reusable_phrases": not 2 <= len(case.reusable_phrases) <= 5,
        "restart": case.outcome == "stalled" and case.restart is None,
        "attribution": case.outcome != "won" and case.attribution is None,
    }
    yield from (Found((key,), *_SAMPLE_RULES[key]) for key, broken in wrong.items() if broken)
    yield from _asked_as(case)


def _asked_as(case: Case) -> Iterator[Found]:
    if len(case.asked_as) < ASKED:
        n = len(case.asked_as)
        yield Found(
            ("asked_as",),
            f"至少要 {ASKED} 种问法，现在 {n} 种",
            f"at least {ASKED} ways of asking are needed, not {n}",
        )
    own = " ".join([case.title, case.one_line, *case.pain_points, *case.pain_keywords, case.background])
    for n, asked in enumerate(case.asked_as):
        if shared := _shared_run(asked, own, case.language == "zh"):
            yield Found(
                ("asked_as", n), f"和正文用了同样的话：“{shared}”", f"uses the case's own words: “{shared}”"
            )


def _book(book: Handbook, file: Path, cases: frozenset[str]) -> Iterator[Fault]:
    for source in book.sources:
        if source.startswith("case:") and source.removeprefix("case:") not in cases:
            yield Fault(file, 1, f"来源里没有这个战例：{source}", f"there is no such case: {source}")
    headings: dict[str, set[str]] = {}
    for section in book.sections:
        headings.setdefault(section.anchor, set()).add(section.heading)
        for anchor in _LINK.findall(section.text):
            if anchor not in book.anchors:
                yield Fault(file, section.line, f"没有这一节：#{anchor}", f"there is no section #{anchor}")
    seen: set[str] = set()
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
        if match := re.match(r"#{1,6}\s.*\{#([\w.-]+)\}\s*$", line):
            anchor = match.group(1)
            if anchor in seen:
                yield Fault(file, number, f"锚点用了两次：{anchor}", f"the anchor {anchor} is used twice")
            seen.add(anchor)
            have = headings.get(anchor, set())
            missing = [pair for pair in _PARTS if not have & set(pair)]
            if book.sample and 0 < len(missing) < len(_PARTS):
                zh, en = "、".join(pair[0] for pair in missing), ", ".join(pair[1] for pair in missing)
                yield Fault(file, number, f"这一模块缺少：{zh}", f"this module lacks: {en}")


def _cited(file: Path, shelf: Shelf, pattern: re.Pattern[str]) -> Iterator[Fault]:
    """Sections of handbooks that are cited somewhere in a file and are not there."""
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
        for link in pattern.findall(line):
            if link not in shelf.anchors:
                yield Fault(file, number, f"手册里没有这一节：{link}", f"there is no handbook section {link}")


def _private(file: Path) -> Iterator[Fault]:
    """Phone numbers, mail addresses and identity numbers have no place in a case or a handbook."""
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
        if match := _PRIVATE.search(line):
            shown = match.group()[:3] + "…"
            yield Fault(
                file, number, f"像是没有脱敏的号码或邮箱：{shown}", f"looks like private data: {shown}"
            )


def _shared_run(text: str, other: str, zh: bool) -> str:
    """The first run of `text` that stands in `other` too and is too long to be chance."""
    pieces = list(text) if zh else text.casefold().split()
    length = _SHARED_ZH if zh else _SHARED_EN
    joint = "" if zh else " "
    there = other if zh else " ".join(other.casefold().split())
    runs = (joint.join(pieces[n : n + length]) for n in range(len(pieces) - length + 1))
    return next((run for run in runs if run in there), "")
