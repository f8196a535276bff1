"""Next steps as a calendar file (.ics): one all-day event a step that falls on a day, with a reminder the day before."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final

from coach.errors import NotFound
from coach.visits.form import steps_with_a_day
from coach.visits.standing import Standing

_WHOSE: Final = {"zh": {"rep": "我方", "customer": "客户"}, "en": {"rep": "Ours", "customer": "Theirs"}}


def calendar(standing: Standing) -> bytes:
    """The file (RFC 5545, UTF-8). The same step is the same event when it is imported again.

    Raises NotFound when no step falls on a day: an empty calendar would look like a broken one.
    """
    from icalendar import Alarm, Calendar, Event

    steps = steps_with_a_day(standing)
    if not steps:
        raise NotFound(
            ("下一步里没有一条定了日子。", "No next step falls on a day."),
            ("先在记录里给下一步填上日期。", "Give a next step a day in the record first."),
        )
    made = Calendar()
    made.add("prodid", "-//Peipao//visits//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for step in steps:
        event = Event()
        name = f"{standing.id}/{step.turn}.{step.start}"
        event.add("uid", f"{hashlib.sha256(name.encode()).hexdigest()[:32]}@peipao")
        event.add("dtstamp", standing.created_at.replace(tzinfo=dt.UTC, microsecond=0))
        event.add("dtstart", step.due)
        event.add("dtend", step.due + dt.timedelta(days=1) if step.due else None)
        whose = _WHOSE[standing.language][step.owner]
        colon = "：" if standing.language == "zh" else ": "
        event.add("summary", f"{whose}{colon}{' '.join(step.action.split())}")
        event.add("description", f"{standing.title}\n“{step.quote}”")
        event.add("transp", "TRANSPARENT")
        reminder = Alarm()
        reminder.add("action", "DISPLAY")
        reminder.add("description", " ".join(step.action.split()))
        reminder.add("trigger", dt.timedelta(hours=-15))
        event.add_component(reminder)
        made.add_component(event)
    return bytes(made.to_ical())
