"""Where people read what a server has published."""

from amplify.domain.loopback import on_this_machine


def read_at(server: str, public: str) -> str:
    """The network's `public` site; or the server itself where it is this machine, as a look-alike is."""
    return server.rstrip("/") if on_this_machine(server) else public
