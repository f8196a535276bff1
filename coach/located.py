"""Content in YAML whose every value knows the line it stands on, and faults that say so.

A fault is for the person who wrote the file: where, and what is wrong, in zh and en. Values are read by YAML's safe
rules; keys and indexes lead to the line where a value stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from coach.errors import BadContent, Words
from coach.plain_yaml import look_through
from coach.vocabulary import Language

if TYPE_CHECKING:
    import yaml
    from pydantic import BaseModel

    Parsed = TypeVar("Parsed", bound=BaseModel)

Spot = tuple[str | int, ...]

_LIST: Final = ("这里要写一列，每行以“- ”开头", "a list is meant, each line with “- ” before it")
_MAPPING: Final = ("这里要写“键: 值”", "a mapping is meant, “key: value”")
_SCHEMA: Final[Mapping[str, Words]] = {
    "missing": ("缺这一项", "missing"),
    "literal_error": ("只能写 {expected}，现在是 {got}", "must be one of {expected}, not {got}"),
    "string_type": ("这里要写字，YAML 读成了 {got}，加上引号", "words are meant, YAML reads {got}; quote it"),
    "string_too_short": ("不能空着", "must not be empty"),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "too_short": ("至少要 {min_length} 条", "{min_length} at least"),
    "greater_than": ("要大于 {gt}", "must be more than {gt}"),
    "greater_than_equal": ("不能小于 {ge}", "must not be less than {ge}"),
    "less_than_equal": ("不能大于 {le}", "must not be more than {le}"),
    "float_parsing": ("这里要写数", "a number is meant"),
    "float_type": ("这里要写数", "a number is meant"),
    "int_parsing": ("这里要写整数", "a whole number is meant"),
    "bool_parsing": ("这里要写 true 或 false", "true or false is meant"),
    "extra_forbidden": ("没有这个键", "there is no such key"),
}
"""The usual faults of a schema; any other is told in the schema's own English."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a content file; `line` counts from 1, `zh` and `en` say what.

    A note is a matter of craft (too few lines, a line too long): what it is about can be used all the same.
    """

    path: Path
    line: int
    zh: str
    en: str
    grade: Literal["fault", "note"] = "fault"

    def words(self, language: Language) -> str:
        """What is wrong."""
        return self.zh if language == "zh" else self.en

    def text(self, language: Language) -> str:
        """`file:line: what`, as editors understand it."""
        return f"{self.path}:{self.line}: {self.words(language)}"


class FaultyContent(BadContent):
    """Content that breaks its rules; `faults` holds every one, the message lists them in file order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        zh, en = ("\n".join(fault.text(language) for fault in self.faults) for language in ("zh", "en"))
        super().__init__(
            (
                f"内容文件有 {len(faults)} 处要改：\n{zh}",
                f"{len(faults)} thing(s) to mend in the content:\n{en}",
            ),
            (
                "改好再查一遍：coach library check，剧本用 coach scenarios check。",
                "Mend them and check again: coach library check, for scenarios coach scenarios check.",
            ),
        )


class Located:
    """One YAML document: `data` as plain values, and where each part of it stands."""

    def __init__(self, path: Path, text: str, *, first_line: int = 1) -> None:
        """Read `text`, whose first line is `first_line` of its file. Raises FaultyContent when it is no YAML."""
        import yaml

        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.path = path
        self._first_line = first_line
        try:
            look_through(text)
            self._node = yaml.compose(text, Loader=loader)
            # Of the same parse: half the time.
            self.data: Any = loader("").construct_document(self._node) if self._node else None
        except (yaml.YAMLError, ValueError) as error:
            told = _nearer(text) or error
            mark = getattr(told, "problem_mark", None)
            line = first_line + (mark.line if mark is not None else 0)
            what = " ".join(str(getattr(told, "problem", None) or told).split())
            fault = Fault(path, line, f"读不了这个 YAML：{what}", f"not readable YAML: {what}")
            raise FaultyContent([fault]) from error

    @property
    def lines(self) -> Mapping[Spot, int]:
        """The line of every part, by keys and indexes; () is the whole."""
        return self._walked[0]

    @property
    def doubled(self) -> Sequence[Fault]:
        """Keys that stand twice: YAML silently keeps only the last of them."""
        return self._walked[1]

    def line(self, spot: Sequence[str | int]) -> int:
        """The line of a spot, or of the nearest part around it that stands in the file."""
        path = tuple(spot)
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, self._first_line)

    def fault(self, spot: Sequence[str | int], zh: str, en: str) -> Fault:
        """A fault at a spot."""
        return Fault(self.path, self.line(spot), zh, en)

    def note(self, spot: Sequence[str | int], zh: str, en: str) -> Fault:
        """A matter of craft at a spot."""
        return Fault(self.path, self.line(spot), zh, en, "note")

    def parse(self, model: type[Parsed], data: Mapping[str, Any] | None = None) -> Parsed:
        """The data (or `data`, completed from it) as a model; raises FaultyContent with every fault of the schema."""
        parsed, faults = self.try_parse(model, data)
        if parsed is None:
            raise FaultyContent([*self.doubled, *faults])
        return parsed

    def try_parse(
        self, model: type[Parsed], data: Mapping[str, Any] | None = None
    ) -> tuple[Parsed | None, list[Fault]]:
        """The model, or None and the faults."""
        from pydantic import ValidationError

        try:
            return model.model_validate(self.data if data is None else data), []
        except ValidationError as error:
            return None, [self._told(one) for one in error.errors(include_url=False)]

    def misshapen(self, model: type[BaseModel]) -> list[Fault]:
        """What is there and is of the wrong kind; what is missing is not told, something else may fill it."""
        from pydantic import ValidationError

        try:
            model.model_validate(self.data)
        except ValidationError as error:
            found = error.errors(include_url=False)
            return [self._told(one) for one in found if one["type"] != "missing"]
        return []

    def _told(self, one: Mapping[str, Any]) -> Fault:
        """A fault of the schema in words, after the name of its field."""
        where = ".".join(str(part) for part in one["loc"])
        zh, en = _SCHEMA.get(one["type"], ("{msg}", "{msg}"))
        asked = {key: str(value).replace(" or ", ", ") for key, value in (one.get("ctx") or {}).items()}
        said = {"msg": one["msg"], "got": repr(one.get("input"))[:60], **asked}
        before = f"{where}: " if where else ""
        return self.fault(one["loc"], before + zh.format_map(said), before + en.format_map(said))

    @cached_property
    def _walked(self) -> tuple[dict[Spot, int], list[Fault]]:
        lines: dict[Spot, int] = {}
        doubled: list[Fault] = []
        if self._node is not None:
            self._walk(self._node, (), lines, doubled)
        return lines, doubled

    def _walk(self, node: yaml.Node, spot: Spot, lines: dict[Spot, int], doubled: list[Fault]) -> None:
        import yaml

        lines[spot] = self._first_line + node.start_mark.line
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                inner = (*spot, str(key.value))
                line = self._first_line + key.start_mark.line
                if inner in lines:
                    zh = f"{key.value} 写了两次，前一个（第 {lines[inner]} 行）会被丢掉"
                    en = f"{key.value} stands twice; the first (line {lines[inner]}) is lost"
                    doubled.append(Fault(self.path, line, zh, en))
                self._walk(value, inner, lines, doubled)
                lines[inner] = line
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                self._walk(value, (*spot, index), lines, doubled)


def _nearer(text: str) -> Exception | None:
    """What the reader that is written in Python has against a text: it stops where the fault is, the fast one later."""
    import yaml

    try:
        look_through(text)
        yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        return error
    return None


def read_located(path: Path) -> Located:
    """The document in a file, whatever it holds. Raises FaultyContent when there is none that can be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FaultyContent([Fault(path, 1, f"读不出来：{error}", f"cannot be read: {error}")]) from error
    return Located(path, text)


def read_mapping(path: Path) -> Located:
    """The document in a file that must hold one mapping. Raises FaultyContent when it does not."""
    located = read_located(path)
    if not isinstance(located.data, dict):
        zh, en = "文件里要有一组“键: 值”", "the file must hold one mapping, “key: value”"
        raise FaultyContent([Fault(path, 1, zh, en)])
    return located
