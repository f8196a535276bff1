"""The shipped table: small, read without torch, vectors of length one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from coach.errors import Broken, ModelMissing
from coach.library.embedding import (
    SHIPPED,
    Embedder,
    SentenceTransformersFolder,
    StaticTable,
    chosen_embedder,
)


def test_vectors_have_length_one_and_silence_is_zero() -> None:
    table = StaticTable()
    assert isinstance(table, Embedder)
    vectors = table.embed(["老板嫌贵", "the CFO says no", "", "🙂"])
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors[:2], axis=1) == pytest.approx([1.0, 1.0], abs=1e-5)
    assert not vectors[2].any()


def test_equal_texts_have_equal_vectors_and_traditional_is_simplified() -> None:
    one, other, third = StaticTable().embed(["客戶嫌貴", "客户嫌贵", "质量部的试验箱没有空位"])
    assert one @ other == pytest.approx(1.0, abs=1e-5)
    assert one @ third < 0.7


def test_the_shipped_table_is_small() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) <= 5_000_000


def test_reading_it_needs_no_torch() -> None:
    code = "import sys; from coach.library.embedding import StaticTable; StaticTable().embed(['贵'])\n"
    code += "assert not {'torch', 'transformers', 'sentence_transformers', 'scipy'} & set(sys.modules), sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_a_damaged_table_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "table.npy").write_bytes(b"rubbish")
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(Broken):
        StaticTable(tmp_path).embed(["贵"])
    with pytest.raises(Broken):
        _ = StaticTable(tmp_path / "nowhere").name


def test_the_setting_chooses() -> None:
    assert isinstance(chosen_embedder(""), StaticTable)
    with pytest.raises(ModelMissing):
        chosen_embedder("/nowhere/at/all")


@pytest.mark.models
@pytest.mark.filterwarnings("ignore")
def test_any_sentence_transformers_folder_can_take_its_place(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
    from tokenizers import Tokenizer

    table = np.load(SHIPPED / "table.npy").astype(np.float32)
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    module = StaticEmbedding(tokenizer, embedding_weights=table)
    SentenceTransformer(modules=[module, Normalize()], device="cpu").save(str(tmp_path / "model"))
    other = SentenceTransformersFolder(tmp_path / "model")
    assert other.name.startswith("sentence-transformers/model/")
    texts = ["老板嫌贵，财务没表态", "the cfo says no"]
    pieces = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
    means = np.stack([table[ids].mean(axis=0) for ids in pieces])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    assert np.allclose(other.embed(texts), means, atol=2e-3)
