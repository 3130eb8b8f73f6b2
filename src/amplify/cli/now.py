"""amplify now: a new slot for a post, now."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import open_app
from amplify.cli.at_hand import AtHand, usable
from amplify.cli.ballot import Ballot
from amplify.cli.options import by_option, campaign_option, json_option, yes_option
from amplify.cli.screen import show, styled
from amplify.cli.told import when
from amplify.domain.delivery import SEALED, State

if TYPE_CHECKING:
    from amplify.domain.guard import Verdict


@click.command(epilog="\b\nExample:\n  amplify now first --by editor")
@click.argument("name", metavar="POST|KEY")
@by_option
@yes_option
@campaign_option
@json_option
def now(name: str, by: str, yes: bool, campaign: Path, as_json: bool) -> None:
    """Give everything of a post that is not public yet the slot “now”. The worker sends it: `amplify run`.

    Asking for it is a yes by you, unless you wrote it; where two people must approve, another is still needed.
    Quiet hours, caps and gaps count as ever, and what would keep it is told first. Urgent posts pass them.
    """
    from amplify.services.approve import check_name
    from amplify.services.now import now as bring_forward
    from amplify.services.now import outlook

    with closing(open_app(campaign)) as app:
        desk = AtHand.of(app)
        desk.check_new_name(by)
        check_name(by, desk.written)
        ballot = Ballot.of(desk, [name])
        stop_file = app.folder.stopped()
        for verdict in outlook(name, desk.written, app.workshop, desk.ledger, stop_file=stop_file):
            show(styled(_told(verdict, desk), "bold yellow"), err=True)
        ahead = [row for row in ballot.rows if row.state not in SEALED and row.state is not State.CANCELLED]
        if ahead and not yes and not ballot.ask(ahead, "Publish now", err=as_json):
            show("Nothing was changed.", err=as_json)
            raise click.exceptions.Exit(1)
        moved = bring_forward(name, desk.written, app.workshop, desk.ledger, by=by, via="cli")
        why = {row.key: row.reason or f"it is {row.state}" for row in ballot.rows}
        ballot.tell(moved, why, as_json=as_json, none="Nothing was given a new slot.")


def _told(verdict: "Verdict", desk: AtHand) -> str:
    """What keeps it, until when, and whether that is too late."""
    told = f"It would not go out at once: {verdict.reason}."
    if verdict.until is None:
        return told
    late: timedelta = usable(desk.app).rules.late
    last = desk.app.clock.now() + late
    waits = f"It would wait until {when(verdict.until, desk.zone)}"
    return f"{told} {waits}." if verdict.until <= last else f"{told} {waits}, and be missed at {when(last, desk.zone)}."
