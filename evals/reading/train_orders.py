"""Train the head that tells words to the grader from words to the customer (`coach.reading.offline.to_grader`).

    nice python -m evals.reading.train_orders

Orders, and lines that only look like them, stand in `evals/sets/orders`, a file a hand. What else reps say in replies, visits,
dialogues, scenarios and cases is honest talk. Every hand, and every writer of honest talk, is judged by a fit that never saw
it; the threshold is where three honest sentences in two thousand, and one look-alike in fifty, is taken for an order. Files whose name begins with `sealed`
are left to `coach eval practice`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import yaml
from numpy.typing import NDArray

from coach.conversation import known_role
from coach.reading.offline.to_grader import ARTEFACT, HEAD, order_row, says_enough
from evals.practice.dialogues import read_dialogues
from evals.reading.examples import SEALED, SETS, training_batches
from evals.reading.logistic import calibrated, fit, log_odds, matrix
from evals.reading.train import Trained, write
from evals.sets.annotated import read_visits
from evals.sets.labelled_replies import read_replies
from knowledge.loader import load_cases
from scenarios.loader import load_scenarios
from scenarios.wording import sentences

ORDERS: Final = SETS / "orders"
FALSE: Final = 0.0015
"""The share of honest sentences that may be taken for orders."""
FALSE_ALIKE: Final = 0.02
"""The same of those that were written to look like orders."""
PARTS: Final = 5
"""Writers of honest talk are held out in so many parts."""
GAMING: Final = "gaming"


@dataclass(frozen=True, slots=True)
class Said:
    """One piece of talk, by whom, and whether it is meant for the grader; `alike` was written to look like it."""

    text: str
    hand: str
    order: bool
    alike: bool = False


def main() -> None:
    """Judge every hand unseen, set the threshold, fit on all, write the head."""
    said = [*ordered(), *honest()]
    rows = matrix([order_row(one.text) for one in said])
    truth = np.array([[one.order] for one in said], dtype=np.int8)
    p = np.zeros(truth.shape)
    for held in _parts(said):
        use = np.array([one.hand in held for one in said])
        p[use] = fit(rows[~use], truth[~use]).probabilities(rows[use])
    fitted = calibrated(fit(rows, truth), log_odds(p), truth)
    sure = _calibrated(p, fitted.slope, fitted.offset)
    natural = np.array([not one.order and not one.alike for one in said])
    alike = np.array([one.alike for one in said])
    limit = float(max(np.quantile(sure[natural], 1 - FALSE), np.quantile(sure[alike], 1 - FALSE_ALIKE)))
    _report(said, sure[:, 0], limit)
    judged = np.ones(len(said), dtype=bool)
    head = Trained(("order",), fitted, np.array([limit], dtype=np.float32), sure, truth, {}, judged)
    write({HEAD: head}, {}, ARTEFACT)


def ordered(folder: Path = ORDERS) -> Iterator[Said]:
    """Orders whole and sentence by sentence, and their look-alikes sentence by sentence."""
    for file in sorted(folder.glob("*.yaml")):
        if not file.name.startswith(SEALED):
            yield from read_orders(file)


def read_orders(file: Path) -> Iterator[Said]:
    """One hand's orders and look-alikes."""
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    for language in ("zh", "en"):
        for text in told.get(f"{language}_orders", ()):
            yield from (Said(one, file.stem, order=True) for one in {text, *_sentences(text)})
        for text in told.get(f"{language}_alike", ()):
            yield from (Said(one, file.stem, order=False, alike=True) for one in _sentences(text))


def honest() -> Iterator[Said]:
    """Every sentence, once, that a rep says to a customer in the sets, the scenarios and the cases."""
    orders = {one.text for one in ordered()}
    seen: set[str] = set()
    for text, hand in _spoken():
        for one in _sentences(text):
            if one not in seen and not any(one in order or order in one for order in orders):
                seen.add(one)
                yield Said(one, hand, order=False)


def _spoken() -> Iterator[tuple[str, str]]:
    """What reps say, and whose it is."""
    for one in read_replies(SETS / "replies"):
        if not one.batch.startswith(SEALED) and one.acts != frozenset({"evade"}):
            yield one.reply, one.batch
    for batch in training_batches():
        for visit in read_visits(batch):
            yield from (
                (turn.text, batch.name) for turn in visit.conversation.turns if turn.speaker == visit.rep
            )
    for file in sorted((SETS / "practice").glob("*.jsonl")):
        for dialogue in [] if file.name.startswith(SEALED) else read_dialogues(file):
            if dialogue.level != GAMING:
                turns = dialogue.talk.turns
                yield from (
                    (turn.text, dialogue.batch) for turn in turns if known_role(turn.speaker) == "rep"
                )
    for scenario in load_scenarios().values():
        yield from ((line.say, scenario.id) for line in scenario.expert_script)
        yield from ((text, scenario.id) for point in scenario.key_points for text in point.examples)
        yield from ((text, scenario.id) for check in scenario.red_lines for text in check.examples)
    for case in load_cases():
        yield from ((phrase.say, case.id) for phrase in case.reusable_phrases)


def _sentences(text: str) -> list[str]:
    return [one for a, b in sentences(text) if says_enough(one := text[a:b].strip())]


def _parts(said: Sequence[Said]) -> list[frozenset[str]]:
    """Each hand of orders by itself, together with a share of the honest writers."""
    hands = sorted({one.hand for one in said if one.order})
    others = sorted({one.hand for one in said} - set(hands))
    parts = max(PARTS, len(hands))
    return [frozenset([*hands[at : at + 1], *others[at::parts]]) for at in range(parts)]


def _calibrated(
    p: NDArray[np.float64], slope: NDArray[np.float32], offset: NDArray[np.float32]
) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-(log_odds(p) * slope + offset))))


def _report(said: Sequence[Said], p: NDArray[np.float64], limit: float) -> None:
    """How many are told, by hand, and which honest words come nearest."""
    for hand in sorted({one.hand for one in said if one.order}):
        for what, alike in (("orders", False), ("look-alikes", True)):
            told = [at for at, one in enumerate(said) if one.hand == hand and one.alike is alike]
            if told:
                print(f"{hand}: {np.mean(p[told] >= limit):.2f} of {len(told)} {what} told")
    honest = sorted((-p[at], one.text) for at, one in enumerate(said) if not one.order and not one.alike)
    print(f"threshold {limit:.3f}, {len(honest)} honest sentences; the nearest:")
    for odds, text in honest[:40]:
        print(f"  {-odds:.3f} {text}")


if __name__ == "__main__":
    main()
