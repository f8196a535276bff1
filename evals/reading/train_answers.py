"""Train the verdicts of `answer`: how examples, near-misses, acts and concepts weigh against each other.

    nice python -m evals.reading.train_answers

Each key point and red line gives pairs (check, utterance, did it): its own examples with that example taken out of the
check (yes), its near-misses likewise (no), the examples of the scenario's other checks (no), the expert's lines (yes where
they cover it), and the dialogues of evals/sets/practice with their marks, plain and with idle talk put in between. Whole
scenarios are held out to set the band. The rubric's checks, marked turn by turn, then get weights of their own that lean
on the common ones. Also counts how common each piece of text is (`common-1.tsv`).
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.conversation import Conversation, conversation, known_role
from coach.reading.engine import Check
from coach.reading.offline.answer import VERBATIM, passages
from coach.reading.offline.deeds import SHOW
from coach.reading.offline.judge import Judge
from coach.reading.offline.nearness import TABLE, nearest, pieces
from coach.reading.offline.signals import DEED, DOES, NAMES, signals
from coach.reading.offline.verdicts import ARTEFACT
from coach.vocabulary import HARMFUL_ACTS, Language
from evals.practice.dialogues import Dialogue, read_dialogues
from evals.reading.deeds import judges_without
from evals.reading.deeds import train as train_deeds
from evals.reading.examples import SEALED, SETS, training_batches
from evals.reading.generic_verdicts import agreeing, own_weights, taught_turns
from evals.reading.rough import padded
from evals.sets.annotated import read_visits
from evals.sets.labelled_replies import read_replies
from scenarios.loader import load_scenarios
from scenarios.schema import Scenario

COMMON: Final = 4000
"""So many pieces get a weight of their own."""
SURE_OF_HARM: Final = 0.6
"""The least for a red line: a false one fails a good practice."""
DOUBT: Final = 0.04
"""Width of the band in which nothing is scored: a wide one leaves good talks without a total."""
SHARES: Final = {"dialogue": 0.5, "expert": 0.2, "example": 0.12, "near_miss": 0.14, "foreign": 0.04}
"""What each kind of pair weighs in the fit. Only dialogues were written by people who had not seen the checks' words."""
OPENING: Final[dict[Language, tuple[str, str]]] = {"zh": ("客户", "你接着说。"), "en": ("Customer", "Go on.")}
REP: Final[dict[Language, str]] = {"zh": "销售", "en": "Rep"}


@dataclass(frozen=True, slots=True)
class Pair:
    """One utterance (or dialogue) held against one check; `best` are the signals of its likeliest passage."""

    scenario: str
    kind: str
    harmful: bool
    values: tuple[tuple[float, ...], ...]
    truth: bool
    weight: float


def main() -> None:
    """Count common pieces, collect pairs, fit, set the band, write both artefacts."""
    # Without their further ways: leaving one of eleven out leaves its sisters, and nearness would seem to be worth more.
    loaded = {id: one.model_copy(update={"ways": {}}) for id, one in load_scenarios().items()}
    count_common(loaded)
    dialogues = taught_dialogues()
    train_deeds(dialogues)
    with TemporaryDirectory() as folder:
        unseeing = judges_without(dialogues, Path(folder))
        _write(loaded, unseeing)


def _write(loaded: dict[str, Scenario], unseeing: Mapping[str, Judge]) -> None:
    """Fit the verdicts; what `unseeing` judges say of dialogues is what deeds are worth where nobody was taught them."""
    pairs = balanced(list(collect(loaded, unseeing)))
    weights = fit(pairs)
    held = held_out(pairs)
    doubt, sure, sure_harm = band(pairs, held)
    report(pairs, held, doubt, sure)
    written = {
        **_written(weights, doubt, sure, sure_harm),
        "pairs": len(pairs),
        "scenarios": len({pair.scenario for pair in pairs}),
        "own": _own(loaded, unseeing, weights, sure_harm),
    }
    ARTEFACT.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def _own(
    loaded: dict[str, Scenario],
    unseeing: Mapping[str, Judge],
    common: NDArray[np.float64],
    sure_harm: float,
) -> dict[str, object]:
    """The rubric's checks, each with weights of its own."""
    copies = [(one, ((one.talk, 1.0), (idled(one), 0.5))) for one in taught_dialogues()]
    found = own_weights(taught_turns(unseeing, loaded, copies), common)
    return {
        check: _written(weights, round(sure - DOUBT, 3), sure, max(sure, sure_harm))
        for check, (weights, sure) in found.items()
    }


def _written(weights: NDArray[np.float64], doubt: float, sure: float, sure_harm: float) -> dict[str, object]:
    told = {name: round(float(w), 4) for name, w in zip(NAMES, weights, strict=True) if abs(w) >= 5e-5}
    return {"weights": told, "doubt": doubt, "sure": sure, "sure_harm": sure_harm}


def count_common(loaded: dict[str, Scenario]) -> None:
    """Weights of the commonest pieces, by how many of the project's utterances hold them."""
    texts = [one.reply for one in read_replies(SETS / "replies") if not one.batch.startswith(SEALED)]
    texts += [
        turn.text
        for batch in training_batches()
        for visit in read_visits(batch)
        for turn in visit.conversation.turns
    ]
    texts += [
        text for scenario in loaded.values() for check in checks_of(scenario) for text in check.examples
    ]
    held = Counter(piece for text in texts for piece in pieces(text))
    top = held.most_common(COMMON)
    rows = (f"{piece}\t{_weight(count, len(texts)):.3f}" for piece, count in top if count >= 4)
    TABLE.write_text("\n".join(rows) + "\n", encoding="utf-8")


def _weight(count: int, texts: int) -> float:
    """One for what four utterances in ten thousand hold, towards a tenth for what most hold."""
    return max(0.1, min(1.0, math.log(texts / count) / math.log(2500)))


def checks_of(scenario: Scenario) -> list[Check]:
    """The key points and red lines of a scenario as the engine's questions."""
    from coach.practice.checks import items_of
    from scenarios.rubric import load_rubrics

    rubric = load_rubrics()[scenario.rubric]
    return [item.check for item in items_of(scenario, rubric) if item.kind != "generic"]


def collect(loaded: dict[str, Scenario], unseeing: Mapping[str, Judge]) -> Iterator[Pair]:
    """All pairs of all scenarios and dialogues."""
    judge = Judge()
    for scenario in loaded.values():
        yield from _of_scenario(judge, scenario)
    yield from _of_dialogues(unseeing, loaded)


def balanced(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs with each kind weighing what `SHARES` says: scenarios grow in number, people's own words count on."""
    sums: dict[str, float] = dict.fromkeys(SHARES, 0.0)
    for pair in pairs:
        sums[pair.kind] += pair.weight
    return [
        replace(pair, weight=pair.weight * SHARES[pair.kind] * len(pairs) / sums[pair.kind]) for pair in pairs
    ]


def _of_scenario(judge: Judge, scenario: Scenario) -> Iterator[Pair]:
    checks = checks_of(scenario)
    for check in checks:
        for example in check.examples:
            without = replace(check, examples=tuple(text for text in check.examples if text != example))
            yield _pair(
                judge, scenario, without, checks, _said(example, scenario.language), True, "example", 1.0
            )
        for miss in check.near_misses:
            without = replace(check, near_misses=tuple(one for one in check.near_misses if one != miss))
            yield _pair(
                judge, scenario, without, checks, _said(miss.text, scenario.language), False, "near_miss", 1.5
            )
    for check in checks:
        for foreign in checks:
            if foreign.id != check.id and foreign.examples and not set(foreign.acts) & set(HARMFUL_ACTS):
                said = _said(foreign.examples[0], scenario.language)
                yield _pair(judge, scenario, check, checks, said, False, "foreign", 0.25)
    for line in scenario.expert_script:
        said = _said(line.say, scenario.language)
        for check in checks:
            covers = check.id in line.covers
            if covers or set(check.acts) & set(line.acts):
                yield _pair(judge, scenario, check, checks, said, covers, "expert", 1.0 if covers else 0.4)


def _of_dialogues(unseeing: Mapping[str, Judge], loaded: dict[str, Scenario]) -> Iterator[Pair]:
    for one in taught_dialogues():
        scenario, judge = loaded[one.scenario], unseeing[one.scenario]
        checks = checks_of(scenario)
        for talk, weight in ((one.talk, 1.5), (idled(one), 0.75)):
            for check in checks:
                if check.id in one.checks:
                    done = one.checks[check.id] == "yes"
                    yield _pair(judge, scenario, check, checks, talk, done, "dialogue", weight)


def taught_dialogues() -> list[Dialogue]:
    """The labelled dialogues that are not kept sealed."""
    return [one for one in read_dialogues(SETS / "practice") if not one.batch.startswith(SEALED)]


def idled(one: Dialogue) -> Conversation:
    """The dialogue with idle talk between the rep's clauses; the same every time."""
    rng = random.Random(f"idle {one.id}")
    turns = tuple(
        replace(turn, text=padded(turn.text, one.talk.language, rng))
        if known_role(turn.speaker) == "rep"
        else turn
        for turn in one.talk.turns
    )
    return replace(one.talk, turns=turns)


def _said(text: str, language: Language) -> Conversation:
    return conversation([OPENING[language], (REP[language], text)], language=language)


def _pair(
    judge: Judge,
    scenario: Scenario,
    check: Check,
    checks: Sequence[Check],
    talk: Conversation,
    truth: bool,
    kind: str,
    weight: float,
) -> Pair:
    misses = tuple(miss.text for miss in check.near_misses)
    found = [
        passage
        for passage in _passages(judge, talk, checks)
        if not (nearest(passage.words, misses) >= VERBATIM)
        and not (nearest(passage.words, check.examples) >= VERBATIM)
    ]
    others = [check if one.id == check.id else one for one in checks]
    values = tuple(tuple(signals(check, others, passage)) for passage in found)
    harmful = bool(check.acts) and set(check.acts) <= set(HARMFUL_ACTS)
    return Pair(scenario.id, kind, harmful, values, truth, weight)


_remembered: dict[Conversation, list[object]] = {}


def _passages(judge: Judge, talk: Conversation, checks: Sequence[Check]) -> list:  # type: ignore[type-arg]
    if talk not in _remembered:
        _remembered[talk] = list(passages(judge, talk, checks))
    return _remembered[talk]


def fit(pairs: Sequence[Pair]) -> NDArray[np.float64]:
    """Logistic weights; of every pair the passage counts that the weights of the round before like best."""
    from scipy.optimize import minimize

    usable = [pair for pair in pairs if pair.values]
    truth = np.array([pair.truth for pair in usable], dtype=np.float64)
    share = np.array([pair.weight for pair in usable])
    weights = _start()
    for _ in range(4):
        chosen = np.array([max(pair.values, key=lambda v: float(np.dot(v, weights))) for pair in usable])

        def loss(
            w: NDArray[np.float64], x: NDArray[np.float64] = chosen
        ) -> tuple[float, NDArray[np.float64]]:
            scores = x @ w
            p = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
            value = float(np.sum(share * (np.logaddexp(0, scores) - truth * scores))) + 0.5 * float(w @ w)
            return value, x.T @ (share * (p - truth)) + w

        weights = minimize(loss, weights, jac=True, method="L-BFGS-B", bounds=_bounds()).x
    return weights


def _bounds() -> list[tuple[float | None, float | None]]:
    """Signals that can only speak for a yes, or only against it, whatever a few hundred pairs happen to say."""
    return [
        (0.0, None)
        if name in _FOR
        else (None, -_AGAINST[name])
        if name in _AGAINST
        else (
            0.0,
            0.0,
        )  # what else a passage does speaks only in the rubric's checks, for which marks are many
        if name.startswith((DOES, DEED))
        else (None, None)
        for name in NAMES
    ]


_FOR: Final = (
    "near",
    "margin",
    "statement",
    "act",
    "act_fits",
    "covered",
    "all_covered",
    "in_passage",
    "near_covered",
    "near_act",
)
_AGAINST: Final = {
    "far": 0.5, "denied": 0.5, "tells_instead": 0.0, "asks_instead": 0.0, "other": 0.0, "harm": 0.0, "salad": 1.0, "echo": 0.0, "past": 0.0, "act_misses": 0.0, DEED + SHOW: 0.0,
}  # fmt: skip
"""The least that each of these weighs against a yes."""


def _start() -> NDArray[np.float64]:
    """What a person would say first, so that the first choice of passages is sensible."""
    first = {
        "near": 4.0,
        "far": -4.0,
        "act": 2.0,
        "covered": 2.0,
        "all_covered": 1.0,
        "statement": 1.0,
        "bias": -3.5,
    }
    return np.array([first.get(name, 0.0) for name in NAMES])


def best(pair: Pair, weights: NDArray[np.float64]) -> float:
    """The probability of the pair's best passage; 0 when nothing was left to judge."""
    if not pair.values:
        return 0.0
    return float(1 / (1 + math.exp(-max(float(np.dot(values, weights)) for values in pair.values))))


def held_out(pairs: Sequence[Pair]) -> list[float]:
    """Every pair judged by weights that never saw its scenario."""
    result = [0.0] * len(pairs)
    for name in sorted({pair.scenario for pair in pairs}):
        weights = fit([pair for pair in pairs if pair.scenario != name])
        for at, pair in enumerate(pairs):
            if pair.scenario == name:
                result[at] = best(pair, weights)
    return result


def band(pairs: Sequence[Pair], p: Sequence[float]) -> tuple[float, float, float]:
    """doubt, sure and sure for red lines, set on what is said in dialogues; the band is narrow.

    Examples and near-misses teach the weights; they were written to lie near the edge and would pull it away from talk.
    """
    judged = list(zip(pairs, p, strict=True))
    talk = [(value, pair.truth) for pair, value in judged if not pair.harmful and pair.kind == "dialogue"]
    said, met = (np.array(column) for column in zip(*talk, strict=True))
    sure = agreeing(said, met, careful=True)[0]
    red = [(pair, value) for pair, value in judged if pair.harmful]
    return (
        round(max(0.05, sure - DOUBT), 3),
        round(sure, 3),
        round(max(sure, SURE_OF_HARM, _f_best(red) if red else 0.0), 3),
    )


def _f_best(judged: Sequence[tuple[Pair, float]]) -> float:
    """The threshold with the best F0.8 (a false yes costs more than a missed one)."""

    def f(t: float) -> float:
        hits = sum(pair.weight for pair, p in judged if pair.truth and p >= t)
        said = sum(pair.weight for pair, p in judged if p >= t)
        so = sum(pair.weight for pair, _ in judged if pair.truth)
        return 1.64 * hits / (0.64 * so + said) if said else 0.0

    return float(max(np.linspace(0.2, 0.8, 61), key=lambda t: np.mean([f(t - 0.02), f(t), f(t + 0.02)])))


def report(pairs: Sequence[Pair], p: Sequence[float], doubt: float, sure: float) -> None:
    """Print yes, not scored and no by kind of pair and truth, scenarios held out."""
    table: Counter[tuple[str, bool, str]] = Counter()
    for pair, value in zip(pairs, p, strict=True):
        table[
            (pair.kind, pair.truth, "yes" if value >= sure else "not_scored" if value >= doubt else "no")
        ] += 1
    for key in sorted(table):
        print(*key, table[key])
    print(
        f"{len(pairs)} pairs, {len({pair.scenario for pair in pairs})} scenarios, doubt {doubt}, sure {sure}"
    )


if __name__ == "__main__":
    main()
