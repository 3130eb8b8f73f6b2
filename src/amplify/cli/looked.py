"""How `check` comes to its answer: the one that was kept, else in pieces where a campaign is large, else all at once.

Nothing is kept of a rehearsal, where persons are protected, or where somebody else's plug-in has a part in it.
"""

import gc
import re
from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

from amplify.authoring.folder import Folder
from amplify.bootstrap import App
from amplify.config import stamps
from amplify.config.cache_folder import CACHE, CacheFolder
from amplify.domain.channel import Channel
from amplify.domain.problem import Problem
from amplify.ports.drawer import Drawer
from amplify.services.looking.checked import Checked, kept, limits_read

_KEPT = "checked"
_CHANNELS = "config/channels.yaml"
_SECRET = re.compile(rb"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
#: Bytes of files from which on looking in pieces is worth its while.
_LARGE = 1_000_000
#: How many new objects Python lets come before it looks for rubbish.
_SELDOM = 100_000


def checked(app: App) -> Checked:
    """Raises OSError and LedgerError."""
    drawer = CacheFolder(app.root / CACHE)
    began = app.clock.machine().timestamp()
    surroundings, stamp = _surroundings(app, began), _stamp(app, began)
    mark = f"{surroundings}\n{stamp}" if surroundings and stamp else ""
    known = kept(drawer.load(_KEPT), mark, app.clock.now()) if mark else None
    if known is not None:
        return known
    ours = not any(_strangers(app))
    answer = _in_pieces(app, drawer, surroundings if ours else "") if _is_large(app) else _at_once(app)
    if mark and ours and (surroundings, stamp) == (_surroundings(app, began), _stamp(app, began)):
        drawer.save(_KEPT, answer.as_bytes(mark))
    return answer


def _surroundings(app: App, now: float) -> str:
    """What stands for all that matters besides the files; empty where nothing may be kept."""
    if app.sandbox is not None or app.day_only or app.settings.protected is not None:
        return ""
    path = _ledger_path(app)
    ledger = stamps.ledger(path, now) if path is not None else None
    return f"{stamps.program()}\n{path}\n{ledger}" if ledger is not None else ""


def _stamp(app: App, now: float) -> str:
    """What stands for the files, and for the secrets that they name: which are set, and whether one is another now."""
    files = stamps.files(Folder(app.root).paths(), now)
    path = app.root / _CHANNELS
    channels = path.read_bytes() if path.exists() else b""
    named = sorted({name.decode() for name in _SECRET.findall(channels)})
    unset = " ".join(name for name in named if not app.settings.environ.get(name))
    return f"{files} {crc32(repr(sorted(app.secrets_set(channels))).encode())} {unset}" if files else ""


def _is_large(app: App) -> bool:
    """A ledger touches every file, so that there are no pieces."""
    path = _ledger_path(app)
    return path is not None and not path.exists() and sum(map(len, app.files.values())) > _LARGE


def _strangers(app: App) -> list[object]:
    """What is not ours, or cannot be used: nobody knows when it can."""
    parts = (*app.networks.values(), *app.figure_sources.values())
    return [part for part in parts if not type(part).__module__.startswith("amplify.")] or list(app.plugged.broken)


def _of_channels(app: App, channels: Mapping[str, Channel]) -> list[Problem]:
    """What keeps a channel from publishing from this machine, and what is installed in vain."""
    from amplify.services.check import secrets_unset
    from amplify.services.lacking import in_vain, lacking

    return [
        *secrets_unset(app.unset_secrets(channels)),
        *lacking(channels, app.networks),
        *in_vain(app.plugged.broken),
    ]


def _in_pieces(app: App, drawer: Drawer, surroundings: str) -> Checked:
    from amplify.services.check import in_order
    from amplify.services.looking.looks import Looks

    gc.set_threshold(_SELDOM)  # nearly all that is read here stays until the end
    found = Looks(files=app.files, workshop=app.workshop, drawer=drawer, mark=surroundings).found()
    return Checked(
        problems=in_order([*found.problems, *_of_channels(app, found.channels)], app.workshop),
        posts=found.posts,
        limits=limits_read(found.channels, {}),
        since=found.since,
        until=found.until,
    )


def _at_once(app: App) -> Checked:
    from amplify.services.check import findings, in_order
    from amplify.services.looking.looks import holds_until
    from amplify.services.plan import plan

    now, written = app.clock.now(), app.written
    planned = plan(written, app.workshop, app.ledger_if_any())
    return Checked(
        problems=in_order([*findings(written, planned), *_of_channels(app, written.channels)], app.workshop),
        posts=len(written.posts),
        limits=limits_read(written.channels, app.accounts()),
        since=now,
        until=holds_until(now, written, planned),
    )


def _ledger_path(app: App) -> Path | None:
    """Where the ledger is a file: its place."""
    path = app.settings.ledger.removeprefix("sqlite:///")
    return Path(path) if path != app.settings.ledger else None
