"""Texts as vectors: one interface, a small table that ships, any sentence-transformers folder instead.

The shipped table was trained on this project's own texts (`evals/matching/train_embedder.py`): a row for
every piece of the tokenizer, float16, and a bridge from what words mean in general (`coach.reading.meaning`) to such
rows. A text is the mean of its pieces' rows and what the bridge makes of its words, at length one, and beside it their
general meaning as it is: for words that the project's texts never used. Tokenizers and numpy read all, torch is not needed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from coach.errors import Broken, ModelMissing
from coach.library.tokens import plain
from coach.reading.meaning import DIMENSIONS, TABLE, meaning

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coach.settings import Settings

    Vectors = NDArray[np.float32]

SHIPPED: Final = Path(__file__).with_name("embedder")
"""Folder of the shipped table: table.npy, bridge.npy, tokenizer.json."""


@runtime_checkable
class Embedder(Protocol):
    """Turns texts into vectors of length one; a text with nothing known in it is all zeros."""

    @property
    def name(self) -> str:
        """What made the vectors, with a hash of its files: an index of another name is built anew."""
        ...

    @property
    def say(self) -> float:
        """How much its ranking counts beside that of the keywords, which counts 1."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of float32 for each text."""
        ...


class StaticTable:
    """The shipped embedder: a table of piece vectors, and the general meanings of words beside it."""

    say = 1.0  # set on evals/sets/match/dev.jsonl
    general: Final = 0.8
    """Length of the general part beside the trained part's one."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        self._folder = folder

    @cached_property
    def name(self) -> str:
        try:
            names = ("table.npy", "bridge.npy", "tokenizer.json")
            content = b"".join(file.read_bytes() for file in (*(self._folder / one for one in names), TABLE))
        except OSError as error:
            raise self._damaged() from error
        return f"static/{hashlib.sha256(content).hexdigest()[:12]}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        tokenizer, table, bridge = self._parts
        told = [plain(text) for text in texts]
        rows = np.zeros((len(texts), table.shape[1]), dtype=np.float32)
        for row, encoding in zip(rows, tokenizer.encode_batch(told, add_special_tokens=False), strict=True):
            if encoding.ids:
                row[:] = table[encoding.ids].mean(axis=0)
        meant = in_general(told)
        return _at_length_one(np.hstack([_at_length_one(rows + meant @ bridge), self.general * meant]))

    @cached_property
    def _parts(self) -> tuple[Any, Vectors, Vectors]:
        import numpy as np
        from tokenizers import Tokenizer

        try:
            table, bridge = (
                np.load(self._folder / name).astype(np.float32) for name in ("table.npy", "bridge.npy")
            )
            return Tokenizer.from_file(str(self._folder / "tokenizer.json")), table, bridge
        except Exception as error:  # tokenizers raises a bare Exception on a damaged file
            raise self._damaged() from error

    def _damaged(self) -> Broken:
        return Broken(
            (
                f"随附的向量表读不出来：{self._folder}",
                f"The shipped embedding table cannot be read: {self._folder}",
            ),
            ("重新安装 peipao。", "Install peipao again."),
        )


def in_general(told: Sequence[str]) -> Vectors:
    """One row for each plain text: what its words mean in general, at length one."""
    import numpy as np

    found = [meaning(text).ravel() for text in told]
    return _at_length_one(np.stack(found) if found else np.zeros((0, 2 * DIMENSIONS), dtype=np.float32))


def _at_length_one(rows: Vectors) -> Vectors:
    """Every row scaled to length one; a row of zeros stays so."""
    import numpy as np

    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-9)
    return scaled


class SentenceTransformersFolder:
    """A sentence-transformers model in a local folder; needs the `models` extra, loads torch when used."""

    say = 1.0

    def __init__(self, folder: Path) -> None:
        """Raises ModelMissing when there is no such folder or the packages are not installed."""
        from importlib.util import find_spec

        if not folder.is_dir():
            raise ModelMissing(
                (f"没有这个向量模型文件夹：{folder}", f"There is no embedding model folder {folder}"),
                (
                    "改 COACH_EMBEDDER，或清空它以使用随附的向量表。",
                    "Set COACH_EMBEDDER, or empty it to use the shipped table.",
                ),
            )
        if find_spec("sentence_transformers") is None:
            raise ModelMissing(
                ("没有安装 sentence-transformers。", "sentence-transformers is not installed."),
                ("运行 `pip install 'peipao[models]'`。", "Run `pip install 'peipao[models]'`."),
            )
        self._folder = folder

    @cached_property
    def name(self) -> str:
        whole = hashlib.sha256()
        for file in sorted(self._folder.rglob("*")):
            if file.is_file():
                whole.update(f"{file.relative_to(self._folder)}:{file.stat().st_size}".encode())
                if file.suffix == ".json":
                    whole.update(file.read_bytes())
        return f"sentence-transformers/{self._folder.name}/{whole.hexdigest()[:12]}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        found = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(self._folder), local_files_only=True)


def chosen_embedder(folder: str, settings: Settings | None = None) -> Embedder:
    """The embedder that the setting names: a model's folder, `endpoint`, or the shipped table when it is empty."""
    if folder == "endpoint" and settings is not None:
        from coach.library.embedding_endpoint import EndpointEmbedder

        return EndpointEmbedder(settings)
    return SentenceTransformersFolder(Path(folder).expanduser()) if folder else StaticTable()
