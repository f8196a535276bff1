"""The model through the commands: doctor, drafts and the handbook, with an endpoint that works and one that does not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.loopback.server import serving

STORY = (
    "冷库去年两次报警没人知道，一批奶酪废了。王建国说先试，电话 13812345678。我们先装了六个库位试一个月。\n"
)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The loopback model's address."""
    with serving() as (address, _):
        yield address


def _coach(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "coach", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _with_model(environment: dict[str, str], url: str, model: str = "good") -> dict[str, str]:
    return {**environment, "COACH_LLM_BASE_URL": url, "COACH_LLM_MODEL": model, "COACH_LLM_RETRIES": "0"}


def test_a_case_is_drafted_as_yaml_with_what_is_private_masked(
    command_environment: dict[str, str], url: str, tmp_path: Path
) -> None:
    story = tmp_path / "story.txt"
    story.write_text(STORY, encoding="utf-8")
    done = _coach(_with_model(command_environment, url), "draft", "case", str(story), "--outcome", "lost")
    assert done.returncode == 0, done.stderr
    case = yaml.safe_load(done.stdout)
    assert (case["outcome"], case["language"]) == ("lost", "zh")
    assert "13812345678" not in done.stdout
    assert "王建国" not in done.stdout
    assert json.loads(done.stderr)["masked"]["phone"] == 1


def test_a_drafted_scenario_passes_the_check(
    command_environment: dict[str, str], url: str, tmp_path: Path
) -> None:
    story = tmp_path / "story.txt"
    story.write_text(STORY, encoding="utf-8")
    done = _coach(_with_model(command_environment, url), "draft", "scenario", str(story))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# llm/good/prompts-")


def test_without_a_model_drafts_say_what_is_missing(
    command_environment: dict[str, str], tmp_path: Path
) -> None:
    story = tmp_path / "story.txt"
    story.write_text(STORY, encoding="utf-8")
    done = _coach(command_environment, "draft", "scenario", str(story))
    assert done.returncode == 1
    assert "COACH_LLM_BASE_URL" in done.stderr


def test_a_model_that_fails_is_said_in_one_sentence(
    command_environment: dict[str, str], url: str, tmp_path: Path
) -> None:
    story = tmp_path / "story.txt"
    story.write_text(STORY, encoding="utf-8")
    done = _coach(_with_model(command_environment, url, "fail-401"), "draft", "scenario", str(story))
    assert done.returncode == 1
    assert "密钥" in done.stderr
    assert "Traceback" not in done.stderr
