"""The match set: deals as reps tell them, each with the cases that would help, graded 0 to 3.

JSONL, one query a line: {"id","lang","text","industry","size","pain":[…],"relevant":{case_id: grade}}; all
but id and text may be missing. An empty `relevant` says that nothing in the library fits; a missing one, that
nobody judged (the query is then predicted, not scored).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach.deals.match import NewDeal
from coach.errors import BadInput
from coach.vocabulary import Language

SHIPPED: Final = Path(__file__).parents[1] / "sets" / "match"


class Query(BaseModel):
    """One deal and what is known about its right answers."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    text: str
    lang: Language | None = None
    industry: str | None = None
    size: str | int | None = None
    pain: tuple[str, ...] | None = None
    relevant: dict[str, int] | None = Field(None)

    @property
    def deal(self) -> NewDeal:
        """The query as the product takes it."""
        return NewDeal.model_validate(
            {
                "text": self.text,
                "industry": self.industry,
                "size": self.size,
                "pain": self.pain or (),
                "language": self.lang,
            }
        )

    @property
    def answerable(self) -> bool:
        """Whether some case would help."""
        return any(grade > 0 for grade in (self.relevant or {}).values())


def read_queries(data: Path) -> list[Query]:
    """The queries of a JSONL file, or of every one in a folder; raises BadInput with file and line."""
    files = sorted(data.glob("*.jsonl")) if data.is_dir() else [data]
    found: list[Query] = []
    for file in files:
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeError) as error:
            raise BadInput((f"读不出来：{file}", f"Cannot be read: {file}")) from error
        for number, line in enumerate(lines, 1):
            if line.strip():
                found.append(_query(line, f"{file}:{number}"))
    if not found:
        raise BadInput((f"{data} 里没有题目", f"There is no query in {data}"))
    return found


def _query(line: str, where: str) -> Query:
    try:
        return Query.model_validate(json.loads(line))
    except (ValidationError, ValueError) as error:
        raise BadInput((f"{where} 不是一道题：{error}", f"{where} is not a query: {error}")) from error
