"""A scenario from a few answers: the usual fields of one page as somebody fills in a form, written out as its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import yaml

from coach.vocabulary import Language

_HEAD: Final = {
    "zh": "# 从表单起草，没写到的都有默认值。写法见 docs/scenarios.zh-CN.md。\n",
    "en": "# Drafted from the form; what is not here has a default. See docs/scenarios.md.\n",
}
_UNNAMED: Final = {"zh": "没有标题的剧本", "en": "Untitled scenario"}


@dataclass(frozen=True, slots=True)
class Outline:
    """The answers as they were typed.

    `objections` and `expert` hold a line each; `points` holds blocks with a blank line between: what was done, then
    examples of it. What is empty stays out of the text, so that the check can ask for it.
    """

    title: str = ""
    situation: str = ""
    goal: str = ""
    customer: str = ""
    job: str = ""
    objections: str = ""
    points: str = ""
    expert: str = ""


def outlined(it: Outline, language: Language) -> str:
    """The text of the scenario; it may still have faults."""
    page: dict[str, Any] = {"title": it.title.strip() or _UNNAMED[language], "language": language}
    page["brief"] = _without_gaps({"situation": it.situation.strip(), "goal": it.goal.strip()})
    page["persona"] = _without_gaps({"name": it.customer.strip(), "title": it.job.strip()})
    page["objections"] = [{"line": line} for line in _lines(it.objections)]
    page["key_points"] = [_point(block) for block in _blocks(it.points)]
    page["expert_script"] = [{"say": line} for line in _lines(it.expert)]
    text = yaml.safe_dump(_without_gaps(page), allow_unicode=True, sort_keys=False, width=110)
    return _HEAD[language] + str(text)


def _point(block: list[str]) -> dict[str, Any]:
    return _without_gaps({"statement": block[0], "examples": block[1:]})


def _blocks(words: str) -> list[list[str]]:
    """Lines that stand together."""
    found: list[list[str]] = [[]]
    for line in words.splitlines():
        if line.strip():
            found[-1].append(line.strip(" \t-·"))
        elif found[-1]:
            found.append([])
    return [block for block in found if block]


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]


def _without_gaps(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}
