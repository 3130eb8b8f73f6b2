"""One guarded look at a page: a named host, over https, at a public address, small, soon, and nowhere else.

The address that was judged is the one that is connected to, so a name that changes its mind in between leads nowhere.
"""

import asyncio
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import SplitResult, urlsplit

from amplify.domain.recipe import Recipe, Unusable
from amplify.ports.figure_source import Page
from amplify.ports.way import STRAIGHT, Way

if TYPE_CHECKING:
    import aiohttp

LARGEST = 8 * 1024 * 1024
LONGEST = timedelta(seconds=20)
_PIECE = 1 << 16
_HEADERS = {"User-Agent": "amplify (figures; one look a day at most)", "Accept-Encoding": "identity"}
_OK = 200
#: IPv4 addresses as networks without IPv4 write them (RFC 6052).
_NAT64 = ip_network("64:ff9b::/96")

_Address: TypeAlias = IPv4Address | IPv6Address
#: Host and port → the addresses behind that name.
Resolve: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]


async def by_dns(host: str, port: int) -> Sequence[str]:
    """Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpFetcher:
    """`ports.figure_source.Fetcher`.

    `at_home` are hosts that may be this machine, and answer without TLS: for a rehearsal, never for a campaign. With a
    proxy on the `way`, names are the proxy's to ask for: only written addresses can be judged here then.
    """

    now: Callable[[], datetime]
    resolve: Resolve = by_dns
    at_home: frozenset[str] = field(default=frozenset())
    way: Way = STRAIGHT
    longest: timedelta = LONGEST
    largest: int = LARGEST

    async def fetch(self, recipe: Recipe, accepts: frozenset[str]) -> Page:
        """Raises Unusable."""
        address = urlsplit(recipe.url)
        host = (address.hostname or "").lower()
        if host not in recipe.hosts:
            raise Unusable(f"{host or recipe.url} is not among the `hosts` of this source")
        if address.scheme != "https" and host not in self.at_home:
            raise Unusable(f"{recipe.url} does not begin with https://")
        try:
            async with asyncio.timeout(self.longest.total_seconds()):
                return await self._ask(recipe, address, host, accepts)
        except TimeoutError:
            seconds = int(self.longest.total_seconds())
            raise Unusable(f"{host} did not send the whole page within {seconds} seconds") from None

    async def _ask(self, recipe: Recipe, address: SplitResult, host: str, accepts: frozenset[str]) -> Page:
        import aiohttp
        from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

        port = address.port or (443 if address.scheme == "https" else 80)
        connector = await self._connector(host, port)
        try:
            async with (
                aiohttp.ClientSession(connector=connector, auto_decompress=False, trust_env=False) as session,
                session.get(recipe.url, headers=_HEADERS, allow_redirects=False, ssl=self._trusted()) as answer,
            ):
                kind = _kind(answer, accepts)
                content = await self._read(answer)
                charset = answer.charset or "utf-8"
        except (aiohttp.ClientError, OSError, ProxyConnectionError, ProxyError, ProxyTimeoutError) as error:
            through = f" through the proxy {self.way.shown}" if self._is_led(host) else ""
            raise Unusable(f"{host} could not be asked{through}: {type(error).__name__}") from error
        try:
            text = content.decode(charset, "strict")
        except (LookupError, UnicodeDecodeError):
            raise Unusable(f"the page is not the {charset} that it says it is") from None
        return Page(url=recipe.url, kind=kind, text=text, at=self.now(), digest=sha256(content).hexdigest())

    async def _connector(self, host: str, port: int) -> "aiohttp.BaseConnector":
        """Raises Unusable where the address of the host is not for everybody."""
        import aiohttp

        from amplify.figure_sources.pinned import Pinned

        if not self._is_led(host):
            return aiohttp.TCPConnector(resolver=Pinned(await self._judged(host, port)), use_dns_cache=False)
        from aiohttp_socks import ProxyConnector

        if _literal(host):
            await self._judged(host, port)
        # the library knows other names: it asks the proxy for names, and speaks to it over TLS, when it is told so
        over_tls = self._trusted() if self.way.proxy.startswith("https:") else None
        proxy = re.sub("^(socks5|http)[hs]:", r"\1:", self.way.proxy)
        return ProxyConnector.from_url(proxy, rdns=True, proxy_ssl=over_tls)

    def _trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.way.ca or None)

    def _is_led(self, host: str) -> bool:
        return bool(self.way.proxy) and host not in self.at_home

    async def _judged(self, host: str, port: int) -> Sequence[str]:
        """The public addresses of a host. Raises Unusable where any of its addresses is not for everybody."""
        try:
            literal = _literal(host)
            found = [literal] if literal else list(await self.resolve(host, port))
        except OSError:
            raise Unusable(f"nobody knows where {host} is") from None
        for address in found:
            judged = ip_address(address.partition("%")[0])
            if not _public(judged) and not (judged.is_loopback and host in self.at_home):
                raise Unusable(f"{host} leads to {address}, inside somebody's own network: it is not asked")
        if not found:
            raise Unusable(f"nobody knows where {host} is")
        return found

    async def _read(self, answer: "aiohttp.ClientResponse") -> bytes:
        content = bytearray()
        async for piece in answer.content.iter_chunked(_PIECE):
            content += piece
            if len(content) > self.largest:
                raise Unusable(f"the page is larger than {self.largest // 1024} kB")
        return bytes(content)


def _kind(answer: "aiohttp.ClientResponse", accepts: frozenset[str]) -> str:
    """The media type. Raises Unusable for any other answer than the whole page, as it is."""
    if answer.status in range(300, 400):
        raise Unusable(
            f"the page has moved (to {_shown(answer.headers.get('Location', 'nowhere'))}): look, and correct `url`"
        )
    if answer.status != _OK:
        raise Unusable(f"the server answered {answer.status}")
    encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise Unusable(f"the server sent the page packed ({_shown(encoding)}), which was not asked for")
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in accepts:
        raise Unusable(f"the page is {_shown(kind) or 'of no kind'}, where {' or '.join(sorted(accepts))} was expected")
    return kind


def _shown(foreign: str) -> str:
    return re.sub(r"[^\x21-\x7e]", "", foreign)[:80]


def _literal(host: str) -> str:
    try:
        return str(ip_address(host))
    except ValueError:
        return ""


def _public(address: _Address) -> bool:
    """Whether it is an address of the public Internet; those that wrap another are judged by what they wrap."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return _public(inner)
        if address in _NAT64:
            return _public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast
