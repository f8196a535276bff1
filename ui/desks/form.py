"""The post-visit form's desk: how it stands, keeping what the rep adds, handing it in, the record as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from coach.visits.edits import Edits
from coach.visits.export import export
from coach.visits.followup import drafts
from coach.visits.form import FILLABLE, NOTES, Gap, deadline, gaps, steps_with_a_day
from coach.visits.standing import as_it_stands
from coach.vocabulary import Language, name
from ui.addresses import VisitFileForm
from ui.desks.visit import due_clock, visit_view
from ui.views.form import DraftText, Form, FormAction, FormEntry
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.store.visits import StoredVisit

_LONGEST = 4000


class FormRoom:
    """Asks the coach for everything around the post-visit form."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    def form(self, id: str, language: Language) -> Form:
        """The form of a visit as it stands (NotFound)."""
        stored = self._coach.visits.load(id)
        stands, filled = as_it_stands(stored), Edits.of(stored.human).form
        shown = visit_view(self._coach, stored, language, audio="", wave=())
        return Form(
            id=id,
            title=stands.title,
            due=due_clock(stored, language),
            when=_when(stored, language),
            gaps=tuple(_gap(one, language) for one in gaps(stands)),
            actions=tuple(
                FormAction(
                    action.id,
                    action.name,
                    tuple(FormEntry(one.quote, one.headline, one.chips) for one in action.entries),
                    filled.get(action.id, ""),
                )
                for action in shown.actions
            ),
            notes=tuple((key, say(f"note_{key}", language), filled.get(key, "")) for key in NOTES),
            drafts=tuple(
                DraftText(say(f"form_draft_{one.kind}", language), one.subject, one.body, one.open)
                for one in drafts(stands)
            ),
            calendar=bool(steps_with_a_day(stands)),
        )

    def keep(self, id: str, fields: Mapping[str, str], *, hand_in: bool = False) -> None:
        """Keep what the rep wrote; with `hand_in` the record counts as confirmed from now on."""
        stored = self._coach.visits.load(id)
        edits = Edits.of(stored.human)
        written = {
            key: words[:_LONGEST] for key, words in fields.items() if key in FILLABLE and words.strip()
        }
        kept = {key: words for key, words in edits.form.items() if key not in fields}
        whole = replace(edits, form={**kept, **written})
        self._coach.visits.edit(id, whole.as_json(), confirmed=hand_in)

    def file(self, id: str, form: VisitFileForm, language: Language) -> tuple[str, bytes]:
        """The visit's record as a file: its name without an ending, and its bytes (NotFound)."""
        stands = as_it_stands(self._coach.visits.load(id))
        if form == "pdf":
            from ui.pdf import printed
            from ui.visit_file import visit_html

            return stands.title, printed(visit_html(stands, language))
        return stands.title, export(stands, form, language)


def _when(stored: StoredVisit, language: Language) -> str:
    if stored.confirmed_at is not None:
        at = stored.confirmed_at.replace(tzinfo=dt.UTC).astimezone()
        return say("form_at", language, when=_moment(at, language))
    due = deadline(stored.created_at, stored.visit.visited_on)
    words = say("form_until", language, when=_moment(due, language))
    came = stored.created_at.replace(tzinfo=dt.UTC).astimezone()
    if due < came + dt.timedelta(hours=24):
        words += ("" if language == "zh" else " ") + say("form_day_only", language)
    return words


def _moment(at: dt.datetime, language: Language) -> str:
    """11 月 28 日 18:00, or 28 November 18:00."""
    if language == "zh":
        return f"{at.month} 月 {at.day} 日 {at:%H:%M}"
    return f"{at.day} {at:%B} {at:%H:%M}"


def _gap(gap: Gap, language: Language) -> str:
    match gap.kind:
        case "missing":
            return say("gap_missing", language, what=name(gap.about, language))
        case "no_due":
            return say("gap_no_due", language, what=gap.about)
        case "empty_phrase":
            return say("gap_empty_phrase", language, what=gap.about)
        case _:
            assert_never(gap.kind)
