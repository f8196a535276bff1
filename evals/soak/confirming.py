"""kill -9 while a rep confirms visits: every press that was answered is kept whole, no visit is doubled or half changed.

Presses are those of the page: an entry confirmed or taken out, words in the form, the form handed in. What is under
way when the blow falls is there wholly or not at all; the machine's reading is never touched.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from evals.soak import Report
from evals.soak.diaries import first_deeds, killed_somewhere, noted, noting
from evals.soak.kills import SAMPLES
from evals.soak.lives import LIVES

May = dict[str, list[tuple[Any, bool]]]
"""Visit -> what it may stand at: the words people left, and whether it was handed in."""
VISITS: Final = 3
DEEDS: Final = 20
"""A life is killed within the time in which an undisturbed one presses so often."""


def run(rounds: int, seed: int) -> Report:
    """Kill `rounds` times at random moments; a fault is a broken promise."""
    began = time.monotonic()
    chance = random.Random(seed)
    figures: Counter[str] = Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        read = _visits(home)
        may: May = {id: [({}, False)] for id in read}
        longest = first_deeds("confirming", home, Path(name) / "first.diary", DEEDS)
        figures["longest life ms"] = round(1000 * longest)
        faults += wrong_visits(home, list(noted(Path(name) / "first.diary")), read, may)
        for number in range(rounds):
            diary = Path(name) / f"{number}.diary"
            found = list(killed_somewhere("confirming", home, diary, chance, longest, figures))
            deeds = list(noted(diary))
            found += wrong_visits(home, deeds, read, may)
            faults += [f"round {number}: {fault}" for fault in found]
            figures["presses answered"] += sum(bool(deed[-1]) for deed in deeds)
            figures["killed under way"] += sum(not deed[-1] for deed in deeds)
            figures["handed in"] += sum(bool(deed[4]) for deed in deeds)
            diary.unlink(missing_ok=True)
    return Report("confirm", rounds, seed, time.monotonic() - began, tuple(faults), dict(figures))


def confirming_life(home: Path, diary: Path, seed: int) -> None:
    """Press one thing after another until somebody kills us."""
    from coach.app import open_coach
    from coach.settings import Settings
    from coach.visits.edits import Edits

    coach = open_coach(Settings(home=home, engine="offline"))
    chance, note = random.Random(seed), noting(diary)
    visits = [one.id for one in coach.visits.newest()]
    for number in range(100_000):
        id = chance.choice(visits)
        edits = Edits.of(coach.visits.load(id).human)
        key = f"core_needs:{seed}.{number}"
        press, hand_in = chance.choice(("confirm", "remove", "write", "write")), chance.random() < 0.1
        if press == "confirm":
            edits = replace(edits, confirmed=frozenset([key]))
        elif press == "remove":
            edits = replace(edits, removed=frozenset([key]))
        else:
            edits = replace(edits, form={**edits.form, "notes": f"{seed}.{number}" + "，写了很多字" * 20})
        body = edits.as_json()
        note("press", f"{seed}.{number}", id, body, hand_in, False)
        coach.visits.edit(id, body, confirmed=hand_in)
        note("press", f"{seed}.{number}", id, body, hand_in, True)
        time.sleep(0.005)


LIVES["confirming"] = confirming_life


def _visits(home: Path) -> dict[str, Any]:
    """Visits to confirm; by id what the machine read. This process forks, so its engine is let go with the block."""
    from coach.app import open_coach
    from coach.conversation import write_transcript
    from coach.settings import Settings
    from coach.store.recordings import sha256_of
    from coach.store.visits import NewVisit
    from coach.visits.record import Record

    coach = open_coach(Settings(home=home, engine="offline"))
    for file in sorted(SAMPLES.glob("*.txt"))[:VISITS]:
        talk = coach.hear(file).conversation
        quote = talk.turn(2).text
        said = {"quote": quote, "turn": 2, "start": 0, "end": len(quote)}
        made = Record.model_validate({"language": talk.language, "core_needs": [said]})
        new = NewVisit(file.name, sha256_of(file), talk.language, write_transcript(talk))
        coach.visits.save(new, engine="soak", machine=made.model_dump(mode="json"))
    read = {one.id: one.machine for one in coach.visits.newest()}
    coach.database.close()
    return read


def wrong_visits(home: Path, deeds: list[list[Any]], read: dict[str, Any], may: May) -> Iterator[str]:
    """What a new process finds wrong, given what was said to be done; `may` then says what each visit stands at."""
    from sqlalchemy import text

    from coach.app import open_coach
    from coach.settings import Settings
    from coach.store.audit import verify_audit

    coach = open_coach(Settings(home=home, engine="offline"))
    kept = {one.id: one for one in coach.visits.newest(1000)}
    with coach.database.session() as session:
        records = session.execute(text("select count(*) from record")).scalar_one()
    verify_audit(coach.database)
    coach.database.close()
    if kept.keys() != read.keys() or records != len(read):
        yield f"{len(kept)} visits with {records} records, there were {len(read)}"
    for _, _, id, body, hand_in, done in deeds:
        handed = {before for _, before in may[id]}
        fresh = [(body, before or hand_in) for before in handed]
        may[id] = fresh if done else [*may[id], *fresh]
    for id, one in kept.items():
        stands = (one.human, one.confirmed_at is not None)
        if stands not in may.get(id, []):
            yield f"{id}: what was kept is not what was said to be done"
        may[id] = [stands]
        if one.machine != read.get(id):
            yield f"{id}: the machine's reading was changed"
