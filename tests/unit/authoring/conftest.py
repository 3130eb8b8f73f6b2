"""A small campaign that is right, and an author to read it with changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from amplify.authoring import open_author
from amplify.bootstrap import open_app
from amplify.clockwork.apscheduler_clock import CronRecurrence
from amplify.domain.feature import Feature
from amplify.domain.post import Kind, Part, Post
from amplify.domain.problem import Place
from amplify.domain.rendition import Layout, Limits
from amplify.domain.richtext import RichText
from amplify.domain.written import Written
from amplify.figure_sources.registry import installed
from amplify.ports.author import Author, Typeset
from amplify.ports.publisher import Access, Field, Publisher
from amplify.services.check import check

from .town import FILES as TOWN
from .town import SECRETS

FILES = {
    "config/campaign.yaml": """\
name: Lantern Night
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en, be]
hashtags: {core: [LanternNight, LightALamp]}
links:
  petition:
    url: "https://lantern.example/petition_2027"
    label: {en: Sign the petition, be: Падпісаць}
addressees: {mayor: {mastodon: "@mayor@town.example"}}
coordinators: {editor: {}}
""",
    "config/channels.yaml": """\
mastodon-en: {network: mastodon, language: en, server: "https://town.example", token: "${TOKEN_EN}"}
mastodon-be: {network: mastodon, language: be, server: "https://town.example", token: "${TOKEN_BE}"}
telegram-en: {network: telegram, language: en, chat: "@lantern_en", token: "${TOKEN_TG}"}
""",
    "config/figures.yaml": """\
lamps:
  label: {en: Lamps lit, be: Запалена лямпаў}
  value: 1496
  qualifier: more_than
  as_of: 2027-05-01
  source: {name: Lamp & Wick}
  breakdown: [{key: red, value: 965}]
  coverage_note: {en: Some burn unseen.}
guests:
  label: {en: Guests}
  range: {low: 143600, high: 171900}
  qualifier: about
  as_of: 2023-05-15
  source: {name: Gate}
  limits: {max_age_days: 1095}
""",
    "config/excerpts.yaml": """\
E1:
  verbatim: "Light is a rihgt!"
  corrected: "Light is a right!"
  corrections: [{from: rihgt, to: right}]
  translations: {be: Святло — гэта права!}
E2: {verbatim: "Today we light lamps.", valid_on: "05-21"}
E3: {verbatim: "Dangerous words.", risk: high}
E4: {verbatim: "7 lamps were lit.", instead: "`{{ figure.lamps.line }}`, which knows its day"}
""",
    "config/events.yaml": """\
harbour:
  city: {en: Harbour Town, be: Горад ля гавані}
  place: {en: The old pier, be: Стары прычал}
  what: {en: Vigil, be: Пільнаванне}
  at: D 19:00
  until: D 20:30
  zone: Europe/Vilnius
  source: {name: Friends of the Harbour}
hill:
  city: {en: Hill Town}
  at: D 18:30
  zone: Europe/Vienna
  source: {name: Hill Committee}
eve:
  city: {en: Eve Town}
  what: {en: Concert}
  at: D-1 17:00
  zone: Europe/London
  source: {name: Eve Choir}
""",
    "posts/day.yaml": """\
- id: evening
  kind: quote
  at: D 19:00
  channels: [mastodon-en, telegram]
  text:
    en: |
      Come with a lamp.
  link: petition
  tags: [core]
""",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallNetwork:
    """A network that shows a text as it is."""

    name: str
    fields: tuple[Field, ...]
    variants: Mapping[str, tuple[str, ...]]
    defaults: Limits
    features: frozenset[Feature] = frozenset(Feature)
    lists: frozenset[str] = frozenset()

    def lay_out(self, body: RichText, settings: Mapping[str, str], limits: Limits) -> Layout:
        return Layout(text=body.text, length=len(body.text) + 0 * len(settings), limit=limits.text, unit=limits.unit)

    async def connect(self, access: Access) -> Publisher:
        raise NotImplementedError(access.channel)


@pytest.fixture
def author() -> Author:
    limits = Limits(text=500, unit="characters")
    mastodon = SmallNetwork(
        name="mastodon",
        fields=(Field(name="server"), Field(name="token", secret=True)),
        variants={"visibility": ("public", "unlisted", "private"), "warning": ()},
        defaults=limits,
    )
    telegram = SmallNetwork(
        name="telegram",
        fields=(Field(name="server", required=False), Field(name="chat"), Field(name="token", secret=True)),
        variants={"silent": ("true", "false"), "button": (), "joined": ("true", "false"), "as": ("reply", "edit")},
        lists=frozenset({"button"}),
        defaults=limits,
    )
    return open_author({"mastodon": mastodon, "telegram": telegram}, CronRecurrence(), installed())


@pytest.fixture
def read(author: Author) -> Callable[..., Written]:
    """Reads the campaign with some files changed, added or (None) taken away."""

    def reading(changes: Mapping[str, str | bytes | None] | None = None) -> Written:
        files = {**FILES, **(changes or {})}
        return author.read(
            {
                name: text if isinstance(text, bytes) else text.encode()
                for name, text in files.items()
                if text is not None
            }
        )

    return reading


@pytest.fixture
def typeset(author: Author, read: Callable[..., Written]) -> Callable[..., Typeset]:
    """Sets one text in type for a channel of the campaign."""
    written = read()

    def setting(
        text: str = "",
        *,
        channel: str = "mastodon-en",
        kind: Kind = Kind.STATEMENT,
        template: str = "",
        templates: Mapping[str, str] | None = None,
        days_left: int = 0,
        event: str = "",
        **values: str,
    ) -> Typeset:
        chosen = written.channels[channel]
        part = Part(text={chosen.language: text} if text else {}, place=Place(file="posts/day.yaml"))
        post = Post(id="p", kind=kind, parts=(part,), place=part.place, channels=(channel,), template=template)
        whole = replace(written, templates=templates or {})
        return author.typeset(whole, post, part, chosen, values, days_left, event)

    return setting


@pytest.fixture
def checked(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], list[str]]:
    """All that `amplify check` says of the town, some of whose files are others."""

    def telling(changes: Mapping[str, str | bytes]) -> list[str]:
        for name, text in {**TOWN, **changes}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        app = open_app(tmp_path, environ=SECRETS)
        return [str(problem) for problem in check(app.written, app.workshop, None, {})]

    return telling
