"""Sound to segments: slice by slice, channel by channel, each with its speaker.

`plan` says what there is to do, `hear_slice` does one part of it, `attribute` says who spoke. The same sound gives
the same plan, so a piece that was kept is still right when another process goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.errors import BadRecording, Words
from coach.speech.channels import STEP, Layout, gated, gates, layout, levels
from coach.speech.decode import seconds_missing
from coach.speech.invented import sober
from coach.speech.listener import Listener, Utterance
from coach.speech.recording import RATE, Channel, Progress, Segment, Sound, Speakers
from coach.speech.silero import Stretch, stretches, windows, without_pauses
from coach.speech.slices import LONGEST, slices
from coach.speech.speakers import Timbre, Voice, sides_of, timbre_of, voices
from coach.speech.transcripts import unnamed
from coach.vocabulary import Language

ONE_VOICE: Final[Words] = (
    "单声道录音里分不清谁在说话，都记在说话人1名下，请核对后改。",
    "The voices of this mono recording cannot be told apart: all turns stand under Speaker 1.",
)


HEARD: Final = 0.3
"""Seconds of a stretch that an utterance must share to lie in it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a recording is listened to: what its channels are, its slices (start, end), and when a channel is open."""

    shape: Layout
    slices: tuple[tuple[float, float], ...]
    open_: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance, its times counted from the beginning of the recording; `side` is its channel."""

    side: int
    start: float
    end: float
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Piece:
    """What was heard in one slice. It is plain data, so that it can be kept; no language where nobody spoke."""

    number: int
    language: Language | None
    lines: tuple[Line, ...] = ()
    voices: tuple[Voice, ...] = ()


@dataclass(frozen=True, slots=True)
class Listened:
    """What Whisper made of a recording; `confidence` is its mean log probability, weighted by time.

    `speakers` says how they were told apart and `speaker_confidence` (0 to 1) how well where that was by voice.
    """

    segments: tuple[Segment, ...]
    language: Language
    warnings: tuple[Words, ...]
    confidence: float
    speakers: Speakers
    speaker_confidence: float | None = None


def plan(sound: Sound, *, longest: float = LONGEST) -> Plan:
    """What there is to do for a recording."""
    power = levels(sound)
    shape = layout(power)
    parts = tuple(slices(power, sound.seconds, longest=longest))
    return Plan(shape, parts, gates(power) if shape == "split" else None)


def hear_slice(
    sound: Sound,
    plan: Plan,
    number: int,
    listener: Listener,
    *,
    language: Language | None = None,
    hotwords: Callable[[Language], str] | None = None,
    timbre: Timbre = timbre_of,
    on_progress: Progress | None = None,
) -> Piece:
    """Everything that is said in slice `number`, counted from 0; without `language` it is heard out first."""
    start, end = plan.slices[number]
    tracks = _tracks(sound.part(start, end), plan.shape)
    if plan.open_ is not None:
        first = round(start / STEP)
        tracks = [
            gated(track, plan.open_[first : first + len(track), side]) for side, track in enumerate(tracks)
        ]
    speech = [stretches(track) for track in tracks]
    if not any(speech):
        return Piece(number, language)
    if language is None:
        fullest = max(range(len(tracks)), key=lambda side: _spoken(speech[side]))
        parts = windows(speech[fullest], len(tracks[fullest]))
        language = listener.language(without_pauses(tracks[fullest], parts))
    expected = hotwords(language) if hotwords is not None else ""
    lines: list[Line] = []
    for side, track in enumerate(tracks):
        heard = []
        for utterance in listener.utterances(track, speech[side], language, hotwords=expected):
            heard.append(utterance)
            if on_progress is not None:
                share = (side + min(utterance.end / max(end - start, 1e-9), 1.0)) / len(tracks)
                on_progress(start + (end - start) * share, sound.seconds)
        lines += [_placed(side, _in_speech(utterance, speech[side]), start) for utterance in sober(heard)]
    mono = plan.shape != "split"
    spoken = tuple(voices(tracks[0], speech[0], start, timbre)) if mono else ()
    return Piece(number, language, tuple(lines), spoken)


def attribute(sound: Sound, plan: Plan, pieces: Sequence[Piece]) -> Listened:
    """Who said what, from all pieces of a recording. Raises BadRecording when nobody speaks in any."""
    ordered = sorted(pieces, key=lambda piece: piece.number)
    lines = [line for piece in ordered for line in piece.lines]
    language = next((piece.language for piece in ordered if piece.lines), None)
    if not lines or language is None:
        raise BadRecording(
            ("录音里没有听到人说话。", "Nobody is heard speaking in this recording."),
            (
                "确认选对了文件，麦克风没有静音。",
                "Check that it is the right file and the microphone was on.",
            ),
        )
    warnings = list(_shortfall(sound))
    speakers: Speakers = "channels"
    confidence = None
    if plan.shape != "split":
        sides = sides_of([voice for piece in ordered for voice in piece.voices], lines)
        speakers = "suggested" if sides else "unknown"
        if sides:
            confidence = sides.confidence
            lines = [replace(line, side=side) for line, side in zip(lines, sides.sides, strict=True)]
        warnings.append(_suggested(sides.confidence, sides.doubtful) if sides else ONE_VOICE)
    weights = np.array([max(line.end - line.start, 0.01) for line in lines])
    sure = float(np.average([line.confidence for line in lines], weights=weights))
    return Listened(tuple(_by_time(lines, language)), language, tuple(warnings), sure, speakers, confidence)


def listen(
    sound: Sound,
    listener: Listener,
    *,
    language: Language | None = None,
    hotwords: Callable[[Language], str] | None = None,
    timbre: Timbre = timbre_of,
    on_progress: Progress | None = None,
    on_piece: Callable[[Piece], None] | None = None,
    known: Sequence[Piece] = (),
    planned: Plan | None = None,
    gate: bool = True,
) -> Listened:
    """Every utterance of a recording in order of time, with 说话人1/2 or Speaker 1/2 as speakers.

    In a split recording the left channel is speaker 1. `on_piece` gets each slice as it is done, `known` are pieces
    that were kept from an earlier try. `gate` shuts a channel while the other one speaks; it can be opened only to
    show what happens then. Raises BadRecording when nobody speaks.
    """
    planned = planned or plan(sound)
    if not gate:
        planned = replace(planned, open_=None)
    done = {piece.number: piece for piece in known}
    for number in range(len(planned.slices)):
        if number not in done:
            language = language or next((piece.language for piece in done.values() if piece.lines), None)
            done[number] = hear_slice(
                sound,
                planned,
                number,
                listener,
                language=language,
                hotwords=hotwords,
                timbre=timbre,
                on_progress=on_progress,
            )
            if on_piece is not None:
                on_piece(done[number])
        if on_progress is not None:
            on_progress(planned.slices[number][1], sound.seconds)
    return attribute(sound, planned, list(done.values()))


def _tracks(part: NDArray[np.float32], shape: Layout) -> list[Channel]:
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


def _spoken(speech: Sequence[Stretch]) -> float:
    return sum(stretch.end - stretch.start for stretch in speech) / RATE


def _in_speech(utterance: Utterance, speech: Sequence[Stretch]) -> Utterance:
    """The utterance without the silence that Whisper put before or behind it: another may speak there meanwhile."""
    heard = [
        (stretch.start / RATE, stretch.end / RATE)
        for stretch in speech
        if min(utterance.end, stretch.end / RATE) - max(utterance.start, stretch.start / RATE) >= HEARD
    ]
    if not heard:
        return utterance
    return replace(utterance, start=max(utterance.start, heard[0][0]), end=min(utterance.end, heard[-1][1]))


def _placed(side: int, utterance: Utterance, start: float) -> Line:
    return Line(
        side,
        round(start + utterance.start, 2),
        round(start + utterance.end, 2),
        utterance.text,
        utterance.confidence,
    )


def _by_time(lines: Sequence[Line], language: Language) -> Iterator[Segment]:
    for line in sorted(lines, key=lambda line: (line.start, line.end)):
        yield Segment(line.start, line.end, line.text, unnamed(line.side + 1, language))


def _suggested(confidence: float, doubtful: int) -> Words:
    zh = f"单声道录音，说话人是按音色猜的（把握 {confidence:.0%}），请核对；反了可以对调。"
    en = f"A mono recording: speakers are suggested by voice (confidence {confidence:.0%}). Please check; they can be swapped."
    if doubtful:
        zh += f"有 {doubtful} 句听不准是谁说的。"
        en += f" For {doubtful} of the turns the speaker is doubtful."
    return zh, en


def _shortfall(sound: Sound) -> Iterator[Words]:
    if missing := seconds_missing(sound):
        yield (
            f"录音有损坏，少了约 {missing:.0f} 秒，只转写了解得出来的部分。",
            f"The recording is damaged: about {missing:.0f} seconds are missing; the rest was transcribed.",
        )
