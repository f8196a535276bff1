"""`coach eval speech`: character error rate through the product's own door, with a control that must fail.

What the figures say: that decoding, VAD, Whisper, the crosstalk gate and the merging work. What they do not
say: how well a real Whisper understands real people. The demo model knows the sentences of the pool and
nothing else.
"""

from __future__ import annotations

import json
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from coach.errors import BadTranscript, CoachError
from coach.settings import Settings
from coach.speech.door import open_conversation
from coach.speech.formats import HEAD, sound_format, text_of
from coach.speech.models import DEMO
from coach.speech.transcripts import read_transcript
from evals.speech.fresh import fresh_recordings
from evals.speech.synthesize import SAMPLES, can_speak

LIMITS: Final = {"shipped": 0.05, "fresh": 0.10}
"""Mean CER that the shipped model must reach."""
CONTROL: Final = 0.5
"""A transcript held against another recording's words must be this wrong, else the measure has no teeth."""

Kind = Literal["shipped", "fresh", "data"]


@dataclass(frozen=True, slots=True)
class SpeechRow:
    """One recording: its CER, the CER against another recording's words, or the reason why there is none."""

    id: str
    kind: Kind
    text: str
    reference: str | None
    cer: float | None = None
    control: float | None = None
    seconds: float | None = None
    error: str = ""


def characters(text: str) -> str:
    """What counts for CER: letters, hanzi and digits; simplified, one width, one case; no marks, no blanks."""
    from opencc import OpenCC

    plain = unicodedata.normalize("NFKC", OpenCC("t2s").convert(text)).casefold()
    return "".join(character for character in plain if unicodedata.category(character)[0] in "LN")


def character_error_rate(heard: str, reference: str) -> float:
    """Edits that turn the reference into what was heard, for each character of the reference."""
    from rapidfuzz.distance import Levenshtein

    expected = characters(reference)
    return Levenshtein.distance(characters(heard), expected) / max(1, len(expected))


def evaluate_speech(
    data: Path | None = None, predictions: Path | None = None, *, fresh: bool = True
) -> tuple[SpeechRow, ...]:
    """Measure, print the table, write predictions as {"id", "text"} a line, and return the rows.

    Without `data`: the demo model on the shipped samples and on fresh recordings (left out by `fresh=False`,
    and where espeak-ng is missing). With `data`, a folder of recordings with NAME.txt beside them: the model
    that the settings choose.
    """
    spoken = fresh and data is None and can_speak()
    if data is not None:
        rows = list(_folder(data, "data", Settings()))
    else:
        demo = Settings(whisper_model=DEMO)
        rows = list(_folder(SAMPLES, "shipped", demo))
        rows += measure_fresh(demo) if spoken else []
    rows = _with_controls(rows)
    if predictions is not None:
        lines = (
            json.dumps({"id": row.id, "text": row.text}, ensure_ascii=False) for row in rows if not row.error
        )
        predictions.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    _print(rows, not_run=data is None and not spoken)
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
            yield _heard(path, kind, _reference(beside) if beside.is_file() else None, settings)


def measure_fresh(settings: Settings, *, most: int | None = None) -> list[SpeechRow]:
    """The fresh recordings, or the first so many of them."""
    with tempfile.TemporaryDirectory() as folder:
        return [
            _heard(recording.path, "fresh", recording.reference, settings)
            for recording in islice(fresh_recordings(Path(folder)), most)
        ]


def _heard(path: Path, kind: Kind, reference: str | None, settings: Settings) -> SpeechRow:
    try:
        heard = open_conversation(path, settings=settings)
    except CoachError as error:
        return SpeechRow(path.stem, kind, "", reference, error=error.message("en"))
    text = "".join(turn.text for turn in heard.conversation.turns)
    rate = character_error_rate(text, reference) if reference is not None else None
    joined = "\n".join(turn.text for turn in heard.conversation.turns)
    return SpeechRow(path.stem, kind, joined, reference, rate, seconds=heard.duration)


def _is_sound(path: Path) -> bool:
    with path.open("rb") as file:
        return sound_format(file.read(HEAD)) is not None


def _reference(path: Path) -> str:
    """The words of a reference: a transcript's turns, or the plain text that it is."""
    text = text_of(path.read_bytes()) or ""
    try:
        return "\n".join(turn.text for turn in read_transcript(text).turns)
    except BadTranscript:
        return "\n".join(line for line in text.splitlines() if not line.startswith("#"))


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
        if others and row.kind != "fresh":  # fresh recordings share sentences with each other
            controls[row.id] = min(character_error_rate(row.text, other.reference or "") for other in others)
    return [replace(row, control=controls.get(row.id)) for row in rows]


def _alike(one: SpeechRow, other: SpeechRow) -> bool:
    return one.reference is not None and one.reference.isascii() == (other.reference or "").isascii()


def _print(rows: Sequence[SpeechRow], *, not_run: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="听写 · Speech (CER)")
    for column in ("录音 · recording", "秒 · s", "CER", "错配对照 · mismatched"):
        table.add_column(column, justify="left" if column.startswith("录音") else "right")
    for row in rows:
        shown = row.error or ("-" if row.cer is None else f"{row.cer:.1%}")
        control = "-" if row.control is None else f"{row.control:.0%}"
        table.add_row(row.id, "-" if row.seconds is None else f"{row.seconds:.0f}", shown, control)
    out = Console()
    out.print(table)
    named: tuple[tuple[Kind, str], ...] = (
        ("shipped", "随附样例 · shipped samples"),
        ("fresh", "新合成录音 · fresh recordings"),
        ("data", "data"),
    )
    for kind, name in named:
        if (mean := mean_cer(rows, kind)) is not None:
            limit = LIMITS.get(kind)
            verdict = "" if limit is None else f"  (≤ {limit:.0%}: {'✓' if mean <= limit else '✗'})"
            out.print(f"{name}: CER {mean:.1%}{verdict}")
    lowest = min((row.control for row in rows if row.control is not None), default=None)
    if lowest is not None:
        verdict = "✓" if lowest >= CONTROL else "✗"
        out.print(
            f"错配对照须高 · mismatched control, must be high: min {lowest:.0%}  (≥ {CONTROL:.0%}: {verdict})"
        )
    if not_run:
        out.print("新合成录音没有跑：缺 espeak-ng 或 sox · NOT RUN: fresh recordings need espeak-ng and sox")
    if any(row.kind != "data" for row in rows):
        out.print(
            "演示模型只认得样例里的句子；这些数字不说明真实 Whisper 的水平。\n"
            "The demo model knows only the samples' sentences; this says nothing about a real Whisper."
        )
