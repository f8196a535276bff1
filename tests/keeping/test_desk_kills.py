"""kill -9 while a rep confirms visits and practises, a few times; `make soak` does each two hundred times."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from coach.app import Coach
from evals.soak.confirming import wrong_visits
from evals.soak.practising import wrong_practices
from tests.visits.kept import keep

ROOT = Path(__file__).parents[2]
COACH = [sys.executable, "-c", "from coach.cli import main; main()"]


def test_what_was_answered_is_kept_once_whoever_is_killed(command_environment: dict[str, str]) -> None:
    # A process of its own: it forks, and this one may have started threads that a fork would not survive.
    done = subprocess.run(
        [*COACH, "eval", "soak", "confirm", "practice", "--rounds", "2", "--seed", "7"],
        cwd=ROOT,
        env=command_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("## passed") == 2
    assert done.stdout.count("| kills | 2 |") == 2
    for deeds, least in (("presses answered", 20), ("say done", 5)):
        found = re.search(rf"{deeds} [|] (\d+)", done.stdout)
        assert found is not None, done.stdout
        assert int(found[1]) >= least


def test_the_trials_can_fail(coach: Coach, home: Path) -> None:
    """A press that got lost, one that nobody made, a line that is there twice and one that is gone are found out."""
    visit = keep(coach)
    read = {visit: coach.visits.load(visit).machine}
    press = ["press", "1", visit, {"removed": ["a"]}, True, True]
    assert [
        "said to be done" in one for one in wrong_visits(home, [press], read, {visit: [({}, False)]})
    ] == [True]
    coach.visits.edit(visit, {"removed": ["a"]}, confirmed=True)
    assert list(wrong_visits(home, [press], read, {visit: [({}, False)]})) == []
    coach.visits.edit(visit, {"removed": ["b"]})
    assert len(list(wrong_visits(home, [press], read, {visit: [({}, False)]}))) == 1

    def log(*lines: str) -> dict[str, object]:
        return {"exchanges": [{"text": line, "said": ["好"]} for line in lines]}

    id = coach.practices.begin(
        scenario="x",
        scenario_version="1",
        rubric_version="1",
        engine="e",
        seed=1,
        state=log("一", "二", "二"),
    )
    said = [["begin", "0", id, True], ["say", "1", id, "一", True], ["say", "2", id, "二", True]]
    assert len(list(wrong_practices(coach, said))) == 1
    coach.practices.save(id, log("一"))
    assert len(list(wrong_practices(coach, said))) == 1
    under_way = [*said[:2], ["say", "2", id, "二", False]]
    assert list(wrong_practices(coach, under_way)) == []
    coach.practices.save(id, log("一", "二"))
    assert list(wrong_practices(coach, under_way)) == []
    assert len(list(wrong_practices(coach, [*said, ["end", "3", id, True]]))) == 1
    assert len(list(wrong_practices(coach, said[1:]))) == 1
