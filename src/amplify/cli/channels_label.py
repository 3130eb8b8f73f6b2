"""amplify channels set-label: let accounts say that they are automated, and look whether they do."""

import asyncio
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import App, open_app
from amplify.cli.at_hand import usable
from amplify.cli.channels_seen import case_of, chosen
from amplify.cli.hush import hushed
from amplify.cli.options import by_option, campaign_option, json_option
from amplify.cli.screen import busy, show, styled
from amplify.cli.told import answer

if TYPE_CHECKING:
    from amplify.domain.channel import Channel
    from amplify.services.label import Labelled


@click.command("set-label", epilog="\b\nExample:\n  amplify channels set-label mastodon-en bluesky-en --by editor")
@click.argument("channels", nargs=-1, metavar="[CHANNEL]…")
@click.option("--all", "every", is_flag=True, help="All channels.")
@by_option
@campaign_option
@json_option
def set_label(channels: tuple[str, ...], every: bool, by: str, campaign: Path, as_json: bool) -> None:
    """Switch the automation label on: readers see that posts are scheduled. Then look whether it shows.

    Without the label amplify publishes nothing. It is never switched off here. Exit code 1 where it is not on in the end.
    """
    from amplify.services.approve import check_name
    from amplify.services.label import Became

    if bool(channels) == every:
        raise click.UsageError("name the channels, or give --all")
    with closing(open_app(campaign)) as app:
        usable(app)
        check_name(by, app.written)
        with busy("asking the servers", quiet=as_json), hushed():
            done = asyncio.run(_all_of_them(app, list(chosen(app, channels).values()), by))
    on = (Became.SET, Became.WAS_ON)
    if as_json:
        keys = ("channel", "became", "told")
        labels = [dict(zip(keys, (one.channel, one.became.value, one.told), strict=True)) for one in done]
        answer({"ok": all(one.became in on for one in done), "labels": labels})
    for one in done if not as_json else ():
        show(styled(f"{one.channel}: {one.told}.", "green" if one.became in on else "bold red"))
    if any(one.became not in on for one in done):
        raise click.exceptions.Exit(1)


async def _all_of_them(app: App, channels: "Sequence[Channel]", by: str) -> "Sequence[Labelled]":
    """One after the other: two of them may be one account."""
    from amplify.services.label import set_label as switch_on

    known = app.accounts()
    return [await switch_on(case_of(app, each), app.ledger, app.clock, known, by=by) for each in channels]
