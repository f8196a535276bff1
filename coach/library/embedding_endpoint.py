"""The endpoint's own embeddings, through LangChain: for an index whose meaning a bigger model holds.

Texts go as texts, never as token ids: most compatible servers take no others, and counting tokens would download a
vocabulary. What goes to another machine is masked first.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from pydantic import SecretStr

from coach.errors import EngineDown, ModelMissing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coach.settings import Settings

    Vectors = NDArray[np.float32]

BATCH: Final = 64
"""Texts in one call."""
REST: Final = 60.0
"""Seconds for which an endpoint that failed is left alone, so that not every search waits for it in vain."""


class EndpointEmbedder:
    """Embeds with `COACH_LLM_EMBEDDING_MODEL` at the configured endpoint. Raises EngineDown when it does not deliver."""

    say = 1.0

    def __init__(self, settings: Settings) -> None:
        """Raises ModelMissing when no endpoint or no model is named."""
        if not settings.llm_base_url or not settings.llm_embedding_model:
            raise ModelMissing(
                ("没有写明用接口上的哪个向量模型。", "No embedding model of an endpoint is named."),
                (
                    "设 COACH_LLM_BASE_URL 和 COACH_LLM_EMBEDDING_MODEL，或清空 COACH_EMBEDDER。",
                    "Set COACH_LLM_BASE_URL and COACH_LLM_EMBEDDING_MODEL, or empty COACH_EMBEDDER.",
                ),
            )
        self._settings = settings
        self._rests_until = 0.0

    @cached_property
    def name(self) -> str:
        """Model and address: an index of another one is built anew."""
        where = hashlib.sha256(self._settings.llm_base_url.encode()).hexdigest()[:8]
        return f"endpoint/{self._settings.llm_embedding_model}/{where}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length one for each text; an empty text is all zeros."""
        import numpy as np
        import openai

        if time.monotonic() < self._rests_until:
            raise _down()
        sent = [self._sent(text).strip() for text in texts]
        try:
            found = self._client.embed_documents([text or "-" for text in sent])
        except (openai.OpenAIError, ValueError, TypeError, KeyError) as error:
            self._rests_until = time.monotonic() + REST
            raise _down() from error
        made = np.asarray(found, dtype=np.float32)
        rows: Vectors = made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9)
        rows[[number for number, text in enumerate(sent) if not text]] = 0.0
        return rows

    def _sent(self, text: str) -> str:
        """What leaves: masked unless the endpoint is this machine or the settings say otherwise."""
        if not self._settings.llm_masks:
            return text
        from coach.privacy.masking import mask

        return mask(text).text

    @cached_property
    def _client(self) -> Any:
        from langchain_openai import OpenAIEmbeddings

        settings = self._settings
        key = settings.llm_api_key
        return OpenAIEmbeddings(
            openai_api_base=settings.llm_base_url,
            model=settings.llm_embedding_model,
            openai_api_key=key if key.get_secret_value() else SecretStr("none"),
            check_embedding_ctx_length=False,
            chunk_size=BATCH,
            request_timeout=settings.llm_timeout,
            max_retries=settings.llm_retries,
        )


def _down() -> EngineDown:
    return EngineDown(
        (
            "接口上的向量模型没有回应，或回答不成形。",
            "The endpoint's embedding model did not deliver.",
        ),
        (
            "检查 COACH_LLM_EMBEDDING_MODEL，或清空 COACH_EMBEDDER 用自带的词表。",
            "Check COACH_LLM_EMBEDDING_MODEL, or empty COACH_EMBEDDER to use the shipped table.",
        ),
    )
