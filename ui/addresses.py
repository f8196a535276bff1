"""Where files of ours are fetched from; the routes behind these addresses stand in ui/downloads.py and ui/recordings.py."""

from __future__ import annotations

from typing import Final, Literal, get_args

from coach.visits.export import FORMS, Form
from coach.vocabulary import Language

ReportForm = Literal["html", "md", "pdf"]
REPORT_FORMS: Final[tuple[ReportForm, ...]] = get_args(ReportForm)
VisitFileForm = Form | Literal["pdf"]
VoteForm = Literal["csv", "json"]


def visit_forms(*, pdf: bool) -> tuple[VisitFileForm, ...]:
    """What a visit is offered as; a PDF only where one can be printed."""
    return (*FORMS, "pdf") if pdf else FORMS


def visit_file(visit_id: str, form: VisitFileForm, language: Language) -> str:
    """A visit's record as a file."""
    return f"/downloads/visits/{visit_id}.{form}?lang={language}"


def report_file(practice_id: str, form: ReportForm, language: Language) -> str:
    """A practice's report as a file."""
    return f"/downloads/reports/{practice_id}.{form}?lang={language}"


PackForm = Literal["html", "zip"]


def faults_file(tray_id: str, language: Language) -> str:
    """What an import did not take, row by row, as a file."""
    return f"/downloads/imports/{tray_id}.csv?lang={language}"


def pack_file(form: PackForm, language: Language) -> str:
    """The newcomers' pack of one language as a file."""
    return f"/downloads/packs/newcomer.{form}?lang={language}"


def votes_file(form: VoteForm) -> str:
    """Every trainer's votes on verdicts as a file."""
    return f"/downloads/votes/votes.{form}"
