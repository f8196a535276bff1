"""`coach eval speech` on somebody's own folder, and the rate itself."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from evals.speech.cer import character_error_rate, characters
from evals.speech.measure import Reference, evaluate_speech, mean_cer, mean_lateness
from evals.speech.synthesize import SAMPLES
from evals.speech.timing import cost_of


def test_marks_width_case_and_old_characters_do_not_count() -> None:
    assert characters("這台Ａ機器，「三十二」萬！ OK") == "这台a机器三十二万ok"
    assert character_error_rate("好的。", "好，的") == 0.0


def test_each_missing_wrong_and_added_character_counts() -> None:
    assert character_error_rate("周三之前", "下周三之前") == pytest.approx(1 / 5)
    assert character_error_rate("下周五之前", "下周三之前") == pytest.approx(1 / 5)
    assert character_error_rate("下周三之前啊", "下周三之前") == pytest.approx(1 / 5)
    assert character_error_rate("", "下周三之前") == 1.0


def test_a_folder_with_a_reference_a_plain_text_a_stranger_and_a_broken_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    data = tmp_path / "data"
    data.mkdir()
    for name in ("a", "b", "c"):
        shutil.copy(SAMPLES / "en-gate-access.ogg", data / f"{name}.ogg")
    shutil.copy(SAMPLES / "en-gate-access.txt", data / "a.txt")
    (data / "b.txt").write_text("Something else was said here, and at some length too.", "utf-8")
    (data / "d.wav").write_bytes(b"RIFF\x24\x00\x00\x00WAVE" + bytes(200))
    rows = evaluate_speech(data, tmp_path / "out.jsonl")
    by_id = {row.id: row for row in rows}
    assert by_id["a"].cer is not None
    assert by_id["a"].cer <= 0.05
    assert by_id["b"].cer is not None
    assert by_id["b"].cer > 1.0
    assert (by_id["c"].cer, by_id["c"].error) == (None, "")
    assert by_id["d"].error
    mean = mean_cer(rows, "data")
    assert mean == pytest.approx((by_id["a"].cer + by_id["b"].cer + 1.0) / 3)
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["a", "b", "c"]
    assert lines[0]["text"].startswith("Thanks for the walk through, Raymond")
    assert "CER" in capsys.readouterr().out


def test_the_cost_of_work_is_its_own_peak_and_time() -> None:
    """The kernel's high-water mark begins anew with each piece of work."""
    greedy, cost = cost_of(lambda: np.ones(40_000_000).sum())
    modest, after = cost_of(lambda: np.ones(1000).sum())
    assert (greedy, modest) == (40_000_000, 1000)
    assert cost.wall > after.wall
    if cost.peak_mb is not None and after.peak_mb is not None:
        assert cost.peak_mb - after.peak_mb > 250
    assert cost.least(after).wall == after.wall


def test_starts_are_compared_where_words_were_understood_and_said_once() -> None:
    reference = Reference("甲乙甲丙", (("甲", 1.0), ("乙", 4.0), ("甲", 6.0), ("丙", 9.0)))
    assert mean_lateness([("甲", 1.0), ("乙。", 4.5), ("丙", 8.5), ("丁", 99.0)], reference) == pytest.approx(
        0.5
    )
    assert mean_lateness([("丁", 1.0)], reference) is None
    assert mean_lateness([("甲", 1.0)], None) is None
