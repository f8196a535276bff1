"""The demo model's vocabulary: 256 bytes, one token a hanzi of the pool, English pieces, Whisper's marks.

What faster-whisper and CTranslate2 demand, and fail over silently or strangely when it is missing:

- the empty string is a token, else CTranslate2 takes the model for English-only and drops the language mark;
- text tokens come first, then the marks in Whisper's order, then 1,501 timestamps up to the very end;
- all 256 bytes exist, and " -", " '" and the first byte of " ♪" are single tokens: faster-whisper suppresses
  the first token of each, which would otherwise be the bare space.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MARKS: Final = (
    "<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|zh|>", "<|translate|>", "<|transcribe|>",
    "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>",
)  # fmt: skip
TIMES: Final = 1501
"""Timestamps 0.00 to 30.00 in steps of 0.02 s."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokenizer with the ids that training and the model's configuration need."""

    tokenizer: Tokenizer
    marks: dict[str, int]
    first_time: int
    size: int

    def encode(self, text: str) -> list[int]:
        """Text to ids, no marks added."""
        return list(self.tokenizer.encode(text, add_special_tokens=False).ids)

    def time(self, seconds: float) -> int:
        """The timestamp token, rounded to 0.1 s as in the training labels."""
        return self.first_time + min(TIMES - 1, max(0, round(seconds * 10) * 5))


def build_vocabulary(
    chinese: Iterable[str], english: Iterable[str], *, english_pieces: int = 420
) -> Vocabulary:
    """The vocabulary of a sentence pool; the same pool gives the same ids."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    byte_of = _byte_characters()
    merges: list[tuple[str, str]] = []
    # A trained BPE over Chinese would merge whole clauses; two merges a hanzi make one token a character.
    for hanzi in sorted({character for text in chinese for character in text if ord(character) > 127}):
        parts = [byte_of[byte] for byte in hanzi.encode("utf-8")]
        while len(parts) > 1:
            merges.append((parts[0], parts[1]))
            parts[:2] = [parts[0] + parts[1]]
    merges += [(byte_of[0x20], byte_of[0x2D]), (byte_of[0x20], byte_of[0x27]), (byte_of[0x20], byte_of[0xE2])]

    learned = Tokenizer(models.BPE())
    learned.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    learned.train_from_iterator(
        list(english),
        trainers.BpeTrainer(
            vocab_size=256 + english_pieces, min_frequency=1, initial_alphabet=alphabet, show_progress=False
        ),
    )
    merges += _merges_of(learned)
    merges = list(dict.fromkeys(merges))

    pieces = dict.fromkeys([*alphabet, *(left + right for left, right in merges), ""])
    ids = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.BPE(vocab=ids, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(mark, special=True, normalized=False) for mark in MARKS])
    marks = {mark: int(tokenizer.token_to_id(mark) or 0) for mark in MARKS}
    if list(marks.values()) != list(range(len(ids), len(ids) + len(MARKS))):
        raise ValueError("the marks must follow the text tokens in order")
    first_time = len(ids) + len(MARKS)
    return Vocabulary(tokenizer, marks, first_time, first_time + TIMES)


def _merges_of(tokenizer: Tokenizer) -> list[tuple[str, str]]:
    import json

    return [(left, right) for left, right in json.loads(tokenizer.to_str())["model"]["merges"]]


def _byte_characters() -> dict[int, str]:
    """GPT-2's printable stand-in for each byte."""
    printable = [
        *range(ord("!"), ord("~") + 1),
        *range(ord("¡"), ord("¬") + 1),
        *range(ord("®"), ord("ÿ") + 1),
    ]
    shifted = [byte for byte in range(256) if byte not in printable]
    return {byte: chr(byte) for byte in printable} | {byte: chr(256 + n) for n, byte in enumerate(shifted)}
