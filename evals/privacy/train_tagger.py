"""Teaches the tagger of names, firms and addresses, in one command and half a minute:

    python -m evals.privacy.train_tagger [--folds]

Sentences with what is private marked (`evals/sets/masking`, all but the sealed ones) and sentences of the handbooks make
the model; English words that the project's own texts write small make the list of ordinary ones. With `--folds` nothing is written: every fifth of the
sentences is judged by a model taught on the others, and the table says how well.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from coach.privacy import tagger
from coach.privacy.clues import ORDINARY, clues, tokens
from coach.privacy.han import Cut
from coach.privacy.spans import Private
from evals.privacy.masking import SETS, Labelled, score, sentences
from knowledge.loader import load_handbooks

FOLDS: Final = 5
OFTEN: Final = 2
"""A clue or an ordinary word is kept when it was seen so many times."""
EVERY: Final = 3
_SMALL: Final = re.compile(r"(?<![A-Za-z])[a-z]{2,}(?:'[a-z]+)?(?![A-Za-z])")
_TEXTS: Final = (
    "knowledge/**/*.yaml",
    "knowledge/**/*.md",
    "scenarios/en/*.yaml",
    "evals/sets/visits/**/*.visit",
)
_ROOT: Final = Path(__file__).parents[2]


def marked() -> list[Labelled]:
    """The sentences that the tagger may learn from."""
    files = [*sorted(SETS.glob("written-*.txt")), *sorted((SETS / "taught").glob("*.txt"))]
    return [one for file in files for one in sentences(file)]


def nobodys() -> list[Labelled]:
    """Sentences of the handbooks, every third: prose, headings and tables in which nobody is named."""
    told = [
        line.strip(" |#*->")
        for book in load_handbooks(faults=[])
        for section in book.sections
        for line in section.text.split("\n")
    ]
    return [
        Labelled(f"handbook:{n}", line, frozenset()) for n, line in enumerate(told[::EVERY]) if len(line) > 3
    ]


def ordinary() -> list[str]:
    """English words that the project's texts write small, sorted."""
    seen = Counter(
        word
        for pattern in _TEXTS
        for file in sorted(_ROOT.glob(pattern))
        for word in _SMALL.findall(file.read_text(encoding="utf-8", errors="ignore"))
    )
    return sorted(word for word, often in seen.items() if often >= OFTEN)


def teach(told: Sequence[Labelled], out: Path) -> None:
    """Write the model that these sentences make."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(
        {
            "c1": 0.1,
            "c2": 0.05,
            "max_iterations": 120,
            "feature.minfreq": OFTEN,
            "feature.possible_transitions": True,
        }
    )
    for one in told:
        row = tokens(one.text)
        if row:
            trainer.append(clues(Cut(one.text), row), [_label(one, token.start, token.end) for token in row])
    trainer.train(str(out))


def _label(one: Labelled, start: int, end: int) -> str:
    for first, last, kind in one.private:
        if kind in tagger.TAUGHT and start < last and first < end:
            return f"{'B' if start <= first else 'I'}-{kind}"
    return "O"


def in_folds(told: Sequence[Labelled]) -> Iterator[str]:
    """A line a kind: what models find that were taught without the sentences they judge."""
    rows = [
        replace(one, private=frozenset(it for it in one.private if it[2] in tagger.TAUGHT)) for one in told
    ]
    random.Random(1).shuffle(rows)
    marked, found, right = Counter[str](), Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(FOLDS):
            model = Path(folder) / f"{fold}.crf"
            teach([*nobodys(), *(one for n, one in enumerate(rows) if n % FOLDS != fold)], model)
            seen = score(rows[fold::FOLDS], partial(_found, model))
            for total, part in ((marked, seen.marked), (found, seen.found), (right, seen.right)):
                total.update(part)
    for kind in tagger.TAUGHT:
        yield f"{kind:8} {right[kind]:4} right of {marked[kind]:4}, {found[kind]:4} found"


def _found(model: Path, text: str) -> list[Private]:
    return tagger.tagged(Cut(text), model)


def main(arguments: Sequence[str]) -> None:
    """Teach and write, or judge in folds."""
    if "--folds" in arguments:
        print("\n".join(in_folds(marked())))
        return
    ORDINARY.write_text("\n".join(ordinary()) + "\n", encoding="utf-8")
    teach([*marked(), *nobodys()], tagger.ARTEFACT)
    print(f"{len(marked())} sentences, {tagger.ARTEFACT.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
