"""amplify doctor: every channel as `channels check` sees it, in short."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from amplify.bootstrap import App
from amplify.ports.examining import Observation, Standing, good, note

if TYPE_CHECKING:
    from amplify.services.examine import Findings


def accounts(app: App) -> Iterator[Observation]:
    from amplify.cli.channels_seen import examined, past_of

    channels = app.written.channels
    if not channels:
        yield note("channels", "config/channels.yaml has no channels", "docs/going-live.md shows how to add some")
    for seen in examined(app, channels.values(), past_of(app)):
        yield from _in_short(seen)


def _in_short(seen: "Findings") -> Iterator[Observation]:
    """Without what is good, what nobody can do anything about, and what `unset` says already."""
    name = seen.channel.name
    told = [
        one for one in seen.observations if one.topic != "secret" and (one.standing is Standing.WRONG or one.advice)
    ]
    yield from (replace(one, topic=f"{name}, {one.topic}") for one in told)
    if not told and seen.identity is not None:
        yield good(name, f"{seen.identity.name} answers, and is in order")
