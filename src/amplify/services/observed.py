"""What amplify itself has to say about an account that it looks at: whose it is, its label, rules, secret and clock."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from amplify.domain.channel import Channel
from amplify.domain.loopback import nobody_follows
from amplify.ports.examining import Observation, Rules, good, note, wrong
from amplify.ports.ledger import Account
from amplify.ports.publisher import Identity
from amplify.services.rules_read import RulesRead
from amplify.services.voices import second_voice

#: A server's Date has whole seconds, and its answer takes a moment.
_TOLD = timedelta(seconds=30)
_TOO_FAR = timedelta(minutes=5)
_OLD = timedelta(days=365)


def about_account(
    channel: Channel, who: Identity, channels: Mapping[str, Channel], accounts: Mapping[str, Account], server: str
) -> Iterator[Observation]:
    """Whose account it is, whether it would be a second voice, and whether it says that it is automated."""
    known = accounts.get(channel.name)
    if known is not None and known.id not in ("", who.id):
        told = f"{who.name} ({who.url}) answers here, but the channel belongs to {known.name} ({known.url})"
        yield wrong("account", told, "Use the right secret, or give the other account a channel of its own")
    at_home = nobody_follows(channel.network, server, who.url)
    silent = "" if at_home else second_voice(channel, who, channels, accounts).get(channel.name, "")
    if silent:
        yield wrong("account", silent[0].upper() + silent[1:], "")
    if who.automated:
        yield good("label", "The account says that it is automated")
    elif at_home:
        yield good("label", "On this machine nobody follows, so no label is asked for")
    else:
        advice = f"`amplify channels set-label {channel.name} --by NAME`, or by hand {who.label}"
        yield wrong("label", "The account does not say that it is automated, so nothing is published there", advice)


def about_ledger(known: Account | None, machine: datetime) -> list[Observation]:
    """What the worker has met."""
    found = []
    if known is not None and known.halted:
        advice = "Once it is in order, start the worker again: it connects anew"
        found.append(
            wrong("halted", f"The worker has halted the channel, which keeps its queue: {known.halted}", advice)
        )
    if known is not None and known.throttled_until is not None and known.throttled_until > machine:
        told = f"The server has asked us to wait until {known.throttled_until:%H:%M:%S} UTC"
        found.append(note("throttled", told, "The worker waits by itself"))
    return found


def about_rules(channel: str, rules: Rules | None, read: RulesRead | None) -> Iterator[Observation]:
    """Whether somebody has said that they were read, as they are now."""
    if rules is None:
        return
    if not rules.lines:
        where = f": look at {rules.url}" if rules.url else ""
        yield good("rules", f"The server lists no rules of its own{where}")
        return
    advice = f"Read them, ask where in doubt, then: `amplify channels check {channel} --rules-read --by NAME`"
    if read is None:
        yield note("rules", "Nobody has said yet that the server's rules were read", advice)
    elif changes := read.changes(rules):
        yield note(
            "rules", f"The rules have changed since {read.by} read them on {read.at:%d %b %Y}: {changes}", advice
        )
    else:
        yield good("rules", f"Read by {read.by} on {read.at:%d %b %Y}")


def about_secret(since: datetime | None, now: datetime) -> Iterator[Observation]:
    """How long the secret, or at least the account, has been in use."""
    if since is None:
        return
    told = f"In use since {since:%d %b %Y}"
    if now - since > _OLD:
        yield note("age", f"{told}, {(now - since).days} days", "Once a year, make a new secret and delete the old one")
    else:
        yield good("age", told)


def about_clock(theirs: datetime | None, began: datetime, ended: datetime) -> Iterator[Observation]:
    """`theirs` was told between `began` and `ended`, by our clock."""
    if theirs is None:
        return
    off = began - theirs if theirs < began else max(theirs - ended, timedelta())
    way = "ahead of" if theirs < began else "behind"
    seconds = int(off.total_seconds())
    told = f"This machine's clock is {seconds // 60} min {seconds % 60} s {way} the server's"
    if off > _TOO_FAR:
        yield wrong("clock", told, "Set this machine's clock: slots are as right as it is (`timedatectl` on Linux)")
    elif off > _TOLD:
        yield note("clock", told, "See whether this machine's clock is synchronised (`timedatectl` on Linux)")
    else:
        yield good("clock", "The server's clock and ours agree")
