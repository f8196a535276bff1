"""Certificates as they are kept beside the scenarios, and what has changed since one was given.

A certificate holds for exactly one scenario, rubric and reader: each has its own hash in it, so that a stale one
can say what changed. The reader's hash covers what it has learned and its word lists, not its code; a change of
code shows when a test plays the certificate's seeds again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.errors import BadContent, Refused
from scenarios.loader import BUILT_IN

if TYPE_CHECKING:
    from coach.practice.certificate import Certificate
    from scenarios.schema import Scenario

FOLDER: Final = BUILT_IN / "certificates"
READER: Final = Path(__file__).parents[1] / "reading"

Standing = Literal["certified", "refused", "stale", "none"]
STANDINGS: Final[dict[Standing, tuple[str, str]]] = {
    "certified": ("有证书", "certified"),
    "refused": ("没通过", "refused"),
    "stale": ("证书过期", "stale"),
    "none": ("没有证书", "none"),
}


class Made(BaseModel):
    """The hashes of what a certificate was given for."""

    model_config = ConfigDict(frozen=True)

    scenario: str
    rubric: str
    reader: str
    rules: str


class KeptRates(BaseModel):
    """What one bot got out of it, as shares of the seeds."""

    model_config = ConfigDict(frozen=True)

    win: float
    passed: float
    walked_away: float
    total: float | None
    turns: float


class Kept(BaseModel):
    """A certificate as its file holds it; `reasons` are (zh, en), empty when it passed."""

    model_config = ConfigDict(frozen=True)

    scenario: str
    version: str
    engine: str
    made: Made
    seeds: tuple[int, ...]
    date: dt.date
    passed: bool
    rates: dict[str, KeptRates]
    leak: float
    inversion: float
    reasons: tuple[tuple[str, str], ...] = ()


def made_of(scenario: Scenario) -> Made:
    """The hashes of a scenario, its rubric, the offline reader and the customer's rules, as they are now."""
    from coach.practice.transcript import RULES
    from scenarios.rubric import load_rubrics

    told = scenario.model_copy(update={"status": "published"})  # publishing changes nothing that is played
    return Made(
        scenario=_hash(told.model_dump_json().encode()),
        rubric=_hash(load_rubrics()[scenario.rubric].model_dump_json().encode()),
        reader=reader_hash(),
        rules=RULES,
    )


def kept_from(
    certificate: Certificate, scenario: Scenario, engine: str, seeds: Sequence[int], day: dt.date
) -> Kept:
    """A certificate as it is kept. Raises Refused for another engine than the offline one: nobody could play it again."""
    if engine.split("/")[0] != "offline":
        raise Refused(
            ("只有离线引擎发的证书能存。", "Only certificates of the offline engine can be stored."),
            ("设 COACH_ENGINE=offline 再来。", "Set COACH_ENGINE=offline and run it again."),
        )
    rates = {
        bot: KeptRates(
            win=one.win, passed=one.passed, walked_away=one.walked_away, total=one.total, turns=one.turns
        )
        for bot, one in certificate.rates.items()
    }
    return Kept(
        scenario=certificate.scenario,
        version=certificate.version,
        engine=engine,
        made=made_of(scenario),
        seeds=tuple(seeds),
        date=day,
        passed=certificate.passed,
        rates=rates,
        leak=certificate.leak,
        inversion=certificate.inversion,
        reasons=certificate.reasons,
    )


def write(kept: Kept, folder: Path = FOLDER) -> Path:
    """Write a certificate to its file and give the path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{kept.scenario}.json"
    path.write_text(kept.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return path


def read_all(folder: Path = FOLDER) -> dict[str, Kept]:
    """Every kept certificate by its scenario. Raises BadContent naming a file that is none."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        try:
            kept = Kept.model_validate_json(path.read_bytes())
        except ValidationError as error:
            raise BadContent(
                (f"{path.name} 不是一张证书。", f"{path.name} is no certificate."),
                ("重新发一张：coach certify ID --store。", "Give it anew: coach certify ID --store."),
            ) from error
        found[kept.scenario] = kept
    return found


def standing(scenario: Scenario, kept: Kept | None) -> Standing:
    """How a scenario stands with its certificate."""
    if kept is None:
        return "none"
    if kept.made != made_of(scenario):
        return "stale"
    return "certified" if kept.passed else "refused"


def changed(scenario: Scenario, kept: Kept) -> tuple[str, ...]:
    """Which parts are no longer those of the certificate: scenario, rubric, reader, rules."""
    now = made_of(scenario)
    return tuple(part for part in Made.model_fields if getattr(now, part) != getattr(kept.made, part))


def due_again(
    scenarios: Mapping[str, Scenario], kept: Mapping[str, Kept], day: dt.date, *, most: int = 4
) -> tuple[str, ...]:
    """What a test of this day plays again: what changed, `most` at most, and one sample of the rest."""
    here = {id: one for id, one in kept.items() if id in scenarios}
    by_draw = sorted(here, key=lambda id: _hash(f"{day.isoformat()} {id}".encode()))
    stale = [id for id in by_draw if changed(scenarios[id], here[id])]
    rest = [id for id in by_draw if id not in stale]
    return (*stale[:most], *rest[:1])


@cache
def reader_hash() -> str:
    """The hash of everything the offline reader reads: learned tables, word lists, rules; not code, not prompts."""
    digest = hashlib.sha256()
    for path in sorted(READER.rglob("*")):
        inside = path.relative_to(READER)
        if (
            path.is_file()
            and path.suffix in {".npz", ".npy", ".json", ".yaml", ".tsv"}
            and inside.parts[0] != "llm"
        ):
            digest.update(inside.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
