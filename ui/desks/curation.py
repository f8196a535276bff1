"""The trainer's desk of the pages: cases as rows and documents, decisions passed on, the form filled and handed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from coach.errors import BadInput
from coach.vocabulary import Language, Outcome
from ui.desks.case import case_facts, case_passages
from ui.views.curation import CaseRow, Form, Giver, Overview, Review, StepRow, TwinCard
from ui.views.tone import Tone
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.curation.contributions import Contribution
    from coach.curation.desk import Curation
    from coach.curation.likeness import Twin
    from coach.store.cases import KeptCase, KeptStep

_SAME: Final = 0.85
"""From this likeness on two cases are nearly the same, not only much alike."""
_TONES: Final[dict[str, Tone]] = {
    "draft": "line",
    "in_review": "accent",
    "sent_back": "warn",
    "published": "good",
    "retired": "line",
}
_STEP_TONES: Final[dict[str, Tone]] = {"approved": "good", "published": "good", "sent_back": "warn"}


class CurationRoom:
    """Asks the coach for everything around the cases people write."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    @property
    def _desk(self) -> Curation:
        return self._coach.curation

    @property
    def _customers(self) -> tuple[str, ...]:
        return self._coach.glossary.customers

    def overview(self, language: Language) -> Overview:
        """What waits, what is published, who gives."""
        due = self._desk.still_due()
        return Overview(
            trains=self._desk.trains,
            waiting=tuple(_row(one, language) for one in self._desk.pending()),
            shelf=self.sought("", language),
            givers=tuple(_giver(one, language) for one in self._desk.contributions()),
            due=due[0 if language == "zh" else 1] if due else "",
        )

    def sought(self, words: str, language: Language) -> tuple[CaseRow, ...]:
        """The published cases whose title or story holds all these words."""
        asked = words.casefold().split()
        rows = []
        for kept in self._desk.published():
            told = " ".join(
                str(kept.body.get(key) or "") for key in ("title", "one_line", "background")
            ).casefold()
            if all(word in told for word in asked):
                rows.append(_row(kept, language))
        return tuple(rows)

    def review(self, case_id: str, language: Language) -> Review:
        """One case with its twins and its history (NotFound)."""
        from coach.curation.desk import case_of
        from coach.curation.steps import state_name

        kept = self._desk.load(case_id)
        told, side = case_of(kept), 0 if language == "zh" else 1
        older = kept.live is not None and kept.live != kept.newest
        facts = (case_facts(told, language), say("trainer_version", language, n=kept.newest))
        return Review(
            id=kept.case_id,
            title=told.title,
            outcome=told.outcome,
            facts=say("dot", language).join(fact for fact in facts if fact),
            state=_capital(state_name(kept.state)[side]),
            tone=_TONES[kept.state],
            masked=_masked(kept.masked, language, told.masked),
            passages=case_passages(told, language),
            twins=tuple(self._twin(one, language) for one in self._desk.twins(told)),
            steps=tuple(_step(one, language) for one in reversed(self._desk.history(case_id))),
            live=say("trainer_live", language, n=kept.live) if older else "",
            may_decide=self._desk.trains and kept.state == "in_review",
            may_publish=self._desk.trains and kept.state == "retired" and kept.approved,
            may_retire=self._desk.trains and kept.live is not None,
            may_revise=kept.state != "draft",
        )

    def form(self, visit: str, revise: str, language: Language) -> Form:
        """An empty form, one drafted from a visit, or one that holds a case to revise (NotFound)."""
        if visit:
            from coach.curation.from_visit import from_visit

            stored = self._coach.visits.load(visit)
            self._desk.may_tell(stored.id)
            drafted = from_visit(stored, customers=self._customers)
            case = drafted.case
            return Form(
                heading=say("form_from_visit", language),
                title=case.title,
                happened=case.background or case.one_line,
                words="\n".join(phrase.say for phrase in case.reusable_phrases),
                masked=_masked({str(kind): many for kind, many in drafted.masked.items()}, language),
                passages=case_passages(
                    case.model_copy(update={"background": "", "reusable_phrases": ()}), language
                ),
            )
        if revise:
            from coach.curation.desk import case_of

            case = case_of(self._desk.load(revise))
            return Form(
                heading=say("form_revising", language, title=case.title),
                title=case.title,
                outcome=case.outcome,
                happened=case.background or case.one_line,
                words="\n".join(phrase.say for phrase in case.reusable_phrases),
            )
        return Form(heading=say("trainer_new", language))

    def hand_in(
        self,
        title: str,
        outcome: Outcome | None,
        happened: str,
        words: str,
        amounts: bool,
        visit: str,
        revise: str,
        language: Language,
    ) -> str:
        """Hand the form in for review; the case's id."""
        from coach.curation.desk import case_of
        from coach.curation.drafts import ShortWords, finished, from_words, told_over
        from coach.curation.from_visit import from_visit

        if outcome is None:
            raise BadInput(
                ("结果选一个。", "Choose an outcome."), ("赢单、丢单或停滞。", "Won, lost or stalled.")
            )
        short = ShortWords(title, outcome, happened, words)
        if revise:
            whole = told_over(case_of(self._desk.load(revise)), short)
            return self._desk.revise(
                revise, finished(whole, amounts=amounts, customers=self._customers)
            ).kept.case_id
        if visit:
            stored = self._coach.visits.load(visit)
            told = from_visit(stored, amounts=amounts, customers=self._customers).case
            speakers = _speakers(stored.visit.transcript)
            made = finished(
                told_over(told, short), known=speakers, amounts=amounts, customers=self._customers
            )
            return self._desk.submit(made, visit_id=stored.id).kept.case_id
        return self._desk.submit(
            from_words(short, language, amounts=amounts, customers=self._customers)
        ).kept.case_id

    def decide(self, case_id: str, act: str, words: str) -> None:
        """approve (which publishes), send_back, publish, retire or comment; anything else was not asked by our page."""
        if act == "approve":
            self._desk.approve(case_id, words)
            self._desk.publish(case_id)
        elif act == "send_back":
            self._desk.send_back(case_id, words)
        elif act == "publish":
            self._desk.publish(case_id)
        elif act == "retire":
            self._desk.retire(case_id, words)
        elif act == "comment":
            self._desk.comment(case_id, words)
        else:
            raise BadInput(
                ("这一下没看懂。", "That click made no sense."), ("刷新这一页。", "Reload the page.")
            )

    def _twin(self, twin: Twin, language: Language) -> TwinCard:
        from coach.curation.desk import case_of

        case = self._coach.library.case(twin.case_id) if twin.live else case_of(self._desk.load(twin.case_id))
        return TwinCard(
            id=case.id,
            title=case.title,
            outcome=case.outcome,
            how=say("trainer_alike_same" if twin.likeness >= _SAME else "trainer_alike_near", language),
            story=case.one_line or case.background,
            waits="" if twin.live else say("trainer_alike_waits", language),
        )


def _speakers(transcript: str) -> Iterable[str]:
    from coach.conversation import parse_transcript
    from coach.privacy.people import names_in_labels

    return names_in_labels(parse_transcript(transcript).speakers)


def _row(kept: KeptCase, language: Language) -> CaseRow:
    from coach.curation.desk import case_of
    from coach.curation.steps import state_name

    case = case_of(kept)
    who = kept.author_name if kept.author_name != "local" else say("trainer_me", language)
    return CaseRow(
        id=kept.case_id,
        title=case.title,
        outcome=case.outcome,
        note=say("trainer_by", language, who=who, day=_day(kept.updated_at)),
        chip=""
        if kept.state == "published"
        else _capital(state_name(kept.state)[0 if language == "zh" else 1]),
        tone=_TONES[kept.state],
    )


def _giver(row: Contribution, language: Language) -> Giver:
    from coach.curation.contributions import SHIPPED

    name = (
        say("trainer_samples", language) if row.author == SHIPPED else row.name or say("trainer_me", language)
    )
    rate = say("not_scored_word", language) if row.adoption is None else f"{100 * row.adoption:.0f}%"
    return Giver(name, row.published, row.this_month, row.shown, row.opened, row.adopted, rate)


def _step(step: KeptStep, language: Language) -> StepRow:
    who = step.who if step.who != "local" else say("trainer_me", language)
    note = (say("trainer_version", language, n=step.number), who, _day(step.at))
    what = say(f"trainer_step_{step.step}", language)
    return StepRow(what, say("dot", language).join(note), step.comment, _STEP_TONES.get(step.step, ""))


def _masked(masked: object, language: Language, before: Iterable[str] = ()) -> str:
    """What this wording's masking took; for one whose words were masked before, the kinds that it names."""
    from coach.privacy.spans import KINDS, kind_name

    counts = masked if isinstance(masked, dict) else {}
    named = [f"{kind_name(kind, language)} {counts[kind]}" for kind in KINDS if kind in counts]
    named = named or list(before)
    if not named:
        return say("trainer_masked_none", language)
    return say("trainer_masked", language, what=say("list_comma", language).join(named))


def _capital(words: str) -> str:
    return words.removeprefix("a ").capitalize()


def _day(at: dt.datetime) -> str:
    return at.replace(tzinfo=dt.UTC).astimezone().date().isoformat()
