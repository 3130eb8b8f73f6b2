"""Send a courier with a post and wait for it, but never for long: after that it is killed.

It gets none of the campaign's secrets but the one address, and of the environment only what a program needs to start: the
library underneath takes proxies and certificates from there, so there it finds the channel's own and no others.
"""

import json
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from amplify.ports.way import STRAIGHT, Way
from amplify.publishers.apprise_words import BEGUN

if TYPE_CHECKING:
    from asyncio.subprocess import Process

_PASSED_ON = frozenset({"PATH", "HOME", "LANG", "TZ", "TMPDIR", "PYTHONPATH"})
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_COURIER = "amplify.publishers.apprise_courier"
#: How long a Python may take to start on a busy machine, besides the request.
_TO_START = timedelta(seconds=20)
_LONGEST_LINE = 2**21


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a courier has to do: bring `text` to `address`, which is a secret, and take that `way`."""

    address: str = field(repr=False)
    sends: str
    text: str
    within: timedelta
    way: Way = STRAIGHT

    def surroundings(self) -> dict[str, str]:
        """What the environment of its requests says: the way, and that no password lies ready in the home folder."""
        led = dict.fromkeys(_PROXIES, self.way.proxy) if self.way.proxy else {"NO_PROXY": "*"}
        trusted = {"REQUESTS_CA_BUNDLE": self.way.ca} if self.way.ca else {}
        return {**led, **trusted, "NETRC": os.devnull}

    def written(self) -> bytes:
        said = {"address": self.address, "sends": self.sends, "text": self.text}
        return json.dumps({**said, "patience": (self.within + _TO_START).total_seconds()}).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What came of it. `begun`: the post has begun to leave. `word` is empty where no answer was heard in time."""

    begun: bool
    word: Mapping[str, Any] = field(default_factory=dict)


Carry: TypeAlias = "Callable[[Order], Awaitable[Back]]"


async def by_courier(order: Order) -> Back:
    """Raises OSError where no courier can be sent."""
    import asyncio

    courier = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        _COURIER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=_environment(order.surroundings()),
        limit=_LONGEST_LINE,
        start_new_session=True,
    )
    said: list[bytes] = []
    try:
        async with asyncio.timeout((order.within + _TO_START).total_seconds()):
            await _hand_over(courier, order)
            await _listen(courier, said)
            await courier.wait()
    except TimeoutError:
        pass
    finally:
        await _see_off(courier, said)
    return back_with(said)


def back_with(said: Sequence[bytes]) -> Back:
    """What a courier said, line by line, until it ended or was ended."""
    begun = any(line.strip() == BEGUN.encode() for line in said)
    with suppress(ValueError, IndexError):
        word = json.loads(said[-1])
        if isinstance(word, dict):
            return Back(begun=begun, word=word)
    return Back(begun=begun)


async def _hand_over(courier: "Process", order: Order) -> None:
    """It may have broken down already: then it says nothing."""
    if courier.stdin is not None:
        with suppress(BrokenPipeError, ConnectionResetError):
            courier.stdin.write(order.written())
            await courier.stdin.drain()
        courier.stdin.close()


async def _listen(courier: "Process", said: list[bytes]) -> None:
    if courier.stdout is not None:
        with suppress(ValueError):  # a line without end
            async for line in courier.stdout:
                said.append(line)  # noqa: PERF401  what came before it was ended must not be lost


async def _see_off(courier: "Process", said: list[bytes]) -> None:
    """What it said before it ended, or was ended, counts: it is heard when it is gone."""
    if courier.returncode is None:
        with suppress(ProcessLookupError):
            courier.kill()
    await _listen(courier, said)
    await courier.wait()


def _environment(surroundings: Mapping[str, str]) -> dict[str, str]:
    passed = {name: value for name, value in os.environ.items() if name in _PASSED_ON or name.startswith("LC_")}
    return {**passed, **surroundings}
