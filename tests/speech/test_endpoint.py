"""A transcription endpoint in place of the local Whisper: the same words, the same times, and every way it can fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.app import Coach
from coach.conversation import parse_transcript
from coach.errors import BadRecording, EngineDown
from coach.health import examine
from coach.settings import Settings
from coach.speech.door import open_conversation
from coach.speech.recording import RATE
from evals.speech.cer import character_error_rate
from evals.speech.measure import LIMITS
from evals.speech.synthesize import SAMPLES
from tests.loopback.transcription import FAILURES, Asked, listening
from tests.speech.sounds import heard, write

ZH, EN = SAMPLES / "zh-bakery-chain.ogg", SAMPLES / "en-gate-access.ogg"


@pytest.fixture(scope="module")
def ear() -> Iterator[tuple[str, list[Asked]]]:
    with listening() as served:
        yield served


@pytest.fixture
def remote(settings: Settings, ear: tuple[str, list[Asked]]) -> Settings:
    ear[1].clear()
    return settings.model_copy(update={"transcribe_base_url": ear[0], "transcribe_model": "demo"})


def words(path: Path) -> str:
    talk = parse_transcript(path.with_suffix(".txt").read_text("utf-8"))
    return "".join(turn.text for turn in talk.turns)


@pytest.mark.parametrize("path", [ZH, EN], ids=lambda path: path.stem)
def test_the_endpoint_gives_what_the_local_model_gives(path: Path, remote: Settings) -> None:
    here = heard(path.stem)
    there = open_conversation(path, settings=remote)
    talk = there.conversation
    assert talk.language == here.conversation.language
    assert character_error_rate("".join(turn.text for turn in talk.turns), words(path)) <= LIMITS["shipped"]
    starts = {turn.text: turn.start or 0.0 for turn in here.conversation.turns}
    late = [abs((turn.start or 0.0) - starts[turn.text]) for turn in talk.turns if turn.text in starts]
    assert len(late) >= 0.8 * len(starts)
    assert max(late) < 0.5
    assert all((turn.end or 0.0) <= (there.duration or 0.0) + 0.5 for turn in talk.turns), (
        "wild times are cut"
    )
    assert there.model == "demo @ endpoint"
    assert there.speakers == here.speakers


def test_where_there_are_no_times_each_stretch_is_sent_alone(
    remote: Settings, ear: tuple[str, list[Asked]]
) -> None:
    without = remote.model_copy(update={"transcribe_model": "demo-no-times"})
    turns = open_conversation(EN, settings=without).conversation.turns
    assert len(ear[1]) > 2
    assert turns[0].start is not None
    text = "".join(turn.text for turn in turns)
    assert character_error_rate(text, words(EN)) <= 0.2


def test_old_characters_become_simplified(remote: Settings) -> None:
    old = remote.model_copy(update={"transcribe_model": "demo-traditional"})
    text = "".join(turn.text for turn in open_conversation(ZH, settings=old).conversation.turns)
    assert "們" not in text
    assert "個" not in text
    assert "个" in words(ZH), "else this proves nothing"


def test_hotwords_go_along_and_the_own_ones_come_first(
    remote: Settings, ear: tuple[str, list[Asked]]
) -> None:
    own = remote.model_copy(update={"hotwords": "青禾七号泵，A7 阀"})
    open_conversation(ZH, settings=own, hotwords="老面种")
    prompts = [asked.prompt for asked in ear[1] if asked.language == "zh"]
    assert prompts
    for prompt in prompts:
        assert prompt is not None
        assert prompt.startswith("老面种，青禾七号泵，A7 阀，")
        assert "收银秤" in prompt


def test_silence_is_never_sent(remote: Settings, ear: tuple[str, list[Asked]], tmp_path: Path) -> None:
    file = write(tmp_path / "silence.wav", np.zeros((5 * RATE, 1), np.int16))
    with pytest.raises(BadRecording):
        open_conversation(file, settings=remote)
    assert ear[1] == []


@pytest.mark.parametrize("model", [*FAILURES, "fail-rubbish"])
def test_each_failure_is_one_sentence_and_names_the_setting(remote: Settings, model: str) -> None:
    with pytest.raises(EngineDown) as caught:
        open_conversation(EN, settings=remote.model_copy(update={"transcribe_model": model}))
    assert caught.value.message("zh") != caught.value.message("en")
    assert "COACH_TRANSCRIBE_BASE_URL" in caught.value.way_on("zh")


def test_an_endpoint_that_is_not_there_is_down_and_doctor_says_so(settings: Settings) -> None:
    nobody = settings.model_copy(update={"transcribe_base_url": "http://127.0.0.1:9/v1"})
    with pytest.raises(EngineDown):
        open_conversation(EN, settings=nobody)
    check = next(one for one in examine(Coach(nobody)) if one.name == "whisper")
    assert check.status == "broken"


def test_doctor_measures_the_endpoint(remote: Settings) -> None:
    check = next(one for one in examine(Coach(remote)) if one.name == "whisper")
    assert check.status == "ok"
    left = next(one for one in examine(Coach(remote)) if one.name == "endpoint")
    assert "recordings go to" in left.message[1], "it must not say that nothing leaves this machine"
    assert "an hour of sound takes about" in check.message[1]
