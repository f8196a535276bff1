"""A YAML file whose every value knows its line, so that a fault can name it.

Values are read by YAML's safe rules; a key or a list index path leads to the line where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from coach.errors import BadContent
from coach.plain_yaml import look_through

Spot = tuple[str | int, ...]
Parsed = TypeVar("Parsed", bound=BaseModel)
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCHEMA_ZH: Final = {
    "missing": "缺这一项",
    "literal_error": "只能写 {expected}",
    "list_type": "这里要写一列，每行以“- ”开头",
    "tuple_type": "这里要写一列，每行以“- ”开头",
    "dict_type": "这里要写“键: 值”",
    "model_type": "这里要写“键: 值”",
    "model_attributes_type": "这里要写“键: 值”",
    "too_short": "至少要 {min_length} 条",
    "greater_than": "要大于 {gt}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "float_parsing": "这里要写数",
    "int_parsing": "这里要写整数",
    "float_type": "这里要写数",
    "int_type": "这里要写整数",
    "bool_parsing": "这里要写 true 或 false",
    "extra_forbidden": "没有这个键",
}
"""The usual faults of the schema in Chinese; any other is told in the schema's own English."""


class _Blank(dict[str, Any]):
    """Fills what a sentence asks for and nobody gave."""

    def __missing__(self, key: str) -> str:
        return "?"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a content file; `line` counts from 1, `zh` and `en` say what.

    A note is a matter of craft (too few lines, a line too long); it does not keep a scenario
    from being played.
    """

    path: Path
    line: int
    zh: str
    en: str
    grade: Literal["fault", "note"] = "fault"

    def text(self, language: str) -> str:
        """file:line: what is wrong."""
        return f"{self.path.name}:{self.line}: {self.zh if language == 'zh' else self.en}"


@dataclass(frozen=True)
class Located:
    """The data of one file and where each part of it stands."""

    path: Path
    data: dict[str, Any]
    lines: dict[Spot, int] = field(default_factory=dict)
    doubled: tuple[Fault, ...] = ()

    def line(self, spot: Sequence[str | int]) -> int:
        """The line of a spot, or of the nearest part around it that stands in the file."""
        path = tuple(spot)
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, spot: Sequence[str | int], zh: str, en: str) -> Fault:
        """A fault at a spot."""
        return Fault(self.path, self.line(spot), zh, en)

    def note(self, spot: Sequence[str | int], zh: str, en: str) -> Fault:
        """A matter of craft at a spot."""
        return Fault(self.path, self.line(spot), zh, en, "note")

    def parse(self, model: type[Parsed], data: dict[str, Any] | None = None) -> Parsed:
        """The data (or `data`, completed from it) as a model; raises BadContent with every fault of the
        schema.
        """
        parsed, faults = self.try_parse(model, data)
        if parsed is None:
            raise bad_content(faults)
        return parsed

    def try_parse(
        self, model: type[Parsed], data: dict[str, Any] | None = None
    ) -> tuple[Parsed | None, list[Fault]]:
        """The model, or None and the faults."""
        try:
            return model.model_validate(self.data if data is None else data), []
        except ValidationError as error:
            return None, [self._told(one) for one in error.errors(include_url=False)]

    def misshapen(self, model: type[BaseModel]) -> list[Fault]:
        """What is there and is of the wrong kind; what is missing is not told, something else may fill it."""
        try:
            model.model_validate(self.data)
        except ValidationError as error:
            found = error.errors(include_url=False)
            return [self._told(one) for one in found if one["type"] != "missing"]
        return []

    def _told(self, one: Mapping[str, Any]) -> Fault:
        """A fault of the schema in words."""
        where = ".".join(str(part) for part in one["loc"])
        if one["type"] == "string_type":
            zh = f"{where}: 这里要写字，YAML 读成了 {one['input']!r}，加上引号"
            en = f"{where}: words are meant, YAML reads {one['input']!r}; quote it"
            return self.fault(one["loc"], zh, en)
        said = {key: str(value).replace(" or ", ", ") for key, value in (one.get("ctx") or {}).items()}
        zh = _SCHEMA_ZH.get(one["type"], one["msg"]).format_map(_Blank(said))
        return self.fault(one["loc"], f"{where}: {zh}", f"{where}: {one['msg']}")


def load_located(path: Path) -> Located:
    """Read a YAML file that holds one mapping. Raises BadContent when it does not."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        look_through(text)
        node = yaml.compose(text, Loader=_Loader)
        data = _Loader("").construct_document(node) if node else None  # of the same parse: half the time
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = str(getattr(error, "problem", None) or error)
        raise bad_content(
            [Fault(path, line, f"读不了这个 YAML：{what}", f"not readable YAML: {what}")]
        ) from error
    if not isinstance(data, dict) or node is None:
        raise bad_content([Fault(path, 1, "文件里要有一组“键: 值”", "the file must hold one mapping")])
    lines: dict[Spot, int] = {}
    doubled: list[Fault] = []
    _walk(path, node, (), lines, doubled)
    return Located(path, data, lines, tuple(doubled))


def bad_content(faults: Sequence[Fault]) -> BadContent:
    """The error that tells all faults at once."""
    zh = "；".join(fault.text("zh") for fault in faults)
    en = "; ".join(fault.text("en") for fault in faults)
    return BadContent(
        (f"内容文件有 {len(faults)} 处要改：{zh}", f"{len(faults)} to mend in the content: {en}"),
        ("改好以后用 coach scenarios check 再查一遍。", "Mend them and run coach scenarios check again."),
    )


def _walk(path: Path, node: yaml.Node, spot: Spot, lines: dict[Spot, int], doubled: list[Fault]) -> None:
    """Note where every part stands; YAML silently keeps only the last of two equal keys, so those are
    faults.
    """
    lines[spot] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*spot, str(key.value))
            line = key.start_mark.line + 1
            if inner in lines:
                zh = f"{key.value} 写了两次，前一个（第 {lines[inner]} 行）会被丢掉"
                en = f"{key.value} stands twice; the first (line {lines[inner]}) is lost"
                doubled.append(Fault(path, line, zh, en))
            _walk(path, value, inner, lines, doubled)
            lines[inner] = line
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(path, value, (*spot, index), lines, doubled)
