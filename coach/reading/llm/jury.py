"""The jury: a model votes on one check at a time; code counts the votes and believes none that nothing backs.

Two ballots, a third where they differ; no majority is no score. A yes needs its words in one of the rep's turns, in a
stretch that the offline reader holds possible. Beside the checks stands a control that nobody can have met: a model
that says yes to it was talked into it, and none of its votes on this turn count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, Field

from coach.conversation import Conversation
from coach.errors import Words
from coach.reading.engine import Check, Finding
from coach.reading.llm.prompts import Prompt, render
from coach.reading.llm.sent import Sender, Sent
from coach.reading.llm.support import PLAIN, Backing, backed
from coach.reading.llm.windows import windows
from coach.vocabulary import HARMFUL_ACTS, Language

if TYPE_CHECKING:
    from coach.reading.llm.endpoint import Endpoint
    from coach.reading.offline import OfflineEngine

TEMPERATURES: Final = (0.0, 0.7, 0.7)
SHOWN: Final = 3
"""So many of a check's examples, and of its near-misses, stand in the question."""
CONTROL: Final[dict[Language, str]] = {
    "zh": "销售用葡萄牙语朗诵了一首关于灯塔看守人的诗。",
    "en": "The rep recited a poem about a lighthouse keeper in Portuguese.",
}
"""A check that no sales talk meets."""
TALKED_INTO: Final[Words] = (
    "这句话像是在指挥打分的模型，模型的判断没有采用。",
    "These words seem to give orders to the grading model; its votes were not used.",
)
_APART: Final[dict[Language, str]] = {"zh": "几次判断不一致", "en": "the votes disagree"}
_UNBACKED: Final[dict[Language, str]] = {
    "zh": "模型说有，但指不出站得住的原话",
    "en": "the model says yes but points at no words that bear it out",
}


class Vote(BaseModel):
    """One answer of the jury to one check."""

    verdict: Literal["yes", "no", "not_scored"]
    turn: int | None = Field(None, description="number of the rep's utterance that proves a yes")
    quote: str = Field("", description="words copied from that utterance")


@dataclass(frozen=True, slots=True)
class Case:
    """A check before the jury: the question as it is sent, and what may prove a yes."""

    check: Check
    prompt: Prompt
    backings: Sequence[Backing]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One finding a check, kind by kind; `talked_into` where the control failed and the offline findings stand."""

    findings: list[list[Finding]]
    talked_into: bool = False


def verdicts(
    endpoint: Endpoint,
    offline: OfflineEngine,
    kinds: Sequence[Sequence[Check]],
    talk: Conversation,
) -> Verdicts:
    """What the jury finds, kind by kind, where it is asked at all. Raises EndpointFailed.

    The ballots of one kind are under way while the next one is looked at offline.
    """
    first = min((one.from_turn for kind in kinds for one in kind), default=1)
    asking = _Asking(endpoint, talk, first)
    found: list[list[Finding]] = []
    opened: list[tuple[int, int, Case, list[Future[Finding]]]] = []
    try:
        for place, checks in enumerate(kinds):
            findings, may_prove = backed(offline, checks, talk)
            found.append(findings)
            for number, (check, may) in enumerate(zip(checks, may_prove, strict=True)):
                if may and may[0].score < PLAIN and not (check.acts and set(check.acts) <= set(HARMFUL_ACTS)):
                    case = Case(check, asking.question(check), may)
                    opened.append((place, number, case, [asking.ballot(case, vote) for vote in (0, 1)]))
        if not opened:
            return Verdicts(found)
        if asking.steered():
            asking.stop()
            return Verdicts(found, talked_into=True)
        pairs = [[vote.result() for vote in votes] for *_, votes in opened]
        third = {
            number: asking.ballot(case, 2)
            for number, ((_, _, case, _), (one, other)) in enumerate(zip(opened, pairs, strict=True))
            if one.verdict != other.verdict
        }
        for number, ((place, at, _, _), (one, other)) in enumerate(zip(opened, pairs, strict=True)):
            last = third.get(number)
            found[place][at] = one if last is None else _majority(talk.language, one, other, last.result())
        return Verdicts(found)
    except BaseException:
        asking.stop()
        raise


class _Asking:
    """One round of the jury: the talk made ready once, every ballot and the control put beside each other."""

    def __init__(self, endpoint: Endpoint, talk: Conversation, first: int) -> None:
        """`first` is the turn from which the control counts."""
        self._endpoint, self._talk, self._first = endpoint, talk, first
        self._control: Future[Vote] | None = None
        self._under_way: list[Future[Finding]] = []

    @cached_property
    def _sent(self) -> dict[int, Sent]:
        return {turn.number: self._sender.send(turn.text) for turn in self._talk.turns}

    @cached_property
    def _sender(self) -> Sender:
        return Sender(self._talk.language, masked=self._endpoint.masked)

    @cached_property
    def _transcript(self) -> str:
        return _transcript(self._endpoint, self._talk, self._sent, self._sender)

    def question(self, check: Check) -> Prompt:
        """A check as it is sent."""
        return _question(check, self._transcript)

    def ballot(self, case: Case, number: int) -> Future[Finding]:
        """One vote on a case; before the first one the control is asked."""
        if self._control is None:
            language = self._talk.language
            question = self.question(Check("control", CONTROL[language], language, from_turn=self._first))
            self._control = self._endpoint.beside(lambda: self._endpoint.ask(question, Vote))
        vote = self._endpoint.beside(lambda: self._weighed(case, number))
        self._under_way.append(vote)
        return vote

    def steered(self) -> bool:
        """Whether the model was talked into a yes that nobody can have earned."""
        return self._control is not None and self._control.result().verdict == "yes"

    def stop(self) -> None:
        """What is not under way yet need not be asked any more."""
        for one in self._under_way:
            one.cancel()
        if self._control is not None:
            self._control.cancel()

    def _weighed(self, case: Case, number: int) -> Finding:
        vote = self._endpoint.ask(case.prompt, Vote, temperature=TEMPERATURES[number], ballot=number)
        return _weighed(vote, case, self._talk, self._sent)


def _majority(language: Language, *votes: Finding) -> Finding:
    """The finding that most votes give; none where they are all apart."""
    verdict, count = Counter(one.verdict for one in votes).most_common(1)[0]
    if count * 2 > len(votes):
        return next(one for one in votes if one.verdict == verdict)
    return Finding(votes[0].check, "not_scored", reason=_APART[language])


def _question(check: Check, transcript: str) -> Prompt:
    return render(
        "answer",
        check.language,
        statement=check.statement,
        examples="\n".join(f"- {example}" for example in check.examples[:SHOWN]) or "-",
        near_misses="\n".join(f"- {miss.text}" for miss in check.near_misses[:SHOWN]) or "-",
        from_turn=str(check.from_turn),
        transcript=transcript,
    )


def _transcript(endpoint: Endpoint, talk: Conversation, sent: dict[int, Sent], sender: Sender) -> str:
    """The talk as it is sent; of one that is too long, its last stretch."""
    labels = {speaker: sender.text(speaker) for speaker in talk.speakers}
    lines = [f"{turn.number}. {labels[turn.speaker]}: {sent[turn.number].text}" for turn in talk.turns]
    empty = render(
        "answer", talk.language, statement="", examples="", near_misses="", from_turn="", transcript=""
    )
    last = windows(lines, endpoint.room_for(empty) // 2)[-1]
    return "\n".join(lines[last.start : last.stop])


def _weighed(vote: Vote, case: Case, talk: Conversation, sent: dict[int, Sent]) -> Finding:
    """A vote with its evidence found; a yes whose words are not the rep's, or that nothing backs, proves nothing."""
    check = case.check
    if vote.verdict == "no":
        return Finding(check.id, "no")
    if vote.verdict == "not_scored":
        return Finding(check.id, "not_scored", reason=_APART[check.language])
    backed = {one.turn for one in case.backings}  # only the rep's own turns can be
    turns = [turn for turn in talk.turns if turn.number >= check.from_turn and turn.number in backed]
    for turn in sorted(turns, key=lambda one: one.number != vote.turn):
        span = sent[turn.number].find(vote.quote)
        if span is None:
            continue
        for one in case.backings:
            if one.turn == turn.number and one.start < span.end and span.start < one.end:
                start, end = max(span.start, one.start), min(span.end, one.end)
                return Finding(check.id, "yes", turn.text[start:end], turn.number, start, end)
    return Finding(check.id, "not_scored", reason=_UNBACKED[check.language])
