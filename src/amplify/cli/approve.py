"""amplify approve and revoke: a named person's yes to exact words at an exact time, and taking it back."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import click

from amplify.bootstrap import open_app
from amplify.cli.at_hand import AtHand
from amplify.cli.ballot import Ballot
from amplify.cli.options import by_option, campaign_option, digest_option, json_option, yes_option
from amplify.domain.delivery import Delivery, State

_F = TypeVar("_F", bound=Callable[..., Any])


def _named(command: _F) -> _F:
    """The deliveries meant, and the options of a yes."""
    told = "Only what is due until then: D-7, `D-7 09:00`, 2027-05-14."
    for add in (json_option, campaign_option, yes_option, digest_option, by_option):
        command = add(command)
    command = click.option("--until", metavar="WHEN", default="", help=told)(command)
    return click.argument("names", nargs=-1, required=True, metavar="POST|KEY...")(command)


@click.command(
    epilog="\b\nExample:\n  amplify approve first --by reviewer\n  amplify approve first quote --until D-1 --by reviewer --yes"
)
@_named
def approve(
    names: tuple[str, ...], until: str, by: str, digests: Sequence[str], yes: bool, campaign: Path, as_json: bool
) -> None:
    """Show the words of posts or single deliveries, and say yes to them.

    The yes is to exactly these words, at this time, on this channel. When one of them changes, it is gone.
    """
    from amplify.services.approve import approve as say_yes
    from amplify.services.approve import check_name

    with closing(open_app(campaign)) as app:
        desk = AtHand.of(app)
        desk.check_new_name(by)
        check_name(by, desk.written)
        ballot = Ballot.of(desk, names, until)
        before = desk.said_yes(by, ballot.waiting)
        chosen = [row for row in ballot.waiting if row.state is State.PLANNED and row.digest and row.key not in before]
        if digests:
            chosen = ballot.by_digest(chosen, digests)
        elif chosen and not yes and not ballot.ask(chosen, f"{by} says yes to", err=as_json):
            chosen = []
        say_yes(chosen, desk.written, app.workshop, desk.ledger, by=by, via="cli")

        def why(row: Delivery) -> str:
            if row.state is State.PLANNED:
                return f"{by} has said yes already" if row.key in before else "no yes was given"
            return row.reason

        ballot.tell(chosen, why, as_json=as_json, none=f"Nothing was approved by {by}.")
        stands = before or any(row.state in {State.APPROVED, State.CLAIMED} for row in ballot.rows)
    if not (chosen or stands):
        raise click.exceptions.Exit(1)


@click.command(epilog="\b\nExample:\n  amplify revoke first --by reviewer")
@_named
def revoke(
    names: tuple[str, ...], until: str, by: str, digests: Sequence[str], yes: bool, campaign: Path, as_json: bool
) -> None:
    """Take every yes to posts or single deliveries back: they wait until people say yes again.

    Anyone may. What is public, or on its way, stays as it is.
    """
    from amplify.services.approve import revoke as take_back

    with closing(open_app(campaign)) as app:
        desk = AtHand.of(app)
        ballot = Ballot.of(desk, names, until)
        approved = desk.ledger.approvals(row.key for row in ballot.waiting)
        chosen = [row for row in ballot.waiting if row.key in approved]
        if digests:
            chosen = ballot.by_digest(chosen, digests)
        elif chosen and not yes and not ballot.ask(chosen, "Take back every yes to", err=as_json):
            chosen = []
        take_back([row.key for row in chosen], app.workshop, desk.ledger, by=by)

        def why(row: Delivery) -> str:
            return (
                "" if row.key in approved else f"there is no yes to take back{f': {row.reason}' if row.reason else ''}"
            )

        ballot.tell(chosen, why, as_json=as_json, none="Nothing was taken back.")
    if approved and not chosen:
        raise click.exceptions.Exit(1)
