"""kill -9 in the middle of publishing, and two at once; `coach eval soak publish` does the same two hundred times."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.app import Coach, open_coach
from coach.curation.drafts import Draft
from coach.settings import Settings


@pytest.mark.timeout(600)
def test_what_was_published_survives_ten_kills_whole() -> None:
    """In a process of its own: the trial forks, and whoever forks must have no threads."""
    call = "from coach.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", call, "eval", "soak", "publish", "--rounds", "8", "--seed", "7"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    figures = dict(line.strip("| ").split(" | ") for line in done.stdout.splitlines() if line.count("|") == 3)
    assert int(figures["kills"]) >= 10
    assert int(figures.get("killed under way", 0)) or int(figures["publish done"])


def test_two_who_publish_at_once_wait_for_each_other(
    coach: Coach, draft: Callable[..., Draft], home: Path
) -> None:
    titles = [f"第 {n} 家嫌换膜太勤" for n in range(6)]
    cases = [coach.curation.submit(draft(title=title)).kept.case_id for title in titles]
    for case in cases:
        coach.curation.approve(case)
    failed: list[Exception] = []

    def publish(mine: list[str]) -> None:
        one = open_coach(Settings(home=home, engine="offline"))
        try:
            for case in mine:
                one.curation.publish(case)
        except Exception as error:
            failed.append(error)
        finally:
            one.library.close()
            one.database.close()

    both = [threading.Thread(target=publish, args=(cases[k::2],)) for k in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert failed == []
    assert set(cases) <= {case.id for case in coach.library.cases("zh")}
    assert coach.library.status().fresh


def test_an_index_that_cannot_follow_does_not_undo_the_publication(
    coach: Coach, draft: Callable[..., Draft], home: Path
) -> None:
    notes: list[str] = []
    told = open_coach(coach.settings, note=lambda words: notes.append(words[0]))
    case = told.curation.submit(draft()).kept.case_id
    told.curation.approve(case)
    builds, away = home / "index" / "builds", home / "index" / "away"
    builds.rename(away)
    builds.write_text("in the way", "utf-8")  # a build can find no place
    assert told.curation.publish(case).state == "published"
    assert any("索引下次查的时候再跟上" in note for note in notes)
    builds.unlink()
    away.rename(builds)
    assert case in {hit.entry for hit in coach.library.search("海水淡化膜 换得太勤", "zh", depth=5)}
    told.library.close()
    told.database.close()
