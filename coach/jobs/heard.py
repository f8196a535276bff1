"""What the steps of a job keep for each other and for people: pieces of sound heard, and the conversation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, TypeAdapter

from coach.conversation import Conversation, parse_transcript
from coach.errors import Words
from coach.store.jobs import StoredJob
from coach.store.visits import Visits
from coach.vocabulary import Language

if TYPE_CHECKING:
    from coach.speech.listen import Line, Piece
    from coach.store.tables import Json


class Talk(BaseModel):
    """What the step `attribute` keeps; `seconds` of sound is None for a transcript."""

    model_config = ConfigDict(frozen=True)

    talk: Conversation
    seconds: float | None
    warnings: tuple[Words, ...]


def as_kept(piece: Piece) -> Json:
    """A heard slice as the store keeps it."""
    from coach.speech.listen import Piece

    kept: Json = TypeAdapter(Piece).dump_python(piece, mode="json")
    return kept


def pieces(kept: Mapping[str, Json]) -> list[Piece]:
    """The slices that are heard until now, in order."""
    from coach.speech.listen import Piece

    adapter = TypeAdapter(Piece)
    heard = [adapter.validate_python(result) for name, result in kept.items() if name.startswith("slice ")]
    return sorted(heard, key=lambda piece: piece.number)


def heard_so_far(kept: Mapping[str, Json]) -> list[Line]:
    """Their utterances in order of time, usable before the job is done; who said them is not known yet."""
    lines = [line for piece in pieces(kept) for line in piece.lines]
    return sorted(lines, key=lambda line: (line.start, line.end))


def heard_before(visits: Visits, job: StoredJob) -> Talk | None:
    """What an earlier visit with these bytes holds: the same sound is not heard twice."""
    from coach.visits.assemble import UNDATED

    before = visits.of_bytes(job.asked.sha256)
    if before is None:
        return None
    visit = before.visit
    talk = parse_transcript(visit.transcript, source=visit.source_name, language=language_of(job))
    talk = talk.with_date(visit.visited_on).with_date(job.asked.visited_on)
    said = [str(warning) for warning in before.machine.get("warnings", ()) if warning not in UNDATED]
    return Talk(talk=talk, seconds=visit.seconds, warnings=tuple((one, one) for one in said))


def language_of(job: StoredJob) -> Language | None:
    """The language that somebody named, None when it is to be heard out."""
    spoken = job.asked.language
    return spoken if spoken in ("zh", "en") else None  # type: ignore[return-value]
