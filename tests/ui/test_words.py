"""One table of words: complete in both languages, all of it used, nothing used that is not in it."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

from coach.practice.mood import Face
from ui.words import WORDS, say

UI = Path(__file__).parents[2] / "ui"
CODE = "\n".join(file.read_text("utf-8") for file in UI.rglob("*.py") if not file.name.startswith("words"))
MADE_UP = (
    "face_",
    "level_",
    "head_",
    "step_",
    "advice_",
    "owner_",
    "case_",
    "home_",
    "pain_",
    "trust_",
    "patience_",
    "tier_",
    "fresh_",
    "trainer_",
    "cert_",
    "due_",
    "compare_",
    "seat_",
    "mark_",
    "input_",
    "download_",
    "why_",
    "gap_",
    "note_",
    "form_draft_",
    "scope_",
    "calibration_",
    "scenario_",
    "bot_",
    "api_",
    "import_",
    "gloss_kind_",
    "shelf_fate_",
    "pack_",
    "tour_",
    "leaves_",
)
"""Keys that are put together from one of these and an id."""
HAN = re.compile(r"[\u4e00-\u9fff]")


def _fields(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def test_both_languages_say_the_same() -> None:
    for key, (zh, en) in WORDS.items():
        assert zh.strip(), key
        assert en.strip(), key
        assert _fields(zh) == _fields(en), key
        assert key == "other_language" or not HAN.search(en), key


def test_words_keep_to_the_house_tone() -> None:
    for key, (zh, en) in WORDS.items():
        assert not re.search(r"[！!]|请您|亲，|恭喜|赋能|助力", zh), key
        assert not re.search(r"!|\bAI\b|Oops", en), key
        assert not re.search(r"[\u4e00-\u9fff][,.?!;]", zh), f"half-width punctuation after Chinese: {key}"


def test_every_key_in_the_code_is_in_the_table() -> None:
    used = set(re.findall(r"\bsay\(\s*[\"']([a-z_]+)[\"']", CODE))
    assert used, "the pattern finds nothing"
    assert used <= WORDS.keys()


def test_every_word_in_the_table_is_used() -> None:
    unused = [key for key in WORDS if f'"{key}"' not in CODE and not key.startswith(MADE_UP)]
    assert unused == []


def test_made_up_keys_exist() -> None:
    from typing import get_args

    from coach.practice.recommended import Why
    from coach.visits.edits import CHANGEABLE
    from coach.visits.export import FORMS
    from coach.visits.followup import DraftKind
    from coach.visits.form import NOTES, GapKind
    from coach.visits.record import FIVE_ACTIONS, HIGHLIGHTS
    from coach.vocabulary import OBJECTION_TYPES, EndReason

    wanted = [f"face_{face}" for face in get_args(Face)]
    wanted += [f"head_{reason}" for reason in get_args(EndReason)]
    wanted += [f"pain_{kind}" for kind in OBJECTION_TYPES]
    wanted += [f"advice_{field}" for field in FIVE_ACTIONS]
    wanted += [f"step_{step}" for step in ("acknowledge", "explore", "respond", "advance")]
    wanted += [f"mark_{field}" for field in HIGHLIGHTS]
    wanted += [f"input_{key}" for keys in CHANGEABLE.values() for key in keys]
    wanted += [f"download_{form}" for form in (*FORMS, "html", "pdf")]
    wanted += [f"why_{why}" for why in get_args(Why)]
    wanted += [f"gap_{kind}" for kind in get_args(GapKind)]
    wanted += [f"note_{key}" for key in NOTES]
    wanted += [f"form_draft_{kind}" for kind in get_args(DraftKind)]
    assert [key for key in wanted if key not in WORDS] == []


def test_placeholders_are_filled() -> None:
    assert say("points_count", "zh", n=2, all=5) == "问到 2 / 5"
    assert say("points_count", "en", n=2, all=5) == "2 of 5"
