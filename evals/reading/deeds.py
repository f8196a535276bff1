"""What the head of deeds is taught (`coach.reading.offline.deeds`): whole rep turns and the marks they have.

Labelled replies teach what their acts tell; what an act leaves open (was a figure evidence?) is unknown. Rep turns of
labelled dialogues teach their marks and short scenes theirs (`evals/sets/deeds`); single sayings, and the rubric's examples,
teach the deed of their check alone, near-misses that they are none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import yaml
from numpy.typing import NDArray

from coach.conversation import conversation, known_role
from coach.reading.offline import features
from coach.reading.offline.deeds import ARTEFACT, DEEDS, HEAD, SHOW
from coach.reading.offline.evidence import Evidence, gather
from coach.reading.offline.judge import Judge
from coach.vocabulary import REPLY_ACTS, Language
from evals.practice.dialogues import Dialogue
from evals.reading.examples import SETS, reply_examples
from evals.reading.logistic import calibrated, fit, log_odds, matrix
from evals.reading.train import Trained, write
from scenarios.rubric import load_rubrics

CHECKS: Final = {
    "g-acknowledge": "acknowledge", "g-explore-first": "explore", "g-impact": "impact", "g-restate": "restate",
    "g-answer": "answer", "g-evidence": "evidence", "g-map-decision": "decision", "g-next-step": "next_step",
}  # fmt: skip
"""The rubric's checks and the deed that each asks for."""
PARTS: Final = 5
"""Scenarios are held out in so many parts."""
LESSONS: Final = SETS / "deeds"
GAMING: Final = "gaming"
"""The level of a dialogue whose rep talks for the marks."""
UNKNOWN: Final = -1
_TELLS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "acknowledge": (frozenset({"acknowledge"}), frozenset()),
    "explore": (frozenset({"explore"}), frozenset()),
    "impact": (frozenset(), frozenset({"explore"})),
    "restate": (frozenset({"restate"}), frozenset()),
    "answer": (frozenset(), frozenset({"offer_solution", "trade", "quantify", "prove"})),
    "evidence": (frozenset({"prove"}), frozenset({"quantify", "offer_solution"})),
    "decision": (frozenset({"map_decision"}), frozenset()),
    "next_step": (frozenset({"advance"}), frozenset()),
    SHOW: (frozenset(), frozenset(REPLY_ACTS)),
}
"""By deed: the acts of a reply that are it, and those that leave it open."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One rep turn: its clauses, 1, 0 or unknown for every deed, and the scenario it is from, if any."""

    clauses: Sequence[Evidence]
    truth: tuple[int, ...]
    scenario: str = ""


def marked_turns(dialogues: Sequence[Dialogue]) -> list[Marked]:
    """Everything that teaches deeds."""
    found = [*_of_replies(), *_of_dialogues(dialogues), *_of_scenes(), *_of_rubrics()]
    return [one for one in found if one.clauses]


def train(dialogues: Sequence[Dialogue], out: Path = ARTEFACT) -> None:
    """Fit on everything, calibrated on what held-out scenarios say, and write the head."""
    taught = marked_turns(dialogues)
    rows = matrix([features.reply_row(one.clauses) for one in taught])
    truth = np.array([one.truth for one in taught], dtype=np.int8)
    p = np.zeros(truth.shape)
    for held in parts(dialogues):
        use = np.array([one.scenario in held for one in taught])
        p[use] = fit(rows[~use], truth[~use]).probabilities(rows[use])
    judged = np.array([bool(one.scenario) for one in taught])
    fitted = calibrated(fit(rows, truth), log_odds(p[judged]), truth[judged])
    _report(p[judged], truth[judged])
    limits = np.full(len(DEEDS), 0.5, dtype=np.float32)
    write({HEAD: Trained(DEEDS, fitted, limits, p, truth, {}, judged)}, {}, out)


def parts(dialogues: Sequence[Dialogue]) -> list[frozenset[str]]:
    """The scenarios of the dialogues in `PARTS` parts."""
    names = sorted({one.scenario for one in dialogues})
    return [frozenset(names[at::PARTS]) for at in range(PARTS)]


def judges_without(dialogues: Sequence[Dialogue], folder: Path) -> Mapping[str, Judge]:
    """By scenario a judge whose deeds were never taught from its dialogues; verdicts are fitted on what those say."""
    judges: dict[str, Judge] = {}
    for number, held in enumerate(parts(dialogues)):
        path = folder / f"deeds-{number}.npz"
        train([one for one in dialogues if one.scenario not in held], path)
        judges |= dict.fromkeys(held, Judge(deeds=path))
    return judges


def _of_replies() -> Iterator[Marked]:
    for one in reply_examples():
        acts = frozenset(one.reply.acts or ())
        truth = tuple(
            1 if acts & sure else UNKNOWN if acts & open_ else 0
            for sure, open_ in (_TELLS[deed] for deed in DEEDS)
        )
        yield Marked(one.clauses, truth)


def _of_dialogues(dialogues: Sequence[Dialogue]) -> Iterator[Marked]:
    checks = {deed: check for check, deed in CHECKS.items()}
    for one in dialogues:
        if one.generic is None:
            continue
        roles = {speaker: known_role(speaker) for speaker in one.talk.speakers}
        clauses = gather(one.talk.turns, roles, one.talk.language)
        for turn in one.talk.turns:
            if roles[turn.speaker] != "rep":
                continue
            marks = [(one.generic.get(checks[deed], ()), one.doubt.get(checks[deed], ())) for deed in checks]
            truth = [
                UNKNOWN if turn.number in doubted else int(turn.number in done) for done, doubted in marks
            ]
            show = UNKNOWN if 1 in truth and one.level == GAMING else int(one.level == GAMING)
            yield Marked(
                [it for it in clauses if it.clause.turn == turn.number], (*truth, show), one.scenario
            )


def _of_scenes() -> Iterator[Marked]:
    for file in sorted(LESSONS.glob("scenes-*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            scene = json.loads(line)
            truth = [int(deed in scene["marks"]) for deed in CHECKS.values()]
            show = 0 if 1 in truth else UNKNOWN
            yield Marked(_last([*scene["before"], ("rep", scene["rep"])], scene["lang"]), (*truth, show))


def _of_rubrics() -> Iterator[Marked]:
    said = _sayings()
    for rubric in load_rubrics().values():
        for check in rubric.checks:
            deed = CHECKS.get(check.id)
            for language in ("zh", "en"):
                words = check.words(language)
                told = [(text, 1) for text in words.examples] + [(miss.text, 0) for miss in words.near_misses]
                for text, done in (*told, *said.get((check.id, language), ())):
                    truth = tuple(done if one == deed else UNKNOWN for one in DEEDS)
                    yield Marked(_last([("rep", text)], language), truth)


def _sayings() -> dict[tuple[str, str], list[tuple[str, int]]]:
    """By check and language what was said, and whether it does what the check says."""
    found = {}
    for language in ("zh", "en"):
        read = yaml.safe_load((LESSONS / f"sayings-{language}.yaml").read_text(encoding="utf-8"))
        for check, said in read.items():
            does = [(str(text), 1) for text in said["does"]]
            found[check, language] = does + [(str(miss["text"]), 0) for miss in said["does_not"]]
    return found


def _last(lines: Sequence[Sequence[str]], language: Language) -> list[Evidence]:
    talk = conversation([(line[0], line[1]) for line in lines], language=language)
    found = gather(talk.turns, {"customer": "customer", "rep": "rep"}, language)
    return [one for one in found if one.clause.turn == len(lines)]


def _report(p: NDArray[np.float64], truth: NDArray[np.int8]) -> None:
    from sklearn.metrics import average_precision_score

    for at, deed in enumerate(DEEDS):
        known = truth[:, at] >= 0
        found = average_precision_score(truth[known, at], p[known, at])
        print(f"{deed}: {int((truth[:, at] == 1).sum())} turns, held-out average precision {found:.2f}")
