"""The one door for what was said elsewhere: a recording or a transcript, told apart by content."""

from __future__ import annotations

from datetime import date as Day
from pathlib import Path
from typing import Final

from coach.conversation import Conversation, Turn
from coach.errors import BadRecording, BadTranscript, ModelMissing, NotFound, Words
from coach.settings import Settings
from coach.speech.decode import decode
from coach.speech.formats import HEAD, named_like_sound, sound_format, text_of
from coach.speech.models import find
from coach.speech.recording import Heard, Progress
from coach.speech.transcripts import read_transcript
from coach.vocabulary import Language

MAX_TEXT_MB: Final = 20
DEMO_CONFIDENT: Final = -0.17
"""Mean log probability of a token below which the demo model is only guessing: its own sentences in new voices
reach -0.07 to -0.15, other speech -0.20 to -0.26 (espeak-ng; measured on the shipped model)."""
DEMO_ONLY: Final[Words] = (
    "用的是演示模型：它只认得自带的样例拜访。听真实录音，先运行 coach models pull small。",
    "The demo model knows only the sample visits. For real recordings run coach models pull small.",
)
UNDATED: Final[Words] = (
    "没有拜访日期，“下周三”这类说法换不成日期；请用 --date 或在第一行写 # date: 2026-11-18。",
    'The visit has no date, so "next Wednesday" stays open: use --date, or begin with # date: 2026-11-18.',
)


def open_conversation(
    path: Path,
    *,
    settings: Settings,
    language: Language | None = None,
    date: Day | None = None,
    hotwords: str = "",
    on_progress: Progress | None = None,
) -> Heard:
    """The conversation in a file. `date` goes before the file's own date line or tag.

    Raises NotFound, BadRecording, BadTranscript or ModelMissing. `on_progress` hears of a recording's
    seconds; `hotwords` are words that Whisper should expect.
    """
    if not path.is_file():
        raise NotFound((f"找不到文件 {path.name}。", f"There is no file {path.name}."))
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise BadRecording(("文件是空的。", "The file is empty."), ("请重新导出。", "Export it again."))
    if sound_format(head):
        heard = _hear(path, settings, language, hotwords, on_progress)
    else:
        heard = Heard(_read(path, language))
    talk = heard.conversation.with_date(date)
    warnings = heard.warnings if talk.date else (*heard.warnings, UNDATED)
    return Heard(talk, heard.duration, warnings, heard.model)


def _read(path: Path, language: Language | None) -> Conversation:
    """A transcript; a file named like a recording that holds no transcript is called a bad recording."""
    if path.stat().st_size > MAX_TEXT_MB << 20:
        raise BadTranscript(
            (f"文字稿超过 {MAX_TEXT_MB} MB。", f"The transcript is larger than {MAX_TEXT_MB} MB."),
            ("请拆成几个文件。", "Split it into several files."),
        )
    text = text_of(path.read_bytes())
    try:
        if text is None:
            raise BadTranscript(
                (
                    "这既不是认得的录音，也不是文字稿。",
                    "This is neither a recording that we know nor a transcript.",
                ),
                (
                    "录音用 wav、mp3、m4a、opus；文字稿用 UTF-8。",
                    "Use wav, mp3, m4a or opus; or text in UTF-8.",
                ),
            )
        return read_transcript(text, source=path.name, language=language)
    except BadTranscript:
        if named_like_sound(path):
            raise BadRecording(
                (f"{path.name} 里面不是声音。", f"What is inside {path.name} is not sound."),
                ("请从录音设备重新导出。", "Export it again from the recorder."),
            ) from None
        raise


def _hear(
    path: Path, settings: Settings, language: Language | None, hotwords: str, on_progress: Progress | None
) -> Heard:
    """A recording, by way of Whisper."""
    model = find(settings)
    sound = decode(path, max_minutes=settings.max_audio_minutes, max_mb=settings.max_audio_mb)
    # Both bring numpy-heavy code with them that a transcript does not need.
    from coach.speech.listen import listen
    from coach.speech.whisper import load

    whisper = load(model.folder, settings.whisper_device)
    # The demo model never learnt what to do with a hint.
    hint = "" if model.demo else hotwords
    listened = listen(sound, whisper, language=language, hotwords=hint, on_progress=on_progress)
    if model.demo and listened.confidence < DEMO_CONFIDENT:
        raise ModelMissing(
            ("这段录音不是样例，演示模型听不懂；它只认得自带的样例拜访。",
             "This is no sample visit, and the demo model understands nothing else."),
            ("联网时运行 coach models pull small，录音留着，装好再转写。",
             "Run coach models pull small while online; keep the recording and transcribe it then."),
        )  # fmt: skip
    turns = tuple(
        Turn(number, segment.speaker, segment.text, segment.start, segment.end)
        for number, segment in enumerate(listened.segments, 1)
    )
    talk = Conversation(turns, listened.language, sound.recorded, path.name)
    warnings = (*listened.warnings, DEMO_ONLY) if model.demo else listened.warnings
    return Heard(talk, sound.seconds, warnings, model.name)
