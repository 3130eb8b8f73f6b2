"""amplify resolve: a person answers for a delivery whose answer got lost."""

from contextlib import closing
from pathlib import Path

import click

from amplify.bootstrap import open_app
from amplify.cli.at_hand import AtHand
from amplify.cli.options import by_option, campaign_option, json_option
from amplify.cli.screen import show
from amplify.cli.told import answer
from amplify.domain.key import Key


@click.command(
    epilog="\b\nExample:\n"
    "  amplify resolve 2027/first@telegram-en --published https://t.me/campaign/7 --by editor\n"
    "  amplify resolve 2027/first@telegram-en --absent --by editor"
)
@click.argument("name", metavar="KEY")
@click.option("--published", default="", metavar="URL", help="It is public, at this address.")
@click.option("--absent", is_flag=True, help="You have looked, and it is not there: it may go out again.")
@by_option
@campaign_option
@json_option
def resolve(name: str, published: str, absent: bool, by: str, campaign: Path, as_json: bool) -> None:
    """Say whether a delivery is public that amplify has lost sight of. Look at the channel itself first.

    A wrong “absent” is how a post goes out twice.
    """
    from amplify.services.approve import check_name
    from amplify.services.resolve import resolve as settle

    if bool(published) == absent:
        raise click.UsageError("say one of the two: --published URL, or --absent")
    if published and not published.startswith(("https://", "http://")):
        raise click.BadParameter(f"“{published}” is not an address; copy it from the browser", param_hint="--published")
    try:
        key = Key.parse(name)
    except ValueError as error:
        raise click.ClickException(f"{error}; `amplify status` shows the keys") from None
    with closing(open_app(campaign)) as app:
        desk = AtHand.of(app)
        desk.check_new_name(by)
        check_name(by, desk.written)
        row = settle(key, desk.ledger, published=published, by=by, now=app.clock.now())
    if as_json:
        answer({"key": str(row.key), "state": row.state.value, "url": published or None})
    elif published:
        show(f"{row.key} is published: {published}")
    else:
        show(f"{row.key} is {row.state} again and goes out, unless it is too late for that by now.")
