"""Which edition of the time zone database this Python reads: the system's, or that of the package tzdata."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import TZPATH

_MARK = "# version "
_FILE = "tzdata.zi"


def zone_data(zone: str) -> str:
    """Such as `2025b`; empty where nobody says."""
    for place in map(Path, TZPATH):
        if (place / zone).is_file():
            return _edition(place)
    try:
        return _as_edition(version("tzdata"))
    except PackageNotFoundError:
        return ""


def _edition(place: Path) -> str:
    try:
        with (place / _FILE).open(encoding="ascii", errors="replace") as file:
            first = file.readline()
    except OSError:
        return ""
    said = first.removeprefix(_MARK).strip()
    return said if first.startswith(_MARK) and said[:4].isdecimal() else ""


def _as_edition(package: str) -> str:
    """`2025.2` is `2025b`."""
    year, _, number = package.partition(".")
    return f"{year}{chr(ord('a') + int(number) - 1)}" if year.isdecimal() and number.isdecimal() else ""
