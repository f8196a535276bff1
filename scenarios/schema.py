"""What a practice scenario holds. Only brief, persona, objections and key points must be written; the rest
has defaults.

`scenarios.complete` fills what an author left out before these models see it, so a `Scenario` is always
whole. Unknown keys are ignored (except inside conditions, see `scenarios.condition`); words must be strings.
Ids are English, everything a person reads is in the scenario's language.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from coach.vocabulary import Dimension, EndReason, InformationKind, Language, ObjectionType, Stage
from scenarios.condition import Asked, Condition, ReplyAct, Topics, as_list
from scenarios.people import Effect, Person, PersonaStyle, Room
from scenarios.piece import Line, Lines, NearMisses, Piece, Ways, Words, as_line

LineState = Literal["raised", "pushed", "hardened", "softened", "resolved"]
GenericKind = Literal[
    "listening",
    "unknown_question",
    "small_talk",
    "not_understood",
    "out_of_role",
    "silence",
    "too_many",
    "too_long",
    "repeated",
    "already_told",
]
ANYBODY: Final = ""
"""Key of the stock lines in `generic_lines`: said when a person has no own line left."""
Level = Literal["easy", "normal", "hard"]


class ExitHazard(Piece):
    """Below this patience the customer leaves with this probability a turn."""

    below_patience: float = 30
    per_turn: float = 0.06


class Difficulty(Piece):
    """Starting tempers (0-100) and how fast they move."""

    level: Level = "normal"
    trust: float = Field(default=38, ge=0, le=100)
    patience: float = Field(default=70, ge=0, le=100)
    patience_per_turn: float = Field(default=3, ge=0)
    willingness: float = Field(default=30, ge=0, le=100)
    volunteers: float = Field(default=0.1, ge=0, le=1)
    evasions_before_hardened: int = Field(default=2, ge=1)
    exit_hazard: ExitHazard = ExitHazard()
    trust_gain: float = Field(default=1.0, ge=0)
    trust_loss: float = Field(default=1.4, ge=0)


class Brief(Piece):
    """All the rep sees before the start."""

    you: str = ""
    situation: str
    known: Words = ()
    goal: str = ""
    your_authority: str = ""

    @property
    def text(self) -> str:
        """Everything in it as one text."""
        return "\n".join([self.you, self.situation, *self.known, self.goal, self.your_authority])


class Claim(Piece):
    """Something the rep may claim."""

    id: str
    text: str


class Unlock(Piece):
    """When a fact is told: after these facts, from this trust on, to one of these questions; or never."""

    never: bool = False
    after: Words = ()
    trust_at_least: float = 0
    asked: Annotated[tuple[Asked, ...], BeforeValidator(as_list)] = ()
    like: Words = ()
    unlike: Words = ()


class Fact(Piece):
    """Something the customer knows and does not volunteer. Every line tells the whole of it."""

    id: str
    statement: str
    kind: InformationKind = "risk"
    who: str | None = None
    matters_because: str = ""
    unlock: Unlock = Unlock()
    lines: Lines = ()
    guarded: Lines = ()
    leak_words: Words = ()


class Objection(Piece):
    """Push-back: what is said, what is meant, when it moves, and the words for each state."""

    id: str
    type: ObjectionType
    surface: str = ""
    true_cause: str = ""
    who: str | None = None
    starts: Literal["latent", "raised"] = "latent"
    raised_when: Condition | None = None
    softens_when: Condition
    hardens_when: Condition
    resolves_when: Condition
    lines: dict[LineState, Lines]


class KeyPoint(Piece):
    """A yes/no statement about the rep's words, with what counts as yes and what does not."""

    id: str
    statement: str
    dimension: Dimension = "objection_handling"
    weight: float = Field(gt=0)
    acts: Annotated[tuple[ReplyAct, ...], BeforeValidator(as_list)] = ()
    concepts: Topics = ()
    requires_fact: str | None = None
    hint: str = ""
    examples: Words
    near_misses: NearMisses = ()
    tip: str = ""
    source: str = ""


class RedLine(Piece):
    """What fails a practice whatever the total; the reaction lets the rep see the price at once."""

    id: str
    statement: str
    acts: Annotated[tuple[ReplyAct, ...], BeforeValidator(as_list)] = ()
    concepts: Topics = ()
    examples: Words = ()
    near_misses: NearMisses = ()
    effect: Effect = Effect()
    lines: Lines = ()


class Provocation(Piece):
    """A declared attack, and what the rep must not answer it with (acts or red lines)."""

    id: str
    when: Condition
    line: Annotated[Line, BeforeValidator(as_line)]
    watch: Words = ()
    recover_within_turns: int = Field(default=2, ge=1)


class Ending(Piece):
    """When the talk ends this way and what is said then."""

    when: Condition | None = None
    lines: Lines


class ExpertLine(Piece):
    """A line of the script that the expert bot plays and the rep reads afterwards."""

    say: str
    cue: str = ""
    acts: Words = ()
    covers: Words = ()
    unlocks: Words = ()


class Debrief(Piece):
    """What the customer never said, for afterwards; by person in a room."""

    unsaid: str | dict[str, str] = ""
    turning_points: Words = ()


class ExamVariant(Piece):
    """An opening nobody has practised; the facts and the key points stay."""

    id: str
    opening: Lines
    trust_thresholds: float = 0


class Links(Piece):
    """Where to read on."""

    handbooks: Words = ()
    cases: Words = ()
    next_scenarios: Words = ()


class Scenario(Piece):
    """A whole scenario, defaults filled and personas resolved; the same object plays, scores and
    certifies.
    """

    id: str
    version: str = "1.0.0"
    language: Language
    title: str
    teaser: str = ""
    objection_types: Annotated[tuple[ObjectionType, ...], BeforeValidator(as_list)]
    industry: str = ""
    segment: str = ""
    customer_size: str = ""
    stage: Stage | None = None
    format: Literal["one_to_one", "room"] = "one_to_one"
    best_ending: EndReason = "advanced"
    time_limit_minutes: float = Field(default=10, gt=0)
    lesson: str = ""
    status: Literal["draft", "published", "retired"] = "published"
    difficulty: Difficulty = Difficulty()
    brief: Brief
    fact_sheet: tuple[Claim, ...] = ()
    concepts: dict[str, Words] = Field(default_factory=dict)
    personas: dict[str, PersonaStyle] = Field(default_factory=dict)
    cast: tuple[Person, ...] = Field(min_length=1)
    room: Room | None = None
    opening: Lines
    private_facts: tuple[Fact, ...] = ()
    objections: tuple[Objection, ...] = Field(min_length=1)
    key_points: tuple[KeyPoint, ...] = Field(min_length=1)
    red_lines: tuple[RedLine, ...] = ()
    provocations: tuple[Provocation, ...] = ()
    generic_lines: dict[str, dict[GenericKind, Lines]]
    endings: dict[EndReason, Ending]
    ways: dict[str, Ways] = Field(default_factory=dict)
    expert_script: tuple[ExpertLine, ...] = ()
    debrief: Debrief = Debrief()
    exam_variants: tuple[ExamVariant, ...] = ()
    rubric: str = "b2b-laer/1"
    links: Links = Links()

    @property
    def main(self) -> Person:
        """Who opens: the first of the cast, or the one the room names."""
        opens = self.room.opens if self.room else ""
        return next((person for person in self.cast if person.id == opens), self.cast[0])

    def person(self, id: str | None) -> Person:
        """The person with this id; None or a strange id is the main person."""
        return next((person for person in self.cast if person.id == id), self.main)

    def topics(self, topics: Topics) -> tuple[tuple[str, ...], ...]:
        """The phrases behind topic names: one tuple of alternatives for each entry."""
        return tuple(
            tuple(phrase for name in entry for phrase in self.concepts.get(name, (name,))) for entry in topics
        )
