"""Transcripts that others wrote: SRT, WebVTT, JSON, meeting tools' exports and our own format, told apart by content."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from coach.conversation import UNNAMED, Conversation, Turn, known_role, language_of, parse_transcript
from coach.errors import BadTranscript
from coach.speech.exports import exported, joined, without_marks
from coach.speech.recording import Segment
from coach.vocabulary import Language

UNNAMED_LABEL: Final[dict[Language, str]] = {"zh": "说话人", "en": "Speaker "}

_CUE = re.compile(
    r"^[ \t]*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})[ \t]+-->[ \t]+((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})[^\n]*\n?",
    re.M,
)
# Each stops at the next bracket of its kind: a line of a hundred thousand open ones is read once, not once for each.
_VOICE = re.compile(r"<v(?:\.[^\s<>]+)?\s+([^<>]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[\d:.]+>|\{\\[^{}]*\}")
_LABEL = re.compile(r"^(?:\[([^\]:：]{1,24})\]\s*[:：]?|([^:：\s][^:：]{0,23})[:：])\s*")
_SENTENCE_MARK = re.compile(r"[，。？！；,.?!;]")


def unnamed(number: int, language: Language) -> str:
    """The label of a speaker whom nobody named: 说话人1, Speaker 1."""
    return f"{UNNAMED_LABEL[language]}{number}"


def read_transcript(text: str, *, source: str = "", language: Language | None = None) -> Conversation:
    """The conversation of a transcript in any of the formats. Raises BadTranscript."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    start = text.lstrip()
    if start.startswith(("{", "[{")) or re.match(r"\[\s*[{\]]", start):
        segments = _json(start)
    elif start.startswith("WEBVTT") or _CUE.search(text):
        segments = _cues(text)
    elif (found := exported(text)) is not None:
        return _conversation(found.segments, source, language).with_date(found.day)
    else:
        return parse_transcript(without_marks(text), source=source, language=language)
    spoken = [segment for segment in segments if segment.text]
    if not spoken:
        raise BadTranscript(
            ("字幕里没有一句话。", "There is not one spoken line in these subtitles."),
            ("请检查导出设置。", "Check how it was exported."),
        )
    return _conversation(spoken, source, language)


def _conversation(segments: Sequence[Segment], source: str, language: Language | None) -> Conversation:
    """Turns of the segments, in time; a segment without a label goes on with the speaker before it."""
    language = language or language_of(segment.text for segment in segments)
    timed = any(segment.end > 0 for segment in segments)
    turns: list[Turn] = []
    speaker = unnamed(1, language)
    for number, segment in enumerate(sorted(segments, key=lambda segment: segment.start), 1):
        # One line each, and no colon in a label: so the store's own form gives back the same turns.
        speaker = " ".join(re.split(r"[\s:：]+", segment.speaker)).strip()[:32].strip() or speaker
        times = (segment.start, segment.end) if timed else (None, None)
        turns.append(Turn(number, speaker, " ".join(segment.text.split()), *times))
    return Conversation(tuple(turns), language, None, source)


def _cues(text: str) -> list[Segment]:
    """The cues of an SRT or WebVTT file."""
    marks = list(_CUE.finditer(text))
    segments = []
    for number, mark in enumerate(marks):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(text)
        body = text[mark.end() : end]
        # A cue ends at the first blank line; what follows is the next one's number or name, or a note.
        body = re.split(r"\n[ \t]*\n", body, maxsplit=1)[0] if re.search(r"\n[ \t]*\n", body) else body
        voice = _VOICE.search(body)
        words = html.unescape(_TAG.sub("", body))
        lines = [line.strip() for line in words.splitlines() if line.strip()]
        segments.append(
            Segment(_seconds(mark[1]), _seconds(mark[2]), joined(lines), voice[1].strip() if voice else "")
        )
    return _labelled(segments)


def _labelled(segments: list[Segment]) -> list[Segment]:
    """Take "Rep: " and "[SPEAKER_00]" off the front, where they are labels and not words with a colon."""
    heads = Counter(match[1] or match[2] for segment in segments if (match := _LABEL.match(segment.text)))
    result = []
    for segment in segments:
        match = _LABEL.match(segment.text)
        if match and not segment.speaker:
            head = (match[1] or match[2]).strip()
            sure = known_role(head) or UNNAMED.fullmatch(head)
            if sure or (heads[head] > 1 and not _SENTENCE_MARK.search(head)):
                segment = replace(segment, speaker=head, text=segment.text[match.end() :].strip())
        result.append(segment)
    return result


def _seconds(stamp: str) -> float:
    *hours, minutes, seconds = stamp.replace(",", ".").split(":")
    return int(hours[0] if hours else 0) * 3600 + int(minutes) * 60 + float(seconds)


class _JsonLine(BaseModel):
    """An utterance as whisper, whisperX, meeting tools or chat programs write it; other keys do not matter."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    text: str = Field(
        validation_alias=AliasChoices("text", "content", "words", "transcript", "sentence", "utterance")
    )
    speaker: str | None = Field(
        None,
        validation_alias=AliasChoices(
            "speaker", "speaker_name", "speakerName", "role", "name", "from", "user"
        ),
    )
    start: float | None = Field(
        None, validation_alias=AliasChoices("start", "start_time", "startTime", "begin", "offset")
    )
    end: float | None = Field(None, validation_alias=AliasChoices("end", "end_time", "endTime"))


_LISTS: Final = (
    "segments",
    "utterances",
    "turns",
    "messages",
    "results",
    "lines",
    "dialogue",
    "transcript",
    "data",
)
_JSON_LINES: Final = TypeAdapter(list[_JsonLine])


def _json(text: str) -> list[Segment]:
    """The utterances of a JSON file: a list of them, or an object that holds one under a usual name."""
    try:
        raw = json.loads(text)
        json.dumps(raw, ensure_ascii=False).encode()  # half a character cannot be stored anywhere
        if isinstance(raw, dict):
            raw = next(raw[key] for key in _LISTS if isinstance(raw.get(key), list))
        found = _JSON_LINES.validate_python(raw)
    except (ValueError, ValidationError, RecursionError, StopIteration):
        raise BadTranscript(
            ("这个 JSON 里没有一句句的话。", "This JSON holds no list of utterances."),
            (
                '需要 [{"speaker","text"}]，或者 Whisper 的 {"segments":[{"start","end","text"}]}。',
                'Expected [{"speaker","text"}], or Whisper\'s {"segments":[{"start","end","text"}]}.',
            ),
        ) from None
    timed = all(one.start is not None for one in found)
    return _labelled(
        [
            Segment(
                (one.start or 0.0) if timed else 0.0,
                (one.end or one.start or 0.0) if timed else 0.0,
                one.text.strip(),
                (one.speaker or "").strip(),
            )
            for one in found
        ]
    )
