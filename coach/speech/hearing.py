"""A recording on its way to a conversation, step by step: decode, listen to each slice, say who spoke.

Every step can be done again, and by another process: the same bytes give the same plan, and a `Piece` is plain data.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.conversation import Conversation, Turn
from coach.errors import ModelMissing, Words
from coach.settings import Settings
from coach.speech.decode import decode
from coach.speech.hotwords import hotwords
from coach.speech.models import InstalledWhisper, find
from coach.speech.recording import Heard, Progress, Sound
from coach.vocabulary import Language
from knowledge.glossary import load_glossary

if TYPE_CHECKING:
    from coach.speech.listen import Listened, Piece, Plan
    from coach.speech.listener import Listener
    from coach.speech.speakers import Timbre

DEMO_CONFIDENT: Final = -0.17
"""Mean log probability of a token below which the demo model is only guessing: its own sentences in new voices
reach -0.07 to -0.15, other speech -0.20 to -0.26 (espeak-ng; measured on the shipped model)."""
DEMO_ONLY: Final[Words] = (
    "用的是演示模型：它只认得自带的样例拜访。听真实录音，先运行 coach models pull small。",
    "The demo model knows only the sample visits. For real recordings run coach models pull small.",
)


class Hearing:
    """One recording, heard with what the settings choose. Nothing is opened before it is needed.

    Raises NotFound, BadRecording, ModelMissing or EngineDown where a step first needs what is not there.
    """

    def __init__(
        self, path: Path, settings: Settings, *, language: Language | None = None, own_words: str = ""
    ) -> None:
        self.path = path
        self.settings = settings
        self.language = language
        self._own_words = ", ".join(words for words in (own_words, settings.hotwords) if words)

    @cached_property
    def model(self) -> InstalledWhisper | None:
        """The Whisper of this machine; None where an endpoint listens."""
        return None if self.settings.transcribe_base_url else find(self.settings)

    @property
    def model_name(self) -> str:
        """Who listens."""
        return self.model.name if self.model else f"{self.settings.transcribe_model} @ endpoint"

    @cached_property
    def sound(self) -> Sound:
        """The decoded recording, in a temporary file."""
        return decode(
            self.path, max_minutes=self.settings.max_audio_minutes, max_mb=self.settings.max_audio_mb
        )

    @cached_property
    def plan(self) -> Plan:
        """Its channels and slices."""
        from coach.speech.listen import plan

        return plan(self.sound)

    @cached_property
    def listener(self) -> Listener:
        """What turns sound into words."""
        if self.model is None:
            from coach.speech.endpoint import TranscriptionEndpoint

            return TranscriptionEndpoint(self.settings)
        from coach.speech.whisper import load

        return load(self.model.folder, self.settings.whisper_device, self.settings.whisper_compute_type)

    @cached_property
    def timbre(self) -> Timbre:
        """What tells voices apart: a speaker model where the settings name one."""
        if self.settings.speaker_model:
            from coach.speech.onnx_speaker import load_speaker_model

            return load_speaker_model(Path(self.settings.speaker_model).expanduser())
        from coach.speech.speakers import timbre_of

        return timbre_of

    def open(self) -> None:
        """Decode and load at the same time: the one is another process, the other waits for the disk."""
        if self.model is None:
            return
        with ThreadPoolExecutor(1) as other:
            decoding = other.submit(lambda: self.sound)
            _ = self.listener
            decoding.result()

    def piece(
        self, number: int, language: Language | None = None, on_progress: Progress | None = None
    ) -> Piece:
        """Slice `number`, heard. `language` is that of an earlier piece; without any it is heard out."""
        from coach.speech.listen import hear_slice

        return hear_slice(
            self.sound,
            self.plan,
            number,
            self.listener,
            language=self.language or language,
            hotwords=self._hotwords,
            timbre=self.timbre,
            on_progress=on_progress,
        )

    def finish(self, pieces: Sequence[Piece]) -> Heard:
        """The conversation of all pieces, or of those that are there until now."""
        from coach.speech.listen import attribute

        return self._heard(attribute(self.sound, self.plan, pieces))

    def whole(
        self,
        *,
        known: Sequence[Piece] = (),
        on_progress: Progress | None = None,
        on_piece: Callable[[Piece], None] | None = None,
    ) -> Heard:
        """All of it in this process; `known` pieces are not heard again."""
        from coach.speech.listen import listen

        self.open()
        listened = listen(
            self.sound,
            self.listener,
            planned=self.plan,
            language=self.language,
            hotwords=self._hotwords,
            timbre=self.timbre,
            on_progress=on_progress,
            on_piece=on_piece,
            known=known,
        )
        return self._heard(listened)

    def _hotwords(self, language: Language) -> str:
        if self.model and self.model.demo:
            return ""  # the demo model never learnt what to do with a hint
        return hotwords(language, self._own_words, load_glossary((self.settings.home / "library",)))

    def _heard(self, listened: Listened) -> Heard:
        demo = self.model is not None and self.model.demo
        if demo and listened.confidence < DEMO_CONFIDENT:
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
        talk = Conversation(turns, listened.language, self.sound.recorded, self.path.name)
        warnings = (*listened.warnings, DEMO_ONLY) if demo else listened.warnings
        return Heard(
            talk,
            self.sound.seconds,
            warnings,
            self.model_name,
            listened.speakers,
            listened.speaker_confidence,
        )
