"""`coach eval handbook`: does a rep's question find the section that answers, and is there silence when none does?

The questions are in other words than the handbooks, and about half of those without an answer are what a rep might
really ask (commission, expenses). One author wrote them and said which sections answer; no second rater has checked
that. `dev` set the threshold, `test` did not.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.conversation import language_of
from coach.errors import BadInput
from coach.library.ask import Answer, ask
from coach.library.library import Library
from coach.settings import Settings
from coach.vocabulary import Language
from evals.matching.figures import Estimate, estimate

SHIPPED: Final = Path(__file__).parents[1] / "sets" / "handbook"
COLUMNS: Final = ("hit@1", "hit@3", "none, nothing answers", "none, something answers")


class Question(BaseModel):
    """One question; `sections` are the links that answer it, none when the handbooks are silent about it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    text: str
    lang: Language | None = None
    sections: tuple[str, ...] = ()

    @property
    def language(self) -> Language:
        """The language it is asked in."""
        return self.lang or language_of([self.text])


def evaluate_handbook(data: Path | None = None, predictions: Path | None = None) -> None:
    """Print one table for the shipped dev and test sets, or for `data`; write what was answered."""
    from rich.console import Console
    from rich.table import Table

    files = [data] if data else [SHIPPED / "dev.jsonl", SHIPPED / "test.jsonl"]
    written: list[str] = []
    table = Table("", "n", *COLUMNS, title="handbook")
    with tempfile.TemporaryDirectory() as home:
        library = Library(Settings(home=Path(home)))
        for file in files:
            questions = read_questions(file)
            answers = [ask(library, one.text, one.language) for one in questions]
            for name, only in ((file.stem, None), ("  zh", "zh"), ("  en", "en")):
                both = [
                    pair for pair in zip(questions, answers, strict=True) if only in (None, pair[0].language)
                ]
                if both:
                    cells = (cell.text() for cell in figures(both))
                    table.add_row(name, str(len(both)), *cells)
            written += [_prediction(*pair) for pair in zip(questions, answers, strict=True)]
        library.close()
    Console().print(table)
    if predictions:
        predictions.write_text("\n".join(written) + "\n", encoding="utf-8")


def figures(asked: Sequence[tuple[Question, Answer]]) -> list[Estimate]:
    """One estimate a column; a question that was answered with none has no hit."""
    answerable = [pair for pair in asked if pair[0].sections]
    silent = [pair for pair in asked if not pair[0].sections]
    return [
        *(estimate([_hit(question, answer, depth) for question, answer in answerable]) for depth in (1, 3)),
        estimate([float(answer.none) for _, answer in silent]),
        estimate([float(answer.none) for _, answer in answerable]),
    ]


def read_questions(file: Path) -> list[Question]:
    """The questions of a JSONL file; raises BadInput with file and line."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeError) as error:
        raise BadInput((f"读不出来：{file}", f"Cannot be read: {file}")) from error
    found = [_question(line, f"{file}:{n}") for n, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise BadInput((f"{file} 里没有问题", f"There is no question in {file}"))
    return found


def _question(line: str, where: str) -> Question:
    try:
        return Question.model_validate(json.loads(line))
    except (ValidationError, ValueError) as error:
        raise BadInput((f"{where} 不是一个问题：{error}", f"{where} is not a question: {error}")) from error


def _hit(question: Question, answer: Answer, depth: int) -> float:
    return float(any(passage.link in question.sections for passage in answer.passages[:depth]))


def _prediction(question: Question, answer: Answer) -> str:
    links = [passage.link for passage in answer.passages]
    return json.dumps({"id": question.id, "sections": links, "abstained": answer.none}, ensure_ascii=False)
