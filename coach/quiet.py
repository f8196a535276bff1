"""What other people's packages must be told, before they are imported, so that nothing leaves the machine."""

from __future__ import annotations

import os
from typing import Final

QUIET: Final[dict[str, str]] = {
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime's Linux wheels look up an events host otherwise
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",  # lifted only inside `coach models pull`
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "LANGSMITH_TRACING": "false",
    "TOKENIZERS_PARALLELISM": "false",
}


def keep_quiet() -> None:
    """Tell every dependency to stay off the network; called first by every entry point and by the tests."""
    for key, value in QUIET.items():
        os.environ.setdefault(key, value)
