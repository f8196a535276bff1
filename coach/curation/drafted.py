"""A case drafted by a model out of a story somebody told: masked, never published, the outcome as the person said it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from coach.curation.drafts import Draft, finished, own_id
from knowledge.schema import Case

if TYPE_CHECKING:
    from coach.reading.writer import Writer
    from coach.vocabulary import Outcome


def drafted(material: str, outcome: Outcome, writer: Writer, customers: Iterable[str] = ()) -> Draft:
    """The draft, ready for review. Raises EngineDown when the model does not deliver."""
    from coach.conversation import language_of

    language = language_of([material])
    told = writer.case(material, language)
    body = {
        "id": own_id(told.title, language, material),
        "language": language,
        "title": told.title,
        "outcome": outcome,
        "status": "draft",
        "one_line": told.one_line,
        "background": told.background,
        "core_conflict": told.core_conflict,
        "actions": [{"did": one.did, "said": one.said} for one in told.actions if one.did.strip()],
        "turning_point": {"what": told.turning_point} if told.turning_point else None,
        "result": {"summary": told.result} if told.result else None,
        "reusable_phrases": [{"say": line} for line in told.phrases if line.strip()][:8],
    }
    case = Case.model_validate({key: value for key, value in body.items() if value is not None})
    return finished(case, customers=customers)
