"""Which networks are installed: ours and strangers', found the same way, by entry point."""

from collections.abc import Iterable
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from amplify.ports.plugin import Plugin, loaded
from amplify.ports.publisher import PORT, Network

GROUP = "amplify.publishers"


def installed() -> dict[str, Network]:
    """The networks that can be used, by name."""
    return networks(plugins())


@cache
def plugins() -> tuple[Plugin, ...]:
    """All that are installed, those that are broken too; looked up once in a process."""
    return tuple(load(entry_points(group=GROUP)))


def networks(found: Iterable[Plugin]) -> dict[str, Network]:
    return {one.name: cast("Network", one.part) for one in found if not one.broken}


def load(points: Iterable[EntryPoint]) -> list[Plugin]:
    """What these entry points name; broken, too, where it is one of the others once more."""
    checked: list[Plugin] = []
    for one in loaded(points, kind="publisher", port=PORT, like=Network):
        twin = next((other.name for other in checked if not one.broken and _same(one.part, other.part)), "")
        told = f"it is “{twin}” under another name, which would be a second account in one language"
        checked.append(one.left_out(f"{told}: uninstall {one.package}") if twin else one)
    return checked


def _same(one: object, other: object) -> bool:
    """Whether one was made of the other; nothing is the same as what is left out."""
    return other is not None and (isinstance(one, type(other)) or isinstance(other, type(one)))
