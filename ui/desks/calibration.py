"""The calibration desk of the pages: verdicts as exhibits, votes passed on, agreement as bars, votes as files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

from coach.reading.engine import Verdict
from coach.vocabulary import Language, name
from ui.addresses import VoteForm
from ui.desks.report import deed
from ui.views.calibration import Agreed, Bench, Choice, Exhibit, QueueRow, Standing
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.practice.calibration.agreement import Figure, Key
    from coach.practice.calibration.desk import Calibration, Case
    from coach.store.verdicts import StoredVerdict, StoredVote
    from scenarios.rubric import Rubric
    from scenarios.schema import KeyPoint, RedLine

_VERDICTS: Final[tuple[Verdict, ...]] = ("yes", "no", "not_scored")
_NEXT: Final = 7


class CalibrationRoom:
    """Asks the coach for everything around verdicts and votes."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    @property
    def _desk(self) -> Calibration:
        return self._coach.calibration

    def bench(
        self, which: str, language: Language, wanted: str = "", after: str = "", last: str = ""
    ) -> Bench:
        """What to vote on now: the verdict `wanted`, else the one after `after`, else the first of the queue."""
        desk = self._desk
        desk.lay_out()
        queue, voted = desk.queue(which), desk.voted()
        fresh = [one for one in queue if one.id not in voted]
        ids = [one.id for one in fresh]
        if after in ids:
            at = ids.index(after) + 1
            fresh = fresh[at:] + fresh[:at]
        shown = wanted or (fresh[0].id if fresh else "")
        rest = [one for one in fresh if one.id != shown][:_NEXT]
        return Bench(
            exhibit=self._exhibit(desk.case(shown), language) if shown else None,
            queue=tuple(self._row(one, language) for one in rest),
            open_count=len(fresh),
            voted_count=len(queue) - len(fresh),
            practised=bool(queue),
            last=self._last(last, language) if last else None,
        )

    def vote(self, verdict_id: str, vote: str, meant: str, remark: str) -> None:
        """accept, adjust or reject (BadInput, NotFound)."""
        self._desk.vote(verdict_id, vote, meant, remark)

    def standing(self, which: str, language: Language) -> Standing:
        """How far each check can be trusted."""
        desk = self._desk
        known, figures = desk.statements(), desk.figures(which)
        listed = {key: told for key, told in known.items() if not which or key.language == which}
        generic = [key for key in listed if listed[key][1] == "generic"]
        keys = list(dict.fromkeys([*figures, *generic]))
        keys.sort(
            key=lambda key: (key not in figures, -(figures[key].n if key in figures else 0), key.check_id)
        )
        whole = desk.overall(which)
        return Standing(
            overall=_agreed(say("calibration_overall", language), "", whole, language),
            rows=tuple(
                _agreed(
                    self._name(key, known, language), self._place(key, language), figures.get(key), language
                )
                for key in keys
            ),
            silent=len(set(listed) - set(keys)),
            trainers=whole.trainers,
        )

    def votes(self, form: VoteForm) -> tuple[str, bytes]:
        """Every vote as a file: its name without an ending, and its bytes; that it was taken is audited."""
        from coach.store.audit import write_audit

        rows = self._desk.rows()
        write_audit(self._coach.database, self._coach.person, "exported", "votes", {"count": len(rows)})
        if form == "json":
            return "votes", json.dumps(rows, ensure_ascii=False, indent=1).encode("utf-8")
        return "votes", votes_csv(rows)

    def _exhibit(self, case: Case, language: Language) -> Exhibit:
        told, verdict = case.verdict.told, cast("Verdict", case.verdict.told.verdict)
        head, tail = "", ""
        if case.quote:
            head, tail = case.said[: told.begins], case.said[told.stops :]
        over = told.p is not None and told.edge is not None and told.p >= told.edge and verdict != "yes"
        mine = case.mine
        item = self._check(told.scope, told.check_id, told.language)
        others = len(case.votes) - (1 if mine else 0)
        return Exhibit(
            id=case.verdict.id,
            statement=deed(told.statement),
            kind=say(f"calibration_{told.kind}", language),
            place=self._scenario(told.scenario),
            verdict=verdict,
            word=_word(verdict, told.kind, language),
            customer=case.before,
            head=head,
            quote=case.quote,
            tail=tail,
            nearest=verdict != "yes",
            p=told.p,
            edge=told.edge,
            odd=say("calibration_odd", language) if over else "",
            choices=_choices(case, language),
            mine=_vote_word(mine, told.kind, language) if mine else "",
            remark=mine.remark if mine else "",
            others=say("calibration_others", language, n=others) if others else "",
            examples=item[0],
            misses=item[1],
        )

    def _row(self, one: StoredVerdict, language: Language) -> QueueRow:
        from coach.practice.calibration.desk import FAR, distance

        far = distance(one)
        place = self._scenario(one.told.scenario)
        near = say("calibration_distance", language, d=f"{far:.2f}") if far < FAR else ""
        return QueueRow(
            id=one.id,
            statement=deed(one.told.statement),
            verdict=cast("Verdict", one.told.verdict),
            note=say("dot", language).join(part for part in (place, near) if part),
        )

    def _last(self, verdict_id: str, language: Language) -> QueueRow:
        case = self._desk.case(verdict_id)
        told = case.verdict.told
        word = _vote_word(case.mine, told.kind, language) if case.mine else ""
        return QueueRow(case.verdict.id, deed(told.statement), cast("Verdict", told.verdict), word)

    def _check(self, scope: str, id: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Examples and near misses of a check, as it reads now; nothing when it is gone."""
        if rubric := self._rubrics().get(scope):
            for one in rubric.checks:
                if one.id == id:
                    words = one.words("zh" if language == "zh" else "en")
                    return words.examples[:3], tuple(miss.text for miss in words.near_misses)[:3]
        scenario = self._coach.scenarios.get(scope)
        points: tuple[KeyPoint | RedLine, ...] = ()
        if scenario:
            points = (*scenario.key_points, *scenario.red_lines)
        for point in points:
            if point.id == id:
                return point.examples[:3], tuple(miss.text for miss in point.near_misses)[:3]
        return (), ()

    def _name(self, key: Key, known: Mapping[Key, tuple[str, str]], language: Language) -> str:
        if rubric := self._rubrics().get(key.scope):
            for one in rubric.checks:
                if one.id == key.check_id:
                    return one.words(language).name
        return deed(known[key][0]) if key in known else key.check_id

    def _place(self, key: Key, language: Language) -> str:
        where = (
            say("calibration_generic", language)
            if key.scope in self._rubrics()
            else self._scenario(key.scope)
        )
        return say("dot", language).join((where, say(f"calibration_{key.language}", language)))

    def _scenario(self, id: str) -> str:
        scenario = self._coach.scenarios.get(id)
        return scenario.title if scenario else id

    @staticmethod
    def _rubrics() -> Mapping[str, Rubric]:
        from scenarios.rubric import load_rubrics

        return load_rubrics()


def votes_csv(rows: list[dict[str, object]]) -> bytes:
    """The rows as a table that opens in a spreadsheet as it is; no cell begins like a formula."""
    sheet = io.StringIO()
    if rows:
        writer = csv.DictWriter(sheet, list(rows[0]))
        writer.writeheader()
        for row in rows:
            writer.writerow({key: _harmless(cell) for key, cell in row.items()})
    return b"\xef\xbb\xbf" + sheet.getvalue().encode("utf-8")


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _agreed(named: str, place: str, one: Figure | None, language: Language) -> Agreed:
    if one is None or one.rate is None or one.low is None or one.high is None:
        return Agreed(named, place, 0, None, None, None, say("calibration_no_figure", language), "")
    told = say(
        "calibration_rate", language, rate=_percent(one.rate), low=_percent(one.low), high=_percent(one.high)
    )
    kappa = say("calibration_kappa", language, k=f"{one.kappa:.2f}") if one.kappa is not None else ""
    return Agreed(named, place, one.n, one.rate, one.low, one.high, told, kappa, one.advice_only)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def _choices(case: Case, language: Language) -> tuple[Choice, ...]:
    """It holds, or each of the other two verdicts, or nothing to be judged; the vote that stands is marked."""
    told, mine = case.verdict.told, case.mine
    id = case.verdict.id
    others = [one for one in _VERDICTS if one != told.verdict]
    return (
        Choice("accept", id, say("calibration_accept", language), bool(mine and mine.vote == "accept")),
        *(
            Choice(
                "adjust",
                f"{id}/{one}",
                say("calibration_adjust", language, verdict=_word(one, told.kind, language)),
                bool(mine and mine.vote == "adjust" and mine.meant == one),
            )
            for one in others
        ),
        Choice("reject", id, say("calibration_reject", language), bool(mine and mine.vote == "reject")),
    )


def _vote_word(vote: StoredVote, kind: str, language: Language) -> str:
    if vote.vote == "adjust":
        verdict = _word(cast("Verdict", vote.meant), kind, language)
        return say("calibration_adjust", language, verdict=verdict)
    return say(f"calibration_{vote.vote}", language)


def _word(verdict: Verdict, kind: str, language: Language) -> str:
    """A verdict in words; to do what a red line says is to cross it."""
    if kind == "red_line" and verdict != "not_scored":
        return say("crossed" if verdict == "yes" else "calibration_kept_off", language)
    return name(verdict, language)
