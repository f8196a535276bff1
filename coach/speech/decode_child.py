"""The program that decodes: `python -m coach.speech.decode_child FORMAT MAX_SECONDS < recording > pcm`.

It runs in its own process, because recordings come from strangers and decoders are C: a crash, a leak or an
endless loop ends this process and not the coach. PCM (16 kHz, 16 bit, interleaved) goes to stdout; the last
line on stderr is a report in JSON: `{"channels", "promised", "tags"}` or `{"error"}` with one of not_sound |
no_track | too_long | broken.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Final

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

RATE: Final = 16_000
MEMORY: Final = 3 << 30
"""Address space in bytes: the decoders take a tenth of it."""
DEMUXERS: Final = {"mp4": "mov", "webm": "matroska", "wma": "asf"}
"""FFmpeg's names where they are not ours; naming the container keeps it from trying all the others.
"""


def main(arguments: list[str]) -> int:
    """Decode stdin to stdout; 0 when there is PCM, 1 with an error in the report."""
    _hold_back()
    try:
        report = decode(sys.stdin.buffer, sys.stdout.buffer, arguments[0], float(arguments[1]))
    except _Refusal as refusal:
        report = {"error": str(refusal)}
    sys.stdout.flush()
    print(json.dumps(report), file=sys.stderr)
    return 1 if "error" in report else 0


class _Refusal(Exception):
    """The argument is the report's error."""


def decode(source: BinaryIO, pcm: BinaryIO, container_format: str, max_seconds: float) -> dict[str, Any]:
    """Write the first sound track of `source` as PCM and return the report."""
    import av

    try:
        container = av.open(
            source, format=DEMUXERS.get(container_format, container_format), metadata_errors="ignore"
        )
    except (av.error.FFmpegError, ValueError, EOFError):
        raise _Refusal("not_sound") from None
    with container:
        if not container.streams.audio:
            raise _Refusal("no_track")
        stream = container.streams.audio[0]
        channels = 2 if stream.codec_context.channels == 2 else 1
        resampler = av.AudioResampler(format="s16", layout="stereo" if channels == 2 else "mono", rate=RATE)
        left = int(max_seconds * RATE)
        try:
            for frame in _frames(container, stream):
                for even in resampler.resample(frame):
                    left -= even.samples
                    if left < 0:
                        raise _Refusal("too_long")
                    pcm.write(bytes(even.planes[0])[: even.samples * channels * 2])
            for even in resampler.resample(None):
                pcm.write(bytes(even.planes[0])[: even.samples * channels * 2])
        except (av.error.FFmpegError, MemoryError):
            raise _Refusal("broken") from None
        # AMR announces no duration: FFmpeg guesses one from the size, and pauses make it far too long.
        known = container.duration and container_format != "amr"
        promised = container.duration / 1_000_000 if known else None
        tags = {**container.metadata, **stream.metadata}
    return {"channels": channels, "promised": promised, "tags": tags}


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


def _hold_back() -> None:
    """Limit the memory of this process, where the system can."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
