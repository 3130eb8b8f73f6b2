"""One request at a time to a Mastodon server, through Mastodon.py, which blocks.

Every request has a client, a session and a connection of its own. An idle connection that a router has
forgotten would turn the next post into one whose fate nobody knows; and a request that we gave up on can
never be mistaken for a later one.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from importlib import import_module
from typing import Any, TypeVar

from amplify.domain.budget import Use
from amplify.domain.picture import FilmLimits, PictureLimits
from amplify.domain.poll import PollLimits
from amplify.domain.rendition import Limits
from amplify.domain.traits import Traits
from amplify.ports.errors import PublishError, Unavailable
from amplify.ports.meter import Deaf, Meter
from amplify.ports.way import STRAIGHT, Way
from amplify.publishers.answers import Ear
from amplify.publishers.failures import Border, Row
from amplify.publishers.lines import lead
from amplify.publishers.mastodon_traits import traits_in
from amplify.publishers.metering import metered
from amplify.publishers.own_thread import in_own_thread
from amplify.publishers.refusals import GOTOSOCIAL_BUSY as BUSY
from amplify.publishers.refusals import SIGN_IN

T = TypeVar("T")

#: Old enough to be spoken by every server that is not Mastodon, new enough for every call made here.
_OLDEST = "4.0.0"
#: Mastodon since this version; servers of other makers call themselves compatible.
_MISSES_MEDIA = (4, 3, 0)
_POLLS_BESIDE_PICTURES = (4, 6, 0)
#: The version of the API, which servers of other makers tell only where they mean it (4.5).
_QUOTES = 7
_FILM = "video/mp4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where a server is and how we may ask it. `version` keeps Mastodon.py from asking for it again and again.

    `claimed` is the whole of what it says of its version. `domain` is what the server calls itself, behind the second @
    of its accounts. `misses_media`: it refuses a post that names a picture that it does not have; others publish the
    post without it. `quotes` and `polls_beside_pictures` are what younger servers know and take.
    `throttles_with_503`: it is a GoToSocial, which answers so before it looks at a request.
    """

    url: str
    token: str = field(repr=False)
    timeout: timedelta
    connect_timeout: timedelta
    version: str = _OLDEST
    claimed: str = ""
    domain: str = ""
    misses_media: bool = False
    quotes: bool = False
    polls_beside_pictures: bool = False
    throttles_with_503: bool = False
    traits: Traits = field(default_factory=dict)
    meter: Meter = field(default_factory=Deaf, repr=False)
    way: Way = STRAIGHT

    async def ask(
        self,
        work: Callable[[Any], T],
        table: tuple[Row, ...],
        otherwise: type[PublishError],
        use: Use = Use.REQUEST,
    ) -> T:
        """What `work` makes of a Mastodon.py client. Raises PublishError: by `table`, else `otherwise`."""
        ear = Ear()
        table = (*BUSY, *table) if self.throttles_with_503 else table
        secrets, way = (self.token,), self.way
        border = Border(
            network="Mastodon",
            table=table,
            ear=ear,
            otherwise=otherwise,
            use=use,
            secrets=secrets,
            way=way,
            server=self.url,
        )
        async with metered(self.meter, ear, use):
            with border.crossed():
                return await in_own_thread(lambda: self._run(work, ear), self.connect_timeout + self.timeout)

    async def introduced(self, defaults: Limits) -> "tuple[Server, Limits]":
        """The server with its version known, and what it allows. Raises PublishError."""
        await asyncio.to_thread(import_module, "mastodon")  # takes a while, which is not the server's fault
        told, read_at = await self.ask(introduction, SIGN_IN, Unavailable)
        claimed = str(told.get("version", ""))
        spoken = re.match(r"\d+\.\d+\.\d+", claimed)
        known = spoken is not None and not spoken[0].startswith(("0.", "1.", "2.", "3."))
        configuration = told.get("configuration") or {}
        statuses = configuration.get("statuses") or {}
        limits = replace(
            defaults,
            text=statuses.get("max_characters") or told.get("max_toot_chars") or defaults.text,
            per_url=statuses.get("characters_reserved_per_url") or defaults.per_url,
            pictures=_pictures(configuration, defaults.pictures),
            poll=_poll(configuration, defaults.poll),
            read_at=read_at,
        )
        domain = str(told.get("domain") or told.get("uri") or self.url).removesuffix("/").rpartition("/")[2]
        version = spoken[0] if spoken and known else _OLDEST
        since = tuple(map(int, version.split("."))) if "compatible" not in claimed else ()
        spoken_since = (told.get("api_versions") or {}).get("mastodon") or 0
        introduced = replace(
            self,
            version=version,
            claimed=claimed,
            domain=domain,
            misses_media=since >= _MISSES_MEDIA,
            quotes=spoken_since >= _QUOTES,
            polls_beside_pictures=since >= _POLLS_BESIDE_PICTURES,
            throttles_with_503="gotosocial" in f"{claimed} {told.get('source_url', '')}".lower(),
            traits=traits_in(told, quotes=spoken_since >= _QUOTES),
        )
        return introduced, limits

    def _run(self, work: Callable[[Any], T], ear: Ear) -> T:
        import requests
        from mastodon import Mastodon

        def listen(response: requests.Response, **_: object) -> None:
            ear.hear(response.status_code, response.headers)
            ear.body = response.content

        with requests.Session() as session:
            lead(session, self.way)
            session.max_redirects = 0  # a redirected POST arrives as a GET, or a second time
            session.headers["Connection"] = "close"
            session.hooks["response"].append(listen)
            client: Any = Mastodon(
                api_base_url=self.url,
                access_token=self.token or None,
                session=session,
                ratelimit_method="throw",
                version_check_mode="created",
                mastodon_version=self.version,
            )
            client.request_timeout = (self.connect_timeout.total_seconds(), self.timeout.total_seconds())
            return work(client)


def _pictures(configuration: dict[str, Any], defaults: PictureLimits | None) -> PictureLimits | None:
    """Servers of other makers leave out much of it."""
    if defaults is None:
        return None
    media, statuses = configuration.get("media_attachments") or {}, configuration.get("statuses") or {}
    return PictureLimits(
        most=statuses.get("max_media_attachments") or defaults.most,
        bytes=media.get("image_size_limit") or defaults.bytes,
        alt=media.get("description_limit") or defaults.alt,
        pixels=media.get("image_matrix_limit") or defaults.pixels,
        film=_film(media, defaults.film),
    )


def _film(media: dict[str, Any], defaults: FilmLimits | None) -> FilmLimits | None:
    """Nothing where a server says which types it takes, and films are not among them."""
    types = media.get("supported_mime_types")
    if defaults is None or (types and _FILM not in types):
        return None
    return FilmLimits(
        bytes=media.get("video_size_limit") or defaults.bytes,
        pixels=media.get("video_matrix_limit") or defaults.pixels,
        rate=media.get("video_frame_rate_limit") or defaults.rate,
    )


def _poll(configuration: dict[str, Any], defaults: PollLimits | None) -> PollLimits | None:
    told = configuration.get("polls")
    if defaults is None or not isinstance(told, dict):
        return defaults
    return PollLimits(
        options=told.get("max_options") or defaults.options,
        letters=told.get("max_characters_per_option") or defaults.letters,
        shortest=_span(told.get("min_expiration"), defaults.shortest),
        longest=_span(told.get("max_expiration"), defaults.longest),
    )


def _span(told: object, usual: timedelta) -> timedelta:
    """Seconds, as far as they mean anything."""
    if not isinstance(told, int | float) or not told:
        return usual
    try:
        return timedelta(seconds=told)
    except (OverflowError, ValueError):
        return usual


def introduction(client: Any) -> tuple[dict[str, Any], datetime | None]:
    """What the server says of itself, and when. The older address is for look-alikes that lack the newer."""
    for address in ("/api/v2/instance", "/api/v1/instance"):
        response = client.session.get(
            client.api_base_url + address,
            headers={"Authorization": f"Bearer {client.access_token}"} if client.access_token else {},
            timeout=client.request_timeout,
            auth=lambda request: request,  # or a .netrc of the machine would replace the token
        )
        if response.status_code != HTTPStatus.NOT_FOUND:
            break
    response.raise_for_status()
    heard = Ear()
    heard.hear(response.status_code, response.headers)
    return dict(response.json()), heard.date
