"""Which Whisper models are on this machine, whether they are whole, and which one listens."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from coach.errors import ModelMissing, Refused, Words
from coach.settings import Settings
from coach.store.disk import writing

DEMO: Final = "demo"
DEMO_FOLDER: Final = Path(__file__).with_name("demo_whisper")
NAMES: Final[dict[str, str]] = {
    "large-v3": "Systran/faster-whisper-large-v3",
    "large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
    "medium": "Systran/faster-whisper-medium",
    "small": "Systran/faster-whisper-small",
    "base": "Systran/faster-whisper-base",
    "tiny": "Systran/faster-whisper-tiny",
}
"""Models that can be pulled, the best first, and where the hub keeps them."""
NEEDED: Final = ("model.bin", "config.json", "tokenizer.json")
SUMS: Final = "SHA256SUMS"
CHOSEN: Final = "in-use"
"""The file beside the pulled models that names the one that listens."""

Origin = Literal["shipped", "home", "folder"]


@dataclass(frozen=True, slots=True)
class InstalledWhisper:
    """A Whisper model that lies in a folder of this machine."""

    name: str
    folder: Path
    origin: Origin

    @property
    def demo(self) -> bool:
        """Whether this is the shipped model, which knows the sample visits and nothing else."""
        return self.name == DEMO

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.stat().st_size for file in self.folder.iterdir() if file.is_file())


def pulled_folder(settings: Settings) -> Path:
    """Where pulled models lie, each in a folder with its name."""
    return settings.models / "whisper"


def installed(settings: Settings) -> list[InstalledWhisper]:
    """Every model that is here: pulled ones, the best first, then others by name, then the demo."""
    root = pulled_folder(settings)
    folders = [entry for entry in root.iterdir() if entry.is_dir()] if root.is_dir() else []
    rank = list(NAMES)
    folders.sort(key=lambda entry: (rank.index(entry.name) if entry.name in rank else len(rank), entry.name))
    home = [
        InstalledWhisper(entry.name, entry, "home") for entry in folders if not entry.name.startswith(".")
    ]
    shipped = [InstalledWhisper(DEMO, DEMO_FOLDER, "shipped")] if DEMO_FOLDER.is_dir() else []
    return home + shipped


def chosen(settings: Settings) -> str:
    """The name or folder that `coach models use` kept; empty when it was never asked."""
    try:
        return (pulled_folder(settings) / CHOSEN).read_text("utf-8").strip()
    except OSError:
        return ""


def find(settings: Settings, name: str = "") -> InstalledWhisper:
    """The model to listen with: `name`, else the setting, else the one in use, else the best that is whole.

    A name is `demo`, a folder, or what a folder under the models' home is called. Raises ModelMissing.
    """
    wanted = name or settings.whisper_model or chosen(settings)
    here = installed(settings)
    if not wanted:
        for model in here:
            if not faults(model.folder):
                return model
        raise _missing("small")
    for model in here:
        if model.name == wanted:
            return model
    if (folder := Path(wanted).expanduser()).is_dir():
        return InstalledWhisper(folder.resolve().name, folder.resolve(), "folder")
    raise _missing(wanted)


def use(name: str, settings: Settings) -> InstalledWhisper:
    """Listen with this model from now on, wherever COACH_WHISPER_MODEL does not say otherwise.

    Every file is checked first. Raises ModelMissing when it is not here or not whole.
    """
    model = find(settings, name)
    if found := verify(model.folder):
        raise ModelMissing(
            (f"{model.name} 用不了：{found[0][0]}。", f"{model.name} cannot be used: {found[0][1]}."),
            ("重新拉取，或换一个模型。", "Fetch it again, or take another model."),
        )
    kept = pulled_folder(settings) / CHOSEN
    with writing():
        kept.parent.mkdir(parents=True, exist_ok=True)
        half = kept.with_suffix(".half")
        half.write_text(str(model.folder) if model.origin == "folder" else model.name, "utf-8")
        os.replace(half, kept)
    return model


def remove(name: str, settings: Settings) -> InstalledWhisper:
    """Throw a pulled model away, and what was fetched of one that is not whole; the next best one listens then.

    Raises Refused for the demo and for a folder of the user's own, ModelMissing when there is nothing.
    """
    if name in ("", ".", "..") or Path(name).name != name:
        raise _missing(name)
    target = pulled_folder(settings) / name
    half = target.with_name(f".{name}.part")
    model = next((one for one in installed(settings) if one.name == name), None)
    if model is not None and model.origin != "home":
        raise Refused(
            ("demo 是随产品装的，删不掉。", "The demo belongs to the product and stays."),
            ("只有拉取来的模型可以删。", "Only pulled models can be removed."),
        )
    if model is None and not half.is_dir():
        raise _missing(name)
    with writing():
        for folder in (target, half):
            if folder.is_dir():
                shutil.rmtree(folder)
        if chosen(settings) == name:
            (pulled_folder(settings) / CHOSEN).unlink()
    return model or InstalledWhisper(name, target, "home")


def faults(folder: Path) -> list[Words]:
    """What keeps a folder from being a whole Whisper model, cheap to ask; empty when nothing does."""
    if not folder.is_dir():
        return [(f"没有文件夹 {folder.name}", f"there is no folder {folder.name}")]
    found = [
        (f"缺少 {name}", f"{name} is missing")
        for name in NEEDED
        if not (folder / name).is_file() or (folder / name).stat().st_size < 16
    ]
    if not any(folder.glob("vocabulary.*")):
        found.append(
            ("缺少 vocabulary.json 或 vocabulary.txt", "vocabulary.json or vocabulary.txt is missing")
        )
    return found


def verify(folder: Path) -> list[Words]:
    """`faults`, then every checksum that the folder lists, then that the small files can be read at all."""
    found = faults(folder)
    if found:
        return found
    listed = folder / SUMS
    for line in listed.read_text("utf-8").splitlines() if listed.is_file() else []:
        expected, _, name = line.partition("  ")
        file = folder / name.strip()
        if not file.is_file() or sha256(file) != expected.strip():
            found.append((f"{name} 与校验和不符", f"{name} does not match its checksum"))
    for name in ("config.json", "tokenizer.json"):
        try:
            json.loads((folder / name).read_text("utf-8"))
        except ValueError:
            found.append((f"{name} 读不出来", f"{name} cannot be read"))
    return found


def sha256(file: Path) -> str:
    """Checksum of a file, in hex."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _missing(name: str) -> ModelMissing:
    pullable = name if name in NAMES else "small"
    return ModelMissing(
        (f"这台机器上没有 Whisper 模型 {name}。", f"The Whisper model {name} is not on this machine."),
        (
            f"联网时运行 coach models pull {pullable}，或把模型文件夹的路径写进 COACH_WHISPER_MODEL。",
            f"Run coach models pull {pullable} while online, or set COACH_WHISPER_MODEL to a model folder.",
        ),
    )
