"""Exams: an opening that this person has not met, no hints, and the first attempt is the one that counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.store.practices import StoredPractice
    from scenarios.schema import Scenario


def exam_seed(scenario: Scenario, sat: Sequence[StoredPractice], pick: Callable[[], int]) -> int:
    """A seed whose variant none of the exams `sat` has shown; any seed once all have been.

    `pick` gives a random number of at least 0.
    """
    count = len(scenario.exam_variants)
    if not count:
        return pick()
    seen = {one.seed % count for one in sat}
    unseen = [variant for variant in range(count) if variant not in seen] or list(range(count))
    chosen = pick()
    return chosen - chosen % count + unseen[chosen % len(unseen)]


def unfinished(scenario: Scenario, sat: Sequence[StoredPractice]) -> StoredPractice | None:
    """The exam that is not over; one whose scenario was changed since cannot be finished and holds nobody up."""
    from coach.practice.transcript import digest
    from scenarios.rubric import load_rubrics

    now = digest(scenario, load_rubrics()[scenario.rubric])
    running = (one for one in sat if one.ended_at is None and one.parent_id is None)
    return next((one for one in running if one.state.get("digest") == now), None)


def attempt(practice: StoredPractice, sat: Sequence[StoredPractice]) -> int:
    """The how-manyeth exam in its scenario this one is, from 1; branches are no attempts and are 0."""
    ids = [one.id for one in sat if one.parent_id is None]
    return ids.index(practice.id) + 1 if practice.id in ids else 0
