"""Every error of the API in one shape: a stable code, what happened, the one way on; in the asker's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, Field

from coach.errors import Busy, CoachError, DiskFull, NotFound, Refused, Unavailable, Words
from coach.vocabulary import Language
from ui.asking import on
from ui.words import WORDS

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response


class WrongField(BaseModel):
    """One part of a request that cannot be used."""

    where: str = Field(description="哪一项。 · Which part.")
    what: str = Field(description="怎么了。 · What is wrong with it.")


class Trouble(BaseModel):
    """What went wrong."""

    code: str = Field(description="不变的代号，程序看它。 · A stable code, for programs.")
    message: str = Field(description="出了什么事。 · What happened.")
    next: str = Field(description="接下来怎么办。 · The one way on.")
    fields: list[WrongField] = Field(default=[], description="哪些项不对。 · The parts that are wrong.")


class ErrorAnswer(BaseModel):
    """Every answer from 400 on."""

    error: Trouble


RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    code: {"model": ErrorAnswer, "description": words}
    for code, words in (
        (400, "内容用不了。 · What was sent cannot be used."),
        (401, "要先登录或带令牌。 · Sign in, or send a token."),
        (403, "不归你，或规则不许。 · Not for this role or token, or a rule says no."),
        (404, "没有这个。 · Nothing of yours has this id."),
        (413, "太大。 · Too large."),
        (422, "请求写得不对。 · The request is malformed."),
        (503, "现在做不了。 · Not possible now."),
    )
}
_STATUS: Final[tuple[tuple[type[CoachError], int], ...]] = (
    (NotFound, 404),
    (Refused, 403),
    (DiskFull, 507),
    (Unavailable, 503),
    (Busy, 503),
)
_BY_STATUS: Final = {401: "sign_in_first", 404: "not_here", 405: "wrong_method", 413: "too_large"}
_WRONG: Final[tuple[tuple[str, Words], ...]] = (
    ("missing", ("没有写", "is missing")),
    ("json_invalid", ("不是合格的 JSON", "is not valid JSON")),
    ("string_too_long", ("太长", "is too long")),
    ("string_too_short", ("太短", "is too short")),
    ("too_long", ("项太多", "has too many items")),
    ("string", ("要写成文字", "must be text")),
    ("int", ("要写成整数", "must be a whole number")),
    ("bool", ("要写 true 或 false", "must be true or false")),
    ("date", ("要写成 YYYY-MM-DD", "must be a day, YYYY-MM-DD")),
    ("literal_error", ("不在可选的里面", "is none of the choices")),
    ("greater_than", ("太小", "is too small")),
    ("less_than", ("太大", "is too large")),
    ("list", ("要写成列表", "must be a list")),
    ("tuple", ("要写成列表", "must be a list")),
    ("model", ("要写成对象", "must be an object")),
)
"""By the beginning of pydantic's own code."""


def language_of(request: Request) -> Language:
    """The language of Accept-Language, else of the account, else of the settings."""
    wanted = request.headers.get("accept-language", "").strip().casefold()
    if wanted.startswith("en"):
        return "en"
    if wanted.startswith("zh"):
        return "zh"
    asker = on(request.scope)
    if asker is not None:
        return asker.who.language
    house = getattr(request.app.state, "house", None)
    language: Language = "zh" if house is None else house.settings.language
    return language


def answer(request: Request, status: int, code: str, fields: Iterable[WrongField] = ()) -> Response:
    """An error whose words stand in the table under `api_<code>`."""
    what, way_on = WORDS[f"api_{code}"], WORDS[f"api_{code}_next"]
    side = 0 if language_of(request) == "zh" else 1
    return _shaped(status, Trouble(code=code, message=what[side], next=way_on[side], fields=[*fields]))


def of_coach(request: Request, error: CoachError) -> Response:
    """One of our own errors."""
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 400)
    told = error.as_json(language_of(request))
    if not told["next"]:
        told["next"] = WORDS["api_bad_input_next"][0 if language_of(request) == "zh" else 1]
    return _shaped(status, Trouble(**told))


def malformed(request: Request, errors: Iterable[Mapping[str, Any]]) -> Response:
    """A request that does not fit its shape; what was sent is not repeated."""
    side = 0 if language_of(request) == "zh" else 1
    fields = [
        WrongField(where=_place(one["loc"]), what=_wrong(str(one["type"]))[side]) for one in list(errors)[:20]
    ]
    return answer(request, 422, "bad_request", fields)


def error_answers(api: FastAPI) -> None:
    """Let every error of these routes come out in the one shape."""
    from fastapi.exceptions import RequestValidationError
    from starlette.exceptions import HTTPException

    @api.exception_handler(CoachError)
    def ours(request: Request, error: CoachError) -> Response:
        return of_coach(request, error)

    @api.exception_handler(RequestValidationError)
    def shape(request: Request, error: RequestValidationError) -> Response:
        return malformed(request, error.errors())

    @api.exception_handler(Asked)
    def asked(request: Request, error: Asked) -> Response:
        return malformed(request, error.errors)

    @api.exception_handler(HTTPException)
    def protocol(request: Request, error: HTTPException) -> Response:
        code = _BY_STATUS.get(error.status_code, "bad_request")
        return answer(request, error.status_code, code)

    @api.exception_handler(Exception)
    def unforeseen(request: Request, _: Exception) -> Response:
        return answer(request, 500, "unforeseen")


class Asked(Exception):
    """A request read by hand that does not fit its shape."""

    def __init__(self, errors: Iterable[Mapping[str, Any]]) -> None:
        super().__init__("malformed")
        self.errors = list(errors)


def _shaped(status: int, trouble: Trouble) -> Response:
    from starlette.responses import JSONResponse

    headers = {"www-authenticate": "Bearer"} if status == 401 else None
    return JSONResponse({"error": trouble.model_dump()}, status_code=status, headers=headers)


def _place(loc: Iterable[object]) -> str:
    """Where in a request: names and numbers of ours; keys that somebody made up are cut."""
    pieces = (str(piece).encode("utf-8", "replace").decode()[:40] for piece in loc)
    return ".".join(piece for piece in pieces if piece)


def _wrong(code: str) -> Words:
    return next((words for start, words in _WRONG if code.startswith(start)), ("用不了", "cannot be used"))
