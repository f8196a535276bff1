"""The steps of a job: each is done once, what is finished stays finished, and trouble says what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from coach.app import Coach, open_coach
from coach.errors import BadInput, NotFound, Refused
from coach.jobs.heard import heard_so_far
from coach.jobs.intake import take_in
from coach.jobs.work import MOST_STARTS, Work, directly
from coach.store.jobs import StoredJob
from coach.store.recordings import find
from tests.jobs.conftest import work_off

Add = Callable[..., StoredJob]


class Diary(list[tuple[str, str]]):
    """What was told of the steps."""

    def __call__(self, _: str, step: str, when: str) -> None:
        self.append((step, when))

    def done(self) -> list[str]:
        return [step for step, when in self if when == "done"]


def test_a_transcript_becomes_a_visit(coach: Coach, add: Add, transcript: Path) -> None:
    diary = Diary()
    job = work_off(coach, add(transcript, name="到访.txt"), diary)
    assert job.state == "done"
    assert diary.done() == ["attribute", "read", "record"]
    stored = coach.visits.load(job.visit_id or "")
    assert stored.visit.source_name == "到访.txt"
    assert stored.visit.seconds is None
    assert coach.jobs.kept(job.id) == {}, "the visit holds everything now"


def test_a_recording_is_heard_slice_by_slice_and_what_is_heard_can_be_read_before_the_end(
    coach: Coach, add: Add, recording: Path
) -> None:
    """The demo Whisper knows the sentences of this sample and no others."""
    diary, partial = Diary(), dict[str, int]()
    job = add(recording)

    def told(id: str, step: str, when: str) -> None:
        diary(id, step, when)
        if when == "done":
            partial[step] = len(heard_so_far(coach.jobs.kept(id)))

    done = work_off(coach, job, told)
    assert done.state == "done"
    slices = [step for step in diary.done() if step.startswith("slice")]
    assert slices == [f"slice {number}" for number in range(len(slices))]
    assert len(slices) >= 3
    assert diary.done() == ["decode", *slices, "attribute", "read", "record"]
    heard_then = [partial[step] for step in slices]
    assert 0 < heard_then[0] < heard_then[1] < heard_then[-1]
    assert done.seconds_total == pytest.approx(86.9, abs=0.5)
    stored = coach.visits.load(done.visit_id or "")
    said = (recording.with_suffix(".txt")).read_text("utf-8")
    heard = [line.partition(": ")[2] for line in stored.visit.transcript.splitlines() if ": " in line]
    assert sum(words in said for words in heard) >= 0.8 * len(heard)
    assert list((coach.settings.home / "decoded").iterdir()) == []


def test_what_was_finished_is_not_done_again_after_a_cancel_and_a_retry(
    coach: Coach, add: Add, recording: Path
) -> None:
    job = add(recording)

    def cancels(id: str, step: str, when: str) -> None:
        if (step, when) == ("slice 0", "done"):
            coach.jobs.cancel(id)

    stopped = work_off(coach, job, cancels)
    assert stopped.state == "cancelled"
    assert stopped.visit_id is None
    assert coach.visits.newest() == []
    assert heard_so_far(coach.jobs.kept(job.id)), "what was heard stays readable"
    diary = Diary()
    assert coach.jobs.retry(job.id).state == "queued"
    assert work_off(coach, job, diary).state == "done"
    assert "decode" not in diary.done()
    assert "slice 0" not in diary.done()
    assert diary.done()[-3:] == ["attribute", "read", "record"]


def test_the_same_bytes_are_one_job_and_one_visit(
    coach: Coach, add: Add, transcript: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(transcript.read_bytes())
    first = work_off(coach, add(transcript))
    again, new = take_in(coach.jobs, coach.settings, copy)
    assert (again.id, again.state, new) == (first.id, "done", False)
    assert len(coach.jobs.newest()) == len(coach.visits.newest()) == 1


def test_another_day_is_read_anew_and_the_sound_is_not_heard_again(
    coach: Coach, add: Add, recording: Path
) -> None:
    first = work_off(coach, add(recording))
    again = add(recording, visited_on=dt.date(2026, 11, 18))
    assert (again.id, again.state) == (first.id, "queued")
    diary = Diary()
    done = work_off(coach, again, diary)
    assert diary.done() == ["attribute", "read", "record"]
    assert done.visit_id == first.visit_id
    stored = coach.visits.load(done.visit_id or "")
    assert stored.visit.visited_on == dt.date(2026, 11, 18)
    assert stored.machine["visit_date"] == "2026-11-18"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.mp3", b"ID3" + b"\0" * 5000, "支持"),
        ("empty.m4a", b"", "导出"),
        ("words.txt", b"# nothing here\n", "写成"),
        ("photo.mp3", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "导出"),
    ],
)
def test_a_broken_file_says_what_to_do_and_stays_tellable(
    coach: Coach, add: Add, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    job = work_off(coach, add(file))
    assert job.state == "failed"
    assert job.error is not None
    assert says in job.error.next[0]
    assert job.error.next[1]
    assert coach.visits.newest() == []
    assert [one.id for one in coach.jobs.unfinished()] == [job.id]
    assert add(file).state == "queued", "the same file again is another try"


class EndsWorkers:
    """A reader that no process survives."""

    def read(self, *_: object) -> None:
        raise KeyboardInterrupt


def test_a_file_that_ends_every_worker_is_left_alone_and_only_such_a_file(
    coach: Coach, add: Add, transcript: Path
) -> None:
    """A worker's death stands here for one by a signal: nothing of ours runs after it."""

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    def live(work: Work) -> None:
        with suppress(KeyboardInterrupt):
            work.through(job.id, coach.jobs.load(job.id).attempt, directly)

    job = add(transcript)
    for _ in range(MOST_STARTS + 5):
        live(Work(coach.settings, coach.database, lambda: coach.engine, told=dies))
    assert coach.jobs.load(job.id).state == "running", "these died before they had touched the file"
    for _ in range(MOST_STARTS + 5):
        live(Work(coach.settings, coach.database, dies))  # type: ignore[arg-type]
    assert coach.jobs.load(job.id).state == "running", "and these while they opened the reader"
    for _ in range(MOST_STARTS + 1):
        live(Work(coach.settings, coach.database, lambda: EndsWorkers()))  # type: ignore[return-value]
    stopped = coach.jobs.load(job.id)
    assert stopped.state == "failed"
    assert stopped.error is not None
    assert "连着" in stopped.error.what[0]
    coach.jobs.retry(job.id)
    assert work_off(coach, job).state == "done", "a person may try again"


def test_without_weights_the_recording_is_kept_and_the_job_waits(coach: Coach, recording: Path) -> None:
    without = open_coach(coach.settings.model_copy(update={"whisper_model": "small"}))
    job, _ = take_in(without.jobs, without.settings, recording, consent="测试")
    waits = work_off(without, job)
    assert waits.state == "waiting"
    assert waits.error is not None
    assert "coach models pull small" in waits.error.next[0]
    assert "coach models pull small" in waits.error.next[1]
    assert find(job.asked.sha256, without.settings.recordings) is not None
    coach.jobs.retry(job.id)
    assert work_off(coach, job).state == "done"


def test_a_recording_that_nobody_agreed_to_is_not_even_stored(coach: Coach, recording: Path) -> None:
    with pytest.raises(Refused):
        take_in(coach.jobs, coach.settings, recording, consent="  ")
    assert not coach.settings.recordings.exists()


def test_what_cannot_be_a_visit_is_turned_back_at_the_door(coach: Coach, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        take_in(coach.jobs, coach.settings, tmp_path / "nothing.wav")
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(3 << 20)
    with pytest.raises(BadInput):
        take_in(coach.jobs, coach.settings.model_copy(update={"max_audio_mb": 2}), large)
    assert coach.jobs.newest() == []


def test_decoded_sound_that_is_gone_is_decoded_again(coach: Coach, add: Add, recording: Path) -> None:
    job = add(recording)

    def loses(id: str, step: str, when: str) -> None:
        if (step, when) == ("decode", "done"):
            coach.jobs.cancel(id)

    work_off(coach, job, loses)
    (pcm,) = (coach.settings.home / "decoded").iterdir()
    pcm.write_bytes(pcm.read_bytes()[:1000])
    coach.jobs.retry(job.id)
    assert work_off(coach, job).state == "done"


def test_slices_of_another_model_are_thrown_away(
    coach: Coach, add: Add, recording: Path, tmp_path: Path
) -> None:
    import shutil

    from coach.speech.models import DEMO_FOLDER

    job = add(recording)

    def stops(id: str, step: str, when: str) -> None:
        if (step, when) == ("slice 0", "done"):
            coach.jobs.cancel(id)

    work_off(coach, job, stops)
    other = tmp_path / "another"
    shutil.copytree(DEMO_FOLDER, other)
    with_other = open_coach(coach.settings.model_copy(update={"whisper_model": str(other)}))
    coach.jobs.retry(job.id)
    begun_anew = work_off(with_other, job)
    assert begun_anew.state == "queued"
    assert coach.jobs.kept(job.id) == {}
    diary = Diary()
    assert work_off(with_other, job, diary).state == "done"
    assert "slice 0" in diary.done()
