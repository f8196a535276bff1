"""What may be done to a case in which state, as pure decisions.

    draft ──submit──▶ in_review ──approve──▶ (approved) ──publish──▶ published ──retire──▶ retired
                          └──send back──▶ sent_back ──revise──▶ in_review

A wording that was submitted never changes: revising writes a new one, and the published one stays on the shelf until
the new one is published. Nothing is published that was not approved in exactly this wording.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from coach.errors import BadInput, Refused, Words
from coach.store.cases import CaseState, Change, KeptCase
from coach.store.tables import Json

Decision = Callable[[KeptCase], Change]

_STATES: Final[dict[CaseState, Words]] = {
    "draft": ("草稿", "a draft"),
    "in_review": ("在审", "in review"),
    "sent_back": ("已退回", "sent back"),
    "published": ("已发布", "published"),
    "retired": ("已下架", "retired"),
}


def state_name(state: CaseState) -> Words:
    """What a state is called in a sentence."""
    return _STATES[state]


def submit(now: KeptCase) -> Change:
    """A draft goes to the trainer."""
    _only(now, ("draft",), ("交审", "submitted"), _REVISE)
    return Change("submitted", "in_review")


def revise(body: Json, masked: Json, comment: str, *, draft: bool = False) -> Decision:
    """A new wording, for review again; a published one stays on the shelf meanwhile."""

    def decide(now: KeptCase) -> Change:
        same = {key: value for key, value in now.body.items() if key != "version"}
        if same == {key: value for key, value in body.items() if key != "version"}:
            raise BadInput(
                (
                    "和上一版一字不差，没有存新的一版。",
                    "It says exactly what the last version says; nothing was kept.",
                ),
                ("改了以后再交。", "Change it, then submit it again."),
            )
        return Change("revised", "draft" if draft else "in_review", comment, body=body, masked=masked)

    return decide


def comment(words: str) -> Decision:
    """A remark that changes nothing."""
    said = _said(words)
    return lambda now: Change("commented", now.state, said)


def approve(words: str = "") -> Decision:
    """This very wording may be published."""

    def decide(now: KeptCase) -> Change:
        _only(now, ("in_review",), ("通过", "approved"), _PENDING)
        return Change("approved", "in_review", words.strip(), approve=True)

    return decide


def send_back(words: str) -> Decision:
    """Back to the author, with what is to be done."""
    said = _said(words)

    def decide(now: KeptCase) -> Change:
        _only(now, ("in_review",), ("退回", "sent back"), _PENDING)
        return Change("sent_back", "sent_back", said)

    return decide


def publish(now: KeptCase) -> Change:
    """Onto the shelf: from now on it is matched."""
    if now.state == "published":
        raise Refused(
            (
                f"{now.case_id} 第 {now.newest} 版已经发布了。",
                f"{now.case_id} version {now.newest} is published already.",
            ),
            (
                "要改就先交一版新的：`coach library revise`。",
                "To change it, hand in a new version: `coach library revise`.",
            ),
        )
    if not now.approved:
        raise Refused(
            (
                f"{now.case_id} 第 {now.newest} 版还没有通过审核，不能发布。",
                f"{now.case_id} version {now.newest} has not been approved, so it cannot be published.",
            ),
            (
                f"先审：`coach library review {now.case_id} --approve`。",
                f"Review it first: `coach library review {now.case_id} --approve`.",
            ),
        )
    _only(now, ("in_review", "retired"), ("发布", "published"), _PENDING)
    return Change("published", "published", live=now.newest)


def retire(words: str = "") -> Decision:
    """Off the shelf, everything kept."""

    def decide(now: KeptCase) -> Change:
        if now.state == "retired":
            raise Refused(
                (f"{now.case_id} 已经下架了。", f"{now.case_id} is retired already."),
                ("要再用：`coach library publish`。", "To use it again: `coach library publish`."),
            )
        return Change("retired", "retired", words.strip(), live=0)

    return decide


_REVISE: Final = (
    "用 `coach library revise` 交一版新的。",
    "Hand in a new version with `coach library revise`.",
)
_PENDING: Final = ("`coach library pending` 看哪些在等。", "`coach library pending` shows what waits.")


def _only(now: KeptCase, states: tuple[CaseState, ...], done: Words, way_on: Words) -> None:
    if now.state not in states:
        zh, en = _STATES[now.state]
        raise Refused(
            (
                f"{now.case_id} 现在是“{zh}”，不能{done[0]}。",
                f"{now.case_id} is {en}: it cannot be {done[1]} now.",
            ),
            way_on,
        )


def _said(words: str) -> str:
    if not words.strip():
        raise BadInput(
            (
                "写一句要改什么，作者才知道怎么动手。",
                "Say in a sentence what to change, so that the author can.",
            ),
            ("加上 --comment “……”。", "Add --comment “…”."),
        )
    return words.strip()
