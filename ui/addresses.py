"""Where files of ours are fetched from; the routes behind these addresses stand in ui/downloads.py and ui/recordings.py."""

from __future__ import annotations

from typing import Literal

from coach.visits.export import Form
from coach.vocabulary import Language

ReportForm = Literal["html", "md"]


def visit_file(visit_id: str, form: Form, language: Language) -> str:
    """A visit's record as a file."""
    return f"/downloads/visits/{visit_id}.{form}?lang={language}"


def report_file(practice_id: str, form: ReportForm, language: Language) -> str:
    """A practice's report as a file."""
    return f"/downloads/reports/{practice_id}.{form}?lang={language}"
