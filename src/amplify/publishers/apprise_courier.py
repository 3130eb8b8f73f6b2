"""The courier: a short-lived process in which Apprise makes one request, and is stopped as soon as the answer is heard.

Apprise tells only whether it is content, follows redirects, tries again and writes addresses into its log. So nothing of
that is used: what Python itself reports of every request (its audit events) lets this process say when the first byte of
the post leaves, hear the answer whole, and let no second one out. The order comes in as JSON on stdin, because what stands
on a command line can be seen by everybody on the machine; one line says that the post leaves, one what came back. Where nobody
hears the first of them any more, nothing leaves.
"""

import json
import logging
import os
import re
import signal
import sys
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any, NoReturn

from amplify.publishers.apprise_words import BEGUN, MISSING, STRANGE

_HEAD = re.compile(rb"(?:GET|HEAD|POST|PUT|PATCH|DELETE) (\S+) HTTP/1")
_LARGEST = 200_000
_STDOUT = 1
_REFUSED = 300
_EITHER_PACKING = zlib.MAX_WBITS | 32

Word = dict[str, Any]
Say = Callable[[str], None]


class Heard(BaseException):
    """Ends whatever Apprise is doing: the answer is here. No `except Exception` of a plug-in may stop it."""

    def __init__(self, word: Word) -> None:
        super().__init__()
        self.word = word


class Listener:
    """An audit hook: it stands between Apprise and the wire, and cannot be taken away again."""

    def __init__(self, sends: str, say: Say) -> None:
        """`sends` is a pattern for the path of the one request that cannot be undone; what precedes it is let through."""
        self._sends, self._say = re.compile(sends), say
        self._begun = self._last = False

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if event != "http.client.send" or not isinstance(args[1], bytes):
            return
        head = _HEAD.match(args[1])
        if head is not None:
            self._leaves(args[0], head[1].decode(errors="replace"))

    def _leaves(self, connection: HTTPConnection, path: str) -> None:
        if self._begun:
            raise Heard({})  # a second try, which is nobody's but the ledger's to make
        self._last = self._sends.search(path) is not None
        if self._last:
            self._begun = True
            try:
                self._say(BEGUN)
            except OSError:  # swallowed below, where it would pass for the other end having answered early
                raise Heard({}) from None
        connection.response_class = self._ear()

    def _ear(self) -> type[HTTPResponse]:
        listener = self

        class Ear(HTTPResponse):
            def begin(self) -> None:
                super().begin()
                listener.hear(self)

        return Ear

    def hear(self, answer: HTTPResponse) -> None:
        """Raises Heard when there is nothing more to be asked."""
        if self._last or answer.status >= _REFUSED:
            headers = dict(answer.getheaders())
            raise Heard({"status": answer.status, "headers": headers, "body": _whole(answer)})


def carry(order: Mapping[str, Any], say: Say) -> Word:
    """What came back; empty where nothing did. `say` is told BEGUN."""
    try:
        import apprise
    except ImportError:
        return {"why": MISSING}
    log = logging.getLogger("apprise")
    log.disabled = True
    asset = apprise.AppriseAsset(app_id="amplify", app_desc="Campaign", app_url="", async_mode=False)
    client = apprise.Apprise.instantiate(str(order["address"]), asset=asset)
    if client is None or len(client) != 1:
        return {"why": STRANGE}
    sys.addaudithook(Listener(str(order["sends"]), say))
    try:
        client.notify(body=str(order["text"]))
    except Heard as heard:
        return heard.word
    except Exception:  # noqa: BLE001  a plug-in's: whether the post has left was said
        return {}
    return {}


def main() -> NoReturn:
    """Ends by itself should nobody be left to kill it, and without a word of farewell from any library."""
    order = json.load(sys.stdin)
    signal.alarm(int(order["patience"]) + 1)

    def say(line: str) -> None:
        os.write(_STDOUT, f"{line}\n".encode())  # past whatever a library may have put in its place

    say(json.dumps(carry(order, say)))
    os._exit(0)


def _whole(answer: HTTPResponse) -> str | None:
    """The body, unpacked; None where less than all of it came, or too much."""
    try:
        body = answer.read(_LARGEST)
    except (HTTPException, OSError):
        return None
    if answer.length or len(body) == _LARGEST:
        return None
    if answer.getheader("content-encoding"):
        with suppress(zlib.error):
            body = zlib.decompress(body, _EITHER_PACKING)
    return body.decode(errors="replace")


if __name__ == "__main__":
    main()
