"""amplify stop and resume: the brake. Anybody stops at once; going on takes as many as the rules say."""

import json
from pathlib import Path

import click

from amplify.bootstrap import open_app
from amplify.cli.options import by_option, campaign_option, json_option


@click.command(epilog='Example: amplify stop --reason "a death in custody" --by editor')
@click.option("--reason", required=True, help="Why; everybody will see it.")
@click.option("--by", required=True, metavar="NAME", help="Who stops. Anybody may.")
@click.option("--channel", default="", help="Only this channel.")
@click.option("--except", "except_posts", multiple=True, metavar="POST", help="A post that goes on.")
@campaign_option
@json_option
def stop(reason: str, by: str, channel: str, except_posts: tuple[str, ...], campaign: Path, as_json: bool) -> None:
    """Let nothing leave any more, at once and without asking. What is due meanwhile is missed, never made up for."""
    from amplify.ports.ledger import LedgerError
    from amplify.services.brake import stop as pull

    app = open_app(campaign)
    try:
        pull(app.ledger, app.clock, reason=reason, by=by, channel=channel, except_posts=frozenset(except_posts))
        how = "Stopped. The next request does not leave."
    except LedgerError as error:
        # whatever is wrong with the ledger, a stop must work: the file is looked at before every send
        (app.root / "STOP").write_text(f"{by}: {reason}\n", encoding="utf-8")
        how = f"Stopped everything by a file called STOP, because the ledger cannot be used: {error}"
    click.echo(json.dumps({"stopped": True, "how": how}) if as_json else f"{how} `amplify resume` goes on.")


@click.command(epilog="Example: amplify resume --by editor")
@by_option
@campaign_option
@json_option
def resume(by: str, campaign: Path, as_json: bool) -> None:
    """Say yes to going on. It takes effect once as many different people as the rules ask for have said so."""
    from amplify.services.brake import resume as let_go

    app = open_app(campaign)
    needed = let_go(app.ledger, app.clock, app.written, by=by)
    file = app.folder.stopped()
    app.close()
    if as_json:
        click.echo(json.dumps({"stopped": bool(needed) or file, "still_needed": needed}))
        return
    people = "person" if needed == 1 else "different people"
    click.echo(f"{needed} more {people} must say so." if needed else "Going on. What was due during the stop is missed.")
    if file:
        click.secho("A file called STOP still lies in the campaign's folder: remove it to go on.", fg="red")
