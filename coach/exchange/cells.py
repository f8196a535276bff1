"""One cell of a spreadsheet, or the words under a heading, as a value of a case and back.

    line    as it stands
    text    as it stands, line breaks kept
    lines   one saying a line; in a stranger's sheet also `；`, and `、` where every piece is short
    terms   terms of the vocabulary by any of their names
    things  YAML; in a stranger's sheet plain lines become the thing's first words

What is written here is read back equal.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, Final, assert_never

from coach.errors import BadContent
from coach.exchange.fields import Field, plain_key
from coach.exchange.terms import choices, term
from coach.plain_yaml import plain_values

_BULLET: Final = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.、)）]|[（(]\d{1,2}[)）])\s*")
_SHORT: Final = 14
_YES: Final = ("是", "yes", "true", "1", "y")
_TERMED: Final = ("outcome", "stage", "customer.size", "objection_types")


def value_of(field: Field, words: str) -> Any:
    """The value that `words` say for `field`. Raises BadContent that says what is wrong and what to write."""
    if field.form == "line":
        return _termed(field, words.strip()) if field.path in _TERMED else _day(field, words.strip())
    if field.form == "text":
        return words
    if field.form == "flag":
        return words.strip().casefold() in _YES
    if field.form == "lines":
        return _listed(words)
    if field.form == "terms":
        return [_termed(field, one) for one in _listed(words, short=40)]
    if field.form == "things":
        return _things(field, words)
    assert_never(field.form)


def words_of(field: Field, value: Any) -> str:
    """How `value` is written into one cell, so that `value_of` gives it back."""
    if field.form in ("line", "text"):
        return value.isoformat() if isinstance(value, dt.date) else str(value)
    if field.form == "flag":
        return "yes" if value else "no"
    if field.form in ("lines", "terms"):
        lines = [str(one) for one in value]
        plain = "\n".join(lines)
        return plain if _listed(plain) == lines else _yaml(lines)
    return _yaml(value)


def _termed(field: Field, words: str) -> str:
    found = term(field.path, words)
    if found is None:
        raise BadContent(
            (f"看不懂“{words[:40]}”", f"“{words[:40]}” is not understood"),
            (f"写成其中之一：{choices(field.path, 'zh')}", f"Write one of: {choices(field.path, 'en')}"),
        )
    return found


def _day(field: Field, words: str) -> str:
    """A day in whatever form people write it, as YYYY-MM-DD; other lines as they stand."""
    if field.path not in ("contributed_on", "reviewed_on", "freshness.review_due"):
        return words
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?", words)
    try:
        if match is None:
            raise ValueError
        return dt.date(*map(int, match.groups())).isoformat()
    except ValueError:
        raise BadContent(
            (f"“{words[:40]}”不是一个日子", f"“{words[:40]}” is not a day"),
            ("写成 2026-11-22 这样", "Write it like 2026-11-22"),
        ) from None


def _listed(words: str, short: int = _SHORT) -> list[str]:
    """A list: YAML when it begins like one, else lines, else pieces between `；` or, if all are short, `、`."""
    found = _as_yaml(words) if words.startswith("- ") else None
    if isinstance(found, list) and all(isinstance(one, str) for one in found):
        return found
    for splitter in (_by_lines, _by(r"[；;]"), _by(r"[、,，/|]", short)):
        if len(pieces := splitter(words)) > 1:
            return pieces
    return _by_lines(words)


def _by_lines(words: str) -> list[str]:
    return [one for line in words.splitlines() if (one := _BULLET.sub("", line).strip())]


def _by(marks: str, longest: int = 10_000) -> Callable[[str], list[str]]:
    def split(words: str) -> list[str]:
        pieces = [piece.strip() for piece in re.split(marks, words) if piece.strip()]
        return pieces if all(len(piece) <= longest for piece in pieces) else [words]

    return split


def _things(field: Field, words: str) -> Any:
    key = plain_key(field.path)
    found = _as_yaml(words) if key is None or words.startswith(("- ", "[")) else None
    if isinstance(found, list) and found and all(isinstance(one, dict) for one in found):
        return found
    if isinstance(found, dict) and key is None:
        return found  # one line with a colon would look like a mapping too
    if key is None:
        raise BadContent(
            ("这一栏要写成 YAML 列表", "This field must be a list in YAML"),
            (
                "先导出一条战例，照它的样子写；不填也行",
                "Export a case and write it like that, or leave it empty",
            ),
        )
    return [{key: line.strip('“”"')} for line in _by_lines(words)]


def _as_yaml(words: str) -> Any:
    try:
        return plain_values(words)
    except ValueError:
        return None


def _yaml(value: Any) -> str:
    import yaml

    dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(value, Dumper=dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return text.rstrip("\n")
