"""A user's own model under the same tables: recorded once, replayed without asking, and timed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.settings import Settings
from evals.bench.llm import Meter, measure, p
from tests.loopback.server import serving

VISIT = "# date: 2026-11-18\n# rep: 销售\n客户: {N|我要的是温度一不对，半小时内有人知道}，{F:negative|这价我接不住}。\n销售: 明白，{S|六个库位都装上探头}。\n"
REPLY = {"id": "r1", "lang": "zh", "objection_type": "price", "context": [{"role": "customer", "text": "你们太贵了。"}],
         "reply": "我理解，您是拿哪几家在比？", "acts": ["acknowledge", "explore"], "quality": 2}  # fmt: skip


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The loopback model."""
    with serving() as it:
        yield it


def _eval(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [Path(sys.executable).parent / "coach", "eval", *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


TALKED = {"id": "d1", "lang": "zh", "scenario": "zh-autoparts-quench-oil-tea", "level": "medium",
          "turns": [{"role": "customer", "text": "26 万 4，我还 23 万 8。"},
                    {"role": "rep", "text": "您怕的是买贵了没法交代，我理解得对吗？"}]}  # fmt: skip


@pytest.mark.parametrize("what", ["visits", "replies", "practice"])
def test_the_same_table_from_the_tape_as_from_the_model(
    served: tuple[str, list[dict[str, Any]]], command_environment: dict[str, str], tmp_path: Path, what: str
) -> None:
    data = tmp_path / "data"
    if what == "visits":
        data.mkdir()
        (data / "one.visit").write_text(VISIT, encoding="utf-8")
    else:
        row = REPLY if what == "replies" else TALKED
        data.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    model = {**command_environment, "COACH_LLM_BASE_URL": served[0], "COACH_LLM_MODEL": "good"}
    tape, out = str(tmp_path / "tape.jsonl"), tmp_path / "out.jsonl"
    words = (what, "--data", str(data), "--engine", "llm", "--predictions", str(out))
    table = _eval(model, *words, "--record", tape)
    predicted = out.read_text(encoding="utf-8")
    served[1].clear()
    nowhere = {**model, "COACH_LLM_BASE_URL": "http://127.0.0.1:9/v1"}
    assert _eval(nowhere, *words, "--replay", tape) == table
    assert out.read_text(encoding="utf-8") == predicted
    assert served[1] == []


def test_the_models_time_is_counted_once_however_many_requests_run() -> None:
    meter = Meter([(1.0, 2.0), (1.5, 3.0), (5.0, 6.0)])
    assert meter.busy(0.0) == pytest.approx(3.0)
    assert meter.busy(2.5) == pytest.approx(1.5)


def test_a_bench_splits_a_turn_into_the_models_time_and_ours(
    served: tuple[str, list[dict[str, Any]]], home: Path
) -> None:
    """No threshold on a shared machine: `coach eval bench llm` prints the figures beside their goals."""
    settings = Settings(home=home, llm_base_url=served[0], llm_model="paced", llm_tokens_per_day=0)
    times = measure(settings, turns=3)
    assert len(times.turn) == 3
    assert times.offline == 0
    for whole, model, ours in zip(times.turn, times.model, times.ours, strict=True):
        assert whole == pytest.approx(model + ours)
        assert model > 20
        assert ours > 0
    assert len(times.guard) >= 3
    assert p(times.ours, 95) < p(times.turn, 95)
