"""Send a courier and wait for it, but never for long: after that it is killed.

It gets none of the campaign's secrets: of the environment, only what a program needs to find its way.
"""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlsplit

from amplify.domain.loopback import on_this_machine
from amplify.notices.courier import SHUT
from amplify.ports.notifier import NotTold
from amplify.ports.way import STRAIGHT, Way, spelled

_PASSED_ON = frozenset(
    {"PATH", "HOME", "LANG", "TZ", "TMPDIR", "PYTHONPATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE"}
)
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
#: Whom no proxy leads to.
_HERE = "localhost,127.0.0.1,::1"


async def run_errand(errand: Mapping[str, str], within: timedelta, way: Way = STRAIGHT) -> None:
    """Raises NotTold, saying why; never later than `within`, and never by another `way`."""
    order = json.dumps({**errand, "patience": within.total_seconds()}).encode()
    try:
        courier = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "amplify.notices.courier",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_environment(way),
            start_new_session=True,
        )
    except OSError as error:
        raise NotTold(f"no courier could be sent: {error.strerror}") from error
    try:
        async with asyncio.timeout(within.total_seconds()):
            said, _ = await courier.communicate(order)
    except TimeoutError:
        raise NotTold(f"no answer within {within.total_seconds():.0f} seconds") from None
    finally:
        await _see_off(courier)
    why = _why(said)
    if why:
        raise NotTold(why + (_through(errand["address"], way) if why == SHUT else ""))


async def _see_off(courier: asyncio.subprocess.Process) -> None:
    if courier.returncode is None:
        with suppress(ProcessLookupError):
            courier.kill()
    await courier.communicate()


def _why(said: bytes) -> str:
    try:
        return str(json.loads(said)["why"])
    except (ValueError, KeyError, TypeError):
        return "its courier broke down"


def _through(address: str, way: Way) -> str:
    """Which proxy may be to blame; none leads to this machine."""
    here = on_this_machine(f"http://{urlsplit(address).netloc.rpartition('@')[2]}")
    return f"; it is asked through the proxy {way.shown}, and nothing goes past it" if way.proxy and not here else ""


def _environment(way: Way) -> Mapping[str, str]:
    """With no proxy of ours, the environment's own have their say, as with other programs, but ask for names themselves."""
    passed = {name: said for name, said in os.environ.items() if name in _PASSED_ON or name.startswith("LC_")}
    if way.proxy:
        return {**passed, **dict.fromkeys(_PROXIES, way.proxy), "NO_PROXY": _HERE}
    theirs = {name: spelled(said) for name, said in os.environ.items() if name.upper() in _PROXIES}
    return {**passed, **theirs, **{name: said for name, said in os.environ.items() if name.upper() == "NO_PROXY"}}
