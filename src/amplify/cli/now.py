"""amplify now: a new slot for a post, now."""

from contextlib import closing
from pathlib import Path

import click

from amplify.bootstrap import open_app
from amplify.cli.at_hand import AtHand
from amplify.cli.ballot import Ballot
from amplify.cli.options import by_option, campaign_option, json_option, yes_option
from amplify.cli.screen import show
from amplify.domain.delivery import SEALED, State


@click.command(epilog="\b\nExample:\n  amplify now first --by editor")
@click.argument("name", metavar="POST|KEY")
@by_option
@yes_option
@campaign_option
@json_option
def now(name: str, by: str, yes: bool, campaign: Path, as_json: bool) -> None:
    """Give everything of a post that is not public yet the slot “now”. The worker sends it: `amplify run`.

    Asking for it is a yes by you; where two people must approve, another is still needed.
    Quiet hours, caps and gaps count as ever.
    """
    from amplify.services.now import now as bring_forward

    with closing(open_app(campaign)) as app:
        desk = AtHand.of(app)
        desk.check_new_name(by)
        ballot = Ballot.of(desk, [name])
        ahead = [row for row in ballot.rows if row.state not in SEALED and row.state is not State.CANCELLED]
        if ahead and not yes and not ballot.ask(ahead, "Publish now", err=as_json):
            show("Nothing was changed.", err=as_json)
            raise click.exceptions.Exit(1)
        moved = bring_forward(name, desk.written, app.workshop, desk.ledger, by=by, via="cli")
        why = {row.key: row.reason or f"it is {row.state}" for row in ballot.rows}
        ballot.tell(moved, why, as_json=as_json, none="Nothing was given a new slot.")
