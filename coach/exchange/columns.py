"""Which column holds which field: guessed from the heads, corrected by the one who imports.

A head that names a field is that field. Two heads are looked into, because people put two things under them: 结果 and
状态 are the outcome when what stands below them are outcomes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from coach.errors import BadInput
from coach.exchange.fields import BY_PATH, Field, field_called
from coach.exchange.rows import Cell
from coach.exchange.terms import term

_MAY_BE_OUTCOME: Final = ("result.summary", "status", "stage")
_MOSTLY: Final = 0.8
_A_WORD: Final = 10
"""Nobody tells a story in so few characters."""
NOTHING: Final = ("", "-")
"""A column mapped to this is left out."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Column number -> path of its field, and the heads that stand for nothing here."""

    columns: Mapping[int, str]
    heads: tuple[str, ...]
    unknown: tuple[str, ...]

    def cells(self, row: Sequence[str]) -> dict[str, Cell]:
        """The cells of a row by field; of two columns of one field the words of both, one below the other."""
        found: dict[str, Cell] = {}
        for number, path in self.columns.items():
            words = row[number] if number < len(row) else ""
            if not words.strip() and path in found:
                continue
            before = found.get(path)
            joined = f"{before.words}\n{words}" if before and before.words.strip() else words
            found[path] = Cell(joined, self.heads[number])
        return found

    def told(self) -> list[tuple[str, str]]:
        """(head, field) in the order of the columns."""
        return [(self.heads[number], path) for number, path in sorted(self.columns.items())]


def mapped(
    heads: Sequence[str], rows: Sequence[Sequence[str]], said: Mapping[str, str] | None = None
) -> Columns:
    """The mapping of a sheet by its heads, the first rows below them, and what was `said` (head -> field)."""
    wanted = _said(said or {})
    columns: dict[int, str] = {}
    for number, head in enumerate(heads):
        if head.strip() in wanted:
            field = wanted[head.strip()]
            if field is not None:
                columns[number] = field.path
        elif head.strip() and (field := field_called(head)) is not None:
            columns[number] = field.path
    if "outcome" not in columns.values():
        for path in _MAY_BE_OUTCOME:
            held = next((n for n, one in columns.items() if one == path), None)
            if held is not None and heads[held].strip() not in wanted and _outcomes(held, rows):
                columns[held] = "outcome"
                break
    unknown = tuple(
        head
        for n, head in enumerate(heads)
        if head.strip() and n not in columns and head.strip() not in wanted
    )
    return Columns(columns, tuple(heads), unknown)


def _said(said: Mapping[str, str]) -> dict[str, Field | None]:
    """What `--map` says, with the fields found; raises BadInput for a field that is none."""
    found: dict[str, Field | None] = {}
    for head, name in said.items():
        field = None if name.strip() in NOTHING else field_called(name)
        if field is None and name.strip() not in NOTHING:
            some = ", ".join(list(BY_PATH)[:14])
            raise BadInput(
                (f"没有“{name}”这一栏", f"There is no field “{name}”"),
                (f"可以写：{some} ……", f"Fields are: {some} …"),
            )
        found[head.strip()] = field
    return found


def _outcomes(number: int, rows: Sequence[Sequence[str]]) -> bool:
    """Whether what stands in this column are outcomes."""
    held = [words for row in rows if number < len(row) and (words := row[number].strip())]
    meant = sum(term("outcome", words) is not None for words in held)
    return bool(meant) and (meant >= _MOSTLY * len(held) or max(map(len, held)) <= _A_WORD)
