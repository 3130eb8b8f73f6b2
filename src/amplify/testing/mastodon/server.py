"""The endpoints: instance, own account, pictures, posting with idempotency, reading back, editing, deleting."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

from aiohttp import web

from amplify.testing.mastodon.editing import edited, history_json
from amplify.testing.mastodon.instance import ACCOUNTS, OLDER_VERSION, VERSION, instance_v1, instance_v2
from amplify.testing.mastodon.media import Attachments
from amplify.testing.mastodon.numbering import as_number, iso, snowflake, ulid
from amplify.testing.mastodon.owner import Owner
from amplify.testing.mastodon.paging import page_of
from amplify.testing.mastodon.polls import read_poll
from amplify.testing.mastodon.quota import Quota
from amplify.testing.mastodon.status import Status, account_json, status_json, wall_post
from amplify.testing.mastodon.strangers import Refusals, as_taken, bad_token, pictures
from amplify.testing.mastodon.submission import Submission, read_submission, refuse
from amplify.testing.mastodon.upkeep import Upkeep
from amplify.testing.premises import Premises, Refused, number_of
from amplify.testing.resident import Resident
from amplify.testing.wall import Hung

_KEY_LIVES = 60 * 60
_WORDS = {401: "The access token is invalid", 404: "Record not found", 429: "Too many requests"}


class MastodonLookAlike(Upkeep, Owner):
    def __init__(self, premises: Premises) -> None:
        self._on = premises
        self._by_id = {number_of("mastodon", r.name, digits=18): r for r in premises.residents}
        self._by_token = {r.secret: r for r in premises.residents}
        self._kept = premises.memory.section("mastodon")
        self._statuses: dict[str, Any] = self._kept.setdefault("statuses", {})
        self._keys: dict[str, Any] = self._kept.setdefault("keys", {})
        self._media = Attachments(premises, self._kept)
        self._refusals = Refusals(premises.manners)
        self._quota = Quota(self._kept.setdefault("counts", {}), premises.machine)

    def routes(self) -> Iterable[web.RouteDef]:
        return (
            web.get("/api/v2/instance{slash:/?}", self._instance_v2),
            web.get("/api/v1/instance{slash:/?}", self._instance_v1),
            web.get("/api/v1/accounts/verify_credentials", self._verify_credentials),
            web.get("/api/v1/accounts/{id}/statuses", self._account_statuses),
            web.post("/api/v2/media", self._take_media),
            web.get("/api/v1/media/{id}", self._look_at_media),
            web.post("/api/v1/statuses", self._post),
            web.get("/api/v1/statuses/{id}", self._status),
            web.get("/api/v1/statuses/{id}/source", self._source),
            web.get("/api/v1/statuses/{id}/history", self._history),
            web.put("/api/v1/statuses/{id}", self._edit),
            web.post("/api/v1/statuses/{id}/reblog", self._boost),
            web.post("/api/v1/statuses/{id}/pin", self._pin),
            *self.upkeep_routes(),
            *self.owner_routes(),
        )

    def wall(self) -> Iterator[Hung]:
        for status in self._all():
            yield status.number, wall_post(status, self._author(status), self._on.url)

    def refusal(self, status: int) -> web.Response:
        return self._refuse(status).answer

    async def _instance_v2(self, _: web.Request) -> web.Response:
        if self._on.manners.lacks_v2:
            raise self._refuse(404)
        about = instance_v2(self._on.url, self._version, self._on.manners.longest)
        about |= {"source_url": self._on.manners.made_by, "rules": self.rules_json()}
        return web.json_response(about)

    async def _instance_v1(self, _: web.Request) -> web.Response:
        about = instance_v1(self._on.url, self._version, self._on.manners.longest)
        return web.json_response(about | {"rules": self.rules_json()})

    async def _verify_credentials(self, request: web.Request) -> web.Response:
        resident = self._signed_in(request)
        source = {"privacy": "public", "sensitive": False, "language": "en", "note": "", "fields": []}
        return self._answer(resident, self._account(resident) | {"source": source})

    async def _take_media(self, request: web.Request) -> web.Response:
        resident = self._signed_in(request)
        if self._on.manners.enforces_limits:
            self._spend("uploads", resident)
        with pictures(self._on.manners):
            status, said = await self._media.take(request, resident.name)
        return self._answer(resident, said, kind="uploads", status=status)

    async def _look_at_media(self, request: web.Request) -> web.Response:
        resident = self._signed_in(request)
        status, said = self._media.look(request.match_info["id"], resident.name)
        return self._answer(resident, said, status=status)

    async def _post(self, request: web.Request) -> web.Response:
        resident = self._signed_in(request)
        with self._refusals.of(request.headers.get("Idempotency-Key", "")):
            return await self._published(request, resident)

    async def _published(self, request: web.Request, resident: Resident) -> web.Response:
        """Raises Refused."""
        wanted = as_taken(await read_submission(request), self._on.manners)
        key = f"{resident.name} {request.headers.get('Idempotency-Key', '')}"
        if (first := self._remembered(key)) is not None:
            if self._on.manners.replay_answers_500:
                raise self._refuse(500)
            return self._answer(resident, self._json(self._own(first, resident)), kind="posts")
        if wanted.in_reply_to and self._readable(wanted.in_reply_to, resident) is None:
            raise refuse(404, "The post you are trying to reply to does not appear to exist.")
        if wanted.quotes and self._readable(wanted.quotes, resident) is None:
            raise self._refuse(404)
        wanted.check(self._on.manners)
        poll = read_poll(wanted.poll)
        wanted = replace(wanted, poll=poll, media=self._media.usable(wanted.media, resident.name))
        if poll and wanted.media and self._version != VERSION:
            raise refuse(422, "Cannot attach files to a post that contains a poll")
        self._spend("posts", resident)
        status = self._make(resident, wanted)
        if "Idempotency-Key" in request.headers and not self._on.manners.hides_posts:
            self._keys[key] = [status.id, self._on.machine()]
        self._on.memory.save()
        return self._answer(resident, self._json(status), kind="posts")

    async def _boost(self, request: web.Request) -> web.Response:
        """The one that there is already, as Mastodon does; other servers make another."""
        resident = self._signed_in(request)
        shown = self._own(request.match_info["id"], resident)
        again = next((s for s in self._all() if (s.account, s.boosts) == (resident.name, shown.id)), None)
        if again is None or self._on.manners.boosts_twice:
            boost = Submission(
                text="", warning="", visibility=shown.visibility, sensitive=False, language="", in_reply_to=""
            )
            self._spend("posts", resident)
            again = self._keep(replace(self._make(resident, boost), boosts=shown.id))
        return self._answer(resident, self._json(again), kind="posts")

    async def _pin(self, request: web.Request) -> web.Response:
        resident = self._signed_in(request)
        status = self._own(request.match_info["id"], resident)
        pinned = [s for s in self._all() if s.account == resident.name and s.pinned]
        if status.boosts or status.id in {s.id for s in pinned}:
            raise refuse(422, "Validation failed: A boost, or what is pinned, cannot be pinned")
        if len(pinned) >= ACCOUNTS["max_pinned_statuses"]:
            raise refuse(422, "Validation failed: You have already pinned the maximum number of posts")
        return self._answer(resident, self._json(self._keep(replace(status, pinned=True))))

    async def _status(self, request: web.Request) -> web.Response:
        resident = self._whose(request)
        status = self._readable(request.match_info["id"], resident)
        if status is None:
            raise self._refuse(404)
        return self._answer(resident, self._json(status))

    async def _source(self, request: web.Request) -> web.Response:
        resident = self._signed_in(request)
        status = self._own(request.match_info["id"], resident)
        said = {"id": status.id, "text": status.text, "spoiler_text": status.warning, "content_type": None}
        return self._answer(resident, said)

    async def _history(self, request: web.Request) -> web.Response:
        resident = self._whose(request)
        status = self._readable(request.match_info["id"], resident)
        if status is None:
            raise self._refuse(404)
        said = history_json(status, self._account(self._author(status)), self._on.url)
        return self._answer(resident, said)

    async def _edit(self, request: web.Request) -> web.Response:
        resident = self._signed_in(request)
        status = self._own(request.match_info["id"], resident)
        if self._on.manners.edits_answer_404:
            raise self._refuse(404)
        wanted = as_taken(await read_submission(request, status.language), self._on.manners)
        wanted.check(self._on.manners)
        media = self._media.usable(wanted.media, resident.name, [shown["id"] for shown in status.media])
        self._media.attach(media)
        after = edited(status, wanted, self._media.shown(media), iso(self._on.today()))
        return self._answer(resident, self._json(self._keep(after)), kind="posts")

    async def _account_statuses(self, request: web.Request) -> web.Response:
        resident = self._whose(request)
        owner = self._by_id.get(as_number(request.match_info["id"]))
        if owner is None:
            raise self._refuse(404)
        found = [s for s in self._all() if s.account == owner.name and self._readable(s.id, resident)]
        return self._answer(resident, [self._json(s) for s in page_of(found, request.query, self._rank)])

    @property
    def _version(self) -> str:
        return self._on.manners.claims or (VERSION if self._on.manners.misses_pictures else OLDER_VERSION)

    def _make(self, resident: Resident, wanted: Submission) -> Status:
        at = self._on.today()
        self._media.attach(wanted.media)
        number_as = ulid if self._on.manners.ulid_ids else snowflake
        self._kept["last_id"] = number_as(at, self._kept.get("last_id", ""))
        status = Status(
            id=self._kept["last_id"],
            number=self._on.memory.next_number(),
            account=resident.name,
            text=wanted.text,
            warning=wanted.warning,
            visibility="unlisted" if self._on.manners.silences else wanted.visibility,
            sensitive=wanted.sensitive,
            language=wanted.language,
            in_reply_to=wanted.in_reply_to,
            poll=wanted.poll if isinstance(wanted.poll, dict) else None,
            quotes=wanted.quotes,
            quoting=wanted.quoting,
            media=self._media.shown(wanted.media),
            created_at=iso(at),
        )
        return status if self._on.manners.hides_posts else self._keep(status)

    def _keep(self, status: Status) -> Status:
        self._statuses[status.id] = asdict(status)
        self._on.memory.save()
        return status

    def _remembered(self, key: str) -> str | None:
        if not self._on.manners.honours_idempotency or key not in self._keys:
            return None
        first, at = self._keys[key]
        return str(first) if self._on.machine() - at < _KEY_LIVES else None

    def _refuse(self, status: int) -> Refused:
        headers = self._quota.headers("requests", "") if status == 429 else None  # noqa: PLR2004 -- Too Many Requests
        return refuse(status, _WORDS.get(status, "An unexpected error occurred"), headers)

    def _signed_in(self, request: web.Request) -> Resident:
        """Raises Refused."""
        if (resident := self._whose(request)) is None:
            raise bad_token(self._on.manners) or self._refuse(401)
        if self._on.manners.enforces_limits and self._quota.is_spent("requests", resident.name):
            raise refuse(429, _WORDS[429], self._quota.headers("requests", resident.name))
        return resident

    def _spend(self, kind: str, resident: Resident) -> None:
        """Raises Refused where there is nothing left of it."""
        if self._quota.is_spent(kind, resident.name):
            raise refuse(429, _WORDS[429], self._quota.headers(kind, resident.name))
        self._quota.add(kind, resident.name)

    def _whose(self, request: web.Request) -> Resident | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return self._by_token.get(token) if scheme == "Bearer" else None

    def _all(self) -> list[Status]:
        return [Status(**kept) for kept in self._statuses.values()]

    def _readable(self, id: str, reader: Resident | None) -> Status | None:
        if (kept := self._statuses.get(id)) is None:
            return None
        status = Status(**kept)
        is_own = reader is not None and reader.name == status.account
        return status if is_own or status.visibility in ("public", "unlisted") else None

    def _own(self, id: str, resident: Resident) -> Status:
        """Raises Refused."""
        status = self._readable(id, resident)
        if status is None or status.account != resident.name:
            raise self._refuse(404)
        return status

    def _author(self, status: Status) -> Resident:
        """One that has moved out since is remembered by name only."""
        named = (r for r in self._on.residents if r.name == status.account)
        return next(named, Resident(network="mastodon", channels=(), name=status.account, secret=""))

    def _account(self, resident: Resident) -> dict[str, Any]:
        posts = sum(1 for s in self._statuses.values() if s["account"] == resident.name)
        number = str(number_of("mastodon", resident.name, digits=18))
        return account_json(resident, number, self._on.url, posts) | {"bot": self.is_automated(resident)}

    def _json(self, status: Status) -> dict[str, Any]:
        parent = self._statuses.get(status.in_reply_to)
        others = {name: self._statuses.get(getattr(status, name)) for name in ("quotes", "boosts")}
        shown = {name: self._json(Status(**other)) if other else None for name, other in others.items()}
        return status_json(
            status,
            self._account(self._author(status)),
            parents_account=str(number_of("mastodon", parent["account"], digits=18)) if parent else None,
            replies=sum(1 for s in self._statuses.values() if s["in_reply_to"] == status.id),
            url=self._on.url,
            quoted=shown["quotes"],
            boosted=shown["boosts"],
        ) | self.counted(status)

    def _rank(self, id: str) -> tuple[int, str]:
        """Snowflakes compare as numbers, ULIDs as words."""
        return (0, id) if self._on.manners.ulid_ids else (as_number(id), "")

    def _answer(
        self, resident: Resident | None, said: object, *, kind: str = "requests", status: int = 200
    ) -> web.Response:
        name = resident.name if resident else ""
        self._quota.add("requests", name)
        return web.json_response(said, headers=self._quota.headers(kind, name), status=status)
