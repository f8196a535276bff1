"""Files on their way in: they lie in a tray while somebody looks at what they would become, and go once they are in.

    trays/<person>/<tray>/
        tray.json        the names, what was said about columns and documents, how far the work is
        found.json       what the last look, or the import, came to
        faults-zh.csv    what was not taken, row by row (and faults-en.csv)
        files/0/a.xlsx   as it came

A look keeps nothing. An import may be cut off at any row: what was kept stays, and the next run goes on.
"""

from __future__ import annotations

import re
import secrets
import shutil
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.errors import BadInput, Busy, CoachError, NotFound, Words
from coach.exchange.bringing import Manner, bring
from coach.exchange.faults import write_faults
from coach.exchange.found import Found, SheetSeen, found_of, sheet_seen
from coach.exchange.intake import Intake
from coach.exchange.reading import As, Headed
from coach.store.disk import writing
from coach.store.imported import HandedInAs
from coach.vocabulary import Language

Phase = Literal["waiting", "looking", "looked", "importing", "imported", "failed"]
WORKING: Final = ("looking", "importing")
MOST_FILES: Final = 40
_FORGOTTEN: Final = 24 * 3600.0
"""Seconds after which a tray that nobody came back to is thrown away."""
_SILENT: Final = 300.0
"""Seconds without a sign of life after which work counts as cut off."""
_ID: Final = re.compile(r"[0-9a-f]{16}")


class Tray(BaseModel):
    """How one tray stands; `done` counts rows, `trouble` says why the work stopped."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    names: tuple[str, ...]
    said: dict[str, str] = {}
    as_: As | None = None
    state: HandedInAs = "in_review"
    phase: Phase = "waiting"
    done: int = 0
    beat: float = 0.0
    trouble: tuple[Words, Words] | None = None
    found: Found | None = None

    @property
    def working(self) -> bool:
        """Whether somebody works on it now."""
        return self.phase in WORKING and time.time() - self.beat < _SILENT


class Trays:
    """The trays of one person."""

    def __init__(self, home: Path, person: str) -> None:
        self._folder = home / "trays" / re.sub(r"[^\w-]", "-", person)

    def put(self, files: Iterable[tuple[Path, str]]) -> str:
        """Move files into a new tray under the names they came with; its id. Raises BadInput when there are none."""
        self._sweep()
        waiting = list(files)
        if not waiting or len(waiting) > MOST_FILES:
            raise BadInput(
                (f"一次放 1 到 {MOST_FILES} 个文件。", f"Put 1 to {MOST_FILES} files in at a time."),
                ("重新选一次。", "Choose again."),
            )
        tray = secrets.token_hex(8)
        names = []
        with writing():
            for number, (file, name) in enumerate(waiting):
                own = self._folder / tray / "files" / str(number)
                own.mkdir(parents=True, mode=0o700)
                plain = _plain_name(name or file.name)
                shutil.move(file, own / plain)
                names.append(plain)
        self._keep(Tray(id=tray, names=tuple(names)))
        return tray

    def load(self, tray_id: str) -> Tray:
        """One tray as it stands now (NotFound)."""
        file = self._folder / tray_id / "tray.json"
        try:
            if not _ID.fullmatch(tray_id):
                raise FileNotFoundError
            tray = Tray.model_validate_json(file.read_text("utf-8"))
        except (OSError, ValidationError):
            raise NotFound(
                ("这一批文件不在了。", "These files are gone."),
                ("回到导入页，重新放一次。", "Go back to the import page and put them in again."),
            ) from None
        if tray.phase in WORKING and not tray.working:
            return tray.model_copy(update={"phase": "failed", "trouble": _CUT_OFF})
        return tray

    def say(self, tray_id: str, said: Mapping[str, str], as_: As | None, state: HandedInAs) -> Tray:
        """What is meant by columns and documents; counts from the next look on."""
        tray = self.load(tray_id).model_copy(update={"said": dict(said), "as_": as_, "state": state})
        self._keep(tray)
        return tray

    def begin(self, tray_id: str, *, dry_run: bool) -> None:
        """Say that work on it begins. Raises Busy when somebody works on it already."""
        tray = self.load(tray_id)
        if tray.working:
            raise Busy(
                ("这一批正在处理。", "These files are being worked on."), ("等它做完。", "Wait for it.")
            )
        self._keep(_moved(tray, "looking" if dry_run else "importing"))

    def work(self, tray_id: str, intake: Intake, shelf: Path, *, dry_run: bool) -> Tray:
        """Look, or import; what comes of it is kept in the tray. An error of ours becomes words in the tray."""
        tray = self.load(tray_id)
        sheets: list[SheetSeen] = []

        def heard(one: Headed) -> None:
            sheets.append(sheet_seen(one))

        manner = Manner(tray.said, tray.as_, tray.state, dry_run)

        def progress(done: int) -> None:
            self._keep(_moved(tray, "looking" if dry_run else "importing", done))

        try:
            brought = bring(self._files(tray), intake, shelf, manner, heard=heard, progress=progress)
            found = found_of(brought, sheets)
            for language in ("zh", "en"):
                write_faults(self._fault_file(tray_id, language), brought.outcome.bad, language)
            done = found.new + found.changed + found.same + found.bad
            after = _moved(tray, "looked" if dry_run else "imported", done).model_copy(
                update={"found": found}
            )
        except CoachError as error:
            after = _moved(tray, "failed").model_copy(update={"trouble": (error.what, error.next)})
        if after.phase == "imported":
            shutil.rmtree(self._folder / tray_id / "files", ignore_errors=True)
        self._keep(after)
        return after

    def fail(self, tray_id: str) -> None:
        """Say that the work on it ended in a fault of ours."""
        self._keep(_moved(self.load(tray_id), "failed").model_copy(update={"trouble": _OUR_FAULT}))

    def faults(self, tray_id: str, language: Language) -> bytes:
        """The file of what was not taken (NotFound while nobody has looked)."""
        self.load(tray_id)
        try:
            return self._fault_file(tray_id, language).read_bytes()
        except OSError:
            raise NotFound(
                ("还没有错误清单。", "There is no list of faults yet."), ("先看一遍。", "Look first.")
            ) from None

    def throw_away(self, tray_id: str) -> None:
        """The tray with everything in it (NotFound)."""
        shutil.rmtree(self._folder / self.load(tray_id).id, ignore_errors=True)

    def _files(self, tray: Tray) -> list[Path]:
        folder = self._folder / tray.id / "files"
        return [folder / str(number) / name for number, name in enumerate(tray.names)]

    def _fault_file(self, tray_id: str, language: Language) -> Path:
        return self._folder / tray_id / f"faults-{language}.csv"

    def _keep(self, tray: Tray) -> None:
        file = self._folder / tray.id / "tray.json"
        beside = file.with_name(f".{file.name}.{secrets.token_hex(3)}")
        with writing():
            beside.write_text(tray.model_dump_json(), "utf-8")
            beside.replace(file)

    def _sweep(self) -> None:
        since = time.time() - _FORGOTTEN
        for one in self._folder.iterdir() if self._folder.is_dir() else ():
            if one.stat().st_mtime < since:
                shutil.rmtree(one, ignore_errors=True)


def throw_all_away(home: Path) -> None:
    """Every tray of everybody: what is to be erased may stand in any of them."""
    shutil.rmtree(home / "trays", ignore_errors=True)


def _moved(tray: Tray, phase: Phase, done: int = 0) -> Tray:
    return tray.model_copy(update={"phase": phase, "done": done, "beat": time.time(), "trouble": None})


def _plain_name(name: str) -> str:
    """A name that leads nowhere else and is no hidden file."""
    flat = re.sub(r"[\x00-\x1f/\\:*?\"<>|]+", "-", name).strip(" .-_")
    stem, dot, ending = flat.rpartition(".")
    return f"{stem[:100]}.{ending[:10]}" if dot and stem else (flat[:100] or "file")


_CUT_OFF: Final[tuple[Words, Words]] = (
    ("上次做到一半断了。", "The work was cut off half-way."),
    ("再来一次：已经存好的不会存两遍。", "Run it again: nothing is kept twice."),
)
_OUR_FAULT: Final[tuple[Words, Words]] = (
    ("处理到一半出了问题，这是我们的错。", "The work stopped on a fault of ours."),
    (
        "再来一次；还不行就把日志给管理员。",
        "Run it again; if it stops again, show the log to an administrator.",
    ),
)
