"""The sentence pool: scripts of the six sample visits, and the only sentences that the demo Whisper knows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import TypeAdapter

from coach.vocabulary import Language, Role

POOL: Final = Path(__file__).with_name("pool.yaml")
LABELS: Final[dict[Language, dict[Role, str]]] = {
    "zh": {"rep": "销售", "customer": "客户"},
    "en": {"rep": "Rep", "customer": "Customer"},
}


@dataclass(frozen=True, slots=True)
class SampleVisit:
    """One script: who says what, and with which two espeak-ng variants (rep, customer)."""

    name: str
    language: Language
    date: dt.date
    channels: Literal["mono", "stereo"]
    voices: tuple[str, str]
    title: str
    turns: tuple[tuple[Role, str], ...]


def read_pool(path: Path = POOL) -> tuple[SampleVisit, ...]:
    """Every script of the pool, in the order of the file."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    return TypeAdapter(tuple[SampleVisit, ...]).validate_python(raw["visits"])


def sentences(language: Language) -> tuple[str, ...]:
    """The distinct sentences of one language, in the order in which the scripts say them."""
    lines = (text for visit in read_pool() if visit.language == language for _, text in visit.turns)
    return tuple(dict.fromkeys(lines))
