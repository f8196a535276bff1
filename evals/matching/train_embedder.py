"""Trains the shipped embedding table from the project's own texts, in one command and about a minute:

    python -m evals.matching.train_embedder [OUT]

A Unigram tokenizer is built from all content; every piece gets a random row weighted by how rare it is (an
untrained table already compares words), then the rows move until texts of one trouble lie near each other:
MultipleNegativesRankingLoss over `pairs.py`, a plain torch loop. Out come table.npy (float16),
tokenizer.json and report.json. The content is small: the table knows it and little else, and the report
says how small.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coach.library.embedding import SHIPPED
from coach.library.tokens import plain
from evals.matching.pairs import Pair, all_pairs, all_texts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PIECES: Final = 5_500
DIMENSIONS: Final = 400  # on the dev queries many dimensions did more than many pieces
EPOCHS: Final = 6
BATCH: Final = 96
RATE: Final = 2e-3
SEED: Final = 20261121
SCALE: Final = 16.0
"""Inverse temperature of the ranking loss."""


def train(out: Path, *, epochs: int = EPOCHS, seed: int = SEED) -> dict[str, float]:
    """Train and write the table into `out`; returns what `report.json` says."""
    import numpy as np
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    random.seed(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(1)  # sums in one order: the same table from the same content
    texts = [plain(text) for text in all_texts()]
    pairs = [Pair(plain(p.left), plain(p.right), p.group) for p in all_pairs()]
    tokenizer = build_tokenizer(texts)
    first = first_rows(tokenizer, texts, seed)

    module = StaticEmbedding(tokenizer, embedding_weights=first)
    model = SentenceTransformer(modules=[module, Normalize()], device="cpu")
    loss_of = MultipleNegativesRankingLoss(model, scale=SCALE)
    steps = max(1, epochs * len(pairs) // BATCH)
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.05, 1.0 - step / steps))
    losses: list[float] = []
    for batch in batches(pairs, steps, random.Random(seed)):
        sides = [
            model.preprocess([pair.left for pair in batch]),
            model.preprocess([pair.right for pair in batch]),
        ]
        loss = loss_of(sides, None)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        losses.append(float(loss.detach()))

    table = module.embedding.weight.detach().numpy().astype(np.float16)
    out.mkdir(parents=True, exist_ok=True)
    np.save(out / "table.npy", table)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    report = {
        "pieces": float(table.shape[0]),
        "dimensions": float(table.shape[1]),
        "texts": float(len(texts)),
        "characters": float(sum(map(len, texts))),
        "pairs": float(len(pairs)),
        "groups": float(len({pair.group for pair in pairs})),
        "steps": float(steps),
        "first_loss": round(sum(losses[:20]) / len(losses[:20]), 3),
        "last_loss": round(sum(losses[-20:]) / len(losses[-20:]), 3),
    }
    (out / "report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return report


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


def batches(pairs: Sequence[Pair], steps: int, chance: random.Random) -> Iterator[list[Pair]]:
    """`steps` batches in which no group occurs twice; every group has the same chance."""
    by_group: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_group.setdefault(pair.group, []).append(pair)
    groups = sorted(by_group)
    for _ in range(steps):
        chosen = chance.sample(groups, min(BATCH, len(groups)))
        yield [chance.choice(by_group[group]) for group in chosen]


if __name__ == "__main__":
    for key, value in train(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED).items():
        print(f"{key:12} {value:g}")
