"""A user's own model under the same tables: the llm engine around whichever offline reader is measured, taped.

`--record FILE` keeps every answer; `--replay FILE` measures again from it, asks nobody, and gives the same table.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from coach.errors import Unavailable

if TYPE_CHECKING:
    from coach.reading.engine import Engine
    from coach.reading.offline import OfflineEngine

Around = Callable[["OfflineEngine"], "Engine"]
"""From an offline reader to the engine that is measured."""
Which = Literal["offline", "llm"]


def around(engine: str, record: Path | None, replay: Path | None) -> Around | None:
    """What puts the configured model in front of a reader; None measures the reader alone.

    Raises Unavailable when the llm engine is asked for and none is configured.
    """
    if engine == "offline":
        return None
    from coach.reading.llm import LlmEngine
    from coach.reading.llm.endpoint import Endpoint
    from coach.reading.llm.tape import Tape
    from coach.settings import Settings

    settings = Settings()
    if not settings.llm_base_url or not settings.llm_model:
        raise Unavailable(
            ("没有配置模型。", "No model is configured."),
            (
                "设 COACH_LLM_BASE_URL 和 COACH_LLM_MODEL。",
                "Set COACH_LLM_BASE_URL and COACH_LLM_MODEL.",
            ),
        )
    tape = Tape(replay, "replay") if replay else Tape(record, "record") if record else None
    endpoint = Endpoint(settings, tape)
    return lambda offline: LlmEngine(endpoint, offline)
