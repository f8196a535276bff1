"""The llm engine: the model proposes readings, votes on checks and words lines; the offline engine stands behind it.

Who leads: the model proposes needs, solution points, feedback, concerns and moves; sides, harmful acts and
evidence of a yes stay with the offline rules, which may veto. When the endpoint fails the offline engine's
result is returned and says so in its `engine` and `notes`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal, cast

from pydantic import BaseModel, Field

from coach.conversation import Conversation, Turn
from coach.errors import EngineDown
from coach.reading.engine import Check, Engine, Finding, Move, Persona, Reading, Readings, Verdict
from coach.reading.llm.align import align
from coach.reading.llm.prompts import render, version
from coach.vocabulary import CUSTOMER_ACTS, HARMFUL_ACTS, LABELS, REP_ACTS, TYPES_OF, Label, Role

if TYPE_CHECKING:
    from coach.reading.llm.endpoint import Endpoint

VOTES: Final = 3
PROPOSED_P: Final = 0.8
"""The `p` of a reading that the model proposed and whose words were found; models give no usable probability."""


class ProposedReading(BaseModel):
    """One reading as the model writes it; nothing of it is believed before its quote was found."""

    turn: int = Field(description="number of the utterance")
    label: str = Field(description="one of the labels")
    type: str | None = Field(None, description="type of an objection, feedback or decision_role, else null")
    quote: str = Field(description="words copied from that utterance")


class ProposedReadings(BaseModel):
    """The model's answer to `read`."""

    readings: list[ProposedReading]


class Vote(BaseModel):
    """One answer of the judge to one check."""

    verdict: Literal["yes", "no", "not_scored"]
    turn: int | None = Field(None, description="number of the rep's utterance that proves a yes")
    quote: str = Field("", description="words copied from that utterance")


class LlmEngine:
    """An engine that asks a model, and falls back to `offline` whenever the endpoint does not deliver."""

    def __init__(self, endpoint: Endpoint, offline: Engine) -> None:
        self._endpoint = endpoint
        self._offline = offline

    @property
    def name(self) -> str:
        """`llm/<model>/prompts-<version>+<offline engine>`."""
        return f"llm/{self._endpoint.model}/prompts-{version('read', 'zh')}+{self._offline.name}"

    def read(self, conversation: Conversation, first_turn: int = 1) -> Readings:
        """The model's readings whose words were found, on the side that may say them, with offline harmful acts."""
        offline = self._offline.read(conversation, first_turn)
        prompt = render(
            "read",
            conversation.language,
            transcript=_numbered(conversation.turns),
            first_turn=str(first_turn),
        )
        try:
            proposed = self._endpoint.ask(prompt, ProposedReadings)
        except EngineDown as error:
            return Readings(offline.items, offline.roles, offline.engine, (*offline.notes, error.what))
        found = [
            reading
            for proposal in proposed.readings
            if (reading := _grounded(proposal, conversation, offline, first_turn)) is not None
        ]
        found += [item for item in offline.items if item.label in HARMFUL_ACTS]
        unique = {(item.turn, item.start, item.end, item.label): item for item in found}
        items = sorted(unique.values(), key=lambda item: (item.turn, item.start, item.end, item.label))
        return Readings(tuple(items), offline.roles, self.name, offline.notes)

    def answer(self, checks: Sequence[Check], conversation: Conversation) -> list[Finding]:
        """Each check by vote; a yes needs words of the rep that fit the check's acts, a tie is not scored."""
        readings = self._offline.read(conversation)
        findings: list[Finding] = []
        for position, check in enumerate(checks):
            try:
                findings.append(self._vote(check, conversation, readings))
            except EngineDown as error:
                # One outage is enough to know: the rest of the checks are not made to wait for it again.
                rest = self._offline.answer(checks[position:], conversation)
                note = error.what[0 if conversation.language == "zh" else 1]
                findings += [_with_reason(finding, note) for finding in rest]
                break
        return findings

    def word(self, move: Move, persona: Persona, said: Sequence[Turn]) -> Iterator[str]:
        """The model's wording of the move, whole; the authored line when it fails or lets a secret slip."""
        none = "（无）" if persona.language == "zh" else "(none)"
        prompt = render(
            "word",
            persona.language,
            name=persona.name,
            title=persona.title or none,
            style=persona.style or none,
            temper=persona.temper or none,
            habits="；".join(persona.speech_habits) or none,
            never_says="、".join(persona.never_says) or none,
            line=move.line,
            said="\n".join(f"{turn.speaker}: {turn.text}" for turn in said[-8:]) or none,
        )
        try:
            line = self._endpoint.say(prompt).splitlines()[0].strip().strip('“”"')
        except EngineDown:
            line = ""
        slipped = any(secret.casefold() in line.casefold() for secret in move.secrets)
        yield line if line and not slipped else move.line

    def _vote(self, check: Check, conversation: Conversation, readings: Readings) -> Finding:
        language = conversation.language
        prompt = render(
            "answer",
            language,
            statement=check.statement,
            examples="\n".join(f"- {example}" for example in check.examples) or "-",
            near_misses="\n".join(f"- {miss.text}" for miss in check.near_misses) or "-",
            transcript=_numbered(conversation.turns),
        )
        votes: list[Finding] = []
        for ballot in range(VOTES):
            vote = self._endpoint.ask(prompt, Vote, temperature=0.0 if ballot == 0 else 0.7)
            votes.append(_checked(vote, check, conversation, readings))
            tally = Counter(finding.verdict for finding in votes)
            verdict, count = tally.most_common(1)[0]
            if count * 2 > VOTES:
                return next(finding for finding in votes if finding.verdict == verdict)
        reason = "几次判断不一致" if language == "zh" else "the votes disagree"
        return Finding(check.id, "not_scored", reason=reason)


def _grounded(
    proposal: ProposedReading, conversation: Conversation, offline: Readings, first_turn: int
) -> Reading | None:
    """The proposal as a reading, or None when its words, its side or its type do not hold."""
    if proposal.label not in LABELS or proposal.label in HARMFUL_ACTS:
        return None
    if not first_turn <= proposal.turn <= len(conversation.turns):
        return None
    turn = conversation.turn(proposal.turn)
    side = offline.roles.get(turn.speaker)
    if not _may_say(side, proposal.label):
        return None
    types = TYPES_OF.get(proposal.label)
    if types is not None and proposal.type not in types:
        return None
    span = align(proposal.quote, turn.text)
    if span is None:
        return None
    label = cast("Label", proposal.label)  # one of LABELS, see above
    quote = turn.text[span.start : span.end]
    return Reading(
        turn.number, label, quote, span.start, span.end, PROPOSED_P, proposal.type if types else None
    )


def _may_say(side: Role | None, label: str) -> bool:
    if label in REP_ACTS or label == "evade":
        return side == "rep"
    if label in CUSTOMER_ACTS:
        return side == "customer"
    return True


def _checked(vote: Vote, check: Check, conversation: Conversation, readings: Readings) -> Finding:
    """A vote with its evidence located; a yes whose words are not the rep's, or not such an act, proves nothing."""
    if vote.verdict != "yes":
        return Finding(check.id, vote.verdict)
    verdict: Verdict = "not_scored"
    reason = "没有找到证据原话" if check.language == "zh" else "its evidence was not found"
    turns = [turn for turn in conversation.turns if readings.roles.get(turn.speaker) == "rep"]
    turns.sort(key=lambda turn: turn.number != vote.turn)
    for turn in turns:
        span = align(vote.quote, turn.text) if turn.number >= check.from_turn else None
        if span is None:
            continue
        if check.acts and not readings.acts(turn.number) & set(check.acts):
            reason = "证据不像这种动作" if check.language == "zh" else "its evidence is not such an act"
            continue
        return Finding(check.id, "yes", turn.text[span.start : span.end], turn.number, span.start, span.end)
    return Finding(check.id, verdict, reason=reason)


def _with_reason(finding: Finding, note: str) -> Finding:
    if finding.verdict == "yes":
        return finding
    return Finding(finding.check, finding.verdict, reason=finding.reason or note)


def _numbered(turns: Sequence[Turn]) -> str:
    return "\n".join(f"{turn.number}. {turn.speaker}: {turn.text}" for turn in turns)
