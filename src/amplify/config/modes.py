"""Who may read a file on this machine, besides its owner."""

import os
from pathlib import Path

_OTHERS = 0o077


def is_open(path: Path) -> bool:
    """Whether anybody else may read a file or look into a folder; not where it is not there."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return os.name == "posix" and bool(mode & _OTHERS)
