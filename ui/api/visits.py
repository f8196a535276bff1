"""Visits: a transcript becomes a record at once, a recording becomes a job, jobs become visits."""

from __future__ import annotations

import datetime as dt
from pathlib import Path as File
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Path, Query, Request, UploadFile
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from coach.errors import BadInput
from coach.privacy.consent import HOWS, SCOPES, Agreed, How, Scope
from coach.visits.record import Record
from ui.api.caller import Caller, Here, laid_down
from ui.api.errors import RESPONSES, Asked, Trouble
from ui.api.shapes import (
    Job,
    JobAnswer,
    JobList,
    Line,
    Queued,
    RecordAsked,
    VisitAnswer,
    VisitList,
    VisitRow,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData

    from coach.store.jobs import StoredJob

Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
_SHOWN = 200
_MANY = 40
_HOW = "怎么同意的。 · How they agreed."
_SCOPE = "可以用来做什么，后一档含前一档。 · What it may be used for; each word holds those before it."
_FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {
            "type": "string",
            "format": "binary",
            "description": "文字稿或录音。 · A transcript or a recording.",
        },
        "date": {
            "type": "string",
            "format": "date",
            "description": "拜访日期。 · Day of the visit.",
        },
        "rep": {
            "type": "string",
            "description": "哪个说话人是销售。 · The rep's label.",
        },
        "language": {"type": "string", "enum": ["zh", "en"]},
        "consent": {
            "type": "string",
            "description": "录音征得了谁的同意。 · Who agreed to being recorded.",
        },
        "consent_how": {"type": "string", "enum": list(HOWS), "description": _HOW},
        "consent_scope": {"type": "string", "enum": list(SCOPES), "description": _SCOPE},
    },
}


def visit_routes(api: FastAPI) -> None:
    """Add record, jobs and visits."""

    @api.post(
        "/record",
        operation_id="record",
        response_model=Record,
        response_model_exclude={"engine"},
        responses={**RESPONSES, 202: {"model": JobAnswer, "description": "录音排上了队。 · Queued."}},
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {"schema": RecordAsked.model_json_schema()},
                    "multipart/form-data": {"schema": _FORM},
                },
            }
        },
    )
    async def record(request: Request, here: Here) -> Any:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
        if kind != "multipart/form-data":
            asked = _asked(await request.body())
            return await run_in_threadpool(_read_text, here, asked)
        async with request.form(max_files=1, max_fields=10) as form:
            return await run_in_threadpool(_read_file, here, form)

    @api.get("/jobs", operation_id="jobs", responses=RESPONSES)
    def jobs(here: Here) -> JobList:
        return JobList(jobs=[_job(one, here) for one in here.coach.jobs.newest(_SHOWN)])

    @api.get("/jobs/{job}", operation_id="job", responses=RESPONSES)
    def job(job: Id, here: Here) -> JobAnswer:
        return JobAnswer(job=_job(here.coach.jobs.load(job), here))

    @api.get("/visits", operation_id="visits", responses=RESPONSES)
    def visits(here: Here) -> VisitList:
        return VisitList(
            visits=[
                VisitRow(
                    id=one.id,
                    source_name=one.visit.source_name,
                    visited_on=one.visit.visited_on,
                    confirmed=one.confirmed_at is not None,
                )
                for one in here.coach.visits.newest(_SHOWN)
            ]
        )

    @api.post("/visits", operation_id="visits_hand_in", status_code=202, responses=RESPONSES)
    def hand_in(
        here: Here,
        file: list[UploadFile],
        name: Annotated[Line, Query(description="文件名。 · Name of the file.")] = "",
        date: Annotated[dt.date | None, Query(description="拜访日期。 · Day of the visit.")] = None,
        consent: Annotated[
            Line, Query(description="录音征得了谁的同意。 · Who agreed to being recorded.")
        ] = "",
        consent_how: Annotated[How, Query(description=_HOW)] = "spoken",
        consent_scope: Annotated[Scope, Query(description=_SCOPE)] = "coaching",
    ) -> Queued:
        if len(file) > _MANY:
            raise BadInput(
                (f"一次最多 {_MANY} 个文件。", f"At most {_MANY} files at once."),
                ("分几次交。", "Send them in several requests."),
            )
        given = Agreed(consent, consent_how, consent_scope)
        return Queued(jobs=[_queued(here, one, name, date, given).id for one in file])

    @api.get(
        "/visits/{visit}",
        operation_id="visit",
        response_model=VisitAnswer,
        response_model_exclude={"record": {"engine"}, "now": {"engine"}},
        responses=RESPONSES,
    )
    def visit(visit: Id, here: Here) -> VisitAnswer:
        from coach.visits.standing import as_it_stands

        stored = here.coach.visits.load(visit)
        stands = as_it_stands(stored)
        return VisitAnswer(
            id=stored.id,
            record=Record.model_validate(stored.machine),
            now=stands.record,
            form=dict(stands.edits.form),
            confirmed=stored.confirmed_at is not None,
        )


def _asked(body: bytes) -> RecordAsked:
    """What was asked for in JSON (Asked when it has another shape)."""
    try:
        return RecordAsked.model_validate_json(body)
    except ValidationError as error:
        raise Asked([{**one, "loc": ("body", *one["loc"])} for one in error.errors()]) from None


def _read_text(here: Caller, asked: RecordAsked) -> Record:
    with laid_down(asked.text, ".txt") as path:
        return _read(here, path, asked)


def _read_file(here: Caller, form: FormData) -> Record | Response:
    """The record of a transcript; a recording is queued."""
    from coach.jobs.intake import kind_of, take_in

    sent = form.get("file")
    if sent is None or isinstance(sent, str):
        raise Asked([{"loc": ("form", "file"), "type": "missing"}])
    fields = {key: value for key, value in form.items() if isinstance(value, str) and value and key != "text"}
    try:
        asked = RecordAsked.model_validate(
            {"name": (sent.filename or "upload")[-200:], **fields, "text": "-"}
        )
    except ValidationError as error:
        raise Asked([{**one, "loc": ("form", *one["loc"])} for one in error.errors()]) from None
    with laid_down(sent.file, sent.filename or "") as path:
        if kind_of(path) == "transcript":
            return _read(here, path, asked)
        coach = here.coach
        job, _ = take_in(
            coach.jobs,
            coach.settings,
            path,
            name=asked.name,
            visited_on=asked.date,
            consent=_agreed(fields),
            language=asked.language,
        )
    answer = JobAnswer(job=_job(job, here)).model_dump(mode="json")
    return JSONResponse(answer, status_code=202, headers={"location": f"/api/jobs/{job.id}"})


def _agreed(fields: Mapping[str, str]) -> Agreed:
    """The consent that a form says (Asked for a word that is none)."""
    how, scope = fields.get("consent_how", "spoken"), fields.get("consent_scope", "coaching")
    for key, word, known in (("consent_how", how, HOWS), ("consent_scope", scope, SCOPES)):
        if word not in known:
            raise Asked(
                [{"loc": ("form", key), "type": "literal_error", "ctx": {"expected": " | ".join(known)}}]
            )
    return Agreed(fields.get("consent", ""), how, scope)  # type: ignore[arg-type]


def _read(here: Caller, path: File, asked: RecordAsked) -> Record:
    """As `coach record` does; nothing is stored."""
    from coach.visits.assemble import assemble
    from coach.visits.sides import read_sides

    heard = here.coach.hear(path, language=asked.language, date=asked.date)
    talk = heard.conversation
    made = assemble(talk, read_sides(here.coach.engine, talk, asked.rep))
    said = [zh if talk.language == "zh" else en for zh, en in heard.warnings]
    warnings = tuple(dict.fromkeys((*said, *made.warnings)))
    return made.model_copy(update={"file": asked.name, "warnings": warnings})


def _queued(here: Caller, sent: UploadFile, name: str, day: dt.date | None, consent: Agreed) -> StoredJob:
    from coach.jobs.intake import take_in

    coach, called = here.coach, (name or sent.filename or "upload").replace("\x00", "")[-200:]
    with laid_down(sent.file, called) as path:
        return take_in(coach.jobs, coach.settings, path, name=called, visited_on=day, consent=consent)[0]


def _job(job: StoredJob, here: Caller) -> Job:
    side = 0 if here.language == "zh" else 1
    error = job.error
    return Job(
        id=job.id,
        name=job.asked.source_name,
        kind=job.asked.kind,
        state=job.state,
        step=job.step,
        seconds_done=job.seconds_done,
        seconds_total=job.seconds_total,
        visit=job.visit_id,
        error=Trouble(code=error.code, message=error.what[side], next=error.next[side]) if error else None,
    )
