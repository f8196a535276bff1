"""Looking for words in every place where a home keeps anything, in every way in which they may be written."""

from __future__ import annotations

import html
import io
import json
import tarfile
import zipfile
from pathlib import Path

CUSTOMER = "晟宏食品包装"
"""A customer that no shipped file knows."""


def spellings(words: str) -> list[bytes]:
    """UTF-8, as JSON escapes it, UTF-16 both ways, as HTML escapes it, GBK."""
    escaped = json.dumps(words)[1:-1]
    return [
        words.encode(),
        escaped.encode(),
        escaped.replace("\\", "\\\\").encode(),
        words.encode("utf-16-le"),
        words.encode("utf-16-be"),
        "".join(f"&#{ord(one)};" for one in words).encode(),
        html.escape(words).encode(),
        words.encode("gb18030"),
    ]


def holding(folder: Path, words: str) -> list[str]:
    """Every file below a folder that holds the words: raw bytes, free pages and logs too; packed files part by part."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            found += [str(file.relative_to(folder)) + inside for inside in _in(file.read_bytes(), words)]
    return found


def _in(content: bytes, words: str) -> list[str]:
    found = [""] if any(one in content for one in spellings(words)) else []
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                found += [f"!{name}{more}" for more in _in(packed.read(name), words)]
    elif content[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(content)) as tar:
            for member in tar:
                opened = tar.extractfile(member)
                found += [f"!{member.name}{more}" for more in _in(opened.read(), words)] if opened else []
    return found
