"""amplify doctor: secrets that are not set, lie where others can read them, or stand in files. None is ever shown."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import quote

from amplify.bootstrap import BACKUPS, App
from amplify.cli.told import listed
from amplify.config.leaks import Leak, Search
from amplify.config.modes import is_open
from amplify.ports.examining import Observation, good, note, wrong

#: Seconds for the folder, and for what git keeps of it.
_PATIENCE = 5.0
_SHOWN = 5
_TOPIC = "secrets in files"


def unset(app: App) -> Iterator[Observation]:
    """By channel."""
    missing = app.unset_secrets(app.written.channels)
    for channel, told in missing.items():
        yield wrong(f"{channel}, secret", told[0].upper() + told[1:], "")
    if app.written.channels and not missing:
        yield good("secrets", "All are set")


def modes(app: App) -> Iterator[Observation]:
    """Of everything that nobody else may read."""
    open_ones = [path for path in dict.fromkeys(_private(app)) if is_open(path)]
    for mode, paths in (("700", [p for p in open_ones if p.is_dir()]), ("600", [p for p in open_ones if p.is_file()])):
        if paths:
            told = f"Others on this machine can read {listed(map(str, paths))}"
            yield wrong("file rights", told, f"`chmod {mode} {' '.join(quote(str(path)) for path in paths)}`")
    if not open_ones:
        yield good("file rights", "Nobody else can read the ledger, its copies and the secrets")


def leaks(app: App) -> Iterator[Observation]:
    """Secrets, and what looks like one, in the folder and in what git keeps of it."""
    known = {secret for those in app.secrets().values() for secret in those} | app.settings.addresses
    search = Search(root=app.root, secrets=known, seconds=_PATIENCE)
    here = list(search.in_files())
    at = {(leak.file, leak.line) for leak in here}
    kept = [leak for leak in search.in_git() if (leak.file, leak.line) not in at]
    yield from _told(here, "Make a new one, delete the old one on its server, and take it out of the file")
    advice = (
        "Make a new one and delete the old one on its server: deleting the line does not take it out of git's history"
    )
    yield from _told(kept, advice)
    if search.cut:
        told = "Not all of the folder, or of what git keeps of it, could be looked at"
        yield note(_TOPIC, told, "See whether `git log` works in the folder")
    elif not here and not kept:
        yield good(_TOPIC, "None stands in the folder, nor in what git keeps of it")


def _told(found: Sequence[Leak], advice: str) -> Iterator[Observation]:
    sure = [leak for leak in found if leak.is_sure]
    for leak in sure[:_SHOWN]:
        yield wrong(_TOPIC, f"There seems to be {leak.kind} in {_where(leak)}", advice)
    if len(sure) > _SHOWN:
        yield wrong(_TOPIC, f"There {_are(len(sure) - _SHOWN)}", advice)
    if others := [leak for leak in found if not leak.is_sure]:
        told = f"What looks like {others[0].kind} stands in {_where(others[0])}"
        more = f"; there {_are(len(others) - 1)}" if len(others) > 1 else ""
        yield note(_TOPIC, f"{told}{more}", "See whether it is a real one")


def _are(more: int) -> str:
    return "is 1 more such line" if more == 1 else f"are {more} more such lines"


def _where(leak: Leak) -> str:
    return f"{leak.file}, line {leak.line}" + (f" (git: {leak.commit})" if leak.commit else "")


def _private(app: App) -> Iterator[Path]:
    yield app.settings.secrets.path
    ledger = Path(app.settings.ledger.removeprefix("sqlite:///"))
    yield from (Path(f"{ledger}{end}") for end in ("", "-wal", "-shm"))
    for folder in (app.settings.keepsakes, app.root / BACKUPS):
        yield folder
        yield from sorted(folder.glob("*"))
    yield from app.copies()
