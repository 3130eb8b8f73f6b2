"""Which networks are installed: ours and strangers', found the same way, by entry point."""

from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points

from amplify.ports.publisher import Network

GROUP = "amplify.publishers"


class BrokenPlugin(Exception):
    """An installed publisher cannot be used; the message says which."""


def installed() -> dict[str, Network]:
    """The networks by name. Raises BrokenPlugin."""
    return load(entry_points(group=GROUP))


def load(points: Iterable[EntryPoint]) -> dict[str, Network]:
    """The networks that these entry points name. Raises BrokenPlugin."""
    found: dict[str, Network] = {}
    for point in points:
        try:
            network: Network = point.load()
            name = network.name
        except Exception as error:  # a stranger's module may fail in any way while it is loaded
            raise BrokenPlugin(
                f"the publisher “{point.name}” ({point.value}) cannot be loaded: {type(error).__name__}: {error}. "
                "Update or uninstall the package that it comes from."
            ) from error
        if name != point.name:
            raise BrokenPlugin(f"the publisher “{point.name}” ({point.value}) calls itself “{name}”: names must agree")
        if name in found:
            raise BrokenPlugin(f"two installed packages both bring a publisher “{name}”: uninstall one of them")
        for other in found.values():
            if isinstance(network, type(other)) or isinstance(other, type(network)):
                raise BrokenPlugin(
                    f"the publisher “{name}” ({point.value}) is “{other.name}” under another name, which would be a second "
                    "account in one language: uninstall the package that it comes from"
                )
        found[name] = network
    return found
