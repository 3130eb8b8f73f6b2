"""amplify channels check --prove-replay: try whether servers remember a repeated request, with a post that nobody sees."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import App
from amplify.cli.channels_seen import case_of
from amplify.cli.hush import hushed
from amplify.cli.screen import busy, show, styled

if TYPE_CHECKING:
    from amplify.domain.channel import Channel
    from amplify.services.prove_replay import Tried


def prove(app: App, channels: "Sequence[Channel]", by: str, *, quiet: bool) -> "Sequence[Tried]":
    """One after the other, as they are named. Raises ClickException where publishing is stopped."""
    from amplify.services.approve import check_name
    from amplify.services.prove_replay import prove_replay

    check_name(by, app.written)
    if app.folder.stopped():
        raise click.ClickException(
            "there is a file STOP in the campaign's folder, so nothing is posted, not even a test"
        )
    known = app.accounts()

    async def all_of_them() -> "Sequence[Tried]":
        return [await prove_replay(case_of(app, each), app.ledger, app.clock, known, by=by) for each in channels]

    with busy("posting a test that nobody sees, twice, and deleting it", quiet=quiet), hushed():
        return asyncio.run(all_of_them())


def tell(tried: "Sequence[Tried]") -> None:
    style = {True: "green", False: "yellow", None: "bold red"}
    for one in tried:
        show(styled(f"{one.channel}: {one.told}.", style[one.remembers]))


def as_json(tried: "Sequence[Tried]") -> list[dict[str, object]]:
    return [{"channel": one.channel, "remembers": one.remembers, "told": one.told} for one in tried]
