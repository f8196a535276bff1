"""A draft case from a visit: what the record holds, put where a case has its place for it, masked.

It is a beginning, not a story: title, outcome and why are for whoever was there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from coach.conversation import Conversation, clock
from coach.curation.drafts import Draft, finished, own_id
from coach.privacy.masking import Masker, names_in
from coach.privacy.people import names_in_labels
from coach.store.visits import StoredVisit
from coach.visits.record import Record, Said
from coach.visits.standing import as_it_stands
from coach.vocabulary import Language, Outcome, name
from knowledge.loader import load_industries
from knowledge.schema import Case

_TITLE: Final = 26
"""So many characters of the customer's words make a title."""
_FEW: Final = 3
_SaidT = TypeVar("_SaidT", bound=Said)


def from_visit(
    stored: StoredVisit,
    *,
    outcome: Outcome | None = None,
    title: str = "",
    amounts: bool = False,
    customers: Iterable[str] = (),
) -> Draft:
    """The draft of a stored visit; what people took out of its record stays out. An unknown outcome is `stalled`."""
    language: Language = "zh" if stored.visit.language == "zh" else "en"
    standing = as_it_stands(stored)
    talk, kept = standing.talk, standing.record
    said = [turn.text for turn in talk.turns]
    known = [*names_in_labels(talk.speakers), *names_in(said)]
    masker = Masker(known=known, companies=customers, amounts=amounts, language=language)
    place = load_industries().find(" ".join(said))
    heard = _heard_title(kept, language)
    case = Case.model_validate(
        {
            "id": own_id(heard, language, stored.id),
            "language": language,
            "title": title.strip() or heard,
            "outcome": outcome or "stalled",
            "one_line": _one_line(kept, language),
            "industry": place.id if place and "/" in place.id else "",
            "objection_types": list(dict.fromkeys(one.type for one in kept.objections)),
            "pain_points": _quotes([*kept.core_needs[:_FEW], *kept.objections[:_FEW]]),
            "decision_roles": [
                {"role": one.role, "who": one.quote[:40]} for one in kept.decision_roles[:6]
            ],
            "core_conflict": _conflict(kept, language),
            "background": _background(kept, language),
            "actions": [
                {"when": clock(one.time) if one.time is not None else "", "did": _answered(one, talk, language), "said": one.quote}
                for one in kept.solution_points[:5]
            ],
            "turning_point": {"quote": kept.feedback[-1].quote} if kept.feedback else {},
            "result": {
                "summary": _ended(kept, language),
                "still_open": [one.summary for one in kept.hidden_concerns[:_FEW]],
            },
            "reusable_phrases": [{"say": one.quote} for one in kept.solution_points[:_FEW]],
            "evidence": [
                {"quote": one.quote, "speaker": name("customer", language), "source": clock(one.time) if one.time is not None else ""}
                for one in [*kept.core_needs[:2], *kept.objections[:2], *kept.feedback[:2]]
            ],
        }
    )  # fmt: skip
    return finished(case, masker=masker, amounts=amounts)


def _quotes(said: Sequence[Said]) -> list[str]:
    return list(dict.fromkeys(one.quote for one in said))


def _heard_title(record: Record, language: Language) -> str:
    words = next((one.quote for one in (*record.objections, *record.core_needs, *record.feedback)), "")
    short = words if len(words) <= _TITLE else words[:_TITLE].rstrip("，,、 ") + "…"
    if not short:
        return "一次拜访" if language == "zh" else "A visit"
    return f"客户说“{short}”" if language == "zh" else f"“{short}”, said the customer"


def _one_line(record: Record, language: Language) -> str:
    need = record.core_needs[0].quote if record.core_needs else ""
    stuck = record.objections[0].quote if record.objections else ""
    if language == "zh":
        parts = [f"客户要的是“{need}”" if need else "", f"卡在“{stuck}”" if stuck else ""]
        return "，".join(part for part in parts if part) + ("。" if need or stuck else "")
    parts = [f"They need “{need}”" if need else "", f"it is stuck on “{stuck}”" if stuck else ""]
    return "; ".join(part for part in parts if part) + ("." if need or stuck else "")


def _background(record: Record, language: Language) -> str:
    told = [*(one.quote for one in record.core_needs), *(one.quote for one in record.feedback)]
    head = "客户的原话：" if language == "zh" else "In the customer's words: "
    return head + " / ".join(dict.fromkeys(told)) if told else ""


def _conflict(record: Record, language: Language) -> str:
    joint = "；" if language == "zh" else "; "
    return joint.join(
        f"{name(one.type, language)}{'：' if language == 'zh' else ': '}{one.quote}"
        for one in record.objections[:_FEW]
    )


def _ended(record: Record, language: Language) -> str:
    steps = []
    for one in record.next_steps[:_FEW]:
        who = name(one.owner, language)
        by = f"，{one.due}" if one.due and language == "zh" else f", by {one.due}" if one.due else ""
        steps.append(f"{who}：{one.action}{by}" if language == "zh" else f"{who}: {one.action}{by}")
    none = "没有约下一步。" if language == "zh" else "No next step was agreed."
    return ("；" if language == "zh" else "; ").join(steps) or none


def _answered(point: Said, talk: Conversation, language: Language) -> str:
    """What the point answered: the words before it."""
    before = talk.turn(point.turn - 1).text if 1 < point.turn <= len(talk.turns) else ""
    short = before[:40] + ("…" if len(before) > 40 else "")
    if not before:
        return "主动说了方案" if language == "zh" else "Offered an answer unasked"
    return f"接“{short}”" if language == "zh" else f"In answer to “{short}”"
