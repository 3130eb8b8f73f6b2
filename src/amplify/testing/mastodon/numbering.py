"""Ids of posts: Mastodon's snowflakes, which hold a time, or the ULIDs of other servers."""

from datetime import datetime
from hashlib import sha256

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_BITS = 80


def snowflake(at: datetime, last: str) -> str:
    """Milliseconds, then 16 bits; always above `last`, whatever the clock does."""
    return str(max(int(at.timestamp() * 1000) << 16, int(last or 0) + 1))


def ulid(at: datetime, last: str) -> str:
    """26 signs whose order is that of time; always above `last`."""
    spread = int.from_bytes(sha256(last.encode()).digest()[:10], "big")
    number = (int(at.timestamp() * 1000) << _RANDOM_BITS) | spread
    return _written(max(number, _read(last) + 1))


def _read(written: str) -> int:
    number = 0
    for sign in written:
        number = number * 32 + _CROCKFORD.index(sign)
    return number


def _written(number: int) -> str:
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def iso(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def as_number(word: str) -> int:
    """0 for what is none."""
    return int(word) if word.isascii() and word.isdigit() else 0
