"""amplify channels check: who we are on each network, what we may do there, and what its server asks of us."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import App, open_app
from amplify.cli.at_hand import usable, zone_of
from amplify.cli.channels_prove import as_json as tried_in_json
from amplify.cli.channels_prove import prove, tell
from amplify.cli.channels_seen import as_json as told_in_json
from amplify.cli.channels_seen import besides, chosen, examined, past_of, table_of
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import busy, columns, show, styled
from amplify.cli.told import answer, listed, many
from amplify.ports.examining import Standing, good

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from amplify.services.examine import Findings


@click.command(
    epilog="\b\nExample:\n  amplify channels check\n  amplify channels check mastodon-en --rules-read --by editor"
)
@click.argument("channels", nargs=-1, metavar="[CHANNEL]…")
@click.option("--rules-read", is_flag=True, help="Write down that you have read the rules of these channels' servers.")
@click.option(
    "--prove-replay",
    is_flag=True,
    help="Try whether the servers remember a repeated request: posts a test that nobody sees, twice, and deletes it.",
)
@click.option("--by", default="", metavar="NAME", help="Who has read them, or tries: a coordinator of campaign.yaml.")
@campaign_option
@json_option
def check(
    channels: tuple[str, ...], rules_read: bool, prove_replay: bool, by: str, campaign: Path, as_json: bool
) -> None:
    """Connect to each channel and say who we are there, what the account may do and what is in its way.

    Nothing is posted, and nothing is changed, also not in the ledger: except for --rules-read and --prove-replay.
    Exit code 1 where something is wrong.
    """
    if rules_read and not (channels and by):
        raise click.UsageError("--rules-read needs the channels' names, and --by: who has read their rules")
    if prove_replay and not (channels and by):
        raise click.UsageError("--prove-replay needs the channels' names, and --by: who tries it")
    with closing(open_app(campaign)) as app:
        usable(app)
        wanted = chosen(app, channels)
        past, zone = past_of(app), zone_of(app)
        with busy("asking the servers", quiet=as_json):
            seen = examined(app, wanted.values(), past)
        if rules_read:
            seen = _noted(app, seen, by)
            past = past_of(app)
        tried = prove(app, list(wanted.values()), by, quiet=as_json) if prove_replay else ()
        failed = any(one.is_wrong for one in seen) or any(one.remembers is None for one in tried)
        if as_json:
            told = {"ok": not failed, "channels": [told_in_json(one, past, zone) for one in seen]}
            answer({**told, "replay": tried_in_json(tried)} if prove_replay else told)
        else:
            _tell(seen, in_full=bool(channels))
            tell(tried)
    if failed:
        raise click.exceptions.Exit(1)


def _noted(app: App, seen: "Sequence[Findings]", by: str) -> "Sequence[Findings]":
    """Raises LedgerError for a name that is no coordinator's, ClickException where rules could not be seen."""
    from amplify.services.approve import check_name
    from amplify.services.rules_read import note_rules_read

    check_name(by, app.written)
    unseen = [one.channel.name for one in seen if one.rules is None or not one.rules.lines]
    if unseen:
        told = f"there are no rules to be seen of {listed(unseen)}, so nothing was written down"
        raise click.ClickException(f"{told}; without --rules-read you see why")
    noted = []
    for one in seen:
        if one.rules is not None:
            note_rules_read(app.ledger, one.channel.name, one.rules, by=by, now=app.clock.now())
            others = [each for each in one.observations if each.topic != "rules"]
            noted.append(replace(one, observations=[*others, good("rules", f"Read by {by} now; the record has it")]))
    return noted


def _tell(seen: "Sequence[Findings]", *, in_full: bool) -> None:
    if not seen:
        show("config/channels.yaml has no channels: `amplify channels --help` shows how to add one.")
    for one in seen:
        show(*_title(one), table_of(one.observations), *_rules(one, in_full=in_full), "")
    wrong = [one.channel.name for one in seen if one.is_wrong]
    if wrong:
        show(styled(f"Something is wrong with {listed(wrong)}: what stands first there comes first.", "bold red"))
    elif seen:
        show(styled(f"Nothing is wrong with {many(len(seen), 'channel')}.", "green"))


def _title(one: "Findings") -> "list[Text]":
    title = styled(one.channel.name, "bold")
    if one.identity is None or one.limits is None:
        return [title]
    title.append(f": {one.identity.name} ({one.identity.url})", style="not bold")
    server = f"on {one.server}, " if one.server else ""
    version = f"version {one.version}, " if one.version else ""
    where = styled(f"  {server}{version}up to {one.limits.text} characters a post", "dim")
    return [title, where, styled(f"  {besides(one.traits)}", "dim")]


def _rules(one: "Findings", *, in_full: bool) -> "list[RenderableType]":
    """What the server asks, where nobody has read it yet, or it is asked for."""
    rules = one.rules
    unread = any(each.topic == "rules" and each.standing is not Standing.GOOD for each in one.observations)
    if rules is None or not rules.lines or not (in_full or unread):
        return []
    where = f" ({rules.url})" if rules.url else ""
    numbered = [(f"{number}.", line) for number, line in enumerate(rules.lines, start=1)]
    return [styled(f"  Its server asks{where}:", "bold"), columns(numbered)]
