"""Who may read a file on this machine, besides its owner."""

import os
from pathlib import Path
from shlex import quote

_OTHERS = 0o077


def too_open(path: Path) -> str:
    """The command that shuts others out of a file or a folder; empty where nobody else may read it, or it is not there."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return ""
    if os.name != "posix" or not mode & _OTHERS:
        return ""
    return f"chmod {'700' if path.is_dir() else '600'} {quote(str(path))}"
