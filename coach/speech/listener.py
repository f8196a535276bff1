"""What anything that turns sound into timed words promises: a local Whisper, or an endpoint that has one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from coach.speech.recording import Channel, Segment
from coach.speech.silero import Stretch
from coach.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Utterance(Segment):
    """A segment with the listener's own doubt: `confidence` is the mean log probability of its tokens,
    `no_speech` the probability that nobody speaks at all."""

    confidence: float = 0.0
    no_speech: float = 0.0


class Listener(Protocol):
    """Sound to words. Both methods hear only what lies inside the stretches of speech."""

    def language(self, speech: Channel) -> Language:
        """Chinese or English, whichever is more likely in the first half minute of `speech`."""
        ...

    def utterances(
        self, samples: Channel, speech: Sequence[Stretch], language: Language, *, hotwords: str = ""
    ) -> Iterator[Utterance]:
        """What is said in one channel, in order of time; Chinese comes out simplified.

        `speech` says where somebody speaks; `hotwords` are words to expect. Times are seconds of `samples`.
        """
        ...
