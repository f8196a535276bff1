"""The scenario desk of the pages: texts kept as typed, faults with their lines, certificates earned and held, publishing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Final

from coach.errors import Refused
from coach.practice.certificates import Standing
from coach.practice.certifying import Certifying, Run
from coach.practice.formed import answers
from coach.vocabulary import Language, name
from scenarios.outline import Outline
from ui.desks.trial import Trials
from ui.views.scenarios import (
    BotRow,
    CertificateView,
    OwnRow,
    Remark,
    Source,
    Stock,
    Trial,
    Written,
)
from ui.views.tone import Tone
from ui.words import WORDS, say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.practice.certificates import Kept
    from coach.practice.editing import Draft
    from coach.store.own_scenarios import StoredScenario
    from scenarios.schema import Scenario

_TONES: Final[dict[str, Tone]] = {"draft": "line", "published": "good", "retired": "line"}
_STANDS: Final[dict[Standing, Tone]] = {
    "certified": "good",
    "refused": "bad",
    "stale": "warn",
    "none": "line",
}


class ScenarioRoom:
    """Asks the coach for everything around scenarios that trainers write; trials and runs live in this server alone."""

    def __init__(self, coach: Coach, certifying: Certifying | None = None) -> None:
        self._coach = coach
        self._certifying = certifying or Certifying()
        self._trials = Trials()

    def stock(self, language: Language) -> Stock:
        """This trainer's texts, and what can be copied in this language."""
        mine = self._coach.editing.mine()
        ids = {one.scenario_id for one in mine}
        sources = [
            one
            for one in self._coach.scenarios.values()
            if one.language == language and one.status == "published" and one.id not in ids
        ]
        return Stock(
            tuple(_row(one, language) for one in mine),
            tuple(_source(one, language) for one in sorted(sources, key=lambda one: one.id)),
        )

    def begin(self, language: Language, answers: Mapping[str, str] | None = None) -> str:
        """A draft from the one-page template, or from the answers of the form; its id."""
        if answers is None:
            return self._coach.editing.begin(language)
        return self._coach.editing.begin(language, _outline(answers))

    def copy(self, id: str) -> str:
        """A draft that is a copy; its id (NotFound)."""
        return self._coach.editing.copy(id)

    def written(self, id: str, language: Language) -> Written:
        """One text as it stands (NotFound)."""
        return _written(self._coach.editing.open(id), language)

    def keep(self, id: str, text: str, language: Language) -> Written:
        """Keep a draft as typed and say what is wrong with it."""
        return _written(self._coach.editing.keep(id, text), language)

    def fill(self, id: str, answers: Mapping[str, str], language: Language) -> Written:
        """Keep a draft with the form's answers written into its text."""
        return _written(self._coach.editing.fill(id, _outline(answers)), language)

    def certify(self, id: str) -> None:
        """Let the bots play it; Refused while it has a fault, Busy while they play another one."""
        draft = self._coach.editing.open(id)
        if not draft.typed.whole:
            raise Refused(WORDS["scenario_trial_broken"])
        self._certifying.start(self._coach.settings, self._coach.person, id, faults=0)

    def stop(self, id: str) -> None:
        """Stop the bots."""
        self._certifying.stop(self._coach.person, id)

    def certificate(self, id: str, language: Language) -> CertificateView:
        """How it stands with its certificate, and how far the bots are."""
        draft = self._coach.editing.open(id)
        run = self._certifying.look(self._coach.person, id)
        if run and run.state == "running":
            return _running(run, language)
        return _certificate(draft, run, language)

    def publish(self, id: str) -> None:
        """Show it to everybody (Refused without a certificate that holds)."""
        self._coach.editing.publish(id)

    def retire(self, id: str) -> None:
        """Take it off the shelf."""
        self._coach.editing.retire(id)

    def trial(self, id: str, language: Language, *, anew: bool = False, words: str = "") -> Trial | None:
        """The talk with the draft's customer: begun `anew`, one line further with `words`; None where there is none."""
        key = self._coach.person, id
        if anew:
            draft = self._coach.editing.open(id)
            if draft.scenario is None:
                raise Refused(WORDS["scenario_trial_broken"])
            self._trials.begin(key, draft.scenario, self._coach.offline)
        elif words.strip():
            self._trials.say(key, words.strip())
        return self._trials.shown(key, language)


def _outline(answers: Mapping[str, str]) -> Outline:
    return Outline(**{field.name: answers.get(field.name, "") for field in fields(Outline)})


def _row(one: StoredScenario, language: Language) -> OwnRow:
    return OwnRow(
        one.scenario_id,
        str(one.body.get("title") or one.scenario_id),
        say("dot", language).join((one.scenario_id, _when(one.updated_at))),
        say(f"scenario_{one.status}", language),
        _TONES.get(one.status, ""),
    )


def _source(one: Scenario, language: Language) -> Source:
    kinds = say("list_comma", language).join(name(kind, language) for kind in one.objection_types)
    level = say(f"level_{one.difficulty.level}", language)
    return Source(one.id, one.title, say("dot", language).join((kinds, level)))


def _written(draft: Draft, language: Language) -> Written:
    remarks = []
    for fault, field in draft.typed.faults:
        words = fault.words(language).removeprefix(f"{field}: ")
        remarks.append(Remark(fault.line, field, words, fault.grade == "fault"))
    form = answers(draft.typed.text)
    return Written(
        answers=asdict(form) if form else None,
        id=draft.id,
        title=draft.title,
        text=draft.typed.text,
        remarks=tuple(remarks),
        faults=sum(one.fault for one in remarks),
        whole=draft.typed.whole,
        locked=draft.status != "draft",
        status=say(f"scenario_{draft.status}", language),
        tone=_TONES.get(draft.status, ""),
        kept=say("scenario_kept", language, at=_when(draft.updated_at)),
    )


def _running(run: Run, language: Language) -> CertificateView:
    bot = say(f"bot_{run.bot or 'silent'}", language)
    return CertificateView(
        "running",
        say("scenario_cert_running", language),
        "accent",
        part=round(100 * run.done / max(1, run.talks)),
        progress=say("scenario_cert_progress", language, bot=bot, done=run.done, all=run.talks),
    )


def _certificate(draft: Draft, run: Run | None, language: Language) -> CertificateView:
    kept = draft.certificate
    stands = draft.stands if draft.scenario else "none"
    note = ""
    if stands == "stale":
        note = say("scenario_cert_changed", language)
    elif kept is None and run and draft.status == "draft":
        what = "moved" if run.state == "done" else run.state
        note = say(f"scenario_cert_{what}", language)
    elif not draft.typed.whole:
        note = say("scenario_cert_faults", language)
    side = 0 if language == "zh" else 1
    shown = kept if kept and stands != "none" else None
    return CertificateView(
        stands,
        say(f"scenario_cert_{stands}", language),
        _STANDS[stands],
        note=note,
        reasons=tuple(one[side] for one in shown.reasons) if shown else (),
        rows=tuple(_bot(shown, bot, language) for bot in shown.rates) if shown else (),
        may_start=draft.status == "draft" and draft.typed.whole,
        may_publish=draft.status == "draft" and stands == "certified",
        may_retire=draft.status == "published",
    )


def _bot(kept: Kept, bot: str, language: Language) -> BotRow:
    one = kept.rates[bot]
    bad = min(one.win, one.passed) < 0.8 if bot == "expert" else one.win > 0 or one.passed > 0
    total = "–" if one.total is None else f"{one.total:g}"
    return BotRow(say(f"bot_{bot}", language), one.passed, one.walked_away, total, bad)


def _when(at: dt.datetime) -> str:
    return at.replace(tzinfo=dt.UTC).astimezone().strftime("%m-%d %H:%M")
