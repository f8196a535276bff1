"""How fast this machine listens: a shipped recording is heard once and the figure is kept beside the models."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from importlib.resources import as_file, files
from typing import Final

from coach.errors import Words
from coach.settings import Settings
from coach.speech.decode import decode
from coach.speech.listener import Listener
from coach.speech.models import InstalledWhisper
from coach.speech.recording import RATE
from coach.speech.silero import stretches
from coach.speech.whisper import load

SAMPLE: Final = "zh-bakery-chain.ogg"
SECONDS: Final = 30.0
"""Seconds of the sample that are heard."""
KEPT: Final = "speed.json"


def speed_of(model: InstalledWhisper, settings: Settings) -> tuple[float, str]:
    """(seconds of work for a second of sound, device and number format) of a model on this machine.

    Measured when it is not known; kept where there is a models' home, so that looking creates nothing.
    """
    whisper = load(model.folder, settings.whisper_device, settings.whisper_compute_type)
    key = f"{model.folder.resolve()} {model.size} {whisper.runs_on}"
    file = settings.models / KEPT
    try:
        known = {str(name): float(value) for name, value in json.loads(file.read_text("utf-8")).items()}
    except (OSError, ValueError, AttributeError, TypeError):
        known = {}
    if key not in known:
        known[key] = measure(whisper)
        if settings.models.is_dir():
            # A figure that cannot be kept is measured again.
            with suppress(OSError):
                file.write_text(json.dumps(known, indent=1), "utf-8")
    return known[key], whisper.runs_on


def measure(listener: Listener) -> float:
    """Seconds of work for a second of sound, on half a minute of a sample."""
    with as_file(files("knowledge") / "samples" / "visits" / SAMPLE) as path:
        samples = decode(path).part(0.0, SECONDS).mean(axis=1)
    began = time.perf_counter()
    for _ in listener.utterances(samples, stretches(samples), "zh"):
        pass
    return (time.perf_counter() - began) * RATE / len(samples)


def spoken(factor: float) -> Words:
    """What the figure means to somebody with a recording."""
    minutes = factor * 60
    shown = f"{minutes:.0f}" if minutes >= 1 else f"{minutes:.1f}"
    return (f"一小时录音约听 {shown} 分钟", f"an hour of sound takes about {shown} min")
