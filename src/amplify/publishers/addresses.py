"""Where people read what a server has published."""

from urllib.parse import urlsplit

_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def read_at(server: str, public: str) -> str:
    """The network's `public` site; or the server itself where it is this machine, as a look-alike is."""
    return server.rstrip("/") if urlsplit(server).hostname in _THIS_MACHINE else public
