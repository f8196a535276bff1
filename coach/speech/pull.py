"""Fetch a Whisper model from the hub: the only code of the product that does, and only when the user asks."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from coach.errors import DiskFull, NotFound, Unavailable
from coach.settings import Settings
from coach.speech.models import NAMES, SUMS, InstalledWhisper, faults, pulled_folder, sha256

FILES: Final = (
    "model.bin",
    "config.json",
    "tokenizer.json",
    "vocabulary.json",
    "vocabulary.txt",
    "preprocessor_config.json",
)
STALLED: Final = 90.0
"""Seconds without a new byte after which we stop waiting: the hub's client itself may wait for ever."""


def pull(
    name: str,
    settings: Settings,
    on_progress: Callable[[int, int], None] | None = None,
    *,
    stalled: float = STALLED,
) -> InstalledWhisper:
    """Download a model by its name into the models' home and return it; a model already whole is left alone.

    `on_progress` gets (bytes here, bytes in all); in all is 0 until it is known. Raises NotFound for an
    unknown name, Unavailable when the hub cannot be reached, stops sending or sends something else than it
    announced, DiskFull when there is no room. What was fetched is kept for the next try, which goes on there.
    """
    if name not in NAMES:
        known = "、".join(NAMES), ", ".join(NAMES)
        raise NotFound(
            (f"没有叫 {name} 的 Whisper 模型。", f"There is no Whisper model called {name}."),
            (f"可以选：{known[0]}。", f"Choose one of: {known[1]}."),
        )
    target = pulled_folder(settings) / name
    if target.is_dir() and not faults(target):
        return InstalledWhisper(name, target, "home")
    staging = target.with_name(f".{name}.part")
    staging.mkdir(parents=True, exist_ok=True)
    download = _Download(NAMES[name], staging)
    _watch(download, staging, on_progress or (lambda done, total: None), stalled)
    if found := faults(staging):
        raise _unreachable(found[0][1])
    _compare(staging, download.announced)
    sums = [f"{sha256(file)}  {file.name}" for file in sorted(staging.iterdir()) if file.name in FILES]
    (staging / SUMS).write_text("\n".join(sums) + "\n", "utf-8")
    shutil.rmtree(target, ignore_errors=True)
    staging.rename(target)
    return InstalledWhisper(name, target, "home")


class _Download(threading.Thread):
    """The hub's own blocking download; a daemon, so that one that hangs can be left behind.

    The hub's `hf_hub_download` throws away what it has when it fails, so each file is written here.
    """

    def __init__(self, repository: str, folder: Path) -> None:
        super().__init__(daemon=True)
        self.repository, self.folder = repository, folder
        self.total = 0
        self.announced: dict[str, tuple[int, str]] = {}
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            with online:
                from huggingface_hub import HfApi, hf_hub_url
                from huggingface_hub.utils import disable_progress_bars

                disable_progress_bars()
                info = HfApi().model_info(self.repository, files_metadata=True, timeout=20)
                self.announced = {
                    file.rfilename: (file.size or 0, file.lfs.sha256 if file.lfs else "")
                    for file in info.siblings or []
                    if file.rfilename in FILES
                }
                self.total = sum(size for size, _ in self.announced.values())
                _room(self.folder, self.total)
                for name in FILES:
                    if name in self.announced and not (self.folder / name).is_file():
                        url = hf_hub_url(self.repository, name, revision=info.sha)
                        _fetch(url, self.folder / name, self.announced[name][0])
        except Exception as error:  # whatever the hub's client raises becomes one answer in _watch
            self.error = error


def _fetch(url: str, file: Path, size: int) -> None:
    """One file, from where an earlier try broke off."""
    from huggingface_hub.file_download import http_get
    from huggingface_hub.utils import build_hf_headers

    half = file.with_name(f"{file.name}.half")
    with half.open("ab") as out:
        here = out.tell()
        if here > size:
            out.truncate(0)
            here = 0
        if here < size or size == 0:
            http_get(url, out, resume_size=here, headers=build_hf_headers(), expected_size=size or None)
    half.replace(file)


def _room(folder: Path, total: int) -> None:
    """Raise DiskFull when what is still to come does not fit."""
    here = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    free = shutil.disk_usage(folder).free
    if total - here > free:
        raise DiskFull(
            (
                f"磁盘只剩 {free >> 20} MB，模型还要 {(total - here) >> 20} MB。",
                f"The disk has {free >> 20} MB left; the model needs {(total - here) >> 20} MB more.",
            ),
            (
                "腾出空间，或把 COACH_HOME 换到别的盘。",
                "Free some space, or move COACH_HOME to another disk.",
            ),
        )


def _compare(folder: Path, announced: dict[str, tuple[int, str]]) -> None:
    """Each file against the size and the checksum that the hub announced; what differs is thrown away."""
    for name, (size, checksum) in announced.items():
        file = folder / name
        if (size and file.stat().st_size != size) or (checksum and sha256(file) != checksum):
            file.unlink()
            raise _unreachable(f"{name} arrived damaged")


class _Online:
    """Lifts the offline switch of the hub's client, which it reads once at import, while any download runs.

    Downloads overlap (one that hung is left behind and ends when it likes): only the last one closes the line.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running = 0
        self._before = True

    def __enter__(self) -> None:
        from huggingface_hub import constants

        with self._lock:
            if not self._running:
                self._before = constants.HF_HUB_OFFLINE
            self._running += 1
            constants.HF_HUB_OFFLINE = False

    def __exit__(self, *_: object) -> None:
        from huggingface_hub import constants

        with self._lock:
            self._running -= 1
            if not self._running:
                constants.HF_HUB_OFFLINE = self._before


online: Final = _Online()


def _watch(download: _Download, folder: Path, tell: Callable[[int, int], None], stalled: float) -> None:
    """Run the download, tell how far it is, and give up when nothing arrives any more."""
    download.start()
    done, since = -1, time.monotonic()
    while download.is_alive():
        download.join(0.5)
        here = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        tell(min(here, download.total or here), download.total)
        if here != done:
            done, since = here, time.monotonic()
        elif time.monotonic() - since > stalled:
            raise _unreachable("no answer")
    if isinstance(download.error, DiskFull):
        raise download.error
    if download.error is not None:
        raise _unreachable(type(download.error).__name__) from download.error


def _unreachable(reason: str) -> Unavailable:
    return Unavailable(
        (f"下载没有成功（{reason}）。", f"The download did not succeed ({reason})."),
        (
            "检查网络后重试；或在别的机器下载模型文件夹，拷过来，用 COACH_WHISPER_MODEL 指向它。",
            "Check the network and try again, or copy a model folder here and set COACH_WHISPER_MODEL to it.",
        ),
    )
