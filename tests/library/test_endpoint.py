"""What the library does with an endpoint: its embeddings in place of the table's, and answers that cite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.app import Coach
from coach.deals.match import NewDeal
from coach.errors import EngineDown, ModelMissing
from coach.library.ask import ask
from coach.library.embedding import Embedder, chosen_embedder
from coach.library.library import OLDER_OR_TABLE, Library
from coach.library.search import WORDS_ALONE
from coach.library.written import borne_out, write
from coach.reading.fallback import fallbacks
from coach.reading.llm.endpoint import Endpoint
from coach.reading.llm.writer import LlmWriter
from coach.settings import Settings
from tests.loopback.server import serving


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The loopback model."""
    with serving() as it:
        yield it


def _settings(served: tuple[str, list[dict[str, Any]]], home: Path, model: str = "good") -> Settings:
    return Settings(
        home=home, llm_base_url=served[0], llm_model=model, llm_embedding_model=model, llm_retries=0,
        embedder="endpoint", llm_timeout=5,
    )  # fmt: skip


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_endpoints_vectors_are_texts_in_and_length_one_out(
    served: tuple[str, list[dict[str, Any]]], home: Path
) -> None:
    settings = _settings(served, home)
    embedder = chosen_embedder("endpoint", settings)
    assert isinstance(embedder, Embedder)
    assert embedder.name.startswith("endpoint/good/")
    served[1].clear()
    vectors = embedder.embed(["老板嫌贵", "the CFO says no", "老板嫌贵", ""])
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors[:3], axis=1) == pytest.approx([1.0] * 3, abs=1e-5)
    assert vectors[0] @ vectors[2] == pytest.approx(1.0, abs=1e-5)
    assert vectors[0] @ vectors[1] < 0.7
    assert not vectors[3].any()
    assert served[1][0]["input"][0] == "老板嫌贵"
    with pytest.raises(EngineDown):
        chosen_embedder("endpoint", _settings(served, home, "fail-500")).embed(["贵"])
    with pytest.raises(ModelMissing):
        chosen_embedder("endpoint", Settings(home=home))


def test_an_answer_is_written_in_sentences_that_their_passages_bear_out(
    library: Library, served: tuple[str, list[dict[str, Any]]], home: Path
) -> None:
    answer = ask(library, "客户说没预算，要先试过什么才能记无预算", "zh")
    writer = LlmWriter(Endpoint(_settings(served, home)))
    written = write(answer, library, writer)
    assert written.sentences
    assert written.engine.startswith("llm/good/prompts-")
    for one in written.sentences:
        assert "99 万" not in one.text
        assert one.source.startswith("handbook:zh-")
        assert one.passage in answer.passages
    assert write(answer, library, None).sentences == ()
    down = write(answer, library, LlmWriter(Endpoint(_settings(served, home, "fail-500"))))
    assert down.sentences == ()
    assert down.note
    nothing = ask(library, "火星上的移民签证怎么办理", "zh")
    served[1].clear()
    assert write(nothing, library, writer).sentences == ()
    assert served[1] == []


def test_a_sentence_that_adds_a_figure_or_other_words_is_not_borne_out() -> None:
    passage = "先问能不能分期，再问下个季度有没有，两样都试过才记无预算。"
    assert borne_out("先问能不能分期，再问下个季度有没有。", passage)
    assert not borne_out("先问能不能分三十期，再问下个季度有没有。", passage)
    assert not borne_out("直接打五折，客户就会签。", passage)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_while_the_endpoint_is_down_words_alone_are_matched_and_it_is_said(home: Path) -> None:
    asked = "客户嫌年费贵，说司机记个表也行"
    with serving() as up:
        settings = _settings(up, home)
        library = Library(settings)
        with fallbacks() as told:
            before = library.search(asked, "zh")
        assert told == []
        assert any(hit.dense for hit in before)
    with fallbacks() as told:
        after = library.search(asked, "zh")
        assert library.search(asked, "zh") == after
    assert told == [WORDS_ALONE]
    assert after
    assert not any(hit.dense for hit in after)
    assert [hit.entry for hit in after] == [hit.entry for hit in library.search(asked, "zh", leg="keyword")]
    library.close()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_without_an_index_and_without_the_endpoint_the_shipped_table_stands_in(home: Path) -> None:
    settings = Settings(home=home, llm_base_url="http://127.0.0.1:9/v1", llm_model="x", llm_embedding_model="x",
                        llm_retries=0, embedder="endpoint")  # fmt: skip
    coach = Coach(settings.model_copy(update={"engine": "offline"}))
    found = coach.match(NewDeal(text="冷链车队，老板嫌年费贵，说司机记个表也行，财务没表态"))
    assert found.notes == (OLDER_OR_TABLE[0],)
    assert found.cases or found.abstained
    assert coach.library.status().embedder != "endpoint"
    coach.library.close()
    coach.database.close()
