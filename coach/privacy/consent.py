"""What somebody agreed to before a recording of them is kept: who, how they said it, and what it may be used for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from coach.errors import BadInput, Words

How = Literal["spoken", "written", "notice", "not_said"]
Scope = Literal["record", "coaching", "training"]
HOWS: Final[tuple[How, ...]] = get_args(How)
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)

HOW_WORDS: Final[dict[How, Words]] = {
    "spoken": ("口头同意", "agreed aloud"),
    "written": ("书面同意（短信、邮件、合同）", "agreed in writing (message, mail, contract)"),
    "notice": ("事先告知，没有人反对", "was told beforehand and nobody objected"),
    "not_said": ("没有记下", "was not written down"),
}
SCOPE_WORDS: Final[dict[Scope, Words]] = {
    "record": ("只用来整理这次拜访的记录", "only for the record of this visit"),
    "coaching": (
        "也用来辅导、出练习，遮去隐私后写成战例",
        "also for coaching, drills, and cases with private words masked",
    ),
    "training": ("还可以用来教这台机器上的离线引擎", "also to teach the offline reader of this machine"),
}
EVERYBODY: Final[Words] = ("录音里的每个人", "everybody in the recording")
"""Who agreed, where somebody ticks one box and says no more."""
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Agreed:
    """One consent: `who` in words, `how` it was given, and its `scope`; each scope holds those before it."""

    who: str
    how: How = "spoken"
    scope: Scope = "coaching"

    def allows(self, scope: Scope) -> bool:
        """Whether a use is covered."""
        return SCOPES.index(scope) <= SCOPES.index(self.scope)


def agreed(consent: str | Agreed) -> Agreed | None:
    """A consent out of plain words, tidied; None when they name nobody. Raises BadInput for a novel."""
    given = consent if isinstance(consent, Agreed) else Agreed(consent)
    who = " ".join(given.who.split())
    if len(who) > _LONGEST:
        raise BadInput(
            (f"“谁同意了”超过 {_LONGEST} 字。", f"Who agreed has more than {_LONGEST} characters."),
            ("写一句话就够：谁、怎么说的。", "One sentence is enough: who, and how they said it."),
        )
    return Agreed(who, given.how, given.scope) if who else None
