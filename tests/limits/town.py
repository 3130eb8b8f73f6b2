"""A campaign that wants more than it may, and a stranger's network that would help it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from amplify.domain.feature import Feature
from amplify.domain.rendition import Entity, Layout, Limits, Rendition
from amplify.domain.richtext import RichText
from amplify.ports.publisher import Access, Field, Identity, Publisher

FILES = {
    "config/campaign.yaml": """\
name: Lantern Night
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en, be, ru]
hashtags: {core: [LanternNight, Belarus]}
links: {petition: {url: "https://lantern.example/sign", label: {en: Sign, be: Падпісаць, ru: Подписать}}}
addressees: {mayor: {mastodon: "@mayor@town.example", telegram: "@mayor_of_town"}, abbot: {mastodon: "@abbot@hill.example"}}
coordinators: {one: {}, two: {}, three: {}}
rules: {approval: {people: 1}}
""",
    "config/channels.yaml": """\
mastodon-en: {network: mastodon, language: en, server: "https://town.example", token: "${T_EN}"}
mastodon-be: {network: mastodon, language: be, server: "https://town.example", token: "${T_BE}"}
telegram-en: {network: telegram, language: en, chat: "@lantern_en", token: "${T_TG}"}
telegram-ru: {network: telegram, language: ru, chat: "@lantern_ru", token: "${T_RU}"}
bluesky-en: {network: bluesky, language: en, server: "https://pds.example", handle: lantern.example, password: "${T_BS}"}
""",
    "config/excerpts.yaml": """\
E1: {verbatim: "Light is a right that nobody may ever take away from us."}
E2:
  verbatim: "Whoever carries this lamp through the town at night will be followed by those who fear the light."
  risk: high
  translations: {be: "Хто нясе гэтую лямпу праз горад уначы, за тым пойдуць тыя, хто баіцца святла і цемры."}
""",
}


#: What would go out, by channel; and the codes of what stands in the way, by channel.
Said = tuple[dict[str, Rendition], dict[str, str]]
ROOMY = Limits(text=5000, unit="characters")
WHO = Identity(network="stranger", id="1", name="@stranger", url="https://stranger.example/@stranger")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """A network that somebody else brings: it shows a text as `show` makes it, and says `who` it is."""

    name: str = "stranger"
    port: int = 1
    show: Callable[[RichText, Mapping[str, str]], Layout] = lambda body, _: laid_out(body.text)
    who: Identity = WHO
    fields: tuple[Field, ...] = (Field(name="server", required=False), Field(name="token", secret=True))
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"title": (), "poll": (), "warning": ()})
    features: frozenset[Feature] = frozenset(Feature)
    defaults: Limits = ROOMY

    def lay_out(self, body: RichText, settings: Mapping[str, str], limits: Limits) -> Layout:  # noqa: ARG002
        return self.show(body, settings)

    async def connect(self, access: Access) -> Publisher:  # noqa: ARG002
        return Nobody(identity=self.who)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nobody:
    """Somebody who is connected and publishes nothing."""

    identity: Identity
    limits: Limits = ROOMY

    async def close(self) -> None:
        pass


def laid_out(text: str, *entities: Entity) -> Layout:
    return Layout(text=text, entities=entities, length=len(text), limit=5000, unit="characters")


def post(text: str, *more: str, channels: str = "[mastodon-en]", language: str = "en", kind: str = "statement") -> str:
    """A post in YAML; `text` may have several lines."""
    lines = "\n".join(f"      {line}" for line in text.split("\n"))
    head = [f"- id: p\n  kind: {kind}\n  at: D 09:00\n  channels: {channels}", *(f"  {line}" for line in more)]
    return "\n".join(head) + f"\n  text:\n    {language}: |\n{lines}\n"
