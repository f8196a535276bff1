"""The shipped visits through the unmodified real path: container, VAD, Whisper, channels, merging.

What this proves is the path. The demo model has learnt the sentences of these six visits by heart (its card says
so), hence a low error rate here says nothing about a real Whisper and real people.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.conversation import Conversation, parse_transcript
from coach.errors import BadRecording
from coach.settings import Settings
from coach.speech.decode import decode
from coach.speech.door import open_conversation
from coach.speech.hearing import DEMO_ONLY
from coach.speech.listen import listen
from coach.speech.models import DEMO, DEMO_FOLDER
from coach.speech.recording import RATE
from coach.speech.whisper import load
from evals.speech.cer import character_error_rate
from evals.speech.measure import CONTROL, LIMITS
from evals.speech.pool import read_pool
from evals.speech.synthesize import SAMPLES
from tests.speech.sounds import heard, write

NAMES = [visit.name for visit in read_pool()]
STEREO = [visit.name for visit in read_pool() if visit.channels == "stereo"]
MONO = [visit.name for visit in read_pool() if visit.channels == "mono"]
SIDES = {"销售": "说话人1", "客户": "说话人2", "Rep": "Speaker 1", "Customer": "Speaker 2"}


def reference(name: str) -> Conversation:
    return parse_transcript((SAMPLES / f"{name}.txt").read_text("utf-8"))


def words(talk: Conversation) -> str:
    return "".join(turn.text for turn in talk.turns)


@pytest.mark.parametrize("name", NAMES)
def test_each_shipped_visit_is_understood(name: str) -> None:
    visit = next(visit for visit in read_pool() if visit.name == name)
    result = heard(name)
    assert character_error_rate(words(result.conversation), words(reference(name))) <= LIMITS["shipped"]
    assert result.conversation.language == visit.language
    assert result.conversation.date == visit.date
    assert result.duration is not None
    assert 60 <= result.duration <= 180
    assert DEMO_ONLY in result.warnings
    assert result.model == DEMO


@pytest.mark.parametrize("name", NAMES)
def test_held_against_another_visit_the_same_words_are_wrong(name: str) -> None:
    """The control: without it a broken measure would pass as well."""
    for other in NAMES:
        if other != name:
            rate = character_error_rate(words(heard(name).conversation), words(reference(other)))
            assert rate >= CONTROL


@pytest.mark.parametrize("name", NAMES)
def test_sentences_stand_where_they_are_said(name: str) -> None:
    starts = {turn.text: turn.start for turn in reference(name).turns}
    late = [
        abs((turn.start or 0.0) - (starts[turn.text] or 0.0))
        for turn in heard(name).conversation.turns
        if turn.text in starts
    ]
    assert len(late) >= 0.8 * len(starts)
    # The transcript file holds whole seconds, cut off.
    assert np.median(late) <= 1.2


@pytest.mark.parametrize("name", STEREO)
def test_in_stereo_every_sentence_has_the_speaker_of_its_channel(name: str) -> None:
    said_by = {turn.text: SIDES[turn.speaker] for turn in reference(name).turns}
    for turn in heard(name).conversation.turns:
        if turn.text in said_by:
            assert turn.speaker == said_by[turn.text]


@pytest.mark.parametrize("name", MONO)
def test_in_mono_speakers_are_right_or_not_named_at_all(name: str) -> None:
    result = heard(name)
    said_by = {turn.text: turn.speaker for turn in reference(name).turns}
    pairs = {(turn.speaker, said_by[turn.text]) for turn in result.conversation.turns if turn.text in said_by}
    labels = set(result.conversation.speakers)
    if len(labels) > 1:
        assert len(pairs) == 2
    assert any("单声道" in warning[0] for warning in result.warnings)


def test_without_the_gate_everything_comes_twice() -> None:
    name = "zh-cold-chain"
    sound = decode(SAMPLES / f"{name}.ogg")
    whisper = load(DEMO_FOLDER, "cpu")
    said = len(reference(name).turns)
    shut = listen(sound, whisper, language="zh")
    open_ = listen(sound, whisper, language="zh", gate=False)
    assert abs(len(shut.segments) - said) <= 1
    assert len(open_.segments) >= 1.6 * said
    text = "".join(segment.text for segment in open_.segments)
    assert character_error_rate(text, words(reference(name))) >= 0.5


def test_progress_goes_forward_to_the_end() -> None:
    told: list[tuple[float, float]] = []
    sound = decode(SAMPLES / "en-lift-rental.ogg")
    listen(sound, load(DEMO_FOLDER, "cpu"), on_progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (sound.seconds, sound.seconds)
    assert len(told) > 10


def test_the_pool_and_the_shipped_visits_are_the_same_words() -> None:
    """Whoever edits the pool must speak the samples and train the model again."""
    for visit in read_pool():
        talk = reference(visit.name)
        assert talk.date == visit.date
        assert [turn.text for turn in talk.turns] == [text for _, text in visit.turns]
        assert (SAMPLES / f"{visit.name}.ogg").stat().st_size < 500_000


def test_silence_is_no_conversation(tmp_path: Path, settings: Settings) -> None:
    file = write(tmp_path / "silence.wav", np.zeros((5 * RATE, 1), np.int16))
    with pytest.raises(BadRecording) as caught:
        open_conversation(file, settings=settings)
    assert "没有听到" in caught.value.message("zh")
