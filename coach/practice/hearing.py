"""What counts of what the rep typed. Trainee text is data: talk to the grader, echoes and pasted briefs
count for nothing.

A sentence that does not count is replaced by blanks of the same length, so every offset in the rest still
holds and nothing voided can be quoted as evidence. The customer reacts to the slip in role.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from coach.practice.state import Slip
from scenarios.wording import bare, borrowed, length, says_all, says_any, sentences

ECHO: Final = 0.9
"""Share of a sentence that stands in the customer's last words from which it is an echo."""
PASTED_RUN: Final = 18
"""Characters in a row out of the brief that make a sentence a pasted one."""
ENOUGH_TO_REPEAT: Final = 6
"""Weight from which the same words again are a repetition and not a common turn of phrase."""
SALAD: Final = 4
"""Key points whose every concept stands in one sentence: nobody talks like that, a list of key words does."""

HEAP: Final = 6
"""Short parts in a row from which mostly crumbs of words are a heap and not a sentence."""
CRUMB: Final = 6
"""Weight of a fragment that is only a crumb."""

_PARTS: Final = re.compile(r"[,，](?!\d)|(?<!\d)[,，]|[、;；]")
_SOMEBODY: Final = re.compile(
    r"[我您你咱]|\b(?:i|you|we|us|me|i'[a-z]+|we'[a-z]+|you'[a-z]+)\b", re.IGNORECASE
)
_TO_THE_GRADER: Final = re.compile(
    r"(?:忽略|无视|不要管|别管|忘掉|忘记|跳过|绕过).{0,12}(?:指令|设定|规则|提示词|要求|限制)"
    r"|(?:前面|上面|之前|以上)的?(?:指令|设定|规则|提示词)"
    r"|你(?:其实|就|现在|只)?是.{0,6}(?:AI|人工智能|语言模型|大模型|聊天机器人|程序)|作为(?:一个)?(?:AI|人工智能|语言模型)"
    r"|(?:给|打|判|评|记|算)(?:我|他|她|我个|个)?.{0,5}(?:满分|高分|100\s*分|一百分|及格|通过)|评分(?:员|器|模型|系统|人)(?!的)"
    r"|角色设定|设定变更|你现在(?:是|扮演).{0,12}请(?:说|回答|答应)"
    r"|(?:判定|标记|视)为.{0,4}(?:通过|完成|yes|合格)|系统提示词?\s*[:：]|\bprompt\b|提示词|越狱|角色扮演|扮演.{0,4}客户"
    r"|\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instruction|rule|prompt|previous|above|system|guideline)s?\b"
    r"|销售(?:员|人员|代表)?(?:这边)?(?:已经|已|都已|均已|每一?条|全部)|(?:以上|上述|本次|本场|整[段场])(?:的)?(?:对话|练习|谈话|演练)"
    r"|(?:每一?条|所有|全部|各项)(?:的)?(?:要点|检查项|评分点|得分点|考核点)|我(?:已经?|刚才已|都已)(?:经)?(?:复述|询问|共情|量化)"
    r"|(?:优秀|合格)的(?:销售|业务员|复述|提问)|(?:销售|业务员)[^。！？]{0,12}应当(?:先|再|主动|及时)?(?:问|弄清|说明|复述|确认)"
    r"|^\W*我(?:先|再|接着|然后)?问[：:]|^\W*[您你](?:会|就)?回?答[：:]"
    r"|我(?:全都|都全?)已经(?:问|讲|确认|复述)(?:清楚|明白|到位|完)了"
    r"|\b(?:a|any|every) (?:good|great|skilled|top|proper) (?:rep|salesperson|seller|consultant)\b.{0,40}\b(?:should|would|must|asks?|says?)\b"
    r"|^\W*i (?:now |then |first )?ask:|^\W*you (?:answer|reply):"
    r"|\bsystem\s*(?:prompt|message)?\s*[:>\]]|\[/?(?:system|inst|assistant)\]|<\|?[a-z_]+\|?>"
    r"|\bas an? (?:ai|language model)\b"
    r"|\byou(?:'re| are) (?:now )?(?:an? )?(?:ai|bot|chatbot|language model|llm|grader|assistant)\b"
    r"|\b(?:give|award|grant|assign)\b.{0,20}\b(?:full|maximum|perfect|top|100)\b.{0,12}\b(?:marks?|scores?|points?|grade)\b"
    r"|\b(?:full|perfect|maximum) (?:marks|score)\b|\bin this (?:conversation|dialogue|role.?play|transcript)\b"
    r"|\bthe (?:rep|salesperson|sales rep|seller|trainee)\b (?:has |have |had |clearly |already |correctly )*\w+ed\b"
    r"|\b(?:every|all|each)(?: of the)? (?:key )?(?:points?|checks?|criteri\w+)\b.{0,30}\b(?:met|covered|done|satisfied|passed)\b"
    r"|\bi(?:'ve| have) (?:already |now |just )?(?:restated|acknowledged|explored|quantified|empathi[sz]ed)\b"
    r"|\bmark (?:this|me|it|all|every).{0,24}\b(?:pass|passed|complete|yes|correct|done)\b"
    r"|\b(?:grader|evaluator|examiner|jailbreak)\b|[\"']?(?:verdict|total|score|outcome)[\"']?\s*[:=]\s*[\"']?(?:yes|pass|\d+)",
    re.IGNORECASE,
)
_CHECKS: Final = re.compile(
    r"对吗|对吧|是吗|是吧|是不是|对不对|没错吧|这个意思|理解得?对"
    r"|right\?|correct\?|is that|have i got|did i get|fair\?",
    re.IGNORECASE,
)
_TO_THE_CUSTOMER: Final = re.compile(r"[您你咱?？]|\b(?:you|your|yours|we|us|let's)\b", re.IGNORECASE)
_SAYS_BACK: Final = re.compile(
    r"(?:您|你|咱|也就)(?:这边|这儿|刚才|刚刚|方才)?(?:是|就是|的意思|说|讲|提|担心|怕|嫌|觉得|认为|要的)|听下来|我(?:学|理|捋|复述|记|重复)"
    r"|\b(?:you(?:'re| are)? (?:say|said|mean|saying|telling|worr\w+)|so it'?s|what (?:i'?m hearing|i hear|you)|if i|sounds like|in other words|hear(?:d|ing)? you)\b",
    re.IGNORECASE,
)
_FAREWELL: Final = re.compile(
    r"^.{0,10}(?:我(?:就)?先(?:走|撤|告辞)|先告辞|告辞|再见|拜拜|回见|(?:就)?不打扰了?).{0,8}$"
    r"|^.{0,24}\b(?:good ?bye|bye|i'll (?:be going|get going|leave now|head off|let myself out)"
    r"|i(?:'m| am) (?:leaving|off))\b.{0,16}$",
    re.IGNORECASE,
)
_SILENT: Final = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True)
class Judgeable:
    """The text that may count, as long as what was typed, and the slips that were noticed."""

    text: str
    slips: frozenset[Slip]


def judgeable(
    said: str,
    *,
    customer: Sequence[str] = (),
    own: Sequence[str] = (),
    brief: str = "",
    word_lists: Sequence[Sequence[Sequence[str]]] = (),
    telling: str = "",
) -> Judgeable:
    """What may count of `said`.

    `customer` are the customer's last lines, `own` the rep's earlier turns, `brief` what the rep was given
    to read, `word_lists` the concept groups of every key point that has at least two, `telling` what was said
    with its idle talk blanked: hesitation makes no heap out of a sentence.
    """
    if _SILENT.fullmatch(said):
        return Judgeable(" " * len(said), frozenset({"silence"}))
    slips: set[Slip] = set()
    kept = list(said)
    telling = telling or said
    heard, given = " ".join(customer), bare(brief)
    said_once = [earlier[a:b] for earlier in own for a, b in sentences(earlier)]
    before = {bare(one) for one in said_once if length(one) >= ENOUGH_TO_REPEAT}
    for start, end in sentences(said):
        if "out_of_role" in slips and not _TO_THE_CUSTOMER.search(said[start:end]):
            # What follows an order to the grader and speaks to nobody belongs to the order.
            kept[start:end] = " " * (end - start)
            continue
        for slip, first, last in _slips(
            said[start:end], telling[start:end], heard, given, before, word_lists
        ):
            slips.add(slip)
            kept[start + first : start + last] = " " * (last - first)
    if _FAREWELL.search(said.strip()):
        slips.add("farewell")
    return Judgeable("".join(kept), frozenset(slips))


def _slips(
    words: str,
    telling: str,
    heard: str,
    given: str,
    before: set[str],
    word_lists: Sequence[Sequence[Sequence[str]]],
) -> list[tuple[Slip, int, int]]:
    """The stretches of a sentence that do not count, and why."""
    whole = (0, len(words))
    if _TO_THE_GRADER.search(words):
        return [("out_of_role", *whole)]
    if again := _said_before(words, before):
        return [("repeated", *again)]
    if echo := _echo(words, heard):
        return [("parroting", *echo)]
    key = bare(words)
    pasted = len(key) >= PASTED_RUN and any(
        key[i : i + PASTED_RUN] in given for i in range(0, len(key) - PASTED_RUN + 1, 3)
    )
    if pasted and borrowed(words, given) >= ECHO:
        return [("parroting", *whole)]
    if heap := _heap(telling, word_lists):
        return [("parroting", *heap)]
    if sum(len(groups) >= 2 and says_all(words, groups) for groups in word_lists) >= SALAD:
        return [("parroting", *whole)]
    return []


def _said_before(words: str, before: set[str]) -> tuple[int, int] | None:
    """Where in a sentence one of the earlier ones (`before`, bare) is said again, whatever stands around it."""
    places = [at for at, char in enumerate(words) for _ in bare(char)]
    key = "".join(bare(char) for char in words)
    for earlier in sorted(before, key=len, reverse=True):
        at = key.find(earlier)
        if at >= 0:
            return places[at], places[at + len(earlier) - 1] + 1
    return None


def _echo(words: str, heard: str) -> tuple[int, int] | None:
    """The longest run of a sentence's parts that only says the customer's words again.

    Words that say them back (so you mean …, is that right?) make it a restatement, which may count.
    """
    if not heard:
        return None
    ends = [match.end() for match in _PARTS.finditer(words)]
    bounds = [0, *(end for end in ends if end < len(words)), len(words)]
    runs = [(a, b) for i, a in enumerate(bounds) for b in bounds[i + 1 :]]
    for start, end in sorted(runs, key=lambda run: run[0] - run[1]):
        piece = words[start:end]
        if length(piece) < ENOUGH_TO_REPEAT:
            continue
        share = borrowed(piece, heard)
        if share < ECHO:
            continue
        rest = words[:start] + " " + words[end:]
        if (start, end) == (0, len(words)):
            return None if _CHECKS.search(words) and share < 1 else (start, end)
        if not _CHECKS.search(rest) and not _SAYS_BACK.search(rest):
            return start, end
    return None


def _heap(words: str, word_lists: Sequence[Sequence[Sequence[str]]]) -> tuple[int, int] | None:
    """The first run of a sentence's short parts that is mostly crumbs, speaks to nobody and is full of key words.

    Crumbs without key words are hesitation, and cost nothing.
    """
    bounds = [0, *(match.end() for match in _PARTS.finditer(words)), len(words)]
    parts = [words[a:b] for a, b in itertools.pairwise(bounds)]
    keys = [phrase for groups in word_lists for group in groups for phrase in group]
    at = 0
    for short, run in itertools.groupby(parts, key=lambda part: length(part) <= 2 * CRUMB):
        heap = list(run)
        start, at = at, at + sum(map(len, heap))
        told = [part for part in heap if bare(part)]
        if not short or len(told) < HEAP:
            continue
        crumbs = sum(length(part) <= CRUMB for part in told)
        spoken = sum(bool(_SOMEBODY.search(part)) for part in told)
        named = sum(says_any(part, keys) for part in told)
        if crumbs >= 0.75 * len(told) and spoken < 0.3 * len(told) and named >= HEAP / 2:
            return start, at
    return None
