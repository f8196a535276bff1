"""The random field in numbers: the weights that were taught, and how likely every label of every token is.

It gives what `pycrfsuite` gives for the clues of `coach.privacy.clues` (a test holds the two together), several times
faster and for many sentences at once: one look at a table weighs a clue for all the places that it is seen from.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from coach.privacy.clues import EDGE, Seen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pycrfsuite import Tagger as Crf

_FAR: Final = 3
"""No clue is seen from further away."""
_SEEN_FROM: Final = re.compile(rf"(-?[1-{_FAR}])(.+)", re.DOTALL)
"""The name of a clue that stands some places on; no clue begins like that by itself."""


class Field:
    """The weights of one model, as read."""

    def __init__(self, crf: Crf) -> None:
        """Take them out of the model."""
        import numpy as np

        told = crf.info()
        self.labels: tuple[str, ...] = tuple(crf.labels())
        place = {label: n for n, label in enumerate(self.labels)}
        by_clue: dict[str, NDArray[np.float64]] = defaultdict(
            lambda: np.zeros((2 * _FAR + 1, len(self.labels)))
        )
        for (name, label), worth in told.state_features.items():
            far = _SEEN_FROM.fullmatch(name)
            step, clue = (int(far[1]), far[2]) if far else (0, name)
            by_clue[clue][step + _FAR, place[label]] = worth
        self._numbers = {clue: n for n, clue in enumerate(by_clue, 1)}
        nothing = np.zeros((2 * _FAR + 1, len(self.labels)))
        self._worth = np.stack([nothing, *by_clue.values()])
        self._follows = np.zeros((len(self.labels),) * 2)
        for (one, other), worth in told.transitions.items():
            self._follows[place[one], place[other]] = worth

    def likely(self, sentences: Sequence[Seen]) -> list[NDArray[np.float64]]:
        """For each sentence how likely each label of each token is, (tokens, labels). No sentence may be empty."""
        import numpy as np

        lengths = [len(one.low) for one in sentences]
        scores = np.zeros((len(sentences), max(lengths), len(self.labels)))
        for n, seen in enumerate(sentences):
            scores[n, : lengths[n]] = self._scores(seen)
        likely = _marginals(scores, lengths, self._follows)
        return [likely[n, :length] for n, length in enumerate(lengths)]

    def _scores(self, seen: Seen) -> NDArray[np.float64]:
        """What all clues of every token add up to, (tokens, labels)."""
        import numpy as np

        number, many = self._numbers.get, len(seen.low)
        rows = [
            [number("b", 0), number(f"t={word}", 0), *(number(clue, 0) for clue in own)]
            for word, own in zip(seen.low, seen.own, strict=True)
        ]
        widest = max(map(len, rows))
        shown = self._worth[[row + [0] * (widest - len(row)) for row in rows]].sum(axis=1)
        scores: NDArray[np.float64] = shown[:, _FAR].copy()
        beyond = self._worth[number(EDGE, 0)]
        for step in range(1, min(_FAR, many) + 1):
            scores[: many - step] += shown[step:, _FAR + step]
            scores[step:] += shown[: many - step, _FAR - step]
        for step in range(1, _FAR + 1):
            scores[max(0, many - step) :] += beyond[_FAR + step]
            scores[:step] += beyond[_FAR - step]
        held = [(at, row) for at, clue in seen.joint if (row := number(clue))]
        if held:
            places, which = zip(*held, strict=True)
            np.add.at(scores, list(places), self._worth[list(which), _FAR])
        return scores


def _marginals(
    scores: NDArray[np.float64], lengths: Sequence[int], follows: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Forward and backward through all sentences at once, each row kept to a sum of one."""
    import numpy as np

    sentences, longest, labels = scores.shape
    odds = np.exp(scores - scores.max(axis=2, keepdims=True))
    step = np.exp(follows)
    inside = np.arange(longest)[None] < np.asarray(lengths)[:, None]
    forward = np.empty_like(odds)
    forward[:, 0] = odds[:, 0]
    for at in range(longest):
        if at:
            forward[:, at] = (forward[:, at - 1] @ step) * odds[:, at]
        forward[:, at] /= forward[:, at].sum(axis=1, keepdims=True)
    backward = np.ones((sentences, labels))
    likely: NDArray[np.float64] = np.empty_like(odds)
    for at in range(longest - 1, -1, -1):
        likely[:, at] = forward[:, at] * backward
        likely[:, at] /= likely[:, at].sum(axis=1, keepdims=True)
        onward = (odds[:, at] * backward) @ step.T
        onward /= onward.sum(axis=1, keepdims=True)
        # Past the end of a shorter sentence nothing has been seen yet.
        backward = np.where(inside[:, at, None], onward, 1.0)
    return likely
