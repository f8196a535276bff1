"""The jury: a model votes on one check at a time; code counts the votes and believes none that nothing backs.

Two ballots, a third where they differ; no majority is no score. A yes needs its words in one of the rep's turns, in a
stretch that the offline reader holds possible. Beside the checks stands a control that nobody can have met: a model
that says yes to it was talked into it, and none of its votes on this turn count.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, Field

from coach.conversation import Conversation
from coach.errors import Words
from coach.reading.engine import Check, Finding, Verdict
from coach.reading.llm.prompts import Prompt, render
from coach.reading.llm.sent import Sender, Sent
from coach.reading.llm.support import PLAIN, Backing, backed
from coach.reading.llm.windows import windows
from coach.reading.offline.roles import roles_of
from coach.vocabulary import HARMFUL_ACTS, Language

if TYPE_CHECKING:
    from coach.reading.llm.endpoint import Endpoint
    from coach.reading.offline import OfflineEngine

TEMPERATURES: Final = (0.0, 0.7, 0.7)
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
    """One finding a check; `talked_into` where the control failed and the offline findings stand."""

    findings: list[Finding]
    talked_into: bool = False


class Controls:
    """What the control said of the last questions; a turn is judged kind by kind and asks it once."""

    KEPT: Final = 64

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._said: dict[Prompt, Verdict] = {}

    def said(self, prompt: Prompt, ask: Callable[[Prompt], Verdict]) -> Verdict:
        """The control's verdict for a question, asked for where it is not known."""
        with self._lock:
            known = self._said.get(prompt)
        if known is None:
            known = ask(prompt)
            with self._lock:
                self._said[prompt] = known
                while len(self._said) > self.KEPT:
                    del self._said[next(iter(self._said))]
        return known


def verdicts(
    endpoint: Endpoint,
    offline: OfflineEngine,
    checks: Sequence[Check],
    talk: Conversation,
    controls: Controls,
) -> Verdicts:
    """What the jury finds, where it is asked at all. Raises EndpointFailed."""
    findings, may_prove = backed(offline, checks, talk)
    open_to_it = [
        number
        for number, (check, may) in enumerate(zip(checks, may_prove, strict=True))
        if may and may[0].score < PLAIN and not (check.acts and set(check.acts) <= set(HARMFUL_ACTS))
    ]
    if not open_to_it:
        return Verdicts(findings)
    sender = Sender(talk.language, masked=endpoint.masked)
    sent = {turn.number: sender.send(turn.text) for turn in talk.turns}
    transcript = _transcript(endpoint, talk, sent, sender)
    first = min(checks[number].from_turn for number in open_to_it)
    control = Check("control", CONTROL[talk.language], talk.language, from_turn=first)
    cases = [
        Case(checks[number], _question(checks[number], transcript), may_prove[number])
        for number in open_to_it
    ]
    controlled = _question(control, transcript)

    def ballot(case: Case, number: int) -> Finding:
        vote = endpoint.ask(case.prompt, Vote, temperature=TEMPERATURES[number], ballot=number)
        return _weighed(vote, case, talk, sent)

    def steered() -> Finding:
        return Finding(
            "control", controls.said(controlled, lambda prompt: endpoint.ask(prompt, Vote).verdict)
        )

    both = [partial(ballot, case, number) for case in cases for number in (0, 1)]
    control_finding, *votes = _all_of(endpoint.parallel, [steered, *both])
    if control_finding.verdict == "yes":
        return Verdicts(findings, talked_into=True)
    pairs = list(zip(votes[::2], votes[1::2], strict=True))
    apart = [case for case, (one, other) in zip(cases, pairs, strict=True) if one.verdict != other.verdict]
    third = iter(_all_of(endpoint.parallel, [partial(ballot, case, 2) for case in apart]))
    for number, (one, other) in zip(open_to_it, pairs, strict=True):
        findings[number] = (
            one if one.verdict == other.verdict else _majority(talk.language, one, other, next(third))
        )
    return Verdicts(findings)


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
        examples="\n".join(f"- {example}" for example in check.examples) or "-",
        near_misses="\n".join(f"- {miss.text}" for miss in check.near_misses) or "-",
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
    roles = roles_of(talk)
    turns = [t for t in talk.turns if t.number >= check.from_turn and roles.get(t.speaker) == "rep"]
    for turn in sorted(turns, key=lambda one: one.number != vote.turn):
        span = sent[turn.number].find(vote.quote)
        if span is None:
            continue
        for one in case.backings:
            if one.turn == turn.number and one.start < span.end and span.start < one.end:
                start, end = max(span.start, one.start), min(span.end, one.end)
                return Finding(check.id, "yes", turn.text[start:end], turn.number, start, end)
    return Finding(check.id, "not_scored", reason=_UNBACKED[check.language])


def _all_of(parallel: int, work: Sequence[Callable[[], Finding]]) -> list[Finding]:
    """Every result in order, so many at a time; the first failure ends it."""
    if not work:
        return []
    with ThreadPoolExecutor(min(parallel, len(work))) as pool:
        futures = [pool.submit(one) for one in work]
        try:
            return [future.result() for future in futures]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
