"""amplify status: what went out, what is next, what waits for whom, what needs a hand."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from amplify.bootstrap import App, open_app
from amplify.cli.at_hand import AtHand, zone_of
from amplify.cli.options import campaign_option, json_option
from amplify.cli.told import answer, iso, iso_if_any
from amplify.domain.delivery import Delivery, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amplify.cli.waiting import Waiting
    from amplify.domain.key import Key
    from amplify.services.paused import Paused
    from amplify.services.status import Status


@click.command(epilog="\b\nExample:\n  amplify status\n  amplify status --state missed --all")
@click.option("--all", "all_of_it", is_flag=True, help="Everything, not only the last and next 24 hours.")
@click.option("--post", default="", metavar="POST", help="Only this post.")
@click.option("--state", type=click.Choice([state.value for state in State]), help="Only deliveries in this state.")
@campaign_option
@json_option
def status(all_of_it: bool, post: str, state: str | None, campaign: Path, as_json: bool) -> None:
    """Show the last and the next 24 hours and whatever is open: what went out, what waits, what needs a hand."""
    from amplify.cli.situation import tell
    from amplify.cli.waiting import waiting
    from amplify.services.survey import urgent_posts

    with closing(open_app(campaign)) as app:
        zone = zone_of(app)
        seen = _look(app, all_of_it=all_of_it, post=post, state=State(state) if state else None)
        asks = any(row.state is State.PLANNED or not row.text for row in seen.deliveries)
        desk = AtHand.of(app) if seen.stops or asks else None
        again = {post.id: post.boosts for post in desk.written.posts if post.boosts} if desk is not None else {}
        waits = waiting(seen.deliveries, desk) if desk is not None else {}
        pauses = _pauses(app)
        if as_json:
            answer(_as_json(seen, waits, again, zone) | {"paused": {n: p.as_json(zone) for n, p in pauses.items()}})
        else:
            urgent = urgent_posts(desk.written) if desk is not None else frozenset()
            narrowed = bool(all_of_it or post or state)
            tell(seen, waits, urgent, app, again=again, pauses=pauses, narrowed=narrowed)


def _pauses(app: App) -> "Mapping[str, Paused]":
    from amplify.services.paused import paused

    ledger = app.ledger_if_any()
    return paused(ledger, app.written.channels, app.clock.machine()) if ledger is not None else {}


def _look(app: App, *, all_of_it: bool, post: str, state: State | None) -> "Status":
    from amplify.services.status import Status, brakes
    from amplify.services.status import status as look

    ledger = app.ledger_if_any()
    if ledger is not None:
        register = app.protection.read()
        return look(ledger, app.folder, app.clock.now(), all=all_of_it, post=post, state=state, register=register)
    none = {each.value: 0 for each in State}
    return Status(stopped=brakes((), app.folder, app.protection.read()), deliveries=(), counts=none, more=0, halted={})


def _as_json(
    seen: "Status", waits: "Mapping[Key, Waiting]", again: "Mapping[str, str]", zone: ZoneInfo
) -> dict[str, object]:
    return {
        "stopped": bool(seen.stopped),
        "brakes": list(seen.stopped),
        "halted": dict(seen.halted),
        "away": {one.channel: {"since": iso(one.since, zone), "why": one.why} for one in seen.away},
        "deliveries": [_row(row, zone) for row in seen.deliveries],
        "shows_again": {str(row.key): again[row.key.post] for row in seen.deliveries if row.key.post in again},
        "counts": dict(seen.counts),
        "more": seen.more,
        "worker": seen.worker,
        "unattended": seen.unattended,
        "waiting": [waits[row.key].as_json(row.key) for row in seen.deliveries if row.key in waits],
    }


def _row(row: Delivery, zone: ZoneInfo) -> dict[str, object]:
    return {
        "key": str(row.key),
        "post": row.key.post,
        "channel": row.key.channel,
        "state": row.state.value,
        "due": iso(row.due, zone),
        "published_at": iso_if_any(row.published_at, zone),
        "remote_id": row.receipt.remote_id if row.receipt is not None else None,
        "url": row.receipt.url if row.receipt is not None else None,
        "attempts": row.attempts,
        "reason": row.reason,
    }
