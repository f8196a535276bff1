"""The scenarios that people made here, as scenarios: read from the store, completed, each parsed once a version."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import BadContent, NotFound, Refused

if TYPE_CHECKING:
    from coach.practice.certificates import Kept
    from coach.store.own_scenarios import OwnScenarios, StoredScenario
    from coach.store.visits import StoredVisit
    from scenarios.schema import Scenario


class Made:
    """What one person sees of them."""

    def __init__(self, store: OwnScenarios) -> None:
        self.store = store
        self._parsed: dict[tuple[str, str, dt.datetime], Scenario] = {}

    def all(self) -> dict[str, Scenario]:
        """By id. One that a later version of the coach cannot read any more is left out, not the others."""
        found = {}
        for stored in self.store.visible():
            try:
                found[stored.scenario_id] = self.parsed(stored)
            except BadContent:
                continue
        return found

    def certificates(self) -> dict[str, Kept]:
        """The certificates with which they were published."""
        from coach.practice.certificates import Kept

        return {
            one.scenario_id: Kept.model_validate(one.certificate)
            for one in self.store.visible()
            if one.certificate
        }

    def add(self, path: Path) -> Scenario:
        """Keep a scenario file as a draft of this person's; the expert's script is looked for beside it.

        Raises BadContent with every fault, Refused when a scenario that ships has its id.
        """
        from coach.located import FaultyContent
        from scenarios.check import check_file
        from scenarios.loader import BUILT_IN, load_personas, read_source

        if faults := [fault for fault in check_file(path) if fault.grade == "fault"]:
            raise FaultyContent(faults)
        source = read_source(path, load_personas(BUILT_IN))
        id, language = source.id, str(source.data["language"])
        if (BUILT_IN / language / f"{id}.yaml").exists():
            raise Refused(
                (f"自带的剧本里已经有 {id}。", f"A scenario that ships is called {id}."),
                ("换一个编号。", "Give it another id."),
            )
        body = {**source.located.data, "id": id, "language": language}
        if source.expert is not None:
            body["expert_script"] = source.expert.data.get("expert_script", [])
        if source.ways is not None:
            body["ways"] = source.ways.data.get("ways", {})
        self.store.keep(id, body, version=str(source.data.get("version", "1.0.0")), language=language)
        return self.parsed(self.store.load(id))

    def drill(self, visit: StoredVisit, number: int | None = None) -> Scenario:
        """The private scenario that opens with an objection of a visit, made when it is not there yet.

        Without a number it is the one that was left unanswered. Raises NotFound when none was read.
        """
        from coach.practice import field

        _, one = field.chosen(visit, number)
        id = field.drill_id(visit.id, one)
        try:
            return self.parsed(self.store.load(id))
        except NotFound:
            body = field.drill(visit, one)
            self.store.keep(id, body, version=body["version"], language=body["language"], visit_id=visit.id)
            return self.parsed(self.store.load(id))

    def parsed(self, stored: StoredScenario) -> Scenario:
        """A stored scenario, whole. Raises BadContent."""
        from scenarios.made import made_scenario

        key = (stored.scenario_id, stored.status, stored.updated_at)
        if key not in self._parsed:
            self._parsed[key] = made_scenario(stored.body, status=stored.status)
        return self._parsed[key]
