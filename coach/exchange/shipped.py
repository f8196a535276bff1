"""The cases that ship, asked one at a time: an import of fifty thousand rows reads no more of them than it names."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from knowledge.loader import case_files, read_case
from knowledge.schema import Case


def shipped_cases() -> Callable[[str], Case | None]:
    """Gives the shipped case of an id, or None; its id is the name of its file."""
    files = {file.stem: file for file in case_files()}

    @lru_cache(maxsize=512)
    def shipped(case_id: str) -> Case | None:
        return read_case(files[case_id]) if case_id in files else None

    return shipped
