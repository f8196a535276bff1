"""Finds every fault of a scenario at once, each with its file and line.

Faults keep a scenario from being published: names that resolve to nothing, weights that do not add up,
examples that miss their own concepts, a word that gives a fact away before it is unlocked, lines that stand
twice, values that YAML did not read as words. Notes are craft: few lines, long lines, concepts nobody uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from coach.located import Fault, FaultyContent, Located, Spot
from scenarios.loader import BUILT_IN, Source, load_personas, read_source, scenario_files
from scenarios.points import point_faults
from scenarios.references import loose_ends, spoken, topic_uses
from scenarios.rubric import load_rubrics
from scenarios.sayable import leaks, silent_lines
from scenarios.schema import Scenario
from scenarios.wording import bare, length

LONGEST_LINE: Final = {"zh": 50, "en": 50}
"""Weight of the longest customer line: Chinese characters count one, English words two (25 words)."""
LONGEST_BRIEF: Final = {"zh": 400, "en": 380}
FEWEST_LINES: Final = 3

_KINDS: Final = {
    "concept": "概念",
    "fact": "事实",
    "key point": "要点",
    "objection": "异议",
    "red line": "红线",
    "person": "人物",
    "persona": "人设",
    "act or red line": "动作或红线",
}


def check_folders(folders: Iterable[Path] = (BUILT_IN,)) -> list[Fault]:
    """Every fault and note of every scenario in `folders`, in the order of the files."""
    faults: list[Fault] = []
    said: dict[str, tuple[Path, int]] = {}
    for folder in folders:
        try:
            personas = load_personas(folder)
        except FaultyContent as error:
            faults.extend(error.faults)
            continue
        for path in scenario_files(folder):
            faults.extend(check_file(path, personas, said))
    return faults


def check_file(
    path: Path,
    personas: dict[str, dict[str, object]] | None = None,
    said: dict[str, tuple[Path, int]] | None = None,
) -> list[Fault]:
    """Every fault and note of one file; `said` remembers lines of other scenarios, none may stand twice."""
    try:
        if personas is None:
            personas = {
                **load_personas(BUILT_IN),
                **load_personas(path.parent.parent),
                **load_personas(path.parent),
            }
        source = read_source(path, personas)
    except FaultyContent as error:
        return list(error.faults)
    where = source.located
    scenario, faults = where.try_parse(Scenario, source.data)
    beside = [file for file in (source.expert, source.ways) if file]
    faults = [*where.doubled, *(fault for file in beside for fault in file.doubled), *faults]
    if scenario is None:
        return faults
    return [
        *faults,
        *_references(scenario, source),
        *point_faults(scenario, source),
        *_leaks(scenario, where),
        *_lines(scenario, where, {} if said is None else said),
        *_craft(scenario, where),
    ]


def _references(scenario: Scenario, source: Source) -> Iterator[Fault]:
    for loose in loose_ends(scenario):
        files = {"expert_script": source.expert, "ways": source.ways}
        where = files.get(str(loose.spot[0])) or source.located
        yield where.fault(
            loose.spot,
            f"没有叫 {loose.name} 的{_KINDS[loose.kind]}",
            f"there is no {loose.kind} called {loose.name}",
        )
    groups: dict[str, list[str]] = {
        "private_facts": [fact.id for fact in scenario.private_facts],
        "objections": [objection.id for objection in scenario.objections],
        "key_points": [point.id for point in scenario.key_points],
        "red_lines": [line.id for line in scenario.red_lines],
        "provocations": [provocation.id for provocation in scenario.provocations],
        "cast": [person.id for person in scenario.cast],
    }
    for place, ids in groups.items():
        for index, id in enumerate(ids):
            if id in ids[:index]:
                yield source.located.fault((place, index), f"编号 {id} 用了两次", f"the id {id} stands twice")
    rubrics = load_rubrics()
    if scenario.rubric not in rubrics:
        yield source.located.fault(
            ("rubric",),
            f"没有叫 {scenario.rubric} 的评分标准",
            f"there is no rubric called {scenario.rubric}",
        )


def _leaks(scenario: Scenario, where: Located) -> Iterator[Fault]:
    for leak in leaks(scenario):
        yield where.fault(
            leak.spot,
            f"“{leak.word}”会在 {leak.fact} 解锁之前说出来",
            f"“{leak.word}” gives {leak.fact} away before it is unlocked",
        )
    for number, fact in enumerate(scenario.private_facts):
        for index in silent_lines(fact):
            yield where.fault(
                ("private_facts", number, "lines", index),
                f"这句没有 {fact.id} 的任何一个泄密词，听不出说了没说",
                f"none of the leak words of {fact.id} is in this line, so nobody can tell that it was told",
            )
        if fact.unlock.never and fact.lines:
            yield where.fault(
                ("private_facts", number, "lines"),
                "不解锁的事实不该有台词",
                "a fact that is never told has lines",
            )
        if not fact.unlock.never and not fact.lines:
            yield where.fault(
                ("private_facts", number), "能解锁的事实没有台词", "a fact that can be told has no line"
            )
        if not fact.unlock.never and not fact.unlock.asked and not fact.unlock.like:
            yield where.fault(
                ("private_facts", number), "没写怎么问才说", "nothing says which question frees it"
            )


def _lines(scenario: Scenario, where: Located, said: dict[str, tuple[Path, int]]) -> Iterator[Fault]:
    own: dict[str, int] = {}
    for spot, lines in spoken(scenario):
        if not _authored(spot, where):
            continue
        for index, line in enumerate(lines):
            key, at = bare(line.text), where.line((*spot, index))
            if not key:
                continue
            if key in own:
                yield where.fault(
                    (*spot, index), f"和第 {own[key]} 行是同一句", f"the same line as on line {own[key]}"
                )
            elif key in said and length(line.text) > 4:
                other, other_line = said[key]
                yield where.fault(
                    (*spot, index),
                    f"和 {other.name}:{other_line} 是同一句",
                    f"the same line as {other.name}:{other_line}",
                )
            own.setdefault(key, at)
    for key, at in own.items():
        said.setdefault(key, (where.path, at))


def _authored(spot: Spot, where: Located) -> bool:
    """Whether lines come from this file rather than from the stock; a short form says `line:` for raised."""
    return spot in where.lines or (spot[0] == "objections" and spot[-1] == "raised")


def _craft(scenario: Scenario, where: Located) -> Iterator[Fault]:
    for spot, lines in spoken(scenario):
        if not _authored(spot, where):
            continue
        pool = spot[0] in ("objections", "endings", "red_lines") or spot[-1] == "lines"
        if pool and 0 < len(lines) < FEWEST_LINES:
            yield where.note(spot, f"只有 {len(lines)} 句，至少三句", f"{len(lines)} line(s), three at least")
        for index, line in enumerate(lines):
            if length(line.text) > LONGEST_LINE[scenario.language]:
                yield where.note(
                    (*spot, index), "这句太长，人不会一口气说完", "too long to be said in one breath"
                )
    if length(scenario.brief.text) > LONGEST_BRIEF[scenario.language]:
        yield where.note(("brief",), "开场材料太长", "the brief is too long")
    used = {name for _, topics in topic_uses(scenario) for entry in topics for name in entry}
    for name in scenario.concepts:
        if name not in used:
            yield where.note(("concepts", name), f"概念 {name} 没有用上", f"nobody uses the concept {name}")
