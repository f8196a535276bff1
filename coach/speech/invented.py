"""Words that nobody said: Whisper fills noise with loops and with the ends of films, and these rules take them out.

They take out whole repetitions and stock phrases only; what is doubtful but might have been said stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from coach.speech.listener import Utterance

NOBODY: Final = 0.6
"""Probability of "nobody speaks" from which words without certainty are not believed."""
UNCERTAIN: Final = -1.0
"""Mean log probability of a token below which Whisper is guessing."""
DOUBTED: Final = -0.4
"""A stock phrase must be more certain than this to count as said."""
FASTEST: Final = 25.0
"""Hanzi or English syllables a second that nobody can speak (letters are counted as a third)."""
AGAIN: Final = 3
"""How often the same sentence in a row makes a loop; twice is how people speak."""
SHORTEST: Final = 4
"""Characters from which a repeated sentence is suspicious: 对对对 and "yes, yes, yes" are not."""

_STOCK: Final = re.compile(
    r"(请不吝|请您?)?(点赞|订阅|转发|打赏|支持明镜|关注我的频道).*"
    r"|(谢谢|感谢)(大家|您|你们?)?的?(观看|收看|收听|观赏)"
    r"|字幕(由|志愿者|提供|制作|组).*"
    r"|(thankyou|thanks)(somuch)?forwatching.*"
    r"|(please)?(likeand)?subscribe(tomychannel)?.*"
    r"|subtitles?by.*|captionsby.*|.*amaraorg.*"
    r"|(music|applause|音乐|掌声|背景音乐)"
)
_LOOP: Final = re.compile(r"(.{4,60}?)(?:\s*\1){2,}", re.DOTALL)
_STUTTER: Final = re.compile(r"(.{1,3}?)\1{7,}", re.DOTALL)


def sober(utterances: Sequence[Utterance]) -> list[Utterance]:
    """The utterances of one channel in order, without what nobody said."""
    kept: list[Utterance] = []
    run: list[Utterance] = []
    for utterance in utterances:
        if not believable(utterance):
            continue
        cleaned = replace(utterance, text=without_loops(utterance.text))
        if run and _bare(run[-1].text) == _bare(cleaned.text):
            run.append(cleaned)
            continue
        kept += _once(run)
        run = [cleaned]
    return kept + _once(run)


def believable(utterance: Utterance) -> bool:
    """Whether a person may have said this, there, in that time."""
    words = _bare(utterance.text)
    if not words:
        return False
    if utterance.no_speech > NOBODY and utterance.confidence < UNCERTAIN:
        return False
    if _STOCK.fullmatch(words) and (utterance.no_speech > NOBODY / 2 or utterance.confidence < DOUBTED):
        return False
    spoken = sum(1.0 if ord(character) > 0x2E80 else 1 / 3 for character in words)
    return spoken <= FASTEST * max(utterance.end - utterance.start, 0.2)


def without_loops(text: str) -> str:
    """The text with a phrase that is said three times running said once, and a sound eight times said twice."""
    return _LOOP.sub(r"\1", _STUTTER.sub(r"\1\1", text))


def _once(run: Sequence[Utterance]) -> list[Utterance]:
    """The same sentence over and over is one sentence; said twice it is emphasis."""
    looped = len(run) >= AGAIN and len(_bare(run[0].text)) >= SHORTEST
    return list(run[:1] if looped else run)


def _bare(text: str) -> str:
    """Letters, hanzi and digits, without marks, blanks and case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if unicodedata.category(character)[0] in "LN")
