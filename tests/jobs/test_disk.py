"""A disk that is full or takes no writing: one clear sentence, nothing half-way, and the work goes on afterwards."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coach.errors import DiskFull, DiskReadOnly, Unavailable
from coach.store.disk import writing

ROOT = Path(__file__).parents[2]
_ALONE = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]


def _can_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    return (
        subprocess.run([*_ALONE, "mount -t tmpfs tmpfs /mnt"], capture_output=True, check=False).returncode
        == 0
    )


@pytest.mark.skipif(not _can_mount(), reason="this kernel lets this user mount nothing")
def test_a_full_and_a_read_only_disk_say_so(command_environment: dict[str, str], tmp_path: Path) -> None:
    home = Path(command_environment["COACH_HOME"])
    home.mkdir(parents=True)
    small, other, large = tmp_path / "small.txt", tmp_path / "other.txt", tmp_path / "large.wav"
    sample = (ROOT / "knowledge/samples/visits/zh-food-packing.txt").read_text("utf-8")
    small.write_text(sample, "utf-8")
    other.write_text(sample + "客户: 还有一句。\n", "utf-8")
    large.write_bytes(b"RIFF\xff\xff\xff\x00WAVE" + b"\0" * (4 << 20))
    program = f'mount -t tmpfs -o size=3m tmpfs {home} && exec "$0" -m tests.jobs.small_disk "$@"'
    done = subprocess.run(
        [*_ALONE, program, sys.executable, small, other, large],
        cwd=ROOT,
        env={**command_environment, "COACH_LANGUAGE": "en"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    steps = {one["step"]: one for one in map(json.loads, done.stdout.splitlines())}
    assert not [step for step, one in steps.items() if one.get("unforeseen")], done.stderr
    assert steps["too large"]["failed"]
    assert "The disk is full; nothing was stored. → Free some space" in steps["too large"]["said"]
    assert len(steps["left"]["said"]) == 1, "nothing half-way"
    assert steps["no room for a backup"]["failed"]
    assert "The disk is full" in steps["no room for a backup"]["said"]
    assert steps["backups"]["said"] == [], "no half backup is left"
    for step in ("read-only", "read-only backup", "read-only erasing", "read-only worker"):
        assert steps[step]["failed"]
        assert "takes no writing; nothing was stored." in steps[step]["said"]
    assert not steps["again"]["failed"]
    assert "done" in steps["list"]["said"]


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, DiskReadOnly),
        (errno.EIO, Unavailable),
    ],
)
def test_every_refusal_of_the_disk_has_words(number: int, error: type[Unavailable]) -> None:
    with pytest.raises(error) as caught, writing():
        raise OSError(number, "as the system says it")
    assert all(caught.value.what)
    assert all(caught.value.next)
