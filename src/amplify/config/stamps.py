"""What tells, without looking inside, whether the program or the ledger is another than it was.

The program: its files, where packages are installed, Python and the time zones of the machine. The ledger: its file
and its log, with the counters that SQLite keeps in them.
"""

import os
import sys
import zoneinfo
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
#: As much of a file of SQLite as has its counters.
_HEAD = 100
#: A file that was written so lately, in seconds, can be written again without its time changing.
_FRESH = 2.0


def program() -> str:
    """Another one as soon as anything was installed or edited."""
    mark = blake2b(sys.version.encode(), digest_size=16)
    for stamp in sorted(_stamps()):
        mark.update(repr(stamp).encode())
    return mark.hexdigest()


def ledger(path: Path, now: float) -> str | None:
    """Another one as soon as anything was written; empty where there is none, None where it is being written.

    `now` is the time on the clock that files go by.
    """
    said = []
    for file in (path, Path(f"{path}-wal")):
        try:
            with file.open("rb") as opened:
                head, found = opened.read(_HEAD), os.fstat(opened.fileno())
        except FileNotFoundError:
            continue
        except OSError:
            return None
        if found.st_size and found.st_mtime > now - _FRESH:
            return None
        if found.st_size:
            said.append((file.name, found.st_ino, found.st_size, found.st_mtime_ns, head.hex()))
    return repr(said) if said else ""


def _stamps() -> Iterator[tuple[str, int, int]]:
    here = str(Path.cwd())
    for place in (*sys.path, *zoneinfo.TZPATH):
        if place != here and os.path.isdir(place):  # noqa: PTH112 - a hundred Paths cost more than what they tell
            yield place, 0, os.stat(place).st_mtime_ns  # noqa: PTH116 - as above
    for folder, _, files in os.walk(_PACKAGE):
        for file in files:
            if not file.endswith(".pyc"):
                found = os.stat(os.path.join(folder, file))  # noqa: PTH116, PTH118 - as above
                yield f"{folder}/{file}", found.st_size, found.st_mtime_ns
