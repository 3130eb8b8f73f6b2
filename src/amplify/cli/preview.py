"""amplify preview: exactly what followers will see at the slot."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from amplify.bootstrap import App, open_app
from amplify.cli.at_hand import zone_of
from amplify.cli.limits import whose_limit
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import busy, card, show, styled
from amplify.cli.told import answer, iso, many, what, when
from amplify.domain.delivery import Delivery
from amplify.domain.key import Key
from amplify.ports.ledger import Account
from amplify.services.survey import Surveyed

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


@click.command(epilog="\b\nExample:\n  amplify preview\n  amplify preview first --channel bluesky-en")
@click.argument("posts", nargs=-1, metavar="[POST]...")
@click.option("--channel", default="", metavar="NAME", help="Only this channel.")
@campaign_option
@json_option
def preview(posts: tuple[str, ...], channel: str, campaign: Path, as_json: bool) -> None:
    """Show exactly what followers will see: the text, its length as the network counts, what is wrong with it.

    Exit code 1 when something would keep a post from going out as shown.
    """
    from amplify.services.preview import preview as look

    with closing(open_app(campaign)) as app:
        page = _Page(app=app, zone=zone_of(app), accounts=app.accounts(), rows=_rows(app))
        _check_names(app, posts, channel)
        with busy("setting every post", quiet=as_json):
            seen = look(app.written, app.workshop, page.accounts, posts=posts, channel=channel)
        if as_json:
            answer([page.as_json(one) for one in seen])
        else:
            for one in seen:
                show(page.card(one))
            wrong = sum(bool(_problems(one)) for one in seen)
            told = f", {many(wrong, 'of them with a problem', 'of them with problems')}" if wrong else ""
            show(f"{many(len(seen), 'delivery', 'deliveries')}{told}.")
    if any(_problems(one) for one in seen):
        raise click.exceptions.Exit(1)


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


def _problems(one: Surveyed) -> list[str]:
    intent = one.intent
    return [*([intent.problem] if intent.problem else []), *intent.concerns]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """`rows` are the ledger's: what has been said yes to already."""

    app: App
    zone: ZoneInfo
    accounts: Mapping[str, Account]
    rows: Mapping[Key, Delivery]

    def as_json(self, one: Surveyed) -> dict[str, object]:
        wanted, rendition = one.intent.wanted, one.intent.rendition
        limits = self.app.workshop.limits(wanted.channel, self.accounts)
        layout = rendition.layout if rendition is not None else None
        return {
            "key": str(wanted.key),
            "post": wanted.post.id,
            "channel": wanted.channel.name,
            "network": wanted.channel.network,
            "language": wanted.channel.language,
            "due": iso(wanted.due, self.zone),
            "text": layout.text if layout else "",
            "length": layout.length if layout else None,
            "limit": layout.limit if layout else limits.text,
            "unit": layout.unit if layout else limits.unit,
            "entities": [
                {"kind": entity.kind, "start": entity.start, "end": entity.end, "value": entity.value}
                for entity in (layout.entities if layout else ())
            ],
            "media": [
                {"file": shown.path, "alt": shown.alt, "digest": shown.digest}
                for shown in (rendition.pictures if rendition else ())
            ],
            "digest": rendition.digest if rendition is not None else "",
            "problems": _problems(one),
        }

    def card(self, one: Surveyed) -> "RenderableType":
        from amplify.cli.as_shown import as_shown, extras

        wanted, rendition = one.intent.wanted, one.intent.rendition
        title = f"{wanted.channel.name}  {what(wanted.key)}  {when(wanted.due, self.zone)}"
        notes: list[Text | str] = [styled(f"problem: {said}", "bold red") for said in _problems(one)]
        if rendition is None:
            hint = one.unusable.hint if one.unusable is not None else ""
            notes += [styled(hint, "cyan")] if hint else []
            return card(title, styled("(no text to show)", "dim"), notes)
        layout = rendition.layout
        measured = f"{layout.length} of {layout.limit} {layout.unit} ({whose_limit(rendition.channel, self.accounts)})"
        notes = [
            *extras(rendition),
            styled(measured, "dim"),
            *notes,
            *(styled(said, "yellow") for said in self._waits(one)),
        ]
        return card(title, as_shown(rendition), notes)

    def _waits(self, one: Surveyed) -> list[str]:
        """For whom it waits; what the ledger says, where that is about these very words."""
        rendition = one.intent.rendition
        row = self.rows.get(one.intent.wanted.key)
        if row is None or rendition is None or row.digest != rendition.digest:
            return list(one.intent.waits)
        return list(one.intent.waits) if row.state.value == "planned" else [f"it is {row.state}"]
