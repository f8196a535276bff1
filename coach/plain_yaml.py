"""YAML from strangers: no references (a few lines of them unfold to gigabytes), no bottomless nesting.

Building values recurses in C, where depth is a crash of the process and no exception: a text is looked through first,
event by event, which recurses nowhere.
"""

from __future__ import annotations

from typing import Any, Final

DEEPEST: Final = 40
"""Levels of nesting; a case has five."""


def plain_values(text: str) -> Any:
    """The values of a YAML text. Raises ValueError with one sentence that says where and what is wrong."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        look_through(text)
        return yaml.load(text, Loader=loader)
    except yaml.YAMLError as error:
        raise ValueError(_sentence(error)) from error
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def look_through(text: str) -> None:
    """Raises yaml's MarkedYAMLError for a reference or for nesting that is too deep, YAMLError for what is no YAML."""
    if _shallow(text):
        return
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.AliasEvent):
            raise _refused(f"references (*{event.anchor}) are not taken", event.start_mark)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise _refused(f"nested deeper than {DEEPEST} levels", event.start_mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _refused(problem: str, mark: Any) -> Exception:
    import yaml

    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


def _shallow(text: str) -> bool:
    """Whether a glance shows that there can be neither references nor depth: then nothing is parsed twice."""
    flow = text.count("[") + text.count("{")
    inline = text.count("- - ") + text.count("? ")
    return "&" not in text and flow + inline < DEEPEST and " " * DEEPEST not in text and "\t-" not in text


def _sentence(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = " ".join(str(getattr(error, "problem", None) or error).split())[:160]
    return f"line {mark.line + 1}: {problem}" if mark is not None else problem
