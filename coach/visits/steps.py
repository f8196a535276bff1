"""Next steps: who does what by when, and whether it was agreed at all."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from coach.conversation import Conversation, Turn
from coach.reading.engine import Reading, Readings
from coach.reading.offline.view import view
from coach.visits.dates import day_of, times
from coach.vocabulary import Role

_YES: Final = re.compile(
    r"^(?:嗯|哦|那|诶|好|行|可以|成|对|没问题|要得|ok|中|得|好的|行的|就这么|一言为定|没意见|好嘞|也行)+(?:[,。!吧啊呀\s]|$)"
    r"|^(?:ok(?:ay)?|sure|yes|yeah|yep|fine|deal|done|great|good|perfect|alright|all right|right|works|agreed|sounds good|that works|fair enough|will do|got it)\b"
)
_NO: Final = re.compile(
    r"^(?:[嗯哦诶呃唉]*[,，。\s]*)(?:不(?:行|用|要|必|方便|合适|成|去|急|太|见|了)|算了|别|没(?:空|时间|必要)|来不及|太(?:赶|急|早|晚)|看?就?不.{0,3}了|免了|先(?:别|不|等)|改天|再说|回头)"
    r"|^(?:no\b|nope|not\b|don't|can't|won't|hold on|hold off|too (?:soon|early|tight)|i(?:'d| would) rather|that (?:doesn't|won't) work|let's (?:not|hold|wait)|never mind|forget)"
)
_COUNTER: Final = re.compile(r"改(?:到|成|个)|换(?:个|到|成)|(?:还是|要不|不如)|推(?:到|迟)|rather|instead|make it|how about|what about|better")
_ASKS_ZH: Final = re.compile(r"(?:吗|呢|么|行不行|好不好|可以不|怎么样|方便不)\s*[?。]*$|\?\s*$")
_REP_DOES_ZH: Final = re.compile(
    r"(?:你|您|你们|你那边|你这边|叫你|让你|叫你们)[^,，。]{0,14}(?:给我|发我|拿来|带(?:来|上|过来)|寄|送|过来|来|弄|做|改|写|报|安排|派|打|讲|出|准备|装|测|调|查|确认|算|回)|(?:发|给|寄|送|报|回|拿|打)(?:给)?我(?!们?(?:去|来|跟|会|就))"
)
_CUSTOMER_DOES_ZH: Final = re.compile(
    r"(?:您|你|你们|您这边|您那边|麻烦您|请您|您帮|您先)[^,，。]{0,12}(?:给我|发我|把|安排|约|定|签|确认|转|报|问|请|找|拉|提供|准备|看|拿|带|牵头|出|让|叫|通知)|.{0,2}(?:发|给|寄)我"
)
_SELF_ZH: Final = re.compile(r"我(?!的|觉得|看|想|说|知道|怕|听|要是)|我们|咱们")
_ADDRESSED_EN: Final = re.compile(r"\b(?:you|your (?:guys|team|engineer|people|tech))\b[^.,;]{0,30}|^(?:please |just |then |and |so |ok |okay )*(?:send|email|bring|call|come|get|give|show|put|ship|mail|book|set|have|drop|draft|quote|forward)\b")
_SELF_EN: Final = re.compile(r"\b(?:i|we)(?:'ll|'d|'m|'re|'ve)?\b|\blet me\b")


@dataclass(frozen=True, slots=True)
class Step:
    """A commitment that stood: its reading, who does it, and by when."""

    reading: Reading
    owner: Role
    due: dt.date | None


def steps(talk: Conversation, readings: Readings) -> list[Step]:
    """The commitments that somebody made and nobody refused or replaced, in order."""
    found = []
    for reading in readings.items:
        if reading.label != "commitment":
            continue
        side = readings.roles.get(talk.turn(reading.turn).speaker) or "customer"
        if stood(talk, readings, reading, side):
            found.append(Step(reading, owner(reading.quote, side), due(talk, reading)))
    return found


def owner(quote: str, speaker: Role) -> Role:
    """Who acts, by the persons in the words: 我 against 你给我, "I'll" against "send me"."""
    plain = view(quote).plain
    other: Role = "customer" if speaker == "rep" else "rep"
    if re.search(r"[\u4e00-\u9fff]", plain):
        self_at = _SELF_ZH.search(plain)
        asked = (_REP_DOES_ZH if speaker == "customer" else _CUSTOMER_DOES_ZH).search(plain)
        if asked is None:
            return speaker
        if self_at is not None and self_at.start() < asked.start() and not re.search(r"(?:给|发|寄|送|回|报)(?:给)?我", asked[0]):
            return speaker
        return other
    self_at = _SELF_EN.search(plain)
    asked = _ADDRESSED_EN.search(plain)
    if re.search(r"\b(?:send|give|get|bring|show|email|call|mail|quote) (?:it |them |that |this )?(?:me|us)\b", plain):
        return other
    if asked is not None and (self_at is None or asked.start() < self_at.start()):
        return other
    return speaker


def due(talk: Conversation, reading: Reading) -> dt.date | None:
    """The day agreed for a step: in its own words, else beside them in the turn, else in the turn that it answers."""
    quote = view(reading.quote).plain
    if times(quote):
        return day_of(quote, talk.date)
    turn = talk.turn(reading.turn)
    beside = view(turn.text[max(0, reading.start - 20) : reading.end + 20]).plain
    if times(beside):
        return day_of(beside, talk.date)
    return None


def stood(talk: Conversation, readings: Readings, reading: Reading, side: Role) -> bool:
    """Whether the proposal survived what the other side said next."""
    answer = next_of_other_side(talk, readings, reading.turn, side)
    if answer is None:
        return True
    plain = view(answer.text).plain
    if _NO.search(plain):
        return False
    if _COUNTER.search(plain[:24]) and times(plain):
        return False
    asked = _ASKS_ZH.search(view(reading.quote).plain) is not None
    return not asked or _YES.search(plain) is not None or bool(times(plain))


def next_of_other_side(talk: Conversation, readings: Readings, number: int, side: Role) -> Turn | None:
    """The other side's first turn after `number`, at most two turns on."""
    for turn in talk.turns[number : number + 2]:
        if (readings.roles.get(turn.speaker) or "customer") != side:
            return turn
    return None
