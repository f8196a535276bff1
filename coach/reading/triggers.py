"""What a text must hold for a pattern to have a chance: most turns hold none of it, and looking is cheap.

A cue is a long alternation, and trying a hundred of them on every turn was a third of all reading. From each pattern
the literals are gathered of which every match holds at least one; a text without any is not searched. The result is
the same by construction, and a test compares both on the labelled sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final, Generic, TypeVar

Meaning = TypeVar("Meaning")
MOST: Final = 400
"""More strings than this are not listed for one pattern."""


class Patterns(Generic[Meaning]):
    """Patterns and what each means; of all of them only those are tried on a text that have a chance in it."""

    def __init__(self, patterns: Iterable[tuple[str, Meaning]]) -> None:
        from ahocorasick import Automaton

        self._patterns: list[tuple[re.Pattern[str], Meaning]] = []
        self._always: list[int] = []
        numbers: dict[str, list[int]] = {}
        for number, (pattern, meaning) in enumerate(patterns):
            self._patterns.append((re.compile(pattern), meaning))
            found = triggers(pattern)
            for trigger in found:
                numbers.setdefault(trigger, []).append(number)
            if not found:
                self._always.append(number)
        self._automaton = Automaton()
        for trigger, those in numbers.items():
            self._automaton.add_word(trigger, those)
        self._automaton.make_automaton()

    def matches(self, text: str) -> Iterator[tuple[Meaning, re.Match[str]]]:
        """Every match of every pattern, in the order of the patterns."""
        able = set(self._always)
        for _, numbers in self._automaton.iter(text):
            able.update(numbers)
        for number in sorted(able):
            pattern, meaning = self._patterns[number]
            for match in pattern.finditer(text):
                yield meaning, match


def triggers(pattern: str) -> frozenset[str]:
    """Literals of which every match of the pattern holds at least one; none where that cannot be said."""
    _, needed = _sequence(parser.parse(pattern))
    return needed or frozenset()


Strings = frozenset[str] | None
_NOTHING: Final[frozenset[str]] = frozenset({""})
_ZERO_WIDTH: Final = (op.AT, op.ASSERT, op.ASSERT_NOT)


def _sequence(nodes: Iterable[tuple[Any, Any]]) -> tuple[Strings, Strings]:
    """(all strings it can match, where they are few; literals it needs) of nodes one after the other."""
    whole = run = _NOTHING
    exact = True
    needed: list[frozenset[str]] = []
    for node in nodes:
        strings, inside = _node(*node)
        joined = _joined(run, strings) if strings is not None else None
        if joined is not None:
            run = joined
            continue
        exact = False
        needed += [one for one in (run, inside) if one is not None]
        run = strings if strings is not None else _NOTHING
    needed.append(run)
    whole = run
    return (whole if exact else None), _best(needed)


def _node(kind: Any, value: Any) -> tuple[Strings, Strings]:
    if kind is op.LITERAL:
        return frozenset({chr(value)}), None
    if kind is op.IN:
        return _letters(value), None
    if kind in _ZERO_WIDTH:
        return _NOTHING, None
    if kind is op.SUBPATTERN:
        _, on, off, inside = value
        return _sequence(inside) if not on and not off else (None, None)
    if kind is op.BRANCH:
        return _either(_sequence(branch) for branch in value[1])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        least, most, inside = value
        strings, needed = _sequence(inside)
        if (least, most) == (0, 1) and strings is not None:
            return strings | _NOTHING, None
        if least == most == 1:
            return strings, needed
        return None, (needed or strings if least > 0 else None)
    return None, None


def _letters(members: Iterable[tuple[Any, Any]]) -> Strings:
    """A class of single letters; a range, a category or a negated class is not worth listing."""
    letters = list(members)
    if all(kind is op.LITERAL for kind, _ in letters):
        return frozenset(chr(value) for _, value in letters)
    return None


def _either(branches: Iterator[tuple[Strings, Strings]]) -> tuple[Strings, Strings]:
    exact: Strings = frozenset()
    needed: Strings = frozenset()
    for strings, inside in branches:
        exact = exact | strings if exact is not None and strings is not None else None
        own = inside if inside is not None else strings
        needed = needed | own if needed is not None and own is not None and "" not in own else None
    if exact is not None and len(exact) > MOST:
        exact = None
    return exact, needed


def _joined(left: frozenset[str], right: frozenset[str]) -> Strings:
    if len(left) * len(right) > MOST:
        return None
    return frozenset(one + two for one, two in product(left, right))


def _best(candidates: Iterable[frozenset[str]]) -> Strings:
    """The literals that say most: the longest, then the fewest."""
    able = [one for one in candidates if one and "" not in one and len(one) <= 4 * MOST]
    return max(able, key=lambda one: (min(map(len, one)), -len(one)), default=None)
