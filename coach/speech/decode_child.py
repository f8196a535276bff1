"""The program that decodes: `python -m coach.speech.decode_child FORMAT MAX_SECONDS < recording > pcm`.

It runs in its own process, because recordings come from strangers and decoders are C: a crash, a leak or an
endless loop ends this process and not the coach. PCM (16 kHz, 16 bit, interleaved) goes to stdout; the last
line on stderr is a report in JSON: `{"channels", "promised", "tags"}` or `{"error"}` with one of not_sound |
no_track | too_long | too_big | disk | broken.
"""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Final

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

RATE: Final = 16_000
MEMORY: Final = 768 << 20
"""Address space in bytes; honest recordings of any length take a tenth of it."""
PIECE: Final = 250_000
"""Samples that are resampled at a time."""
TAG_LENGTH: Final = 200
"""Characters of a tag that are handed on: a title may be a novel."""
FILES: Final = 64
"""Open files: a recording that refers to others has no business with them."""
DEMUXERS: Final = {"mp4": "mov", "webm": "matroska", "wma": "asf"}
"""FFmpeg's names where they are not ours; naming the container keeps it from trying all the others."""
STREAMING: Final = 0x7FFF_0000
"""From here on a length in a WAV header means that the writer did not know it."""


def main(arguments: list[str]) -> int:
    """Decode stdin to stdout; 0 when there is PCM, 1 with an error in the report."""
    seconds = float(arguments[1])
    _hold_back(seconds)
    try:
        report = decode(sys.stdin.buffer, sys.stdout.buffer, arguments[0], seconds)
        sys.stdout.flush()
    except _Refusal as refusal:
        report = {"error": str(refusal)}
    except MemoryError:
        report = {"error": "too_big"}
    except OSError as error:
        report = {"error": "disk" if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO) else "broken"}
    print(json.dumps(report), file=sys.stderr)
    return 1 if "error" in report else 0


class _Refusal(Exception):
    """The argument is the report's error."""


def decode(source: BinaryIO, pcm: BinaryIO, container_format: str, max_seconds: float) -> dict[str, Any]:
    """Write the first sound track of `source` as PCM and return the report."""
    import av

    written = _wav_seconds(source) if container_format == "wav" else None
    try:
        container = av.open(
            source, format=DEMUXERS.get(container_format, container_format), metadata_errors="ignore"
        )
    except (av.error.FFmpegError, ValueError, EOFError) as error:
        raise _Refusal("too_big" if _no_memory(error) else "not_sound") from None
    with container:
        if not container.streams.audio:
            raise _Refusal("no_track")
        stream = container.streams.audio[0]
        channels = 2 if stream.codec_context.channels == 2 else 1
        resampler = av.AudioResampler(format="s16", layout="stereo" if channels == 2 else "mono", rate=RATE)
        left = int(max_seconds * RATE)
        for frame in _sound(container, stream, resampler):
            left -= frame.samples
            if left < 0:
                raise _Refusal("too_long")
            pcm.write(bytes(frame.planes[0])[: frame.samples * channels * 2])
        # AMR announces no duration: FFmpeg guesses one from the size, and pauses make it far too long.
        known = container.duration and container_format != "amr"
        promised = written or (container.duration / 1_000_000 if known else None)
        tags = {**container.metadata, **stream.metadata}
    kept = {name: value[:TAG_LENGTH] for name, value in tags.items() if len(name) <= TAG_LENGTH}
    return {"channels": channels, "promised": promised, "tags": kept}


def _sound(container: InputContainer, stream: AudioStream, resampler: Any) -> Iterator[AudioFrame]:
    """All sound at 16 kHz; the decoders' complaints become a refusal."""
    import av

    try:
        for frame in _grouped(_frames(container, stream)):
            yield from resampler.resample(frame)
        yield from resampler.resample(None)
    except (av.error.FFmpegError, ValueError) as error:
        raise _Refusal("too_big" if _no_memory(error) else "broken") from None


def _grouped(frames: Iterator[AudioFrame]) -> Iterator[AudioFrame]:
    """The same sound in pieces of some seconds: packets of 20 ms make resampling twice as slow as decoding."""
    from av.audio.fifo import AudioFifo

    fifo = AudioFifo()
    for frame in frames:
        # A recorder's clock may jump; what counts here is what was said, one sample after the other.
        frame.pts = None
        fifo.write(frame)
        if fifo.samples >= PIECE and (piece := fifo.read()) is not None:
            yield piece
    if fifo.samples and (piece := fifo.read()) is not None:
        yield piece


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Decoded frames; packets that are damaged are passed over."""
    import av

    context = stream.codec_context
    if context.name in {"amrnb", "amrwb"}:
        # FFmpeg's own AMR decoder gives up at comfort noise, which telephones write in every pause.
        wide = context.name == "amrwb"
        context = av.CodecContext.create(f"libopencore_{context.name}", "r")
        context.sample_rate, context.layout = (16_000 if wide else 8_000), "mono"
    for packet in container.demux(stream):
        try:
            yield from context.decode(packet)
        except av.error.InvalidDataError:
            continue


def _wav_seconds(source: BinaryIO) -> float | None:
    """The duration that a WAV header announces, where the samples are not packed; None when it does not say.

    FFmpeg goes by the size of the file instead, so that half a file looks whole.
    """
    head = source.read(1 << 16)
    source.seek(0)
    at, rate = 12, 0
    while at + 8 <= len(head):
        name, size = head[at : at + 4], int.from_bytes(head[at + 4 : at + 8], "little")
        if name == b"fmt " and at + 20 <= len(head):
            rate = int.from_bytes(head[at + 16 : at + 20], "little")
        if name == b"data":
            return size / rate if rate and 0 < size < STREAMING else None
        at += 8 + size + size % 2
    return None


def _no_memory(error: Exception) -> bool:
    return getattr(error, "errno", None) == errno.ENOMEM


def _hold_back(seconds: float) -> None:
    """Limit memory, open files and what can be written by this process, where the system can."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    # Two channels of 16 bits, and a second more: the sentence about a long recording is ours, not the kernel's.
    pcm = int((seconds + 1) * RATE * 4) + (1 << 20)
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_FSIZE, pcm),
    ):
        _, hard = resource.getrlimit(limit)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (allowed, allowed))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
