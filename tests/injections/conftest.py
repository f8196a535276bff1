"""The obedient model, and the texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from coach.reading.llm import LlmEngine
from coach.reading.llm.endpoint import Endpoint
from coach.settings import Settings
from coach.vocabulary import Language
from tests.loopback.server import serving
from tests.practice.talks import engine as offline


@cache
def texts() -> dict[Language, dict[str, list[str]]]:
    """The texts by language and place."""
    found: dict[Language, dict[str, list[str]]] = yaml.safe_load(
        Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8")
    )
    return found


def every(place: str) -> list[tuple[Language, str]]:
    """(language, text) of one place."""
    return [(language, text) for language, of in texts().items() for text in of[place]]


@dataclass(frozen=True)
class Obedient:
    """A model that does what it is told, and what was sent to it."""

    endpoint: Endpoint
    engine: LlmEngine
    seen: list[dict[str, Any]]


@pytest.fixture(scope="module")
def obedient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Obedient]:
    """One for a file of tests."""
    with serving() as (url, seen):
        home = tmp_path_factory.mktemp("home")
        settings = Settings(
            home=home, llm_base_url=url, llm_model="obedient", llm_timeout=10, llm_tokens_per_day=0
        )
        endpoint = Endpoint(settings)
        yield Obedient(endpoint, LlmEngine(endpoint, offline()), seen)
