"""A short name for all that something depends on."""

from collections.abc import Mapping
from hashlib import sha256


def marked(files: Mapping[str, bytes], besides: str) -> bytes:
    """A digest of the names and contents of files, and of something besides."""
    mark = sha256(besides.encode())
    for name in sorted(files):
        mark.update(f"\n{name}\n{len(files[name])}\n".encode() + files[name])
    return mark.digest()
