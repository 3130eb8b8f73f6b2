"""A short name for all that something depends on."""

from collections.abc import Mapping
from hashlib import blake2b


def marked(files: Mapping[str, bytes], besides: str) -> bytes:
    """A digest of the names and contents of files, and of something besides."""
    mark = blake2b(besides.encode(), digest_size=20)
    for name in sorted(files):
        mark.update(f"\n{name}\n{len(files[name])}\n".encode() + files[name])
    return mark.digest()
