"""The border: what a failure of a client library means for the post, sorted by consequence.

A request that has begun may have been read, stored and shown, whatever went wrong afterwards. Only two
things prove the opposite: an answer that is known to come before anything is stored (the tables), and a
connection that was never made. Everything else, a bug of ours included, is OutcomeUnknown.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urlsplit

from amplify.domain.budget import Use
from amplify.domain.secrecy import Secrecy
from amplify.ports.errors import OutcomeUnknown, PublishError, Rejected, Throttled, Unauthorized, Unavailable
from amplify.ports.way import STRAIGHT, Way
from amplify.publishers.answers import Ear

#: The classes, by name, that httpx, urllib3 and requests raise when no connection was made.
_NEVER_LEFT = frozenset(
    {
        "ConnectError",
        "ConnectTimeout",
        "ConnectTimeoutError",
        "NameResolutionError",
        "NewConnectionError",
        "PoolTimeout",
    }
)
#: Libraries whose ProxyError means that. requests' and urllib3's does not: a line that is cut behind the request is one too.
_PROXIES_BEFOREHAND = frozenset({"httpx", "httpcore"})
#: What the standard library says, of which urllib3 makes a ProxyError, when a proxy refuses to make a connection.
_NO_TUNNEL = "Tunnel connection failed"
#: Libraries that speak to a SOCKS proxy, and only before a connection to the server is there.
_SHAKING_HANDS = frozenset({"socks", "socksio"})
_REDIRECT = 3
_TRUST = "Check the address; a server with a certificate of its own is believed with `ca:` in its channel's entry"
#: What happens next, where a row has no advice of its own.
_NEXT: Mapping[type[PublishError], str] = MappingProxyType(
    {
        OutcomeUnknown: "The post may be public: nothing goes again before that is known",
        Rejected: "Change the post: a new text or a new time sends it again",
        Throttled: "It goes again by itself after that",
        Unauthorized: "Sign in with a browser and see what is wrong with the account",
        Unavailable: "It goes again by itself in a while",
    }
)
#: How much is repeated of what a server says.
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Row:
    """An answer, recognised by its status and, where given, by the server's words and a header; the first match counts."""

    status: int
    words: str
    means: type[PublishError]
    advice: str = ""
    header: str = ""

    def matches(self, ear: Ear) -> bool:
        there = not self.header or self.header in ear.headers
        return there and ear.status == self.status and re.search(self.words, ear.said, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """Everything needed to judge the failures of one request.

    `otherwise` is for what no row knows, `use` is what the request is, and `way` led it to the `server`, an address
    that may be shown.
    """

    network: str
    table: tuple[Row, ...]
    ear: Ear
    otherwise: type[PublishError] = OutcomeUnknown
    use: Use = Use.REQUEST
    secrets: tuple[str, ...] = field(default=(), repr=False)
    way: Way = STRAIGHT
    server: str = "the server"

    @contextmanager
    def crossed(self) -> Iterator[None]:
        """Turn whatever is raised inside into a PublishError, without its cause: causes quote URLs with tokens."""
        handled = sys.exc_info()[1]
        try:
            yield
        except PublishError:
            raise
        except Exception as error:  # noqa: BLE001  a bug after the request began must not pass for a refusal
            raise self._judged(error, handled) from None

    def _judged(self, error: Exception, handled: BaseException | None) -> PublishError:
        """`handled` is the failure that the caller is busy with: Python hangs what is raised meanwhile below it."""
        if self.ear.status is not None:
            return self._answered(self.ear.status)
        import ssl

        chain = list(_chain(error, handled))
        if any(isinstance(link, ssl.SSLCertVerificationError) for link in chain):
            return Unavailable(f"{self.network}: the certificate of {self.server} is not valid. {_TRUST}")
        if any(_never_left(link) for link in chain):
            through = f" through the proxy {self.way.shown}, and nothing goes past it" if self.way.proxy else ""
            return Unavailable(f"{self.network}: {self.server} cannot be reached{through}. {_NEXT[Unavailable]}")
        return self.otherwise(f"{self.network}: {_unheard(chain)}. {_NEXT[self.otherwise]}")

    def _answered(self, status: int) -> PublishError:
        heard = self.ear.body is not None  # half an answer may have been another one: nothing is read from it
        row = next((row for row in self.table if heard and row.matches(self.ear)), None)
        means = row.means if row is not None else self.otherwise
        said = f": “{self._clean(self.ear.said)}”" if self.ear.said else ""
        told = f"{self.network} answered {status}{said}{self._pointed(status)}"
        message = f"{told}. {(row.advice if row is not None else '') or _NEXT.get(means, '')}"
        if means is not Throttled:
            return means(message)
        return Throttled(message, self.ear.until, self.ear.reading(self.use, refused=True))

    def _pointed(self, status: int) -> str:
        """Where a redirect leads, which is never followed: as much of it as may be written behind `server:`."""
        parts = urlsplit(self.ear.headers.get("location", "")) if status // 100 == _REDIRECT else None
        return f" and points to {self._clean(f'{parts.scheme}://{parts.netloc}')}" if parts and parts.netloc else ""

    def _clean(self, text: str) -> str:
        """Without secrets, and short: in this order, or half a secret would stay."""
        return Secrecy.of((*self.secrets, *self.way.secrets)).struck_out(text)[:_LONGEST]


def _never_left(link: BaseException) -> bool:
    """Whether it is raised only while a connection is made; what a SOCKS proxy says comes before anything is sent."""
    library = type(link).__module__.partition(".")[0]
    if type(link).__name__ == "ProxyError":
        return library in _PROXIES_BEFOREHAND | _SHAKING_HANDS
    refused = type(link) is OSError and str(link).startswith(_NO_TUNNEL)
    return refused or type(link).__name__ in _NEVER_LEFT or library in _SHAKING_HANDS


def _unheard(chain: list[BaseException]) -> str:
    if any(isinstance(link, TimeoutError) or "Timeout" in type(link).__name__ for link in chain):
        return "no answer in time"
    return f"no usable answer ({type(chain[-1]).__name__})"


def _chain(error: BaseException, handled: BaseException | None) -> Iterator[BaseException]:
    """The error and all that it was made of: causes, contexts, and what urllib3 hides in `reason` and args.

    What was `handled` before, and what that was made of, is another request's.
    """
    waiting: list[object] = [error]
    seen = {id(handled)} - {id(error)}
    while waiting:
        link = waiting.pop()
        if isinstance(link, BaseException) and id(link) not in seen:
            seen.add(id(link))
            yield link
            waiting += [link.__cause__, link.__context__, getattr(link, "reason", None), *link.args]
