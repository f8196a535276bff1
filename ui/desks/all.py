"""All desks of one running server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ui.downloads import PackFiles, ReportFiles, VisitFiles, VoteFiles
from ui.pages.calibration import CalibrationDesk
from ui.pages.case import CaseDesk
from ui.pages.colleague import ColleagueDesk
from ui.pages.compare import CompareDesk
from ui.pages.coverage import CoverageDesk
from ui.pages.deals import DealDesk
from ui.pages.form import FormDesk
from ui.pages.glossary import GlossaryDesk
from ui.pages.handbook import HandbookDesk
from ui.pages.help import HelpDesk
from ui.pages.home import HomeDesk
from ui.pages.imports import ImportDesk
from ui.pages.practice import SeatsDesk, ShelfDesk
from ui.pages.report import ReportDesk
from ui.pages.scenario import WritingDesk
from ui.pages.scenarios import StockDesk
from ui.pages.session import SessionDesk
from ui.pages.sheet import SheetDesk
from ui.pages.shelf import ShelfBooksDesk
from ui.pages.trainer import CurationDesk
from ui.pages.visit import VisitDesk
from ui.pages.visits import VisitsDesk
from ui.recordings import RecordingDesk


class PracticeDesk(ShelfDesk, SessionDesk, ReportDesk, CompareDesk, ReportFiles, Protocol):
    """Shelf, session, report, its files and comparison are one desk."""


class ColleagueDesks(ColleagueDesk, SeatsDesk, Protocol):
    """The dialogue of two people and its beginning are one desk."""


class CalibrationDesks(CalibrationDesk, VoteFiles, Protocol):
    """Verdicts to vote on and the votes as files are one desk."""


class ScenarioDesks(StockDesk, WritingDesk, Protocol):
    """The stock of scenarios and one being written are one desk."""


class ShelfDesks(ShelfBooksDesk, PackFiles, Protocol):
    """The trainers' handbooks and the newcomers' pack are one desk."""


class FormDesks(FormDesk, VisitFiles, Protocol):
    """The post-visit form and the visit's files are one desk."""


class VisitDesks(VisitsDesk, VisitDesk, RecordingDesk, Protocol):
    """The list, one visit and its sound are one desk."""

    @property
    def max_bytes(self) -> int:
        """The largest file that may be uploaded."""
        ...


class DealDesks(DealDesk, CaseDesk, SheetDesk, Protocol):
    """Deals, their sheets and cases are one desk."""


@dataclass(frozen=True, slots=True)
class Desks:
    """What the pages ask, one desk a page."""

    home: HomeDesk
    practice: PracticeDesk
    visits: VisitDesks
    form: FormDesks
    deals: DealDesks
    curation: CurationDesk
    colleague: ColleagueDesks
    handbook: HandbookDesk
    coverage: CoverageDesk
    calibration: CalibrationDesks
    scenarios: ScenarioDesks
    imports: ImportDesk
    glossary: GlossaryDesk
    shelf: ShelfDesks
    help: HelpDesk
