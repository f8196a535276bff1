"""`coach eval practice`: scores labelled dialogues and prints how far the scores can be trusted, beside a keyword count."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from evals.practice.agreement import Scored, figure, gaming_kept_down, kappa, order
from evals.practice.dialogues import SHIPPED, Dialogue, read_dialogues
from evals.practice.invariance import Scorer, ablation, injection, others_orders, others_words, padding, share
from evals.practice.second import agreed
from evals.reading.examples import SEALED

if TYPE_CHECKING:
    from coach.conversation import Conversation
    from coach.practice.score import Score
    from evals.endpoint import Around
    from scenarios.schema import Scenario


class Judged(NamedTuple):
    """One dialogue with the coach's score and what a mere count of keywords makes of it."""

    dialogue: Dialogue
    score: Score
    keywords: float


def evaluate_practice(data: Path | None, predictions: Path | None, around: Around | None = None) -> None:
    """Score the dialogues of `data` (or the shipped ones), print the tables, write the predictions.

    Shipped dialogues that the verdicts were never fitted on (`sealed-…`) have a table of their own: it is the one to believe.
    """
    dialogues = read_dialogues(data or SHIPPED)
    scorer = scorer_of(around)
    judged = [Judged(one, scorer(one), keyword_count(_scenario(one), one)) for one in dialogues]
    if predictions is not None:
        lines = [json.dumps(_prediction(one), ensure_ascii=False) for one in judged]
        predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    if data is not None:
        _print(judged, "", scorer)
        return
    sealed = [one for one in judged if one.dialogue.batch.startswith(SEALED)]
    _print(sealed, "never fitted on", scorer)
    _print([one for one in judged if one not in sealed], "the verdicts were fitted on these", scorer)


def scorer_of(around: Around | None = None) -> Scorer:
    """What scores a dialogue: the engine of the settings, or the model that `around` puts before the reader."""
    from coach.app import open_coach
    from coach.practice.finished import score_dialogue
    from coach.reading.offline import OfflineEngine
    from scenarios.rubric import load_rubrics

    coach, rubrics = open_coach(), load_rubrics()
    engine = coach.engine if around is None else around(OfflineEngine())

    @cache
    def scored(id: str, talk: Conversation) -> Score:
        scenario = coach.scenario(id)
        return score_dialogue(scenario, rubrics[scenario.rubric], talk, engine)

    return lambda dialogue: scored(dialogue.scenario, dialogue.talk)


def _scenario(dialogue: Dialogue) -> Scenario:
    from scenarios.loader import find_scenario, load_scenarios

    return find_scenario(load_scenarios(), dialogue.scenario)


def keyword_count(scenario: Scenario, dialogue: Dialogue) -> float:
    """The baseline: weight of the key points whose word groups all occur somewhere in the rep's words."""
    rep = (
        "".join(t.text for t in dialogue.talk.turns if t.speaker in ("销售", "Rep"))
        .casefold()
        .replace(" ", "")
    )
    total = 0.0
    for point in scenario.key_points:
        groups = [scenario.concepts.get(name, ()) for entry in point.concepts for name in _names(entry)]
        if groups and all(any(word.casefold().replace(" ", "") in rep for word in group) for group in groups):
            total += point.weight
    return total


def _names(entry: object) -> list[str]:
    return [entry] if isinstance(entry, str) else [str(name) for name in entry][:1]  # type: ignore[attr-defined]


def _prediction(one: Judged) -> dict[str, object]:
    checks = {check.item.id: check.finding.verdict for check in one.score.checks}
    return {"id": one.dialogue.id, "outcome": one.score.outcome, "total": one.score.total, "checks": checks}


def _print(judged: Sequence[Judged], what: str, scorer: Scorer) -> None:
    from rich.console import Console
    from rich.table import Table

    def scored(which: str) -> list[Scored]:
        return [
            Scored(
                one.dialogue.scenario,
                one.dialogue.level or "",
                one.keywords if which == "keywords" else one.score.total,
            )
            for one in judged
        ]

    table = Table(
        title=f"practice: {len(judged)} dialogues{what and f' ({what})'}; labels by the project's own writers, no outside rater"
    )
    for column in ("", "coach", "keyword count"):
        table.add_column(column)
    for label, measure in (("strong > medium > weak", order), ("gaming not above weak", gaming_kept_down)):
        table.add_row(label, str(figure(scored("coach"), measure)), str(figure(scored("keywords"), measure)))
    each = [_pairs(one) for one in judged]
    pairs = [pair for some in each for pair in some]
    unscored = sum(verdict == "not_scored" for _, verdict in pairs)
    table.add_row("kappa over key points", str(figure(each, kappa)), "–")
    table.add_row("key points not scored", f"{unscored} of {len(pairs)}", "–")
    generic = [_generic_pairs(one) for one in judged]
    table.add_row("kappa over the rubric's checks", str(figure(generic, kappa_of_named)), "–")
    checks = sorted({check for some in generic for check, _, _ in some})
    two = agreed([one.dialogue for one in judged], checks)
    table.add_row("   two labellers, where both are sure", str(two), "–")
    for check in checks:
        mine = [[pair for pair in some if pair[0] == check] for some in generic]
        table.add_row(f"   {check}", str(figure(mine, kappa_of_named)), "–")
    dialogues = [one.dialogue for one in judged]
    for label, trial in (
        ("padding moves it by at most 2", padding),
        ("the same with another hand's words", _padding_by_others),
        ("orders to the grader never raise it", injection),
        ("the same with another hand's orders", _ordered_by_others),
        ("lower without a turn that counted", ablation),
    ):
        table.add_row(label, str(figure(trial(dialogues, scorer), share)), "–")
    console = Console()
    console.print(table)
    totals = Table(title="totals")
    for column in ("dialogue", "level", "total", "outcome"):
        totals.add_column(column)
    for one in judged:
        total = "–" if one.score.total is None else str(one.score.total)
        totals.add_row(one.dialogue.id, one.dialogue.level or "", total, one.score.outcome)
    console.print(totals)


def kappa_of_named(dialogues: Sequence[Sequence[tuple[str, str, str]]]) -> tuple[float | None, int]:
    """Cohen's kappa of (check, human, coach) verdicts."""
    return kappa([[(human, coach) for _, human, coach in some] for some in dialogues])


def _generic_pairs(one: Judged) -> list[tuple[str, str, str]]:
    """(check, human, coach) for the rubric's checks; those about which the labeller was only in doubt are left out."""
    marks, doubt = one.dialogue.generic, one.dialogue.doubt
    if marks is None:
        return []
    asked = [check for check in one.score.checks if check.item.kind == "generic"]
    sure = [check for check in asked if check.item.id in marks or check.item.id not in doubt]
    return [(it.item.id, "yes" if it.item.id in marks else "no", it.finding.verdict) for it in sure]


def _padding_by_others(dialogues: Sequence[Dialogue], scorer: Scorer) -> list[bool]:
    return padding(dialogues, scorer, others_words())


def _ordered_by_others(dialogues: Sequence[Dialogue], scorer: Scorer) -> list[bool]:
    return injection(dialogues, scorer, others_orders())


def _pairs(one: Judged) -> list[tuple[str, str]]:
    verdicts = {check.item.id: check.finding.verdict for check in one.score.checks}
    return [(human, verdicts[key]) for key, human in one.dialogue.checks.items() if key in verdicts]
