"""Recordings spoiled at random: what a broken telephone, a broken disk and somebody with bad intentions send."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from evals.speech.encode import FORMATS, RATE, encode

Mutation = Callable[[random.Random, bytearray], None]


def sound_ones(folder: Path, *, seconds: float = 2.0) -> list[tuple[str, bytes]]:
    """One short recording of each format: its name and its bytes."""
    at = np.arange(int(seconds * RATE)) / RATE
    wave = 0.2 * np.sin(2 * np.pi * 200 * at) * (1 + np.sin(2 * np.pi * 3 * at))
    samples = (wave * 32767).astype(np.int16)[:, None]
    return [(form.name, encode(folder / "sound", samples, form).read_bytes()) for form in FORMATS]


def mutants(whole: Sequence[tuple[str, bytes]], rounds: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """`rounds` spoiled files, each with the words that say how; the seed decides everything."""
    for number in range(rounds):
        rng = random.Random(f"{seed}/{number}")
        name, origin = rng.choice(whole)
        content = bytearray(origin)
        chosen = rng.choices(list(MUTATIONS), k=rng.choice((1, 1, 2, 3)))
        for mutation in chosen:
            if content:
                MUTATIONS[mutation](rng, content)
        yield f"#{number} {name}: {', '.join(chosen)}", bytes(content)


def _flip(rng: random.Random, content: bytearray) -> None:
    for _ in range(rng.choice((1, 8, 64, 512))):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def _flip_head(rng: random.Random, content: bytearray) -> None:
    for _ in range(rng.choice((1, 3, 10))):
        content[rng.randrange(min(len(content), 256))] = rng.randrange(256)


def _great_numbers(rng: random.Random, content: bytearray) -> None:
    """Lengths, rates and counts become what no recorder writes."""
    for _ in range(rng.choice((1, 2, 6))):
        at = rng.randrange(max(1, min(len(content), rng.choice((64, 512, 1 << 30)))))
        value = rng.choice(
            (b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f", bytes(4), b"\x00\x00\x00\x01")
        )
        content[at : at + 4] = value


def _cut(rng: random.Random, content: bytearray) -> None:
    del content[rng.randrange(len(content)) :]


def _hole(rng: random.Random, content: bytearray) -> None:
    start = rng.randrange(len(content))
    del content[start : start + rng.randrange(1, 1 + len(content) // 2)]


def _zeros(rng: random.Random, content: bytearray) -> None:
    start = rng.randrange(len(content))
    length = min(rng.randrange(1, 4000), len(content) - start)
    content[start : start + length] = bytes(length)


def _again(rng: random.Random, content: bytearray) -> None:
    start = rng.randrange(len(content))
    piece = content[start : start + rng.randrange(1, 3000)]
    content[start:start] = piece * rng.choice((2, 5, 40))


def _strange(rng: random.Random, content: bytearray) -> None:
    start = rng.randrange(len(content))
    content[start:start] = rng.randbytes(rng.randrange(1, 3000))


MUTATIONS: Final[dict[str, Mutation]] = {
    "flipped bits": _flip,
    "another head": _flip_head,
    "great numbers": _great_numbers,
    "cut off": _cut,
    "a hole": _hole,
    "zeros": _zeros,
    "a piece again": _again,
    "strange bytes": _strange,
}
