"""What the installed networks know: the keys of their channels, and those of a post's `on:` blocks."""

from collections.abc import Iterable, Mapping
from typing import Any

from amplify.authoring.reading.channels import OF_EVERY_CHANNEL
from amplify.authoring.reading.seen import SCALAR, whole
from amplify.authoring.reading.ways import REFERENCE
from amplify.authoring.reading.words import LANGUAGE
from amplify.authoring.schemas.from_models import Schema
from amplify.domain.channel import NAME, LinkPolicy
from amplify.ports.publisher import Field, Network, SaysWhatFor, TakesLists


def channels(networks: Mapping[str, Network]) -> Schema:
    """config/channels.yaml: which keys a channel has depends on its network."""
    names = sorted(networks)
    return {
        "type": "object",
        "propertyNames": {"pattern": whole(NAME.pattern)},
        "additionalProperties": {
            "type": "object",
            "description": "A channel: an account in one language.",
            "properties": {
                "network": {"description": "The network that the account is on.", "enum": names},
                "language": {
                    "description": "The language that the account speaks, one of the campaign's.",
                    "type": "string",
                    "pattern": whole(LANGUAGE),
                },
                "links": {
                    "description": "Whether posts link, or name their sources in words only; be and ru name them.",
                    "enum": [policy.value for policy in LinkPolicy],
                },
                "proxy": {
                    "description": "The proxy that leads to its server: socks5://…, http://… or https://…, or `direct`.",
                    "type": "string",
                    "examples": ["socks5://127.0.0.1:9050", "${AMPLIFY_…}"],
                },
                "ca": {
                    "description": "A file with the certificates that its server is believed by, in place of the machine's.",
                    "type": "string",
                },
                **{field.name: True for name in names for field in networks[name].fields},
            },
            "required": ["network", "language"],
            "additionalProperties": False,
            "allOf": [_of_network(networks[name]) for name in names],
        },
    }


def variants(networks: Mapping[str, Network], variant: Schema) -> Schema:
    """A post's `on:`: blocks for networks, and for channels, whose network nobody knows here.

    `variant` is the schema of what every block may say.
    """
    own = variant["properties"]
    blocks = {
        name: {
            "type": "object",
            "description": f"What is different on {name}.",
            "properties": _of_variant(network, own),
            "additionalProperties": False,
        }
        for name, network in sorted(networks.items())
    }
    of_any: dict[str, Any] = {}
    for name in sorted(networks):
        for key in networks[name].variants:
            kind = _or_list(SCALAR) if _takes_list(networks[name], key) else SCALAR
            of_any.setdefault(key, own.get(key, {"description": what_for(networks[name], key), **kind}))
    return {
        "type": "object",
        "properties": blocks,
        "additionalProperties": {
            "type": "object",
            "description": "What is different on the channel of this name.",
            "properties": {**own, **of_any},
            "additionalProperties": False,
        },
    }


def what_for(network: Network, key: str) -> str:
    """What a network says that one of its keys is for, in a sentence."""
    said = network.purposes.get(key, "") if isinstance(network, SaysWhatFor) else ""
    return said or f"`{key}` of {network.name}."


def _of_network(network: Network) -> Schema:
    fields = {field.name: _field(field, network) for field in network.fields}
    others: Iterable[str] = OF_EVERY_CHANNEL
    return {
        "if": {"properties": {"network": {"const": network.name}}, "required": ["network"]},
        "then": {
            "properties": {**dict.fromkeys(others, True), **fields},
            "required": [field.name for field in network.fields if field.required],
            "additionalProperties": False,
        },
    }


def _field(field: Field, network: Network) -> Schema:
    described = {"description": what_for(network, field.name), "type": "string"}
    if not field.secret:
        return {**described, "enum": list(field.values)} if field.values else described
    return {**described, "pattern": whole(REFERENCE.pattern), "examples": ["${AMPLIFY_…}"]}


def _of_variant(network: Network, own: Schema) -> Schema:
    made: Schema = {"text": own["text"]}
    for key, allowed in network.variants.items():
        described = {"description": what_for(network, key)}
        if key in own:
            made[key] = {**own[key], **described}
        elif set(allowed) == {"true", "false"}:
            made[key] = {**described, "anyOf": [{"type": "boolean"}, {"enum": list(allowed)}]}
        else:
            one = {"enum": list(allowed)} if allowed else {"type": "string"}
            made[key] = {**described, **(_or_list(one) if _takes_list(network, key) else one)}
    return made


def _takes_list(network: Network, key: str) -> bool:
    return isinstance(network, TakesLists) and key in network.lists


def _or_list(one: Schema) -> Schema:
    return {"anyOf": [one, {"type": "array", "items": one}]}
