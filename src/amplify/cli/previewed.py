"""What one delivery looks like before it goes out: as JSON, and as a card on a terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from amplify.bootstrap import App
from amplify.cli.screen import card, styled
from amplify.cli.told import iso, what, when
from amplify.domain.delivery import Delivery
from amplify.domain.key import Key
from amplify.domain.poll import Poll
from amplify.domain.rendition import LinkCard, Onto
from amplify.ports.ledger import Account
from amplify.services.earlier import Earlier, earlier
from amplify.services.survey import Surveyed

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


def problems(one: Surveyed) -> list[str]:
    """What would keep it from going out as shown."""
    intent = one.intent
    return [*([intent.problem] if intent.problem else []), *intent.concerns]


def _link_card(shown: LinkCard | None) -> dict[str, str] | None:
    if shown is None:
        return None
    picture = shown.picture.path if shown.picture is not None else ""
    return {"url": shown.url, "title": shown.title, "description": shown.description, "picture": picture}


def _poll(shown: Poll | None) -> dict[str, object] | None:
    if shown is None:
        return None
    lasts = int(shown.lasts.total_seconds())
    return {"options": list(shown.options), "lasts": lasts, "several": shown.several, "hidden": shown.hidden}


def _shows(shown: Earlier | None) -> dict[str, object] | None:
    if shown is None:
        return None
    return {"key": str(shown.key), "again": shown.again, "text": shown.text, "url": shown.url}


@dataclass(frozen=True, kw_only=True)
class Previewed:
    """`rows` are the ledger's: what has been said yes to already. `whole` is all that is written, `seen` what is asked for."""

    app: App
    zone: ZoneInfo
    accounts: Mapping[str, Account]
    rows: Mapping[Key, Delivery]
    seen: Sequence[Surveyed]
    whole: Sequence[Surveyed]

    @property
    def wrong(self) -> int:
        """How many have a problem."""
        return sum(bool(problems(one)) for one in self.seen)

    def earlier(self, one: Surveyed) -> Earlier | None:
        """What it quotes or shows again."""
        wanted = one.intent.wanted
        return earlier(wanted.key, wanted.post, self.app.written.posts, self.rows, self._words.get)

    @cached_property
    def _words(self) -> Mapping[Key, str]:
        """Of everything that is to be seen."""
        drawn = ((one.intent.wanted.key, one.intent.rendition) for one in self.whole)
        return {key: rendition.text for key, rendition in drawn if rendition is not None}

    def as_json(self, one: Surveyed) -> dict[str, object]:
        wanted, rendition = one.intent.wanted, one.intent.rendition
        limits = self.app.workshop.limits(wanted.channel, self.accounts)
        layout = rendition.layout if rendition is not None else None
        return {
            "key": str(wanted.key),
            "post": wanted.post.id,
            "channel": wanted.channel.name,
            "network": wanted.channel.network,
            "language": wanted.channel.language,
            "due": iso(wanted.due, self.zone),
            "text": layout.text if layout else "",
            "length": layout.length if layout else None,
            "limit": layout.limit if layout else limits.text,
            "unit": layout.unit if layout else limits.unit,
            "entities": [
                {"kind": entity.kind, "start": entity.start, "end": entity.end, "value": entity.value}
                for entity in (layout.entities if layout else ())
            ],
            "media": [
                {"file": shown.path, "alt": shown.alt, "digest": shown.digest}
                for shown in (rendition.pictures if rendition else ())
            ],
            "link_card": _link_card(rendition.link_card if rendition is not None else None),
            "buttons": [
                {"label": button.label, "url": button.url} for button in (rendition.buttons if rendition else ())
            ],
            "poll": _poll(rendition.poll if rendition is not None else None),
            "shows": _shows(self.earlier(one)),
            "pin": rendition is not None and rendition.pin,
            "digest": rendition.digest if rendition is not None else "",
            "problems": problems(one),
            "warnings": [
                f"{finding.message} [{finding.code}]" for finding in (rendition.warnings if rendition else ())
            ],
        }

    def card(self, one: Surveyed) -> "RenderableType":
        from amplify.cli.as_shown import as_shown, extras

        wanted, rendition = one.intent.wanted, one.intent.rendition
        title = f"{wanted.channel.name}  {what(wanted.key)}  {when(wanted.due, self.zone)}"
        notes: list[Text | str] = [styled(f"problem: {said}", "bold red") for said in problems(one)]
        if rendition is None:
            hint = one.unusable.hint if one.unusable is not None else ""
            notes += [styled(hint, "cyan")] if hint else []
            return card(title, styled("(no text to show)", "dim"), notes)
        layout, shows, again = rendition.layout, self.earlier(one), rendition.onto is Onto.BOOST
        notes = [
            *extras(rendition, shows),
            *([] if again else [styled(f"{layout.length} of {layout.limit} {layout.unit}", "dim")]),
            *notes,
            *(styled(f"{finding.message} [{finding.code}]", "yellow") for finding in rendition.warnings),
            *(styled(said, "yellow") for said in self.waits(one)),
        ]
        return card(title, as_shown(rendition, shows), notes)

    def waits(self, one: Surveyed) -> list[str]:
        """For whom it waits; what the ledger says, where that is about these very words."""
        rendition = one.intent.rendition
        row = self.rows.get(one.intent.wanted.key)
        if row is None or rendition is None or row.digest != rendition.digest:
            return list(one.intent.waits)
        return list(one.intent.waits) if row.state.value == "planned" else [f"it is {row.state}"]
