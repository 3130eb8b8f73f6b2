"""Servers that go away, cannot be reached, or do not know us any more."""

import asyncio
from datetime import timedelta

from bench.chaos.kills import at_any_instant
from bench.chaos.stage import Stage
from bench.chaos.street import SENDS, House

from amplify.testing.faults import Rule

_OUTAGE = timedelta(minutes=10)
_SEND = {"path": SENDS, "method": "POST"}
_MANY = 1000
#: Seconds: what a worker is given to meet a fault.
_A_WHILE = 4
#: Longer than `late` allows.
_TOO_LATE = timedelta(hours=7)


async def restarts(stage: Stage, kills: int) -> None:
    """Servers end in the middle of requests and come back with what they had stored."""
    for _ in range(kills):
        before = stage.sends()
        await stage.start()
        await stage.until(lambda before=before: stage.sends() > before)
        await stage.a_while(0.3)
        await stage.street.shut()
        await stage.street.restart()
        await stage.a_while(2)
        await stage.street.reopen()
        await stage.a_while(1)
        await stage.kill()


async def outage(stage: Stage, kills: int) -> None:
    """Ten minutes without any server, on the campaign's clock; workers come and go meanwhile."""
    before = stage.sends()
    await stage.start()
    await stage.until(lambda: stage.sends() >= before + len(stage.street.houses))
    await stage.street.shut()
    await stage.a_while(2)
    stage.step(_OUTAGE / 2)
    for _ in range(kills):
        await stage.kill()
        await stage.start()
        await stage.a_while(2)
    stage.step(_OUTAGE / 2)
    await stage.street.reopen()
    await asyncio.sleep(_A_WHILE)
    await stage.kill()
    await stage.pass_time()


async def revoked(stage: Stage, kills: int) -> None:
    """After a few posts every account is refused, for good."""
    before = stage.sends()
    await stage.start()
    await stage.until(lambda: stage.sends() > before + len(stage.street.houses))
    told = {"error": "The access token was revoked"}
    for house in stage.street.houses:
        body = told if house.resident.network == "mastodon" else None
        house.proxy.faults.add(Rule(what="status", arg=401, body=body, count=_MANY, **_SEND))
    await stage.a_while(1)
    await stage.kill()
    await at_any_instant(stage, kills)


async def expired(stage: Stage, kills: int) -> None:
    """A session is over, and is renewed: only Bluesky has sessions."""
    over = {"error": "ExpiredToken", "message": "Token has expired"}
    for _ in range(kills + 1):
        for house in stage.street.houses:
            if house.resident.network == "bluesky":
                house.proxy.faults.add(Rule(what="status", arg=400, body=over, **_SEND))
        await at_any_instant(stage, 1)
        stage.street.calm()


def no_such_name(house: House) -> dict[str, str]:
    """A server whose name does not resolve."""
    return {**house.settings, "server": "http://nobody.invalid"}


def no_tls(house: House) -> dict[str, str]:
    """A port that speaks no TLS."""
    return {**house.settings, "server": house.settings["server"].replace("http://", "https://")}


async def unreachable(stage: Stage, kills: int) -> None:
    """It stays so until it is too late."""
    for _ in range(kills):
        await stage.start()
        await stage.a_while(_A_WHILE)
        await stage.kill()
    stage.step(_TOO_LATE)
