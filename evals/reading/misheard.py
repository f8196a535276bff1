"""Speech as a machine mishears it: other characters of the same sound, words swapped for near ones, some lost.

Used in training (on the fly, never stored) and to measure how a reading holds when recognition is bad. Every character
of the result knows where it comes from, so marks on the true words can be carried over, both ways.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from coach.vocabulary import Language

LOST: Final = 0.15
"""Share of the errors that drop what was said."""
EDITS_A_WORD: Final = 0.42
"""How much of an English word a near one changes, roughly: turns a character error rate into a rate of words."""
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_LATIN: Final = re.compile(r"[A-Za-z][A-Za-z']*")
_SAME_TO_THE_EAR: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("h", "f"))
_MARKS: Final = re.compile(r"[，。、！？；,.!?;]")


@dataclass(frozen=True, slots=True)
class Misheard:
    """What a machine wrote, and for each of its characters the place in the true words."""

    text: str
    origin: tuple[int, ...]

    def carried(self, start: int, end: int) -> tuple[int, int] | None:
        """A stretch of the true words in what was written; None when nothing of it is left."""
        inside = [at for at, place in enumerate(self.origin) if start <= place < end]
        return (inside[0], inside[-1] + 1) if inside else None

    def source(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of what was written in the true words."""
        return self.origin[start], self.origin[end - 1] + 1


def misheard(text: str, rate: float, rng: random.Random, language: Language) -> Misheard:
    """`text` with about `rate` of its characters wrong; punctuation goes lost at twice the rate, figures stay."""
    if language == "zh":
        return _chinese(text, rate, rng)
    return _english(text, rate, rng)


def _chinese(text: str, rate: float, rng: random.Random) -> Misheard:
    sounds = _sounds()
    written: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(text):
        if _MARKS.match(char) and rng.random() < min(0.9, 2 * rate):
            continue
        if _HAN.match(char) and rng.random() < rate:
            if rng.random() < LOST:
                continue
            char = rng.choice(sounds.get(char) or [char])
        written.append(char)
        origin.append(at)
    return _whole(text, written, origin)


def _english(text: str, rate: float, rng: random.Random) -> Misheard:
    near = _near_words()
    written: list[str] = []
    origin: list[int] = []
    last = 0
    for match in _LATIN.finditer(text):
        between = [
            (at, char)
            for at, char in enumerate(text[last : match.start()], last)
            if not (_MARKS.match(char) and rng.random() < min(0.9, 2 * rate))
        ]
        last = match.end()
        word = match[0]
        if rng.random() < rate / EDITS_A_WORD:
            word = "" if rng.random() < LOST else rng.choice(near.get(word.casefold()) or [word])
        for at, char in between:
            written.append(char)
            origin.append(at)
        for place, char in enumerate(word):
            written.append(char)
            origin.append(min(match.start() + place, match.end() - 1))
    for at, char in enumerate(text[last:], last):
        written.append(char)
        origin.append(at)
    return _whole(text, written, origin)


def _whole(text: str, written: Sequence[str], origin: Sequence[int]) -> Misheard:
    """Never nothing: words that got lost altogether are left as they were."""
    if not any(char.isalnum() for char in written):
        return Misheard(text, tuple(range(len(text))))
    return Misheard("".join(written), tuple(origin))


@lru_cache(maxsize=1)
def _sounds() -> Mapping[str, list[str]]:
    """Character -> others that sound like it, commoner ones more often, among those of the project's own texts."""
    from pypinyin import lazy_pinyin

    counts: dict[str, int] = {}
    for text in _texts("zh"):
        for char in _HAN.findall(text):
            counts[char] = counts.get(char, 0) + 1
    by_sound: dict[str, list[str]] = {}
    heard: dict[str, str] = {}
    for char, count in counts.items():
        sound = lazy_pinyin(char)[0]
        for one, other in _SAME_TO_THE_EAR:
            sound = sound.replace(one, other)
        heard[char] = sound
        by_sound.setdefault(sound, []).extend([char] * min(20, 1 + count // 20))
    return {char: [other for other in by_sound[sound] if other != char] for char, sound in heard.items()}


@lru_cache(maxsize=1)
def _near_words() -> Mapping[str, list[str]]:
    """English word -> words of the project's own texts that are nearly spelt like it."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    words = sorted({word.casefold() for text in _texts("en") for word in _LATIN.findall(text)})
    near: dict[str, list[str]] = {}
    for word in words:
        most = 1 if len(word) < 4 else 2 if len(word) < 8 else 3
        found = process.extract(word, words, scorer=Levenshtein.distance, score_cutoff=most, limit=8)
        near[word] = [other for other, _, _ in found if other != word]
    return near


def _texts(language: Language) -> list[str]:
    from evals.reading.examples import SETS
    from evals.sets.annotated import read_visits
    from evals.sets.labelled_replies import read_replies

    texts = [one.reply for one in read_replies(SETS / "replies") if one.language == language]
    for visit in read_visits(SETS / "visits"):
        if visit.conversation.language == language:
            texts += [turn.text for turn in visit.conversation.turns]
    return texts
