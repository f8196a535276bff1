"""Rough copies of labelled words for training: padded with talk that says nothing, misheard as a machine mishears.

Made on the fly and never stored; a copy keeps its labels, its writer and (in a visit) its marks.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from coach.vocabulary import Language
from evals.reading.examples import SETS
from evals.reading.misheard import Misheard, misheard
from evals.sets.annotated import AnnotatedVisit, GoldItem
from evals.sets.labelled_replies import LabelledReply

PADDED: Final = 0.65
"""Share of the copied replies that get filler."""
HEARD_BADLY: Final = 0.5
"""Share of the copied replies that are misheard as well."""
WORST: Final = 0.22
"""Highest character error rate in training."""
_SEAM: Final = re.compile(r"[，。！？；,;!?](?!\d)|\.(?=\s)")


def rough_reply(reply: LabelledReply) -> LabelledReply:
    """A copy, padded or misheard or both; the same one every time."""
    rng = random.Random(f"reply {reply.batch} {reply.id}")
    text = reply.reply
    pad = rng.random() < PADDED
    if pad:
        text = padded(text, reply.language, rng)
    context = reply.context
    if not pad or rng.random() < HEARD_BADLY:
        rate = rng.uniform(0.03, WORST)
        text = misheard(text, rate, rng, reply.language).text
        context = tuple((role, misheard(said, rate, rng, reply.language).text) for role, said in context)
    return replace(reply, reply=text, context=context)


def padded(text: str, language: Language, rng: random.Random) -> str:
    """`text` with one to four fillers before, between or behind its clauses."""
    comma, stop = ("，", "。") if language == "zh" else (", ", ". ")
    seams = [0, 0, *(match.end() for match in _SEAM.finditer(text)), len(text)]
    for place in sorted(rng.choices(seams, k=rng.choice((1, 1, 2, 2, 3, 4))), reverse=True):
        words = rng.choice(fillers()[language]) + (comma if rng.random() < 0.75 else stop)
        if place == len(text) and text and text[-1].isalnum():
            words = comma + words
        blank = " " if language == "en" and place and text[place - 1 : place] != " " else ""
        text = text[:place] + blank + words + text[place:].lstrip()
    return text


@lru_cache(maxsize=1)
def fillers() -> dict[Language, tuple[str, ...]]:
    """What people say when they say nothing, by language."""
    return _listed("fillers.yaml")


@lru_cache(maxsize=1)
def idle() -> dict[Language, tuple[str, ...]]:
    """More of it, by language, that is put around nothing."""
    return _listed("idle.yaml")


@lru_cache(maxsize=1)
def solid() -> dict[Language, tuple[str, ...]]:
    """Short pieces that sound like chat and do say something, by language."""
    return _listed("solid.yaml")


def _listed(file: str) -> dict[Language, tuple[str, ...]]:
    import yaml

    raw = yaml.safe_load((SETS / file).read_text("utf-8"))
    return {"zh": tuple(raw["zh"]), "en": tuple(raw["en"])}


def rough_visit(visit: AnnotatedVisit, rate: float | None = None) -> AnnotatedVisit:
    """A copy misheard at `rate` (by default one of its own), with the marks on what is left of their words."""
    rng = random.Random(f"visit {visit.id} {rate}")
    chosen = rng.uniform(0.03, WORST) if rate is None else rate
    talk = visit.conversation
    heard = {turn.number: misheard(turn.text, chosen, rng, talk.language) for turn in talk.turns}
    turns = tuple(replace(turn, text=heard[turn.number].text) for turn in talk.turns)
    return replace(
        visit,
        conversation=replace(talk, turns=turns),
        items=tuple(_carried(visit.items, heard)),
    )


def _carried(items: Sequence[GoldItem], heard: Mapping[int, Misheard]) -> list[GoldItem]:
    kept = []
    for item in items:
        turn = heard[item.turn]
        place = turn.carried(item.start, item.end)
        if place is not None:
            kept.append(replace(item, start=place[0], end=place[1], quote=turn.text[place[0] : place[1]]))
    return kept
