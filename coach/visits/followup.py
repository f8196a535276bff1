"""Drafts of what a rep sends after a visit, written offline from the record in the customer's own words.

A mail, a short message, and a note for colleagues. What the customer did not say aloud (hidden concerns) and how we
see their people (decision roles) stand only in the note. Nothing is promised that nobody promised: what is open stays
a place in brackets for the rep to fill.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from coach.visits.record import NextStep, Objection, Record, Said
from coach.visits.standing import Standing
from coach.vocabulary import Language, name

DraftKind = Literal["mail", "message", "note"]

_LEADING: Final = re.compile(
    r"^(?:(?:好的?|行|嗯|可以|成|对|没问题|OK)[，,。 ]+)(?:那(?=[我你您就咱]))?|^那(?=[我你您就咱])|"
    r"^(?:(?:good|ok(?:ay)?|sure|yes|yeah|fine|great|right|well|so)[,. ]+)",
    re.IGNORECASE,
)
_MOST: Final = 4
"""So many quotes of a kind; a mail that repeats everything is not read."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One text to copy; only the mail has a subject. `open` counts the places that the rep must fill."""

    kind: DraftKind
    subject: str
    body: str

    @property
    def open(self) -> int:
        """How many places in brackets wait for the rep."""
        return self.body.count("【") + self.body.count("[")


def drafts(standing: Standing) -> tuple[Draft, Draft, Draft]:
    """Mail, message and note, in the language that was spoken."""
    zh = standing.language == "zh"
    return (
        (_mail_zh(standing), _message_zh(standing), _note_zh(standing))
        if zh
        else (_mail_en(standing), _message_en(standing), _note_en(standing))
    )


def day_words(day: dt.date, language: Language) -> str:
    """11 月 28 日周六, or Saturday 28 November."""
    if language == "zh":
        return f"{day.month} 月 {day.day} 日周{'一二三四五六日'[day.weekday()]}"
    return f"{day:%A} {day.day} {day:%B}"


def answers_to(objection: Objection, record: Record) -> tuple[Said, ...]:
    """Our points that came after an objection and before the next one; what only promises a next step is no answer."""
    later = [one.turn for one in record.objections if one.turn > objection.turn]
    until = min(later, default=10**9)
    return tuple(
        one
        for one in record.solution_points
        if objection.turn < one.turn <= until and not any(_meet(one, step) for step in record.next_steps)
    )


def _meet(one: Said, other: Said) -> bool:
    return one.turn == other.turn and one.start < other.end and other.start < one.end


def _mail_zh(it: Standing) -> Draft:
    record = it.record
    when = f" {day_words(record.visit_date, 'zh')}" if record.visit_date else "这次"
    parts = [
        "您好：",
        f"谢谢您{when}抽时间。我把当天谈的记在下面，引号里是您的原话，记错了请直接改。",
        _block("您在意的：", _quotes(record.core_needs)),
        *(_met_zh(one, record) for one in record.objections[:_MOST]),
        _block("接下来：", [_step_zh(step) for step in record.next_steps]) or "接下来：【谁、做什么、哪天】",
        _added("还有一件事：", it, "agreed"),
        "有不对的地方，回我一句就行。",
        "【你的名字】",
    ]
    subject = f"{when.strip()}谈的事，和接下来谁做什么"
    return Draft("mail", subject, _joined(parts))


def _mail_en(it: Standing) -> Draft:
    record = it.record
    when = f" on {day_words(record.visit_date, 'en')}" if record.visit_date else ""
    parts = [
        "Hello [name],",
        f"Thank you for your time{when}. Here is what I took away; the words in quotes are yours. Please correct"
        " anything I got wrong.",
        _block("What matters to you:", _quotes(record.core_needs)),
        *(_met_en(one, record) for one in record.objections[:_MOST]),
        _block("Next:", [_step_en(step) for step in record.next_steps]) or "Next: [who, what, which day]",
        _added("One more thing:", it, "agreed"),
        "If something is off, one line back is enough.",
        "[your name]",
    ]
    subject = f"What we discussed{when}, and who does what next"
    return Draft("mail", subject, _joined(parts))


def _met_zh(one: Objection, record: Record) -> str:
    said = answers_to(one, record)
    answer = "；".join(_clean(point.quote) for point in said[:2]) or "【当天没有答，写上你的回答】"
    return f"您提到“{_clean(one.quote)}”。我们的回答：{answer}。"


def _met_en(one: Objection, record: Record) -> str:
    said = answers_to(one, record)
    answer = (
        "; ".join(_clean(point.quote) for point in said[:2]) or "[not answered that day; write your answer]"
    )
    return f"You raised “{_clean(one.quote)}”. Our answer: {answer}."


def _step_zh(step: NextStep, *, inside: bool = False) -> str:
    """One step as the customer is told it, or as colleagues are (`inside`)."""
    who = "我们" if step.owner == "rep" else "客户" if inside else "您这边"
    open_ = "还没定日子。" if inside else "还没定日子，您看哪天方便？"
    by = f"{day_words(step.due, 'zh')}前。" if step.due else open_
    return f"{who}：“{_act(step)}”，{by}"


def _step_en(step: NextStep, *, inside: bool = False) -> str:
    """One step as the customer is told it, or as colleagues are (`inside`)."""
    who = "We" if step.owner == "rep" else "Customer" if inside else "You"
    open_ = "no day yet." if inside else "no day yet: which one suits you?"
    by = f"by {day_words(step.due, 'en')}." if step.due else open_
    return f"{who}: “{_act(step)}”, {by}"


def _message_zh(it: Standing) -> Draft:
    steps = it.record.next_steps
    need = it.record.core_needs[:1]
    parts = [
        "谢谢您今天的时间。"
        if it.record.visit_date is None
        else f"谢谢您 {day_words(it.record.visit_date, 'zh')}抽时间。",
        f"您说的“{_clean(need[0].quote)}”，我记下了。" if need else "",
        "".join(_step_zh(step) for step in steps[:2]) or "【约一个下一步：谁、做什么、哪天】",
    ]
    return Draft("message", "", "".join(parts))


def _message_en(it: Standing) -> Draft:
    steps = it.record.next_steps
    need = it.record.core_needs[:1]
    when = f" on {day_words(it.record.visit_date, 'en')}" if it.record.visit_date else ""
    parts = [
        f"Thank you for your time{when}.",
        f"You said “{_clean(need[0].quote)}”; I have noted it." if need else "",
        " ".join(_step_en(step) for step in steps[:2]) or "[agree a next step: who, what, which day]",
    ]
    return Draft("message", "", " ".join(part for part in parts if part))


def _note_zh(it: Standing) -> Draft:
    record, form = it.record, it.edits.form
    parts = [
        f"{it.title}，{record.visit_date or '日期不明'}。只给同事看，不发客户。",
        _block("客户要的（原话）：", _quotes(record.core_needs)),
        _block(
            "没说出口的顾虑（推断）：",
            [f"{one.summary}，依据“{_clean(one.quote)}”" for one in record.hidden_concerns],
        ),
        _block(
            "谁在里面：", [f"{_clean(one.quote)}：{name(one.role, 'zh')}" for one in record.decision_roles]
        ),
        _block(
            "还开着的异议：",
            [f"“{_clean(one.quote)}”" for one in record.objections if not answers_to(one, record)],
        ),
        _block("接下来：", [_step_zh(step, inside=True) for step in record.next_steps]),
        f"要谁帮忙：{form['support'].strip()}" if form.get("support", "").strip() else "",
        form.get("note", "").strip(),
    ]
    return Draft("note", "", _joined(parts))


def _note_en(it: Standing) -> Draft:
    record, form = it.record, it.edits.form
    parts = [
        f"{it.title}, {record.visit_date or 'day not known'}. For colleagues only; not for the customer.",
        _block("What they want, in their words:", _quotes(record.core_needs)),
        _block(
            "Worries not said aloud (inferred):",
            [f"{one.summary}; from “{_clean(one.quote)}”" for one in record.hidden_concerns],
        ),
        _block(
            "Who is in it:",
            [f"{_clean(one.quote)}: {name(one.role, 'en').lower()}" for one in record.decision_roles],
        ),
        _block(
            "Objections still open:",
            [f"“{_clean(one.quote)}”" for one in record.objections if not answers_to(one, record)],
        ),
        _block("Next:", [_step_en(step, inside=True) for step in record.next_steps]),
        f"Help needed: {form['support'].strip()}" if form.get("support", "").strip() else "",
        form.get("note", "").strip(),
    ]
    return Draft("note", "", _joined(parts))


def _act(step: NextStep) -> str:
    """The action without the word that only answered the line before it (行，… / Good, …)."""
    return _clean(_LEADING.sub("", _clean(step.action), count=1)) or _clean(step.action)


def _added(head: str, it: Standing, field: str) -> str:
    words = it.edits.form.get(field, "").strip()
    return f"{head}{'' if it.language == 'zh' else ' '}{words}" if words else ""


def _quotes(items: Sequence[Said]) -> list[str]:
    return [f"“{_clean(one.quote)}”" for one in items[:_MOST]]


def _block(head: str, lines: Iterable[str]) -> str:
    rows = [f"- {line}" for line in lines]
    return "\n".join([head, *rows]) if rows else ""


def _clean(words: str) -> str:
    return " ".join(words.split()).strip("，,。.；; ")


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)
