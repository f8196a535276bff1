"""The random field in numbers: the weights that were taught, and how likely every label of every token is.

It gives what `pycrfsuite` gives for the clues of `coach.privacy.clues` (a test holds the two together), many times faster
and for many sentences at once: clues that come together are weighed once and remembered, and numpy adds them up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from operator import add
from typing import TYPE_CHECKING, Final, TypeVar

from coach.privacy.clues import EDGE, beginning, of_cut, of_itself
from coach.privacy.han import Cut
from coach.privacy.line import APART, AROUND, GAP, Line, around_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pycrfsuite import Tagger as Crf

Key = TypeVar("Key")

_SEEN_FROM: Final = re.compile(rf"(-?[1-{GAP}])(.+)", re.DOTALL)
"""The name of a clue that stands some places on; no clue begins like that by itself."""
_STEPS: Final = 2 * GAP + 1
_PAIRS: Final = {"t12=": -1, "t+1=": 0, "t-1=": 1, "t-21=": 2}
"""Clues of two words that follow each other: how far behind the first of them the token stands that has the clue."""
_ASTRIDE: Final = {"around=": 1}
"""The same for two words with one between them."""
_NOBODY: Final = "\0"
"""The word that stands in a gap: it goes together with nothing."""
_TOGETHER: Final = 256
"""So many sentences of about one length are weighed at once."""
_AT_HAND: Final = 4096
"""So many tokens are added up at once: more do not fit where a processor has them at hand."""
_REMEMBERED: Final = 50_000
"""Tokens, or cut words, whose worth is kept; past that all are weighed anew."""


class Field:
    """The weights of one model, as read."""

    def __init__(self, crf: Crf) -> None:
        """Take them out of the model."""
        import numpy as np

        told = crf.info()
        self.labels: tuple[str, ...] = tuple(crf.labels())
        place = {label: n for n, label in enumerate(self.labels)}
        steps = np.zeros((_STEPS, len(self.labels)))
        worth: dict[str, NDArray[np.float64]] = defaultdict(steps.copy)
        for (name, label), one in told.state_features.items():
            far = _SEEN_FROM.fullmatch(name)
            step, clue = (int(far[1]), far[2]) if far else (0, name)
            worth[clue][GAP + step, place[label]] = one
        self._worth = dict(worth)
        self._follows = np.zeros((len(self.labels),) * 2)
        for (one, other), much in told.transitions.items():
            self._follows[place[one], place[other]] = much

        def together(found: Iterable[str]) -> NDArray[np.float64]:
            return sum((worth[clue] for clue in found if clue in self._worth), steps)

        self._token: _Weighed[str] = _Weighed(lambda text: together(_of_token(text)), steps)
        self._around = np.stack([together(around_of(number)) for number in range(AROUND)] + [steps])
        self._cut: _Weighed[tuple[str, str, str]] = _Weighed(lambda key: together(of_cut(*key)), steps)
        self._word = _Words(self._cut)
        self._pairs, self._astride = _Joint(_PAIRS, self._worth), _Joint(_ASTRIDE, self._worth)

    def likely(self, cuts: Sequence[Cut], line: Line) -> NDArray[np.float64]:
        """How likely each label of each token is, (places of the line, labels); 0 in the gaps."""
        import numpy as np

        if len(self._token) > _REMEMBERED:
            self._token.clear()
        if len(self._cut) > _REMEMBERED:
            self._cut.clear()
            self._word.clear()
        scores = self._scores(cuts, line)
        likely = np.zeros_like(scores)
        by_length = np.argsort(line.many, kind="stable")
        for at in range(0, len(by_length), _TOGETHER):
            part = by_length[at : at + _TOGETHER]
            many, first = line.many[part][:, None], line.first[part][:, None]
            step = np.arange(many.max())
            inside = step < many
            places = np.where(inside, first + step, 0)
            likely[places[inside]] = _marginals(scores[places], inside, self._follows)[inside]
        return likely

    def _scores(self, cuts: Sequence[Cut], line: Line) -> NDArray[np.float64]:
        """What all clues of every token add up to, (places, labels)."""
        import numpy as np

        scores = np.zeros((len(line.words), len(self.labels)))
        chinese = np.flatnonzero(line.around >= 0)
        cut = np.zeros(len(line.words), dtype=np.intp)
        cut[chinese] = self._over(cuts)[line.place[chinese]]
        token = self._token.rows(line.words)
        for at in range(GAP, len(scores) - GAP, _AT_HAND):
            end = min(at + _AT_HAND, len(scores) - GAP)
            near = slice(at - GAP, end + GAP)
            seen = self._token.table[token[near]]
            seen += self._around[line.around[near]]
            seen += self._cut.table[cut[near]]
            for step in range(_STEPS):
                scores[at:end] += seen[step : step + end - at, step]
        low = [word.casefold() or _NOBODY for word in line.words]
        self._pairs.weigh(scores, map(add, low, low[1:]))
        self._astride.weigh(scores, map(add, [f"{word}_" for word in low], low[2:]))
        for at in np.flatnonzero(line.around < 0).tolist():
            if line.words[at][:1].isupper():
                clue = beginning(low[at], low[at - 1] if line.words[at - 1] else None)
                scores[at] += self._worth[clue][GAP] if clue in self._worth else 0
        return scores

    def _over(self, cuts: Sequence[Cut]) -> NDArray[np.intp]:
        """For each character of the texts, `APART` apart, the row of what its cut word says."""
        import numpy as np

        words, rows = self._word, list[int]()
        for cut in cuts:
            for word in cut.pairs:
                rows += words[word]
            rows += [0] * (APART if cut.pairs else len(cut.text) + APART)
        return np.array(rows, dtype=np.intp)


class _Weighed(dict[Key, int]):
    """What is worth what: for each key the number of its row in `table`, weighed when first asked for; row 0 is nothing."""

    def __init__(self, weigh: Callable[[Key], NDArray[np.float64]], nothing: NDArray[np.float64]) -> None:
        super().__init__()
        self._weigh = weigh
        self.table = nothing[None].repeat(1024, axis=0)

    def __missing__(self, key: Key) -> int:
        import numpy as np

        row = self[key] = len(self) + 1
        if row == len(self.table):
            self.table = np.concatenate([self.table, self.table])
        self.table[row] = self._weigh(key)
        return row

    def rows(self, keys: Sequence[Key]) -> NDArray[np.intp]:
        """The rows of these keys."""
        import numpy as np

        return np.fromiter(map(self.__getitem__, keys), dtype=np.intp, count=len(keys))


class _Words(dict[tuple[str, str], list[int]]):
    """For every cut word and its tag the rows of its characters, each by where it stands in the word."""

    def __init__(self, rows: _Weighed[tuple[str, str, str]]) -> None:
        super().__init__()
        self._rows = rows

    def __missing__(self, word: tuple[str, str]) -> list[int]:
        long = len(word[0])
        places = "S" if long == 1 else f"B{'M' * (long - 2)}E"
        found = self[word] = [self._rows[*word, place] for place in places]
        return found


class _Joint:
    """Clues of two words together, of one kind or several: the few that the model was taught."""

    def __init__(self, kinds: Mapping[str, int], worth: Mapping[str, NDArray[np.float64]]) -> None:
        import numpy as np

        self._behind = tuple(kinds.values())
        taught = {clue[len(kind) :] for clue in worth for kind in kinds if clue.startswith(kind)}
        self._number = {both: row for row, both in enumerate(sorted(taught), 1)}
        one = next(iter(worth.values()))[GAP]
        self._table = np.zeros((len(kinds), len(taught) + 1, len(one)))
        for n, kind in enumerate(kinds):
            for both, row in self._number.items():
                if (clue := f"{kind}{both}") in worth:
                    self._table[n, row] = worth[clue][GAP]

    def weigh(self, scores: NDArray[np.float64], both: Iterable[str]) -> None:
        """Add what words say together, place for place of the first of them."""
        import numpy as np

        rows = np.fromiter(map(self._number.get, both, repeat(0)), dtype=np.intp)
        held = np.flatnonzero(rows)
        for worth, behind in zip(self._table, self._behind, strict=True):
            scores[held + behind] += worth[rows[held]]


def _of_token(text: str) -> tuple[str, ...]:
    """What a token shows wherever it stands, its word with it; a gap shows that nothing is there."""
    return ("b", f"t={text.casefold()}", *of_itself(text)) if text else (EDGE,)


def _marginals(
    scores: NDArray[np.float64], inside: NDArray[np.bool_], follows: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Forward and backward through all sentences at once, each row kept to a sum of one."""
    import numpy as np

    sentences, longest, labels = scores.shape
    odds = np.exp(scores - scores.max(axis=2, keepdims=True))
    step = np.exp(follows)
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
