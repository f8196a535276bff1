"""Documents that mean harm: taken or refused in a sentence, with this process alive and small; bombs end in the child."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest

from coach.documents.apart import text_apart
from coach.documents.opened import Opened, opened
from coach.documents.packed import LONGEST_LIST, list_length
from coach.errors import BadInput
from coach.plain_yaml import plain_values
from coach.settings import Settings
from coach.speech.door import open_conversation
from evals.soak.hostile import hostile
from ui.parts.transcript import transcript
from ui.views.visits import Utterance

given = cache(lambda: dict(hostile()))
ROOT = Path(__file__).parents[2]
COACH = [sys.executable, "-c", "from coach.cli import main; main()"]


@pytest.mark.timeout(1200)  # a minute where nobody else works
def test_hostile_files_and_a_sample_of_mutants(command_environment: dict[str, str]) -> None:
    # A process of its own: its memory is measured, and it stands for the one that serves everybody.
    done = subprocess.run(
        [*COACH, "eval", "soak", "documents", "transcripts", "--rounds", "20", "--seed", "5"],
        cwd=ROOT,
        env=command_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("## passed") == 2
    for figure, least in (("hostile files", 60), ("taken", 20), ("refused", 40), ("hostile transcripts", 20)):
        found = re.search(rf"{figure} [|] (\d+)", done.stdout)
        assert found is not None, figure
        assert int(found[1]) >= least, done.stdout


@pytest.mark.parametrize("name", ["markup.txt", "label.txt", "markup.srt"])
def test_markup_in_a_transcript_stays_words_on_the_page(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(given()[name])
    talk = open_conversation(file, settings=Settings(home=tmp_path, engine="offline")).conversation
    turns = [Utterance(turn.number, "customer", turn.speaker, turn.text) for turn in talk.turns]
    page = str(transcript(turns, "zh"))
    assert "alert(1)" in page or name == "markup.srt", "the words are there, except a subtitle's own tags"
    assert "<script" not in page
    assert "<img" not in page


@pytest.mark.parametrize("name", ["laughs.docx"])
def test_a_bomb_ends_in_the_child(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(given()[name])
    began = time.monotonic()
    with pytest.raises(BadInput) as refused:
        text_apart(opened(file))
    assert all((*refused.value.what, *refused.value.next))
    assert time.monotonic() - began < 60


def test_an_outside_entity_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "outside.docx"
    file.write_bytes(given()["outside.docx"])
    try:
        text = text_apart(opened(file))
    except BadInput:
        return
    assert "root:" not in text


def test_a_child_that_dies_is_a_damaged_file(tmp_path: Path) -> None:
    file = tmp_path / "gone.docx"
    file.write_bytes(b"PK\x03\x04 nothing that can be read")
    with pytest.raises(BadInput):
        text_apart(Opened(file, "docx"))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a: &x [1]\nb: *x", "references"),
        ("[" * 100_000, "deeper than"),
        ("a: !!python/name:os.system", "constructor"),
    ],
    ids=["references", "depth", "constructor"],
)
def test_yaml_that_unfolds_or_nests_without_end_is_refused(text: str, what: str) -> None:
    with pytest.raises(ValueError, match=what) as refused:
        plain_values(text)
    assert "\n" not in str(refused.value)
    assert plain_values("a: R&D & *stars*\nb: [1, {c: 2}]")["b"] == [1, {"c": 2}]


def test_the_list_of_a_packed_file_is_measured_before_it_is_read(tmp_path: Path) -> None:
    whole, liar = tmp_path / "whole.xlsx", tmp_path / "liar.docx"
    whole.write_bytes(given()["path.xlsx"])
    liar.write_bytes(given()["liar.docx"])
    assert 0 < list_length(whole) < 1000
    assert list_length(liar) > LONGEST_LIST
    with pytest.raises(BadInput, match="more parts"):
        opened(liar)
