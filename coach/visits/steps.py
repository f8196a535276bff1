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
_COUNTER: Final = re.compile(
    r"改(?:到|成|个)|换(?:个|到|成)|(?:还是|要不|不如)|推(?:到|迟)|rather|instead|make it|how about|what about|better"
)
_ASKS_ZH: Final = re.compile(r"(?:吗|呢|么|行不行|好不好|可以不|怎么样|方便不)\s*[?。]*$|\?\s*$")
_SUBJECT_ZH: Final = re.compile(
    r"(?<![给发寄送拿报打叫让到找去帮跟替等听问])(?:我|俺)(?!的|这|那|店|厂|仓|邮箱|城|们的|微信|办公室|家|看(?:行|可以)|觉得|说|知道|怕)|咱们?(?!的|那|这)"
)
_GIVES_ZH: Final = re.compile(r"(?:给|发|寄|送|拿|报|打|还|帮|替|拍|转|告诉|通知|回|陪)(?:给|到)?(?:你|您)")
_TAKES_ZH: Final = re.compile(
    r"(?:给|发|寄|送|拿|报|打|拍|转|告诉|通知|回|带|写|让)(?:给|到|来给|过来给)?(?:我|俺)(?!们?(?:去|来|跟|会|就|这就))|(?:到|来|去|上)(?:我|俺)(?:这|们?(?:这|店|厂|仓|公司|单位|城|办公室)|店|厂|仓|邮箱|城|家|办公室)"
)
_ASKED_ZH: Final = re.compile(
    r"(?:你们?|您(?:这边|那边|们)?|麻烦您?|请您?)(?:先|就|再|也|可以|能|得|要|帮我?|自己|直接|带人|叫|让|那边|这边)*(?!的|好|说|讲|看(?:行|可以|怎么样)|放心|这|那|要的)"
)
_ORDER_ZH: Final = re.compile(
    r"(?:^|[,，。\s]|前|天|周[一二三四五六日天]|月底|号|点|上午|下午|晚上)(?:先|再|就|把)?(?:拿|带|来|发|送|去|换|跟|出|做|写|改|报|打|派|装|测|试|叫|让|喊|拉|准备|提|寄|递|算)(?!不|到了)"
)
_SELF_EN: Final = re.compile(
    r"\b(?:i|we)(?:'(?:ll|d|m|re|ve))?\b|\blet me\b|\b(?:ill|im|well|id|weve|ive)\b(?= (?:\w+))"
)
_PROMISE_EN: Final = re.compile(r"\byou(?:'?ll| will|'?d)? (?:have|get|see|hear)\b")
_TAKES_EN: Final = re.compile(
    r"\b(?:send|give|get|bring|show|email|call|mail|quote|ring|text|fetch|let) (?:it |them |that |this )?(?:to )?(?:me|us)\b|\bto (?:my|our) (?:office|email|inbox|desk|place|shop|yard|site)\b"
)
_ORDER_EN: Final = re.compile(
    r"^(?:please |just |then |and |so |ok |okay |right |tell you what |no |yeah |you |well )*(?:send|email|bring|call|come|give|show|put|ship|mail|book|set|drop|draft|quote|forward|fetch|ring|write|leave|take|get|have|do|make|talk|run)\b|\byou (?:can |could |should |need to |have to |just )?(?:send|bring|come|call|give|show|put|write|get|do|run|talk|ring|fetch|measure|book|set|tell|leave|take|make)\b"
)
_THAT_DAY: Final = re.compile(
    r"那天|当天|那会儿|到时候|那个时候|that (?:day|morning|afternoon|evening|night)|\bthen\b|\bwhen (?:he|she|they|you|i)\b|\b(?:at|by) (?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|noon)|[点半](?:钟)?(?:到|来|过)"
)


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
    """Who acts, by the persons in the words: 我 and 给您 against 你 and 给我, "I'll" against "send me"."""
    plain = view(quote).plain
    other: Role = "customer" if speaker == "rep" else "rep"
    if re.search(r"[\u4e00-\u9fff]", plain):
        return _owner_zh(plain, speaker, other)
    if _PROMISE_EN.search(plain):
        return speaker
    if _TAKES_EN.search(plain):
        return other
    own, order = _SELF_EN.search(plain), _ORDER_EN.search(plain)
    if order is not None and (own is None or order.start() < own.start()):
        return other
    return speaker


def _owner_zh(plain: str, speaker: Role, other: Role) -> Role:
    own, asked = _SUBJECT_ZH.search(plain), _ASKED_ZH.search(plain)
    if (
        asked is not None
        and (own is None or asked.start() < own.start())
        and not _GIVES_ZH.search(plain[: asked.end()])
    ):
        return other
    if own is not None:
        return speaker
    if _TAKES_ZH.search(plain):
        return other
    if _GIVES_ZH.search(plain):
        return speaker
    # Without any person, a customer gives orders and a rep tells what will be done.
    return other if speaker == "customer" and _ORDER_ZH.search(plain) else speaker


def due(talk: Conversation, reading: Reading) -> dt.date | None:
    """The day agreed for a step: in its own words, else beside them, else the day spoken of when they say "that day"."""
    quote = view(reading.quote).plain
    turn = talk.turn(reading.turn)
    if times(quote):
        return day_of(quote, talk.date, before=view(turn.text[: reading.start]).plain)
    beside = view(turn.text[max(0, reading.start - 20) : reading.end + 20]).plain
    if times(beside):
        return day_of(beside, talk.date)
    if _THAT_DAY.search(quote):
        for earlier in reversed(talk.turns[max(0, reading.turn - 7) : reading.turn]):
            words = turn.text[: reading.start] if earlier.number == reading.turn else earlier.text
            named = [day for time in times(view(words).plain) if talk.date and (day := time.on(talk.date))]
            if named:
                return named[-1]
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
