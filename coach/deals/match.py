"""A new deal, and the cases that fit it: three with reasons and differences, or an honest "nothing fits".

Search finds, `rerank` weighs, `reasons` tells, `tips` adds what to say. Fewer than `k` cases are given when
fewer fit; none at all when the best one is too far (abstained), and nothing is padded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from coach.conversation import language_of
from coach.deals.obstacle import obstacles
from coach.deals.reasons import differs, why
from coach.deals.size import size_in, size_said
from coach.deals.tips import Tip, tip_sheet
from coach.library.astray import bearing
from coach.library.confidence import SURE, Scale, scale_of
from coach.library.entries import case_entry
from coach.library.leaning import leaning
from coach.library.library import Library
from coach.library.rerank import Similarity, Trouble, best, compare
from coach.library.search import Hit
from coach.reading.engine import Engine
from coach.reading.fallback import fallbacks
from coach.vocabulary import OBJECTION_TYPES, Language, ObjectionType, Size, Stage, name
from knowledge.loader import load_industries
from knowledge.schema import Case

DEPTH: Final = 60
"""Cases that search hands to re-ranking."""
NEAR_ENOUGH_TO_QUOTE: Final = 0.40
"""From this cosine on, the case's nearest telling is quoted as a reason."""


class NewDeal(BaseModel):
    """What a rep knows of a deal. Everything but the text may be left out; `industry` is free text.

    A `pain` may also be the id of an objection type (`price`): the rep then says what it is stuck on.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    industry: str | None = None
    size: Annotated[Size | None, BeforeValidator(size_said)] = None
    pain: tuple[str, ...] = ()
    stage: Stage | None = None
    language: Language | None = None


class MatchedCase(BaseModel):
    """One case with why it is here and where it differs; `case` is the whole of it and not in the JSON."""

    model_config = ConfigDict(frozen=True)

    case_id: str
    title: str
    score: float
    why: tuple[str, ...]
    differs: tuple[str, ...]
    case: Case = Field(exclude=True)


class MeetingTip(BaseModel):
    """One line for the meeting and its source (`case:…`, `handbook:…#…`); `head` is its occasion alone."""

    model_config = ConfigDict(frozen=True)

    text: str
    source: str
    head: str = Field("", exclude=True)
    words: str = Field("", exclude=True)


class Matches(BaseModel):
    """The answer to a new deal; `abstained` when nothing of the `searched` cases fits.

    `notes` say what was different this time: an endpoint that did not deliver, and who stood in for it.
    """

    model_config = ConfigDict(frozen=True)

    cases: tuple[MatchedCase, ...]
    abstained: bool
    tips: tuple[MeetingTip, ...]
    notes: tuple[str, ...] = ()
    obstacles: Mapping[ObjectionType, str] = Field(default_factory=dict, exclude=True)
    language: Language = Field("zh", exclude=True)
    searched: int = Field(0, exclude=True)


class Matcher:
    """Finds the cases for a deal; the engine reads what it is stuck on."""

    def __init__(self, library: Library, engine: Engine) -> None:
        self._library = library
        self._engine = engine
        self._industries = load_industries()

    def match(self, deal: NewDeal, k: int = 3, *, today: dt.date | None = None) -> Matches:
        """The `k` cases most like the deal's trouble, in the deal's language, with tips for the meeting."""
        day = today or dt.date.today()
        with fallbacks() as told:
            trouble = self.trouble(deal)
            found, scale = self._found(trouble, day)
        fits = scale.confidence >= SURE
        chosen = best(found, k, today=day, looks=self._library.looks()) if fits else []
        cases = tuple(self._told(trouble, one) for one in chosen)
        tips = tip_sheet(trouble, chosen, self._library) if chosen or trouble.obstacles else []
        return Matches(
            cases=cases,
            abstained=not cases,
            tips=tuple(_line(tip, trouble.language) for tip in tips),
            notes=tuple(note[0 if trouble.language == "zh" else 1] for note in told),
            obstacles=trouble.obstacles,
            language=trouble.language,
            searched=self._library.count(trouble.language),
        )

    def trouble(self, deal: NewDeal) -> Trouble:
        """The deal as re-ranking sees it: its obstacles read, its industry placed."""
        named = [kind for kind in OBJECTION_TYPES if kind in deal.pain]
        pains = tuple(pain for pain in deal.pain if pain not in OBJECTION_TYPES)
        language = deal.language or language_of([deal.text, *pains])
        stuck: dict[ObjectionType, str] = {kind: name(kind, language) for kind in named}
        read = obstacles("\n".join([deal.text, *pains]), language, self._engine)
        gathered = None if deal.industry else self._industries.find(deal.text)
        gathered = gathered if gathered and "/" in gathered.id else None  # a sector's word says too little
        return Trouble(
            text=deal.text,
            language=language,
            pains=pains,
            obstacles={**stuck, **read},
            industry=deal.industry or (gathered.id if gathered else None),
            industry_said=bool(deal.industry),
            size=deal.size or size_in(deal.text),
            stage=deal.stage,
        )

    def ranked(self, trouble: Trouble) -> list[Similarity]:
        """Every case that search finds, weighed, best first, the unfit ones included."""
        return self._found(trouble, dt.date.today())[0]

    def _found(self, trouble: Trouble, today: dt.date) -> tuple[list[Similarity], Scale]:
        hits = self._hits(trouble, today)
        cases = self._library.count(trouble.language)
        stated = bool(trouble.pains) or (trouble.industry_said and trouble.industry is not None)
        scale = scale_of(hits, cases, bearing(trouble.text), stated=stated)
        of_hits = [self._library.case(hit.entry) for hit in hits]
        lean = leaning(hits, of_hits)
        found = [
            compare(trouble, case, hit, self._industries, scale, lean, _nearest(case, hit))
            for case, hit in zip(of_hits, hits, strict=True)
        ]
        return sorted(found, key=lambda one: (-one.score, one.case.id)), scale

    def _hits(self, trouble: Trouble, today: dt.date) -> list[Hit]:
        """The nearest cases that are not set aside; where many are, search goes deeper."""
        depth = DEPTH
        while True:
            hits = self._library.search(trouble.text, trouble.language, depth=depth, extra=trouble.pains)
            used = self._library.cases_in_use(hits, today)
            if len(used) >= DEPTH or len(hits) < depth:
                return used[:DEPTH]
            depth *= 2

    def _told(self, trouble: Trouble, one: Similarity) -> MatchedCase:
        return MatchedCase(
            case_id=one.case.id,
            title=one.case.title,
            score=round(one.score, 3),
            why=tuple(why(trouble, one, self._industries)),
            differs=tuple(differs(trouble, one, self._industries)),
            case=one.case,
        )


def _line(tip: Tip, language: Language) -> MeetingTip:
    colon = "：" if language == "zh" else ": "
    text = f"{tip.head}{colon}{tip.words}" if tip.head else tip.words
    return MeetingTip(text=text, source=tip.source, head=tip.head, words=tip.words)


def _nearest(case: Case, hit: Hit) -> str:
    """The telling of the case that lies nearest to the deal, when it is near enough to be quoted."""
    if hit.passage is None or hit.dense < NEAR_ENOUGH_TO_QUOTE:
        return ""
    passages: Sequence[str] = case_entry(case).passages
    return passages[hit.passage] if hit.passage < len(passages) else ""
