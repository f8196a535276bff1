"""Fetching, choosing and removing models, against a hub on this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from coach.errors import CoachError, DiskFull, ModelMissing, Refused, Unavailable
from coach.settings import Settings
from coach.speech.models import DEMO_FOLDER, NAMES, SUMS, chosen, find, installed, remove, use, verify
from coach.speech.pull import online, pull
from tests.loopback.hub import Hub, hub_of


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    from huggingface_hub import constants

    with hub_of(DEMO_FOLDER) as served:
        monkeypatch.setattr(constants, "ENDPOINT", served.address)
        monkeypatch.setattr(
            constants,
            "HUGGINGFACE_CO_URL_TEMPLATE",
            served.address + "/{repo_id}/resolve/{revision}/{filename}",
        )
        yield served


def test_a_pulled_model_is_whole_has_checksums_and_listens(settings: Settings, hub: Hub) -> None:
    told: list[tuple[int, int]] = []
    model = pull("tiny", settings, lambda done, total: told.append((done, total)))
    assert verify(model.folder) == []
    assert (model.folder / SUMS).is_file()
    assert find(settings).name == "tiny"
    assert told[-1][0] <= told[-1][1]
    assert [entry.name for entry in model.folder.parent.iterdir()] == ["tiny"], "nothing half is left"


def test_a_line_that_keeps_breaking_is_said_and_the_next_pull_goes_on_where_it_broke(
    settings: Settings, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hub's client goes on by itself as long as something arrives; its pieces are made small, as our model is."""
    from huggingface_hub import constants

    piece = 100_000
    monkeypatch.setattr(constants, "DOWNLOAD_CHUNK_SIZE", piece)
    monkeypatch.setattr("huggingface_hub.file_download.time.sleep", lambda _: None)
    hub.breaks["model.bin"] = [3 * piece] + [0] * 30
    with pytest.raises(Unavailable) as caught:
        pull("tiny", settings)
    assert "网络" in caught.value.way_on("zh")
    assert [model.name for model in installed(settings)] == ["demo"]
    before = len(hub.ranges)
    hub.breaks.clear()
    pull("tiny", settings)
    asked = [asked for name, asked in hub.ranges[before:] if name == "model.bin"]
    assert len(asked) == 1
    assert int(asked[0].removeprefix("bytes=").rstrip("-")) >= piece, "what was fetched is not fetched again"
    assert verify(find(settings, "tiny").folder) == []


def test_a_download_left_behind_closes_no_line_under_the_next_when_it_ends() -> None:
    from huggingface_hub import constants

    before = constants.HF_HUB_OFFLINE
    left_behind, next_one = ExitStack(), ExitStack()
    left_behind.enter_context(online)
    next_one.enter_context(online)
    left_behind.close()
    assert constants.HF_HUB_OFFLINE is False
    next_one.close()
    assert constants.HF_HUB_OFFLINE is before


def test_what_is_not_as_announced_is_no_model(settings: Settings, hub: Hub) -> None:
    hub.lies["model.bin"] = "0" * 64
    with pytest.raises(Unavailable, match="damaged"):
        pull("tiny", settings)
    assert [model.name for model in installed(settings)] == ["demo"]
    hub.lies.clear()
    assert verify(pull("tiny", settings).folder) == []


def test_a_model_that_does_not_fit_is_not_begun(
    settings: Settings, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(Path.home())
    monkeypatch.setattr("coach.speech.pull.shutil.disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(DiskFull):
        pull("tiny", settings)
    assert hub.ranges == []


def test_use_goes_before_the_best_and_the_setting_before_use(settings: Settings, tmp_path: Path) -> None:
    for name in ("small", "tiny"):
        shutil.copytree(DEMO_FOLDER, settings.models / "whisper" / name)
    assert find(settings).name == "small"
    assert use("tiny", settings).name == "tiny"
    assert find(settings).name == chosen(settings) == "tiny"
    assert find(settings.model_copy(update={"whisper_model": "demo"})).demo
    shutil.copytree(DEMO_FOLDER, tmp_path / "mine")
    use(str(tmp_path / "mine"), settings)
    assert find(settings).folder == (tmp_path / "mine").resolve()


def test_use_checks_every_file_first(settings: Settings) -> None:
    small = settings.models / "whisper" / "small"
    shutil.copytree(DEMO_FOLDER, small)
    weights = bytearray((small / "model.bin").read_bytes())
    weights[-1] ^= 1
    (small / "model.bin").write_bytes(weights)
    with pytest.raises(ModelMissing, match="checksum"):
        use("small", settings)
    assert chosen(settings) == ""


def test_removing_the_one_in_use_leaves_the_next_best(settings: Settings) -> None:
    for name in ("small", "tiny"):
        shutil.copytree(DEMO_FOLDER, settings.models / "whisper" / name)
    (settings.models / "whisper" / ".small.part").mkdir()
    use("small", settings)
    remove("small", settings)
    assert find(settings).name == "tiny"
    assert sorted(entry.name for entry in (settings.models / "whisper").iterdir()) == ["tiny"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("demo", Refused), ("small", ModelMissing), ("../whisper", ModelMissing), ("", ModelMissing)],
)
def test_what_is_no_pulled_model_is_not_removed(
    settings: Settings, name: str, kind: type[CoachError]
) -> None:
    shutil.copytree(DEMO_FOLDER, settings.models / "whisper" / "tiny")
    with pytest.raises(kind):
        remove(name, settings)
    assert [model.name for model in installed(settings)] == ["tiny", "demo"]


def _coach(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from coach.cli import main; main()", *arguments],
        env={**environment, "COACH_LANGUAGE": "en"}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_commands_say_what_listens_and_why(command_environment: dict[str, str]) -> None:
    home = Path(command_environment["COACH_HOME"])
    shutil.copytree(DEMO_FOLDER, home / "models" / "whisper" / "small")
    used = _coach(command_environment, "models", "use", "demo")
    assert used.stdout.strip() == str(DEMO_FOLDER)
    assert "demo listens (coach models use)" in used.stderr
    rows = [
        json.loads(line)
        for line in _coach(command_environment, "models", "list", "--json").stdout.splitlines()
    ]
    assert {row["name"] for row in rows} == {"demo", *NAMES}
    assert [row["name"] for row in rows if row["in_use"]] == ["demo"]
    gone = _coach(command_environment, "models", "remove", "small")
    assert gone.returncode == 0
    assert not (home / "models" / "whisper" / "small").exists()
    assert _coach(command_environment, "models", "remove", "demo").returncode == 4
    overruled = _coach({**command_environment, "COACH_WHISPER_MODEL": "large-v3"}, "models", "list")
    assert overruled.returncode == 0, "a list is where one looks when the chosen one is missing"
    assert "large-v3 is not on this machine" in overruled.stderr


def test_doctor_names_the_model_the_device_and_the_speed(command_environment: dict[str, str]) -> None:
    (Path(command_environment["COACH_HOME"]) / "models").mkdir(parents=True)
    done = _coach(command_environment, "doctor", "--json")
    check = next(one for one in json.loads(done.stdout)["checks"] if one["name"] == "whisper")
    assert "cpu" in check["message"]
    assert "an hour of sound takes about" in check["message"]
    kept = json.loads((Path(command_environment["COACH_HOME"]) / "models" / "speed.json").read_text("utf-8"))
    assert all(0 < factor < 5 for factor in kept.values())
    assert os.linesep not in check["message"]
