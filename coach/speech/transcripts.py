"""Transcripts that others wrote: SRT, WebVTT, Whisper's JSON and our own format, told apart by content."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from coach.conversation import UNNAMED, Conversation, Turn, known_role, language_of, parse_transcript
from coach.errors import BadTranscript
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
        segments = _whisper_json(start)
    elif start.startswith("WEBVTT") or _CUE.search(text):
        segments = _cues(text)
    else:
        return parse_transcript(text, source=source, language=language)
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
    turns: list[Turn] = []
    speaker = unnamed(1, language)
    for number, segment in enumerate(sorted(segments, key=lambda segment: segment.start), 1):
        speaker = segment.speaker or speaker
        turns.append(Turn(number, speaker, segment.text, segment.start, segment.end))
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
            Segment(_seconds(mark[1]), _seconds(mark[2]), _joined(lines), voice[1].strip() if voice else "")
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


def _joined(lines: Sequence[str]) -> str:
    """Lines of one cue as one utterance: English needs a blank between them, Chinese does not."""
    joined = ""
    for line in lines:
        glue = " " if joined and joined[-1].isascii() and line[0].isascii() else ""
        joined += glue + line
    return joined


def _seconds(stamp: str) -> float:
    *hours, minutes, seconds = stamp.replace(",", ".").split(":")
    return int(hours[0] if hours else 0) * 3600 + int(minutes) * 60 + float(seconds)


class _JsonSegment(BaseModel):
    """A segment as whisper, faster-whisper, whisperX and their kin write it; other keys do not matter."""

    model_config = ConfigDict(extra="ignore")

    start: float
    end: float
    text: str
    speaker: str | None = None


class _JsonTranscript(BaseModel):
    model_config = ConfigDict(extra="ignore")

    segments: list[_JsonSegment]


def _whisper_json(text: str) -> list[Segment]:
    """The segments of a Whisper JSON file, an object with `segments` or the bare list."""
    try:
        raw = json.loads(text)
        json.dumps(raw, ensure_ascii=False).encode()  # half a character cannot be stored anywhere
        found = (
            TypeAdapter(list[_JsonSegment]).validate_python(raw)
            if isinstance(raw, list)
            else _JsonTranscript.model_validate(raw).segments
        )
    except (ValueError, ValidationError, RecursionError):
        raise BadTranscript(
            ("这个 JSON 里没有带时间的 segments。", "This JSON has no timed `segments`."),
            (
                '需要 {"segments":[{"start","end","text"}]}，Whisper 的 --output_format json 就是这样。',
                'Expected {"segments":[{"start","end","text"}]}, as written by --output_format json.',
            ),
        ) from None
    return _labelled(
        [Segment(one.start, one.end, one.text.strip(), (one.speaker or "").strip()) for one in found]
    )
