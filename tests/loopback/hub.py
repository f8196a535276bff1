"""The loopback hub: model files over HTTP as the hub sends them, with ranges, and a line that breaks on command."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMIT = "0" * 39 + "1"


@dataclass
class Hub:
    """What the hub holds and saw. `breaks` says after how many bytes each of the next sendings of a file breaks off."""

    folder: Path
    address: str = ""
    breaks: dict[str, list[int]] = field(default_factory=dict)
    lies: dict[str, str] = field(default_factory=dict)
    """Checksums that it announces in place of the true ones."""
    ranges: list[tuple[str, str]] = field(default_factory=list)
    """(file, range asked for) of every sending, in order."""


@contextmanager
def hub_of(folder: Path) -> Iterator[Hub]:
    """A hub on a free loopback port whose every repository holds the files of `folder`."""
    hub = Hub(folder)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on stderr."""

        def do_HEAD(self) -> None:
            self._file(send=False)

        def do_GET(self) -> None:
            if self.path.startswith("/api/models/"):
                self._json(_listing(hub))
            else:
                self._file(send=True)

        def _json(self, value: object) -> None:
            raw = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def _file(self, *, send: bool) -> None:
            name = self.path.rsplit("/", 1)[-1].split("?")[0]
            file = hub.folder / name
            if not file.is_file():
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            raw = file.read_bytes()
            asked = self.headers.get("Range", "") if send else ""
            start = int(asked.removeprefix("bytes=").split("-")[0]) if asked else 0
            self.send_response(206 if asked else 200)
            self.send_header("ETag", f'"{hashlib.sha256(raw).hexdigest()}"')
            self.send_header("X-Repo-Commit", COMMIT)
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Content-Length", str(len(raw) - start))
            if asked:
                self.send_header("Content-Range", f"bytes {start}-{len(raw) - 1}/{len(raw)}")
            self.end_headers()
            if not send:
                return
            hub.ranges.append((name, asked))
            most = hub.breaks[name].pop(0) if hub.breaks.get(name) else None
            self.wfile.write(raw[start:] if most is None else raw[start : start + most])
            if most is not None:
                self.wfile.flush()
                self.close_connection = True
                self.connection.shutdown(2)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def _listing(hub: Hub) -> dict[str, object]:
    siblings = []
    for file in sorted(hub.folder.iterdir()):
        raw = file.read_bytes()
        sha = hub.lies.get(file.name, hashlib.sha256(raw).hexdigest())
        entry: dict[str, object] = {"rfilename": file.name, "size": len(raw)}
        if file.suffix == ".bin":
            entry["lfs"] = {"sha256": sha, "size": len(raw), "pointerSize": 130}
        siblings.append(entry)
    return {"id": "some/model", "sha": COMMIT, "siblings": siblings, "tags": [], "private": False}
