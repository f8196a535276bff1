"""New recordings of the pool: voices, speeds and pitches outside of the training, in a new order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from coach.vocabulary import Language
from evals.speech.corpus import HELD_OUT
from evals.speech.pool import sentences
from evals.speech.synthesize import Spoken, Voice, record, write_opus

SPEEDS: Final = (155, 175, 200, 230)
PITCHES: Final = (35, 46, 50, 60)
SENTENCES: Final = 16
PLAN: Final[tuple[tuple[Language, bool], ...]] = (
    ("zh", True),
    ("zh", False),
    ("en", False),
    ("zh", True),
    ("zh", False),
    ("en", True),
    ("zh", True),
    ("en", False),
)
"""(language, stereo) of each recording."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A recording written for one measurement, and what is said in it, in order of time."""

    path: Path
    reference: str
    voices: tuple[Voice, Voice]
    spoken: tuple[Spoken, ...]


def fresh_recordings(folder: Path, *, seed: int = 20261121) -> Iterator[Fresh]:
    """Write the recordings of PLAN into `folder`, one at a time; the seed decides sentences and voices."""
    for number, (language, stereo) in enumerate(PLAN):
        rng = np.random.default_rng([seed, number])
        men = [variant for variant in HELD_OUT if variant.startswith("m")]
        women = [variant for variant in HELD_OUT if variant.startswith("f")]
        pair = [str(rng.choice(men)), str(rng.choice(women))]
        rng.shuffle(pair)
        one, two = (Voice(variant, int(rng.choice(SPEEDS)), int(rng.choice(PITCHES))) for variant in pair)
        said = rng.permutation(np.array(sentences(language), dtype=object))[:SENTENCES]
        lines = [(position % 2, str(text)) for position, text in enumerate(said)]
        samples, spoken = record(lines, language, (one, two), seed=seed + number, stereo=stereo)
        path = folder / f"fresh-{number + 1}-{language}-{'stereo' if stereo else 'mono'}.ogg"
        write_opus(path, samples)
        yield Fresh(path, "".join(line.text for line in spoken), (one, two), tuple(spoken))
