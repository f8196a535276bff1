"""What somebody agreed to before a recording of them is kept: who, how they said it, and what it may be used for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from coach.errors import BadInput, Refused, Words

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
_USES: Final[dict[Scope, Words]] = {
    "record": ("整理记录", "read"),
    "coaching": ("写成战例、出练习", "made into a case or a drill"),
    "training": ("用来教离线引擎", "used to teach the reader"),
}
EVERYBODY: Final[Words] = ("录音里的每个人", "everybody in the recording")
"""Who agreed, where somebody ticks one box and says no more."""
NOBODY: Final[Words] = ("没有登记谁同意", "no entry of who agreed")
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


def in_words(given: Agreed) -> Words:
    """An entry as people read it."""
    how, scope = HOW_WORDS[given.how], SCOPE_WORDS[given.scope]
    return f"{given.who} · {how[0]} · {scope[0]}", f"{given.who} · {how[1]} · {scope[1]}"


def covers(given: Agreed | None, scope: Scope, *, sound: bool) -> bool:
    """Whether a visit may be used for this.

    Where nobody was asked, words that were typed in may be coached on, since
    they are masked for that; a recording may not, and nothing teaches the reader that nobody agreed to.
    """
    if given is not None:
        return given.allows(scope)
    return scope == "record" or (scope == "coaching" and not sound)


def refusal(given: Agreed | None, scope: Scope, visit_id: str) -> Refused:
    """What is said when it may not: what was agreed to, what it would take, and where that is written down."""
    said = SCOPE_WORDS[given.scope] if given else ("没有写明用途", "nothing was written down")
    wanted = SCOPE_WORDS[scope]
    return Refused(
        (
            f"这次拜访的同意范围是“{said[0]}”，不能{_USES[scope][0]}。",
            f"What was agreed to for this visit: {said[1]}. It may not be {_USES[scope][1]}.",
        ),
        (
            f"问过本人、同意“{wanted[0]}”之后登记：coach visits consent {visit_id[:8]} --scope {scope}，或在拜访页改。",
            f"Ask them; once they agree, write it down: coach visits consent {visit_id[:8]} --scope {scope}, or on the "
            "visit's page.",
        ),
    )
