"""A trainer's own scenarios as texts: begun from a page or a copy, kept as typed, certified, published.

A draft is kept with its faults, so that closing the page loses nothing; only a whole one is played. What is published
never changes under those who practise it: it is copied and the copy is changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from coach.errors import BadContent, NotFound, Refused
from coach.practice.certificates import Kept, Standing, standing
from coach.practice.formed import refilled
from scenarios.outline import Outline, outlined
from scenarios.typed import Typed, body_text, file_text, renamed, template, typed

if TYPE_CHECKING:
    from coach.practice.own import Made
    from coach.store.own_scenarios import StoredScenario
    from coach.vocabulary import Language
    from scenarios.schema import Scenario

COPY: Final = {"zh": "{title}（副本）", "en": "{title} (copy)"}


@dataclass(frozen=True, slots=True)
class Draft:
    """One scenario of this trainer's, as it stands: its text checked, whether it can be played, its certificate."""

    id: str
    title: str
    language: str
    status: str
    typed: Typed
    scenario: Scenario | None
    certificate: Kept | None
    stands: Standing
    updated_at: dt.datetime


class Editing:
    """One trainer's texts. Everything raises Refused for whoever is no trainer."""

    def __init__(
        self,
        own: Made,
        shipped: Callable[[], Mapping[str, Scenario]],
        roles: Callable[[], frozenset[str]],
        person: str,
    ) -> None:
        self._own = own
        self._shipped = shipped
        self._roles = roles
        self._person = person

    def mine(self) -> list[StoredScenario]:
        """This trainer's own scenarios, the one changed last first."""
        self._may()
        mine = (one for one in self._own.store.visible() if one.owner == self._person)
        return sorted(mine, key=lambda one: one.updated_at, reverse=True)

    def begin(self, language: Language, outline: Outline | None = None) -> str:
        """A draft from the one-page template, or from the answers of the form; its id."""
        self._may()
        id = _new_id(language)
        text = outlined(outline, language) if outline else template(language)
        return self._keep(id, f"id: {id}\n{text}", language)

    def copy(self, id: str) -> str:
        """A draft that begins as a copy of this scenario, shipped or made here; its id (NotFound)."""
        self._may()
        if scenario := self._shipped().get(id):
            text, title, language = file_text(id, scenario.language), scenario.title, scenario.language
        else:
            stored = self._own.store.load(id)
            text, language = stored.text or body_text(stored.body), _language(stored.language)
            title = str(stored.body.get("title", id))
            if stored.visit_id is not None:
                # The words of a visit must not outlive it in a copy.
                raise Refused(
                    ("从拜访来的剧本不能复制。", "A scenario made from a visit cannot be copied."),
                    ("直接改它，或先发布再复制。", "Edit it as it is, or publish it and copy that."),
                )
        new = _new_id(language)
        return self._keep(new, renamed(text, new, COPY[language].format(title=title)), language)

    def open(self, id: str) -> Draft:
        """One of this trainer's scenarios as it stands (NotFound)."""
        stored = self._mine(id)
        return self._draft(stored, typed(stored.text or body_text(stored.body), id))

    def keep(self, id: str, text: str) -> Draft:
        """Keep a draft as it was typed, faults and all; a changed one loses its certificate.

        Raises Refused for one that is published, NotFound.
        """
        stored = self._mine(id)
        now = typed(text, id)
        if text == (stored.text or body_text(stored.body)):
            return self._draft(stored, now)
        if stored.status != "draft":
            raise Refused(
                ("发布过的不能直接改。", "What was published is not changed."),
                ("复制一份，改那一份。", "Make a copy and change that."),
            )
        body = now.body or {"id": id}
        self._own.store.keep(
            id,
            body,
            version=str(body.get("version", "1.0.0"))[:40],
            language=_language(str(body.get("language", stored.language))),
            visit_id=stored.visit_id,
            text=now.text,
        )
        return self._draft(self._own.store.load(id), now)

    def fill(self, id: str, answers: Outline) -> Draft:
        """Keep a draft with these answers of the form written into its text; the rest of it stays as it was typed.

        Raises BadInput while the text is not readable, Refused for one that is published, NotFound.
        """
        stored = self._mine(id)
        return self.keep(id, refilled(stored.text or body_text(stored.body), answers))

    def publish(self, id: str) -> None:
        """Show it to everybody; Refused while it has a fault or no certificate that still holds."""
        draft = self.open(id)
        if not draft.typed.whole or draft.stands != "certified" or draft.certificate is None:
            raise Refused(
                ("没有有效的证书，不能发布。", "Without a certificate that holds it is not published."),
                ("先让机器人练一遍。", "Let the bots play it first."),
            )
        self._own.store.publish(id, draft.certificate.model_dump(mode="json"))

    def retire(self, id: str) -> None:
        """Take it off everybody's shelf (NotFound)."""
        self._mine(id)
        self._own.store.retire(id)

    def _draft(self, stored: StoredScenario, now: Typed) -> Draft:
        certificate = Kept.model_validate(stored.certificate) if stored.certificate else None
        try:
            scenario = self._own.parsed(stored) if now.whole else None
        except BadContent:
            scenario = None
        return Draft(
            stored.scenario_id,
            str((now.body or {}).get("title") or stored.scenario_id),
            stored.language,
            stored.status,
            now,
            scenario,
            certificate,
            standing(scenario, certificate) if scenario else "none",
            stored.updated_at,
        )

    def _keep(self, id: str, text: str, language: Language) -> str:
        now = typed(text, id)
        self._own.store.keep(id, now.body or {"id": id}, version="1.0.0", language=language, text=text)
        return id

    def _mine(self, id: str) -> StoredScenario:
        self._may()
        stored = self._own.store.load(id)
        if stored.owner != self._person:
            raise NotFound(
                (f"{id} 不是你写的。", f"{id} is not yours."),
                ("复制一份再改。", "Make a copy and change that."),
            )
        return stored

    def _may(self) -> None:
        if "trainer" not in self._roles():
            raise Refused(
                ("剧本由培训师写。", "Scenarios are written by trainers."),
                ("找管理员加角色。", "Ask an administrator for the role."),
            )


def _new_id(language: str) -> str:
    return f"{language}-own-{uuid4().hex[:8]}"


def _language(word: str) -> Language:
    return "en" if word == "en" else "zh"
