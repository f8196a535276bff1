"""The words of a text as the keyword index counts them: Chinese words, English stems, shared meanings.

Beside the words stand concept tokens (`=price_high`), one for every group of synonyms.yaml and every term
of the glossary of which a phrase occurs, so that a rep who says 嫌贵 finds the case that says 价格压不下来.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from knowledge.loader import load_glossary

if TYPE_CHECKING:
    from opencc import OpenCC

_HAN_RUN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_LATIN: Final = re.compile(r"[a-z][a-z0-9]*(?:['’-][a-z0-9]+)*|[0-9]+[a-z][a-z0-9]*")


def plain(text: str) -> str:
    """The text in one spelling: width, case, and simplified characters (a traditional text is converted)."""
    flat = unicodedata.normalize("NFKC", text).casefold()
    return _simplified(flat) if any(_maybe_traditional(run) for run in _HAN_RUN.findall(flat)) else flat


def words(text: str) -> list[str]:
    """The content words of `text` in order: Chinese words of two characters and more, English stems."""
    return _words_of_plain(plain(text))


def tokens(text: str) -> list[str]:
    """What the keyword index counts: words, runs of two, and concepts.

    Runs of two characters (`~供应`) make up for words that the dictionary cuts wrongly (嫌年|费贵); runs of
    two English words (`~spare_part`) tell a phrase from words that merely both occur.
    """
    flat = plain(text)
    found = _words_of_plain(flat)
    runs = [
        f"~{run[n : n + 2]}"
        for run in _HAN_RUN.findall(flat)
        for n in range(len(run) - 1)
        if run[n] not in _GLUE and run[n + 1] not in _GLUE and run[n : n + 2] not in _stopwords()
    ]
    english = [word for word in found if word.isascii()]
    runs += [f"~{first}_{second}" for first, second in itertools.pairwise(english)]
    return [*found, *runs, *(f"={concept}" for concept in _concepts_in_plain(flat))]


def concepts(text: str, least: float = 0.0) -> frozenset[str]:
    """The groups of synonyms.yaml and the terms of the glossary of which `text` holds a phrase.

    With `least`, only groups whose phrase makes up at least that share of the text.
    """
    return frozenset(_concepts_in_plain(plain(text), least))


@lru_cache(maxsize=1)
def rules_hash() -> str:
    """Changes when words, stop words, synonyms or glossary would give other tokens (12 hex digits)."""
    files = [Path(__file__), *(Path(__file__).with_name(name) for name in ("synonyms.yaml", "stopwords.txt"))]
    whole = hashlib.sha256(b"".join(file.read_bytes() for file in files))
    whole.update(repr(load_glossary().entries).encode())
    return whole.hexdigest()[:12]


def stem(word: str) -> str:
    """An English word without its plainest endings; good enough to join prices, priced and price."""
    base = word.split("'")[0].split("’")[0]
    for ending, put, least in (("ies", "y", 5), ("ing", "", 6), ("ed", "", 5), ("es", "", 5), ("s", "", 4)):
        if base.endswith(ending) and len(base) >= least and not base.endswith("ss"):
            base = base[: -len(ending)] + put
            break
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "aeiouls":
        base = base[:-1]
    return base.removesuffix("e") if len(base) > 3 else base


_GLUE: Final = frozenset("的了是我你您他她它们这那个在有就还也都吗呢吧啊着过把被给")


def _words_of_plain(flat: str) -> list[str]:
    found: list[str] = []
    at = 0
    for run in _HAN_RUN.finditer(flat):
        found.extend(_english(flat[at : run.start()]))
        found.extend(w for w in _cut(run.group()) if len(w) > 1 and w not in _stopwords())
        at = run.end()
    found.extend(_english(flat[at:]))
    return found


def _english(flat: str) -> list[str]:
    return [stem(word) for word in _LATIN.findall(flat) if word not in _stopwords() and len(word) > 1]


def _stems(flat: str) -> str:
    """All Latin words as stems between blanks, so that a phrase is found as whole words."""
    return " " + " ".join(stem(word) for word in _LATIN.findall(flat)) + " "


def _cut(run: str) -> list[str]:
    import rjieba

    return list(rjieba.cut_for_search(run))


def _concepts_in_plain(flat: str, least: float = 0.0) -> list[str]:
    stems = _stems(flat)
    shortest_zh, shortest_en = least * len(flat), least * (len(stems) - 2)
    phrases = _phrases()
    starts = {flat[n : n + 2] for n in range(len(flat) - 1)} | set(flat) | set(stems.split())
    found = {
        name
        for start in starts & phrases.keys()
        for phrase, name in phrases[start]
        if (phrase in stems and len(phrase) - 2 >= shortest_en)
        or (phrase[0] != " " and phrase in flat and len(phrase) >= shortest_zh)
    }
    return sorted(found)


@lru_cache(maxsize=1)
def _stopwords() -> frozenset[str]:
    lines = Path(__file__).with_name("stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Phrases and their concepts by what they begin with, so that a text asks only for what it may hold.

    Chinese phrases begin with two characters; English ones are stems between blanks and begin with a word.
    """
    import yaml

    text = Path(__file__).with_name("synonyms.yaml").read_text(encoding="utf-8")
    groups: dict[str, Sequence[str]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    groups |= {f"term:{term.term}": term.names for term in load_glossary().entries}
    made: dict[str, list[tuple[str, str]]] = {}
    for name, phrases in groups.items():
        for phrase in phrases:
            flat = unicodedata.normalize("NFKC", str(phrase)).casefold()
            if _HAN_RUN.search(flat):
                made.setdefault(flat[:2], []).append((flat, name))
            elif stems := _stems(flat).split():
                made.setdefault(stems[0], []).append((f" {' '.join(stems)} ", name))
    return made


def _maybe_traditional(run: str) -> bool:
    """GB 2312 holds the simplified characters of daily use; what is outside it may be traditional."""
    try:
        run.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _simplified(text: str) -> str:
    return str(_converter().convert(text))


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")
