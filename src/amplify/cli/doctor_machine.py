"""amplify doctor: the machine: room on its disk, its time zones; and who is told when something happens."""

import shutil
from collections.abc import Iterator

from amplify.bootstrap import App
from amplify.config.zone_data import zone_data
from amplify.ports.examining import Observation, good, note, wrong

_MB = 1_000_000
_NONE, _LITTLE = 200 * _MB, 1000 * _MB


def machine(app: App) -> Iterator[Observation]:
    free = shutil.disk_usage(app.root).free
    told = f"{free // _MB} MB are free"
    if free < _NONE:
        yield wrong("disk", f"{told}: soon nothing can be written, and then nothing is published", "Make room")
    elif free < _LITTLE:
        yield note("disk", told, "Make room before the day")
    else:
        yield good("disk", told)
    campaign = app.written.campaign
    if campaign is None:
        return
    of, year = zone_data(campaign.zone), app.clock.machine().year
    if of and int(of[:4]) < year - 1:
        told = f"This machine knows time zones as they were in {of[:4]} ({of})"
        yield note("time zones", told, "Update the system's package tzdata: countries change their clocks")
    else:
        yield good("time zones", f"{campaign.zone} is known{f' ({of})' if of else ''}")


def plugins(app: App) -> Iterator[Observation]:
    """What strangers' packages bring; nothing is said where there are none. A channel that needs a broken one is an error of its own."""
    for one in app.plugged.broken:
        yield note(
            "plug-ins", f"The {one.known} is left out: {one.broken}", "`amplify plugins` lists what is installed"
        )
    strangers = [one for one in (*app.plugged.publishers, *app.plugged.sources) if not one.is_ours and not one.broken]
    for one in strangers:
        yield good("plug-ins", f"The {one.known} is written for this amplify")


def notices(app: App) -> Iterator[Observation]:
    """Set in this environment; the worker has one of its own."""
    if app.sandbox is not None:
        yield good("notices", "This folder is a rehearsal: it tells nobody")
        return
    if app.settings.notices:
        yield good("notices", "AMPLIFY_NOTICES is set")
    else:
        told = "AMPLIFY_NOTICES is not set here, so nobody is told when something needs a hand"
        yield note("notices", told, "docs/notices.md; set it where the worker runs")
    if app.settings.heartbeat:
        yield good("heartbeat", "AMPLIFY_HEARTBEAT is set")
    else:
        told = "AMPLIFY_HEARTBEAT is not set here, so nobody is told when the worker falls silent"
        yield note("heartbeat", told, "docs/notices.md; set it where the worker runs")
