"""What somebody may be here, and what a token may be for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from coach.errors import BadInput, Words
from coach.vocabulary import Language

Role = Literal["rep", "trainer", "manager", "admin"]
Scope = Literal[
    "visits:read", "visits:write", "practice:read", "practice:write", "cases:read", "cases:write", "team:read"
]

ROLES: Final[tuple[Role, ...]] = get_args(Role)
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
ROLE_NAMES: Final[dict[Role, Words]] = {
    "rep": ("销售", "rep"),
    "trainer": ("培训师", "trainer"),
    "manager": ("主管", "manager"),
    "admin": ("管理员", "administrator"),
}
SCOPE_ROLES: Final[dict[Scope, frozenset[Role]]] = {
    "visits:read": frozenset({"rep"}),
    "visits:write": frozenset({"rep"}),
    "practice:read": frozenset({"rep", "trainer", "manager"}),
    "practice:write": frozenset({"rep", "trainer", "manager"}),
    "cases:read": frozenset({"rep", "trainer", "manager"}),
    "cases:write": frozenset({"rep", "trainer"}),
    "team:read": frozenset({"manager"}),
}
"""Whoever has one of these roles may make a token of this scope; without the role it opens nothing any more."""


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who was let in. `scopes` is None for a person at a browser, else what the token is for."""

    person: str
    login: str
    name: str
    roles: frozenset[Role]
    team: str
    language: Language
    scopes: frozenset[Scope] | None = None


def parse_roles(words: Iterable[str]) -> tuple[Role, ...]:
    """Roles from words, in their usual order (BadInput for an unknown one or none)."""
    wanted = {word.strip() for word in words if word.strip()}
    unknown = wanted - set(ROLES)
    if unknown or not wanted:
        all_of = ", ".join(ROLES)
        raise BadInput(
            (
                f"没有这个角色：{'、'.join(sorted(unknown)) or '空'}。",
                f"No such role: {', '.join(sorted(unknown)) or 'none'}.",
            ),
            (f"可用的有 {all_of}，几个用逗号隔开。", f"There are {all_of}; several go with commas."),
        )
    return tuple(role for role in ROLES if role in wanted)


def parse_scopes(words: Iterable[str], roles: frozenset[Role]) -> tuple[Scope, ...]:
    """Scopes from words; each must be open to somebody with these roles (BadInput)."""
    wanted = {word.strip() for word in words if word.strip()}
    may = tuple(scope for scope in SCOPES if SCOPE_ROLES[scope] & roles)
    refused = wanted - set(may)
    if refused or not wanted:
        raise BadInput(
            (
                f"令牌不能用于：{'、'.join(sorted(refused)) or '空'}。",
                f"A token cannot be for: {', '.join(sorted(refused)) or 'nothing'}.",
            ),
            (
                f"这个人可以选 {', '.join(may) or '（没有）'}。",
                f"This person may choose {', '.join(may) or '(none)'}.",
            ),
        )
    return tuple(scope for scope in SCOPES if scope in wanted)


def roles_words(roles: Iterable[Role], language: Language) -> str:
    """The roles as people read them."""
    side, between = (0, "、") if language == "zh" else (1, ", ")
    return between.join(ROLE_NAMES[role][side] for role in ROLES if role in set(roles))
