"""The servers that others wrote, as `make test` has set them up: one of each for the whole bench."""

import sys
from contextlib import ExitStack
from pathlib import Path

from bench.chaos.street import Real

TESTS = Path(__file__).parents[2] / "tests"


def reals(until_done: ExitStack, folder: Path) -> list[tuple[str, Real]]:
    """Each with its name in the table; they live as long as the stack is open."""
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))  # where pytest finds them too
    from servers.bluesky import Pds
    from servers.mastodon import MastodonMock
    from servers.processes import HERE, running, set_up

    built: list[tuple[str, Real]] = []
    for part, make, command in (
        ("mastodon-mock", MastodonMock, ("bin/python", HERE / "mastodon_mock" / "start.py")),
        ("pds", Pds, ("node", HERE / "pds" / "start.mjs")),
    ):
        home = folder / part
        home.mkdir()
        environ = {"PDS_MODULES": str(set_up(part)), "PDS_DATA": str(home)}
        url = until_done.enter_context(running([set_up(part) / command[0], command[1]], environ, home))
        built.append((NAMES[part], make(url)))
    return built


NAMES = {"mastodon-mock": "mastodon-mock", "pds": "Bluesky's own PDS"}
