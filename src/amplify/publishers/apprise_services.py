"""The allow-list: services through which Apprise puts a post into a room by a fixed address, in one request.

On it is what many people read who came by themselves, where each message is shown as a program's, and where the answer
proves that the message stands there. An address is written as Apprise has it, or as the service gives it out; whatever else
it may say (a second room, a person, options) fits no pattern here, so it is refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from urllib.parse import quote, unquote, urlencode

from amplify.domain.loopback import on_this_machine

#: A name of a host, with its port.
_HOST = r"(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?)"
_SHOWN = r"(?:(?P<shown>[\w%. -]{1,80})@)?"
_SECRET = frozenset({"token", "key"})
#: What stays as it is where an address is put together.
_WHOLE = "!:/"
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A kind of room.

    `patterns` are its addresses; their groups fill `form`, which is what Apprise is given, with `options`. What is in the
    groups `token` and `key` is secret. `sends` is in the path of the request that posts, and in no other. `thanks` is
    in an answer that proves a post. `home` is where readers go who know no better. `schemas` are Apprise's words for it,
    `clear` the one without encryption.
    """

    schemas: tuple[str, ...]
    name: str
    room: str
    text: int
    patterns: tuple[str, ...]
    form: str
    sends: str
    thanks: str
    example: str
    home: str = "https://{host}"
    clear: str = ""
    options: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A room of a service. `found` are the groups of its address: a secret."""

    service: Service
    schema: str
    found: Mapping[str, str] = field(repr=False)

    @property
    def id(self) -> str:
        """The same for the same room; of the secret only where nothing else tells the room."""
        told = [self.found.get(name, "") for name in ("host", "room")]
        tells = told if told[1] else [*told, self.found["token"]]
        return sha256("\n".join([self.service.name, *tells]).encode()).hexdigest()[:32]

    @property
    def home(self) -> str:
        """Where the service is to be seen."""
        scheme = "http" if self.in_the_clear else "https"
        return re.sub("^https", scheme, self.service.home.format(host=self.found.get("host", "")))

    @property
    def in_the_clear(self) -> bool:
        """Whether nothing is encrypted on the way."""
        return self.schema == self.service.clear

    def address(self, **options: str) -> str:
        """What Apprise is given."""
        groups = {name: quote(value, safe="" if name in _SECRET else _WHOLE) for name, value in self.found.items()}
        shown = f"{groups['shown']}@" if "shown" in groups else ""
        filled = self.service.form.format(**{"path": "", **groups, "shown": shown})
        return f"{self.schema}://{filled}?{urlencode({**self.service.options, **options})}"

    def secrets(self) -> Iterator[str]:
        """What nothing may contain that people see."""
        for name in _SECRET & self.found.keys():
            yield self.found[name]
            yield from self.found[name].split("/")


SERVICES = (
    Service(
        schemas=("discord",),
        name="Discord",
        room="a Discord channel",
        text=2000,
        patterns=(
            rf"discord://{_SHOWN}(?P<room>\d+)/(?P<token>[\w-]+)",
            r"https://discord(?:app)?\.com/api/(?:v\d+/)?webhooks/(?P<room>\d+)/(?P<token>[\w-]+)",
        ),
        form="{shown}{room}/{token}/",
        options={"avatar": "no", "footer": "no", "image": "no"},
        sends="^/api/webhooks/",
        thanks=r'\A\s*\Z|"id"',
        example="https://discord.com/api/webhooks/…/…",
        home="https://discord.com",
    ),
    Service(
        schemas=("slack",),
        name="Slack",
        room="a Slack channel",
        text=35000,
        patterns=(
            rf"slack://{_SHOWN}(?P<room>[A-Z0-9]+/[A-Z0-9]+)/(?P<token>[A-Za-z0-9]+)",
            r"https://hooks\.slack\.com/services/(?P<room>[A-Z0-9]+/[A-Z0-9]+)/(?P<token>[A-Za-z0-9]+)",
        ),
        form="{shown}{room}/{token}/",
        options={"footer": "no", "image": "no"},
        sends="^/services/",
        thanks=r"\Aok\s*\Z",
        example="https://hooks.slack.com/services/…/…/…",
        home="https://slack.com",
    ),
    Service(
        schemas=("mmosts",),
        clear="mmost",
        name="Mattermost",
        room="a Mattermost channel",
        text=4000,
        patterns=(
            rf"mmosts?://{_SHOWN}{_HOST}/(?P<path>(?:[\w.-]+/)*)(?P<token>[a-z0-9]{{20,40}})",
            rf"https?://{_HOST}/(?P<path>(?:[\w.-]+/)*)hooks/(?P<token>[a-z0-9]{{20,40}})",
        ),
        form="{shown}{host}/{path}{token}/",
        options={"image": "no"},
        sends="/hooks/",
        thanks=r"\Aok\s*\Z",
        example="https://chat.example/hooks/…",
    ),
    Service(
        schemas=("rockets",),
        clear="rocket",
        name="Rocket.Chat",
        room="a Rocket.Chat channel",
        text=1000,
        patterns=(
            rf"rockets?://(?P<token>[A-Za-z0-9]{{10,}}(?:/|%2F)[A-Za-z0-9]{{20,}})@{_HOST}",
            rf"https?://{_HOST}/hooks/(?P<token>[A-Za-z0-9]{{10,}}/[A-Za-z0-9]{{20,}})",
        ),
        form="{token}@{host}/",
        options={"avatar": "no", "mode": "webhook"},
        sends="/hooks/",
        thanks=r'"success":\s*true',
        example="https://chat.example/hooks/…/…",
    ),
    Service(
        schemas=("zulip",),
        name="Zulip",
        room="a Zulip channel",
        text=10000,
        patterns=(rf"zulip://(?P<bot>[\w-]{{1,32}})@{_HOST}/(?P<token>[A-Za-z0-9]{{32}})/(?P<room>[\w-]+)",),
        form="{bot}@{host}/{token}/{room}/",
        sends="^/api/v1/messages",
        thanks=r'"result":\s*"success"',
        example="zulip://BOT@ORGANISATION/KEY/CHANNEL",
        home="https://zulip.com",
    ),
    Service(
        schemas=("gchat",),
        name="Google Chat",
        room="a Google Chat space",
        text=4000,
        patterns=(
            r"gchat://(?P<room>[\w-]+)/(?P<key>[\w-]+)/(?P<token>[\w=%-]+)",
            r"https://chat\.googleapis\.com/v1/spaces/(?P<room>[\w-]+)/messages\?key=(?P<key>[\w-]+)&token=(?P<token>[\w=%-]+)",
        ),
        form="{room}/{key}/{token}/",
        sends="^/v1/spaces/",
        thanks=r'"name":\s*"spaces/',
        example="https://chat.googleapis.com/v1/spaces/…/messages?key=…&token=…",
        home="https://chat.google.com",
    ),
    Service(
        schemas=("wxteams", "webex"),
        name="Webex",
        room="a Webex space",
        text=1000,
        patterns=(
            r"(?:wxteams|webex)://(?P<token>[A-Za-z0-9]{80,160})",
            r"https://(?:webexapis|api\.ciscospark)\.com/v1/webhooks/incoming/(?P<token>[A-Za-z0-9]{80,160})",
        ),
        form="{token}/",
        options={"format": "text"},
        sends="/webhooks/incoming/",
        thanks=r"\A\s*\Z",
        example="https://webexapis.com/v1/webhooks/incoming/…",
        home="https://web.webex.com",
    ),
    Service(
        schemas=("matrixs",),
        clear="matrix",
        name="Matrix",
        room="a Matrix room",
        text=65000,
        patterns=(rf"matrixs?://(?P<token>[\w.~+=%-]{{8,}})@{_HOST}/(?P<room>(?:!|%21)[^\s?#,/]+)",),
        form="{token}@{host}/{room}/",
        # `m.notice` is how Matrix marks what a program says; nothing is encrypted in a room that everybody may enter
        options={"msgtype": "notice", "e2ee": "no", "discovery": "no", "image": "no"},
        sends="/send/m.room.message/",
        thanks='"event_id"',
        example="matrixs://TOKEN@matrix.example/!ROOM:matrix.example",
    ),
)


def place_of(address: str) -> Place | None:
    """The room that an address means; None where it means none of these, or more than one."""
    for service in SERVICES:
        for pattern in service.patterns:
            found = re.fullmatch(f"{pattern}/?", address)
            if found is not None:
                return _place(service, address.partition("://")[0], found)
    return None


def _place(service: Service, schema: str, found: re.Match[str]) -> Place | None:
    """None where it would go unencrypted past this machine."""
    groups = {name: unquote(value) for name, value in found.groupdict().items() if value is not None}
    if schema.startswith("http"):
        schema = service.schemas[0] if schema == "https" else service.clear
    place = Place(service=service, schema=schema, found=groups)
    clear = place.in_the_clear and not on_this_machine(f"http://{groups['host']}")
    return None if clear else place
