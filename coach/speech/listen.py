"""Sound to segments: slice by slice, channel by channel, each with its speaker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from coach.errors import BadRecording, Words
from coach.speech.channels import STEP, Layout, gated, gates, layout, levels
from coach.speech.decode import seconds_missing
from coach.speech.recording import Channel, Progress, Segment, Sound
from coach.speech.slices import slices
from coach.speech.speakers import Points, group, timbre
from coach.speech.transcripts import unnamed
from coach.speech.whisper import Utterance, Whisper
from coach.vocabulary import Language

ONE_VOICE: Final[Words] = (
    "单声道录音里分不清谁在说话，都记在说话人1名下，请核对后改。",
    "The voices of this mono recording cannot be told apart: all turns stand under Speaker 1.",
)
SUGGESTED: Final[Words] = (
    "单声道录音，说话人是按音色猜的，请核对；反了可以对调。",
    "A mono recording: speakers are suggested by timbre. Please check; they can be swapped.",
)


@dataclass(frozen=True, slots=True)
class Listened:
    """What Whisper made of a recording; `confidence` is its mean log probability, weighted by time."""

    segments: tuple[Segment, ...]
    language: Language
    warnings: tuple[Words, ...]
    confidence: float


def listen(
    sound: Sound,
    whisper: Whisper,
    *,
    language: Language | None = None,
    hotwords: str = "",
    on_progress: Progress | None = None,
    gate: bool = True,
) -> Listened:
    """Every utterance of a recording in order of time, with 说话人1/2 or Speaker 1/2 as speakers.

    In a split recording the left channel is speaker 1. `gate` shuts a channel while the other one speaks; it
    can be opened only to show what happens then. Raises BadRecording when nobody speaks.
    """
    power = levels(sound)
    shape = layout(power)
    open_ = gates(power) if shape == "split" else None
    heard: list[tuple[int, Utterance]] = []
    timbres: list[Points] = []
    for start, end in slices(power, sound.seconds):
        part = sound.part(start, end)
        tracks = _tracks(part, shape)
        if open_ is not None and gate:
            first = round(start / STEP)
            tracks = [
                gated(track, open_[first : first + len(track), side]) for side, track in enumerate(tracks)
            ]
        if language is None:
            language = whisper.language(max(tracks, key=lambda track: float(np.abs(track).mean())))
        for side, track in enumerate(tracks):
            done = start + (end - start) * side / len(tracks)
            for utterance in whisper.utterances(track, language, hotwords=hotwords):
                if on_progress is not None:
                    on_progress(min(done + utterance.end / len(tracks), sound.seconds), sound.seconds)
                placed = replace(utterance, start=start + utterance.start, end=start + utterance.end)
                heard.append((side, placed))
                if shape != "split":
                    timbres.append(timbre(track, utterance))
    if on_progress is not None:
        on_progress(sound.seconds, sound.seconds)
    if not heard or language is None:
        raise BadRecording(
            ("录音里没有听到人说话。", "Nobody is heard speaking in this recording."),
            (
                "确认选对了文件，麦克风没有静音。",
                "Check that it is the right file and the microphone was on.",
            ),
        )
    warnings = list(_shortfall(sound))
    if shape != "split":
        sides = group(timbres, [utterance for _, utterance in heard])
        warnings.append(SUGGESTED if sides else ONE_VOICE)
        heard = [
            (side, utterance) for side, (_, utterance) in zip(sides or [0] * len(heard), heard, strict=True)
        ]
    return Listened(tuple(_by_time(heard, language)), language, tuple(warnings), _confidence(heard))


def _tracks(part: np.ndarray[tuple[int, ...], np.dtype[np.float32]], shape: Layout) -> list[Channel]:
    """The channels that are listened to, one after the other."""
    match shape:
        case "split":
            return [np.ascontiguousarray(part[:, 0]), np.ascontiguousarray(part[:, 1])]
        case "left":
            return [np.ascontiguousarray(part[:, 0])]
        case "right":
            return [np.ascontiguousarray(part[:, 1])]
        case "mixed":
            return [part.mean(axis=1)]


def _by_time(heard: list[tuple[int, Utterance]], language: Language) -> Iterator[Segment]:
    for side, utterance in sorted(heard, key=lambda pair: (pair[1].start, pair[1].end)):
        yield Segment(utterance.start, utterance.end, utterance.text, unnamed(side + 1, language))


def _confidence(heard: list[tuple[int, Utterance]]) -> float:
    weights = np.array([max(utterance.end - utterance.start, 0.01) for _, utterance in heard])
    return float(np.average([utterance.confidence for _, utterance in heard], weights=weights))


def _shortfall(sound: Sound) -> Iterator[Words]:
    if missing := seconds_missing(sound):
        yield (
            f"录音有损坏，少了约 {missing:.0f} 秒，只转写了解得出来的部分。",
            f"The recording is damaged: about {missing:.0f} seconds are missing; the rest was transcribed.",
        )
