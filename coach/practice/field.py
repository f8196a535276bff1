"""A drill from the field: a private scenario whose customer opens with a real objection, in the customer's own words.

The words come from the visit, masked; what lies behind them is made up for the type of objection, and the brief
says so. Everything else is the stock that a trainer's own one-page scenario plays with.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from coach.errors import NotFound
from coach.practice.today import unanswered
from coach.visits.edits import Edits
from coach.visits.record import Objection, Record
from coach.visits.standing import put_right, talk_of

if TYPE_CHECKING:
    from coach.conversation import Conversation
    from coach.store.visits import StoredVisit

SHORT: Final = 6
"""A quote shorter than this says too little to open with: then the whole turn is taken."""
LONGEST: Final = 120
"""Characters of the opening; what is longer is cut at a sentence."""
_SIDES: Final = frozenset({"销售", "客户", "Rep", "Customer", "rep", "customer"})
_ENDS: Final = "。！？!?.；;"
_WORDS: Final = {
    "customer": ("客户", "The customer"),
    "address": ("您", "you"),
    "situation": (
        "这是一次真实拜访里的一句话，名字、电话和金额已经遮掉。客户说：“{said}”你回到那张桌子前，从这一句接起。",
        "This line comes from a real visit; names, phone numbers and amounts are masked. The customer said:"
        " “{said}” You are back at that table, and you take it from there.",
    ),
    "known": (
        "后头的缘由是为练习编的，和那位客户无关。",
        "The reasons behind it are made up for practice and are not that customer's.",
    ),
    "authority": (
        "不能白让价。要让，就换回一样：付款、期限或者数量。",
        "No discount for nothing. If you give, take something back: terms, a date or a quantity.",
    ),
}


def chosen(stored: StoredVisit, number: int | None) -> tuple[int, Objection]:
    """The objection with this number (from 1), or the one left unanswered, else the last. Raises NotFound."""
    record = put_right(stored)
    if not record.objections:
        raise NotFound(
            ("这次拜访里没有读到异议。", "No objection was read in this visit."),
            ("挑个现成的场景练：coach practice。", "Practise a shipped scenario: coach practice."),
        )
    if number is None:
        last = len(record.objections), record.objections[-1]
        return unanswered(record, Edits.of(stored.human).removed) or last
    if not 1 <= number <= len(record.objections):
        count = len(record.objections)
        raise NotFound(
            (f"这次拜访只有 {count} 条异议。", f"This visit has {count} objection(s)."),
            (f"--objection 写 1 到 {count}。", f"Give --objection a number from 1 to {count}."),
        )
    return number, record.objections[number - 1]


def drill_id(visit_id: str, one: Objection) -> str:
    """The same objection of the same visit is the same scenario."""
    words = f"{visit_id} {one.turn} {one.start} {one.end}"
    return f"visit-{one.type.replace('_', '-')}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


def drill(stored: StoredVisit, one: Objection) -> dict[str, Any]:
    """What the file of the drill would hold; what points at people, firms or money is masked."""
    from scenarios.field import field_parts

    record = Record.model_validate(stored.machine)
    zh = record.language == "zh"
    words = {key: pair[0 if zh else 1] for key, pair in _WORDS.items()}
    said = _opening(_masked(stored, record, _said(stored, one)))
    parts = field_parts(record.language)[one.type]
    return {
        "schema": "scenario/1",
        "id": drill_id(stored.id, one),
        "version": "1.0.0",
        "language": record.language,
        "title": parts["title"],
        "teaser": f"“{said}”",
        "objection_types": [one.type],
        "brief": {
            "situation": words["situation"].format(said=said),
            "known": [words["known"]],
            "goal": parts["goal"],
            "your_authority": words["authority"],
        },
        "cast": [{"id": "customer", "name": words["customer"], "address": words["address"]}],
        "objections": [{"id": "o-said", "type": one.type, "surface": said, "lines": {"raised": [said]}}],
        "concepts": parts["concepts"],
        "private_facts": parts["private_facts"],
        "key_points": parts["key_points"],
        "expert_script": parts["expert_script"],
    }


def _said(stored: StoredVisit, one: Objection) -> str:
    """The objection's words; the whole turn where the words alone say too little."""
    if len(one.quote.strip()) >= SHORT:
        return one.quote
    return _talk(stored).turn(one.turn).text


def _masked(stored: StoredVisit, record: Record, text: str) -> str:
    """The words without names, numbers to reach somebody, and sums; a name found anywhere in the visit is known."""
    from coach.privacy.masking import mask

    talk = _talk(stored)
    whole = "\n".join(turn.text for turn in talk.turns)
    named = [whole[one.start : one.end] for one in mask(whole).taken if one.kind == "name"]
    known = [*(speaker for speaker in talk.speakers if speaker not in _SIDES), *named]
    return mask(text, known=known, amounts=True, language=record.language).text


def _talk(stored: StoredVisit) -> Conversation:
    return talk_of(stored)


def _opening(text: str) -> str:
    """The words as somebody opens with them: whole sentences, and a stop at the end."""
    text = " ".join(text.split()).strip("，,、 ")
    if len(text) > LONGEST:
        cut = max((text.rfind(end, 0, LONGEST) for end in _ENDS), default=-1)
        text = text[: cut + 1] if cut > SHORT else text[:LONGEST]
    if text and text[-1] in _ENDS + "…”’\"'":
        return text
    return text + ("。" if any("一" <= sign <= "鿿" for sign in text) else ".")
