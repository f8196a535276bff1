"""The help desk: whether the first tour is still due, and what leaves the machine with the settings that run."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from coach.vocabulary import Language
from ui.asking import asking
from ui.views.help import Channel, Leaves, Leaving
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.settings import Settings
    from coach.store.tours import Ended


class HelpRoom:
    """Asks the coach for a person's tours and for its settings."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    def tour_due(self) -> bool:
        """Whether nobody has taken or skipped the first tour under this name."""
        from coach.store.tours import Tours

        return not Tours(self._coach.database, self._coach.person).ended("first")

    def end_tour(self, how: str) -> None:
        """The tour was taken to its end, or skipped."""
        from coach.store.tours import Tours

        ended: Ended = "taken" if how == "taken" else "skipped"
        Tours(self._coach.database, self._coach.person).end("first", ended)

    def leaves(self, language: Language) -> Leaves:
        """Where every kind of data goes with these settings."""
        settings = self._coach.settings
        sends = destinations(settings)
        rows = [Leaving(say("leaves_pages", language), say("leaves_pages_how", language), False)]
        channels: tuple[Channel, ...] = ("sound", "words", "search")
        rows += [_row(channel, sends.get(channel, ""), settings, language) for channel in channels]
        rows.append(Leaving(say("leaves_models", language), say("leaves_models_how", language), False))
        return Leaves(tuple(rows), server=asking() is not None)


def destinations(settings: Settings) -> dict[Channel, str]:
    """What is given to an endpoint, and the endpoint's host; a channel that is not in it stays with the coach."""
    found: dict[Channel, str] = {}
    if settings.transcribe_base_url:
        found["sound"] = _host(settings.transcribe_base_url)
    if settings.llm_base_url and settings.engine != "offline":
        found["words"] = _host(settings.llm_base_url)
    if settings.llm_base_url and settings.embedder == "endpoint":
        found["search"] = _host(settings.llm_base_url)
    return found


def same_machine(host: str) -> bool:
    """Whether an address means the machine that the coach runs on."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def words_leave(settings: Settings) -> bool:
    """Whether anything that people say or write here is sent to another machine."""
    return any(not same_machine(host) for host in destinations(settings).values())


def _host(address: str) -> str:
    return (urlsplit(address).hostname or address).casefold()


def _row(channel: Channel, host: str, settings: Settings, language: Language) -> Leaving:
    what = say(f"leaves_{channel}", language)
    if not host:
        return Leaving(what, say(f"leaves_{channel}_here", language), False)
    if same_machine(host):
        return Leaving(what, say("leaves_same_machine", language, host=host), False)
    masked = say("leaves_masked" if settings.llm_masks else "leaves_unmasked", language)
    how = say("leaves_words_out", language, host=host, masked=masked)
    return Leaving(
        what, how if channel == "words" else say(f"leaves_{channel}_out", language, host=host), True
    )
