"""What goes wrong on the wire, with workers killed meanwhile."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bench.chaos.kills import LATE, at_any_instant
from bench.chaos.stage import Stage
from bench.chaos.street import SENDS

from amplify.testing.faults import Rule

_SEND = {"path": SENDS, "method": "POST"}
#: Each is ordered once for every worker that is killed; a burst strikes three times.
RULES: Mapping[str, tuple[Rule, ...]] = {
    "dropped before it was read": (Rule(what="drop_before", **_SEND),),
    "answer lost, connection reset": (Rule(what="drop_after", **_SEND),),
    "answer lost, connection closed": (Rule(what="close_after", **_SEND),),
    "lands after the time-out": (LATE,),
    "burst of 500": (Rule(what="status", arg=500, count=3, **_SEND),),
    "500 after it was stored": (Rule(what="status", arg=500, phase="after", count=2, **_SEND),),
    "burst of 502 and 503": (Rule(what="status", arg=502, count=2, **_SEND), Rule(what="status", arg=503, **_SEND)),
    "half an answer": (Rule(what="truncate", count=2, **_SEND),),
    "a page where JSON belongs": (Rule(what="html", count=2, **_SEND), Rule(what="html", phase="before", **_SEND)),
}


async def under(stage: Stage, rules: tuple[Rule, ...], kills: int) -> None:
    """Every worker meets the faults anew; the last one meets them to the end."""
    for _ in range(kills):
        stage.street.order(*rules)
        await at_any_instant(stage, 1)
    stage.street.order(*rules)
    before = stage.sends()
    await stage.start()
    await stage.until(lambda: stage.sends() > before)
    await stage.a_while(3)
    await stage.stop()
    stage.street.calm()


async def busy(stage: Stage, kills: int) -> None:
    """429 in each network's words, twice for every worker."""
    for number in range(kills + 1):
        for house in stage.street.houses:
            told = _when(house.resident.network)
            house.proxy.faults.add(Rule(what="status", arg=429, count=2, headers=told, **_SEND))
        await at_any_instant(stage, 1) if number < kills else await under(stage, (), 0)


def _when(network: str) -> Mapping[str, str]:
    """When to come back, as the network tells it: Telegram says it in its own words."""
    until = datetime.now(UTC) + timedelta(seconds=3)
    reset = {"mastodon": until.isoformat(), "bluesky": str(int(until.timestamp()))}
    name = {"mastodon": "X-RateLimit-Reset", "bluesky": "RateLimit-Reset"}
    return {name[network]: reset[network]} if network in name else {}
