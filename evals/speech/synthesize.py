"""Say the pool's sentences with espeak-ng and sox, and build two-voice recordings out of them.

Run it to write the shipped samples: `python -m evals.speech.synthesize [FOLDER]`.
Everything is deterministic: the same voice, sentence and seed give the same samples.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.conversation import Conversation, Turn, write_transcript
from coach.vocabulary import Language, Role
from evals.speech.pool import LABELS, SampleVisit, read_pool

RATE: Final = 16_000
SAMPLES: Final = Path(__file__).parents[2] / "knowledge" / "samples" / "visits"
# Plain `cmn` reads hanzi as English-spelled pinyin; this voice speaks real Mandarin phonemes.
ESPEAK_VOICE: Final[dict[Language, str]] = {"zh": "cmn-latn-pinyin", "en": "en-us"}
SIDES: Final[tuple[Role, Role]] = ("rep", "customer")
CROSSTALK: Final = 0.08
"""What the other speaker's microphone hears: -22 dB, as on a two-channel telephone recording."""

Audio = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Voice:
    """One espeak-ng voice: variant (m3, f2, ...), speed in words per minute, pitch 0-99."""

    variant: str
    speed: int
    pitch: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence in a recording: side 0 or 1, and seconds from the beginning."""

    side: int
    text: str
    start: float
    end: float


def can_speak() -> bool:
    """Whether espeak-ng and sox are on this machine."""
    return bool(shutil.which("espeak-ng") and shutil.which("sox"))


@lru_cache(maxsize=4096)
def say(text: str, language: Language, voice: Voice) -> Audio:
    """One sentence at 16 kHz, silence trimmed at both ends, peak 1."""
    espeak = [
        "espeak-ng", "-v", f"{ESPEAK_VOICE[language]}+{voice.variant}",
        "-s", str(voice.speed), "-p", str(voice.pitch), "--stdout", text,
    ]  # fmt: skip
    trim = ["silence", "1", "0.02", "0.5%", "reverse"]
    # espeak-ng cannot seek in a pipe, so the length in its header is junk: sox is told to ignore it.
    sox = [
        "sox",
        "-R",
        "-t",
        "wav",
        "--ignore-length",
        "-",
        "-t",
        "f32",
        "-r",
        str(RATE),
        "-c",
        "1",
        "-",
        *trim,
        *trim,
    ]
    wav = subprocess.run(espeak, check=True, capture_output=True).stdout
    raw = subprocess.run(sox, input=wav, check=True, capture_output=True).stdout
    audio = np.frombuffer(raw, dtype=np.float32)
    peak = float(np.abs(audio).max(initial=0.0))
    return (audio / peak).astype(np.float32) if peak else audio


def record(
    lines: Sequence[tuple[int, str]],
    language: Language,
    voices: tuple[Voice, Voice],
    *,
    seed: int,
    stereo: bool,
    gap: tuple[float, float] = (0.35, 1.2),
) -> tuple[Audio, list[Spoken]]:
    """A recording of (side, sentence) lines: samples (n, channels) and where each sentence lies.

    In stereo each side has its own channel (0 left, 1 right) and is faintly heard in the other.
    """
    rng = np.random.default_rng(seed)
    placed: list[tuple[Spoken, Audio]] = []
    at = float(rng.uniform(0.3, 0.8))
    for number, (side, text) in enumerate(lines):
        clip = say(text, language, voices[side]) * np.float32(rng.uniform(0.3, 0.5))
        placed.append((Spoken(side, text, at, at + len(clip) / RATE), clip))
        long_pause = number % 9 == 8
        at += len(clip) / RATE + float(rng.uniform(3.0, 6.0) if long_pause else rng.uniform(*gap))
    sides = np.zeros((int((at + 0.5) * RATE), 2), np.float32)
    for spoken, clip in placed:
        begin = int(spoken.start * RATE)
        sides[begin : begin + len(clip), spoken.side] += clip
    heard = sides + CROSSTALK * sides[:, ::-1] if stereo else sides.sum(axis=1, keepdims=True)
    noise = rng.normal(0.0, 0.002, heard.shape)
    return (heard + noise).astype(np.float32), [spoken for spoken, _ in placed]


def write_opus(
    path: Path, samples: Audio, *, tags: dict[str, str] | None = None, bit_rate: int = 16_000
) -> None:
    """Write (n, channels) samples at 16 kHz as ogg/opus, `bit_rate` bits a second for each channel."""
    import av

    layout = "stereo" if samples.shape[1] == 2 else "mono"
    # Packed 16-bit frames want the channels interleaved in one row.
    packed = (np.clip(samples, -1, 1) * 32767).astype(np.int16).reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(packed, format="s16", layout=layout)
    frame.sample_rate = RATE
    with av.open(str(path), "w", format="ogg") as container:
        container.metadata.update(tags or {})
        stream = container.add_stream("libopus", rate=RATE, layout=layout)
        stream.bit_rate = bit_rate * samples.shape[1]
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)


def perform(visit: SampleVisit, *, seed: int) -> tuple[Audio, Conversation]:
    """Speak one script; the conversation carries the times at which its sentences really lie."""
    voices = (Voice(visit.voices[0], 200, 52), Voice(visit.voices[1], 190, 46))
    lines = [(SIDES.index(role), text) for role, text in visit.turns]
    samples, spoken = record(
        lines, visit.language, voices, seed=seed, stereo=visit.channels == "stereo", gap=(0.6, 1.5)
    )
    turns = tuple(
        Turn(number, LABELS[visit.language][SIDES[said.side]], said.text, said.start, said.end)
        for number, said in enumerate(spoken, 1)
    )
    return samples, Conversation(turns, visit.language, visit.date, f"{visit.name}.ogg")


def write_samples(folder: Path = SAMPLES) -> list[Path]:
    """Write every sample visit as NAME.ogg with NAME.txt beside it; returns the audio files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for seed, visit in enumerate(read_pool(), 1):
        samples, talk = perform(visit, seed=seed)
        path = folder / f"{visit.name}.ogg"
        write_opus(path, samples, tags={"date": visit.date.isoformat(), "title": visit.title})
        path.with_suffix(".txt").write_text(write_transcript(talk), "utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    for file in write_samples(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES):
        print(f"{file.name}\t{file.stat().st_size / 1000:.0f} kB")
