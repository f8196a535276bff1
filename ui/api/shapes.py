"""What is sent and what comes back, as data; descriptions are Chinese, then English."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from coach.visits.record import Record
from coach.vocabulary import (
    Language,
    Outcome,
    Stage,
)
from knowledge.schema import Case
from ui.api.errors import Trouble

LONGEST_TALK = 400_000
"""Characters of a transcript; a visit of four hours has about 80,000."""


def writable(text: str) -> str:
    """Text that every store takes."""
    if "\x00" in text:
        raise ValueError("a null character")
    return text


Line = Annotated[str, StringConstraints(max_length=200), AfterValidator(writable)]
Words = Annotated[str, StringConstraints(max_length=8_000), AfterValidator(writable)]
Talk = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TALK), AfterValidator(writable)]


class Me(BaseModel):
    """Whose token this is; on one's own machine without accounts `login` is empty."""

    login: str
    name: str
    roles: list[str]
    team: str
    scopes: list[str] | None = Field(description="令牌能做什么。 · What the token is for.")


class RecordAsked(BaseModel):
    """A transcript to be read."""

    text: Talk = Field(description="文字稿。 · The transcript.")
    date: dt.date | None = Field(None, description="拜访日期。 · Day of the visit.")
    rep: Line | None = Field(None, description="哪个说话人是销售。 · The rep's label in the transcript.")
    language: Language | None = Field(None, description="不写就自动判断。 · Detected when left out.")
    name: Line = Field("transcript.txt", description="文件名。 · Name of the file.")


class Job(BaseModel):
    """A recording or transcript on its way to a visit."""

    id: str
    name: str
    kind: Literal["recording", "transcript"]
    state: Literal["queued", "running", "waiting", "done", "failed", "cancelled"]
    step: str | None
    seconds_done: float = Field(description="听写到第几秒。 · Seconds of sound heard.")
    seconds_total: float | None
    visit: str | None = Field(description="完成后的拜访编号。 · Id of the visit, once done.")
    error: Trouble | None


class JobAnswer(BaseModel):
    """What was queued; ask `GET /api/jobs/{job}` how it stands."""

    job: Job


class JobList(BaseModel):
    """This person's jobs, newest first."""

    jobs: list[Job]


class Queued(BaseModel):
    """Ids of what was queued."""

    jobs: list[str]


class VisitRow(BaseModel):
    """One visit in the list."""

    id: str
    source_name: str
    visited_on: dt.date | None
    confirmed: bool


class VisitList(BaseModel):
    """The latest visits."""

    visits: list[VisitRow]


class VisitAnswer(BaseModel):
    """One visit: the machine's record untouched, what people changed, and the record as it stands now."""

    id: str
    record: Record = Field(description="机器读出的记录。 · As the machine read it.")
    now: Record = Field(description="加上人工修改。 · With what people put right.")
    form: dict[str, str] = Field(description="访后跟进表。 · The post-visit form.")
    confirmed: bool


class MatchAsked(BaseModel):
    """A deal before the meeting; only the text is needed."""

    text: Words = Field(min_length=1, description="客户什么情况，卡在哪儿。 · The deal in your own words.")
    industry: Line | None = None
    size: Annotated[int, Field(ge=0, le=10**9)] | Annotated[str, StringConstraints(max_length=40)] | None = (
        Field(None, description="人数或规模档。 · People, or a size band.")
    )
    pain: list[Line] = Field(default=[], max_length=20, description="痛点词。 · Pain words.")
    stage: Stage | None = None
    language: Language | None = None
    k: int = Field(3, ge=1, le=20, description="要几个战例。 · How many cases.")


class MatchedCase(BaseModel):
    """One case, why it is here and where it differs."""

    case_id: str
    title: str
    score: float
    why: list[str]
    differs: list[str]


class Tip(BaseModel):
    """One line for the meeting and where it comes from."""

    text: str
    source: str


class MatchAnswer(BaseModel):
    """Up to `k` cases, or an honest none."""

    cases: list[MatchedCase]
    abstained: bool
    tips: list[Tip]
    notes: list[str] = Field(description="这次有什么不一样。 · What was different this time.")


class CaseRow(BaseModel):
    """One case in the list."""

    id: str
    title: str
    language: Language
    outcome: Outcome
    industry: str
    one_line: str
    state: str


class CaseList(BaseModel):
    """Cases, `total` of them; `offset` goes on."""

    cases: list[CaseRow]
    total: int


class CaseAnswer(BaseModel):
    """One case; whose words it holds and who reviewed it stays with the trainers."""

    state: str
    case: Case


class CaseAsked(BaseModel):
    """A case: the four questions of the short form, or a whole case as YAML."""

    title: Line = ""
    outcome: Outcome | None = None
    happened: Words = Field("", description="经过，一两句就行。 · What happened, a sentence or two.")
    words: list[Line] = Field(default=[], max_length=8, description="管用的话。 · Words that worked.")
    industry: Line = ""
    language: Language = "zh"
    yaml: Annotated[str, StringConstraints(max_length=100_000), AfterValidator(writable)] = Field(
        "", description="整份战例，写了它别的都不看。 · The whole case; the other fields are then not read."
    )
    amounts: bool = Field(False, description="金额也遮住。 · Mask amounts too.")
    review: bool = Field(False, description="直接交审；不写就是草稿。 · Hand it in; else it stays a draft.")


class CaseKept(BaseModel):
    """What came of it: what was masked, by kind, and which cases are much alike."""

    id: str
    state: str
    masked: dict[str, int]
    alike: list[str]


class Member(BaseModel):
    """One person's figures of thirty days."""

    name: str
    practices: int
    passed: int
    mean: float | None
    exams_passed: int
    confirmed: int
    missing: str


class TeamAnswer(BaseModel):
    """The manager's own team; numbers, never words."""

    team: str
    people: list[Member]
