"""amplify plugins: which networks and kinds of figure sources are installed, whose they are, and what is left out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import NoCampaign, open_app
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import columns, show, styled
from amplify.cli.told import answer
from amplify.config.plugged import Plugged

if TYPE_CHECKING:
    from rich.text import Text

    from amplify.ports.plugin import Plugin
    from amplify.ports.publisher import Network


@click.command(epilog="\b\nExample:\n  amplify plugins\n  amplify plugins --json")
@campaign_option
@json_option
def plugins(campaign: Path, as_json: bool) -> None:
    """List the networks and the kinds of figure sources that are installed: ours, and those of other packages.

    What cannot be used is left out, and says why; everything else goes on. Exit code 1 where something is left out.
    Works in any folder; in a campaign's it says which channels need what.
    """
    plugged, used = Plugged(), _used(campaign)
    found = [*plugged.publishers, *plugged.sources]
    if as_json:
        answer({"ok": not plugged.broken, "plugins": [_as_json(one, plugged, used) for one in found]})
    else:
        show(columns(_row(one, plugged, used) for one in found), *_about_strangers(found))
    if plugged.broken:
        raise click.exceptions.Exit(1)


def _used(root: Path) -> Mapping[str, Sequence[str]]:
    """Network → the channels of the campaign in `root` that need it; nothing where there is no campaign."""
    used: dict[str, list[str]] = {}
    with suppress(NoCampaign), closing(open_app(root)) as app:
        for name, channel in app.written.channels.items():
            used.setdefault(channel.network, []).append(name)
    return used


def _row(one: "Plugin", plugged: Plugged, used: Mapping[str, Sequence[str]]) -> Sequence["Text | str"]:
    whose = "amplify's own" if one.is_ours else f"{one.package} {one.version}"
    port = f"port {one.port}" if one.port is not None else "no port"
    name = styled(one.name, "bold red" if one.broken else "bold")
    if one.broken:
        return name, one.kind, whose, port, styled(f"left out: {one.broken}", "red")
    network = _network(one, plugged)
    if network is None:
        return name, one.kind, whose, port
    channels = used.get(one.name, ())
    users = f"used by {', '.join(channels)}; " if channels else ""
    return name, one.kind, whose, port, f"{users}can do {', '.join(_can(network)) or 'plain text'}"


def _network(one: "Plugin", plugged: Plugged) -> "Network | None":
    return plugged.networks.get(one.name) if one.kind == "publisher" and not one.broken else None


def _can(network: "Network") -> list[str]:
    return sorted(feature.name.lower().replace("_", " ") for feature in network.features)


def _about_strangers(found: Sequence["Plugin"]) -> Iterator["Text | str"]:
    if any(not one.is_ours for one in found):
        yield ""
        yield (
            "A package of somebody else's runs with all that amplify may do. Whether it keeps the promises of a publisher, its "
            "own tests show: `pytest` in the folder of its sources (docs/writing-a-publisher.md)."
        )


def _as_json(one: "Plugin", plugged: Plugged, used: Mapping[str, Sequence[str]]) -> dict[str, object]:
    network = _network(one, plugged)
    return {
        "kind": one.kind,
        "name": one.name,
        "package": one.package,
        "version": one.version,
        "ours": one.is_ours,
        "port": one.port,
        "entry_point": one.value,
        "features": _can(network) if network is not None else [],
        "channels": list(used.get(one.name, ())) if network is not None else [],
        "broken": one.broken,
    }
