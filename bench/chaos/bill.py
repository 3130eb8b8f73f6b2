"""The bill of the show: every fault, how many posts each account has in it, how many workers it costs."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial

from bench.chaos import disks, places, times, wires
from bench.chaos.kills import (
    LATE,
    LOOKING,
    UNANSWERED,
    UNREAD,
    UNSEEN,
    at_any_instant,
    at_checkpoint,
    inside_a_request,
)
from bench.chaos.stage import GAP, TIMEOUT, Stage, as_it_is
from bench.chaos.street import House

#: Seconds, and some more: nothing is looked for before a quarantine is over.
_QUARANTINE = 2 * TIMEOUT + 10
Play = Callable[[Stage, int], Awaitable[None]]


#: Two posts of one account in a second.
QUICK = 600
#: Minutes: the most that a post may be allowed to be late.
LONGEST = 360


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One fault on all servers. `late` is a rule of its campaign, in minutes; `spoil` changes channels.

    `large` and `small` say how many posts and how many kills.
    """

    fault: str
    play: Play
    large: tuple[int, int]
    small: tuple[int, int] = (2, 2)
    late: int = 45
    speed: float = QUICK
    spoil: Callable[[House], dict[str, str]] = as_it_is


def bill() -> Iterator[Cell]:
    for name in ("claimed", "staged", "begun", "answered"):
        play = partial(_checkpoint, name)
        yield Cell(fault=f"SIGKILL at “{name}”", play=play, large=(8, 14))
    yield Cell(fault="SIGKILL at “failed”, after a 500", play=_failed, large=(4, 8))
    yield Cell(fault="SIGKILL at any instant", play=at_any_instant, large=(12, 24), small=(4, 4))
    for number in ("", ", again", ", once more"):
        for what, rule in (("unread", UNREAD), ("unanswered", UNANSWERED), ("that lands late", LATE)):
            play = partial(_inside, rule)
            small = (4, 4) if not number else (0, 0)
            yield Cell(fault=f"SIGKILL inside a request {what}{number}", play=play, large=(12, 14), small=small)
    yield Cell(fault="SIGKILL inside a look for a lost post", play=_looking, large=(4, 4), small=(2, 1))
    yield Cell(fault="SIGKILL at “looked”", play=_looked, large=(4, 4), small=(2, 1))
    for name in ("replaying", "replay answered"):
        play = partial(_replayed, name)
        yield Cell(fault=f"SIGKILL at “{name}”", play=play, large=(4, 4), small=(2, 1), late=LONGEST, speed=1)
    for fault, rules in wires.RULES.items():
        yield Cell(fault=fault, play=partial(_under, rules), large=(4, 6), small=(2, 1))
    yield Cell(fault="429, with and without a time", play=wires.busy, large=(4, 6), small=(2, 1))
    yield Cell(
        fault="name does not resolve",
        play=places.unreachable,
        large=(2, 2),
        small=(1, 1),
        spoil=places.no_such_name,
        speed=1,
    )
    yield Cell(
        fault="port speaks no TLS", play=places.unreachable, large=(2, 2), small=(1, 1), spoil=places.no_tls, speed=1
    )
    yield Cell(fault="servers restart", play=places.restarts, large=(6, 6), small=(3, 1))
    yield Cell(fault="outage of ten minutes", play=places.outage, large=(6, 4), small=(3, 1), late=LONGEST, speed=1)
    yield Cell(
        fault="outage of ten minutes, 5 allowed", play=places.outage, large=(6, 4), small=(3, 1), late=5, speed=1
    )
    yield Cell(fault="token revoked", play=places.revoked, large=(4, 1), small=(3, 1))
    yield Cell(fault="session expired", play=places.expired, large=(4, 4), small=(2, 1))
    yield Cell(fault="disk full", play=disks.full, large=(8, 8), small=(4, 2))
    yield Cell(fault="ledger locked", play=disks.locked, large=(6, 3), small=(3, 1))
    yield Cell(fault="ledger read-only", play=disks.read_only, large=(4, 3), small=(3, 1))
    yield Cell(fault="ledger removed", play=disks.gone, large=(6, 2), small=(3, 1))
    yield Cell(fault="clock steps forth and back", play=times.steps, large=(6, 6), small=(3, 1), late=LONGEST, speed=1)
    yield Cell(fault="clock leaps seven hours and back", play=times.leaps, large=(6, 1), small=(3, 1), speed=1)
    yield Cell(
        fault="laptop sleeps inside a request", play=times.sleeps, large=(4, 2), small=(3, 1), late=LONGEST, speed=1
    )
    yield Cell(
        fault="laptop sleeps before a request", play=times.sleeps_after_begin, large=(4, 2), small=(3, 1), speed=1
    )


async def _checkpoint(name: str, stage: Stage, kills: int) -> None:
    await at_checkpoint(stage, name, kills)


async def _failed(stage: Stage, kills: int) -> None:
    stage.street.order(*wires.RULES["burst of 500"])
    await at_checkpoint(stage, "failed", kills)
    stage.street.calm()


async def _inside(rule: wires.Rule, stage: Stage, kills: int) -> None:
    await inside_a_request(stage, rule, kills)


async def _looking(stage: Stage, kills: int) -> None:
    await inside_a_request(stage, UNANSWERED, 2)
    await inside_a_request(stage, LOOKING, kills, patience=_QUARANTINE)


async def _looked(stage: Stage, kills: int) -> None:
    """Between what a look has seen and its record."""
    await inside_a_request(stage, UNANSWERED, 2)
    await at_checkpoint(stage, "looked", kills, patience=2 * _QUARANTINE)


async def _replayed(name: str, stage: Stage, kills: int) -> None:
    """A worker whose own request was lost cannot look, and sends the same bytes again where the server knows them."""
    for _ in range(kills):
        stage.street.order(UNSEEN, *wires.RULES["answer lost, connection reset"])
        await at_checkpoint(stage, name, 1, patience=2 * _QUARANTINE)
        stage.street.calm()
        stage.step(GAP)
    await stage.pass_time()


async def _under(rules: tuple[wires.Rule, ...], stage: Stage, kills: int) -> None:
    await wires.under(stage, rules, kills)
