"""config/channels.yaml: which keys an entry has is the network's to say. No secret is ever written, or repeated."""

import re
from collections.abc import Collection, Iterator, Mapping

from amplify.authoring.nearest import nearest
from amplify.authoring.reading.accounts import shared_accounts
from amplify.authoring.reading.findings import error, on_channel
from amplify.authoring.reading.nodes import Node, Scalar, Table, faults_in, key_place, place_of, scalar_at
from amplify.authoring.reading.ways import REFERENCE, WAY, server_problems, way_problems
from amplify.authoring.reading.words import slug_hint
from amplify.domain.campaign import Campaign
from amplify.domain.channel import NAME, NAME_ONLY_LANGUAGES, Channel, LinkPolicy, secret_name
from amplify.domain.languages import base_of
from amplify.domain.problem import Problem
from amplify.domain.server_address import canonical
from amplify.ports.publisher import Field, Network

CHANNELS_FILE = "config/channels.yaml"
_POLICIES = tuple(policy.value for policy in LinkPolicy)
#: The keys that every channel has, whatever its network.
OF_EVERY_CHANNEL = ("network", "language", "links", *WAY)


def read_channels(
    node: Table, networks: Mapping[str, Network], campaign: Campaign | None, left_out: Collection[str] = ()
) -> tuple[dict[str, Channel], list[Problem]]:
    """The channels that are right, and what is wrong with the others; each problem names its channel."""
    channels: dict[str, Channel] = {}
    problems: list[Problem] = []
    for name, entry in node.entries.items():
        wrong = [*_name(name, node), *_entry(name, entry, networks, campaign, left_out)]
        problems += (on_channel(problem, name) for problem in wrong)
        if not wrong:
            channels[name] = _channel(name, {key: scalar_at(entry, key) for key in _keys(entry)})
    shared = list(shared_accounts(channels, node))
    for problem in shared:
        channels.pop(problem.channel or "", None)
    return channels, [*problems, *shared]


def _name(name: str, node: Table) -> Iterator[Problem]:
    if not NAME.fullmatch(name):
        yield error("not-a-name", f"“{name}” is not a name for a channel", node.keys[name], slug_hint(name))
    if name in node.repeated:
        told = f"channel {name} stands here more than once"
        yield error("duplicate-key", told, node.keys[name], "keep one, rename the others")


def _entry(
    name: str, entry: Node, networks: Mapping[str, Network], campaign: Campaign | None, left_out: Collection[str]
) -> Iterator[Problem]:
    if not isinstance(entry, Table):
        hint = "write `network:`, `language:` and so on below its name"
        yield error("not-a-table", f"channel {name} has no keys", entry.place, hint)
        return
    yield from faults_in(entry)
    if entry.repeated:
        return
    yield from _language(name, entry, campaign)
    links = scalar_at(entry, "links")
    if links and links not in _POLICIES:
        told = f"“{links}” is not a way to treat links"
        yield error("unknown-value", told, place_of(entry, "links"), "write `full` or `name_only`")
    network = networks.get(scalar_at(entry, "network"))
    if network is not None:
        yield from _settings(name, entry, network)
    elif "network" not in entry.entries:
        hint = f"write one of {', '.join(sorted(networks))}"
        yield error("missing-key", f"channel {name} has no `network`", entry.place, hint)
    else:
        written = scalar_at(entry, "network")
        if written in left_out:
            told = f"the publisher “{written}” is installed, and cannot be used"
            yield error("plugin-left-out", told, place_of(entry, "network"), "`amplify plugins` says why")
            return
        hint = nearest(written, networks)
        yield error("unknown-network", f"“{written}” is not a network", place_of(entry, "network"), hint)


def _language(name: str, entry: Table, campaign: Campaign | None) -> Iterator[Problem]:
    written = scalar_at(entry, "language")
    if "language" not in entry.entries:
        yield error("missing-key", f"channel {name} has no `language`", entry.place, "write `language: en`")
    elif campaign is not None and written not in campaign.languages:
        told = f"“{written}” is not one of the campaign's languages"
        hint = f"choose one of {', '.join(campaign.languages)}, or add it to `languages` in config/campaign.yaml"
        yield error("unknown-language", told, place_of(entry, "language"), hint)


def _settings(name: str, entry: Table, network: Network) -> Iterator[Problem]:
    fields = {field.name: field for field in network.fields}
    known = (*OF_EVERY_CHANNEL, *fields)
    for key in _keys(entry):
        if key not in known:
            told = f"`{key}` is not a key of a {network.name} channel"
            yield error("unknown-key", told, key_place(entry, key), nearest(key, known))
        elif key in WAY:
            yield from way_problems(key, entry.entries[key], secret_name(name, key))
        elif key in fields:
            yield from _setting(key, entry.entries[key], name, fields[key])
    for field in network.fields:
        if field.required and field.name not in entry.entries:
            hint = f'write `{field.name}: "${{{secret_name(name, field.name)}}}"`' if field.secret else ""
            hint = hint or f"add a line `{field.name}: …`"
            yield error("missing-key", f"channel {name} has no `{field.name}`", entry.place, hint)


def _setting(key: str, node: Node, channel: str, field: Field) -> Iterator[Problem]:
    secret = field.secret
    if not isinstance(node, Scalar):
        yield error("not-a-text", f"`{key}` needs a single text", node.place)
    elif secret and re.fullmatch(r"\$\{?[A-Z][A-Z0-9_]*\}?", node.value) and not REFERENCE.fullmatch(node.value):
        told = f"the name of the secret in `{key}` needs a `$` and both curly brackets"
        yield error("not-a-secret", told, node.place, f'write `{key}: "${{{node.value.strip("${}")}}}"`')
    elif secret and not node.faults and not REFERENCE.fullmatch(node.value):
        told = f"a secret must never be written here: `{key}` of channel {channel}"
        hint = (
            f'write `{key}: "${{{secret_name(channel, key)}}}"` and set that variable where amplify runs; '
            "if a real secret stood here, have it replaced by a new one"
        )
        yield error("literal-secret", told, node.place, hint)
    elif not secret and "${" in node.value:
        told = f"`{key}` is not secret, so `${{…}}` is not read here"
        yield error("not-a-secret", told, node.place, "write the value itself")
    elif field.values and node.value not in field.values:
        told = f"`{key}` cannot be “{node.value}”"
        yield error("unknown-value", told, node.place, f"write one of {', '.join(field.values)}, or leave `{key}` out")
    elif key == "server":
        yield from server_problems(node)


def _keys(entry: Node) -> tuple[str, ...]:
    return tuple(entry.entries) if isinstance(entry, Table) else ()


def _channel(name: str, written: Mapping[str, str]) -> Channel:
    language = written["language"]
    usual = LinkPolicy.NAME_ONLY if base_of(language) in NAME_ONLY_LANGUAGES else LinkPolicy.FULL
    settings = {key: value for key, value in written.items() if key not in OF_EVERY_CHANNEL}
    if "server" in settings:
        settings["server"] = canonical(settings["server"])
    return Channel(
        name=name,
        network=written["network"],
        language=language,
        links=LinkPolicy(written.get("links", usual)),
        settings=settings,
        proxy=written.get("proxy", ""),
        ca=written.get("ca", ""),
    )
