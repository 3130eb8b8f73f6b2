"""What tells, without looking inside, whether files are others than they were: the program's, a campaign's, the ledger's.

A file is known by its inode, its size, and both of the times that the system keeps of it; the later one nobody can set.
Written twice within one tick of the clock it would look the same: what is that fresh has no stamp.
"""

import os
import sys
import zoneinfo
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
#: What any Python that starts may write there says nothing of the program.
_COMPILED = "__pycache__"
#: Seconds. Clocks of files go in steps, on some disks long ones.
_FRESH = 2.0


def program(package: Path = _PACKAGE) -> str:
    """Of amplify itself, which is in `package`, of where packages are installed, of Python and the machine's time zones."""
    here = str(Path.cwd())
    places = [Path(place) for place in (*sys.path, *zoneinfo.TZPATH) if place != here]
    said = [f"{place} {place.stat().st_mtime_ns}" for place in places if place.is_dir()]
    said += (f"{path} {found.st_size} {found.st_mtime_ns}" for path, found in _below(package))
    return sha256("\n".join([sys.version, *sorted(said)]).encode()).hexdigest()


def files(paths: Iterable[Path], now: float) -> str:
    """Of these files, by their places; empty where one is fresh. Raises OSError. `now` is the time that files go by."""
    said = []
    for path in paths:
        found = path.stat()
        if max(found.st_mtime, found.st_ctime) > now - _FRESH:
            return ""
        said.append(f"{path} {_known_by(found)}")
    return sha256("\n".join(sorted(said)).encode()).hexdigest()


def ledger(path: Path, now: float) -> str | None:
    """Of the ledger and its log; empty where there is none, None where one is fresh or cannot be read.

    Neither is opened: closing it again would take SQLite's locks from whoever has it open in this process.
    """
    said = []
    for file in (path, Path(f"{path}-wal")):
        try:
            found = file.stat()
        except FileNotFoundError:
            continue
        except OSError:
            return None
        if found.st_size and max(found.st_mtime, found.st_ctime) > now - _FRESH:
            return None
        if found.st_size:
            said.append(f"{file.name} {_known_by(found)}")
    return "\n".join(said)


def _known_by(found: os.stat_result) -> str:
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def _below(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != _COMPILED]
        for name in names:
            path = f"{place}/{name}"
            yield path, os.stat(path)  # noqa: PTH116 - six hundred Paths cost more than what they tell
