"""amplify withdraw: what is public of a post is deleted, and what of it still waits goes nowhere."""

import asyncio
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import App, open_app
from amplify.cli.at_hand import AtHand
from amplify.cli.errands import errands
from amplify.cli.hush import hushed
from amplify.cli.options import by_option, campaign_option, confirmed, json_option, yes_option
from amplify.cli.screen import busy, columns, show, styled
from amplify.cli.told import answer, iso_if_any, many, what, when
from amplify.domain.delivery import Delivery, State

if TYPE_CHECKING:
    from amplify.services.taking import Taking
    from amplify.services.withdraw import Fate

_BEGINNING = 60


@click.command(
    epilog="\b\nExample:\n  amplify withdraw thanks --by editor\n  amplify withdraw 2027/thanks@telegram-en --by editor --yes"
)
@click.argument("names", metavar="POST|KEY…", nargs=-1, required=True)
@by_option
@yes_option
@campaign_option
@json_option
def withdraw(names: Sequence[str], by: str, *, yes: bool, campaign: Path, as_json: bool) -> None:
    """Delete what is public of a post, with what boosts it, and cancel what of it still waits.

    It is deleted from the networks' own pages; copies and screenshots of others stay. The record keeps that it was
    there and who took it back, and it is never published again. Said again, it goes on where it stopped.
    """
    from amplify.services.approve import check_name
    from amplify.services.taking import taking
    from amplify.services.withdraw import cancel
    from amplify.services.withdraw import withdraw as take_back

    with closing(open_app(campaign)) as app:
        desk = AtHand.of(app)
        desk.check_new_name(by)
        check_name(by, desk.written)
        chosen = taking(names, desk.written, desk.ledger)
        if not (chosen.doomed or chosen.waiting):
            cancel(chosen.unsure, desk.ledger, by=by, now=app.clock.now())
            _nothing(chosen, as_json=as_json)
            return
        if not yes:
            _ask(chosen, desk, as_json=as_json)
            chosen = taking(names, desk.written, desk.ledger)
        with busy("deleting", quiet=as_json), hushed():
            cancelled, faster = cancel([*chosen.waiting, *chosen.unsure], desk.ledger, by=by, now=app.clock.now())
            # a worker may have been faster, and more of it is public now
            doomed = {one.row.key: one for one in taking(names, desk.written, desk.ledger).doomed}
            visits = errands(app, (key.channel for key in doomed))
            fates = asyncio.run(take_back([*doomed.values()], visits, desk.ledger, app.clock, by=by))
        unsure = [row for row in faster if row.key not in doomed]
        if as_json:
            answer(_as_json(fates, cancelled, unsure, chosen, desk))
        else:
            _tell(fates, cancelled, unsure, chosen, desk)
    if unsure or any(fate.left for fate in fates):
        raise click.exceptions.Exit(1)


def _nothing(chosen: "Taking", *, as_json: bool) -> None:
    """Raises Exit where somebody must look first."""
    unsure = [str(row.key) for row in chosen.unsure]
    gone = [str(row.key) for row in chosen.gone]
    if as_json:
        answer({"withdrawn": [], "cancelled": [], "left": [], "unconfirmed": unsure, "before": gone, "stays": []})
    elif gone:
        show(f"Taken back before: {', '.join(gone)}.")
    elif not unsure:
        show("Nothing of it is public, and nothing of it waits.")
    if unsure:
        _tell_unsure(chosen.unsure, err=as_json)
        raise click.exceptions.Exit(1)


def _ask(chosen: "Taking", desk: AtHand, *, as_json: bool) -> None:
    """Raises Exit where the answer is no."""
    if chosen.doomed:
        show("Public:", columns(_line(one.row, desk) for one in chosen.doomed), err=as_json)
    if chosen.waiting:
        show("Waits:", columns(_line(row, desk) for row in chosen.waiting), err=as_json)
    asked = [f"delete {many(len(chosen.doomed), 'post')} for good"] if chosen.doomed else []
    asked += [f"cancel {many(len(chosen.waiting), 'delivery', 'deliveries')}"] if chosen.waiting else []
    if not confirmed(f"{' and '.join(asked).capitalize()}?", err=as_json):
        show("Nothing was done.", err=as_json)
        raise click.exceptions.Exit(1)


def _line(row: Delivery, desk: AtHand) -> tuple[str, ...]:
    at = row.published_at or row.due
    begins = " ".join(row.text.split())[:_BEGINNING]
    return row.key.channel, when(at, desk.zone), what(row.key), _url(row) or begins


def _tell(
    fates: Sequence["Fate"], cancelled: Sequence[Delivery], unsure: Sequence[Delivery], chosen: "Taking", desk: AtHand
) -> None:
    for fate in fates:
        if not fate.left:
            show(styled(f"Gone: {what(fate.row.key)} on {fate.row.key.channel}, {_url(fate.row)}", "green"))
    for row in cancelled:
        show(f"Cancelled: {row.key}")
    for fate in fates:
        if fate.left:
            until = f" The rest may go from {when(fate.until, desk.zone)}: say it again then." if fate.until else ""
            what_now = "NOT CLEAR" if fate.unclear else "STILL THERE"
            show(styled(f"{what_now}: {fate.row.key}, {_url(fate.row)}: {fate.left.rstrip('.')}.{until}", "bold red"))
    _tell_unsure(unsure, err=False)
    for network, stays in _stays(fates, desk.app).items():
        show(f"What cannot be recalled on {network.capitalize()}: {stays}.")
    for row in chosen.stays:
        is_public = row.state is State.PUBLISHED
        does = "and stays" if is_public else "and still waits: does it make sense without it?"
        joint, back = (":", "takes it back too") if is_public else ("", "cancels it")
        show(f"{row.key} quotes or answers it, {does}{joint} `amplify withdraw {row.key}` {back}.")
    if files := _files(cancelled, desk.app):
        told = (
            f"Still written in {', '.join(files)}: nothing of it goes out again unless its text or its time is changed"
        )
        show(f"{told}. Take it out, so that nobody wonders.")


def _files(cancelled: Sequence[Delivery], app: App) -> list[str]:
    """Where the posts that were cancelled are still written."""
    posts = {row.key.post for row in cancelled}
    return sorted({post.place.file for post in app.written.posts if post.id in posts})


def _tell_unsure(unsure: Sequence[Delivery], *, err: bool) -> None:
    for row in unsure:
        if row.state is State.SENDING:
            told = f"{row.key} is on its way just now: wait until `amplify status` says what became of it, then say it again"
        else:
            told = (
                f"nobody knows yet whether {row.key} is public: look, answer with `amplify resolve`, then say it again"
            )
        show(styled(f"{told}.", "bold yellow"), err=err)


def _stays(fates: Sequence["Fate"], app: App) -> dict[str, str]:
    """What cannot be recalled, once a network."""
    channels = app.written.channels
    return {channels[fate.row.key.channel].network: fate.stays for fate in fates if fate.stays}


def _as_json(
    fates: Sequence["Fate"], cancelled: Sequence[Delivery], unsure: Sequence[Delivery], chosen: "Taking", desk: AtHand
) -> dict[str, object]:
    return {
        "withdrawn": [{"key": str(fate.row.key), "url": _url(fate.row)} for fate in fates if not fate.left],
        "cancelled": [str(row.key) for row in cancelled],
        "left": [
            {
                "key": str(fate.row.key),
                "url": _url(fate.row),
                "reason": fate.left,
                "until": iso_if_any(fate.until, desk.zone),
            }
            for fate in fates
            if fate.left
        ],
        "unconfirmed": [str(row.key) for row in unsure],
        "before": [str(row.key) for row in chosen.gone],
        "stays": [str(row.key) for row in chosen.stays],
        "cannot_recall": _stays(fates, desk.app),
    }


def _url(row: Delivery) -> str:
    return row.receipt.url if row.receipt is not None else ""
