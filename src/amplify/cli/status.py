"""amplify status: what went out, what is next, what waits for whom, what needs a hand."""

import json
from pathlib import Path

import click

from amplify.bootstrap import App, open_app
from amplify.cli.options import campaign_option, json_option, shown, told
from amplify.domain.delivery import Delivery, State
from amplify.services.status import Status

_SECTIONS = (
    ("Needs a hand", {State.UNCONFIRMED, State.HELD, State.FAILED}, "red"),
    ("On its way", {State.CLAIMED, State.SENDING}, "cyan"),
    ("Waits for a yes", {State.PLANNED}, "yellow"),
    ("Next", {State.APPROVED}, "green"),
    ("Public", {State.PUBLISHED, State.WITHDRAWN}, None),
    ("Will not go out", {State.MISSED, State.CANCELLED}, None),
)


@click.command(epilog="Example: amplify status --state unconfirmed")
@click.option("--all", "everything", is_flag=True, help="Not only the last and next 24 hours.")
@click.option("--post", default="", help="Only this post.")
@click.option("--state", type=click.Choice([state.value for state in State]), default=None, help="Only this state.")
@campaign_option
@json_option
def status(everything: bool, post: str, state: str | None, campaign: Path, as_json: bool) -> None:
    """Say what went out, what is next, what waits for whom, and what needs a hand."""
    from amplify.services.status import status as look

    app = open_app(campaign)
    ledger = app.ledger_if_any()
    if ledger is None:
        raise click.ClickException("nothing has been applied yet; `amplify apply` or `amplify run` comes first")
    said = look(
        ledger, app.folder, app.clock.now(), all=everything, post=post, state=State(state) if state else None
    )
    if as_json:
        click.echo(json.dumps(_told(app, said), ensure_ascii=False))
    else:
        _show(app, said)
    app.close()


def _told(app: App, said: Status) -> dict[str, object]:
    return {
        "stopped": bool(said.stopped),
        "brakes": list(said.stopped),
        "halted": dict(said.halted),
        "deliveries": [
            {
                "key": str(row.key),
                "post": row.key.post,
                "channel": row.key.channel,
                "state": row.state.value,
                "due": told(app, row.due),
                "published_at": told(app, row.published_at),
                "remote_id": row.receipt.remote_id if row.receipt is not None else None,
                "url": row.receipt.url if row.receipt is not None else None,
                "attempts": row.attempts,
                "reason": row.reason,
            }
            for row in said.deliveries
        ],
        "counts": dict(said.counts),
        "more": said.more,
    }


def _show(app: App, said: Status) -> None:
    for brake in said.stopped:
        click.secho(f"STOPPED: {brake}", fg="red", bold=True)
    for channel, reason in said.halted.items():
        click.secho(f"{channel} is halted and keeps its queue: {reason}", fg="red")
    for title, states, colour in _SECTIONS:
        rows = [row for row in said.deliveries if row.state in states]
        if rows:
            click.secho(title, bold=True, fg=colour)
        for row in rows:
            click.echo(f"  {shown(app, row.due)}  {row.state.value:<11}  {row.key}  {_words(row)}".rstrip())
    if any(row.state is State.UNCONFIRMED for row in said.deliveries):
        click.echo("\nUnconfirmed may be public. Look at the account, then type one of:")
        click.echo("  amplify resolve KEY --published URL --by NAME")
        click.echo("  amplify resolve KEY --absent --by NAME        it goes out again if it is still in time")
    counts = ", ".join(f"{count} {state}" for state, count in said.counts.items() if count)
    click.echo(f"\nIn all: {counts or 'nothing'}." + (f" {said.more} not shown; --all shows them." if said.more else ""))


def _words(row: Delivery) -> str:
    return row.receipt.url if row.receipt is not None and row.state is State.PUBLISHED else row.reason
