"""What atproto names things by: accounts, record keys, and records by their content."""

import base64
import re
from datetime import datetime
from hashlib import sha256
from typing import Any

_TID = "234567abcdefghijklmnopqrstuvwxyz"
_TID_SHAPE = re.compile(r"[234567abcdefghij][234567a-z]{12}")
_CLOCK_ID_BITS = 10


def did_of(handle: str) -> str:
    """The same for the same handle, so that an account stays itself when the sandbox starts again."""
    return "did:plc:" + base64.b32encode(sha256(handle.lower().encode()).digest()).decode().lower()[:24]


def is_tid(rkey: str) -> bool:
    return _TID_SHAPE.fullmatch(rkey) is not None


def tid(at: datetime, last: str) -> str:
    """A record key for `at`, above `last`."""
    number = int(at.timestamp() * 1_000_000) << _CLOCK_ID_BITS
    if last:
        before = sum(_TID.index(sign) << (5 * place) for place, sign in enumerate(reversed(last)))
        number = max(number, before + 1)
    return "".join(_TID[(number >> shift) & 31] for shift in range(60, -1, -5))


def cid_of(record: Any) -> str:
    """CIDv1 of the record as DAG-CBOR. Raises ValueError where it cannot be one (floats, odd links)."""
    from libipld import encode_cid, encode_dag_cbor

    content: bytes = encode_dag_cbor(_as_data(record))
    return str(encode_cid(b"\x01\x71\x12\x20" + sha256(content).digest()))


def blob_cid(data: bytes) -> str:
    """CIDv1 of bytes as they are."""
    from libipld import encode_cid

    return str(encode_cid(b"\x01\x55\x12\x20" + sha256(data).digest()))


def _as_data(said: Any) -> Any:
    """JSON as atproto's data model: `$link` and `$bytes` become what they stand for."""
    match said:
        case {"$link": str(link), **rest} if not rest:
            return _decoded(link.removeprefix("b").upper())
        case {"$bytes": str(written), **rest} if not rest:
            return base64.b64decode(written + "=" * (-len(written) % 4))
        case dict():
            return {name: _as_data(part) for name, part in said.items()}
        case list():
            return [_as_data(part) for part in said]
        case float():
            raise ValueError("Record must not hold numbers with a fraction")
    return said


def _decoded(base32: str) -> bytes:
    return base64.b32decode(base32 + "=" * (-len(base32) % 8))
