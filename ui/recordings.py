"""Recordings for the player: by the visit's id, in ranges, only to whom they belong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from fastapi import FastAPI


class RecordingDesk(Protocol):
    """Who knows where a visit's recording lies."""

    def recording(self, visit_id: str) -> Path | None:
        """The stored file, None when the visit came as text (NotFound for a strange id)."""
        ...


def address(visit_id: str) -> str:
    """Where the player fetches a visit's sound."""
    return f"/recordings/{visit_id}"


def recording_routes(app: FastAPI, desk: RecordingDesk) -> None:
    """Add `GET /recordings/{visit}`; FileResponse answers ranges, so the player can jump."""
    from starlette.requests import Request
    from starlette.responses import FileResponse, PlainTextResponse, Response

    from coach.errors import NotFound

    def recording(request: Request) -> Response:
        try:
            file = desk.recording(request.path_params["visit"])
        except NotFound:
            file = None
        if file is None:
            return PlainTextResponse("no such recording", status_code=404)
        kind = _KINDS.get(file.suffix, "application/octet-stream")
        return FileResponse(file, media_type=kind, headers={"Cache-Control": "private"})

    app.add_route("/recordings/{visit}", recording)


_KINDS = {
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".mp4": "audio/mp4",
    ".aac": "audio/aac",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".webm": "audio/webm",
    ".flac": "audio/flac",
}
