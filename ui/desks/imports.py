"""The import desk: files into a tray, looked through and taken in by a thread of their own, so that the page may be left."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.vocabulary import Language
from ui.downloads import Made
from ui.views.imports import FaultLine, ImportView, Phase, RowLine, SheetCols
from ui.views.tone import Tone
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.exchange.found import FaultSeen, Found
    from coach.exchange.intake import Fate
    from coach.exchange.reading import As
    from coach.exchange.tray import Tray, Trays

LOG: Final = logging.getLogger("peipao.ui")
_COLUMN: Final = "col:"
_TONES: Final[dict[Fate, Tone]] = {"new": "good", "changed": "warn", "same": "line"}
_SHOWN: Final = 20


class ImportRoom:
    """Brings files in for whoever asks."""

    accepts: Final = ".xlsx,.xlsm,.csv,.tsv,.md,.markdown,.txt,.docx,.pptx,.pdf,.json,.jsonl,.yaml,.yml"

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    @property
    def _trays(self) -> Trays:
        from coach.exchange.tray import Trays

        return Trays(self._coach.settings.home, self._coach.person)

    def put_in(self, files: Sequence[tuple[Path, str]]) -> str:
        """Files into a new tray, which is looked through at once; its id (BadInput)."""
        tray = self._trays.put(files)
        self._begin(tray, dry_run=True)
        return tray

    def seen(self, tray_id: str, language: Language) -> ImportView:
        """One tray as it stands now (NotFound)."""
        return _view(self._trays.load(tray_id), language)

    def look_again(self, tray_id: str, fields: Mapping[str, str]) -> None:
        """Look through it once more, columns and documents as the form says (NotFound, Busy)."""
        self._say(tray_id, fields)
        self._begin(tray_id, dry_run=True)

    def take_in(self, tray_id: str, fields: Mapping[str, str]) -> None:
        """Take it in, columns and documents as the form says (NotFound, Busy)."""
        self._say(tray_id, fields)
        self._begin(tray_id, dry_run=False)

    def throw_away(self, tray_id: str) -> None:
        """Nothing of it is wanted (NotFound)."""
        self._trays.throw_away(tray_id)

    def faults(self, tray_id: str, language: Language) -> Made:
        """What was not taken, row by row, as CSV (NotFound)."""
        return f"import-faults-{tray_id[:6]}", self._trays.faults(tray_id, language)

    def _say(self, tray_id: str, fields: Mapping[str, str]) -> None:
        said = {
            name.removeprefix(_COLUMN): field or "-"
            for name, field in fields.items()
            if name.startswith(_COLUMN)
        }
        as_: As | None = (
            "case" if fields.get("as") == "case" else "handbook" if fields.get("as") == "handbook" else None
        )
        self._trays.say(tray_id, said, as_, "draft" if fields.get("state") == "draft" else "in_review")

    def _begin(self, tray_id: str, *, dry_run: bool) -> None:
        trays, intake = self._trays, self._coach.intake
        shelf = self._coach.settings.home / "library" / "handbooks"
        trays.begin(tray_id, dry_run=dry_run)

        def work() -> None:
            try:
                trays.work(tray_id, intake, shelf, dry_run=dry_run)
            except Exception:
                LOG.exception("an import stopped")
                trays.fail(tray_id)

        threading.Thread(target=work, name=f"import {tray_id}", daemon=True).start()


def _view(tray: Tray, language: Language) -> ImportView:
    from coach.exchange.fields import FIELDS

    phase: Phase = "looking" if tray.phase == "waiting" else tray.phase
    found, side = tray.found, 0 if language == "zh" else 1
    total = found.new + found.changed + found.same + found.bad if found else 0
    view = ImportView(
        id=tray.id,
        names=tray.names,
        phase=phase,
        done=tray.done,
        share=min(1.0, tray.done / total) if phase == "importing" and total else None,
        fields=tuple((field.path, field.name(language)) for field in FIELDS),
        as_=tray.as_ or "",
        documents=any(not name.lower().endswith((".xlsx", ".xlsm", ".csv", ".tsv")) for name in tray.names),
        state=tray.state,
        trouble=(tray.trouble[0][side], tray.trouble[1][side]) if tray.trouble else ("", ""),
    )
    return (
        _with_found(view, found, language) if found and phase in ("looked", "imported", "importing") else view
    )


def _with_found(view: ImportView, found: Found, language: Language) -> ImportView:
    from dataclasses import replace

    from coach.privacy.spans import KINDS, kind_name

    books = [
        RowLine(
            say("import_book", language, version=one.version, n=one.sections),
            one.title,
            say(f"import_{one.fate}", language),
            _TONES[one.fate],
        )
        for one in found.books
    ]
    rows = [
        RowLine(
            _place(one.file, one.sheet, one.row, language),
            one.title,
            say(f"import_{one.fate}", language),
            _TONES[one.fate],
        )
        for one in found.first[:_SHOWN]
    ]
    named = [f"{kind_name(kind, language)} {found.masked[kind]}" for kind in KINDS if kind in found.masked]
    private = sum(one.private for one in found.books)
    if private:
        named.append(say("import_private", language, n=private))
    fates = [one.fate for one in found.books]
    counts = {
        "new": found.new + fates.count("new"),
        "changed": found.changed + fates.count("changed"),
        "same": found.same + fates.count("same"),
        "bad": found.bad,
    }
    return replace(
        view,
        figures=tuple((say(f"import_{key}", language), many) for key, many in counts.items()),
        masked=say("list_comma", language).join(named),
        sheets=tuple(
            SheetCols(one.sheet or one.file, tuple((column.head, column.field) for column in one.columns))
            for one in found.sheets
        ),
        rows=(*books, *rows),
        faults=tuple(_fault(one, language) for one in found.faults[:_SHOWN]),
        bad=found.bad,
        kept=counts["new"] + counts["changed"],
        cases=bool(found.new or found.changed),
    )


def _fault(one: FaultSeen, language: Language) -> FaultLine:
    side = 0 if language == "zh" else 1
    return FaultLine(
        _place(one.file, one.sheet, one.row, language), one.column, one.held, one.what[side], one.next[side]
    )


def _place(file: str, sheet: str, row: int, language: Language) -> str:
    parts = [sheet or file, say("import_row", language, n=row) if row else ""]
    return say("dot", language).join(part for part in parts if part)
