"""The llm engine: any OpenAI-compatible endpoint proposes, code aligns every quote, the offline rules may veto."""

from coach.reading.llm.engine import LlmEngine

__all__ = ["LlmEngine"]
