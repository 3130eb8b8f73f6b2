"""How a server is reached: through which proxy, and whose certificates are believed. Worked out once, for every library.

Libraries read proxies out of the environment each in a manner of its own, and some ask for the address of a server's name
before they go through one. So none of them looks there: what counts is what stands here.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

#: What a channel's `proxy:` may begin with. With each of them, names are asked for by the proxy.
SCHEMES = ("socks5h", "socks5", "http", "https")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """`proxy` is an address, with user and password where it wants them, so a secret; empty: straight.

    `ca` is a file of certificates that count in place of the machine's own; empty: those of the machine.
    """

    proxy: str = field(default="", repr=False)
    ca: str = ""

    @property
    def shown(self) -> str:
        """The proxy without user and password; empty where there is none."""
        if not self.proxy:
            return ""
        parts = urlsplit(self.proxy)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The proxy's password, if it wants one."""
        password = urlsplit(self.proxy).password
        return (password,) if password else ()


STRAIGHT = Way()


def proxy_problem(proxy: str) -> str:
    """What is wrong with the address of a proxy, in words; empty where nothing is."""
    try:
        parts = urlsplit(proxy)
        port = parts.port
    except ValueError:
        return "its address cannot be read"
    if parts.scheme.lower() not in SCHEMES:
        return "its address begins with socks5://, http:// or https://"
    if not parts.hostname or port is None:
        return "its address needs a host and a port, such as socks5://127.0.0.1:9050"
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        return "its address ends behind the port"
    return ""


def spelled(proxy: str) -> str:
    """As every library understands it: socks5h, where names are the proxy's to ask for."""
    scheme, mark, rest = proxy.strip().rstrip("/").partition("://")
    scheme = scheme.lower()
    return f"{'socks5h' if scheme == 'socks5' else scheme}{mark}{rest}"
