"""amplify now: a new slot for a post, now."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import open_app
from amplify.cli.at_hand import AtHand, usable
from amplify.cli.ballot import Ballot
from amplify.cli.options import by_option, campaign_option, confirmed, json_option, yes_option
from amplify.cli.screen import show, styled
from amplify.cli.told import listed, when
from amplify.domain.delivery import SEALED, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amplify.domain.delivery import Delivery
    from amplify.domain.guard import Verdict


@click.command(epilog="\b\nExample:\n  amplify now first --by editor")
@click.argument("name", metavar="POST|KEY")
@by_option
@yes_option
@click.option(
    "--not-published-yet",
    "looked",
    is_flag=True,
    help="Where the ledger is new and cannot know: you have looked at the account, and it is not there.",
)
@campaign_option
@json_option
def now(name: str, by: str, yes: bool, looked: bool, campaign: Path, as_json: bool) -> None:
    """Give everything of a post that is not public yet the slot “now”. The worker sends it: `amplify run`.

    Asking for it is a yes by you, unless you wrote it; where two people must approve, another is still needed.
    Quiet hours, caps and gaps count as ever, and what would keep it is told first. Urgent posts pass them.
    """
    from amplify.services.approve import check_name
    from amplify.services.now import now as bring_forward
    from amplify.services.now import outlook, unknown_to

    with closing(open_app(campaign)) as app:
        desk = AtHand.of(app)
        desk.check_new_name(by)
        check_name(by, desk.written)
        ballot = Ballot.of(desk, [name])
        stop_file = app.folder.stopped()
        for verdict in outlook(name, desk.written, app.workshop, desk.ledger, stop_file=stop_file):
            show(styled(_told(verdict, desk), "bold yellow"), err=True)
        ahead = [row for row in ballot.rows if row.state not in SEALED and row.state is not State.CANCELLED]
        unknown = [] if yes or looked else unknown_to(desk.ledger, ahead)
        if unknown:
            show(styled(_unknown(unknown), "bold red"), err=True)
            looked = confirmed("You have looked, and it is not public?", err=as_json)
        said_no = bool(unknown) and not looked
        if said_no or (ahead and not yes and not ballot.ask(ahead, "Publish now", err=as_json)):
            show("Nothing was changed.", err=as_json)
            raise click.exceptions.Exit(1)
        moved = bring_forward(name, desk.written, app.workshop, desk.ledger, by=by, via="cli", not_published_yet=looked)
        why = {row.key: row.reason or f"it is {row.state}" for row in ballot.rows}
        ballot.tell(moved, why, as_json=as_json, none="Nothing was given a new slot.")


def _unknown(rows: "Sequence[Delivery]") -> str:
    """What nobody but a person who looks can know."""
    where = listed({row.key.channel for row in rows})
    return (
        f"This ledger is new and does not know what was published before. Look at {where} first: what is public there "
        "would be public twice. `amplify restore` brings a backup of the old ledger back."
    )


def _told(verdict: "Verdict", desk: AtHand) -> str:
    """What keeps it, until when, and whether that is too late."""
    told = f"It would not go out at once: {verdict.reason}."
    if verdict.until is None:
        return told
    late: timedelta = usable(desk.app).rules.late
    last = desk.app.clock.now() + late
    waits = f"It would wait until {when(verdict.until, desk.zone)}"
    return f"{told} {waits}." if verdict.until <= last else f"{told} {waits}, and be missed at {when(last, desk.zone)}."
