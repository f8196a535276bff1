"""`coach eval speech`: character error rate through the product's own door, with a control that must fail.

What the figures say: that decoding, VAD, Whisper, the crosstalk gate and the merging work. What they do not
say: how well a real Whisper understands real people. The demo model knows the sentences of the pool and
nothing else.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from coach.errors import BadTranscript, CoachError
from coach.settings import Settings
from coach.speech.decode import decode
from coach.speech.door import open_conversation
from coach.speech.formats import HEAD, sound_format, text_of
from coach.speech.models import DEMO
from coach.speech.transcripts import read_transcript
from evals.speech.cer import character_error_rate, characters
from evals.speech.encode import FORMATS, encode
from evals.speech.fresh import fresh_recordings
from evals.speech.synthesize import SAMPLES, can_speak, write_opus
from evals.speech.timing import bare, cost_of, warm

LIMITS: Final = {"shipped": 0.05, "fresh": 0.10}
"""Mean CER that the shipped model must reach."""
TEN_MINUTES: Final = 600.0
ROUNDS: Final = 3
CONTROL: Final = 0.5
"""A transcript held against another recording's words must be this wrong, else the measure has no teeth."""

Kind = Literal["shipped", "long", "fresh", "data", "format"]


@dataclass(frozen=True, slots=True)
class SpeechRow:
    """One recording: its CER, the CER against another recording's words, or the reason why there is none.

    `late` is the mean error of a turn's start in seconds, `factor` seconds of work for a second of sound, `beside` our
    wall time over bare faster-whisper's and `beside_processor` the same of processor time.
    """

    id: str
    kind: Kind
    text: str
    reference: str | None
    cer: float | None = None
    control: float | None = None
    seconds: float | None = None
    late: float | None = None
    factor: float | None = None
    beside: float | None = None
    beside_processor: float | None = None
    peak_mb: int | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What is said in a recording, and when: (words, seconds) of each turn whose time is known."""

    text: str
    starts: tuple[tuple[str, float], ...] = ()


def evaluate_speech(
    data: Path | None = None, predictions: Path | None = None, *, fresh: bool = True
) -> tuple[SpeechRow, ...]:
    """Measure, print the table, write predictions as {"id", "text"} a line, and return the rows.

    Without `data`: the demo model on the shipped samples, on fresh recordings (left out by `fresh=False`, and where
    espeak-ng is missing) and on one sample in every format. With `data`, a folder of recordings with NAME.txt beside them: the model
    that the settings choose.
    """
    spoken = fresh and data is None and can_speak()
    if data is not None:
        rows = list(_folder(data, "data", Settings()))
    else:
        demo = Settings(whisper_model=DEMO)
        rows = list(_folder(SAMPLES, "shipped", demo))
        rows += [measure_long(demo)] if fresh else []
        rows += measure_fresh(demo) if spoken else []
        rows += measure_formats(demo) if fresh else []
    rows = _with_controls(rows)
    if predictions is not None:
        lines = (
            json.dumps({"id": row.id, "text": row.text}, ensure_ascii=False) for row in rows if not row.error
        )
        predictions.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    from evals.speech.table import show

    show(rows, not_run=data is None and not spoken)
    return tuple(rows)


def mean_cer(rows: Sequence[SpeechRow], kind: Kind) -> float | None:
    """Mean over the recordings of one kind; one that failed counts as wholly wrong."""
    rates = [1.0 if row.error else row.cer for row in rows if row.kind == kind]
    known = [rate for rate in rates if rate is not None]
    return sum(known) / len(known) if known else None


def _folder(folder: Path, kind: Kind, settings: Settings) -> Iterator[SpeechRow]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and _is_sound(path):
            beside = path.with_suffix(".txt")
            yield heard_row(path, kind, _reference(beside) if beside.is_file() else None, settings)


def measure_fresh(settings: Settings, *, most: int | None = None) -> list[SpeechRow]:
    """The fresh recordings, or the first so many of them."""
    with tempfile.TemporaryDirectory() as folder:
        return [
            heard_row(
                recording.path,
                "fresh",
                Reference(recording.reference, tuple((line.text, line.start) for line in recording.spoken)),
                settings,
            )
            for recording in islice(fresh_recordings(Path(folder)), most)
        ]


def measure_long(settings: Settings) -> SpeechRow:
    """The Chinese visits one after the other until they are ten minutes, in mono: what a real visit's length costs."""
    visits = [
        (decode(path), _reference(path.with_suffix(".txt"))) for path in sorted(SAMPLES.glob("zh-*.ogg"))
    ]
    pieces: list[NDArray[np.float32]] = []
    words: list[str] = []
    starts: list[tuple[str, float]] = []
    at = 0.0
    while at < TEN_MINUTES:
        sound, reference = visits[len(pieces) % len(visits)]
        pieces.append(sound.part(0.0, sound.seconds).sum(axis=1, keepdims=True))
        words.append(reference.text)
        starts += [(text, start + at) for text, start in reference.starts]
        at += sound.seconds
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "ten-minutes.ogg")
        write_opus(file, np.concatenate(pieces))
        return heard_row(file, "long", Reference("\n".join(words), tuple(starts)), settings)


def measure_formats(settings: Settings, name: str = "zh-bakery-chain") -> list[SpeechRow]:
    """One shipped visit in every format that can be written here."""
    samples = decode(SAMPLES / f"{name}.ogg").samples
    reference = _reference(SAMPLES / f"{name}.txt")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for form in FORMATS:
            file = encode(Path(folder, f"sound{form.suffix}"), samples, form)
            rows.append(replace(heard_row(file, "format", reference, settings), id=form.name))
    return rows


def heard_row(path: Path, kind: Kind, reference: Reference | None, settings: Settings) -> SpeechRow:
    """One recording through the door and, where a model of this machine listens, through faster-whisper alone."""
    expected = reference.text if reference else None
    if not settings.transcribe_base_url and kind != "format":
        # Loaded before the clock runs, for both.
        warm(settings)
    try:
        heard, ours = cost_of(lambda: open_conversation(path, settings=settings))
    except CoachError as error:
        return SpeechRow(path.stem, kind, "", expected, error=error.message("en"))
    turns = heard.conversation.turns
    text = "".join(turn.text for turn in turns)
    row = SpeechRow(
        path.stem,
        kind,
        "\n".join(turn.text for turn in turns),
        expected,
        character_error_rate(text, expected) if expected is not None else None,
        seconds=heard.duration,
        late=mean_lateness([(turn.text, turn.start or 0.0) for turn in turns], reference),
        factor=ours.wall / heard.duration if heard.duration else None,
        peak_mb=ours.peak_mb,
    )
    if settings.transcribe_base_url or kind == "format":
        return row
    split = heard.speakers == "channels"
    _, theirs = cost_of(lambda: bare(path, settings, split=split))
    for _ in range(ROUNDS - 1 if kind == "long" else 0):
        # By turns, and the best of each: other work on the machine makes a single run say little.
        ours = ours.least(cost_of(lambda: open_conversation(path, settings=settings))[1])
        theirs = theirs.least(cost_of(lambda: bare(path, settings, split=split))[1])
    return replace(row, beside=ours.wall / theirs.wall, beside_processor=ours.processor / theirs.processor)


def mean_lateness(heard: Sequence[tuple[str, float]], reference: Reference | None) -> float | None:
    """Mean error of the starts, over the turns whose words were understood and said once."""
    if reference is None:
        return None
    said: dict[str, list[float]] = {}
    for text, start in reference.starts:
        said.setdefault(characters(text), []).append(start)
    errors = [
        abs(start - said[words][0])
        for text, start in heard
        if len(said.get(words := characters(text), ())) == 1
    ]
    return sum(errors) / len(errors) if errors else None


def _is_sound(path: Path) -> bool:
    with path.open("rb") as file:
        return sound_format(file.read(HEAD)) is not None


def _reference(path: Path) -> Reference:
    """The words of a reference: a transcript's turns, or the plain text that it is."""
    text = text_of(path.read_bytes()) or ""
    try:
        turns = read_transcript(text).turns
    except BadTranscript:
        return Reference("\n".join(line for line in text.splitlines() if not line.startswith("#")))
    # A transcript holds whole seconds, cut off: in the mean half a second is missing.
    starts = tuple(
        (turn.text, turn.start + (0.5 if turn.start == int(turn.start) else 0.0))
        for turn in turns
        if turn.start is not None
    )
    return Reference("\n".join(turn.text for turn in turns), starts)


def _with_controls(rows: Sequence[SpeechRow]) -> list[SpeechRow]:
    """Each transcript also held against the next recording's words, where it has words in common by chance
    only.
    """
    scored = [row for row in rows if row.cer is not None]
    controls = {}
    for row in scored:
        same = [
            other for other in scored if other.kind == row.kind and other is not row and _alike(other, row)
        ]
        others = [other for other in same if other.reference != row.reference]
        if others and row.kind not in (
            "fresh",
            "format",
            "long",
        ):  # fresh recordings share sentences with each other
            controls[row.id] = min(character_error_rate(row.text, other.reference or "") for other in others)
    return [replace(row, control=controls.get(row.id)) for row in rows]


def _alike(one: SpeechRow, other: SpeechRow) -> bool:
    return one.reference is not None and one.reference.isascii() == (other.reference or "").isascii()
