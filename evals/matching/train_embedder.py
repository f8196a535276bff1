"""Trains the shipped embedding table from the project's own texts, in one command and about two minutes:

    python -m evals.matching.train_embedder [OUT]

A Unigram tokenizer is built from all content; every piece gets a random row weighted by how rare it is (an
untrained table already compares words), then the rows move until texts of one trouble lie near each other: a ranking
loss over `pairs.py` in the order of `batches.py`, a plain torch loop. With them moves a bridge, by which the general
meaning of a text's words adds to its rows; some pieces of every text are left out, so that more than one must tell. Out
come table.npy and bridge.npy (float16), tokenizer.json, deal.npy (what tells a deal's trouble from everything else that
people ask) and report.json. The content is small: the table knows it and little else, and the report says how small.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coach.library.embedding import SHIPPED, StaticTable, in_general
from coach.library.tokens import plain
from evals.matching.batches import SIZE, Batches, Twin
from evals.matching.pairs import Pair, all_pairs, all_texts, heard
from evals.matching.situations import situations
from knowledge.loader import load_cases

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PIECES: Final = 5_500
DIMENSIONS: Final = 400  # on the dev queries many dimensions did more than many pieces
EPOCHS: Final = 10
LEFT_OUT: Final = 0.15
"""Share of a text's pieces that are left out each time."""
BRIDGE: Final = 0.05
"""Spread of the bridge's first weights."""
RATE: Final = 2e-3
SEED: Final = 20261121
SCALE: Final = 16.0
"""Inverse temperature of the ranking loss."""
_RIDGE: Final = 10.0


def train(out: Path, *, epochs: int = EPOCHS, seed: int = SEED) -> dict[str, float]:
    """Train and write the table into `out`; returns what `report.json` says."""
    import numpy as np
    import torch
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    torch.manual_seed(seed)
    torch.set_num_threads(1)  # sums in one order: the same table from the same content
    known = situations()
    texts = [*(plain(text) for text in all_texts()), *(telling.text for telling in known.tellings)]
    pairs = [Pair(plain(p.left), plain(p.right), p.group) for p in all_pairs()]
    tokenizer = build_tokenizer(texts)
    rows = StaticEmbedding(tokenizer, embedding_weights=first_rows(tokenizer, texts, seed)).embedding
    pieces, meanings = Pieces(tokenizer), Meanings()

    chance = np.random.default_rng(seed)
    bridge = torch.nn.Linear(in_general([""]).shape[1], DIMENSIONS, bias=False)
    torch.nn.init.normal_(bridge.weight, std=BRIDGE)

    def vectors(sides: Sequence[str]) -> Any:
        ids = [[piece for piece in pieces.of(side) if chance.random() > LEFT_OUT] for side in sides]
        starts = torch.tensor(np.cumsum([0, *(len(one) for one in ids[:-1])]))
        flat = torch.tensor([piece for one in ids for piece in one], dtype=torch.long)
        meant = torch.tensor(np.stack([meanings.of(side) for side in sides]))
        return torch.nn.functional.normalize(rows(flat, starts) + bridge(meant), dim=1)

    steps = max(1, epochs * len(pairs) // SIZE)
    optimizer = torch.optim.Adam([*rows.parameters(), *bridge.parameters()], lr=RATE)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.05, 1.0 - step / steps))
    batches = Batches(pairs, load_cases(faults=[]), known, random.Random(seed))
    losses: list[float] = []
    for _ in range(steps):
        batch = batches.draw()
        left, right = vectors([pair.left for pair in batch]), vectors([pair.right for pair in batch])
        near = (SCALE * left @ right.T).masked_fill(torch.tensor(too_like(batch)), -1e4)
        loss = torch.nn.functional.cross_entropy(near, torch.arange(len(batch)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        losses.append(float(loss.detach()))

    table = rows.weight.detach().numpy().astype(np.float16)
    out.mkdir(parents=True, exist_ok=True)
    np.save(out / "table.npy", table)
    np.save(out / "bridge.npy", bridge.weight.detach().numpy().T.astype(np.float16))
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    np.save(out / "deal.npy", deal_row(StaticTable(out)))
    report = {
        "pieces": float(table.shape[0]),
        "dimensions": float(table.shape[1]),
        "texts": float(len(texts)),
        "characters": float(sum(map(len, texts))),
        "pairs": float(len(pairs)),
        "groups": float(len({pair.group for pair in pairs})),
        "steps": float(steps),
        "first_loss": round(sum(losses[:20]) / len(losses[:20]), 3),
        "last_loss": round(sum(losses[-50:]) / len(losses[-50:]), 3),
    }
    (out / "report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return report


class Pieces:
    """The numbers of a text's pieces, cut once."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._cut: dict[str, list[int]] = {}

    def of(self, text: str) -> list[int]:
        """The piece numbers of a plain text."""
        if text not in self._cut:
            self._cut[text] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return self._cut[text]


class Meanings:
    """What texts mean in general, looked up once."""

    def __init__(self) -> None:
        self._found: dict[str, NDArray[np.float32]] = {}

    def of(self, text: str) -> NDArray[np.float32]:
        """The row of a plain text."""
        if text not in self._found:
            self._found[text] = in_general([text])[0]
        return self._found[text]


def too_like(batch: Sequence[Pair] | Sequence[Twin]) -> list[list[bool]]:
    """Which right sides must not count as wrong for which left ones."""
    return [
        [
            n != m and isinstance(one, Twin) and isinstance(other, Twin) and one.too_like(other)
            for m, other in enumerate(batch)
        ]
        for n, one in enumerate(batch)
    ]


def deal_row(embedder: StaticTable) -> NDArray[np.float32]:
    """What tells a deal's trouble (1) from everything else that people ask (-1), by least squares, both weighing alike.

    Of the deals a third of the weight is on the few that were told for no case: they are short and plain.
    """
    import numpy as np

    from coach.library.astray import elsewhere

    groups = (
        (1 / 3, 1.0, [text for case in load_cases(faults=[]) for text in case.asked_as]),
        (1 / 6, 1.0, [one.text for one in situations().tellings] + [q.text for q in heard() if q.answerable]),
        (1 / 2, -1.0, [*elsewhere(), *(q.text for q in heard() if not q.answerable)]),
    )
    rows = embedder.embed([text for _, _, told in groups for text in told]).astype(np.float64)
    share = np.concatenate([np.full(len(told), part / len(told)) for part, _, told in groups])
    wanted = np.concatenate([np.full(len(told), sign) for _, sign, told in groups])
    weighed = rows * (share * len(rows))[:, None]
    found = np.linalg.solve(weighed.T @ rows + _RIDGE * np.eye(rows.shape[1]), weighed.T @ wanted)
    row: NDArray[np.float32] = found.astype(np.float32)
    return row


def build_tokenizer(texts: Sequence[str]) -> Any:
    """A Unigram tokenizer of `texts`; a character that no text holds is unknown and counts nothing."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Punctuation("removed"),
            pre_tokenizers.Digits(individual_digits=True),
        ]
    )
    trainer = trainers.UnigramTrainer(
        vocab_size=PIECES,
        special_tokens=["<unk>"],
        unk_token="<unk>",
        max_piece_length=8,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.model = models.Unigram(_in_one_order(tokenizer, texts), unk_id=0)
    return tokenizer


def _in_one_order(tokenizer: Any, texts: Sequence[str]) -> list[tuple[str, float]]:
    """The trained pieces, sorted; single characters are scored by how often they occur.

    The trainer gives the same pieces every time, but in another order, and to characters that only occur inside
    longer pieces it gives other scores.
    """
    pieces: list[tuple[str, float]] = [tuple(row) for row in json.loads(tokenizer.to_str())["model"]["vocab"]]
    counts = Counter("".join(texts))
    whole = math.log(counts.total())
    scored = {
        piece: round(score if len(piece) > 1 else math.log(counts[piece] + 0.1) - whole, 6)
        for piece, score in pieces
        if piece != "<unk>"
    }
    return [("<unk>", 0.0), *sorted(scored.items(), key=lambda item: (-item[1], item[0]))]


def first_rows(tokenizer: Any, texts: Sequence[str], seed: int) -> NDArray[np.float32]:
    """Random rows, longer for rarer pieces: their means then compare texts by their rare words."""
    import numpy as np

    counts: Counter[int] = Counter()
    for encoding in tokenizer.encode_batch(list(texts)):
        counts.update(set(encoding.ids))
    size = tokenizer.get_vocab_size()
    rarity = [math.log((len(texts) + 1) / (counts[piece] + 1)) + 0.1 for piece in range(size)]
    random_rows = np.random.default_rng(seed).standard_normal((size, DIMENSIONS)) / math.sqrt(DIMENSIONS)
    rows = random_rows * np.asarray(rarity)[:, None]
    rows[tokenizer.token_to_id("<unk>")] = 0.0
    first: NDArray[np.float32] = rows.astype(np.float32)
    return first


if __name__ == "__main__":
    for key, value in train(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED).items():
        print(f"{key:12} {value:g}")
