"""amplify resolve: a person answers for a delivery that we lost sight of."""

import json
from pathlib import Path

import click

from amplify.bootstrap import open_app
from amplify.cli.options import by_option, campaign_option, json_option
from amplify.domain.key import Key


@click.command(epilog="Example: amplify resolve 2027/call@telegram-en --published https://t.me/campaign/12 --by editor")
@click.argument("key")
@click.option("--published", default="", metavar="URL", help="It is public, here.")
@click.option("--absent", is_flag=True, help="It is not public: it goes out if it is still in time.")
@by_option
@campaign_option
@json_option
def resolve(key: str, published: str, absent: bool, by: str, campaign: Path, as_json: bool) -> None:
    """Look at the account with your own eyes, then say whether the post is there."""
    from amplify.services.resolve import resolve as answer

    if bool(published) == absent:
        raise click.UsageError("say one of the two: --published URL, or --absent")
    if published and not published.startswith(("https://", "http://")):
        raise click.BadParameter("write the whole address of the post, with https://", param_hint="--published")
    try:
        which = Key.parse(key)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="KEY") from None
    app = open_app(campaign)
    row = answer(which, app.ledger, published=published, by=by, now=app.clock.now())
    app.close()
    said = {"key": str(row.key), "state": row.state.value, "url": row.receipt.url if row.receipt is not None else None}
    click.echo(json.dumps(said) if as_json else f"{row.key} is {row.state} now.")
