"""The usual fields of a scenario's text as a form, and a form's answers written back into that text.

Only what somebody changed in the form is touched: everything else in the text, comments and all, stays as it was typed.
Where entries of a list come or go, that list alone is written anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from difflib import SequenceMatcher
from typing import Any, Final, TypeVar

import yaml

from coach.errors import BadInput
from scenarios.outline import Outline

Path = tuple[str | int, ...]
Entry = TypeVar("Entry")
_ENDLESS: Final = 10**9


def answers(text: str) -> Outline | None:
    """What the form shows for this text; None where the text is no readable mapping."""
    data = _data(text)
    if data is None:
        return None
    whose = _person(data)
    brief = data.get("brief")
    situation: Path = ("brief",) if isinstance(brief, str) else ("brief", "situation")
    return Outline(
        title=_at(data, ("title",)),
        situation=_at(data, situation),
        goal=_at(data, ("brief", "goal")),
        customer=_at(data, (*whose, "name")),
        job=_at(data, (*whose, "title")),
        objections="\n".join(_flat(_at(one, _said(one))) for one in _items(data, "objections")),
        points="\n\n".join("\n".join(_block(one)) for one in _items(data, "key_points")),
        expert="\n".join(_flat(_at(one, ("say",))) for one in _items(data, "expert_script")),
    )


def refilled(text: str, new: Outline) -> str:
    """The text with the answers that differ from it (BadInput where the text is not readable)."""
    old, data = answers(text), _data(text)
    if old is None or data is None:
        raise BadInput(
            (
                "文字有语法错，表单先写不进去。",
                "The text is not readable, so the form cannot be written into it.",
            ),
            ("先改好标出来的那一行。", "Mend the line that is marked first."),
        )
    whose, was, now = _person(data), asdict(old), asdict(new)
    brief = data.get("brief")
    spots: dict[str, Path] = {
        "title": ("title",),
        "situation": ("brief",) if isinstance(brief, str) else ("brief", "situation"),
        "goal": ("brief", "goal"),
        "customer": (*whose, "name"),
        "job": (*whose, "title"),
    }
    for field, path in spots.items():
        if now[field].strip() != was[field].strip():
            text = _put(text, path, now[field].strip())
    text = _rows(text, "objections", _lines(old.objections), _lines(new.objections), _said, "line")
    text = _rows(text, "expert_script", _lines(old.expert), _lines(new.expert), lambda _: ("say",), "say")
    return _points(text, _blocks(old.points), _blocks(new.points))


def _rows(
    text: str,
    key: str,
    old: Sequence[str],
    new: Sequence[str],
    where: Callable[[Mapping[str, Any]], Path],
    fresh: str,
) -> str:
    """A list of which the form shows one line each."""
    if old == new:
        return text
    items = _items(_data(text) or {}, key)
    pairs = _paired(old, new)
    if [was for was, _ in pairs] == list(range(len(items))) and all(now is not None for _, now in pairs):
        for number, line in ((was, now) for was, now in pairs if was is not None):
            if line is not None and line != old[number]:
                text = _put(text, (key, number, *where(items[number])), line)
        return text
    made = [
        {fresh: now} if was is None else _with(items[was], where(items[was]), now)
        for was, now in pairs
        if now is not None
    ]
    return _section(text, key, made)


def _points(text: str, old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]) -> str:
    """The key points: a statement, then examples of it."""
    if old == new:
        return text
    items = _items(_data(text) or {}, "key_points")
    pairs = _paired(old, new)
    shape = [(was, len(now or ())) for was, now in pairs]
    if shape == [(number, len(block)) for number, block in enumerate(old)] and len(items) == len(old):
        for number, block in ((was, now) for was, now in pairs if was is not None):
            for place, words in enumerate(block or ()):
                if words != old[number][place]:
                    inside: Path = ("examples", place - 1) if place else ("statement",)
                    text = _put(text, ("key_points", number, *inside), words)
        return text
    made = [
        {
            **(items[was] if was is not None and was < len(items) else {}),
            "statement": now[0],
            "examples": list(now[1:]),
        }
        for was, now in pairs
        if now
    ]
    return _section(text, "key_points", made)


def _paired(old: Sequence[Entry], new: Sequence[Entry]) -> list[tuple[int | None, Entry | None]]:
    """(number of an old entry or None for a fresh one, what it is now or None for one that went), in the new order."""
    found: list[tuple[int | None, Entry | None]] = []
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        both = min(b - a, d - c)
        found += [(a + k, new[c + k]) for k in range(both)]
        found += [(number, None) for number in range(a + both, b)]
        found += [(None, entry) for entry in new[c + both : d]]
    return found


def _put(text: str, path: Path, value: str) -> str:
    """One value written where it stands; where nothing stands yet its section is written anew."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    node, flow, column = root, False, 0
    for step in path:
        flow = flow or bool(getattr(node, "flow_style", False))
        if isinstance(node, yaml.MappingNode):
            found = [(key, inner) for key, inner in node.value if key.value == step]
            if not found:
                node = None
                break
            column, node = found[-1][0].start_mark.column, found[-1][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            node = None
            break
    if not isinstance(node, yaml.ScalarNode):
        data = _data(text) or {}
        top = str(path[0])
        return _section(text, top, _with(data, path, value)[top])
    start, end = node.start_mark.index, node.end_mark.index
    after = "\n" if node.style in ("|", ">") else ""
    if "\n" in value and not flow:
        rows = "\n".join(" " * (column + 2) + row if row else "" for row in value.split("\n"))
        return f"{text[:start]}|-\n{rows}{after}{text[end:]}"
    return text[:start] + _scalar(value) + after + text[end:]


def _scalar(value: str) -> str:
    if "\n" in value:
        return json.dumps(value, ensure_ascii=False)
    listed = yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, width=_ENDLESS)
    return str(listed).strip()[1:-1]


def _section(text: str, key: str, value: object) -> str:
    """One part of the page written anew, or added at its end; comments before the next part stay."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    fresh = str(yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False, width=110))
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        whole = {**(_data(text) or {}), key: value}
        return str(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=110))
    starts = [(one.value, one.start_mark.index) for one, _ in root.value]
    for number, (name, start) in enumerate(starts):
        if name == key:
            end = starts[number + 1][1] if number + 1 < len(starts) else len(text)
            rows = text[start:end].splitlines(keepends=True)
            kept = len(rows)
            while kept > 1 and (not rows[kept - 1].strip() or rows[kept - 1].startswith("#")):
                kept -= 1
            return text[:start] + fresh + "".join(rows[kept:]) + text[end:]
    return text.rstrip("\n") + "\n" + fresh


def _data(text: str) -> dict[str, Any] | None:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError:
        return None
    return data if isinstance(data, dict) else None


def _items(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The entries of a list that are mappings; a list with anything else in it is none for the form."""
    found = data.get(key)
    return found if isinstance(found, list) and all(isinstance(one, dict) for one in found) else []


def _person(data: Mapping[str, Any]) -> Path:
    cast = data.get("cast")
    return ("cast", 0) if isinstance(cast, list) and cast and isinstance(cast[0], dict) else ("persona",)


def _said(objection: Mapping[str, Any]) -> Path:
    """Where an objection holds the words with which it is raised."""
    lines = objection.get("lines")
    raised = lines.get("raised") if isinstance(lines, dict) else None
    if "line" in objection or not raised:
        return ("surface",) if "line" not in objection and "surface" in objection else ("line",)
    if isinstance(raised, str):
        return ("lines", "raised")
    first = raised[0] if isinstance(raised, list) else ""
    return ("lines", "raised", 0, "text") if isinstance(first, dict) else ("lines", "raised", 0)


def _at(data: object, path: Path) -> str:
    """The words at a place; empty where there are none."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return ""
    return data.strip() if isinstance(data, str) else str(data) if isinstance(data, int | float) else ""


def _with(data: Any, path: Path, value: object) -> Any:
    """The same data with this value at that place; what is in its way becomes part of what takes its place."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(data, list) and isinstance(step, int):
        filled = [*data, *([None] * (step + 1 - len(data)))]
        return [*filled[:step], _with(filled[step], rest, value), *filled[step + 1 :]]
    if isinstance(data, str) and data:
        data = {"situation" if step == "goal" else "persona": data}
    whole = dict(data) if isinstance(data, dict) else {}
    return {**whole, step: _with(whole.get(str(step)), rest, value)}


def _block(point: Mapping[str, Any]) -> list[str]:
    examples = point.get("examples")
    listed = examples if isinstance(examples, list) else [examples] if isinstance(examples, str) else []
    return [_flat(_at(point, ("statement",))), *(_flat(str(one)) for one in listed)]


def _flat(words: str) -> str:
    return " ".join(words.split())


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]


def _blocks(words: str) -> list[tuple[str, ...]]:
    """Lines that stand together."""
    found: list[list[str]] = [[]]
    for line in words.splitlines():
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return [tuple(block) for block in found if block]
