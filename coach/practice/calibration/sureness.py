"""The verdicts of a finished practice, with how sure the engine was and the words it came nearest to.

A practice keeps its verdicts and not its probabilities: each rep turn is shown to the offline reader once more, just as
it stood, and the best passage for each check that was open is taken. Nothing is judged anew: what the practice came to
stays, also where today's reader would say otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coach.practice.checks import Item, open_items
from coach.practice.session import Session, scene
from coach.store.verdicts import NewVerdict
from coach.vocabulary import HARMFUL_ACTS

if TYPE_CHECKING:
    from coach.reading.engine import Check
    from coach.reading.offline import OfflineEngine

KINDS: Final = ("key_point", "generic", "red_line")


@dataclass(frozen=True, slots=True)
class Nearest:
    """The passage that came nearest to a yes: how sure it was, and where its words stand."""

    p: float
    turn: int
    begins: int
    stops: int


def verdicts_of(talk: Session, reader: OfflineEngine | None) -> list[NewVerdict]:
    """One for each check. Without a reader that can say how sure it was (`reader` None) no `p` is known."""
    near = nearest(talk, reader) if reader else {}
    return [_verdict(talk, item, near.get(item.id), knows=reader is not None) for item in talk.items]


def nearest(talk: Session, reader: OfflineEngine) -> Mapping[str, Nearest]:
    """For each check that was ever open, the rep's words that came nearest to it: of the turn that proved it, else of all."""
    found: dict[str, Nearest] = {}
    for exchange in talk.log.exchanges:
        turn = exchange.heard.turn
        if not exchange.heard.text.strip():
            continue
        before = talk.branch(turn)
        able = open_items(talk.items, before.ledger, scene(before.state))
        for kind in KINDS:
            mine = [item for item in able if item.kind == kind]
            for id, one in _tried(before, exchange.heard.text, mine, reader).items():
                proved = talk.ledger.proved(id)
                if proved and talk.ledger.verdict(id).turn != turn:
                    continue
                if id not in found or one.p > found[id].p:
                    found[id] = one
    return found


def _tried(before: Session, text: str, items: list[Item], reader: OfflineEngine) -> dict[str, Nearest]:
    """The best passage of the coming turn for each of these checks."""
    from dataclasses import replace

    from coach.reading.offline.answer import judged
    from coach.vocabulary import name

    if not items:
        return {}
    talk = before.talk.said(name("rep", before.scenario.language), text, at=round(before.state.elapsed, 1))
    number = talk.turns[-1].number
    checks = [replace(item.check, from_turn=number) for item in items]
    _, tried = judged(reader.judge, checks, talk)
    return {
        item.id: Nearest(
            round(some[0].score, 3), some[0].passage.turn, some[0].passage.start, some[0].passage.end
        )
        for item, some in zip(items, tried, strict=True)
        if some
    }


def _verdict(talk: Session, item: Item, near: Nearest | None, *, knows: bool) -> NewVerdict:
    finding = talk.ledger.verdict(item.id)
    where = (finding.turn, finding.start, finding.end) if finding.verdict == "yes" else (None, None, None)
    if near and finding.verdict != "yes":
        where = near.turn, near.begins, near.stops
    rubric = talk.rubric
    return NewVerdict(
        scope=rubric.reference if item.kind == "generic" else talk.scenario.id,
        check_id=item.id,
        kind=item.kind,
        statement=item.check.statement,
        language=talk.scenario.language,
        engine=talk.log.engine,
        scenario=talk.scenario.id,
        scenario_version=talk.scenario.version,
        rubric_version=f"{rubric.id}/{rubric.version}",
        verdict=finding.verdict,
        p=near.p if near else None,
        edge=_edge(item.check) if knows else None,
        turn=where[0],
        begins=where[1],
        stops=where[2],
    )


def _edge(check: Check) -> float:
    """Where a yes begins for this check."""
    from coach.reading.offline.verdicts import verdict_weights

    weights = verdict_weights().of(check.id)
    harmful = bool(check.acts) and set(check.acts) <= set(HARMFUL_ACTS)
    return weights.sure_harm if harmful else weights.sure
