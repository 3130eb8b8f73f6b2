"""The schema of every file of a campaign."""

from collections.abc import Mapping

from amplify.authoring.reading.campaign_schema import CampaignFile
from amplify.authoring.reading.events import EventEntry
from amplify.authoring.reading.excerpts import ExcerptEntry
from amplify.authoring.reading.figures_schema import FigureEntry
from amplify.authoring.reading.findings import NAMED
from amplify.authoring.reading.post_schema import PostEntry
from amplify.authoring.reading.seen import whole
from amplify.authoring.reading.sources import NAME as SOURCE_NAME
from amplify.authoring.reading.sources import SourceRecipe
from amplify.authoring.schemas.from_models import Schema, changed, from_model
from amplify.authoring.schemas.from_networks import channels, variants
from amplify.ports.publisher import Network

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MADE = "Made by `amplify schema` from the models that read these files; change those, not this."


def every_file(networks: Mapping[str, Network]) -> Mapping[str, Schema]:
    """By name, without ending."""
    return {
        "campaign": _file("config/campaign.yaml", from_model(CampaignFile, networks)),
        "channels": _file("config/channels.yaml", channels(networks)),
        "figures": _file("config/figures.yaml", _named(from_model(FigureEntry, networks))),
        "excerpts": _file("config/excerpts.yaml", _named(from_model(ExcerptEntry, networks))),
        "events": _file("config/events.yaml", _named(from_model(EventEntry, networks))),
        "sources": _file("config/sources.yaml", _named(from_model(SourceRecipe, networks), SOURCE_NAME.pattern)),
        "posts": _file("posts/: a post, or a list of posts", _posts(networks)),
    }


def _file(title: str, schema: Schema) -> Schema:
    return {"$schema": _DIALECT, "$comment": _MADE, "title": title, **schema}


def _named(entry: Schema, names: str = NAMED.pattern) -> Schema:
    """A file of entries with names, of which templates use most."""
    inner = entry.pop("$defs", {})
    return {
        "type": "object",
        "propertyNames": {"pattern": whole(names)},
        "additionalProperties": entry,
        "$defs": inner,
    }


def _posts(networks: Mapping[str, Network]) -> Schema:
    post = _with_variants(from_model(PostEntry, networks))
    inner = post.pop("$defs", {})
    inner["Variants"] = variants(networks, inner.pop("VariantEntry"))
    return {
        "if": {"type": "array"},
        "then": {"items": {"$ref": "#/$defs/PostEntry"}},
        "else": {"$ref": "#/$defs/PostEntry"},
        "$defs": {"PostEntry": post, **inner},
    }


def _with_variants(schema: Schema) -> Schema:
    """What a model leaves open in an `on:` block is known by the networks."""
    if schema.get("additionalProperties") == {"$ref": "#/$defs/VariantEntry"}:
        return {"description": schema.get("description", ""), "$ref": "#/$defs/Variants"}
    return changed(schema, _with_variants)
