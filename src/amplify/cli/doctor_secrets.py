"""amplify doctor: secrets that are not set, lie where others can read them, or stand in files. None is ever shown."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from shlex import quote

from amplify.bootstrap import BACKUPS, App
from amplify.cli.told import listed, many
from amplify.config.leaks import Leak, Search
from amplify.config.modes import is_open
from amplify.ports.examining import Observation, good, note, wrong

#: Seconds for the folder, and for what git keeps of it.
_PATIENCE = 5.0
_SHOWN = 5


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
    here = list(islice(search.in_files(), _SHOWN + 1))
    kept = list(islice(search.in_git(), _SHOWN + 1))
    advice = "Make a new one, delete the old one on its server, and take it out of the file"
    yield from _told(here, advice)
    stays = (
        "Make a new one and delete the old one on its server: deleting the line does not take it out of git's history"
    )
    yield from _told([leak for leak in kept if (leak.file, leak.line) not in {(o.file, o.line) for o in here}], stays)
    if search.cut:
        told = "Not all of the folder, or of what git keeps of it, could be looked at"
        yield note("secrets in files", told, "See whether `git log` works in the folder")
    elif not here and not kept:
        yield good("secrets in files", "None stands in the folder, nor in what git keeps of it")


def _told(found: Iterable[Leak], advice: str) -> Iterator[Observation]:
    listed = list(found)
    for leak in listed[:_SHOWN]:
        where = f"{leak.file}, line {leak.line}" + (f" (git: {leak.commit})" if leak.commit else "")
        yield wrong("secrets in files", f"There seems to be {leak.kind} in {where}", advice)
    if len(listed) > _SHOWN:
        yield wrong("secrets in files", f"There are more than {many(_SHOWN, 'such line')}", advice)


def _private(app: App) -> Iterator[Path]:
    ledger = Path(app.settings.ledger.removeprefix("sqlite:///"))
    yield from (Path(f"{ledger}{end}") for end in ("", "-wal", "-shm"))
    for folder in (app.settings.keepsakes, app.root / BACKUPS):
        yield folder
        yield from sorted(folder.glob("*"))
    yield from app.copies()
