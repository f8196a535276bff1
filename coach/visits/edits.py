"""What people changed in a visit's record: entries by a stable name, confirmed or taken out."""

from __future__ import annotations

from dataclasses import dataclass

from coach.visits.record import Said


@dataclass(frozen=True, slots=True)
class Edits:
    """What people did to the machine's record: entries by key, confirmed or taken out."""

    confirmed: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, human: object) -> Edits:
        """The edits as the store keeps them; anything strange counts as none."""
        kept = human if isinstance(human, dict) else {}
        return cls(_keys(kept.get("confirmed")), _keys(kept.get("removed")))

    def as_json(self) -> dict[str, list[str]]:
        """What the store keeps."""
        return {"confirmed": sorted(self.confirmed), "removed": sorted(self.removed)}


def key_of(field: str, said: Said) -> str:
    """The stable name of an entry: its field and the words it points at."""
    return f"{field}@{said.turn}.{said.start}-{said.end}"


def _keys(value: object) -> frozenset[str]:
    return frozenset(str(one) for one in value) if isinstance(value, list) else frozenset()
