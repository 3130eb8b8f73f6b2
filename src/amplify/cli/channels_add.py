"""amplify channels add: sign an account in, step by step, or give a channel that is there another secret."""

import asyncio
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import App, open_app
from amplify.cli.at_hand import usable
from amplify.cli.hush import hushed
from amplify.cli.interview import Terminal
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import show, styled
from amplify.cli.told import answer
from amplify.domain.channel import NAME, Channel

if TYPE_CHECKING:
    from amplify.ports.publisher import Access, Network
    from amplify.services.sign_in import SignedIn


@click.command(epilog="\b\nExample:\n  amplify channels add\n  amplify channels add mastodon-en")
@click.argument("name", default="", metavar="[CHANNEL]")
@click.option("--proxy", default="", metavar="ADDRESS", help="The proxy that leads to its server, without a password.")
@click.option("--ca", default="", metavar="FILE", help="The certificates that its server is believed by.")
@campaign_option
@json_option
def add(name: str, proxy: str, ca: str, campaign: Path, as_json: bool) -> None:
    """Sign an account in: asks what is needed, explains each right, says who answers, and writes the channel down.

    Secrets are typed unseen and kept outside the campaign, in a file that only you can read or in this computer's
    keyring. For a channel that is there already it asks for a new secret only. Until the end nothing is kept: Ctrl-C
    leaves everything as it was.
    """
    person = Terminal(err=as_json)
    with closing(open_app(campaign)) as app:
        written = _written(app, name)
        if written is not None and (proxy or ca):
            raise click.UsageError(
                f"{name} is written already: write `proxy:` and `ca:` below it in config/channels.yaml"
            )
        channel = written or _new(app, name, person, proxy, ca)
        network = app.networks[channel.network]
        _check(app, channel, is_new=written is None)
        _tell_shared(app, channel, network, person)
        in_keyring = _wants_the_keyring(person)  # the last question that is no part of signing in: then all is kept
        signed_in = _signed_in(app, channel, network, person, is_new=written is None)
        kept = _keep(app, channel, network, signed_in, person, in_keyring=in_keyring, is_new=written is None)
    if as_json:
        who = signed_in.who
        answer(
            {"channel": channel.name, "id": who.id, "name": who.name, "url": who.url, "new": written is None, **kept}
        )
        return
    show(styled(f"{channel.name} is signed in as {signed_in.who.name}.", "green"))
    show(f"Its secret is in {kept['secrets']}. A worker on another machine, or as another user, needs it there too.")
    show("Next: `amplify channels check`, then `amplify apply`." if written is None else "Start the worker again.")


def _written(app: App, name: str) -> Channel | None:
    """The channel, where it is written already. Raises ClickException where it is written wrongly."""
    usable(app)
    if app.sandbox is not None:
        raise click.ClickException("this folder is a rehearsal: its accounts are made up. Add channels in the campaign")
    for problem in app.written.problems:
        if name and problem.channel == name:
            at = f"{problem.place.file}:{problem.place.line}"
            raise click.ClickException(f"{at}: {problem.message}; correct that first")
    return app.written.channels.get(name)


def _new(app: App, name: str, person: Terminal, proxy: str, ca: str) -> Channel:
    from amplify.domain.channel import NAME_ONLY_LANGUAGES, LinkPolicy
    from amplify.domain.languages import base_of

    languages = usable(app).languages
    network = person.choose("Which network?", tuple(sorted(app.networks, key=_ours_first)))
    language = person.choose("In which language does the account speak?", tuple(languages))
    chosen = name or person.ask("What shall the channel be called?", f"{network}-{language}".lower())
    policy = LinkPolicy.NAME_ONLY if base_of(language) in NAME_ONLY_LANGUAGES else LinkPolicy.FULL
    return Channel(name=chosen, network=network, language=language, links=policy, proxy=proxy, ca=ca)


def _ours_first(network: str) -> tuple[bool, str]:
    return network not in ("mastodon", "bluesky", "telegram"), network


def _check(app: App, channel: Channel, *, is_new: bool) -> None:
    """Before anybody signs in: that it can be reached and written down, and its secret kept. Raises ClickException."""
    from amplify.config.secret_file import UnsafeFile
    from amplify.config.settings import NoSecret
    from amplify.config.ways import ELSEWHERE, way_to
    from amplify.ports.figures_file import CannotWrite

    if not NAME.fullmatch(channel.name):
        raise click.ClickException(
            f"“{channel.name}” is not a name for a channel: write small letters, digits and hyphens"
        )
    if is_new and channel.name in app.written.channels:
        told = f"there is a channel {channel.name}; for a new secret type `amplify channels add {channel.name}`"
        raise click.ClickException(told)
    for other in app.written.channels.values() if is_new else ():
        if (other.network, other.base_language) == (channel.network, channel.base_language):
            told = (
                f"{other.name} speaks {other.language} on {other.network} already, and a campaign has one voice in each"
            )
            raise click.ClickException(
                f"{told} language there: to give it a new secret, `amplify channels add {other.name}`"
            )
    if not is_new and _is_made_up(channel.settings.get("server", "")):
        told = f"{channel.name} is an example, and its server {channel.settings['server']} does not exist"
        raise click.ClickException(
            f"{told}: take it out of config/channels.yaml, then `amplify channels add` signs your own account in"
        )
    try:
        server = channel.settings.get("server") or ELSEWHERE
        way_to(server, app.settings, proxy=channel.proxy, ca=channel.ca, root=app.root)
        app.settings.secrets.check(app.root)
        if is_new:
            app.channels_file.check(channel.name)
    except (NoSecret, UnsafeFile, CannotWrite) as error:
        raise click.ClickException(str(error)) from None


def _is_made_up(server: str) -> bool:
    """Names that end so belong to nobody, for ever (RFC 2606)."""
    from amplify.domain.server_address import address_of

    address = address_of(server)
    return address is not None and address.host.partition(":")[0].endswith((".example", ".invalid"))


def _tell_shared(app: App, channel: Channel, network: "Network", person: Terminal) -> None:
    """A new secret is that of all channels whose entries name it."""
    from amplify.config.settings import names_in

    secret = [field.name for field in network.fields if field.secret]
    names = names_in(" ".join(channel.settings.get(name, "") for name in secret))
    for other in app.written.channels.values():
        if other.name != channel.name and names & names_in(" ".join(other.settings.values())):
            person.say(
                f"{other.name} has the same secret, and gets the new one too. If that is not meant, press Ctrl-C."
            )


def _wants_the_keyring(person: Terminal) -> bool:
    from amplify.config.secret_file import usable_keyring

    return usable_keyring() is not None and person.agrees("Keep the secret in this computer's keyring? (no: in a file)")


def _signed_in(app: App, channel: Channel, network: "Network", person: Terminal, *, is_new: bool) -> "SignedIn":
    from amplify.services.sign_in import GaveUp, sign_in

    secret = {field.name for field in network.fields if field.secret}
    known = {name: value for name, value in channel.settings.items() if name not in secret}

    def access_for(settings: Mapping[str, str]) -> "Access":
        from amplify.ports.publisher import Forgetful

        return replace(app.access(replace(channel, settings=settings)), keep=Forgetful())

    bound = None if is_new else app.accounts().get(channel.name)
    try:
        with hushed():
            return asyncio.run(sign_in(replace(channel, settings=known), network, person, access_for, bound))
    except GaveUp as error:
        raise click.ClickException(str(error)) from None


def _keep(
    app: App,
    channel: Channel,
    network: "Network",
    signed_in: "SignedIn",
    person: Terminal,
    *,
    in_keyring: bool,
    is_new: bool,
) -> Mapping[str, str]:
    """The secrets first: an entry without them would halt. Raises ClickException."""
    from amplify.config.secret_file import UnsafeFile
    from amplify.config.settings import names_in
    from amplify.domain.channel import secret_name
    from amplify.ports.figures_file import CannotWrite

    secret = {field.name for field in network.fields if field.secret}
    names = {
        name: next(iter(names_in(channel.settings.get(name, ""))), secret_name(channel.name, name))
        for name in secret & signed_in.settings.keys()
    }
    try:
        for field, name in names.items():
            app.settings.secrets.put(name, signed_in.settings[field], campaign=app.root, in_keyring=in_keyring)
            if app.settings.environ.get(name):
                person.say(f"{name} is also set in this environment, and comes first there: take it out.")
        if is_new:
            references = {field: f"${{{name}}}" for field, name in names.items()}
            way = {key: said for key, said in (("proxy", channel.proxy), ("ca", channel.ca)) if said}
            settings = {
                field.name: signed_in.settings[field.name]
                for field in network.fields
                if field.name in signed_in.settings
            }
            head = {"network": channel.network, "language": channel.language}
            app.channels_file.add(channel.name, {**head, **settings, **references, **way})
    except (UnsafeFile, CannotWrite) as error:
        raise click.ClickException(str(error)) from None
    return {"secrets": "the keyring" if in_keyring else str(app.settings.secrets.path)}
