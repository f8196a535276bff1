"""Cases: found for a deal, listed, read, handed in as drafts."""

from __future__ import annotations

from pathlib import Path as File
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import FastAPI, Path, Query
from pydantic import ValidationError

from coach.errors import BadInput, NotFound
from coach.vocabulary import Language
from ui.api.caller import Caller, Here
from ui.api.errors import RESPONSES, Asked
from ui.api.shapes import (
    CaseAnswer,
    CaseAsked,
    CaseKept,
    CaseList,
    CaseRow,
    Line,
    MatchAnswer,
    MatchAsked,
)
from ui.words import WORDS

if TYPE_CHECKING:
    from coach.curation.drafts import Draft
    from knowledge.schema import Case

CaseId = Annotated[str, Path(pattern=r"^[^\x00-\x1f]{1,120}$")]
_FOR_TRAINERS: Final[dict[str, Any]] = {
    "case": {"owner": True, "reviewed_by": True, "evidence": {"__all__": {"source": True}}}
}


def case_routes(api: FastAPI) -> None:
    """Add match and cases."""

    @api.post("/match", operation_id="match", responses=RESPONSES)
    def match(asked: MatchAsked, here: Here) -> MatchAnswer:
        from coach.deals.match import NewDeal

        try:
            deal = NewDeal.model_validate(asked.model_dump(exclude={"k"}))
        except ValidationError as error:
            raise Asked([{**one, "loc": ("body", *one["loc"])} for one in error.errors()]) from None
        found = here.coach.match(deal, asked.k)
        return MatchAnswer.model_validate(found.model_dump(mode="json"))

    @api.get("/cases", operation_id="cases", responses=RESPONSES)
    def cases(
        here: Here,
        language: Language | None = None,
        q: Annotated[Line, Query(description="标题或一句话里的词。 · Words of title or line.")] = "",
        mine: Annotated[
            bool, Query(description="这里写的，不论状态。 · Those written here, in any state.")
        ] = False,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
        offset: Annotated[int, Query(ge=0, le=10**6)] = 0,
    ) -> CaseList:
        words = q.casefold().split()
        rows = [
            row
            for row in (_own(here) if mine else _shelf(here, language))
            if language in (None, row.language)
            and all(word in f"{row.title} {row.one_line}".casefold() for word in words)
        ]
        return CaseList(cases=rows[offset : offset + limit], total=len(rows))

    @api.get(
        "/cases/{case}",
        operation_id="case",
        response_model=CaseAnswer,
        response_model_exclude=_FOR_TRAINERS,
        responses=RESPONSES,
    )
    def case(case: CaseId, here: Here) -> CaseAnswer:
        from coach.curation.desk import case_of

        try:
            return CaseAnswer(state="published", case=here.coach.library.case(case))
        except NotFound:
            kept = here.coach.curation.load(case)
            return CaseAnswer(state=kept.state, case=case_of(kept))

    @api.post("/cases", operation_id="case_submit", status_code=201, responses=RESPONSES)
    def submit(asked: CaseAsked, here: Here) -> CaseKept:
        made = here.coach.curation.submit(_draft(asked, here), keep=not asked.review)
        return CaseKept(
            id=made.kept.case_id,
            state=made.kept.state,
            masked={str(kind): many for kind, many in made.masked.items()},
            alike=[twin.case_id for twin in made.twins],
        )


def _draft(asked: CaseAsked, here: Caller) -> Draft:
    from coach.curation.drafts import ShortWords, from_words, from_yaml

    if asked.yaml:
        shelf = here.coach.curation.linkable()
        return from_yaml(asked.yaml, File("case.yaml"), amounts=asked.amounts, shelf=shelf)
    if asked.outcome is None:
        raise BadInput(WORDS["api_no_outcome"], WORDS["api_no_outcome_next"])
    words = ShortWords(
        asked.title, asked.outcome, asked.happened, "\n".join(asked.words), industry=asked.industry
    )
    return from_words(words, asked.language, amounts=asked.amounts)


def _shelf(here: Caller, language: Language | None) -> list[CaseRow]:
    return [_row(one, "published") for one in here.coach.library.cases(language)]


def _own(here: Caller) -> list[CaseRow]:
    from coach.curation.desk import case_of

    return [_row(case_of(one), one.state) for one in here.coach.curation.all()]


def _row(case: Case, state: str) -> CaseRow:
    return CaseRow(
        id=case.id,
        title=case.title,
        language=case.language,
        outcome=case.outcome,
        industry=case.industry,
        one_line=case.one_line,
        state=state,
    )
