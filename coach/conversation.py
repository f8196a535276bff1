"""A conversation is immutable text: turns, speakers, times. Everything the coach says points into it.

Transcript file (UTF-8; stable, others write it):

    # date: 2026-11-18            optional
    [00:12] 销售: 上次您说冷库报警     [hh:mm:ss] too; the time is optional; ':' or '：'
    客户：四点十分就超了。

One utterance line is one turn; lines of the same speaker are never merged; a line without a label continues
the turn above; comments and blank lines do not count. A turn's text is what follows the first colon with outer
blanks stripped and nothing else changed, so offsets (in code points) hold for every reader of the file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from coach.errors import BadTranscript
from coach.vocabulary import Language, Role

_REP_LABELS: Final = (
    "销售,销售员,销售代表,销售经理,销售顾问,业务,业务员,我,我方,我司,乙方,顾问,客户经理,大客户经理,代表,医药代表,"
    "rep,sales rep,sales representative,seller,sales,salesperson,salesman,saleswoman,sales manager,me,us,ae,"
    "account executive,account manager,sdr,bdr,vendor,agent"
)
_CUSTOMER_LABELS: Final = (
    "客户,客户方,对方,甲方,买方,顾客,采购,customer,client,buyer,prospect,purchaser,procurement"
)
REP_LABELS: Final = frozenset(_REP_LABELS.split(","))
CUSTOMER_LABELS: Final = frozenset(_CUSTOMER_LABELS.split(","))
UNNAMED: Final = re.compile(
    r"(?:说话人|讲话人|发言人|参会人|与会人|未知发言人|用户|unknown speaker|participant|speaker|spk|spkr)[\s_#-]*[0-9a-z一二三四五六七八九十]{0,3}",
    re.IGNORECASE,
)
"""Labels that say only that somebody spoke: roles must be inferred."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance: `number` counts from 1, `start`/`end` are seconds from the beginning or None."""

    number: int
    speaker: str
    text: str
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns in the order they were spoken. `date` is the day of the visit, None when nobody said it."""

    turns: tuple[Turn, ...]
    language: Language = "zh"
    date: dt.date | None = None
    source: str = ""

    @property
    def speakers(self) -> tuple[str, ...]:
        """Labels in order of first appearance."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns))

    def turn(self, number: int) -> Turn:
        """The turn with this 1-based number (IndexError when there is none)."""
        if number < 1:
            raise IndexError(number)
        return self.turns[number - 1]

    def with_date(self, day: dt.date | None) -> Conversation:
        """The same conversation on another day; None keeps the day it has."""
        return self if day is None else replace(self, date=day)

    def said(self, speaker: str, text: str, *, at: float | None = None) -> Conversation:
        """The conversation with one more turn at its end."""
        return replace(self, turns=(*self.turns, Turn(len(self.turns) + 1, speaker, text, at)))


def conversation(lines: Iterable[tuple[str, str]], *, language: Language | None = None) -> Conversation:
    """A conversation from (speaker, text) pairs without times; the language is detected when not given."""
    turns = tuple(Turn(n, speaker, text) for n, (speaker, text) in enumerate(lines, 1))
    return Conversation(turns, language or language_of(turn.text for turn in turns))


def known_role(label: str) -> Role | None:
    """The side that a label names outright (销售, Customer 2, 客户（王总）, Tom (Rep)); None for names and unnamed speakers."""
    word = label.strip().casefold()
    parts = [word, *(part.strip() for part in _BESIDE.split(word) if part.strip())]
    if numbered := _NUMBERED.fullmatch(word):
        parts.append(numbered[1])
    for part in parts:
        if part in REP_LABELS:
            return "rep"
        if part in CUSTOMER_LABELS:
            return "customer"
    return None


def language_of(texts: Iterable[str]) -> Language:
    """zh when Chinese characters weigh at least as much as Latin words (one word against one and a half characters)."""
    han = words = 0
    for text in texts:
        han += len(_HAN.findall(text))
        words += len(_WORD.findall(text))
    return "zh" if han and han >= 1.5 * words else "en"


def parse_transcript(text: str, *, source: str = "", language: Language | None = None) -> Conversation:
    """Read a transcript file's text.

    Raises BadTranscript when no line can be read as a turn.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    day = _date_line(lines)
    spoken = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    heads = Counter(head for line in spoken if (head := _head(line)) is not None)
    timed = {head for line in spoken if _TIME.match(line) and (head := _head(line)) is not None}

    turns: list[Turn] = []
    for line in spoken:
        time_match = _TIME.match(line)
        at = _seconds(time_match) if time_match else None
        body = line[time_match.end() :] if time_match else line
        head = _head(line)
        if head is not None and (at is not None or _is_label(head, heads, timed, first=not turns)):
            words = re.split("[:：]", body, maxsplit=1)[1].strip()
            turns.append(Turn(len(turns) + 1, head, words, at))
        elif at is not None:
            turns.append(Turn(len(turns) + 1, turns[-1].speaker if turns else "?", body.strip(), at))
        elif turns:
            above = turns[-1]
            turns[-1] = replace(above, text=f"{above.text}\n{body.strip()}" if above.text else body.strip())
    turns = [replace(turn, number=n) for n, turn in enumerate(turns, 1)]
    if not turns:
        raise BadTranscript(
            ("这个文件里没有一句能认出来的对话。", "There is no line of conversation in this file."),
            (
                "每行写成“[00:12] 销售: 说的话”，时间可以不写。",
                "Write each line as “[00:12] Rep: words”; the time is optional.",
            ),
        )
    return Conversation(_with_ends(turns), language or language_of(turn.text for turn in turns), day, source)


def write_transcript(talk: Conversation) -> str:
    """The transcript file of a conversation; reading it back gives the same speakers, words and whole seconds."""
    lines = [f"# date: {talk.date.isoformat()}"] if talk.date else []
    for turn in talk.turns:
        stamp = f"[{clock(turn.start)}] " if turn.start is not None else ""
        lines.append(f"{stamp}{turn.speaker}: {turn.text}")
    return "\n".join(lines) + "\n"


def clock(seconds: float) -> str:
    """mm:ss, from one hour on h:mm:ss."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60:02d}:{rest % 60:02d}"


_BESIDE: Final = re.compile(r"[()（）\[\]【】/|]|\s[-–—]\s")
_NUMBERED: Final = re.compile(r"(.*?)[\s_#-]*(?:\d{1,2}|[a-z甲乙丙丁]|[一二三四五六])")
_HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_TIME: Final = re.compile(r"\s*[\[［(（]\s*(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?\s*[\]］)）]\s*")
_DATE: Final = re.compile(r"#\s*date\s*[:：]\s*(\d{4})-(\d{1,2})-(\d{1,2})", re.IGNORECASE)
_HEAD: Final = re.compile(r"([^:：]{1,32}?)\s*[:：]")
_NOT_A_LABEL: Final = re.compile(r"[，。？！、；,?!;“”\"《》…]|[.](?!\s*[A-Z]|$)|^\d+$|^https?$")
_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤"
)
_LOOKS_LIKE_A_NAME: Final = re.compile(
    rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}|"
    r"[\u4e00-\u9fff]{1,6}(?:总|经理|主任|厂长|院长|科长|处长|部长|老师|先生|女士|工|姐|哥|总监|主管|老板|医生|店长)"
    r"|(?:[A-Z][\w.'’-]*\s?){1,4}(?:\([^)]*\))?"
)


def _date_line(lines: list[str]) -> dt.date | None:
    for line in lines:
        if match := _DATE.match(line.strip()):
            try:
                return dt.date(*(int(part) for part in match.groups()))
            except ValueError:
                return None
        if line.strip() and not line.lstrip().startswith("#"):
            return None
    return None


def _head(line: str) -> str | None:
    """What stands before the first colon, when it could be a speaker's label at all."""
    time_match = _TIME.match(line)
    match = _HEAD.match(line[time_match.end() :] if time_match else line)
    if match is None:
        return None
    head = match.group(1).strip()
    return None if not head or _NOT_A_LABEL.search(head) else head


def _is_label(head: str, heads: Counter[str], timed: set[str], *, first: bool) -> bool:
    """Whether an untimed line begins with a label, or merely with words and a colon ("有个条件：先试").

    In a file whose labels carry times only those labels (and the ones that name a side) count.
    """
    if known_role(head) or UNNAMED.fullmatch(head) or head in timed:
        return True
    if timed:
        return False
    return first or heads[head] > 1 or _LOOKS_LIKE_A_NAME.fullmatch(head) is not None


def _seconds(match: re.Match[str]) -> float:
    hours, minutes, seconds = match.groups()
    return float(int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds))


def _with_ends(turns: list[Turn]) -> tuple[Turn, ...]:
    """A turn without an end of its own ends where the next timed one begins."""
    ends: list[float | None] = []
    coming: float | None = None
    for turn in reversed(turns):
        ends.append(turn.end if turn.end is not None else coming if turn.start is not None else None)
        coming = turn.start if turn.start is not None else coming
    return tuple(replace(turn, end=end) for turn, end in zip(turns, reversed(ends), strict=True))
