"""How long the list of contents of a zip is, before anybody reads it: a small file can list millions of parts."""

from __future__ import annotations

from pathlib import Path
from typing import Final

LONGEST_LIST: Final = 4 << 20
"""Bytes; twenty thousand parts with long names need less."""
_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x06"
_TAIL: Final = (1 << 16) + 256


def list_length(path: Path) -> int:
    """Bytes of the central directory as the file announces it; 0 where there is none to be found."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 16:
        return 0
    announced = int.from_bytes(tail[at + 12 : at + 16], "little")
    at_64 = tail.rfind(_END_64, 0, at)
    if at_64 >= 0 and len(tail) >= at_64 + 48:
        announced = max(
            announced if announced != 0xFFFF_FFFF else 0,
            int.from_bytes(tail[at_64 + 40 : at_64 + 48], "little"),
        )
    return announced
