"""amplify new: a post from a template of its kind, kept back as a draft until its words are there."""

import re
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import click

from amplify.authoring.nearest import nearest
from amplify.bootstrap import App, open_app
from amplify.cli.at_hand import usable
from amplify.cli.blank_post import blank_post
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import show
from amplify.cli.told import answer
from amplify.domain.post import Kind
from amplify.domain.when import parse_when

_ID = re.compile(r"[a-z0-9]+(-+[a-z0-9]+)*")
_ALL = "all"


@click.command(
    epilog="\b\nExample:\n  amplify new quote\n  amplify new countdown --id last-days --at 'D-2 09:00' --channels mastodon"
)
@click.argument("kind")
@click.option("--id", "name", metavar="ID", help="The post's name, for good; by default its kind.")
@click.option("--at", multiple=True, metavar="WHEN", help="When it is due, such as 'D-7 09:00'. May be repeated.")
@click.option(
    "--channels", multiple=True, metavar="NAME", help="Networks or channels; by default all. May be repeated."
)
@campaign_option
@json_option
def new(kind: str, name: str | None, at: Sequence[str], channels: Sequence[str], campaign: Path, as_json: bool) -> None:
    """Write posts/ID.yaml: a post of KIND to fill in, in the campaign's languages, with comments that say how.

    It is a draft: nothing of it goes out before you remove that line. What lies there is never written over.

    \b
    Kinds: countdown, figure, quote, call, thread, event, profile, statement,
    correction, safety, thanks.
    """  # noqa: D301 - click's mark for a paragraph that keeps its lines
    chosen = _kind(kind)
    for one in at:
        _check_time(one)
    with closing(open_app(campaign)) as app:
        where = _channels(channels, app)
        called = _id(name, chosen, _taken(app), _files(app))
        text = blank_post(chosen, app.written, usable(app), id=called, at=at, channels=where)
        file = f"posts/{called}.yaml"
        path = app.root / file
        path.parent.mkdir(exist_ok=True)
        try:
            with path.open("x", encoding="utf-8", newline="\n") as new_file:
                new_file.write(text)
        except FileExistsError:
            raise click.ClickException(f"{file} exists already; choose another name with --id") from None
    steps = [f"fill in {file}", "remove the line `draft: true`", "amplify check", f"amplify preview {called}"]
    if as_json:
        answer({"ok": True, "file": file, "id": called, "kind": chosen.value, "next": steps})
        return
    show(f"{path} is yours to fill in. Next:", *(f"  {step}" for step in steps))


def _kind(said: str) -> Kind:
    try:
        return Kind(said.lower())
    except ValueError:
        known = ", ".join(Kind)
        near = nearest(said, Kind)
        guess = f" ({near})" if near.startswith("did") else ""
        raise click.UsageError(f"“{said}” is not a kind of post{guess}. Kinds: {known}") from None


def _check_time(said: str) -> None:
    try:
        parse_when(said)
    except ValueError as bad:
        raise click.UsageError(str(bad)) from None


def _channels(said: Sequence[str], app: App) -> list[str]:
    """As written; `mastodon,telegram-en` in one word is understood."""
    chosen = [name for words in said for name in re.split(r"[,\s]+", words) if name]
    channels = app.written.channels
    known = {_ALL, *channels, *(channel.network for channel in channels.values())}
    for name in chosen:
        if name not in known:
            raise click.UsageError(f"“{name}” is neither a channel nor a network; {nearest(name, known)}")
    return chosen or [_ALL]


def _taken(app: App) -> frozenset[str]:
    """Ids that posts have, or had: under a name that was published, nothing new would ever go out."""
    ledger = app.ledger_if_any()
    known = {row.key.post for row in ledger.deliveries()} if ledger is not None else set()
    return frozenset({post.id for post in app.written.posts} | app.written.held_posts | known)


def _files(app: App) -> frozenset[str]:
    return frozenset(path.stem for path in (app.root / "posts").glob("*.yaml"))


def _id(said: str | None, kind: Kind, taken: frozenset[str], files: frozenset[str]) -> str:
    """The name that was asked for, or the kind with the first number that is free."""
    if said is None:
        names = (f"{kind}-{number}" if number > 1 else kind.value for number in range(1, 10_000))
        return next(name for name in names if name not in taken | files)
    if not _ID.fullmatch(said):
        raise click.UsageError(f"“{said}” is not an id: lower case letters, digits and `-` only, such as `day-quote`")
    if said in taken:
        raise click.UsageError(f"a post is or was called “{said}” already; choose another name")
    return said
