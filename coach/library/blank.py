"""Unused places of a vector index, blanked: hnswlib writes them out as they lie in memory, with whatever lay there.

A process that has just read a transcript would leave pieces of it in the next index build; nobody would look for
them there, and erasing the visit would not take them away.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

_HEAD: Final = struct.Struct("<iQQQQ")
"""Version 1, offset of level 0, places in all, places taken, bytes of a place: as Chroma's hnswlib writes them."""


def blank_unused(folder: Path) -> int:
    """Zero every place that is not taken in the vector files below a folder; how many bytes that were.

    The vectors must be closed. A file whose head is none that we know is left as it is.
    """
    blanked = 0
    for header in folder.rglob("header.bin"):
        places = header.with_name("data_level0.bin")
        head = header.read_bytes()[: _HEAD.size]
        if len(head) < _HEAD.size or not places.is_file():
            continue
        version, _, most, taken, size = _HEAD.unpack(head)
        if version != 1 or places.stat().st_size != most * size or taken > most:
            continue
        with places.open("rb+") as file:
            file.seek(taken * size)
            for _ in range(most - taken):
                file.write(bytes(size))
        blanked += (most - taken) * size
    return blanked
