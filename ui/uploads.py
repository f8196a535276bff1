"""What a person uploads lies in a folder of their own until it is taken in; nobody else can name it, nobody fetches it.

On a server with accounts this stands where Gradio's own upload would: Gradio's folder is one for everybody.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from ui.asking import Asker, on
from ui.words import WORDS

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.datastructures import UploadFile
    from starlette.requests import Request
    from starlette.responses import Response

_FORGOTTEN: Final = 24 * 3600.0
"""Seconds after which a file that no page took in is swept out."""
_MANY: Final = 40


class TooLarge(Exception):
    """More bytes than a file may have."""


def folder_of(home: Path) -> Path:
    """Where the uploads of this home lie, a folder a person: inside Gradio's own, which is where it lets events point."""
    from gradio.utils import get_upload_folder

    of_home = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:16]
    return Path(get_upload_folder()).resolve() / f"peipao-{of_home}"


def upload_routes(app: FastAPI, max_bytes: int) -> None:
    """Add the uploads of both languages, before Gradio's mounts."""
    from starlette.formparsers import MultiPartException
    from starlette.responses import JSONResponse

    async def upload(request: Request) -> Response:
        asker = on(request.scope)
        if asker is None:
            return JSONResponse({"error": {"code": "sign_in_first"}}, status_code=401)
        try:
            files = await take(request, asker, max_bytes)
        except TooLarge:
            return JSONResponse(
                {"error": {"code": "too_large", "message": list(WORDS["too_large"])}}, status_code=413
            )
        except MultiPartException:
            return JSONResponse({"error": {"code": "bad_input"}}, status_code=400)
        return JSONResponse([str(file) for file in files])

    for language in ("zh", "en"):
        app.add_route(f"/{language}/gradio_api/upload", upload, methods=["POST"])


async def take(request: Request, asker: Asker, max_bytes: int) -> list[Path]:
    """The files of a form, each in a new folder of this person (TooLarge, MultiPartException)."""
    from starlette.concurrency import run_in_threadpool
    from starlette.datastructures import UploadFile
    from starlette.formparsers import MultiPartParser

    await run_in_threadpool(sweep, asker.uploads)
    parser = MultiPartParser(request.headers, _counted(request, max_bytes), max_files=_MANY, max_fields=_MANY)
    form = await parser.parse()
    kept = []
    try:
        for _, sent in form.multi_items():
            if isinstance(sent, UploadFile):
                kept.append(await run_in_threadpool(_keep, sent, asker.uploads))
    finally:
        await form.close()
    return kept


def done_with(asker: Asker, paths: Iterable[str]) -> None:
    """These uploads were answered: what was worth keeping is stored, the rest goes."""
    root = asker.uploads.resolve()
    for path in paths:
        folder = Path(path).resolve().parent
        if path and folder.parent == root:
            shutil.rmtree(folder, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Take out what was uploaded and never taken in."""
    since = time.time() - _FORGOTTEN
    for one in folder.iterdir() if folder.is_dir() else ():
        if one.is_dir() and one.stat().st_mtime < since:
            shutil.rmtree(one, ignore_errors=True)


def _keep(sent: UploadFile, folder: Path) -> Path:
    own = folder / uuid4().hex
    own.mkdir(parents=True, mode=0o700)
    ending = re.sub(r"[^.A-Za-z0-9]", "", Path(sent.filename or "").suffix)[:10]
    target = own / f"upload{ending}"
    with target.open("wb") as file:
        shutil.copyfileobj(sent.file, file, 1 << 20)
    return target


async def _counted(request: Request, max_bytes: int) -> AsyncGenerator[bytes, None]:
    total = 0
    async for piece in request.stream():
        total += len(piece)
        if total > max_bytes + (1 << 16):
            raise TooLarge
        yield piece
