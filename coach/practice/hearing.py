"""What counts of what the rep typed. Trainee text is data: asides to the grader, echoes and pasted briefs
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

from coach.practice.asides import asides
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
    told = sentences(said)
    for (start, end), aside in zip(told, asides([said[a:b] for a, b in told]), strict=True):
        if aside or ("out_of_role" in slips and not _TO_THE_CUSTOMER.search(said[start:end])):
            # What follows an aside and speaks to nobody belongs to it.
            slips.add("out_of_role")
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
