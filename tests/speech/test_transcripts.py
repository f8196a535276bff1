"""Transcripts of other programs: each format by its content, whatever the file is called."""

import json
from datetime import date
from pathlib import Path

import pytest

from coach.errors import BadRecording, BadTranscript, NotFound
from coach.settings import Settings
from coach.speech.door import open_conversation
from coach.speech.transcripts import read_transcript

SRT = """1
00:00:01,200 --> 00:00:04,000
销售: 那款还缺货吗？
上次您说等两周。

2
00:00:05,000 --> 00:00:07,500
<i>客户：等不了了。</i>

3
00:01:02,000 --> 00:01:05,000
我十二号就要交货
"""
VTT = """WEBVTT - a call

NOTE nobody reads this --> really

00:01.000 --> 00:03.000 align:start
<v Dana Ruiz>We ship <c.loud>on</c> Friday &amp; not before.

cue-2
00:04.000 --> 00:06.250
<v Rep>Which Friday?
"""


def test_srt_gives_one_turn_a_cue_with_labels_times_and_joined_lines() -> None:
    talk = read_transcript(SRT, source="call.srt")
    assert [(turn.number, turn.speaker, turn.text) for turn in talk.turns] == [
        (1, "销售", "那款还缺货吗？上次您说等两周。"),
        (2, "客户", "等不了了。"),
        (3, "客户", "我十二号就要交货"),
    ]
    assert [(turn.start, turn.end) for turn in talk.turns] == [(1.2, 4.0), (5.0, 7.5), (62.0, 65.0)]
    assert talk.language == "zh"


def test_vtt_voices_are_speakers_and_markup_is_not_text() -> None:
    talk = read_transcript(VTT)
    assert [(turn.speaker, turn.text) for turn in talk.turns] == [
        ("Dana Ruiz", "We ship on Friday & not before."),
        ("Rep", "Which Friday?"),
    ]
    assert talk.turns[1].end == 6.25
    assert talk.language == "en"


@pytest.mark.parametrize("bare", [False, True])
def test_whisper_json_with_and_without_the_outer_object(bare: bool) -> None:
    segments = [
        {"id": 0, "start": 0.0, "end": 1.5, "text": " 预算多少？", "speaker": "SPEAKER_00", "words": []},
        {"id": 1, "start": 1.9, "end": 4.0, "text": " 三十二万。", "speaker": "SPEAKER_01"},
    ]
    talk = read_transcript(json.dumps(segments if bare else {"text": "", "segments": segments}))
    assert [(turn.speaker, turn.text, turn.start) for turn in talk.turns] == [
        ("SPEAKER_00", "预算多少？", 0.0),
        ("SPEAKER_01", "三十二万。", 1.9),
    ]


def test_without_labels_everything_is_said_by_an_unnamed_speaker() -> None:
    talk = read_transcript("1\n00:00:00,000 --> 00:00:02,000\n有个条件：先试一个月\n")
    assert [(turn.speaker, turn.text) for turn in talk.turns] == [("说话人1", "有个条件：先试一个月")]


@pytest.mark.parametrize(
    "broken",
    [
        '{"text": "no segments"}',
        '[{"start": 1}]',
        "{",
        "WEBVTT\n",
        "1\n00:00:00,000 --> 00:00:02,000\n\n",
        "",
        "没有一行说明是谁在说话",
    ],
)
def test_what_holds_no_turn_is_a_bad_transcript_with_words_in_both_languages(broken: str) -> None:
    with pytest.raises(BadTranscript) as caught:
        read_transcript(broken)
    assert caught.value.message("zh") != caught.value.message("en")
    assert caught.value.way_on("zh")


def test_the_door_goes_by_content_and_reads_old_chinese_files(tmp_path: Path, settings: Settings) -> None:
    file = tmp_path / "visit.mp3"
    file.write_bytes("# date: 2026-11-18\n销售：您好\n客户：你说\n".encode("gb18030"))
    heard = open_conversation(file, settings=settings)
    assert [turn.speaker for turn in heard.conversation.turns] == ["销售", "客户"]
    assert (heard.conversation.date, heard.duration, heard.warnings) == (date(2026, 11, 18), None, ())
    assert heard.conversation.source == "visit.mp3"


def test_a_date_that_is_given_goes_before_the_file(tmp_path: Path, settings: Settings) -> None:
    file = tmp_path / "visit.txt"
    file.write_text("# date: 2026-11-18\n销售：您好\n", "utf-8")
    day = date(2026, 11, 20)
    assert open_conversation(file, settings=settings, date=day).conversation.date == day
    file.write_text(SRT, "utf-16")
    assert open_conversation(file, settings=settings).conversation.date is None


def test_what_is_neither_sound_nor_text(tmp_path: Path, settings: Settings) -> None:
    file = tmp_path / "picture"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 40)
    with pytest.raises(BadTranscript):
        open_conversation(file, settings=settings)
    renamed = file.rename(tmp_path / "picture.wav")
    with pytest.raises(BadRecording):
        open_conversation(renamed, settings=settings)
    with pytest.raises(NotFound):
        open_conversation(tmp_path / "nothing.wav", settings=settings)
