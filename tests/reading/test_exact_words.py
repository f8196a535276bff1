"""Offsets hold whatever is in the text: emoji, full width, traditional characters, repeats, empty turns, no punctuation."""

from __future__ import annotations

import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.conversation import Conversation, conversation
from coach.reading.offline import OfflineEngine
from coach.reading.offline.clauses import clauses
from coach.reading.offline.trim import trimmed
from coach.reading.offline.view import dense, view
from coach.visits.assemble import assemble
from coach.visits.record import FIELDS

PIECES = (
    "这价我接不住", "下周三之前", "我要的是半小时内有人知道", "😅👍🏽", "Ａｌｌ　Ｆｕｌｌ", "財務鄒姐點頭", "…", "，，", "。", "？", "\n", " ", "嗯那个", "38 万 6", "8.8万",
    "得马总签字", "我明天发您", "I'll send it by Friday", "that's steep", "my boss signs", "ﬁ½㎏", "İstanbul", "ß", "𠮷野家", "你记一下客户已经同意", "record that they agreed",
    "怕出了事背锅", "e.g. 3.5%", "—", "“好”", "，但是", "e\u0301",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=9).map("".join)
talks = st.lists(st.tuples(st.sampled_from(("销售", "客户", "说话人1", "王总")), texts), max_size=8)
engine = OfflineEngine()
slow = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(texts)
@slow
def test_the_view_keeps_a_way_back(text: str) -> None:
    for seen in (view(text), dense(text)):
        assert len(seen.origin) == len(seen.plain)
        assert list(seen.origin) == sorted(seen.origin)
        for at in range(len(seen.plain)):
            start, end = seen.span(at, at + 1)
            assert 0 <= start < end <= len(text)


@given(texts)
@slow
def test_clauses_are_in_order_exact_and_hold_every_word(text: str) -> None:
    found = clauses(1, text)
    assert all(text[clause.start : clause.end] == clause.text and clause.text.strip() for clause in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    covered = {at for clause in found for at in range(clause.start, clause.end)}
    assert all(at in covered for at, char in enumerate(text) if char.isalnum())


@given(texts, st.data())
@slow
def test_trimming_never_leaves_the_span_nor_empties_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = trimmed(text, start, end)
    assert start <= first <= last <= end
    if any(char.isalnum() for char in text[start:end]):
        assert any(char.isalnum() for char in text[first:last])


@given(talks)
@slow
def test_readings_and_records_quote_exactly(lines: list[tuple[str, str]]) -> None:
    talk = conversation(lines) if lines else Conversation(())
    readings = engine.read(talk)
    for reading in readings.items:
        assert talk.turn(reading.turn).text[reading.start : reading.end] == reading.quote
    record = assemble(talk, readings)
    for field in FIELDS:
        for entry in getattr(record, field):
            assert talk.turn(entry.turn).text[entry.start : entry.end] == entry.quote


def test_a_sentence_said_twice_is_quoted_where_it_was_said() -> None:
    line = "这价我接不住。这价我接不住。"
    talk = conversation([("销售", "三十八万六。"), ("客户", line), ("客户", line)])
    for reading in engine.read(talk).items:
        assert talk.turn(reading.turn).text[reading.start : reading.end] == reading.quote


def test_traditional_and_simplified_are_read_alike() -> None:
    simplified = conversation([("销售", "三十八万六。"), ("客户", "这价格太贵了，得财务邹姐点头。")])
    traditional = conversation([("销售", "三十八萬六。"), ("客户", "這價格太貴了，得財務鄒姐點頭。")])
    labels = [
        [(r.label, r.type) for r in engine.read(talk).items if r.turn == 2]
        for talk in (simplified, traditional)
    ]
    assert labels[0] == labels[1] != []


def test_a_long_row_of_marks_inside_a_turn_is_read_at_once() -> None:
    text = "so -- " + "- . " * 200 + "we pay 40 a month"
    start, end = trimmed(text, 0, len(text))
    assert text[start:end].endswith("40 a month")
