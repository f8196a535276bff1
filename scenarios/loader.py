"""Loads scenarios: files to whole `Scenario` objects, personas resolved, expert scripts and further ways joined
from their own files.

Layout of a folder: `zh/*.yaml`, `en/*.yaml` (or files directly in it), `personas/*.yaml`;
`<id>.expert.yaml` beside a scenario holds its `expert_script`, `<id>.ways.yaml` its `ways`. The built-in folder is the one of
this file; further folders come after it and may replace a scenario by its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from coach.errors import NotFound
from coach.located import Fault, FaultyContent, Located, read_mapping
from scenarios.complete import complete
from scenarios.schema import Scenario

BUILT_IN: Final = Path(__file__).parent
EXPERT: Final = ".expert.yaml"
WAYS: Final = ".ways.yaml"
_LANGUAGES: Final = ("zh", "en")


@dataclass(frozen=True)
class Source:
    """A scenario's files before the schema saw them: `data` is complete, `located` knows the lines."""

    located: Located
    expert: Located | None
    ways: Located | None
    data: dict[str, Any]

    @property
    def id(self) -> str:
        """The scenario's id as it stands in the file (or the file's name)."""
        return str(self.data["id"])


def load_scenarios(folders: Iterable[Path] = ()) -> dict[str, Scenario]:
    """Every scenario by its id, built-in first. Raises BadContent with all faults of all files."""
    found: dict[str, Scenario] = {}
    faults: list[Fault] = []
    for folder in (BUILT_IN, *folders):
        personas = load_personas(folder)
        for path in scenario_files(folder):
            try:
                source = read_source(path, personas)
            except FaultyContent as error:
                faults.extend(error.faults)
                continue
            scenario, broken = source.located.try_parse(Scenario, source.data)
            faults.extend(broken)
            if scenario is not None:
                found[scenario.id] = scenario
    if faults:
        raise FaultyContent(faults)
    return found


def load_scenario(path: Path) -> Scenario:
    """One scenario from its file; personas are looked for in `personas/` beside or above it, then in the
    built-in ones.
    """
    personas = {**load_personas(BUILT_IN), **load_personas(path.parent.parent), **load_personas(path.parent)}
    source = read_source(path, personas)
    return source.located.parse(Scenario, source.data)


def find_scenario(scenarios: dict[str, Scenario], id: str) -> Scenario:
    """The scenario with this id. Raises NotFound naming the nearest ids."""
    if id in scenarios:
        return scenarios[id]
    import difflib

    near = difflib.get_close_matches(id, scenarios, n=3, cutoff=0.3)
    raise NotFound(
        (f"没有叫 {id} 的剧本。", f"There is no scenario called {id}."),
        (
            f"是不是要找：{'、'.join(near)}？全部剧本见 coach scenarios list。"
            if near
            else "全部剧本见 coach scenarios list。",
            f"Did you mean {', '.join(near)}? See coach scenarios list."
            if near
            else "See coach scenarios list.",
        ),
    )


def scenario_files(folder: Path) -> Iterator[Path]:
    """The scenario files of a folder, in order of language and name."""
    places = [folder / language for language in _LANGUAGES if (folder / language).is_dir()] or [folder]
    for place in places:
        for path in sorted((*place.glob("*.yaml"), *place.glob("*.yml"))):
            if not path.name.endswith((EXPERT, WAYS)):
                yield path


def load_personas(folder: Path) -> dict[str, dict[str, Any]]:
    """The data of every persona file by its id (the file's name unless it says otherwise)."""
    found = {}
    for path in sorted((folder / "personas").glob("**/*.yaml")):
        data = read_mapping(path).data
        found[str(data.get("id", path.stem))] = data
    return found


def read_source(path: Path, personas: dict[str, dict[str, Any]]) -> Source:
    """A scenario's data, completed; raises FaultyContent."""
    located = read_mapping(path)
    expert, ways = _beside(path, EXPERT), _beside(path, WAYS)
    data = dict(located.data)
    if expert is not None:
        data["expert_script"] = expert.data.get("expert_script", [])
    if ways is not None:
        data["ways"] = ways.data.get("ways", {})
    try:
        full = complete(data, id=path.stem)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        # Something is of a kind that cannot be completed; the schema knows which.
        unknown = Fault(path, 1, "这一页的写法读不懂", "the shape of this page makes no sense")
        raise FaultyContent(located.misshapen(Scenario) or [unknown]) from error
    named = {person.get("persona") for person in full["cast"] if isinstance(person, dict)}
    shared = {id: persona for id, persona in personas.items() if id in named}
    full["personas"] = {**shared, **(full.get("personas") or {})}
    return Source(located, expert, ways, full)


def _beside(path: Path, ending: str) -> Located | None:
    """What lies beside a scenario's file under the same name and another ending."""
    beside = path.with_name(path.stem + ending)
    return read_mapping(beside) if beside.exists() else None
