"""amplify approve and revoke: a named person's yes to exact words at an exact time, and taking it back."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from amplify.bootstrap import open_app
from amplify.cli.at_hand import AtHand
from amplify.cli.ballot import Ballot
from amplify.cli.options import by_option, campaign_option, digest_option, json_option, yes_option
from amplify.cli.screen import show
from amplify.cli.told import many
from amplify.cli.unnamed import unnamed
from amplify.domain.delivery import Delivery, State
from amplify.domain.key import Key

_F = TypeVar("_F", bound=Callable[..., Any])


def _named(command: _F) -> _F:
    """The deliveries meant, and the options of a yes."""
    told = "Only what is due until then: D-7, `D-7 09:00`, 2027-05-14."
    for add in (json_option, campaign_option, yes_option, digest_option, by_option):
        command = add(command)
    return click.option("--until", metavar="WHEN", default="", help=told)(command)


@click.command(
    epilog="\b\nExample:\n  amplify approve --until D-1 --by reviewer\n"
    '  amplify approve first quote --by reviewer --note "the date is checked"'
)
@click.argument("names", nargs=-1, metavar="[POST|KEY]...")
@click.option("--all", "everything", is_flag=True, help="Everything that waits for a yes, as without a name.")
@click.option("--note", default="", metavar="WORDS", help="What the others should know; kept with the yes.")
@_named
def approve(
    names: tuple[str, ...],
    everything: bool,
    note: str,
    until: str,
    by: str,
    digests: Sequence[str],
    yes: bool,
    campaign: Path,
    as_json: bool,
) -> None:
    """Show the words of posts or single deliveries, and say yes to them; without a name, to all that waits.

    The yes is to exactly these words, at this time, on this channel. When one of them changes, it is gone.
    Nobody approves a post that says `author:` and their name.
    """
    from amplify.services.approve import approve as say_yes
    from amplify.services.approve import check_name

    if names and everything:
        raise click.UsageError("name posts, or say --all; not both")
    with closing(open_app(campaign)) as app:
        desk = AtHand.of(app)
        desk.check_new_name(by)
        check_name(by, desk.written)
        ballot = Ballot.of(desk, names, until) if names else Ballot.of_all(desk, until)
        left = _left_out(ballot.waiting, by, desk)
        asked = [row for row in ballot.waiting if row.key not in left]
        if names and not asked:
            _own_posts_only(ballot.waiting, by, desk)
        if digests:
            asked = chosen = ballot.by_digest(asked, digests)
        else:
            chosen = asked if yes else ballot.ask_each(asked, f"{by} says yes to", err=as_json)
        note = unnamed(note, campaign)
        approved = say_yes(chosen, desk.written, app.workshop, desk.ledger, by=by, via="cli", note=note)
        changed = dict.fromkeys((row.key for row in chosen), "it has changed since it was shown; look again")
        others = 0 if names else len(ballot.rows) - len(asked)
        told = ballot if names else replace(ballot, rows=asked)
        if names or asked or as_json:
            told.tell(approved, {**left, **changed}, as_json=as_json, none=f"Nothing was approved by {by}.")
        else:
            show(f"Nothing waits for a yes by {by}.")
        if others and not as_json:
            show(f"{many(others, 'delivery waits', 'deliveries wait')} for somebody else's yes.")
        stands = any(row.state in {State.APPROVED, State.CLAIMED} for row in ballot.rows)
        stands = stands or bool(desk.said_yes(by, ballot.waiting))
    if not (approved or stands) and (names or asked):
        raise click.exceptions.Exit(1)


def _left_out(rows: Sequence[Delivery], by: str, desk: AtHand) -> Mapping[Key, str]:
    """What `by` is not asked about, and why."""
    before = desk.said_yes(by, rows)
    left: dict[Key, str] = {}
    for row in rows:
        if row.state is not State.PLANNED or not row.digest:
            left[row.key] = row.reason
        elif own := desk.not_own(by, row):
            left[row.key] = own
        elif row.key in before:
            left[row.key] = f"{by} has said yes already"
    return left


def _own_posts_only(rows: Sequence[Delivery], by: str, desk: AtHand) -> None:
    """Raises ClickException where nothing was named but what `by` wrote."""
    own = [desk.not_own(by, row) for row in rows]
    if own and all(own):
        raise click.ClickException(own[0])


@click.command(epilog="\b\nExample:\n  amplify revoke first --by reviewer")
@click.argument("names", nargs=-1, required=True, metavar="POST|KEY...")
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

        why = {row.key: _nothing_to_revoke(row) for row in ballot.waiting if row.key not in approved}
        ballot.tell(chosen, why, as_json=as_json, none="Nothing was taken back.")
    if approved and not chosen:
        raise click.exceptions.Exit(1)


def _nothing_to_revoke(row: Delivery) -> str:
    return f"there is no yes to take back{f': {row.reason}' if row.reason else ''}"
