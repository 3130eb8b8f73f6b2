"""amplify stop and resume. The brake holds whatever else is broken: at worst it is a file called STOP."""

from contextlib import closing
from pathlib import Path

import click

from amplify.bootstrap import App, NoCampaign, open_app
from amplify.cli.options import by_option, campaign_option, json_option
from amplify.cli.screen import show, styled
from amplify.cli.told import answer, listed, many
from amplify.cli.unnamed import unnamed

STOP_FILE = "STOP"


@click.command(epilog='\b\nExample:\n  amplify stop --reason "the figure is wrong" --by editor')
@click.option("--reason", required=True, metavar="WORDS", help="Why; others will read it.")
@click.option("--by", required=True, metavar="NAME", help="Who stops. Anybody may.")
@click.option("--channel", default="", metavar="NAME", help="Stop only this channel.")
@click.option("--except", "spared", multiple=True, metavar="POST", help="Let this post go on; may be repeated.")
@campaign_option
@json_option
def stop(reason: str, by: str, channel: str, spared: tuple[str, ...], campaign: Path, as_json: bool) -> None:
    """Stop: nothing more goes out, at once. What falls due meanwhile is never sent afterwards by itself.

    Said again with --except POST, it lets an urgent post through a stop that is in force.
    Where the ledger cannot be reached, a file called STOP is put into the folder: it stops everything.
    """
    from amplify.services.brake import stop as brake
    from amplify.services.status import brakes

    broke, reason = False, unnamed(reason, campaign)
    try:
        with closing(open_app(campaign)) as app:
            _check_channel(app, channel)
            brake(app.ledger, app.clock, reason=reason, by=by, channel=channel, except_posts=frozenset(spared))
            said, notes = list(brakes(app.ledger.stops(), app.folder, app.protection.read())), _exceptions(app, spared)
    except click.ClickException:
        raise
    except Exception as broken:
        if isinstance(broken, NoCampaign) and not (campaign / "config").is_dir():
            raise
        _put_file(campaign, reason, by)
        broke = True
        told = f"The ledger could not be reached ({broken}), so everything is stopped by the file {STOP_FILE}"
        said, notes = [f"the file {STOP_FILE} lies in the campaign's folder"], []
        show(styled(f"{told} in {campaign.resolve()}. Remove it to go on.", "bold red"), err=as_json)
    if as_json:
        answer({"stopped": True, "brakes": said})
        return
    for line in said:
        show(styled(f"STOPPED: {line}.", "bold red"))
    for note in notes:
        show(note)
    if not broke:
        show("`amplify status` says who must agree to go on: `amplify resume --by NAME`.")


@click.command(epilog="\b\nExample:\n  amplify resume --by editor\n  amplify resume --by reviewer")
@by_option
@campaign_option
@json_option
def resume(by: str, campaign: Path, as_json: bool) -> None:
    """Say that publishing may go on. It does when as many different people have said so as `rules.resume` asks for.

    What fell due during the stop is missed; `amplify now POST` gives it a new slot.
    """
    from amplify.services.brake import resume as release

    with closing(open_app(campaign)) as app:
        ledger = app.ledger
        was = any(stop.lifted_at is None for stop in ledger.stops())
        needed = release(ledger, app.clock, app.written, by=by)
        file = ", ".join(app.folder.stop_files())
        others = _who_else(app) if needed else ""
    if as_json:
        answer({"stopped": bool(needed or file), "still_needed": needed})
        return
    if needed:
        told = f"Still stopped: {many(needed, 'more person', 'more people')} must say so: {others}."
        show(styled(told, "bold red"))
    elif was:
        show(styled("The stop is lifted." if file else "Publishing goes on.", "green"))
    elif not file:
        show("Nothing was stopped.")
    if file:
        show(styled(f"A file {file} still lies in the folder and stops everything: remove it.", "bold red"))


def _check_channel(app: App, channel: str) -> None:
    """Raises ClickException for a channel that nobody knows: a stop of nothing would look like a stop."""
    known = {*app.written.channels, *app.written.held_channels}
    if not channel or channel in known or app.written.unread:
        return
    if channel not in {row.key.channel for row in app.ledger.deliveries()}:
        told = f"no channel is called “{channel}”, so nothing was stopped; there are {', '.join(sorted(known))}"
        raise click.ClickException(told)


def _exceptions(app: App, named: tuple[str, ...]) -> list[str]:
    """What becomes of the posts that are to go on: said here, or somebody counts on it."""
    from amplify.cli.braked import spared
    from amplify.services.survey import urgent_posts

    known = {row.key.post for row in app.ledger.deliveries()} | {post.id for post in app.written.posts}
    stops = [stop for stop in app.ledger.stops() if stop.lifted_at is None]
    going, said = spared(stops, urgent_posts(app.written)), []
    for post in named:
        if post not in known:
            said.append(f"No post is called {post}, so that exception spares nothing until there is one.")
        elif post not in going:
            said.append(f"{post} stays stopped by the earlier stop: only what is urgent can be spared afterwards.")
        else:
            said.append(f"{post} goes out all the same.")
    return said


def _who_else(app: App) -> str:
    """Those whose word is still missing."""
    said = [stop.resumed_by for stop in app.ledger.stops() if stop.lifted_at is None]
    campaign = app.written.campaign
    others = (campaign.coordinators if campaign else frozenset[str]()) - frozenset.intersection(*said)
    return listed(others, "or") if others else "nobody is left in config/campaign.yaml who can"


def _put_file(campaign: Path, reason: str, by: str) -> None:
    with (campaign / STOP_FILE).open("a", encoding="utf-8") as file:
        file.write(f"{by}: {reason}\n")
