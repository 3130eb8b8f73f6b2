"""amplify preview: exactly what followers will see at the slot."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import click

from amplify.bootstrap import App, open_app
from amplify.cli.at_hand import zone_of
from amplify.cli.limits import whose_limits
from amplify.cli.options import campaign_option, json_option
from amplify.cli.previewed import Previewed
from amplify.cli.screen import busy, show
from amplify.cli.told import answer, many
from amplify.domain.delivery import Delivery
from amplify.domain.key import Key
from amplify.services.looking.checked import limits_read


@click.command(
    epilog="\b\nExample:\n  amplify preview\n  amplify preview first --channel bluesky-en\n"
    "  amplify preview --html preview.html"
)
@click.argument("posts", nargs=-1, metavar="[POST]...")
@click.option("--channel", default="", metavar="NAME", help="Only this channel.")
@click.option(
    "--html",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw a page for a browser, in one file that can be sent to others, instead of showing it here.",
)
@campaign_option
@json_option
def preview(posts: tuple[str, ...], channel: str, html: Path | None, campaign: Path, as_json: bool) -> None:
    """Show exactly what followers will see: the text, its length as the network counts, what is wrong with it.

    Exit code 1 when something would keep a post from going out as shown.
    """
    from amplify.services.preview import asked_for
    from amplify.services.preview import preview as look

    with closing(open_app(campaign)) as app:
        zone, accounts, rows = zone_of(app), app.accounts(), _rows(app)
        _check_names(app, posts, channel)
        if html is not None:
            from amplify.cli.preview_file import check_place

            check_place(html)
        with busy("setting every post", quiet=as_json):
            whole = look(app.written, app.workshop, accounts)
        seen = [one for one in whole if asked_for(one, posts, channel)]
        previewed = Previewed(app=app, zone=zone, accounts=accounts, rows=rows, seen=seen, whole=whole)
        if html is not None:
            _draw(previewed, html, _chosen(posts, channel), as_json=as_json)
        if as_json:
            answer([previewed.as_json(one) for one in seen])
        elif html is None:
            for one in seen:
                show(previewed.card(one))
        if not as_json:
            wrong = previewed.wrong
            told = f", {many(wrong, 'of them with a problem', 'of them with problems')}" if wrong else ""
            names = {one.intent.wanted.channel.name: one.intent.wanted.channel for one in seen}
            show(f"{many(len(seen), 'delivery', 'deliveries')}{told}.", *whose_limits(limits_read(names, accounts)))
    if previewed.wrong:
        raise click.exceptions.Exit(1)


def _draw(previewed: Previewed, html: Path, chosen: str, *, as_json: bool) -> None:
    from amplify.cli.preview_file import keep
    from amplify.cli.preview_page import draw

    with busy("drawing the page", quiet=as_json):
        size = keep(html, draw(previewed, chosen))
    show(f"The page is {html} ({size}). Open it in a browser:\n{html.resolve().as_uri()}", err=as_json)


def _chosen(posts: tuple[str, ...], channel: str) -> str:
    """In words, what the page is narrowed to."""
    named = [f"only {', '.join(posts)}"] if posts else []
    return " · ".join([*named, *([f"only on {channel}"] if channel else [])])


def _rows(app: App) -> Mapping[Key, Delivery]:
    ledger = app.ledger_if_any()
    return {row.key: row for row in ledger.deliveries()} if ledger is not None else {}


def _check_names(app: App, posts: tuple[str, ...], channel: str) -> None:
    """Raises ClickException for a name that is nowhere written."""
    from amplify.authoring.nearest import nearest

    written = app.written
    for name in posts:
        if name in written.held_posts:
            raise click.ClickException(f"post {name} is wrong, so it cannot be shown; `amplify check` says why")
        known = [post.id for post in written.posts]
        if name not in known:
            raise click.ClickException(f"there is no post “{name}” in posts/; {nearest(name, known)}".rstrip("; "))
    if channel and channel not in written.channels:
        hint = nearest(channel, written.channels)
        raise click.ClickException(f"there is no channel “{channel}” in config/channels.yaml; {hint}".rstrip("; "))
