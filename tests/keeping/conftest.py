"""A home with a bit of everything: visits with and without sound, deals, practices, cases, handbooks, an index."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.app import Coach, open_coach
from coach.conversation import parse_transcript
from coach.curation.drafts import ShortWords, finished, from_words, told_over
from coach.jobs.intake import take_in
from coach.settings import Settings
from coach.store.job_ledger import JobLedger
from coach.store.jobs import StoredJob
from coach.store.visits import NewVisit
from coach.visits.record import Objection, Record
from knowledge.loader import BUILT_IN
from tests.keeping.stores import CUSTOMER

TALK = """# date: 2026-11-18
销售: 您好，上回说的方案我带来了。
客户: {}太贵了，比上一家高两成。
销售: 您说高，是和哪一家比？
"""


@pytest.fixture(scope="session")
def little_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four cases and one handbook of those that ship: an index of them is made in a second."""
    folder = tmp_path_factory.mktemp("content")
    for below, many in (("cases/zh", 3), ("cases/en", 1), ("handbooks/zh", 1)):
        (folder / below).mkdir(parents=True)
        for file in sorted((BUILT_IN / below).glob("*.*"))[:many]:
            shutil.copy(file, folder / below)
    return folder


@pytest.fixture(autouse=True)
def _small_library(little_content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.loader.BUILT_IN", little_content)


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings(home=home, engine="offline")


@pytest.fixture
def coach(settings: Settings) -> Iterator[Coach]:
    made = open_coach(settings)
    yield made
    made.library.close()
    made.database.close()


@pytest.fixture
def lived_in(lived_in_home: Path, home: Path) -> Iterator[Coach]:
    """A coach in a fresh copy of that home."""
    shutil.copytree(lived_in_home, home)
    made = open_coach(Settings(home=home, engine="offline"))
    yield made
    made.library.close()
    made.database.close()


@pytest.fixture(scope="session")
def lived_in_home(little_content: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two visits at the customer, one elsewhere that mentions it, and what came of them: a drill, practices, cases."""
    home = tmp_path_factory.mktemp("lived-in")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("knowledge.loader.BUILT_IN", little_content)
        coach = open_coach(Settings(home=home, engine="offline"))
        _live_in(coach, tmp_path_factory.mktemp("files"))
        coach.library.close()
        coach.database.close()
    return home


def _live_in(coach: Coach, folder: Path) -> None:
    deal = coach.deals.save(CUSTOMER, f"{CUSTOMER}要两条缝包线")
    other = coach.deals.save("另一家", "一条灌装线，背景和上回差不多")
    said = {
        "one": (deal, f"我们{CUSTOMER}的采购说，下周三再谈，"),
        "two": (deal, "上回说的备件还没到，"),
        "else": (other, f"你们给{CUSTOMER}做的那条线我看过，"),
    }
    for name, (of, words) in said.items():
        file = folder / f"{name}.txt"
        file.write_text(TALK.format(words), "utf-8")
        job, _ = take_in(coach.jobs, coach.settings, file, consent="双方当面同意", deal_id=of)
        _done(coach, job, file)
    visits = {row.visit.source_name: row for row in coach.visits.newest()}
    assert len(visits) == 3
    coach.deals.note("case_shown", "zh-won-some-case", {"deal": deal})
    coach.drill(visits["one.txt"].id, 1)
    coach.practices.begin(
        scenario="zh-x", scenario_version="1", rubric_version="1", engine="e", seed=1,
        state={"turns": [f"您是{CUSTOMER}的吧"]}, visit_id=visits["one.txt"].id,
    )  # fmt: skip
    coach.practices.begin(
        scenario="zh-x", scenario_version="1", rubric_version="1", engine="e", seed=2,
        state={"turns": [f"上次{CUSTOMER}也这么说"]},
    )  # fmt: skip
    for title, visit in (("缝包线被说太贵", None), ("备件一拖再拖", visits["two.txt"].id)):
        words = ShortWords(
            title, "won", f"{CUSTOMER}嫌贵，我按停线损失给他算，他先换一半。", "您先看停线的账。"
        )
        # Handed in as it was told: masked, the customer would not get as far as the index.
        told = finished(told_over(from_words(words, "zh").case, words), as_is=True)
        case = coach.curation.submit(told, visit_id=visit).kept.case_id
        coach.curation.approve(case)
        coach.curation.publish(case)
    handbooks = coach.settings.home / "library" / "handbooks"
    handbooks.mkdir(parents=True, exist_ok=True)
    (handbooks / "zh-own.md").write_text(
        "---\nschema: handbook/1\nid: zh-own\nversion: 1.0.0\nlanguage: zh\ntitle: 内部做法\n---\n\n"
        f"## 报价\n\n像{CUSTOMER}这样的客户，先算停线损失再报价。\n",
        "utf-8",
    )


def _done(coach: Coach, job: StoredJob, file: Path) -> None:
    """End a job as the worker does, with a record written by hand: what is erased does not hang on the reader."""
    talk = parse_transcript(file.read_text("utf-8"), language="zh")
    quote = talk.turn(2).text
    objection = Objection(type="price", quote=quote, turn=2, start=0, end=len(quote))
    record = Record(language="zh", rep_speaker="销售", objections=(objection,))
    visit = NewVisit(
        source_name=job.asked.source_name,
        sha256=job.asked.sha256,
        language="zh",
        transcript=file.read_text("utf-8"),
        visited_on=talk.date,
        deal_id=job.asked.deal_id,
        consent=job.asked.consent,
    )
    ledger = JobLedger(coach.database)
    ledger.begin(job.id, job.attempt)
    ledger.finish(job.id, job.attempt, visit, engine="by hand", machine=record.model_dump(mode="json"))
