"""The outcome as a line, and as the page docs/faults.md."""

import json
import platform
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.chaos.verdicts import Outcome, Verdict

_HEAD = """\
# Faults, and what the public saw of them

Written by `python -m bench.chaos --out docs/faults.md` on {at:%d %B %Y}; seed {seed}, {minutes:.0f} minutes on
{cpus}.
Every worker is a real process with the client libraries that amplify ships with; every server is counted by what
stands on its walls, never by the ledger.

**{deliveries} deliveries, {faults} faults, {servers} servers of three networks; {kills} workers killed with SIGKILL,
{inside} of them while a server was holding a request of theirs; {requests} requests to publish.**

{total}

- **once**: public once, and the ledger knows its address.
- **held or missed**: not public, and the ledger says so, with the reason.
- **asked**: it may be public and nobody can find out but a person, so a person is asked: on Telegram, because a bot
  cannot read its own messages; elsewhere where a worker was killed inside a request and the account refused ever since.
- **twice**: public more than once. **Lost**: the ledger is wrong about it, has forgotten it, or never ends with it.

Beyond the table, every fault is judged by this: no server has taken a request that was not on record first, nothing
is public that nobody wrote, the record holds (`amplify verify`), and a worker left in peace comes to an end.
{broken}
## By server

{by_server}

## By fault

{by_fault}

Where the ledger was removed, the new one calls what was public already *missed*: it was first written after its
time. It is counted as public once here, and it does not go out again.

## With what

{versions}
"""
_ALL = tuple(Verdict)


def summary(outcomes: Sequence[Outcome]) -> str:
    """For the terminal."""
    kills, inside = sum(o.kills for o in outcomes), sum(o.inside for o in outcomes)
    told = ", ".join(f"{count} {verdict}" for verdict, count in zip(_ALL, _figures(_total(outcomes)), strict=True))
    return f"{sum(_total(outcomes).values())} deliveries: {told}; {kills} kills, {inside} inside a request"


def report(outcomes: Sequence[Outcome], *, seed: int, seconds: float, cpus: int, root: Path) -> str:
    """The page."""
    total, servers = _total(outcomes), list(outcomes[0].counts)
    wrong = [f"- {outcome.fault}: {said}" for outcome in outcomes for said in outcome.wrong]
    return _HEAD.format(
        at=datetime.now(UTC),
        seed=seed,
        minutes=seconds / 60,
        cpus=f"{cpus} processors ({platform.system()}, Python {platform.python_version()})",
        deliveries=sum(total.values()),
        faults=len(outcomes),
        servers=len(servers),
        kills=sum(outcome.kills for outcome in outcomes),
        inside=sum(outcome.inside for outcome in outcomes),
        requests=sum(outcome.requests for outcome in outcomes),
        total=_table(["", *_ALL], [["all", *_figures(total)]]),
        broken="\n".join(["", "**Broken:**", "", *wrong, ""]) if wrong else "",
        by_server=_table(["server", *_ALL], [[name, *_figures(_of(outcomes, name))] for name in servers]),
        by_fault=_table(
            ["fault", *servers], [[o.fault, *(_cell(o.counts[name]) for name in servers)] for o in outcomes]
        ),
        versions="\n".join(_versions(root)),
    )


def _total(outcomes: Iterable[Outcome]) -> Counter[Verdict]:
    return sum((outcome.total for outcome in outcomes), Counter[Verdict]())


def _of(outcomes: Iterable[Outcome], server: str) -> Counter[Verdict]:
    return sum((outcome.counts[server] for outcome in outcomes), Counter[Verdict]())


def _figures(counts: Counter[Verdict]) -> list[str]:
    return [str(counts[verdict]) for verdict in _ALL]


def _cell(counts: Counter[Verdict]) -> str:
    words = {Verdict.HELD: "held", Verdict.TWICE: "**twice**", Verdict.LOST: "**lost**"}
    return ", ".join(f"{counts[verdict]} {words.get(verdict, verdict)}" for verdict in _ALL if counts[verdict])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _versions(root: Path) -> list[str]:
    names = ("amplify", "Mastodon.py", "atproto", "python-telegram-bot", "APScheduler", "SQLAlchemy")
    own = ", ".join(f"{name} {version(name)}" for name in names)
    servers = root / "tests" / "servers"
    mock = re.search(r"^mastodon-mock==(\S+)", (servers / "requirements-mastodon-mock.lock").read_text(), re.MULTILINE)
    packages = json.loads((servers / "pds" / "package-lock.json").read_text())["packages"]
    pds = packages["node_modules/@atproto/pds"]["version"]
    told = f"mastodon-mock {mock[1] if mock else '?'}, @atproto/pds {pds}, and the look-alikes of this version"
    return [f"- clients: {own}", f"- servers: {told}"]
