"""YAML whose every value knows the line it stands on, and faults that say so.

A fault is for the person who wrote the file: where, and what is wrong, in zh and en.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from coach.errors import BadContent, Words
from coach.plain_yaml import look_through
from coach.vocabulary import Language


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with one content file; `line` counts from 1."""

    file: Path
    line: int
    what: Words

    def text(self, language: Language) -> str:
        """`file:line: what`, as editors understand it."""
        return f"{self.file}:{self.line}: {self.what[0 if language == 'zh' else 1]}"


class Document:
    """One YAML document: `data` as plain values, `line(path)` where a value (or its parent) stands."""

    def __init__(self, file: Path, text: str, *, first_line: int = 1) -> None:
        """Parse `text`; raises BadContent with the line when it is not YAML or not a mapping."""
        import yaml

        self.file = file
        self._first_line = first_line
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            look_through(text)
            self.data: Any = yaml.load(text, Loader=loader)
        except (yaml.YAMLError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            line = first_line + (mark.line if mark is not None else 0)
            problem = " ".join(str(getattr(error, "problem", None) or error).split())
            what = (f"不是合格的 YAML：{problem}", f"not valid YAML: {problem}")
            raise FaultyContent([Fault(file, line, what)]) from error
        self._text = text
        self._root: Any = None

    def line(self, path: Sequence[int | str]) -> int:
        """The line of the value at `path` (keys and indexes); of what should hold it when it is missing."""
        import yaml

        if self._root is None:
            self._root = yaml.compose(self._text, Loader=yaml.SafeLoader)
        node: Any = self._root
        found = node.start_mark.line if node is not None else 0
        for step in path:
            child = _child(node, step)
            if child is None:
                break
            node, found = child
        return self._first_line + int(found)

    def fault(self, path: Sequence[int | str], zh: str, en: str) -> Fault:
        """A fault at `path`."""
        return Fault(self.file, self.line(path), (zh, en))


class FaultyContent(BadContent):
    """Content that breaks its rules; `faults` holds every one, the message lists them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        n = len(faults)
        super().__init__(
            (
                f"内容文件有 {n} 处问题：\n{lines_of(faults, 'zh')}",
                f"{n} fault(s) in the content:\n{lines_of(faults, 'en')}",
            ),
            ("改好以后用 `coach library check` 再查。", "Correct them and run `coach library check` again."),
        )
        self.faults = tuple(faults)


def lines_of(faults: Iterable[Fault], language: Language) -> str:
    """One fault a line, in file order."""
    return "\n".join(fault.text(language) for fault in sorted(faults))


def schema_faults(document: Document, error: Any) -> list[Fault]:
    """What a pydantic ValidationError says about `document`, with lines, in words for people."""
    return [
        document.fault(item["loc"], *_in_words(item["type"], ".".join(str(p) for p in item["loc"]), item))
        for item in error.errors(include_url=False)
    ]


_WORDS: Final[dict[str, Words]] = {
    "missing": ("缺少 {key}", "{key} is missing"),
    "literal_error": ("{key} 只能是 {allowed}，现在是 {got}", "{key} must be one of {allowed}, not {got}"),
    "string_type": ("{key} 应当是文字，数字请加引号", "{key} must be words; put numbers in quotes"),
    "string_too_short": ("{key} 不能为空", "{key} must not be empty"),
    "tuple_type": ("{key} 应当是列表", "{key} must be a list"),
    "model_type": ("{key} 应当是一组键值", "{key} must be a mapping"),
}


def _in_words(kind: str, key: str, item: dict[str, Any]) -> Words:
    zh, en = _WORDS.get(kind, ("{key}：" + item["msg"], "{key}: " + item["msg"]))
    allowed = str(item.get("ctx", {}).get("expected", "")).replace(" or ", ", ")
    values = {"key": key or "—", "allowed": allowed, "got": repr(item.get("input"))[:60]}
    return zh.format(**values), en.format(**values)


def _child(node: Any, step: int | str) -> tuple[Any, int] | None:
    """The node one step down, and the line of its key (mappings) or of itself (lists)."""
    import yaml

    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step], node.value[step].start_mark.line
    return None
