"""The tables of `coach eval speech`: how well it understands, what that costs, and each format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final

from evals.speech.measure import CONTROL, LIMITS, Kind, SpeechRow, mean_cer

BESIDE: Final = 1.05
"""Our wall time over bare faster-whisper's, over all recordings: decoding apart and attribution may cost so much."""
LEGEND: Final = (
    "other 拿别的录音的文字来对，须高；start ±s 每句起点的平均误差；RTF 每秒录音用几秒；÷bare 与裸 faster-whisper 之比；MB 内存峰值",
    "other: against another recording's words, must be high; start ±s: mean error of a turn's start; "
    "RTF: seconds of work for a second of sound; ÷bare: beside faster-whisper alone; MB: peak memory",
)
_NAMES: Final[tuple[tuple[Kind, str], ...]] = (
    ("shipped", "随附样例 · shipped samples"),
    ("long", "十分钟 · ten minutes"),
    ("fresh", "新合成录音 · fresh recordings"),
    ("data", "data"),
    ("format", "每种格式 · every format"),
)


def show(rows: Sequence[SpeechRow], *, not_run: bool) -> None:
    """Print everything that was measured; `not_run` says that fresh recordings could not be made here."""
    from rich.console import Console

    out = Console()
    if any(row.kind != "format" for row in rows):
        _table("听写 · Speech", [row for row in rows if row.kind != "format"], control=True)
    if any(row.kind == "format" for row in rows):
        _table("格式 · Formats", [row for row in rows if row.kind == "format"], control=False)
    for line in (*LEGEND, *_verdicts(rows)):
        out.print(line, markup=False, highlight=False)
    if not_run:
        out.print("新合成录音没有跑：缺 espeak-ng 或 sox · NOT RUN: fresh recordings need espeak-ng and sox")
    if any(row.kind != "data" for row in rows):
        out.print(
            "演示模型只认得样例里的句子；这些数字不说明真实 Whisper 的水平。\n"
            "The demo model knows only the samples' sentences; this says nothing about a real Whisper."
        )


def _table(title: str, rows: Sequence[SpeechRow], *, control: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title)
    columns = ["录音 · recording", "s", "CER"]
    columns += ["other"] if control else []
    columns += ["start ±s", "RTF"]
    columns += ["÷bare", "÷bare CPU"] if control else []
    for column in [*columns, "MB"]:
        table.add_column(column, justify="left" if column.startswith("录音") else "right")
    for row in rows:
        cells = [row.id, _number(row.seconds, ".0f"), row.error or _number(row.cer, ".1%")]
        cells += [_number(row.control, ".0%")] if control else []
        cells += [_number(row.late, ".2f"), _number(row.factor, ".3f")]
        cells += [_number(row.beside, ".2f"), _number(row.beside_processor, ".2f")] if control else []
        table.add_row(*cells, _number(row.peak_mb, "d"))
    Console().print(table)


def _verdicts(rows: Sequence[SpeechRow]) -> Iterable[str]:
    for kind, name in _NAMES:
        if (mean := mean_cer(rows, kind)) is not None:
            limit = LIMITS.get(kind)
            verdict = "" if limit is None else f"  (≤ {limit:.0%}: {'✓' if mean <= limit else '✗'})"
            yield f"{name}: CER {mean:.1%}{verdict}"
    lowest = min((row.control for row in rows if row.control is not None), default=None)
    if lowest is not None:
        verdict = "✓" if lowest >= CONTROL else "✗"
        yield f"错配对照须高 · mismatched control, must be high: min {lowest:.0%}  (≥ {CONTROL:.0%}: {verdict})"
    measured = [row for row in rows if row.beside is not None and row.kind != "long"]
    if measured:
        wall = median(row.beside or 0.0 for row in measured)
        spent = median(row.beside_processor or 0.0 for row in measured)
        yield (
            f"比裸 faster-whisper · beside bare faster-whisper, same model and options: "
            f"median {wall:.2f}× wall, {spent:.2f}× CPU on recordings of a minute"
        )
    for row in rows:
        if row.kind == "long" and row.beside is not None:
            verdict = "✓" if row.beside <= BESIDE else "✗"
            yield f"十分钟的录音 · ten minutes: {row.beside:.2f}× wall, {row.beside_processor:.2f}× CPU  (≤ {BESIDE}: {verdict})"
    peaks = [row.peak_mb for row in rows if row.peak_mb is not None]
    if peaks:
        yield f"内存峰值 · peak memory of this process: {max(peaks)} MB"


def _number(value: float | int | None, form: str) -> str:
    return "-" if value is None else format(value, form)
