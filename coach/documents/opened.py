"""A file from outside, looked at before anything reads it: what it is, how large, and whether it would swell.

Nothing is believed that the name says; sizes are capped before a byte is unpacked.
"""

from __future__ import annotations

import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from coach.documents.packed import LONGEST_LIST, list_length
from coach.errors import BadInput

Kind = Literal["xlsx", "csv", "markdown", "docx", "pptx", "pdf", "json", "yaml"]

MOST_MB: Final[dict[Kind, int]] = {
    "xlsx": 100,
    "csv": 200,
    "markdown": 20,
    "docx": 100,
    "pptx": 200,
    "pdf": 200,
    "json": 200,
    "yaml": 20,
}
"""Larger files are refused."""
_UNPACKED_MB: Final = 1024
_SWELLS: Final = 200
"""An honest office file grows five to thirty times when it is unpacked."""
_PARTS: Final = 20_000
_SUFFIXES: Final[dict[str, Kind]] = {
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "markdown",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".pptx": "pptx",
    ".pdf": "pdf",
    ".json": "json",
    ".jsonl": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
}
_INSIDE: Final[dict[str, Kind]] = {
    "xl/workbook.xml": "xlsx",
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
}
_PACKED: Final = b"PK\x03\x04"
_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Word, Excel and PowerPoint files before 2007 begin, and encrypted ones of today."""
OFFICE: Final = (_PACKED, _OLD)
"""How what may be an office file begins."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that may be read, and how."""

    path: Path
    kind: Kind

    @property
    def tabular(self) -> bool:
        """Whether its rows are cases."""
        return self.kind in ("xlsx", "csv")


def opened(path: Path) -> Opened:
    """Look at a file. Raises BadInput when it is missing, empty, too large, swells when unpacked, or is nothing known."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise BadInput(
            (f"打不开 {path.name}", f"{path.name} cannot be opened: {error.strerror or error}"),
            ("看看路径和权限。", "Check the path and its permissions."),
        ) from error
    if not size:
        raise BadInput(
            (f"{path.name} 是空的", f"{path.name} is empty"), ("换一个文件。", "Take another file.")
        )
    kind = _kind(path, start)
    if size > MOST_MB[kind] * 1_000_000:
        raise BadInput(
            (
                f"{path.name} 有 {size // 1_000_000} MB，上限 {MOST_MB[kind]} MB",
                f"{path.name} has {size // 1_000_000} MB; the limit is {MOST_MB[kind]} MB",
            ),
            ("拆成几个小文件再导。", "Split it into smaller files."),
        )
    return Opened(path, kind)


def _kind(path: Path, start: bytes) -> Kind:
    if start.startswith(_PACKED):
        return _office(path)
    if start.startswith(b"%PDF"):
        return "pdf"
    if start.startswith(_OLD):
        raise BadInput(
            (f"{path.name} 是老格式，或者加了密码", f"{path.name} is in the old format, or has a password"),
            (
                "用 Office 或 WPS 打开，去掉密码，另存为 xlsx、docx 或 pptx。",
                "Open it, take the password off, save as xlsx, docx or pptx.",
            ),
        )
    kind = _SUFFIXES.get(path.suffix.lower())
    if kind in ("xlsx", "docx", "pptx", "pdf"):
        raise BadInput(
            (f"{path.name} 名字像 {kind}，里面不是", f"{path.name} is called {kind}, but is none"),
            ("重新导出一次再试。", "Export it again and retry."),
        )
    if kind is None:
        raise BadInput(
            (f"不认识 {path.name} 这种文件", f"{path.name} is of no kind that is known here"),
            (
                "可以导 xlsx、csv、md、docx、pptx、pdf、json、yaml。",
                "Import xlsx, csv, md, docx, pptx, pdf, json or yaml.",
            ),
        )
    return kind


def _office(path: Path) -> Kind:
    """The kind of a packed file, by what is in it; its parts are added up before any is unpacked."""
    try:
        if list_length(path) > LONGEST_LIST:
            raise _too_many(path)
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise BadInput(
            (f"{path.name} 坏了，打不开", f"{path.name} is damaged"),
            ("重新下载或另存一次。", "Download it or save it again."),
        ) from error
    unpacked = sum(part.file_size for part in parts)
    packed_size = max(1, sum(part.compress_size for part in parts))
    if len(parts) > _PARTS:
        raise _too_many(path)
    swells = unpacked > 50_000_000 and unpacked / packed_size > _SWELLS
    if unpacked > _UNPACKED_MB * 1_000_000 or swells:
        raise BadInput(
            (
                f"{path.name} 解开有 {unpacked // 1_000_000} MB，不像正常的文件，没有打开",
                f"{path.name} would unpack to {unpacked // 1_000_000} MB, unlike an honest file; it was not opened",
            ),
            ("把内容另存成新文件，或拆小。", "Save the content as a new file, or split it."),
        )
    names = {part.filename for part in parts}
    for inside, kind in _INSIDE.items():
        if inside in names:
            return kind
    raise BadInput(
        (f"{path.name} 是压缩包，不是 Office 文件", f"{path.name} is an archive, not an office file"),
        ("解开以后，一个一个导。", "Unpack it and import the files."),
    )


def _too_many(path: Path) -> BadInput:
    return BadInput(
        (
            f"{path.name} 里塞了太多东西，不像正常的文件，没有打开",
            f"{path.name} lists more parts than an honest file; it was not opened",
        ),
        ("把内容另存成新文件，或拆小。", "Save the content as a new file, or split it."),
    )
