"""Weights of their own for the rubric's checks, which dialogues were marked for turn by turn.

Every rep turn of a labelled dialogue is an example: did it do what the check says, or not; turns about which the
labeller was in doubt are left out. The weights lean on the common ones as far as the marks allow. Where a yes begins is
set dialogue by dialogue on scenarios held out: a check is met when some turn meets it.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.conversation import Conversation, known_role
from coach.reading.engine import Check
from coach.reading.offline.answer import VERBATIM, passages
from coach.reading.offline.judge import Judge
from coach.reading.offline.nearness import nearest
from coach.reading.offline.signals import signals
from evals.practice.agreement import kappa
from evals.practice.dialogues import Dialogue
from scenarios.schema import Scenario

LEANS: Final = 1.0
"""How strongly the weights are held to the common ones."""
PARTS: Final = 5
"""Scenarios are held out in so many parts."""
ROUNDS: Final = 6
"""So often they are dealt into parts anew: the edge of one dealing alone is a matter of luck."""
ENRICHED: Final = "cost-asked"
"""Talks that were written to hold one deed more often than talks do: they teach weights, but set no edge."""
AS_GOOD: Final = 0.01
"""Edges whose agreement lies so near the best are as good."""

Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Turn:
    """A rep turn held against a check: its passages' signals, whether it does it, and where it is from."""

    check: str
    scenario: str
    dialogue: str
    batch: str
    values: Row
    done: bool
    weight: float


def checks_of_rubric(scenario: Scenario) -> list[Check]:
    """The generic checks of a scenario as the engine's questions."""
    from coach.practice.checks import items_of
    from scenarios.rubric import load_rubrics

    rubric = load_rubrics()[scenario.rubric]
    return [item.check for item in items_of(scenario, rubric) if item.kind == "generic"]


def turns_of(
    judge: Judge, scenario: Scenario, one: Dialogue, talk: Conversation, weight: float
) -> Iterator[Turn]:
    """Every rep turn that was marked, for every check; `talk` is the dialogue's, or a rough copy of it."""
    checks = checks_of_rubric(scenario)
    found = passages(judge, talk, checks)
    name = one.id if talk is one.talk else f"{one.id} idle"
    for check in checks:
        misses = tuple(miss.text for miss in check.near_misses)
        done, doubted = (marks.get(check.id, ()) for marks in (one.generic or {}, one.doubt))
        for turn in talk.turns:
            said = [passage for passage in found if passage.turn == turn.number]
            told = [passage for passage in said if nearest(passage.words, misses) < VERBATIM]
            if known_role(turn.speaker) != "rep" or turn.number in doubted or not told:
                continue
            values = np.array([signals(check, checks, passage) for passage in told])
            yield Turn(check.id, scenario.id, name, one.batch, values, turn.number in done, weight)


def own_weights(turns: Sequence[Turn], common: Row) -> dict[str, tuple[Row, float]]:
    """For every check its weights and where a yes begins, and a line about how sure that is."""
    result = {}
    for check in sorted({turn.check for turn in turns}):
        mine = [turn for turn in turns if turn.check == check]
        sure, agreed = _edge(mine, common)
        result[check] = (fit(mine, common), sure)
        met = len({turn.dialogue for turn in mine if turn.done})
        print(f"{check}: {len(mine)} turns, {met} dialogues met, sure {sure}, held-out kappa {agreed:.2f}")
    return result


def fit(turns: Sequence[Turn], common: Row) -> Row:
    """Logistic weights near `common`; of every turn the passage counts that the weights of the round before like best."""
    from scipy.optimize import minimize

    done = np.array([turn.done for turn in turns], dtype=np.float64)
    share = np.array([turn.weight for turn in turns])
    weights = common
    for _ in range(4):
        chosen = np.array([turn.values[int(np.argmax(turn.values @ weights))] for turn in turns])

        def loss(w: Row, x: Row = chosen) -> tuple[float, Row]:
            scores = x @ w
            p = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
            away = w - common
            value = float(np.sum(share * (np.logaddexp(0, scores) - done * scores)))
            return value + 0.5 * LEANS * float(away @ away), x.T @ (share * (p - done)) + LEANS * away

        weights = minimize(loss, weights, jac=True, method="L-BFGS-B").x
    return np.asarray(weights)


def _edge(turns: Sequence[Turn], common: Row) -> tuple[float, float]:
    """Where a yes best begins on scenarios held out, and the agreement there (Cohen's kappa over dialogues)."""
    scenarios = sorted({turn.scenario for turn in turns})
    best: dict[tuple[int, str], float] = {}
    met: dict[tuple[int, str], bool] = {}
    for dealing in range(ROUNDS):
        random.Random(dealing).shuffle(scenarios)
        for part in range(PARTS):
            held = set(scenarios[part::PARTS])
            weights = fit([turn for turn in turns if turn.scenario not in held], common)
            for turn in turns:
                if turn.scenario in held and turn.batch != ENRICHED:
                    p = 1 / (1 + math.exp(-float(np.max(turn.values @ weights))))
                    at = dealing, turn.dialogue
                    best[at] = max(best.get(at, 0.0), p)
                    met[at] = met.get(at, False) or turn.done
    return agreeing(np.array(list(best.values())), np.array(list(met.values())))


def agreeing(p: Row, truth: NDArray[np.bool_], *, careful: bool = False) -> tuple[float, float]:
    """From which probability on a yes agrees best with people (Cohen's kappa, a little around it too), and how well.

    `careful`: of edges as good as the best the highest. A key point that was not met ends a talk too early; one that was
    missed can still be earned.
    """

    def around(edge: float) -> float:
        return float(np.mean([_agreement(p >= edge + step, truth) for step in (-0.03, 0.0, 0.03)]))

    tried = [float(at) for at in np.linspace(0.2, 0.8, 61)]
    best = max(map(around, tried))
    as_good = [at for at in tried if around(at) >= best - (AS_GOOD if careful else 0.0)]
    edge = max(as_good) if careful else as_good[len(as_good) // 2]
    return round(edge, 2), _agreement(p >= edge, truth)


def _agreement(said: NDArray[Any], truth: NDArray[np.bool_]) -> float:
    people, coach = (np.where(one, "yes", "no").tolist() for one in (truth, said))
    return kappa([list(zip(people, coach, strict=True))])[0] or 0.0


def taught_turns(
    judges: Mapping[str, Judge],
    loaded: Mapping[str, Scenario],
    dialogues: Sequence[tuple[Dialogue, Sequence[tuple[Conversation, float]]]],
) -> list[Turn]:
    """Every marked rep turn of these dialogues, in each of their copies, as the scenario's judge reads it."""
    return [
        turn
        for one, copies in dialogues
        if one.generic is not None
        for talk, weight in copies
        for turn in turns_of(judges[one.scenario], loaded[one.scenario], one, talk, weight)
    ]
