"""Strangers' documents, taken apart in a child process with bounds on memory, time and what it may tell."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coach.errors import BadInput

if TYPE_CHECKING:
    from coach.documents.opened import Opened

PATIENCE: Final = 90.0
"""Seconds in which the child says nothing at all before we stop waiting."""
LONGEST_LINE: Final = 200 << 20
"""Bytes of one line: the longest text that the child may tell, as JSON writes Chinese."""

Record = tuple[int, tuple[str, ...]]
"""The number of a row as people see it, and its cells as words."""


def sheets_apart(file: Opened) -> Generator[tuple[str, Record | None], None, None]:
    """(sheet, None) where a sheet begins, then (sheet, row) for each of its rows. Raises BadInput."""
    name = ""
    for line in _told(file):
        if line[0] == "sheet":
            name = str(line[1])
            yield name, None
        elif line[0] == "row":
            yield name, (int(line[1]), tuple(str(cell) for cell in line[2]))


def text_apart(file: Opened) -> str:
    """The words of a document as Markdown. Raises BadInput."""
    with closing(_told(file)) as lines:
        return "".join(str(line[1]) for line in lines if line[0] == "text")


def _told(file: Opened) -> Generator[list[Any], None, None]:
    """What the child tells, until its end; who stops listening ends it."""
    command = [sys.executable, "-m", "coach.documents.apart_child", file.kind, str(file.path.resolve())]
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert child.stdout is not None
    try:
        for raw in _lines(child.stdout.fileno(), file.path):
            line = _parsed(raw, file.path)
            match line[0]:
                case "end":
                    return
                case "refused":
                    raise BadInput((line[1][0], line[1][1]), (line[2][0], line[2][1]))
                case "too_big":
                    raise _too_big(file.path)
                case _:
                    yield line
        raise _damaged(file.path)
    finally:
        child.kill()
        child.stdout.close()
        child.wait()


def _lines(pipe: int, path: Path) -> Generator[bytes, None, None]:
    held = bytearray()
    looked = 0
    while True:
        ready, _, _ = select.select([pipe], [], [], PATIENCE)
        if not ready or len(held) > LONGEST_LINE:
            raise _too_big(path)
        piece = os.read(pipe, 1 << 16)
        if not piece:
            return
        held += piece
        while (end := held.find(b"\n", looked)) >= 0:
            yield bytes(held[:end])
            del held[: end + 1]
            looked = 0
        looked = len(held)


def _parsed(raw: bytes, path: Path) -> list[Any]:
    try:
        line = json.loads(raw)
    except ValueError:
        raise _damaged(path) from None
    if not isinstance(line, list) or not line:
        raise _damaged(path)
    return [_storable(one) for one in line]


def _storable(told: Any) -> Any:
    """Words without half characters, which some fonts of some PDFs lead to."""
    if isinstance(told, str):
        return told.encode("utf-8", "replace").decode()
    return [_storable(one) for one in told] if isinstance(told, list) else told


def _too_big(path: Path) -> BadInput:
    return BadInput(
        (
            f"{path.name} 解开后太大，不像正常的文件，没有收",
            f"{path.name} unpacks to more than an honest file; it was not taken",
        ),
        ("把内容另存成新文件，或拆小再导。", "Save the content as a new file, or split it."),
    )


def _damaged(path: Path) -> BadInput:
    return BadInput(
        (f"{path.name} 读不出来，可能坏了", f"{path.name} cannot be read; it may be damaged"),
        ("用 Office 或 WPS 打开，另存一次再导。", "Open it, save it again, and import that."),
    )
