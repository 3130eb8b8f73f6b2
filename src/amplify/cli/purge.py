"""amplify purge: forget the words of what is public or ended."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import App, open_app
from amplify.cli.at_hand import AtHand
from amplify.cli.options import by_option, campaign_option, confirmed, json_option, yes_option
from amplify.cli.screen import busy, show, styled
from amplify.cli.told import answer, listed, many
from amplify.config.cache_folder import CACHE, CacheFolder
from amplify.domain.key import Key
from amplify.domain.when import parse_when, resolve

if TYPE_CHECKING:
    from datetime import datetime

    from amplify.services.purge import Chosen, Purged


@click.command(
    epilog="\b\nExample:\n  amplify purge --post her-birthday --by editor\n  amplify purge --before 2027-06-01 --by editor"
)
@click.option(
    "--before", default="", metavar="DATE", help="Whatever was public or due before that day: 2027-06-01, D+7."
)
@click.option("--post", default="", metavar="POST", help="Every delivery of a post, in every edition.")
@click.option("--key", default="", metavar="KEY", help="One delivery, by its key.")
@by_option
@yes_option
@campaign_option
@json_option
def purge(before: str, post: str, key: str, by: str, yes: bool, campaign: Path, as_json: bool) -> None:
    """Erase words from the ledger for good: texts, notes, what was sent, and old revisions of those posts.

    Only what is public or will never go out is erased. What is public stays public: this forgets, it withdraws nothing.
    That it was sent, when, where, and who approved it stays in the record, and so does who has erased it.
    """
    from amplify.services.approve import check_name
    from amplify.services.purge import choose
    from amplify.services.purge import purge as forget

    if sum(map(bool, (before, post, key))) != 1:
        raise click.UsageError("say one of the three: --before DATE, --post POST, or --key KEY")
    with closing(open_app(campaign)) as app:
        desk = AtHand.of(app)
        desk.check_new_name(by)
        check_name(by, desk.written)
        until = _day(before, desk) if before else None
        chosen = choose(desk.ledger, before=until, post=post, key=_key(key) if key else None)
        if chosen.words and not yes and not confirmed(_question(chosen), err=as_json):
            show("Nothing was erased.", err=as_json)
            raise click.exceptions.Exit(1)
        with busy("erasing", quiet=as_json):
            done = forget(chosen, app.author, desk.ledger, by=by, now=app.clock.now())
            CacheFolder(app.root / CACHE).keep_only(())
        if as_json:
            answer(_as_json(chosen, done, app))
        else:
            _tell(chosen, done, app)
    if not before and not (chosen.words or chosen.done):
        raise click.exceptions.Exit(1)


def _day(said: str, desk: AtHand) -> "datetime":
    """The beginning of a day, on the campaign's clocks. Raises BadParameter."""
    campaign = desk.written.campaign
    try:
        when = parse_when(f"{said} 00:00")
    except ValueError:
        when = None
    if when is None or campaign is None:
        raise click.BadParameter(f"“{said}” is no day; write 2027-06-01 or D+7", param_hint="--before")
    return resolve(when, campaign.day, campaign.zone).at


def _key(said: str) -> Key:
    """Raises ClickException."""
    try:
        return Key.parse(said)
    except ValueError as error:
        raise click.ClickException(f"{error}; `amplify status --all` shows the keys") from None


def _question(chosen: "Chosen") -> str:
    posts = listed({row.key.post for row in chosen.words})
    return f"Erase the words of {many(len(chosen.words), 'delivery', 'deliveries')} ({posts}) for good?"


def _as_json(chosen: "Chosen", done: "Purged", app: App) -> dict[str, object]:
    return {
        "erased": [str(row.key) for row in done.rows],
        "erased_before": [str(row.key) for row in chosen.done],
        "waiting": [str(row.key) for row in chosen.waits],
        "revisions": list(done.revisions),
        "in_force": list(done.in_force),
        "copies": [str(path) for path in app.copies()],
    }


def _tell(chosen: "Chosen", done: "Purged", app: App) -> None:
    """What is gone, and where the same words still are."""
    if done.rows:
        gone = many(len(done.rows), "delivery", "deliveries")
        show(styled(f"The words of {gone} are erased. The record stays whole and says who has done it.", "green"))
    elif chosen.done:
        show("Those words were erased before.")
    else:
        show("Nothing was erased.")
    if chosen.waits:
        names = listed({row.key.post for row in chosen.waits})
        number = many(
            len(chosen.waits), "delivery still waits and keeps its words", "deliveries still wait and keep theirs"
        )
        show(f"{number}: {names}.")
    if not (done.rows or chosen.done):
        return
    show("They are not gone everywhere:")
    if done.in_force:
        show(f"- {listed(done.in_force)}: take the posts out there, `amplify apply`, then type the same again.")
    for path in app.copies():
        show(f"- {path}: a copy. If it is from before, delete it; `amplify backup` makes a new one.")
    show("- Copies that you have carried away, git, and the campaign's folder on other machines.")
    show("- What is public stays public.")
