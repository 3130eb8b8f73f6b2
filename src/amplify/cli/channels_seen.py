"""Channels looked at side by side, for `channels check` and `doctor`, and what was seen as lines and as JSON."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import App
from amplify.cli.hush import hushed
from amplify.cli.screen import columns, styled
from amplify.cli.told import iso_if_any
from amplify.config.settings import NoSecret
from amplify.ports.examining import Observation, Standing

if TYPE_CHECKING:
    from datetime import tzinfo

    from rich.console import RenderableType
    from rich.text import Text

    from amplify.domain.channel import Channel
    from amplify.domain.traits import Traits
    from amplify.services.examine import Case, Findings
    from amplify.services.rules_read import Past

STYLES: Mapping[Standing, str] = {Standing.WRONG: "bold red", Standing.NOTE: "yellow", Standing.GOOD: "green"}


def chosen(app: App, named: Sequence[str]) -> "Mapping[str, Channel]":
    """The channels of these names, or all. Raises ClickException for one that is not there."""
    known = app.written.channels
    for name in named:
        if name in app.written.held_channels:
            raise click.ClickException(f"the channel {name} cannot be used; `amplify check` says why")
        if name not in known:
            there = f"there are {', '.join(sorted(known))}" if known else "config/channels.yaml has none"
            raise click.ClickException(f"no channel is called “{name}”; {there}")
    return {name: known[name] for name in named} if named else known


def past_of(app: App) -> "Past":
    from amplify.services.rules_read import past

    ledger = app.ledger_if_any()
    return past(ledger.history() if ledger is not None else ())


def examined(app: App, channels: "Iterable[Channel]", past: "Past") -> "Sequence[Findings]":
    """In their order."""
    from amplify.services.examine import Examiner

    secrets = {secret for those in app.secrets().values() for secret in those} | app.settings.addresses
    examiner = Examiner(
        channels=app.written.channels,
        accounts=app.accounts(),
        past=past,
        clock=app.clock,
        secrets=frozenset(secrets),
    )
    cases = [case_of(app, channel) for channel in channels]

    async def all_of_them() -> "Sequence[Findings]":
        return await asyncio.gather(*(examiner.examine(case) for case in cases))

    with hushed():
        return asyncio.run(all_of_them())


def case_of(app: App, channel: "Channel") -> "Case":
    from amplify.services.examine import Case
    from amplify.services.meter import LedgerMeter

    network, ledger = app.networks[channel.network], app.ledger_if_any()
    try:
        access = app.access(channel)
    except NoSecret as missing:
        return Case(channel=channel, network=network, access=str(missing))
    door, budgets = channel.account_hint, network.defaults.budgets
    meter = LedgerMeter(ledger=ledger, clock=app.clock, door=door, budgets=budgets) if ledger is not None else None
    return Case(channel=channel, network=network, access=access, meter=meter)


def besides(traits: "Traits") -> str:
    """What its server is and takes, in one line; its version and how long a text may be stand elsewhere."""
    said = [f"{name}: {word}" for name, word in traits.items() if word and name not in ("version", "text limit")]
    return "; ".join(said)


def table_of(seen: Iterable[Observation]) -> "RenderableType":
    """How each stands, about what, what is so; and below it what to do."""
    rows: list[tuple[Text | str, Text | str]] = []
    for one in seen:
        rows.append((styled(one.standing.value, STYLES[one.standing]), f"{one.topic}: {one.told}."))
        if one.advice:
            rows.append(("", styled(f"→ {one.advice}.", "cyan")))
    return columns(rows)


def as_json(findings: "Findings", past: "Past", zone: "tzinfo") -> dict[str, object]:
    who, limits, rules = findings.identity, findings.limits, findings.rules
    read = past.read.get(findings.channel.name)
    is_read = read is not None and rules is not None and read.rules.digest == rules.digest
    return {
        "channel": findings.channel.name,
        "network": findings.channel.network,
        "ok": not findings.is_wrong,
        "account": {"id": who.id, "name": who.name, "url": who.url} if who is not None else None,
        "server": findings.server,
        "version": findings.version,
        "traits": dict(findings.traits),
        "limits": {"text": limits.text, "unit": limits.unit, "read_at": iso_if_any(limits.read_at, zone)}
        if limits is not None
        else None,
        "rules": {
            "lines": list(rules.lines),
            "url": rules.url,
            "read": {"by": read.by, "at": iso_if_any(read.at, zone)} if read is not None and is_read else None,
        }
        if rules is not None
        else None,
        "observations": [told(one) for one in findings.observations],
    }


def told(one: Observation) -> dict[str, str]:
    return {"topic": one.topic, "standing": one.standing.value, "told": one.told, "advice": one.advice}
