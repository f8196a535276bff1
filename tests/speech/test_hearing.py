"""A recording in steps: pieces that can be kept, a plan that is the same in every process, time left, and who is who."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pydantic import TypeAdapter

from coach.errors import BadRecording, ModelMissing
from coach.reading.offline.judge import Judge
from coach.reading.offline.roles import roles_of
from coach.settings import Settings
from coach.speech import hotwords as hotwords_module
from coach.speech.decode import decode
from coach.speech.hearing import Hearing
from coach.speech.hotwords import LONGEST, hotwords
from coach.speech.listen import Piece, listen, plan
from coach.speech.models import DEMO, DEMO_FOLDER
from coach.speech.pace import Pace, spoken
from coach.speech.recording import RATE
from coach.speech.silero import stretches
from coach.speech.whisper import load
from coach.vocabulary import Language
from evals.speech.cer import character_error_rate
from evals.speech.pool import read_pool
from evals.speech.synthesize import SAMPLES
from tests.speech.sounds import heard, tone, write
from tests.speech.test_speakers import write_speaker_model

MONO, STEREO = SAMPLES / "zh-bakery-chain.ogg", SAMPLES / "zh-cold-chain.ogg"


@pytest.fixture
def demo(settings: Settings) -> Settings:
    return settings.model_copy(update={"whisper_model": DEMO})


@pytest.mark.parametrize("path", [MONO, STEREO], ids=lambda path: path.stem)
def test_pieces_survive_being_written_down_and_another_hearing_goes_on(path: Path, demo: Settings) -> None:
    first = Hearing(path, demo)
    first.plan = plan(first.sound, longest=40.0)
    assert len(first.plan.slices) >= 3
    kept: list[bytes] = []
    adapter = TypeAdapter(Piece)
    whole = first.whole(on_piece=lambda piece: kept.append(adapter.dump_json(piece)))
    assert len(kept) == len(first.plan.slices)

    second = Hearing(path, demo)
    second.plan = plan(second.sound, longest=40.0)
    known = [adapter.validate_json(one) for one in kept[:2]]
    heard_now: list[Piece] = []
    again = second.whole(known=known, on_piece=heard_now.append)
    assert [piece.number for piece in heard_now] == list(range(2, len(kept))), (
        "what is known is not heard again"
    )
    assert again == whole


def test_what_is_heard_until_now_can_be_read(demo: Settings) -> None:
    hearing = Hearing(MONO, demo)
    hearing.plan = plan(hearing.sound, longest=40.0)
    turns = hearing.finish([hearing.piece(0)]).conversation.turns
    assert 2 <= len(turns) <= 12
    assert all((turn.end or 0.0) <= 41.0 for turn in turns)


def test_slices_change_nothing_much_and_times_stay_true(demo: Settings) -> None:
    sound = decode(MONO)
    whisper = load(DEMO_FOLDER, "cpu")
    one = listen(sound, whisper, language="zh")
    many = listen(sound, whisper, language="zh", planned=plan(sound, longest=30.0))
    texts = ["".join(segment.text for segment in made.segments) for made in (one, many)]
    assert character_error_rate(texts[1], texts[0]) <= 0.15
    starts = {segment.text: segment.start for segment in one.segments}
    late = [abs(segment.start - starts[segment.text]) for segment in many.segments if segment.text in starts]
    assert len(late) >= 10
    assert max(late) < 1.0


def test_a_silent_beginning_does_not_decide_the_language(demo: Settings, tmp_path: Path) -> None:
    """The first slice holds nothing: the second one is asked."""
    speech = decode(SAMPLES / "en-gate-access.ogg").samples
    file = write(tmp_path / "late.wav", np.concatenate([np.zeros((40 * RATE, 1), np.int16), speech]))
    hearing = Hearing(file, demo)
    hearing.plan = plan(hearing.sound, longest=39.0)
    pieces: list[Piece] = []
    talk = hearing.whole(on_piece=pieces.append).conversation
    assert pieces[0] == Piece(0, None)
    assert talk.language == "en"
    assert (talk.turns[0].start or 0.0) > 39.0


@pytest.mark.parametrize("name", [visit.name for visit in read_pool()])
def test_roles_are_named_from_what_is_said(name: str) -> None:
    """Speaker 1 is the left channel or the first voice; that it is the rep only the words can tell."""
    talk = heard(name).conversation
    roles = roles_of(talk, Judge())
    assert [roles[label] for label in sorted(talk.speakers)] == ["rep", "customer"]


def test_mono_says_how_sure_it_is_and_stereo_need_not() -> None:
    mono, stereo = heard(MONO.stem), heard(STEREO.stem)
    assert (mono.speakers, stereo.speakers, stereo.speaker_confidence) == ("suggested", "channels", None)
    assert mono.speaker_confidence is not None
    assert any(f"{mono.speaker_confidence:.0%}" in zh for zh, _ in mono.warnings)


def test_a_speaker_model_of_the_settings_is_asked(demo: Settings, tmp_path: Path) -> None:
    folder = write_speaker_model(tmp_path / "speaker")
    hearing = Hearing(MONO, demo.model_copy(update={"speaker_model": str(folder)}))
    piece = hearing.piece(0)
    assert {len(voice.timbre) for voice in piece.voices} == {80}
    with pytest.raises(ModelMissing):
        Hearing(MONO, demo.model_copy(update={"speaker_model": str(tmp_path)})).piece(0)


# --- hot words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hotwords_fit_the_hint_and_begin_with_ones_own(language: Language) -> None:
    line = hotwords(language, "青禾泵；A7 阀\n青禾泵")
    assert len(line) <= LONGEST[language]
    assert line.split("，" if language == "zh" else ", ")[:2] == ["青禾泵", "A7 阀"]
    assert len(line.split("，" if language == "zh" else ", ")) > 10
    assert hotwords(language, "很长的词" * 200) == ""
    assert hotwords_module._ORDER[0] == "product"


def test_hotwords_stand_in_the_prompt_of_every_window_that_whisper_decodes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The demo model never learnt to use a hint, so that its recall cannot rise; what can be shown is that it is told."""
    whisper = load(DEMO_FOLDER, "cpu")
    inner = whisper._model
    prompts: list[list[int]] = []
    ask = inner.get_prompt

    def noted(*given: object, **more: object) -> list[int]:
        prompts.append(ask(*given, **more))
        return prompts[-1]

    monkeypatch.setattr(inner, "get_prompt", noted)
    samples = decode(MONO).part(0.0, 40.0).mean(axis=1)
    list(whisper.utterances(samples, stretches(samples), "zh", hotwords="收银秤，电子价签"))
    assert prompts
    for prompt in prompts:
        assert "收银秤，电子价签" in inner.hf_tokenizer.decode(prompt)


def test_the_demo_gets_no_hotwords_and_a_real_model_does(demo: Settings, tmp_path: Path) -> None:
    shutil.copytree(DEMO_FOLDER, tmp_path / "real")
    real = demo.model_copy(update={"whisper_model": str(tmp_path / "real"), "hotwords": "青禾泵"})
    assert Hearing(MONO, demo)._hotwords("zh") == ""
    assert Hearing(MONO, real)._hotwords("zh").startswith("青禾泵，")


# --- time left ----------------------------------------------------------------------------------------------------


def _clock(*moments: float) -> Iterator[float]:
    yield from moments


def test_time_left_follows_the_pace_and_is_not_guessed_too_early() -> None:
    ticks = _clock(100.0, 101.0, 110.0, 130.0, 160.0)
    pace = Pace(lambda: next(ticks))
    assert pace.left(600.0, 3600.0) is None, "the first ten minutes were done before: they say nothing"
    assert pace.left(610.0, 3600.0) is None
    assert pace.left(900.0, 3600.0) == pytest.approx(90.0)
    assert pace.left(1500.0, 3600.0) == pytest.approx(70.0)
    assert pace.left(3600.0, 3600.0) == 0.0
    assert spoken(None) == ("", "")
    assert spoken(200.0) == ("约还要 3 分钟", "about 3 min left")
    assert spoken(0.2)[1] == "about 1 s left"


def test_importing_the_door_brings_no_heavy_package() -> None:
    code = (
        "import sys; import coach.speech.door, coach.speech.hearing; "
        "print([name for name in ('faster_whisper', 'onnxruntime', 'openai', 'av', 'opencc') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_tone_is_no_conversation(tmp_path: Path, demo: Settings) -> None:
    with pytest.raises(BadRecording, match="Nobody"):
        Hearing(write(tmp_path / "tone.wav", tone(4.0)), demo).whole()
