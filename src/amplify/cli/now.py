"""amplify now: a new slot, now."""

import json
from pathlib import Path

import click

from amplify.bootstrap import open_app
from amplify.cli.options import by_option, campaign_option, json_option, yes_option
from amplify.domain.delivery import State


@click.command(epilog="Example: amplify now statement --by editor")
@click.argument("post", metavar="POST|KEY")
@by_option
@yes_option
@campaign_option
@json_option
def now(post: str, by: str, yes: bool, campaign: Path, as_json: bool) -> None:
    """Give what is not public of a post a new slot: now. It is approved by whoever asks; the worker sends it.

    Quiet hours, caps and stops still hold, unless the post is urgent.
    """
    from amplify.services.approve import named
    from amplify.services.now import now as bring_forward

    app = open_app(campaign)
    if not yes:
        for row in named(post, app.written, app.ledger):
            click.echo(f"{row.key.channel} ({row.state}):\n    " + row.text.replace("\n", "\n    ") + "\n")
        click.confirm("Give this the time of now?", abort=True)
    rows = bring_forward(post, app.written, app.workshop, app.ledger, by=by, via="cli")
    if as_json:
        said = [{"key": str(row.key), "state": row.state.value} for row in rows]
        click.echo(json.dumps({"now": said}, ensure_ascii=False))
    else:
        ready = sum(row.state is State.APPROVED for row in rows)
        more = " Another person must approve the rest." if ready < len(rows) else ""
        click.echo(f"{ready} of {len(rows)} go out as soon as a worker runs and the rules allow.{more}")
    app.close()
