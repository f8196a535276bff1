"""kill -9 at every step and at ten random moments; `make soak` does the same two hundred times."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COACH = [sys.executable, "-c", "from coach.cli import main; main()"]


def test_whoever_is_killed_nothing_is_lost_and_nothing_comes_twice(
    command_environment: dict[str, str],
) -> None:
    # A process of its own: it forks, and this one may have started threads that a fork would not survive.
    done = subprocess.run(
        [*COACH, "eval", "soak", "kills", "--rounds", "10", "--seed", "7"],
        cwd=ROOT,
        env=command_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "## passed" in done.stdout
    kills = re.search(r"kills at a step [|] (\d+)", done.stdout)
    assert kills is not None
    assert int(kills[1]) >= 14, "decode, slices, attribute, read, record: as each begins, and as each is done"
    assert "| working was killed | 10 |" in done.stdout


def test_the_trial_can_fail(tmp_path: Path) -> None:
    """A home in which somebody did things twice is found out."""
    from sqlalchemy import text

    from coach.app import open_coach
    from coach.jobs.intake import take_in
    from coach.settings import Settings
    from evals.soak.kills import half_way, twice

    diary = tmp_path / "diary"
    diary.write_text('["j","read","begins"]\n["j","read","done"]\n["j","read","begins"]\n', "utf-8")
    assert list(twice(diary)) == ["read begins after it was done"]
    coach = open_coach(Settings(home=tmp_path / "home"))
    file = tmp_path / "a.txt"
    file.write_text("客户: 贵\n", "utf-8")
    take_in(coach.jobs, coach.settings, file)
    assert list(half_way(tmp_path / "home")) == []
    with coach.database.session() as session:
        session.execute(text("update job set state = 'done'"))
    (kept,) = coach.settings.recordings.iterdir()
    kept.write_bytes(b"half")
    faults = list(half_way(tmp_path / "home"))
    assert any("without its visit" in fault for fault in faults)
    assert any("not whole" in fault for fault in faults)
