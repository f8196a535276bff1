"""Write sound in the formats that people's recorders and telephones write, with the encoders that PyAV brings.

Not among them is AMR wide band: there is a decoder but no encoder here; sox writes it for the tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

RATE: Final = 16_000


@dataclass(frozen=True, slots=True)
class Format:
    """A container with a codec, and a picture codec where it is a film. `rate` is what the codec can take."""

    name: str
    container: str
    codec: str
    suffix: str
    rate: int = RATE
    picture: str = ""


FORMATS: Final[tuple[Format, ...]] = (
    Format("wav pcm", "wav", "pcm_s16le", ".wav"),
    Format("wav 24 bit", "wav", "pcm_s24le", ".wav"),
    Format("wav float", "wav", "pcm_f32le", ".wav"),
    Format("wav mu-law", "wav", "pcm_mulaw", ".wav", 8000),
    Format("wav a-law", "wav", "pcm_alaw", ".wav", 8000),
    Format("wav adpcm", "wav", "adpcm_ms", ".wav"),
    Format("mp3", "mp3", "libmp3lame", ".mp3"),
    Format("m4a aac", "ipod", "aac", ".m4a"),
    Format("m4a alac", "mp4", "alac", ".m4a"),
    Format("aac", "adts", "aac", ".aac"),
    Format("ogg opus", "ogg", "libopus", ".ogg"),
    Format("amr", "amr", "libopencore_amrnb", ".amr", 8000),
    Format("flac", "flac", "flac", ".flac"),
    Format("webm opus", "webm", "libopus", ".webm"),
    Format("webm film", "webm", "libopus", ".webm", picture="libvpx"),
    Format("mp4 film", "mp4", "aac", ".mp4", picture="mpeg4"),
    Format("mov film", "mov", "aac", ".mov", picture="mpeg4"),
    Format("3gp film amr", "3gp", "libopencore_amrnb", ".3gp", 8000, "h263"),
    Format("3gp film aac", "3gp", "aac", ".3gp", picture="h263"),
    Format("mkv", "matroska", "libopus", ".mkv"),
    Format("wma", "asf", "wmav2", ".wma"),
    Format("aiff", "aiff", "pcm_s16be", ".aiff"),
    Format("caf", "caf", "pcm_s16be", ".caf"),
)
_BIT_RATES: Final = {"wmav2": 64_000, "libopencore_amrnb": 12_200, "aac": 48_000, "libmp3lame": 64_000}
_WIDTH, _HEIGHT, _PICTURES = 176, 144, 5


def named(name: str) -> Format:
    """The format of that name."""
    return next(one for one in FORMATS if one.name == name)


def encode(path: Path, samples: NDArray[np.int16], form: Format) -> Path:
    """Write (n, channels) samples at 16 kHz, whatever the path is called. AMR knows one channel only."""
    import av

    layout = "stereo" if samples.shape[1] == 2 and "amr" not in form.codec else "mono"
    frame = av.AudioFrame.from_ndarray(
        samples.reshape(1, -1), format="s16", layout="stereo" if samples.shape[1] == 2 else "mono"
    )
    frame.sample_rate = RATE
    with av.open(str(path), "w", format=form.container) as out:
        stream = out.add_stream(form.codec, rate=form.rate, layout=layout)
        if form.codec in _BIT_RATES:
            stream.bit_rate = _BIT_RATES[form.codec]
        pictures = out.add_stream(form.picture, rate=_PICTURES) if form.picture else None
        if pictures is not None:
            pictures.width, pictures.height, pictures.pix_fmt = _WIDTH, _HEIGHT, "yuv420p"
        context = stream.codec_context
        context.open()
        resampler = av.AudioResampler(
            format=context.format, layout=layout, rate=form.rate, frame_size=context.frame_size
        )
        for even in [*resampler.resample(frame), *resampler.resample(None)]:
            out.mux(stream.encode(even))
        out.mux(stream.encode(None))
        if pictures is not None:
            for number in range(int(len(samples) / RATE * _PICTURES)):
                grey = np.full((_HEIGHT, _WIDTH, 3), number % 256, np.uint8)
                picture = av.VideoFrame.from_ndarray(grey, format="rgb24")
                picture.pts, picture.time_base = number, Fraction(1, _PICTURES)
                out.mux(pictures.encode(picture))
            out.mux(pictures.encode(None))
    return path
