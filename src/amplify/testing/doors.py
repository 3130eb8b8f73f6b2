"""Ports of this machine on which servers for tests and rehearsals listen."""

import socket
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

HOST = "127.0.0.1"


def listening(port: int) -> socket.socket:
    """Listening on a port of this machine; any free one for 0. Raises ValueError where it is taken."""
    try:
        return socket.create_server((HOST, port))
    except OSError as taken:
        raise ValueError(
            f"port {port} of this machine is not free ({taken.strerror}); is a sandbox running already?"
        ) from None


@contextmanager
def kept(names: Iterable[str]) -> Iterator[dict[str, int]]:
    """A port for each name, for a server that ends and starts again there.

    Between its two lives the port would be free, and any connection that somebody opens may be given it. A socket
    that is bound and never listens keeps it, refuses whoever comes, and does not stand in the server's way.
    """
    with ExitStack() as until_left:
        ports = {}
        for name in names:
            keeper = until_left.enter_context(socket.socket())
            keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            keeper.bind((HOST, 0))
            ports[name] = keeper.getsockname()[1]
        yield ports
