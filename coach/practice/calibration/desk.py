"""The calibration desk: what a trainer may do with the verdicts of everybody's finished practices.

Whose practice it was is not said: a trainer judges words, not people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, get_args

from coach.errors import BadInput, CoachError, Refused
from coach.practice.calibration.agreement import Figure, Key, Vote, figure, figures, key_of
from coach.reading.engine import Verdict
from coach.store.verdicts import StoredVerdict, StoredVote, Verdicts, standing

if TYPE_CHECKING:
    from coach.practice.transcript import Log
    from coach.reading.offline import OfflineEngine
    from coach.store.database import Database
    from scenarios.schema import Scenario

AT_ONCE: Final = 12
"""Practices laid out in one go: each is read once more, which takes a quarter of a second."""
LOOKED_AT: Final = 200
"""Finished practices looked through for some that can still be laid out."""
STEP_BACK: Final = 0.03
"""How much further from the edge a verdict counts for each one of the same check before it."""
FAR: Final = 1.0
"""How far from the edge a verdict counts of which nobody can say how sure it was."""
LONGEST_REMARK: Final = 1000


@dataclass(frozen=True, slots=True)
class Case:
    """One verdict with everything needed to vote: the talk around it, the quote inside the rep's words, the votes."""

    verdict: StoredVerdict
    before: tuple[tuple[str, str], ...]
    said: str
    votes: tuple[StoredVote, ...]
    mine: StoredVote | None

    @property
    def quote(self) -> str:
        """The words that prove it, or came nearest."""
        told = self.verdict.told
        return self.said[told.begins : told.stops] if told.turn is not None else ""


class Calibration:
    """One trainer's desk. Everything raises Refused for whoever is no trainer."""

    def __init__(
        self,
        database: Database,
        person: str,
        scenarios: Callable[[], Mapping[str, Scenario]],
        reader: Callable[[], OfflineEngine],
    ) -> None:
        self._database = database
        self._person = person
        self._scenarios = scenarios
        self._reader = reader

    @cached_property
    def _store(self) -> Verdicts:
        from coach.store.people import roles_of

        if "trainer" not in roles_of(self._database, self._person):
            raise Refused(
                ("校准是培训师的事。", "Calibration is for trainers."),
                ("找管理员加角色。", "Ask an administrator for the role."),
            )
        return Verdicts(self._database, self._person)

    def lay_out(self, most: int = AT_ONCE) -> int:
        """Lay out newly finished practices, newest first, at most so many; how many were.

        One whose scenario was changed since cannot be read again and is left out.
        """
        from coach.practice.calibration.sureness import verdicts_of
        from coach.practice.session import Session

        reader, scenarios, done = self._reader(), self._scenarios(), 0
        for id, state in self._store.not_laid_out(LOOKED_AT):
            if done == most:
                break
            try:
                talk = Session.from_json(_log_text(state), scenarios, reader)
            except CoachError:
                continue
            self._store.lay_out(id, verdicts_of(talk, reader if reader.name == talk.log.engine else None))
            done += 1
        return done

    def queue(self, language: str = "") -> list[StoredVerdict]:
        """Every verdict, in the order in which a vote tells most.

        What nobody voted on comes first, what this trainer has voted on last; then the one whose engine was least sure,
        where a check that was there before steps back a little each time.
        """
        stand = standing(self._store.votes())
        mine = {id for id, votes in stand.items() if any(vote.owner == self._person for vote in votes)}
        seen: Counter[Key] = Counter()
        far: dict[str, float] = {}
        verdicts = self._store.all(language)
        for one in sorted(verdicts, key=lambda one: (distance(one), one.told.check_id, one.id)):
            far[one.id] = distance(one) + STEP_BACK * seen[key_of(one)]
            seen[key_of(one)] += 1
        return sorted(verdicts, key=lambda one: (one.id in mine, one.id in stand, far[one.id], one.id))

    def voted(self) -> frozenset[str]:
        """Ids of the verdicts that this trainer has voted on."""
        return frozenset(one.verdict_id for one in self._store.votes() if one.owner == self._person)

    def case(self, verdict_id: str) -> Case:
        """One verdict with the words around it (NotFound)."""
        verdict = self._store.find(verdict_id)
        log = _log(self._store.state_of(verdict.practice_id))
        before, said = _around(log, verdict.told.turn)
        votes = standing(self._store.votes([verdict.id])).get(verdict.id, [])
        mine = next((one for one in votes if one.owner == self._person), None)
        return Case(verdict, before, said, tuple(votes), mine)

    def vote(self, verdict_id: str, vote: str, meant: str = "", remark: str = "") -> StoredVerdict:
        """Vote: accept it, adjust it to another verdict (`meant`), or reject it because nothing can be judged here.

        Raises BadInput for anything else, NotFound.
        """
        verdict = self._store.find(verdict_id)
        given = verdict.told.verdict
        if vote not in get_args(Vote) or (
            vote == "adjust" and (meant == given or meant not in get_args(Verdict))
        ):
            raise BadInput(
                ("这一票没看懂。", "That vote makes no sense."),
                (
                    "认可 accept，改判 adjust 加上应有的判定（yes、no、not_scored，不能和原判一样），作废 reject。",
                    "accept it, adjust it to another verdict (yes, no or not_scored, not the one it has), or reject it.",
                ),
            )
        meaning = {"accept": given, "adjust": meant}.get(vote)
        self._store.vote(verdict.id, vote, meaning, " ".join(remark.split())[:LONGEST_REMARK])
        return verdict

    def figures(self, language: str = "") -> dict[Key, Figure]:
        """The figure of each check that somebody voted on."""
        return figures(self._voted(language))

    def overall(self, language: str = "") -> Figure:
        """One figure over all checks."""
        return figure(self._voted(language))

    def statements(self) -> dict[Key, tuple[str, str]]:
        """What each check that was laid out says, and its kind, as last laid out."""
        return {key_of(one): (one.told.statement, one.told.kind) for one in self._store.all()}

    def rows(self) -> list[dict[str, Any]]:
        """Every vote as a plain row, oldest first, with the words it was about; `stands` marks the ones that count."""
        verdicts = {one.id: one for one in self._store.all()}
        votes = self._store.votes()
        stand = {(one.verdict_id, one.number, one.owner) for some in standing(votes).values() for one in some}
        logs: dict[str, Log] = {}
        rows = []
        for one in votes:
            verdict = verdicts[one.verdict_id]
            if verdict.practice_id not in logs:
                logs[verdict.practice_id] = _log(self._store.state_of(verdict.practice_id))
            _, said = _around(logs[verdict.practice_id], verdict.told.turn)
            rows.append(_row(verdict, one, said, stands=(one.verdict_id, one.number, one.owner) in stand))
        return rows

    def _voted(self, language: str) -> dict[StoredVerdict, Sequence[StoredVote]]:
        stand = standing(self._store.votes())
        return {one: stand[one.id] for one in self._store.all(language) if one.id in stand}


def distance(one: StoredVerdict) -> float:
    """How far the engine was from the edge of a yes."""
    if one.told.p is None or one.told.edge is None:
        return FAR
    return round(abs(one.told.p - one.told.edge), 3)


def _row(verdict: StoredVerdict, vote: StoredVote, said: str, *, stands: bool) -> dict[str, Any]:
    told = verdict.told
    return {
        "at": vote.created_at.isoformat(timespec="seconds"),
        "trainer": vote.name or vote.owner,
        "stands": stands,
        "vote": vote.vote,
        "engine_verdict": told.verdict,
        "trainer_verdict": vote.meant,
        "remark": vote.remark,
        "language": told.language,
        "scope": told.scope,
        "check": told.check_id,
        "kind": told.kind,
        "statement": told.statement,
        "quote": said[told.begins : told.stops] if told.turn is not None else "",
        "p": told.p,
        "edge": told.edge,
        "engine": told.engine,
        "scenario": told.scenario,
        "scenario_version": told.scenario_version,
        "rubric_version": told.rubric_version,
        "verdict_id": verdict.id,
        "practice_id": verdict.practice_id,
    }


def _around(log: Log, turn: int | None) -> tuple[tuple[tuple[str, str], ...], str]:
    """What the customer's side said just before a rep turn, as (name, words), and the rep's words; empty for no turn."""
    said = log.opening
    for exchange in log.exchanges:
        if exchange.heard.turn == turn:
            return tuple((one.name, one.text) for one in said), exchange.text
        said = exchange.said
    return (), ""


def _log(state: dict[str, Any]) -> Log:
    from coach.practice.transcript import Log

    return Log.from_json(_log_text(state))


def _log_text(state: dict[str, Any]) -> str:
    import json

    return json.dumps({key: value for key, value in state.items() if key != "page_clock"})
