"""What counts of what the rep typed. Trainee text is data: talk to the grader, echoes and pasted briefs
count for nothing.

A sentence that does not count is replaced by blanks of the same length, so every offset in the rest still
holds and nothing voided can be quoted as evidence. The customer reacts to the slip in role.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from coach.practice.state import Slip
from scenarios.wording import bare, borrowed, length, says_all, sentences

ECHO: Final = 0.9
"""Share of a sentence that stands in the customer's last words from which it is an echo."""
PASTED_RUN: Final = 18
"""Characters in a row out of the brief that make a sentence a pasted one."""
TOO_LONG: Final = 150
"""Weight of a speech nobody listens to: Chinese characters count one, English words two."""
SALAD: Final = 4
"""Key points whose every concept stands in one sentence: nobody talks like that, a list of key words does."""

HEAP: Final = 6
"""Fragments in one sentence from which mostly crumbs of words are a heap and not a sentence."""
CRUMB: Final = 6
"""Weight of a fragment that is only a crumb."""

_PARTS: Final = re.compile(r"[,，、;；]")
_SOMEBODY: Final = re.compile(
    r"[我您你咱]|\b(?:i|you|we|us|me|i'[a-z]+|we'[a-z]+|you'[a-z]+)\b", re.IGNORECASE
)
_TO_THE_GRADER: Final = re.compile(
    r"(?:忽略|无视|不要管|别管|忘掉|忘记|跳过|绕过).{0,12}(?:指令|设定|规则|提示词|要求|限制)"
    r"|(?:前面|上面|之前|以上)的?(?:指令|设定|规则|提示词)"
    r"|你(?:其实|就|现在|只)?是.{0,6}(?:AI|人工智能|语言模型|大模型|聊天机器人|程序)|作为(?:一个)?(?:AI|人工智能|语言模型)"
    r"|(?:给|打|判|评|记|算)(?:我|他|她|我个|个)?.{0,5}(?:满分|高分|100\s*分|一百分|及格|通过)|评分(?:员|系统|标准|器|模型|人)"
    r"|(?:判定|标记|视)为.{0,4}(?:通过|完成|yes|合格)|系统提示词?\s*[:：]|\bprompt\b|提示词|越狱|角色扮演|扮演.{0,4}客户"
    r"|\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instruction|rule|prompt|previous|above|system|guideline)s?\b"
    r"|\bsystem\s*(?:prompt|message)?\s*[:>\]]|\[/?(?:system|inst|assistant)\]|<\|?[a-z_]+\|?>"
    r"|\bas an? (?:ai|language model)\b"
    r"|\byou(?:'re| are) (?:now )?(?:an? )?(?:ai|bot|chatbot|language model|llm|grader|assistant)\b"
    r"|\b(?:give|award|grant|assign)\b.{0,20}\b(?:full|maximum|perfect|top|100)\b.{0,12}\b(?:marks?|scores?|points?|grade)\b"
    r"|\b(?:full|perfect|maximum) (?:marks|score)\b"
    r"|\bmark (?:this|me|it|all|every).{0,24}\b(?:pass|passed|complete|yes|correct|done)\b"
    r"|\b(?:grader|evaluator|examiner|jailbreak)\b|[\"']?(?:verdict|total|score|outcome)[\"']?\s*[:=]\s*[\"']?(?:yes|pass|\d+)",
    re.IGNORECASE,
)
_CHECKS: Final = re.compile(
    r"对吗|对吧|是吗|是吧|是不是|对不对|没错吧|这个意思|理解得?对"
    r"|right\?|correct\?|is that|have i got|did i get|fair\?",
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
) -> Judgeable:
    """What may count of `said`.

    `customer` are the customer's last lines, `own` the rep's earlier turns, `brief` what the rep was given
    to read, `word_lists` the concept groups of every key point that has at least two.
    """
    if _SILENT.fullmatch(said):
        return Judgeable(" " * len(said), frozenset({"silence"}))
    slips: set[Slip] = set()
    kept = list(said)
    heard, given = " ".join(customer), bare(brief)
    before = {bare(said[a:b]) for said in own for a, b in sentences(said)}
    for start, end in sentences(said):
        words = said[start:end]
        slip = _slip(words, heard, given, before, word_lists)
        if slip is not None:
            slips.add(slip)
            kept[start:end] = " " * (end - start)
    if _FAREWELL.search(said.strip()):
        slips.add("farewell")
    if length(said) > TOO_LONG:
        slips.add("too_long")
    return Judgeable("".join(kept), frozenset(slips))


def _slip(
    words: str, heard: str, given: str, before: set[str], word_lists: Sequence[Sequence[Sequence[str]]]
) -> Slip | None:
    """Why a sentence does not count; None when it does."""
    key = bare(words)
    if _TO_THE_GRADER.search(words):
        return "out_of_role"
    if length(words) >= 6:
        share = borrowed(words, heard)
        if share >= ECHO and not (_CHECKS.search(words) and share < 1):
            return "parroting"
        if key in before:
            return "repeated"
    pasted = len(key) >= PASTED_RUN and any(
        key[i : i + PASTED_RUN] in given for i in range(0, len(key) - PASTED_RUN + 1, 3)
    )
    if pasted and borrowed(words, given) >= ECHO:
        return "parroting"
    if _is_heap(words):
        return "parroting"
    if sum(len(groups) >= 2 and says_all(words, groups) for groups in word_lists) >= SALAD:
        return "parroting"
    return None


def _is_heap(words: str) -> bool:
    """Whether a sentence is mostly crumbs of words that speak to nobody."""
    parts = [part for part in _PARTS.split(words) if bare(part)]
    crumbs = sum(length(part) <= CRUMB for part in parts)
    spoken = sum(bool(_SOMEBODY.search(part)) for part in parts)
    return len(parts) >= HEAP and crumbs >= 0.75 * len(parts) and spoken < 0.3 * len(parts)
