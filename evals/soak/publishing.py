"""kill -9 while cases are published and retired, alone and two at once: what was published is found, whole, and no other.

A life writes into its diary what it is about to do and, once the product said so, that it is done. After every kill a
new process looks: whatever was said to be done must be so, whatever was under way is either done or not, and every
case that a search gives must be, word for word, the wording that the database holds as published.
"""

from __future__ import annotations

import json
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from coach.errors import Refused
from evals.soak import Report
from evals.soak.lives import LIVES, life

PUBLICATIONS: Final = 3
"""A life is killed within the time in which an undisturbed one publishes so many cases on this machine."""
PATIENCE: Final = 180.0
"""Seconds after which an undisturbed life counts as hanging."""
PAIRED: Final = 4
"""Each so-manieth round two lives publish at once, and one of them is killed."""
MOST_LIVE: Final = 40
"""So many cases stay on the shelf; beyond that a life retires the oldest."""


def run(rounds: int, seed: int) -> Report:
    """Kill `rounds` times at random moments; a fault is a broken promise."""
    began = time.monotonic()
    chance = random.Random(seed)
    figures: Counter[str] = Counter()
    faults: list[str] = []
    _read_the_code()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = folder / "home"
        _looked_at(home, folder / "first")  # the index is made once, undisturbed
        longest = _undisturbed(home, folder / "undisturbed.diary")
        figures["longest life ms"] = round(1000 * longest)
        for number in range(rounds):
            diaries = [folder / f"{number}.{k}.diary" for k in range(2 if number % PAIRED == 0 else 1)]
            faults += _round(home, diaries, chance, figures, number, longest)
            faults += [f"round {number}: {fault}" for fault in _compared(home, folder, figures)]
        figures.update(Counter(f"{act} done" for act, _, done in _told(folder) if done))
        figures["killed under way"] = sum(not done for _, _, done in _told(folder))
    return Report("publish", rounds, seed, time.monotonic() - began, tuple(faults), dict(figures))


def publishing_life(home: Path, diary: Path, seed: int) -> None:
    """Publish one case after another, and retire the oldest once there are many, until somebody kills us."""
    from coach.app import open_coach
    from coach.curation.drafts import ShortWords, from_words
    from coach.settings import Settings

    coach = open_coach(Settings(home=home, engine="offline"))
    chance = random.Random(seed)
    with diary.open("a", encoding="utf-8") as out:

        def note(*line: object) -> None:
            out.write(json.dumps(line) + "\n")
            out.flush()

        for _ in range(100):
            word = own_word(chance.randrange(10**9))
            words = ShortWords(f"泵房 {word}", "won", f"客户嫌 {word} 的备件来得慢，我们把库存单给他看了。")
            kept = coach.curation.submit(from_words(words, "zh")).kept
            coach.curation.approve(kept.case_id)
            note("publish", kept.case_id, False)
            coach.curation.publish(kept.case_id)
            note("publish", kept.case_id, True)
            live = coach.curation.published()
            if len(live) > MOST_LIVE:
                oldest = live[-1].case_id
                note("retire", oldest, False)
                with suppress(Refused):  # another life has just retired it
                    coach.curation.retire(oldest)
                note("retire", oldest, True)


def looking_life(home: Path, result: Path) -> None:
    """What a new process finds: the wordings that SQL calls live, those the index holds, those a search gives."""
    from coach.app import open_coach
    from coach.settings import Settings
    from coach.store.shelf import OwnShelf

    coach = open_coach(Settings(home=home, engine="offline"))
    assert coach.person
    began = time.monotonic()
    indexed = {case.id: case.model_dump_json() for case in coach.library.cases("zh")}
    renewed = time.monotonic() - began
    live = {case.id: (case.model_dump_json(), case.title) for case in OwnShelf(coach.database).cases()}
    found = {
        case: [hit.entry for hit in coach.library.search(title.split()[-1], "zh", depth=3, leg="keyword")]
        for case, (_, title) in live.items()
    }
    own = {case: body for case, body in indexed.items() if case.startswith("zh-own-")}
    seen = {
        "live": {case: body for case, (body, _) in live.items()},
        "indexed": own,
        "found": [case for case, hits in found.items() if hits[:1] == [case]],
        "renewed": renewed,
    }
    result.write_text(json.dumps(seen, ensure_ascii=False), "utf-8")


LIVES.update(publishing=publishing_life, looking=looking_life)


def own_word(number: int) -> str:
    """A word that no other case has."""
    return "q" + "".join("bcfghjkmpq"[int(digit)] for digit in f"{number:09d}")


def _round(
    home: Path, diaries: list[Path], chance: random.Random, figures: Counter[str], number: int, longest: float
) -> Iterator[str]:
    """One life or two; the first is killed at some moment, a second a little later."""
    began = [life("publishing", home, diary, chance.randrange(10**9)) for diary in diaries]
    pids = [one.__enter__() for one in began]
    for pid, one in zip(pids, began, strict=True):
        time.sleep(chance.uniform(0.2, longest))
        ended, _ = os.waitpid(pid, os.WNOHANG)
        if ended:
            yield f"round {number}: a life ended by itself"
        else:
            os.kill(pid, signal.SIGKILL)
            figures["kills"] += 1
        one.__exit__(None, None, None)
    figures["rounds with two at once"] += len(diaries) - 1


def _undisturbed(home: Path, diary: Path) -> float:
    """Seconds in which a life publishes a few cases when nobody kills it."""
    began = time.monotonic()
    with life("publishing", home, diary, 0) as pid:
        while not diary.exists() or diary.read_text("utf-8").count("true") < PUBLICATIONS:
            if time.monotonic() - began > PATIENCE:
                raise RuntimeError("an undisturbed life publishes nothing")
            time.sleep(0.02)
        os.kill(pid, signal.SIGKILL)
    return time.monotonic() - began


def _looked_at(home: Path, result: Path) -> dict[str, object]:
    with life("looking", home, result) as pid:
        _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code != 0 or not result.exists():
        return {"error": f"whoever looked ended with {code}"}
    seen: dict[str, object] = json.loads(result.read_text("utf-8"))
    return seen


def _compared(home: Path, folder: Path, figures: Counter[str]) -> Iterator[str]:
    """What is wrong with what a new process sees, given what was said to be done."""
    result = folder / "seen"
    result.unlink(missing_ok=True)
    seen = _looked_at(home, result)
    if "error" in seen:
        yield str(seen["error"])
        return
    live, indexed, found = dict(seen["live"]), dict(seen["indexed"]), set(seen["found"])  # type: ignore[call-overload]
    figures["slowest new reader ms"] = max(
        figures["slowest new reader ms"], round(1000 * float(str(seen["renewed"])))
    )
    said = {(act, case): done for act, case, done in _told(folder)}
    for (act, case), done in said.items():
        if done and act == "publish" and ("retire", case) not in said and case not in live:
            yield f"{case} was published and is lost"
        if done and act == "retire" and case in live:
            yield f"{case} was retired and is still there"
    for case in indexed.keys() - live.keys():
        yield f"{case} is in the index and not published"
    for case, body in live.items():
        if case not in indexed:
            yield f"{case} is published and not in the index"
        elif indexed[case] != body:
            yield f"{case} is half: the index says something else than the database"
        if case not in found:
            yield f"{case} is published and a search for its own word does not give it"


def _told(folder: Path) -> list[tuple[str, str, bool]]:
    """What the diaries say; of every act only its last word."""
    acts: dict[tuple[str, str], bool] = {}
    for diary in sorted(folder.glob("*.diary"), key=lambda path: path.stat().st_mtime_ns):
        for line in diary.read_text("utf-8").splitlines():
            try:
                act, case, done = json.loads(line)
            except ValueError:  # the last line of a life that was killed while writing
                continue
            acts[act, case] = acts.get((act, case), False) or bool(done)
    return [(act, case, done) for (act, case), done in acts.items()]


def _read_the_code() -> None:
    """Import once what every life needs; nothing is opened and no thread is begun."""
    import alembic.command  # noqa: F401
    import bm25s  # noqa: F401
    import langchain_chroma  # noqa: F401
    import rjieba  # noqa: F401

    import coach.app
    import coach.curation.desk
    import coach.curation.drafts
    import coach.library.library  # noqa: F401
