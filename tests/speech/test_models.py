"""Which Whisper listens, and what is said when there is none."""

import shutil
import socket
import threading
from pathlib import Path

import pytest

from coach.errors import ModelMissing, NotFound, Unavailable
from coach.settings import Settings
from coach.speech.models import DEMO_FOLDER, NEEDED, SUMS, faults, find, installed, sha256, verify
from coach.speech.pull import pull
from coach.speech.whisper import load


def test_the_shipped_model_is_whole_small_and_as_its_checksums_say() -> None:
    assert verify(DEMO_FOLDER) == []
    assert sum(file.stat().st_size for file in DEMO_FOLDER.iterdir()) <= 5_000_000
    listed = {line.split("  ")[1] for line in (DEMO_FOLDER / SUMS).read_text("utf-8").splitlines()}
    assert {*NEEDED, "vocabulary.json"} <= listed
    card = (DEMO_FOLDER / "MODEL.md").read_text("utf-8")
    assert "只认得" in card
    assert "knows only" in card


def test_a_fresh_home_listens_with_the_demo(settings: Settings) -> None:
    assert [model.name for model in installed(settings)] == ["demo"]
    assert find(settings).demo


def test_a_better_model_in_the_home_goes_before_the_demo_and_a_broken_one_does_not(
    settings: Settings,
) -> None:
    small = settings.models / "whisper" / "small"
    shutil.copytree(DEMO_FOLDER, small)
    assert find(settings).name == "small"
    assert find(settings, "demo").demo
    (small / "model.bin").unlink()
    assert find(settings).demo


def test_a_folder_anywhere_can_be_named(settings: Settings, tmp_path: Path) -> None:
    shutil.copytree(DEMO_FOLDER, tmp_path / "mine")
    model = find(settings.model_copy(update={"whisper_model": str(tmp_path / "mine")}))
    assert (model.name, model.origin, model.demo) == ("mine", "folder", False)


@pytest.mark.parametrize("name", ["small", "./models/none", "nonsense"])
def test_a_model_that_is_not_here_says_how_to_get_one(settings: Settings, name: str) -> None:
    with pytest.raises(ModelMissing) as caught:
        find(settings, name)
    assert "coach models pull small" in caught.value.way_on("zh")
    assert "coach models pull small" in caught.value.way_on("en")


def test_a_changed_byte_and_a_missing_file_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(DEMO_FOLDER, folder)
    weights = bytearray((folder / "model.bin").read_bytes())
    weights[1000] ^= 1
    (folder / "model.bin").write_bytes(weights)
    assert faults(folder) == []
    assert [fault[1] for fault in verify(folder)] == ["model.bin does not match its checksum"]
    (folder / "tokenizer.json").unlink()
    assert [fault[1] for fault in verify(folder)] == ["tokenizer.json is missing"]
    with pytest.raises(ModelMissing, match=r"tokenizer\.json is missing"):
        load(folder)


def test_damaged_weights_are_a_missing_model_and_not_a_crash(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(DEMO_FOLDER, folder)
    (folder / SUMS).unlink()
    (folder / "model.bin").write_bytes((folder / "model.bin").read_bytes()[:5000])
    with pytest.raises(ModelMissing, match="cannot be opened"):
        load(folder, "cpu")


def test_the_checksum_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "abc"
    file.write_bytes(b"abc")
    assert sha256(file) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_pulling_an_unknown_name_lists_the_known_ones(settings: Settings) -> None:
    with pytest.raises(NotFound) as caught:
        pull("huge", settings)
    assert "small" in caught.value.way_on("en")


def test_pulling_a_model_that_is_here_asks_nobody(settings: Settings) -> None:
    shutil.copytree(DEMO_FOLDER, settings.models / "whisper" / "tiny")
    assert pull("tiny", settings).folder == settings.models / "whisper" / "tiny"


def test_a_hub_that_answers_nothing_ends_the_pull(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hub's own client would wait for minutes or for ever."""
    from huggingface_hub import constants

    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setattr(constants, "ENDPOINT", f"http://127.0.0.1:{port}")
        told: list[tuple[int, int]] = []
        with pytest.raises(Unavailable):
            pull("tiny", settings, lambda done, total: told.append((done, total)), stalled=2.0)
    assert told
    assert not (settings.models / "whisper" / "tiny").exists()
    assert threading.active_count() < 10
