"""amplify measure: what networks tell in public of what went out, and how it went."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import open_app
from amplify.cli.at_hand import AtHand
from amplify.cli.errands import errands
from amplify.cli.hush import hushed
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import busy, columns, show, styled
from amplify.cli.told import answer, iso, many, what, when
from amplify.domain.delivery import Delivery
from amplify.domain.key import Key
from amplify.domain.when import parse_when, resolve

if TYPE_CHECKING:
    from amplify.ports.upkeep import Measured
    from amplify.services.measure import Tally

_ONE: Mapping[str, tuple[str, str]] = {
    "replies": ("reply", "replies"),
    "boosts": ("boost", "boosts"),
    "likes": ("like", "likes"),
    "quotes": ("quote", "quotes"),
    "reactions": ("reaction", "reactions"),
    "votes": ("vote", "votes"),
}


@click.command(epilog="\b\nExample:\n  amplify measure\n  amplify measure thanks --since D-7 --json")
@click.argument("names", metavar="[POST…]", nargs=-1)
@click.option("--since", default="", metavar="DATE", help="Only what went out since then: D-7, 2027-05-20 09:00.")
@campaign_option
@json_option
def measure(names: Sequence[str], since: str, campaign: Path, as_json: bool) -> None:
    """Ask the networks how often what went out was answered, boosted and liked, and keep the numbers as a series.

    Public counts only, and never who. Telegram tells no views: only reactions, and votes in polls.
    """
    from amplify.services.measure import measurable
    from amplify.services.measure import measure as ask

    with closing(open_app(campaign)) as app:
        desk = AtHand.of(app)
        rows = measurable(names, _instant(since, desk) if since else None, desk.written, desk.ledger)
        with busy("asking", quiet=as_json), hushed():
            visits = errands(app, (row.key.channel for row in rows))
            tally = asyncio.run(ask(rows, visits, desk.ledger, app.clock))
        series = desk.ledger.measured([row.key for row in rows]) if rows else {}
        if as_json:
            answer(_as_json(rows, series, tally, desk))
        else:
            _tell(rows, series, tally, desk)
    if tally.trouble:
        raise click.exceptions.Exit(1)


def _instant(said: str, desk: AtHand) -> datetime:
    """On the campaign's clocks; a day begins at midnight. Raises BadParameter."""
    campaign = desk.written.campaign
    for words in (said, f"{said} 00:00"):
        try:
            at = parse_when(words)
        except ValueError:
            continue
        if campaign is not None:
            return resolve(at, campaign.day, campaign.zone).at
    raise click.BadParameter(f"“{said}” is no time; write D-7 or 2027-05-20 09:00", param_hint="--since")


def _tell(rows: Sequence[Delivery], series: Mapping[Key, Sequence["Measured"]], tally: "Tally", desk: AtHand) -> None:
    if not rows:
        show("Nothing of that is public now, so there is nothing to count.")
    gone = {row.key for row in tally.missing}
    lines = []
    for row in rows:
        known = series.get(row.key, ())
        told = styled("no longer there", "bold red") if row.key in gone else _counts(known)
        lines.append((what(row.key), row.key.channel, told, "" if row.key in gone else _change(known, desk)))
    if lines:
        show(columns(lines))
    for row in tally.missing:
        url = row.receipt.url if row.receipt is not None else ""
        told = f"{row.key} is no longer there: {url}. Was it deleted by hand? `amplify withdraw {row.key}` writes that down."
        show(styled(told, "bold yellow"))
    for channel, why in tally.trouble.items():
        show(styled(f"{channel} was not asked to the end: {why}", "bold red"))


def _counts(known: Sequence["Measured"]) -> str:
    if not known:
        return "nothing told"
    return ", ".join(many(number, *_ONE[name]) for name, number in known[-1].counts.told.items())


def _change(known: Sequence["Measured"], desk: AtHand) -> str:
    """Since the measurement before, or since when this one stands."""
    if len(known) < 2:  # noqa: PLR2004  a change is between two
        return f"first counted {when(known[-1].at, desk.zone)}" if known else ""
    before, now = known[-2].counts.told, known[-1].counts.told
    steps = {name: number - before.get(name, 0) for name, number in now.items()}
    moved = [f"{step:+} {_ONE[name][abs(step) != 1]}" for name, step in steps.items() if step]
    return f"{', '.join(moved) or 'the same'} since {when(known[-2].at, desk.zone)}"


def _as_json(
    rows: Sequence[Delivery], series: Mapping[Key, Sequence["Measured"]], tally: "Tally", desk: AtHand
) -> dict[str, object]:
    return {
        "measured": [
            {
                "key": str(row.key),
                "post": row.key.post,
                "channel": row.key.channel,
                "url": row.receipt.url if row.receipt is not None else None,
                "series": [
                    {"at": iso(one.at, desk.zone), "counts": dict(one.counts.told)} for one in series.get(row.key, ())
                ],
            }
            for row in rows
        ],
        "missing": [str(row.key) for row in tally.missing],
        "trouble": dict(tally.trouble),
    }
