"""Passwords are kept as argon2id hashes (argon2-cffi, its own recommended cost) and must be long, not odd.

Hashing takes some 64 MB and a tenth of a second: two at a time, however many knock.
"""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING, Final

from coach.errors import BadInput

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST: Final = 10
LONGEST: Final = 200
_AT_ONCE: Final = threading.BoundedSemaphore(2)
_WAY_ON: Final = (
    f"用 {SHORTEST} 到 {LONGEST} 个字，几个不相干的词连起来就好记。",
    f"Use {SHORTEST} to {LONGEST} characters; a few unrelated words are easy to remember.",
)


def hash_password(password: str, login: str) -> str:
    """The hash to keep. Raises BadInput for one that is too short, too long, all the same, or holds the name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(
            (
                f"密码是 {len(password)} 个字，不行。",
                f"A password of {len(password)} characters will not do.",
            ),
            _WAY_ON,
        )
    if len(set(password)) < 4 or login.casefold() in password.casefold():
        raise BadInput(
            (
                "密码太好猜：字太少样，或含登录名。",
                "Too easy to guess: it repeats itself or holds the login name.",
            ),
            _WAY_ON,
        )
    with _AT_ONCE:
        return _hasher().hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether this is the password. Takes as long for somebody who has none, so that nobody can tell."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _AT_ONCE:
        try:
            _hasher().verify(kept or _nobodys(), password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether this hash was made at a lower cost than is usual now."""
    return _hasher().check_needs_rehash(kept)


def rehashed(password: str) -> str:
    """The hash of a password that has just been found right, at today's cost."""
    with _AT_ONCE:
        return _hasher().hash(password)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    import secrets

    return _hasher().hash(secrets.token_hex(16))
