"""Secrets that open something: made at random, shown once, kept only as digests."""

from __future__ import annotations

import hashlib
import secrets


def new_key(prefix: str = "") -> str:
    """A secret of 256 random bits."""
    return prefix + secrets.token_urlsafe(32)


def digest_of(key: str) -> str:
    """What is kept of a secret. It is random, so a plain hash cannot be turned back."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
