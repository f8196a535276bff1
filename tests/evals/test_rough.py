"""Rough copies keep what people marked, and know where every character comes from."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.reading.examples import SETS
from evals.reading.misheard import misheard
from evals.reading.rough import rough_reply, rough_visit
from evals.sets.annotated import read_visits
from evals.sets.labelled_replies import read_replies

ZH = "我们去年十一月上过一套系统，三天没发出一单，后来又退回纸单了。"
EN = "We put a system in last November, nothing shipped for three days, and we went back to paper."


@settings(deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.05, 0.15, 0.3]), st.sampled_from([ZH, EN]))
def test_every_character_knows_where_it_comes_from(seed: int, rate: float, text: str) -> None:
    heard = misheard(text, rate, random.Random(seed), "zh" if text == ZH else "en")
    assert len(heard.text) == len(heard.origin)
    assert list(heard.origin) == sorted(heard.origin)
    assert all(0 <= place < len(text) for place in heard.origin)
    place = heard.carried(0, len(text))
    assert place == (0, len(heard.text))


@pytest.mark.parametrize(("text", "language"), [(ZH, "zh"), (EN, "en")])
def test_the_rate_is_about_the_rate(text: str, language: str) -> None:
    from rapidfuzz.distance import Levenshtein

    rng = random.Random(3)
    letters = "".join(char for char in text if char.isalnum())
    wrong = []
    for _ in range(60):
        heard = misheard(text, 0.15, rng, "zh" if language == "zh" else "en").text
        wrong.append(Levenshtein.distance(letters, "".join(char for char in heard if char.isalnum())))
    assert 0.08 < sum(wrong) / len(wrong) / len(letters) < 0.25


def test_marks_lie_on_what_is_left_of_their_words() -> None:
    visit = read_visits(SETS / "visits" / "writer-a")[0]
    rough = rough_visit(visit, 0.15)
    assert rough.conversation != visit.conversation
    assert len(rough.items) >= 0.9 * len(visit.items)
    for item in rough.items:
        assert rough.conversation.turn(item.turn).text[item.start : item.end] == item.quote


def test_a_rough_copy_is_the_same_every_time_and_keeps_its_labels(tmp_path: Path) -> None:
    reply = read_replies(SETS / "replies" / "writer-a.jsonl")[0]
    one, again = rough_reply(reply), rough_reply(reply)
    assert one == again
    assert one.reply != reply.reply or one.context != reply.context
    assert (one.acts, one.batch, one.id) == (reply.acts, reply.batch, reply.id)
